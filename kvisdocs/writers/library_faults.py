"""What a library raises in the middle of a document, told as a problem at the template's line.

WeasyPrint, tinycss2, lxml, python-docx and Pillow meet templates that their makers never thought of. Which element or
rule they were at is known to the functions that were running: their local variables hold it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument

REPORT = N_("leave out what stands there, or write it another way, and please report it")


@contextmanager
def tell_library_faults(document: HtmlDocument, format: str) -> Iterator[None]:
    """Raise KvisdocsError for whatever breaks inside: at the innermost element or rule that is known.

    A refusal of the system (a full disk) and a lack of memory are no fault of the template, and pass.
    """
    try:
        yield
    except (KvisdocsError, MemoryError):
        raise
    except RecursionError:
        what = message(
            "html.document.recursion", "{format}: the elements or the stylesheet are nested too deep", format=format
        )
        raise KvisdocsError(Problem(document.position(None), what, N_("take out some of them"))) from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        said = " ".join(str(error).split())[:200]
        fault = f"{type(error).__name__}: {said}" if said else type(error).__name__
        what = message(
            "html.document.library_fault", "{format}: cannot be made of this: {fault}", format=format, fault=fault
        )
        raise KvisdocsError(Problem(_locate(error.__traceback__, document), what, REPORT)) from error


def _locate(traceback: TracebackType | None, document: HtmlDocument) -> Position:
    """The place of the innermost running function's element, or of its declaration."""
    found = document.position(None)
    while traceback is not None:
        places = [place for value in traceback.tb_frame.f_locals.values() if (place := _place(value, document))]
        found = places[-1] if places else found
        traceback = traceback.tb_next
    return found


def _place(value: Any, document: HtmlDocument) -> Position | None:
    """Where a value is from: an element, what stands for one, or a declaration that knows its place."""
    for name in ("position", "element", "etree_element"):
        inner = None
        with suppress(Exception):  # a property of a library's object, half made
            inner = getattr(value, name, None)
        if isinstance(inner, Position) and inner.line:
            return inner
        if isinstance(inner, Element):
            value = inner
    if isinstance(value, Element) and (mark := value.get(POSITION_ATTRIBUTE)):
        return document.position(mark)
    return None
