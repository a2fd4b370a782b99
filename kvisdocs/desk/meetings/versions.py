"""The versions of files that pages have shown: what somebody changed is told from what others did by them.

They lie in the memory of the desk, as what can be undone does, and the oldest are forgotten.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from kvisdocs.application.store.replacement import digest_of

MOST_BYTES = 16 * 2**20


@dataclass
class Versions:
    """Versions of files by their digests."""

    _kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, data: bytes) -> str:
        """Remember a version; its digest."""
        digest = digest_of(data)
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
                return digest
            self._kept[digest] = data
            self._size += len(data)
            while self._size > MOST_BYTES and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest)
        return digest

    def find(self, digest: str) -> bytes | None:
        """The version of that digest; None where it is forgotten."""
        with self._lock:
            return self._kept.get(digest)
