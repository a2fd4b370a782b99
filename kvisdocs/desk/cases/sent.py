"""What the page of a case sends: the text as it was shown, what was filled in, and which button was pressed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kvisdocs.application.forms.case_form import Press, open_form
from kvisdocs.cases.form.edits import ADD, DOWN, REMOVE, UP
from kvisdocs.cases.yaml.yaml_builder import Path
from kvisdocs.desk.forms import Pairs
from kvisdocs.desk.text import with_one_break
from kvisdocs.templating.html import Assets

FIELD, KEY = "felt/", "navn/"
"""What the names of a form's fields begin with, and that of a new name for a value."""

ACTIONS = {"tilfoej": ADD, "slet": REMOVE, "op": UP, "ned": DOWN}

FIELDS, TEXT = "felter", "tekst"
"""The two ways to see a case."""


@dataclass(frozen=True)
class Sent:
    """One form of a case's page."""

    text: str = ""
    """The case's text when the fields were laid out; or that which somebody wrote."""
    opened: str = ""
    """The digest of the file that was opened."""
    view: str = FIELDS
    filled: Mapping[str, Sequence[str]] = field(default_factory=dict)
    press: Press | None = None
    document: str = ""
    """The document that is looked at beside."""
    other_view: str = ""
    """The view that is asked for, where nothing is to be saved yet."""

    def new_text(self, file: str, assets: Assets) -> tuple[str, Path]:
        """The text with what was filled in, and the part that has the focus after a button.

        Raises KvisdocsError for what cannot stand in a case.
        """
        form = open_form(self.text.encode(), file, assets) if self.filled or self.press else None
        if form is None:
            return self.text, ()
        data, focus = form.fill_in(self.filled, self.press)
        return data.decode(), focus


def read_sent(pairs: Pairs) -> Sent:
    """The fields of a form as what they are."""
    plain = dict(pairs)
    filled: dict[str, list[str]] = {}
    for name, value in pairs:
        if name.startswith(FIELD):
            filled.setdefault(name.removeprefix(FIELD), []).append(value)
    action, _, name = plain.get("handling", "").partition(" ")
    press = Press(ACTIONS[action], name, plain.get(KEY + name, "")) if action in ACTIONS else None
    text = with_one_break(plain.get("grund", plain.get("tekst", "")))
    view = TEXT if plain.get("vis") == TEXT else FIELDS
    other = name if action == "vis" and name in {FIELDS, TEXT} else ""
    return Sent(text, plain.get("version", ""), view, filled, press, plain.get("dokument", ""), other)
