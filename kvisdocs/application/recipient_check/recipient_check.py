"""The recipient check: each finished file holds its own recipient and sender, and nothing that is anybody else's.

43,000 letters went out with the wrong sender, 1,628 with names shuffled. Nobody reads a month's letters, so every file
is read back in the worker that made it, before it leaves, and searched for the marks of all cases of the run at once
(Aho and Corasick's automaton).
"""

import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import ahocorasick

from kvisdocs.application.recipient_check.identifying_data import (
    IdentifyingMark,
    expected_marks,
    find_marks,
    find_own_words,
    list_texts,
)
from kvisdocs.application.recipient_check.spelling_patterns import MarkKind, normalise_mark
from kvisdocs.cases.load import Case, LoadedCase
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.spellings.names import find_initials
from kvisdocs.cases.spellings.normalisation import fold, fold_digits, fold_letters
from kvisdocs.cases.views import Audience
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets
from kvisdocs.templating.meetings.items import read_items
from kvisdocs.templating.printed import find_labels, find_printed
from kvisdocs.templating.profiles import Profile
from kvisdocs.templating.render import find_renderer
from kvisdocs.templating.wordings.choosing import choose_wording
from kvisdocs.writers import FORMATS, WriterOutput
from kvisdocs.writers.text_extraction import UnreadableFile

_NUMBER = re.compile(r"[1-9]\d*")
_NAME_LABEL = re.compile(r"[\s,;]*\b(?:for|mellem|efter)navn(?:e|ene|et)?\b[\s:.]*", re.IGNORECASE)
"""What stands between first and last name in a form: `Fornavn: Ib, Efternavn: Prøve`."""


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """What the templates print of themselves: which fields, their labels, folded, and all their words."""

    printed: frozenset[str] = frozenset()
    labels: str = ""
    words: frozenset[str] = frozenset()
    """By `fold_letters`."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What a paper of one case must hold, and what it may hold."""

    case_id: str
    expected: tuple[IdentifyingMark, ...]
    words: str
    template: TemplateWords = TemplateWords()

    @classmethod
    def of(
        cls,
        case_id: str,
        case: Case,
        audience: Audience,
        profile: Profile,
        template: TemplateWords = TemplateWords(),
        along: Iterable[str] = (),
    ) -> "OwnCase":
        """What holds for a paper to that audience."""
        expected = expected_marks(case, audience, profile, template.printed)
        return cls(case_id, expected, find_own_words(case, profile, along), template)


class OtherCases:
    """The marks of all cases of a run, to be found in a text in one go. Can be sent to another process."""

    def __init__(self, marks: Mapping[str, Iterable[IdentifyingMark]]) -> None:
        """`marks` by the case's id; a mark that several cases have is told of by the first."""
        self._automaton = ahocorasick.Automaton()
        for mark, case_id in _by_mark(marks).items():
            for key in mark.keys:
                alike = self._automaton.get(key.letters, ())
                value = (mark.kind.name, mark.text, case_id, key.beside)
                self._automaton.add_word(key.letters, (*alike, value))
        self._automaton.make_automaton()

    @classmethod
    def of(cls, cases: Iterable[tuple[str, Case, Profile]]) -> "OtherCases":
        """All marks of these cases: id, case, profile."""
        return cls({case_id: find_marks(case, profile) for case_id, case, profile in cases})

    def find(self, words: str, own: OwnCase) -> Iterator[tuple[IdentifyingMark, str]]:
        """The marks among `words` that the own case does not hold, each with the id of a case that does."""
        if not len(self._automaton):
            return
        words = _NAME_LABEL.sub(" ", words)
        beside, said = find_initials(words) | set(_NUMBER.findall(fold_digits(words))), own.template
        found = {value for _, values in self._automaton.iter(normalise_mark(words)) for value in values}
        seen = {each[:3] for each in found if each[2] != own.case_id and (not each[3] or each[3] in beside)}
        plain, spaced = fold_letters(words), words.replace("\N{NO-BREAK SPACE}", " ")
        for kind, text, case_id in sorted(seen):
            mark = IdentifyingMark(MarkKind[kind], text)
            common: frozenset[str] = frozenset() if text in spaced else said.words
            if not mark.is_said_by(said.labels, said.words) and mark.is_strange(plain, own.words, common):
                yield mark, case_id


def _by_mark(marks: Mapping[str, Iterable[IdentifyingMark]]) -> dict[IdentifyingMark, str]:
    """Each mark once, with the first case that has it."""
    found: dict[IdentifyingMark, str] = {}
    for case_id, each in marks.items():
        for mark in each:
            found.setdefault(mark, case_id)
    return found


@dataclass(frozen=True, slots=True)
class Proven:
    """What reading a file back gave: its pages (0 for Word), and the reasons, if any, why it must not go out."""

    pages: int
    reasons: tuple[Message, ...]


def check_recipient(data: bytes, format: str, own: OwnCase, strangers: OtherCases) -> Proven:
    """Read a finished file back and compare it with its case and with all others.

    The reasons name other cases by their id, and never quote what was found: they stand in reports.
    """
    try:
        words, pages = FORMATS[format].read_words(data)
    except UnreadableFile as error:
        return Proven(0, (message("recipient.file.unreadable", "{reason}", reason=error.args[0]),))
    missing = [mark.kind for mark in own.expected if not mark.stands_in(words)]
    reasons = [
        message("recipient.mark.missing", "it does not hold {mark} that it must hold", mark=kind.said)
        for kind in missing
    ]
    reasons += [
        message(
            "recipient.mark.of_other_case",
            'it holds {mark} of another case, "{case_id}"',
            mark=mark.kind.said,
            case_id=case_id,
        )
        for mark, case_id in strangers.find(words, own)
    ]
    return Proven(pages, tuple(dict.fromkeys(reasons)))


DO_NOT_SEND = N_("do not send it: look at the template and at both cases")


@dataclass(frozen=True)
class RecipientCheck:
    """A `FileCheck`: every file is its own recipient's, and holds no mark of any other case of the run."""

    assets: Assets
    packed: bytes
    """The strangers, pickled once: pyahocorasick never gives back the memory of a pickle, and a run hires many."""

    expects: bool = True
    """Whether a file must name its own recipient and sender; `render` makes drafts of templates too, which may not."""

    @classmethod
    def of(cls, assets: Assets, strangers: OtherCases, expects: bool = True) -> "RecipientCheck":
        """The proof against these."""
        return cls(assets, pickle.dumps(strangers), expects)

    def __call__(self, case: LoadedCase, document: Document, files: Mapping[str, WriterOutput]) -> list[Problem]:
        """What speaks against the files. The reasons quote nothing of what was found."""
        asked_at = case.source.locate(("municipality",))
        profile = find_renderer(self.assets).profile(case.case.municipality, asked_at)
        strangers = _unpack(self.packed)
        template = read_template(self.assets, choose_wording(document, case.case, self.assets).template)
        own = OwnCase.of(case.id, case.case, document.audience, profile, template, list_along(case))
        if not self.expects:
            own = replace(own, expected=())
        return [
            Problem(Position(case.source.file), _of_file(f"{document.name}.{format}", reason), DO_NOT_SEND)
            for format, written in files.items()
            for reason in check_recipient(written.data, format, own, strangers).reasons
        ]


def list_along(case: LoadedCase) -> Iterator[str]:
    """The texts of the cases that go with a case: of the items, with a meeting."""
    if isinstance(case.case, CommitteeMeeting):
        for item in read_items(case):
            yield from list_texts(item)


def _of_file(file: str, reason: Message) -> Message:
    return N_("{file}: {reason}", file=file, reason=reason).coded(reason.code)


@lru_cache(maxsize=64)
def read_template(assets: Assets, name: str) -> TemplateWords:
    """What the templates print of themselves, and the fields that the template of this name does."""
    environment = find_renderer(assets).environment
    printed = find_printed(environment.parse(assets.read_text(name), name))
    return TemplateWords(printed, *_read_labels(assets))


def read_all_words(assets: Assets) -> TemplateWords:
    """What all templates print of themselves, whatever their fields."""
    return TemplateWords(frozenset(), *_read_labels(assets))


@lru_cache(maxsize=2)
def _read_labels(assets: Assets) -> tuple[str, frozenset[str]]:
    labels, words = find_labels(find_renderer(assets).environment, assets)
    return fold(labels), frozenset(re.findall(r"[^\W_]+", fold_letters(words)))


@lru_cache(maxsize=1)
def _unpack(packed: bytes) -> OtherCases:
    strangers: OtherCases = pickle.loads(packed)  # noqa: S301  (packed by our own parent, sent through its own pipe)
    return strangers
