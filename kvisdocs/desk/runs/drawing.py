"""Pages of a finished PDF as pictures, drawn in a worker process: a broken file stops only that."""

from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from io import BytesIO

import pypdfium2

from kvisdocs.batch.pool.pool import Start, TaskTimeout, WorkerDied, Workers
from kvisdocs.batch.pool.worker_process import Renewal
from kvisdocs.desk.folder import NoSuchFileError

SCALE = 1.6
"""Of 72 dots an inch: a page is 950 dots wide."""

MEMORY_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Sheet:
    """One page of a file, counted from 1."""

    data: bytes
    number: int
    limit_s: float = 20


def draw(sheet: Sheet) -> bytes | None:
    """The page as PNG; None where there is none."""
    try:
        document = pypdfium2.PdfDocument(sheet.data)
        if not 1 <= sheet.number <= len(document):
            return None
        picture = BytesIO()
        document[sheet.number - 1].render(scale=SCALE).to_pil().save(picture, "PNG")
    except pypdfium2.PdfiumError:
        return None
    return picture.getvalue()


def prepare() -> None:
    """Nothing is to be made ready."""


class Drawer:
    """Draws pages; the worker is begun with the first."""

    def __init__(self) -> None:
        self._workers = Workers(1, Start(prepare, (), ("kvisdocs.desk.runs.drawing",), Renewal(100, MEMORY_BYTES)))

    def draw(self, data: bytes, number: int) -> bytes:
        """The page as PNG. Raises NoSuchFileError where it cannot be drawn."""
        try:
            drawn = self._workers.submit(draw, Sheet(data, number)).result()
        except (TaskTimeout, WorkerDied, BrokenExecutor, MemoryError):
            drawn = None
        if drawn is None:
            raise NoSuchFileError
        return drawn

    def close(self) -> None:
        """End the worker."""
        self._workers.shutdown()
