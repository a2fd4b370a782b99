"""Outcomes by cause: what hits many letters alike is one thing, and what does not stays apart."""

from kvisdocs.application.outcome import Exclusion, Failure, Outcome, Reason, Status
from kvisdocs.batch.reporting.report import find_causes, find_groups
from kvisdocs.messages import N_
from kvisdocs.problems import Position, Problem, Severity

TEMPLATE = Position("templates/note/document.html.j2", 12, 4)


def failed(case_id: str, *problems: Problem, document: str = "note") -> Outcome:
    return Outcome(case_id, document, Status.FAILED, Failure.TEMPLATE, problems)


def said(*outcomes: Outcome) -> list[tuple[str, int]]:
    return [(str(cause), len(cause.hits)) for cause in find_causes(outcomes)]


def test_a_fault_of_a_template_is_one_cause_whatever_value_it_quotes():
    outcomes = [failed(name, Problem(TEMPLATE, f'"{name}" is no number', "look")) for name in "abc"]

    (cause,) = find_causes(outcomes)

    assert (str(cause), cause.position, cause.cases) == ('"a" is no number; look', TEMPLATE, 3)
    assert str(cause.counted()) == f'{TEMPLATE}: "a" is no number (in 3 cases); look'
    assert [hit.own_words for hit in cause.hits] == ["", '"b" is no number; look', '"c" is no number; look']


def test_two_faults_of_one_line_are_two():
    assert said(failed("a", Problem(TEMPLATE, "is red")), failed("b", Problem(TEMPLATE, "is blue"))) == [
        ("is blue", 1),
        ("is red", 1),
    ]


def test_the_same_words_at_another_place_of_a_template_are_another_cause():
    elsewhere = Position(TEMPLATE.file, 13, 1)

    assert said(failed("a", Problem(TEMPLATE, "is odd")), failed("b", Problem(elsewhere, "is odd"))) == [
        ("is odd", 1),
        ("is odd", 1),
    ]


def test_each_case_s_own_place_tells_no_causes_apart():
    outcomes = [
        failed(name, Problem(Position(f"cases/{name}.yaml", line, 1), "is odd")) for line, name in enumerate("abc")
    ]

    (cause,) = find_causes(outcomes)

    assert (cause.position, [hit.problem.position.line for hit in cause.hits]) == (None, [0, 1, 2])


def test_neither_do_the_names_of_document_and_case():
    def unfinished(document: str, file: str) -> Problem:
        what = N_("{document} was not finished", document=document)
        return Problem(Position(file), what, N_("run kvisdocs render {file}", file=file))

    note = failed("a", unfinished("note", "a.yaml"))
    memo = failed("b", unfinished("memo", "b.yaml"), document="memo")

    assert said(note, memo) == [("the document was not finished; run kvisdocs render FILE", 2)]


def test_errors_stand_before_warnings_and_notes_and_the_commonest_first():
    note, warning = (Problem(Position("x"), f"a {each}", severity=each) for each in (Severity.NOTE, Severity.WARNING))
    rare, common = Problem(Position("x"), "rare"), Problem(Position("x"), "common")

    assert said(failed("a", note, warning, rare, common), failed("b", common)) == [
        ("common", 2),
        ("rare", 1),
        ("a warning", 1),
        ("a note", 1),
    ]


def test_groups_are_by_reason_the_commonest_first():
    outcomes = [
        Outcome("a", "note", Status.EXCLUDED, Exclusion.CLOSED),
        Outcome("b", "note", Status.EXCLUDED, Exclusion.NO_GP),
        Outcome("c", "note", Status.EXCLUDED, Exclusion.NO_GP),
        Outcome("d", "note", Status.MADE, Reason.NEW),
    ]

    assert [(group.reason, len(group.outcomes)) for group in find_groups(outcomes, Status.EXCLUDED)] == [
        (Exclusion.NO_GP, 2),
        (Exclusion.CLOSED, 1),
    ]
