"""Documents that were made to be looked at: each by an address that nobody can guess, and only the last of them."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kvisdocs.desk.pages import address


@dataclass(frozen=True)
class Paper:
    """A finished document."""

    data: bytes
    format: str
    name: str = ""
    """What it is called when it is downloaded."""
    record: Callable[[], None] | None = None
    """Writes down that somebody takes it, before anybody does. Raises KvisdocsError."""


@dataclass
class Papers:
    """The last documents that were made to be looked at. They lie in memory and nowhere else."""

    page: str = "/papir"
    most: int = 40
    most_bytes: int = 32 * 2**20
    _papers: "OrderedDict[str, Paper]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, data: bytes, format: str, name: str = "", record: Callable[[], None] | None = None) -> str:
        """Keep a document; its address. The oldest make room."""
        word = secrets.token_urlsafe(16)
        with self._lock:
            self._papers[word] = Paper(data, format, name, record)
            while len(self._papers) > self.most or self._count_bytes() > self.most_bytes:
                self._papers.popitem(last=False)
        return address(self.page, id=word)

    def _count_bytes(self) -> int:
        return sum(len(each.data) for each in self._papers.values())

    def find(self, word: str) -> Paper | None:
        """The document of that word, if it is kept still."""
        with self._lock:
            return self._papers.get(word)

    def hand_over(self, word: str) -> Paper | None:
        """The same for somebody who takes it, which is written down the first time. Raises KvisdocsError."""
        with self._lock:
            paper = self._papers.get(word)
            if paper is not None and paper.record is not None:
                paper.record()
                paper = self._papers[word] = replace(paper, record=None)
        return paper
