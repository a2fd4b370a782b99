"""The whole list before anything is made: which documents of which cases, which rule excludes which, what is wrong."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kvisdocs.application.duplicates import Identity, describe_duplicates, find_duplicates, find_identity, name_others
from kvisdocs.application.exclusions import find_excluded
from kvisdocs.application.job import PlannedCase
from kvisdocs.application.meetings import MeetingItem, describe_meetings, find_meeting_item
from kvisdocs.application.outcome import Failure, Outcome, Status
from kvisdocs.application.reading import CaseReader, find_cases
from kvisdocs.application.recipient_check.identifying_data import IdentifyingMark, find_marks
from kvisdocs.application.store.manifest import CaseRecord, ManifestReader
from kvisdocs.application.stray_names import NamesOfCase, describe_strays, find_names
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.yaml.source import read_raw
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document, concerns, find_doubts
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile, load_profile


@dataclass
class Plan:
    """What a run is to do, and what is settled before it. `settled` are the excluded and the failed."""

    cases: list[PlannedCase] = field(default_factory=list)
    settled: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What is to be said of paths, cases and documents, but for what an outcome says."""
    marks: dict[str, tuple[IdentifyingMark, ...]] = field(default_factory=dict)
    """What tells each case from the others; of the excluded too, who must not appear in anybody's letter either."""

    identities: dict[Path, Identity] = field(default_factory=dict)
    """What only one case has, as keyed digests, of all that were read now or in an earlier run."""
    duplicates: dict[str, Message] = field(default_factory=dict)
    """The ids of cases that share it, each with the files of the others."""

    items: dict[Path, MeetingItem] = field(default_factory=dict)
    names: dict[Path, NamesOfCase] = field(default_factory=dict)
    """Of all that were read now: what an item says of its meeting, and who is named."""

    clean: list[CaseRecord] = field(default_factory=list)
    """The cases of which there is nothing to say."""
    unreviewed: list[Path] = field(default_factory=list)
    """Those that an earlier run found clean, and nobody looked at again. Their marks are missing: `read_unreviewed`."""
    municipalities: set[str] = field(default_factory=set)
    """Those of which there are cases."""
    case_ids: frozenset[str] | None = None
    """All cases that there are; None where a path could not be read, so that nobody knows."""

    @property
    def has_errors(self) -> bool:
        """Whether anything in the list is wrong. Exclusions are not: they are rules."""
        errors = any(problem.severity is Severity.ERROR for problem in self.problems)
        return errors or any(outcome.status is Status.FAILED for outcome in self.settled)


@dataclass
class Planner:
    """Reads case after case into a plan."""

    assets: Assets
    documents: Sequence[Document]
    day: date
    manifest: ManifestReader
    review_digest: str = ""
    """What cases are judged by; those found clean on it are not read again. Without one all are."""
    municipalities: frozenset[str] = frozenset()
    """Only cases of these are made; the others are read all the same, since what is made is compared with them."""
    _profiles: dict[str, Profile] = field(default_factory=dict)

    def plan(self, paths: Iterable[Path]) -> Plan:
        """The plan of all cases in paths. Nothing is made, and nothing raised: what is wrong stands in the plan."""
        plan = Plan()
        files, problems = find_cases(paths)
        plan.settled += _fail_unfound(problems)
        if not problems:
            plan.case_ids = frozenset(file.stem for file in files)
        reader = CaseReader(self.assets)
        for file in files:
            self._add(file, reader, plan)
        duplicates = find_duplicates(plan.identities)
        plan.problems += describe_duplicates(duplicates)
        plan.duplicates = {file.stem: name_others(found) for file, found in duplicates.items()}
        self._compare(plan)
        plan.problems += map(_tell_no_case, sorted(self.municipalities - plan.municipalities))
        return plan

    def _compare(self, plan: Plan) -> None:
        """What the cases that were read show beside each other. Those told of are looked at the next time too."""
        found = [*describe_meetings(plan.items), *describe_strays(plan.names)]
        told = {self.manifest.key_of(Path(problem.position.file).stem, "") for problem in found}
        plan.problems += found
        plan.clean = [record for record in plan.clean if record.key not in told]

    def _add(self, file: Path, reader: CaseReader, plan: Plan) -> None:
        try:
            data, _ = read_raw(file, str(file))
        except KvisdocsError as error:
            plan.settled.append(Outcome(file.stem, "", Status.FAILED, Failure.CASE, error.problems))
            return
        digest = self.manifest.keyed(data)
        known = self._find_known(file, digest)
        if known is not None:
            plan.municipalities.add(known.municipality)
            plan.unreviewed.append(file)
            plan.identities[file] = known.identity
            if not self._wants(known.municipality):
                return
            if not known.left_out:
                documents = [document for document in self.documents if document.name in known.documents]
                plan.cases.append(
                    PlannedCase(file.stem, file, digest, known.municipality, known.programme, tuple(documents))
                )
                return
        loaded, problems = reader.load_known_clean(data, file) if known else reader.read_bytes(data, file)
        if loaded is None:
            if self._wants(_read_municipality(data)):
                plan.settled.append(Outcome(file.stem, "", Status.FAILED, Failure.CASE, tuple(problems)))
            return
        plan.municipalities.add(loaded.case.municipality)
        is_wanted = self._wants(loaded.case.municipality)
        plan.problems += problems if is_wanted else ()
        identity = {
            name: self.manifest.keyed(f"{name} {value}".encode()) for name, value in find_identity(loaded.case).items()
        }
        plan.identities[file] = identity
        plan.names[file] = find_names(loaded)
        if item := find_meeting_item(loaded.case):
            plan.items[file] = item
        if known is None:
            plan.marks[loaded.id] = find_marks(loaded.case, self._profile(loaded))
        if is_wanted:
            self._add_documents(loaded, file, data, plan, is_clean=not problems)

    def _wants(self, municipality: str) -> bool:
        """Whether cases of it are to be made; also where nobody knows of which a case is."""
        return not self.municipalities or not municipality or municipality in self.municipalities

    def _add_documents(self, loaded: LoadedCase, file: Path, data: bytes, plan: Plan, is_clean: bool) -> None:
        digest = self.manifest.keyed(data)
        of_its_kind = [document for document in self.documents if concerns(document, loaded.case)]
        left_out = {
            each.document.name: Outcome(loaded.id, each.document.name, Status.EXCLUDED, each.reason, each.notes())
            for each in find_excluded(loaded, self.documents, self.day, self._profile)
        }
        plan.settled += left_out.values()
        documents = tuple(document for document in of_its_kind if document.name not in left_out)
        doubts = find_doubts(loaded, documents, self.day)
        plan.problems += doubts
        programme = loaded.case.programme if isinstance(loaded.case, CitizenCase) else ""
        again = file.is_file()
        kept = None if again else data
        case = PlannedCase(
            loaded.id, file, digest, loaded.case.municipality, programme, documents, kept, loaded.related
        )
        if documents:
            plan.cases.append(case)
        if self.review_digest and is_clean and not doubts and again and not loaded.related:
            plan.clean.append(self._remember(case, bool(left_out), plan.identities[file]))

    def _remember(self, case: PlannedCase, left_out: bool, identity: Identity) -> CaseRecord:
        key = self.manifest.key_of(case.case_id, "")
        names = tuple(document.name for document in case.documents)
        return CaseRecord(
            key, case.digest, self.review_digest, case.municipality, case.programme, names, left_out, identity
        )

    def _find_known(self, file: Path, digest: str) -> CaseRecord | None:
        known = self.manifest.cases.get(self.manifest.key_of(file.stem, ""))
        if (
            known is None
            or not self.review_digest
            or not file.is_file()
            or (known.case, known.review_digest) != (digest, self.review_digest)
        ):
            return None
        return known

    def read_unreviewed(self, plan: Plan) -> None:
        """Read the unread cases too: whatever is made is compared with the marks of all."""
        reader = CaseReader(self.assets)
        for file in plan.unreviewed:
            try:
                loaded, _ = reader.load_known_clean(read_raw(file, str(file))[0], file)
            except KvisdocsError:  # it is gone; the run will tell of it
                continue
            if loaded is not None:
                plan.marks[loaded.id] = find_marks(loaded.case, self._profile(loaded))
        plan.unreviewed.clear()

    def _profile(self, loaded: LoadedCase) -> Profile:
        name = loaded.case.municipality
        if name not in self._profiles:
            self._profiles[name] = load_profile(name, self.assets, loaded.source.locate(("municipality",)))
        return self._profiles[name]


_MUNICIPALITY = re.compile(rb"""^municipality:[ \t]*["']?([\w-]+)""", re.MULTILINE)


def _read_municipality(data: bytes) -> str:
    """The municipality of a case that cannot be read, as its text has it; empty where that is not to be seen."""
    found = _MUNICIPALITY.search(data)
    return found[1].decode("ascii", "replace") if found else ""


def _tell_no_case(municipality: str) -> Problem:
    what = message("run.municipality.no_case", 'there is no case of "{name}"', name=municipality)
    return Problem(Position("--municipality"), what, N_("write it as the cases do"))


def _fail_unfound(problems: Iterable[Problem]) -> list[Outcome]:
    """What was asked for and cannot be read or told apart has failed, and is counted among what did."""
    by_id: dict[str, list[Problem]] = {}
    for problem in problems:
        by_id.setdefault(Path(problem.position.file).stem, []).append(problem)
    return [Outcome(case_id, "", Status.FAILED, Failure.CASE, tuple(found)) for case_id, found in by_id.items()]
