"""Never a person in a committee's paper: nothing of a citizen whose case its figures were counted from stands in it.

Templates are given figures and no case, so that only whoever wrote the item can have put a name there. The item's texts
are searched when it is read, and every finished file once more. What is searched for (`pack_citizens`) goes with the
item in memory alone, as cases do; of it the manifest holds a keyed digest.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape

from pydantic import BaseModel

from kvisdocs.application.recipient_check.identifying_data import PARTED, IdentifyingMark, list_texts
from kvisdocs.application.recipient_check.recipient_check import OtherCases, OwnCase, TemplateWords
from kvisdocs.application.recipient_check.spelling_patterns import MarkKind, initial
from kvisdocs.cases.load import Case, LoadedCase, iter_texts
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.model.decisions import Member, Remark, Side
from kvisdocs.cases.model.decisions import Position as Stance
from kvisdocs.cases.model.meeting import Attendant, Official
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.spellings.normalisation import BROKEN, fold, fold_letters
from kvisdocs.cases.texts import find_quoted
from kvisdocs.messages import N_, message
from kvisdocs.problems import Position, Problem
from kvisdocs.templating.meetings.items import read_items
from kvisdocs.templating.profiles import Profile
from kvisdocs.writers import FORMATS, WriterOutput
from kvisdocs.writers.text_extraction import UnreadableFile

_OF_ITEM = "\0"
"""In place of a case's id: no file is called so."""

_MARKUP = re.compile(r"[*_`~\\]+|\]\([^)\s]*\)|\[|<[^<>\n]*>")
"""Markdown's signs that no reader sees, and that may stand within a name."""

_TODO = N_(
    "take it out; if it is somebody else of that name, add it to others below figures; "
    "what a committee reads must not show who is in the figures"
)


def pack_citizens(marks: Mapping[str, tuple[IdentifyingMark, ...]]) -> bytes:
    """What tells each citizen (`find_citizen_marks`), by the case's id; the same bytes for the same cases."""
    plain = {case_id: [(mark.kind.name, mark.text) for mark in found] for case_id, found in sorted(marks.items())}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=2)
def _unpack(packed: bytes) -> OtherCases:
    plain = json.loads(packed)
    return OtherCases(
        {case_id: [IdentifyingMark(MarkKind[kind], text) for kind, text in found] for case_id, found in plain.items()}
    )


def check_texts(loaded: LoadedCase, packed: bytes, profile: Profile, template: TemplateWords) -> list[Problem]:
    """An error for each of an item's texts that tells of a citizen, at the line where it does."""
    citizens, own = _unpack(packed), _own((loaded.case, *read_items(loaded)), profile, template)
    found = []
    for path, text in iter_texts(loaded.source.data):
        if path[0] == "figures":  # how the cases are found, and who is meant by a name
            continue
        for mark, case_id in find_citizens(text, citizens, own):
            found.append(_problem(loaded.source.locate_in(path, _find_line(text, mark, citizens, own)), mark, case_id))
    return sorted(dict.fromkeys(found))


def check_files(
    loaded: LoadedCase,
    files: Mapping[str, WriterOutput],
    packed: bytes,
    profile: Profile,
    template: TemplateWords,
    document: str,
) -> list[Problem]:
    """An error for whatever a document's finished files tell of a citizen: their pages, and what no page shows."""
    citizens, own = _unpack(packed), _own((loaded.case, *read_items(loaded)), profile, template)
    found: dict[IdentifyingMark, Problem] = {}
    for format, file in files.items():
        try:
            words, _ = FORMATS[format].read_words(file.data)
        except UnreadableFile as error:
            return [Problem(Position(loaded.source.file), error.what, N_("make it again"))]
        for mark, case_id in find_citizens(words, citizens, own):
            if mark not in found:
                quoted = find_quoted(loaded.source, mark.text)
                position = quoted[1] if quoted else Position(loaded.source.file)
                found[mark] = _problem(position, mark, case_id, f"{document}.{format}")
    return list(found.values())


def find_citizens(words: str, citizens: OtherCases, own: OwnCase) -> Iterator[tuple[IdentifyingMark, str]]:
    """What tells a citizen among the words, with the case's id: also where Markdown's signs stand within it."""
    bare = unescape(_MARKUP.sub("", words))
    seen = dict(citizens.find(words, own))
    if bare != words:
        seen |= dict(citizens.find(bare, own))
    for mark, case_id in seen.items():
        if any(each.text.endswith(f" {mark.text}") for each, other in seen.items() if other == case_id):
            continue  # a part of the whole name, which is told
        if mark.kind is not MarkKind.CASE_NUMBER or _has_its_signs(mark.text, words) or _has_its_signs(mark.text, bare):
            yield mark, case_id


def _has_its_signs(number: str, words: str) -> bool:
    """Whether a case number of digits alone stands there with its own signs: 12.345 is an amount, and no 12/345."""
    if any(sign.isalpha() for sign in number):
        return True
    parts = re.findall(r"\d+|[^\d\s]+|\s+", fold(number))
    is_long = len(parts[-1]) > 3
    pattern = r"\s{0,2}".join(
        BROKEN.join(part) if part.isdigit() else r"[\s-]" if part.isspace() else _sign(part, is_long) for part in parts
    )
    return re.search(rf"(?<!\d){pattern}(?!\d)", fold(words)) is not None


def _sign(part: str, is_long: bool) -> str:
    """A dash and a slash may stand for each other before four digits; before fewer that is a range."""
    dashes = r"-\u2010-\u2015\u2212"
    if part in ("-", "/") and is_long:
        return f"[/{dashes}]"
    return f"[{dashes}]" if part == "-" else re.escape(part)


def _own(case: Case | tuple[Case, ...], profile: Profile, template: TemplateWords) -> OwnCase:
    """What an item may name: its sender, and those who are no citizens of the cases."""
    names = [*_names(case), *(each for name in _names(case) for each in initial(name))]
    words = PARTED.join(fold_letters(text) for text in (*list_texts(profile), *names))
    return OwnCase(_OF_ITEM, (), words, template)


def _names(value: object) -> Iterator[str]:
    """The members, staff and others whom an item names as such."""
    if isinstance(value, CommitteeItem):
        yield from (name for name in (value.caseworker, *value.signers) if name)
        yield from value.figures.others if value.figures else ()
    elif isinstance(value, StatisticsAnnex):
        yield from value.figures.others
    if isinstance(value, (Member, Attendant, Official)):
        yield value.name
    elif isinstance(value, Side):
        yield from value.members
    elif isinstance(value, Remark):
        yield value.by
    elif isinstance(value, Stance):
        yield from value.by
    if isinstance(value, BaseModel):
        yield from (name for field in type(value).model_fields for name in _names(getattr(value, field)))
    elif isinstance(value, tuple):
        yield from (name for each in value for name in _names(each))


def _find_line(text: str, mark: IdentifyingMark, citizens: OtherCases, own: OwnCase) -> int:
    """Where the first line begins that holds it, alone or with the next; the text's beginning where none does."""
    at = 0
    lines = text.splitlines(keepends=True)
    for together in (1, 2, 3):
        at = 0
        for number, line in enumerate(lines):
            if any(
                each == mark for each, _ in find_citizens("".join(lines[number : number + together]), citizens, own)
            ):
                return at
            at += len(line)
    return 0


def _problem(position: Position, mark: IdentifyingMark, case_id: str, file: str = "") -> Problem:
    """It says what it is and whose case it belongs to, and quotes nothing."""
    what = message(
        "item.citizen.told",
        '{mark} of the citizen in the case "{case_id}" stands here',
        mark=mark.kind.said,
        case_id=case_id,
    )
    if file:
        what = message(
            "item.citizen.in_file",
            '{file} holds {mark} of the citizen in the case "{case_id}"',
            file=file,
            mark=mark.kind.said,
            case_id=case_id,
        )
    return Problem(position, what, _TODO)
