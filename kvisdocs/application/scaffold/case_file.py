"""A new case or item as files: what is known of it, what an old one has, and what its municipality's papers ask for."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kvisdocs.application.scaffold.answers import Path_
from kvisdocs.application.scaffold.cases import FILL_IN, head_of, new_case
from kvisdocs.application.scaffold.old_case import find_parts
from kvisdocs.application.scaffold.places import find_schema
from kvisdocs.cases.load import KINDS
from kvisdocs.cases.schema import case_schema
from kvisdocs.problems import Position
from kvisdocs.programme.rules.rule_registry import load_programmes
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import profile_names

Kind = Literal["citizen", "committee"]


@dataclass(frozen=True)
class NewCase:
    """What is to be written, and how many fields are left to fill in."""

    files: Mapping[Path, bytes]
    open_fields: int


def find_choices(assets: Assets) -> dict[str, list[str]]:
    """What there is to choose from, by key."""
    programmes = sorted(programme.name for programme in load_programmes(assets.folders))
    return {"municipality": profile_names(assets), "programme": programmes}


def make_case_files(
    kind: Kind,
    file: Path,
    known: Mapping[Path_, Any],
    old: Mapping[str, Any],
    choices: Mapping[str, Collection[str]],
    assets: Assets,
) -> NewCase:
    """The case, and its schema where there is none near. `old` is the data of a case whose parts are laid out too.

    Raises KvisdocsError for a municipality that cannot be read.
    """
    name = known.get(("municipality",))
    texts, without = _of_brief(name, assets) if kind == "committee" and name else ({}, ())
    schema = find_schema(file, kind)
    files = {} if schema.exists() else {schema: json.dumps(case_schema(kind), ensure_ascii=False, indent=1).encode()}
    body = new_case(kind, known, set(find_parts(old, KINDS[kind])), texts, choices, without)
    files[file] = (head_of(file, schema) + body).encode()
    return NewCase(files, body.count(FILL_IN))


def _of_brief(municipality: str, assets: Assets) -> tuple[dict[str, str], Collection[Path_]]:
    """The text fields of a municipality's brief with their headings, and the parts that its papers leave out."""
    from kvisdocs.templating.brief.left_out import list_left_out  # which needs Jinja; citizens' cases do not
    from kvisdocs.templating.documents import load_documents
    from kvisdocs.templating.profiles import Profile, load_profile, read_settings
    from kvisdocs.templating.render import Renderer

    brief = load_profile(municipality, assets, Position("--municipality")).brief
    _, source = read_settings(f"profiles/{municipality}.yaml", assets, Profile)
    papers = [each for each in load_documents(assets).values() if each.kind == "committee"]
    left = list_left_out(Renderer(assets), papers, source, municipality, brief)
    return {part.field: part.label or part.field for part in brief.parts if part.field}, left
