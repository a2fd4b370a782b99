"""Cases read and judged for `check`: a few one after the other, many in as many processes as there are processors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kvisdocs.application.duplicates import Identity, describe_duplicates, find_duplicates, find_identity
from kvisdocs.application.exclusions import ExclusionCollector, ExclusionSummary
from kvisdocs.application.meetings import MeetingItem, describe_meetings, find_meeting_item
from kvisdocs.application.processes import share_out
from kvisdocs.application.reading import find_case_reader
from kvisdocs.application.stray_names import NamesOfCase, describe_strays, find_names
from kvisdocs.problems import Problem
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets


@dataclass(frozen=True)
class CaseReviewer:
    """What cases are judged by: templates with their profiles and programmes, and what a run today would make."""

    assets: Assets
    documents: tuple[Document, ...]
    day: date
    as_json: bool = False

    def judge(self, files: Sequence[Path]) -> "ReviewResult":
        """All problems of the files, what would be left out, and what only one case has, in the order of the files."""
        reader = find_case_reader(self.assets)
        collector = ExclusionCollector(self.documents, self.day, reader.profile, self.as_json)
        problems: list[Problem] = []
        facts: dict[Path, CaseFacts] = {}
        for file in files:
            loaded, found = reader.read(file)
            problems += found
            if loaded is not None:
                collector.hear(loaded)
                facts[file] = CaseFacts(find_identity(loaded.case), find_meeting_item(loaded.case), find_names(loaded))
        return ReviewResult(problems, collector.told(), facts)


@dataclass(frozen=True)
class CaseFacts:
    """What is compared with the other cases of the folder."""

    identity: Identity
    item: MeetingItem | None
    names: NamesOfCase


@dataclass(frozen=True)
class ReviewResult:
    """What there is to say of some files."""

    problems: list[Problem]
    exclusions: ExclusionSummary
    facts: Mapping[Path, CaseFacts]

    def compare(self) -> Iterator[Problem]:
        """What cases show beside each other: two of one citizen, items that do not agree, names of another case."""
        yield from describe_duplicates(find_duplicates({file: each.identity for file, each in self.facts.items()}))
        yield from describe_meetings({file: each.item for file, each in self.facts.items() if each.item})
        yield from describe_strays({file: each.names for file, each in self.facts.items()})


def review_files(judge: CaseReviewer, files: Sequence[Path]) -> ReviewResult:
    """As `CaseReviewer.judge`, in several processes for many files; in this one where none can be started."""
    answers = share_out(judge.judge, files)
    problems = [problem for each in answers for problem in each.problems]
    facts = {file: found for each in answers for file, found in each.facts.items()}
    return ReviewResult(problems, ExclusionSummary.join(each.exclusions for each in answers), facts)
