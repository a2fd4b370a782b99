"""What a finished paper for a workplace or the public tells that its reader should not know, for a person to judge.

A protected address and a CPR number stop a letter (leaks.py). A word such as "depression" may be the surname of a
workshop, so the letter is made, with a warning, and a run holds it back.
"""

import html
import re
from collections.abc import Iterator

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.views import Audience, find_reader
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.programme.case_texts import find_texts
from kvisdocs.programme.remarks import place_remarks
from kvisdocs.programme.sensitive_words import read_plain
from kvisdocs.programme.telling import find_in_paper, find_told
from kvisdocs.templating.documents import Document
from kvisdocs.templating.leaks import READERS

_READERS = (Audience.EMPLOYER, Audience.PLACEMENT, Audience.COMMITTEE)
_HEAD = re.compile(r"<(style|head)\b.*?</\1>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")


def find_doubts_in(text: str, loaded: LoadedCase, document: Document, template: str) -> tuple[Problem, ...]:
    """The remarks on those texts of the case that the paper shows, and one on what its template says of itself."""
    reader = find_reader(document.audience, loaded.case)
    if reader not in _READERS:
        return ()
    words = _words_of(text)
    found: list[Problem] = []
    told: list[str] = []
    for each in find_told(loaded, find_texts(loaded)):
        told.append(read_plain(each.text).text)
        if any(word in words.casefold() for word in each.words):
            found += place_remarks(loaded.source, each.path, each.remarks)
    if isinstance(loaded.case, CitizenCase):
        found += _of_template(words, told, loaded.case, reader, template)
    return tuple(found)


def _of_template(words: str, told: list[str], case: CitizenCase, reader: Audience, template: str) -> Iterator[Problem]:
    own = dict.fromkeys(word for word in find_in_paper(words, case) if not any(word in text for text in told))
    for word in own:
        what = f'"{word}" stands in this document for {READERS[reader]}, but in no text of the case'
        yield Problem(Position(template), what, "take it out of the template or the profile", Severity.WARNING)


def _words_of(text: str) -> str:
    """What a reader sees, once with a space for each tag and once without: a word may be bold in its middle."""
    body = _HEAD.sub(" ", text)
    return "\n".join(read_plain(html.unescape(_MARKUP.sub(between, body))).text for between in (" ", ""))
