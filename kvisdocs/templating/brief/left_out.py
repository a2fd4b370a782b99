"""What a profile says in vain, and what of an item its papers leave out: for whoever writes the profile."""

from collections.abc import Iterable, Iterator

from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import KvisdocsError, Problem, Severity
from kvisdocs.templating.brief.form import Brief
from kvisdocs.templating.brief.parts import OWN_KEYS
from kvisdocs.templating.brief.trial import Like, Names, find_printed
from kvisdocs.templating.brief.unprinted import BELOW, line_to_add, with_groups
from kvisdocs.templating.documents import Document
from kvisdocs.templating.render import Renderer

_TOLD = (
    *(("meeting", name) for name in ("time", "place", "present", "absent")),
    *((name,) for name in ("case_number", "document_number", "caseworker", "decided_by")),
    *((name,) for name in ("routing", "legal_basis", "economy", "recommendation", "decisions", "attachments")),
    *((name,) for name in ("signers", "sub_items", "course")),
    *(("course", name) for name in ("text", "presentation", "recommendation", "decision")),
    *(("decisions", name) for name in ("votes", "remarks", "positions", "reservations", "not_taking_part", "absent")),
)
"""The parts of an item, of which a profile may leave out what its municipality does not use."""


def list_left_out(
    renderer: Renderer, documents: Iterable[Document], source: Source, name: str, brief: Brief
) -> list[Names]:
    """The paths of the parts of an item that no committee paper of the municipality prints."""
    fields = {part.field for part in brief.parts if part.field}
    try:
        printed = with_groups(find_printed(renderer, documents, source, Like(name), fields))
    except KvisdocsError:  # a template has a fault, of which lint tells by itself
        return []
    left = [path for path in _TOLD if path not in printed and (*path, BELOW) not in printed]
    return [path for path in left if len(path) == 1 or path[:1] not in left]


def find_left_out(
    renderer: Renderer, documents: Iterable[Document], source: Source, name: str, brief: Brief
) -> Iterator[Problem]:
    """A note for each part of an item that the papers leave out, at the profile's parts, with the line to add."""
    for path in list_left_out(renderer, documents, source, name, brief):
        what = message("profile.brief.leaves_out", 'an item\'s "{path}" would not be printed', path=".".join(path))
        if line := line_to_add(name, path):
            todo = N_("if your items have it: {line}", line=line)
            yield Problem(source.locate_key(("brief", "parts")), what, todo, Severity.NOTE)


def find_idle_keys(source: Source, brief: Brief) -> Iterator[Problem]:
    """A warning for each key of a part that only other parts heed."""
    for number, part in enumerate(brief.parts):
        idle = [
            key
            for key in sorted(part.model_fields_set)
            if key not in OWN_KEYS.get(part.part, ()) and any(key in keys for keys in OWN_KEYS.values())
        ]
        for key in idle:
            what = message("profile.brief.idle_key", 'the part "{part}" does not heed "{key}"', part=part.part, key=key)
            yield Problem(source.locate_key(("brief", "parts", number, key)), what, _homes(key), Severity.WARNING)
    if brief.routing and not any(part.part == "routing" for part in brief.parts):
        what = message("profile.brief.idle_routing", "the bodies of the routing are printed nowhere")
        todo = N_('add "- {{part: routing}}" to the parts, or delete them')
        yield Problem(source.locate_key(("brief", "routing")), what, todo, Severity.WARNING)


def _homes(key: str) -> Message:
    homes = [name for name, keys in OWN_KEYS.items() if key in keys]
    return N_("delete it; it is for: {parts}", parts=listed(homes))
