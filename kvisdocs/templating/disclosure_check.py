"""What a finished document says that its reader must not know, though its template was given nothing of it.

The view keeps a citizen's CPR number and protected address from a template; it cannot keep a caseworker from writing
them into a task or an agreement that the receiver is meant to read. So the finished HTML is searched before it goes on,
and one of them stops the letter. A word such as "depression" may be the surname of a workshop: the letter is made, with
a warning, and a run holds it back for a person to judge.
"""

import html
import re
from collections.abc import Iterator

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.spellings.addresses import address_pattern
from kvisdocs.cases.spellings.normalisation import cpr_pattern, fold
from kvisdocs.cases.texts import find_texts
from kvisdocs.cases.views import WHITELISTS, Audience, find_reader
from kvisdocs.cases.yaml.source import Data, Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.programme.privacy.disclosed_texts import find_disclosed, find_in_paper
from kvisdocs.programme.privacy.sensitive_words import read_plain
from kvisdocs.programme.prose.prose import place_remarks
from kvisdocs.templating.documents import Document

READERS = {
    Audience.CITIZEN: N_("the citizen"),
    Audience.CASEWORKER: N_("the caseworker"),
    Audience.GP: N_("the GP"),
    Audience.EMPLOYER: N_("the employer"),
    Audience.PLACEMENT: N_("the placement host"),
}

_WINDOW = re.compile(r'<div\b[^>]*\bclass="[^"]*\bwindow\b[^"]*"[^>]*>.*?</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
Path = tuple[Step, ...]


def find_leaks(text: str, loaded: LoadedCase, document: Document) -> list[Problem]:
    """The protected address and the CPR number where the document's reader may not meet them, each text a problem.

    A protected address may stand behind the window of the citizen's own letter and nowhere else (CPR-loven § 28). The
    CPR number may stand in documents whose audience sees it. A problem stands at the text that holds it; where no text
    of the case does, the template has it of itself, and the problem stands at the address or the number.
    """
    case = loaded.case
    if not isinstance(case, CitizenCase):
        return []
    reader = find_reader(document.audience, case)
    address, own = case.citizen.address, reader is Audience.CITIZEN
    found = []
    if address.protected:
        outside = _WINDOW.sub(" ", text) if own else text
        name = (
            N_("the citizen's protected address outside the window") if own else N_("the citizen's protected address")
        )
        found += _look_for(address_pattern(address), outside, name, ("citizen", "address", "street"), loaded, document)
    if not _is_seen(("citizen", "cpr"), reader):
        pattern = cpr_pattern(case.citizen.cpr)
        found += _look_for(pattern, text, N_("the citizen's CPR number"), ("citizen", "cpr"), loaded, document)
    return found


def _look_for(
    pattern: re.Pattern[str], text: str, name: Message, own: Path, loaded: LoadedCase, document: Document
) -> list[Problem]:
    if not _says(pattern, text):
        return []
    reader = find_reader(document.audience, loaded.case)
    source = loaded.source
    holding = [
        path
        for path, value in _texts(source.data, ())
        if path[: len(own) - 1] != own[:-1] and _is_seen(path, reader) and pattern.search(fold(value))
    ]
    if not holding:
        what = message(
            "disclosure.template.identity",
            "{name} stands in {document}, for {reader}, but in no text of the case",
            name=name,
            document=document.name,
            reader=READERS[reader],
        )
        return [Problem(source.locate(own), what, N_("take it out of the template"))]
    what = message(
        "disclosure.text.identity",
        "{name} stands in this text, which {document} shows {reader}",
        name=name,
        document=document.name,
        reader=READERS[reader],
    )
    return [Problem(source.locate(path), what, N_("take it out, or write it in other words")) for path in holding]


def _says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a reader, or a program that looks into the file, meets it: in the words, and in the tags' attributes."""
    forms = (text, _TAG.sub("", text), _TAG.sub(" ", text))
    return any(pattern.search(fold(html.unescape(form))) for form in forms)


def _texts(data: Data, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*path, number))


def _is_seen(path: Path, audience: Audience) -> bool:
    """Whether the audience may come to see what stands there, or above it, or the consent that its letter tells of."""
    named = ".".join(step for step in path if isinstance(step, str))
    if named.startswith("consents."):
        return True
    return any(named == each or named.startswith(f"{each}.") for each in WHITELISTS[audience])


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
    for each in find_disclosed(loaded, find_texts(loaded)):
        told.append(read_plain(each.text).text)
        if any(word in words.casefold() for word in each.words):
            found += place_remarks(loaded.source, each.path, each.remarks)
    if isinstance(loaded.case, CitizenCase):
        found += _of_template(words, told, loaded.case, reader, template)
    return tuple(found)


def _of_template(words: str, told: list[str], case: CitizenCase, reader: Audience, template: str) -> Iterator[Problem]:
    own = dict.fromkeys(word for word in find_in_paper(words, case) if not any(word in text for text in told))
    for word in own:
        what = message(
            "disclosure.template.sensitive_word",
            '"{word}" stands in this document for {reader}, but in no text of the case',
            word=word,
            reader=READERS[reader],
        )
        yield Problem(Position(template), what, N_("take it out of the template or the profile"), Severity.WARNING)


def _words_of(text: str) -> str:
    """What a reader sees, once with a space for each tag and once without: a word may be bold in its middle."""
    body = _HEAD.sub(" ", text)
    return "\n".join(read_plain(html.unescape(_MARKUP.sub(between, body))).text for between in (" ", ""))
