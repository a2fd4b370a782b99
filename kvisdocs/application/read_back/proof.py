"""The edit of a case that makes a field say what somebody wrote in it, proven by making the document from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kvisdocs.application.read_back.alignment import FieldChange
from kvisdocs.application.read_back.meaning import NOTHING as NOTHING_SAID
from kvisdocs.application.read_back.meaning import find_words, guess
from kvisdocs.application.read_back.origin import Origin
from kvisdocs.application.read_back.trial import Said, Trial, squeeze
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.yaml.edit import Edit, Put, edit_bytes
from kvisdocs.cases.yaml.edit import Path as CasePath
from kvisdocs.messages import NOTHING, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity

LONGEST_WORD = 60
"""A longer field is no word that stands for one of the case's."""


@dataclass(frozen=True)
class Field:
    """A field that says something else than the case: the edit that is proven, or why there is none."""

    change: FieldChange
    position: Position
    edit: Edit | None = None
    fault: Message = NOTHING
    applied: bool = False


@dataclass
class Proof:
    """Finds the edits for one case and document."""

    loaded: LoadedCase
    origin: Origin
    trial: Trial
    refused: Problem | None = None
    """Why the likeliest edit of the last field is none."""
    _tried: dict[Put, Said | None] = field(default_factory=dict)
    """What the fields say with one word of the case for another; the same for each field."""

    def find_all(self, changes: Sequence[FieldChange]) -> Iterator[Field]:
        """Each field with its edit."""
        said = self.trial.say(self.origin.raw) or {}
        for change in changes:
            yield self._find(change, said)

    def _find(self, change: FieldChange, said: Said) -> Field:
        key, source = (change.name, change.number), self.loaded.source
        guesses = list(guess(change, source.data)) if said.get(key) == squeeze(change.before) else []
        edit = self._try(change, guesses)
        found = [edit] if edit else self._try_words(change, said) if key in said else []
        if len(found) == 1:
            return Field(change, source.locate(found[0].path), found[0])
        position = source.locate(guesses[0].path) if guesses else Position(str(self.origin.case))
        return Field(change, position, None, self._say_why(change, len(found)))

    def _try(self, change: FieldChange, guesses: Sequence[Edit]) -> Edit | None:
        """The first of some edits with which the document says what somebody wrote."""
        self.refused = None
        key, wanted = (change.name, change.number), squeeze(change.after) or "–"
        for edit in guesses:
            now = self._say(edit)
            if now is not None and now.get(key, "–") == wanted:
                return edit
            if now is None and edit.path == guesses[0].path:
                errors = (each for each in self.trial.problems if each.severity is Severity.ERROR)
                self.refused = self.refused or next(errors, None)
        return None

    def _try_words(self, change: FieldChange, said: Said) -> list[Edit]:
        """All edits of one word of the case for another (`progress: reached`) with which the document says so."""
        if len(change.after) > LONGEST_WORD or {change.before, change.after} & NOTHING_SAID:
            return []
        key, wanted = (change.name, change.number), squeeze(change.after)
        found: list[Edit] = []
        for path, others in find_words(self.loaded.source.data, self.loaded.case.kind):
            same = 0
            for word in others:
                edit = Put(path, word)
                if edit not in self._tried:
                    self._tried[edit] = self._say(edit)
                now = self._tried[edit]
                if now is not None and now.get(key) == wanted:
                    found.append(edit)
                elif now is not None and now.get(key) == said[key]:
                    same += 1
                    if same == 2:  # the field does not depend on this line
                        break
        return found

    def _say(self, edit: Edit) -> Said | None:
        try:
            return self.trial.say(edit_bytes(self.origin.raw, str(self.origin.case), [edit]))
        except KvisdocsError as error:
            self.trial.problems = list(error.problems)
            return None

    def _say_why(self, change: FieldChange, number: int) -> Message:
        if self.loaded.case.kind == "meeting":
            return message(
                "read_back.field.of_item",
                "it belongs to one of the meeting's items, which have files of their own; write it there, or with "
                "kvisdocs minutes",
            )
        if number:
            return message("read_back.field.several", "several lines of the case could be meant")
        if self.refused is not None:
            return message("read_back.field.refused", "the case cannot take it: {what}", what=self.refused.what)
        if not squeeze(change.after):
            return message("read_back.field.emptied", "the field was emptied, and the document needs a text there")
        return message(
            "read_back.field.computed", "the document puts this text together itself; no line of the case says it"
        )


def without_conflicts(fields: Sequence[Field]) -> list[Field]:
    """The fields, without the edits of those that say different things of one line of the case."""
    edits: dict[CasePath, set[Edit]] = {}
    for each in fields:
        if each.edit is not None:
            edits.setdefault(each.edit.path, set()).add(each.edit)
    fault = message("read_back.field.two_texts", "two fields show this line of the case, and were changed differently")
    return [
        replace(each, edit=None, fault=fault) if each.edit and len(edits[each.edit.path]) > 1 else each
        for each in fields
    ]
