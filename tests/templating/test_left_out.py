"""`kvisdocs lint templates/profiles/x.yaml`: the parts that a profile leaves out, and what it says in vain."""

from pathlib import Path

import pytest

from kvisdocs.templating.brief.left_out import find_idle_keys, find_left_out
from kvisdocs.templating.documents import load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile, read_settings
from kvisdocs.templating.render import Renderer

SHIPPED = Path(__file__).parents[2] / "templates"
HEAD = (
    "name: Prøve Kommune\ngenitive: Prøve Kommunes\nlogo: logos/herning.svg\n"
    "colours: {accent: '#1c4e68', soft: '#edf2f5'}\n"
)


def said(folder: Path, text: str) -> list[str]:
    (folder / "profiles").mkdir()
    (folder / "profiles" / "x.yaml").write_text(HEAD + text, encoding="utf-8")
    assets = Assets((folder, SHIPPED))
    profile, source = read_settings("profiles/x.yaml", assets, Profile)
    papers = [each for each in load_documents(assets).values() if each.kind == "committee"]
    found = [
        *find_left_out(Renderer(assets), papers, source, "x", profile.brief),
        *find_idle_keys(source, profile.brief),
    ]
    return sorted(str(each).partition("x.yaml:")[2] for each in found)


def test_a_profile_of_five_lines_has_a_brief_that_leaves_out_little(tmp_path: Path) -> None:
    found = said(tmp_path, "")
    assert {line.split('"')[1] for line in found} == {
        *("caseworker", "course.decision", "course.presentation", "course.recommendation"),
        *("decided_by", "document_number", "routing"),
    }
    assert all(": note: " in line for line in found)


def test_each_part_left_out_is_a_note_with_the_line_to_add(tmp_path: Path) -> None:
    found = said(tmp_path, "brief:\n  meeting_facts: [committee]\n  parts:\n    - {part: decision, lines: []}\n")
    assert {line.split('"')[1] for line in found} == {
        *("attachments", "caseworker", "course", "decided_by", "decisions.absent", "decisions.not_taking_part"),
        *("decisions.reservations", "document_number", "economy", "legal_basis", "meeting.absent", "meeting.place"),
        *("meeting.present", "meeting.time", "recommendation", "routing", "signers", "sub_items"),
    }
    assert found[0] == (
        '7:3: note: an item\'s "attachments" would not be printed; if your items have it: '
        'add "- {part: attachments}" to the parts of the brief in templates/profiles/x.yaml'
    )
    assert any('"- {who: absent}" to the lines of the decision' in line for line in found)
    assert any('add "time" to meeting_facts' in line for line in found)


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("{part: signers, numbering: at}", 'the part "signers" does not heed "numbering"; delete it; it is for: rec'),
        ("{part: decision, form: blocks}", 'the part "decision" does not heed "form"; delete it; it is for: course'),
        ("{part: decision, access: open}", 'the part "decision" does not heed "access"'),
    ],
)
def test_a_key_that_a_part_does_not_heed_is_a_warning(tmp_path: Path, part: str, wanted: str) -> None:
    found = [line for line in said(tmp_path, f"brief:\n  parts:\n    - {part}\n") if ": warning: " in line]
    assert len(found) == 1
    assert wanted in found[0]
    assert found[0].startswith("7:")


def test_bodies_that_no_part_prints_are_a_warning(tmp_path: Path) -> None:
    found = said(tmp_path, "brief:\n  routing: [DIR]\n  parts:\n    - {part: signers}\n")
    assert any(line.startswith("6:3: warning: the bodies of the routing are printed nowhere; add ") for line in found)
