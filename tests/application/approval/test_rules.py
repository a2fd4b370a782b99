"""Who may approve: the table of the rule."""

import pytest

from kvisdocs.application.approval.rules import find_objection, is_enough


@pytest.mark.parametrize(
    ("wanted", "earlier", "by", "code", "enough"),
    [
        ("none", [], "Bo", None, True),
        ("one", [], "Bo", "approval.person.made_it", None),
        ("one", [], " bo ", "approval.person.made_it", None),
        ("one", [], "Mette", None, True),
        ("two", [], "Bo", None, False),
        ("two", [], "Mette", None, False),
        ("two", ["Bo"], "Mette", None, True),
        ("two", ["Mette"], "Bo", None, True),
        ("two", ["Mette"], "Ib", None, True),
        ("two", ["Mette"], "METTE", "approval.person.twice", None),
        ("two", ["Bo"], "Bo", "approval.person.twice", None),
    ],
)
def test_of_a_letter_that_bo_made(wanted, earlier, by, code, enough):
    objection = find_objection(wanted, "Bo", earlier, by)
    assert (objection.code if objection else None) == code
    if objection is None:
        assert is_enough(wanted, earlier, by) is enough
