"""What is wrong with a meeting: each fault alone, where it stands."""

from datetime import date
from pathlib import Path

import pytest
from made_meetings import write_meeting

from kvisdocs.application.meeting.notice import count_weekdays
from kvisdocs.application.reading import CaseReader
from kvisdocs.application.template_folders import find_assets

ASSETS = find_assets(None)
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def meeting(tmp_path):
    return write_meeting(tmp_path, "viborg", 3, (1,), 1, 1, length=6)


def judge(path):
    loaded, problems = CaseReader(ASSETS).read(path)
    return loaded, [problem.code for problem in problems]


def test_a_good_meeting_has_only_a_note_on_its_closed_item(meeting):
    loaded, codes = judge(meeting)

    assert codes == ["meeting.item.no_reason"]
    assert sorted(loaded.related) == ["viborg-0.yaml", "viborg-1.yaml", "viborg-2.yaml"]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("moede", "viborg-1.yaml", "viborg-9.yaml", "case.related.missing"),
        ("moede", "viborg-1.yaml", "../../../etc/passwd", "case.related.outside"),
        ("moede", "viborg-1.yaml", "moede-viborg.yaml", "meeting.item.other_kind"),
        ("moede", "viborg-1.yaml", "viborg-0.yaml", "meeting.item.twice"),
        ("moede", "viborg-1.yaml", "./viborg-0.yaml", "meeting.item.twice"),
        ("moede", "id: approval", "id: aproval", "meeting.fixed.unknown"),
        ("moede", "id: approval, decision: Godkendt.", "id: other", "meeting.item.undecided"),
        ("moede", "Rikke Hougaard", "Karen Holmegaard", "meeting.member.twice"),
        ("moede", "attendance: apologies, ", "", "meeting.member.needs_no_substitute"),
        ("moede", 'arrived: "3"', 'arrived: "33"', "meeting.number.unknown"),
        ("moede", 'arrived: "3"', 'arrived: "3", left: "2"', "meeting.member.left_before"),
        ("moede", "sent_out: 2026-10-28", "sent_out: 2026-10-30", "meeting.notice.short"),
        ("moede", "sent_out: 2026-10-28", "sent_out: 2026-11-05", "meeting.notice.after"),
        ("moede", "    supplement: ja", '    revises: "9"', "meeting.item.revises_none"),
        ("moede", "fixed:", "follow_ups: [{text: Slutevaluering, due: 2026-11-04}]\nfixed:", "meeting.follow_up.due"),
        ("viborg-0", 'number: "2"', 'number: "3"', "meeting.item.number"),
        ("viborg-0", "date: 2026-11-04", "date: 2026-11-05", "meeting.item.other_meeting"),
        ("viborg-0", "committee: Beskæftigelsesudvalget", "committee: Byrådet", "meeting.item.other_meeting"),
        ("viborg-0", "municipality: viborg", "municipality: herning", "meeting.item.other_municipality"),
    ],
)
def test_a_fault_is_told(meeting, file, old, new, code):
    path = next(each for each in meeting.parent.iterdir() if each.stem.startswith(file))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert code in judge(meeting)[1]


VOTE = "decisions:\n  - text: aaben0xbeslutning blev tiltrådt.\n"


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("votes: [{in_favour: {count: 2}, against: {count: 1}}]", []),
        ("votes: [{in_favour: {count: 2}, against: {count: 2}}]", ["meeting.vote.sum"]),
        ("votes: [{in_favour: {count: 2}}]\n    not_taking_part: [{name: Rikke Hougaard}]", []),
        ("votes: [{in_favour: {count: 3}}]\n    not_taking_part: [{name: Rikke Hougaard}]", ["meeting.vote.sum"]),
        ("votes: [{in_favour: {parties: [A, V]}, against: {count: 1}}]", []),
        ("votes: [{in_favour: {members: [Karen Holmegaard (A), Bodil Stenstrup, Rikke Hougaard]}}]", []),
        ("votes: [{in_favour: {members: [Karen Holmegaard, Poul Erik Vestby]}, against: {count: 1}}]",
         ["meeting.member.not_there"]),
        ("votes: [{in_favour: {members: [Karen Holmegaard, Karen Holmegaard]}, against: {count: 1}}]",
         ["meeting.vote.twice"]),
        ("votes: [{in_favour: {members: [Rikke Hougaard, Karen Holmegaard]}}]\n"
         "    not_taking_part: [{name: Rikke Hougaard}]", ["meeting.vote.not_taking_part"]),
        ("not_taking_part: [{name: Jens Vang}]", ["meeting.member.not_there"]),
    ],
)  # fmt: skip
def test_votes_agree_with_who_was_there(meeting, said, codes):
    """Three are there at the first item: the fourth came to the second, and a substitute sits for the fifth."""
    path = meeting.parent / "viborg-0.yaml"
    text = path.read_text(encoding="utf-8")
    assert VOTE in text
    path.write_text(text.replace(VOTE, f"{VOTE}    {said}\n"), encoding="utf-8")

    found = [code for code in judge(meeting)[1] if code.startswith(("meeting.vote", "meeting.member"))]
    assert found[: len(codes) or 1] == codes


@pytest.mark.parametrize("alone", [True, False], ids=["the item alone", "its meeting"])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bilag.pdf", None),
        ("bilag9.pdf", "case.related.missing"),
        ("notat.pdf", "meeting.attachment.no_pdf"),
        (".", "case.related.no_file"),
        ("../../../../etc/passwd", "case.related.outside"),
    ],
)
def test_an_attachment_is_looked_at_with_its_item_and_with_its_meeting(meeting, alone, name, code):
    (meeting.parent / "bilag.pdf").write_bytes(b"%PDF-1.7")
    (meeting.parent / "notat.pdf").write_bytes(b"PK")
    item = meeting.parent / "viborg-0.yaml"
    text = item.read_text(encoding="utf-8")
    item.write_text(f"{text}attachments:\n  - {{title: Bilaget, file: {name}}}\n", encoding="utf-8")

    loaded, problems = CaseReader(ASSETS).read(item if alone else meeting)

    line = text.count("\n") + 2
    found = [(each.code, str(each.position)) for each in problems if each.code != "meeting.item.no_reason"]
    assert found == ([(code, f"{item}:{line}:28")] if code else [])
    assert (loaded is None) == (code is not None)


@pytest.mark.parametrize(
    ("sent", "set_to", "least"),
    [
        ("sent_out: 2026-10-28\nmaterial_sent_out: 2026-10-29", None, None),
        ("sent_out: 2026-10-28\nmaterial_sent_out: 2026-10-30", None, ("9:20", 2, 3)),
        ("sent_out: 2026-10-28\nmaterial_sent_out: 2026-10-29", 4, ("9:20", 3, 4)),
        ("sent_out: 2026-10-28", 5, ("8:11", 4, 5)),
    ],
)
def test_material_is_out_so_many_weekdays_before_as_the_law_or_the_municipality_asks(meeting, sent, set_to, least):
    """By the law three; material without a day of its own went out with the agenda."""
    meeting.write_text(meeting.read_text(encoding="utf-8").replace("sent_out: 2026-10-28", sent), encoding="utf-8")
    assets = ASSETS
    if set_to is not None:
        assets = set_notice(meeting.parent, f"{{material_weekdays: {set_to}}}")

    _, problems = CaseReader(assets).read(meeting)

    short = [each for each in problems if each.code == "meeting.notice.short"]
    assert [
        (str(each.position).partition(".yaml:")[2], each.what.values["between"], each.what.values["least"])
        for each in short
    ] == ([least] if least else [])


def set_notice(folder, notice):
    """Template folders in which Viborg asks for another notice."""
    profiles = folder / "templates" / "profiles"
    profiles.mkdir(parents=True)
    text = (TEMPLATES / "profiles" / "viborg.yaml").read_text(encoding="utf-8")
    (profiles / "viborg.yaml").write_text(f"{text}\nmeetings:\n  notice: {notice}\n", encoding="utf-8")
    return find_assets(folder / "templates")


@pytest.mark.parametrize(
    ("sent", "held", "between"),
    [
        (date(2026, 10, 28), date(2026, 11, 4), 4),
        (date(2026, 10, 29), date(2026, 11, 4), 3),
        (date(2026, 11, 4), date(2026, 11, 4), 0),
        (date(2026, 11, 3), date(2026, 11, 4), 0),
        (date(2026, 3, 31), date(2026, 4, 8), 2),
    ],
)
def test_weekdays_between_are_whole_days_without_holidays(sent, held, between):
    """Easter of 2026: Maundy Thursday is 2 April, Easter Monday the 6th."""
    assert count_weekdays(sent, held) == between
