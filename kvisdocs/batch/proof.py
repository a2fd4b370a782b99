"""The proof of a run: each finished file holds its own recipient and sender, and nothing that belongs to anybody else.

43,000 letters went out with the wrong sender, 1,628 with names shuffled. Nobody reads a month's letters, so every file
is read back here, and searched for the marks of all cases of the run at once (Aho and Corasick's automaton).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import ahocorasick

from kvisdocs.batch.marks import Mark, expected_marks, find_marks, find_own_words
from kvisdocs.batch.reading_back import UnreadableFile, read_words
from kvisdocs.batch.spellings import MarkKind, squeeze
from kvisdocs.cases.load import Case
from kvisdocs.cases.name_spellings import find_initials
from kvisdocs.cases.spellings import fold_digits, fold_letters
from kvisdocs.cases.views import Audience
from kvisdocs.templating.profiles import Profile

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
class Own:
    """What a paper of one case must hold, and what it may hold."""

    case_id: str
    expected: tuple[Mark, ...]
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
    ) -> "Own":
        """What holds for a paper to that audience."""
        expected = expected_marks(case, audience, profile, template.printed)
        return cls(case_id, expected, find_own_words(case, profile), template)


class Strangers:
    """The marks of all cases of a run, to be found in a text in one go. Can be sent to another process."""

    def __init__(self, marks: Mapping[str, Iterable[Mark]]) -> None:
        """`marks` by the case's id; a mark that several cases have is told of by the first."""
        self._automaton = ahocorasick.Automaton()
        for mark, case_id in _by_mark(marks).items():
            for key in mark.keys:
                alike = self._automaton.get(key.letters, ())
                value = (mark.kind.name, mark.text, case_id, key.beside)
                self._automaton.add_word(key.letters, (*alike, value))
        self._automaton.make_automaton()

    @classmethod
    def of(cls, cases: Iterable[tuple[str, Case, Profile]]) -> "Strangers":
        """All marks of these cases: id, case, profile."""
        return cls({case_id: find_marks(case, profile) for case_id, case, profile in cases})

    def find(self, words: str, own: Own) -> Iterator[tuple[Mark, str]]:
        """The marks among `words` that the own case does not hold, each with the id of a case that does."""
        if not len(self._automaton):
            return
        words = _NAME_LABEL.sub(" ", words)
        beside, said = find_initials(words) | set(_NUMBER.findall(fold_digits(words))), own.template
        found = {value for _, values in self._automaton.iter(squeeze(words)) for value in values}
        seen = {each[:3] for each in found if each[2] != own.case_id and (not each[3] or each[3] in beside)}
        plain, spaced = fold_letters(words), words.replace("\N{NO-BREAK SPACE}", " ")
        for kind, text, case_id in sorted(seen):
            mark = Mark(MarkKind[kind], text)
            common: frozenset[str] = frozenset() if text in spaced else said.words
            if not mark.is_said_by(said.labels, said.words) and mark.is_strange(plain, own.words, common):
                yield mark, case_id


def _by_mark(marks: Mapping[str, Iterable[Mark]]) -> dict[Mark, str]:
    """Each mark once, with the first case that has it."""
    found: dict[Mark, str] = {}
    for case_id, each in marks.items():
        for mark in each:
            found.setdefault(mark, case_id)
    return found


@dataclass(frozen=True, slots=True)
class Proven:
    """What reading a file back gave: its pages (0 for Word), and the reasons, if any, why it must not go out."""

    pages: int
    reasons: tuple[str, ...]


def prove_file(data: bytes, format: str, own: Own, strangers: Strangers) -> Proven:
    """Read a finished file back and compare it with its case and with all others.

    The reasons name other cases by their id, and never quote what was found: they stand in reports.
    """
    try:
        words, pages = read_words(data, format)
    except UnreadableFile as error:
        return Proven(0, (str(error),))
    missing = [mark.kind for mark in own.expected if not mark.stands_in(words)]
    reasons = [f"it does not hold {kind} that it must hold" for kind in missing]
    reasons += [f'it holds {mark.kind} of another case, "{case_id}"' for mark, case_id in strangers.find(words, own)]
    return Proven(pages, tuple(dict.fromkeys(reasons)))
