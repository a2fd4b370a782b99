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
from kvisdocs.templating.brief import no_field
from kvisdocs.templating.documents import Document, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile
from kvisdocs.templating.render import Renderer
from kvisdocs.templating.trial import Names, find_printed, is_shown_whole

NOT_TO_BE_PRINTED = {
    ("municipality",): "says which profile is meant",
    ("access",): "decides which edition is made",
    ("type",): "is printed as a mark, where the municipality has marks",
    ("attachments", "neutral_title"): "is for the public edition of a closed attachment",
    ("attachments", "access"): "decides which title is printed",
    ("decisions", "released"): "decides whether the public edition has it",
}
"""What a document need not print, and why."""

FACTS = {("meeting", "time"), ("meeting", "end"), ("meeting", "place"), ("closed_reason",)}
"""What says when and where, and is known to the readers anyway: a warning, no error."""

BELOW = "…"
"""Stands for whatever is printed of a group."""

_CASE_FACTS = {"case_number", "document_number", "caseworker", "decided_by"}
_PARTS = {"economy", "legal_basis", "course", "recommendation", "decisions", "attachments", "signers", "routing"}
_PART_OF = {"decisions": "decision", ("meeting", "present"): "attendance", ("meeting", "absent"): "absent"}

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
        """An error for each part of an item that no document prints, and a warning for each detail, where it stands."""
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
            for path in _find_lost(getattr(item, name), type(item).model_fields[name].default, (name,), printed)
        ]
        return list(say_first(lost, lambda path: _problem(loaded, path, known)))

    def _find_printed(
        self, loaded: LoadedCase, item: CommitteeItem, profile: Profile, names: frozenset[str]
    ) -> frozenset[Names] | None:
        """What is printed; None where that cannot be told, since a template has a fault."""
        key = (item.municipality, item.access, names)
        if key not in self._printed:
            known = {part.field for part in profile.brief.parts if part.field}
            try:
                found = find_printed(self._renderer, self._documents, loaded.source, item, known | names)
            except KvisdocsError:
                found = None
            self._printed[key] = _with_groups(found) if found is not None and self._documents else None
        return self._printed[key]


def _with_groups(printed: frozenset[Names]) -> frozenset[Names]:
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
    whole = len(names) == 1 or names in _PART_OF
    severity = Severity.ERROR if whole and names not in FACTS else Severity.WARNING
    what = message("item.profile.not_printed", 'no document of this municipality prints "{path}"', path=".".join(names))
    return Problem(position, what, _advise(loaded.case.municipality, names), severity)


def _advise(municipality: str, names: Names) -> Message:
    profile = f"templates/profiles/{municipality}.yaml"
    key: Any = names if len(names) > 1 else names[0]
    if names[0] == "meeting" and names in FACTS and names[1] != "end":
        return N_('add "{fact}" to meeting_facts in {profile}, or delete it', fact=names[1], profile=profile)
    if key in _CASE_FACTS:
        return N_('add "{fact}" to case_facts in {profile}, or delete it', fact=key, profile=profile)
    if key in _PARTS or key in _PART_OF:
        part = _PART_OF.get(key, key)
        return N_(
            'add "- {{part: {part}}}" to the parts of the brief in {profile}, or delete it', part=part, profile=profile
        )
    return N_("delete it, or print it in a template of your own")
