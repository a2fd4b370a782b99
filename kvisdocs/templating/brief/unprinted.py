"""What a committee item says and no document of its municipality prints: it would be lost without a word.

Municipalities print different parts, and a template of one's own may print more: a trial tells, once for each
municipality (`trial`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.views import ALWAYS, Audience
from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Problem, Severity, say_first, suggest
from kvisdocs.templating.brief.checks import no_field
from kvisdocs.templating.brief.form import Brief
from kvisdocs.templating.brief.trial import Like, Names, find_printed, is_shown_whole
from kvisdocs.templating.documents import Document, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile
from kvisdocs.templating.render import Renderer

NOT_TO_BE_PRINTED = {
    ("municipality",): "says which profile is meant",
    ("access",): "decides which edition is made",
    ("type",): "is printed as a mark, where the municipality has marks",
    ("headings",): "names parts, of which it is told by itself",
    ("attachments", "neutral_title"): "is for the public edition of a closed attachment",
    ("attachments", "access"): "decides which title is printed",
    ("attachments", "file"): "goes with the agenda of its meeting",
    ("sub_items", "attachments", "file"): "goes with the agenda of its meeting",
    ("sub_items", "attachments", "neutral_title"): "is for the public edition of a closed attachment",
    ("sub_items", "attachments", "access"): "decides which title is printed",
    ("decisions", "released"): "decides whether the public edition has it",
    ("course", "decision", "released"): "decides whether the public edition has it",
    ("decisions", "positions", "kind"): "decides how the position is worded",
    ("course", "decision", "positions", "kind"): "decides how the position is worded",
}
"""What a document need not print, and why."""

BELOW = "…"
"""Stands for whatever is printed of a group."""

_CASE_FACTS = {"case_number", "document_number", "caseworker", "decided_by"}
_PARTS = {
    "economy": "economy",
    "legal_basis": "legal_basis",
    "course": "course",
    "recommendation": "recommendation",
    "recommendations": "recommendation",
    "sub_items": "sub_items",
    "decisions": "decision",
    "attachments": "attachments",
    "signers": "signers",
    "routing": "routing",
    ("meeting", "present"): "attendance",
    ("meeting", "absent"): "absent",
}
"""The part of a brief that prints what stands at a path."""

_HEADING = {"committee": "committee", "date": "date", "item": "number"}
_STAGE = ("text", "presentation", "recommendation", "decision")
_LINES = ("absent", "not_taking_part", "reservations")

Path = tuple[Step, ...]


@dataclass
class Unprinted:
    """Finds what items say in vain. What the templates print is kept for each municipality."""

    assets: Assets
    _printed: dict[tuple[object, ...], frozenset[Names] | None] = field(default_factory=dict)

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self.assets)

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        try:
            found = load_documents(self.assets).values()
        except KvisdocsError:  # of which check and render tell by themselves
            return ()
        return tuple(each for each in found if each.kind == "committee")

    def find(self, loaded: LoadedCase, profile: Profile) -> list[Problem]:
        """An error for each part of an item that no document prints, where it stands, and for a heading of none."""
        item = loaded.case
        if not isinstance(item, CommitteeItem) or not is_shown_whole(item, profile.brief.closed_items):
            return []
        known = [part.field for part in profile.brief.parts if part.field]
        names = frozenset(item.fields).difference(known)
        printed = self._find_printed(loaded, item, profile, names)
        if printed is None:
            return []
        lost = [
            path
            for name in ALWAYS[Audience.COMMITTEE]
            if "." not in name  # which is worked out, and no field
            for path in _find_lost(getattr(item, name), type(item).model_fields[name].default, (name,), printed)
        ]
        headings = _find_headings_of_nothing(loaded, profile.brief)
        return [*say_first(lost, lambda path: _problem(loaded, path, known)), *headings]

    def _find_printed(
        self, loaded: LoadedCase, item: CommitteeItem, profile: Profile, names: frozenset[str]
    ) -> frozenset[Names] | None:
        """What is printed; None where that cannot be told, since a template has a fault."""
        like = Like(item.municipality, item.access, len(item.decisions) > 1)
        key = (like, names)
        if key not in self._printed:
            known = {part.field for part in profile.brief.parts if part.field}
            try:
                found = find_printed(self._renderer, self._documents, loaded.source, like, known | names)
            except KvisdocsError:
                found = None
            self._printed[key] = with_groups(found) if found is not None and self._documents else None
        return self._printed[key]


def with_groups(printed: frozenset[Names]) -> frozenset[Names]:
    """What is printed, and each group in which something is, marked with BELOW."""
    return printed | {(*path[:end], BELOW) for path in printed for end in range(1, len(path))}


def _find_lost(value: Any, default: Any, path: Path, printed: frozenset[Names]) -> Iterator[Path]:
    """The paths of what is not printed; of a whole group that is not, the group's alone."""
    names = tuple(step for step in path if isinstance(step, str))
    if value is None or value in ((), {}, False) or value == default or names in NOT_TO_BE_PRINTED:
        return
    if (*names, BELOW) not in printed and (names not in printed or _is_group(value)):
        yield path
    elif isinstance(value, BaseModel):
        for name, each in type(value).model_fields.items():
            yield from _find_lost(getattr(value, name), each.default, (*path, name), printed)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _find_lost(inner, None, (*path, name), printed)
    elif isinstance(value, tuple) and isinstance(value[0], BaseModel):
        for number, inner in enumerate(value):
            yield from _find_lost(inner, None, (*path, number), printed)


def _is_group(value: Any) -> bool:
    """Whether it is asked for below what is printed of it."""
    return isinstance(value, (BaseModel, dict)) or (isinstance(value, tuple) and isinstance(value[0], BaseModel))


def _problem(loaded: LoadedCase, path: Path, fields: list[str]) -> Problem:
    names = tuple(step for step in path if isinstance(step, str))
    position = loaded.source.locate_key(path)
    if names[0] == "fields" and len(names) == 2:
        return Problem(position, no_field(names[1]), suggest(names[1], fields))
    what = message("item.profile.not_printed", 'no document of this municipality prints "{path}"', path=".".join(names))
    severity = Severity.WARNING if names == ("closed_reason",) else Severity.ERROR  # an open item needs none
    return Problem(position, what, advise(loaded.case.municipality, names), severity)


def _find_headings_of_nothing(loaded: LoadedCase, brief: Brief) -> Iterator[Problem]:
    """An error for each heading that an item gives to a part which its brief does not have."""
    item = loaded.case
    assert isinstance(item, CommitteeItem)
    keys = list(dict.fromkeys(part.key for part in brief.parts))
    for key in item.headings:
        if key not in keys:
            what = message("item.headings.no_part", 'the brief of this municipality has no part "{name}"', name=key)
            yield Problem(loaded.source.locate_key(("headings", key)), what, suggest(key, keys))


def advise(municipality: str, names: Names) -> Message:
    """What to do about a path that is not printed."""
    line = line_to_add(municipality, names)
    if line is None:
        return N_("delete it, or print it in a template of your own")
    return N_("{line}, or delete it", line=line)


def line_to_add(municipality: str, names: Names) -> Message | None:
    """Which line of the profile would print what stands at a path; None where none does."""
    profile = f"templates/profiles/{municipality}.yaml"
    key: Any = names if len(names) > 1 else names[0]
    if names[0] == "meeting" and names[-1] in {"time", "end", "place"}:
        fact = "place" if names[-1] == "place" else "time"
        return N_('add "{fact}" to meeting_facts in {profile}', fact=fact, profile=profile)
    if key in _CASE_FACTS:
        return N_('add "{fact}" to case_facts in {profile}', fact=key, profile=profile)
    if key in _PARTS:
        return N_(
            'add "- {{part: {part}}}" to the parts of the brief in {profile}',
            part=_PARTS[key],
            profile=profile,
        )
    if names[0] == "course" and len(names) == 2 and names[1] in _STAGE:
        return N_(
            'let the course be blocks, with "form: blocks" and "- {{part: {part}}}" in its stage, in {profile}',
            part=names[1],
            profile=profile,
        )
    if names[0] in ("decisions", "course") and names[-1] in _LINES:
        return N_('add "- {{who: {who}}}" to the lines of the decision in {profile}', who=names[-1], profile=profile)
    if names[0] == "decisions" and names[-1] in _HEADING:
        return N_(
            "write {{{name}}} in the label of the decision in {profile}",
            name=_HEADING[names[-1]],
            profile=profile,
        )
    if names[0] == "attachments":
        return N_(
            "add {{{name}}} to phrases.attachment of the brief in {profile}",
            name=names[-1],
            profile=profile,
        )
    return None
