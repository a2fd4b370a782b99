"""What the YAML parser stumbled over, in words for who wrote the file, and at the line that has to be changed.

The parser says where it could not go on; the fault is often above: an open quote, a line without its colon.
"""

import re

import yaml

from kvisdocs.cases.yaml.error_context import CLOSED_BY, ErrorContext, Fault
from kvisdocs.cases.yaml.foreign_signs import CURLY, begins_item, describe_item, mend_items
from kvisdocs.cases.yaml.indents import (
    KEY_AND_VALUE,
    find_indent,
    find_line_above,
    find_line_less_far_in,
    find_lost_indent,
)
from kvisdocs.messages import N_, Message, message

QUOTES = N_("put quotes around the whole value")
_PLAIN_KEY = re.compile(r"\s*[\w-]+:\s")


def explain(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    """The parser's error in our words."""
    return _Explainer(error, text, file).explain()


class _Explainer(ErrorContext):
    """Looks at the text around an error."""

    def explain(self) -> Fault:
        """The first explanation that fits."""
        said, context = self.said, self.context
        if fault := self._no_break_space(self.line) or self._foreign_item():
            return fault
        if said == "mapping values are not allowed in this context":
            return self._colon()
        if said == "could not find expected ':'":
            return self._no_colon(self.begin[0])
        if said == "did not find expected key":
            return self._no_key()
        if said == "did not find expected '-' indicator":
            if self.line < len(self.lines) and (indent := find_lost_indent(self.lines, self.line)) is not None:
                return self._less_far_in(self.line, indent)
            todo = N_('begin it with "- " in the same column as the other items, or give it less indent')
            return self._here(_no_item(), todo)
        if said in {"did not find expected ',' or ']'", "did not find expected ',' or '}'"}:
            return self._brackets()
        if said in {"found unexpected end of stream", "found unexpected document indicator"}:
            return self._open_quote(self.begin)
        if "block scalar" in context and "tab" not in said:
            what = message(
                "yaml.block.text_in_line", 'after "{sign}" nothing may stand in the line', sign=self._sign(self.begin)
            )
            todo = N_("begin the text in the next line, two spaces further in, or put quotes around the whole value")
            return self._at(self.begin, what, todo)
        return self._sign_fault()

    def _foreign_item(self) -> Fault | None:
        """A dash of an office program before an item of a list, in this line or, where it has a key, the one above."""
        if fault := self._foreign_sign(self.line):
            return fault
        above = find_line_above(self.lines, self.line)
        if above is None or not self.said.startswith("mapping values"):
            return None
        text = self._text(above)
        is_item = find_indent(text) < find_indent(self._text(self.line)) and KEY_AND_VALUE.match(text)
        return self._foreign_sign(above) if is_item else None

    def _no_break_space(self, line: int, after_colon: bool = False) -> Fault | None:
        """Such a space in the indent of a line, or behind the colon of its key."""
        text = self._text(line)
        found = re.search(r"^\s*\u00a0|:\u00a0" if after_colon else r"^\s*\u00a0", text)
        if found is None:
            return None
        what = message("yaml.indent.no_break_space", "a no-break space stands where a plain one belongs")
        indent = find_indent(text)
        mended = {line: " " * indent + text.lstrip().replace(":\u00a0", ": ", 1)}
        return self._at((line, found.end() - 1), what, N_("delete it, and write a space"), mended)

    def _foreign_sign(self, line: int) -> Fault | None:
        said = describe_item(self._text(line).lstrip(" "))
        if said is None:
            return None
        mended = mend_items(self.lines, line)
        first = next(iter(mended))
        if not begins_item(self.lines, first):
            return None  # but a line of the text above
        return self._at((first, find_indent(self._text(first))), *said, mended)

    def _open_quote(self, place: tuple[int, int]) -> Fault:
        what = message("yaml.quotes.open", "the quote {quote} is not closed", quote=self._sign(place))
        return self._at(place, what, N_("close it at the end"))

    def _sign_fault(self) -> Fault:
        """Faults that a single sign makes."""
        said, sign = self.said, self._sign((self.line, self.column))
        begins = self._sign(self.begin)
        if "tab" in said or sign == "\t":
            what = message("yaml.indent.tab", "a tab stands in the indent")
            return self._here(what, N_("indent with spaces, not tabs"))
        if said.startswith("block sequence entries"):
            return self._here(
                message("yaml.list.in_line_of_key", "a list cannot begin in the line of its key"),
                N_('write each "- " in a line of its own below, or put quotes around the text'),
            )
        if "escape" in said or "hexdecimal" in said:
            sign = self._text(self.line)[: self.column + 1].rpartition("\\")[2]
            what = message(
                "yaml.escape.unknown",
                '"\\{escape}" means nothing in double quotes',
                escape=sign or self._text(self.line)[self.column + 1 : self.column + 2],
            )
            return self._here(what, N_("use single quotes, or write each \\ twice"))
        if said == "did not find expected node content":
            return self._no_content(sign)
        if "document start" in said:
            return self._outside()
        if begins in {"*", "&", "!", "%"} and ("alias" in self.context or "anchor" in self.context or begins in "!%"):
            return self._at(self.begin, _cannot_begin(begins), QUOTES)
        if sign and not sign.isalnum() and not sign.isspace():
            return self._here(_cannot_begin(sign), QUOTES)
        what = message("yaml.line.unreadable", "the line cannot be read")
        return self._here(what, N_("check its indent and its quotes, and those of the line above"))

    def _colon(self) -> Fault:
        """A ": " where none may be: a second one in the line, or one in a line below a line that was no pair."""
        text = self._text(self.line)
        before = text[: self.column]
        if found := re.match(r"\s*(?:- +){0,40}(\S[^:]*:)\s+", before):
            if CURLY.match(text, found.end()):
                what = message(
                    "yaml.quotes.curly", "the quote {sign} is none to YAML", sign=self._sign((self.line, found.end()))
                )
                return self._at((self.line, found.end()), what, N_('write " instead, at both ends'))
            what = message("yaml.colon.second", 'a second ": " stands in the value of "{key}"', key=found[1])
            return self._here(what, QUOTES)
        above = find_line_above(self.lines, self.line)
        if above is None:
            return self._here(message("yaml.colon.misplaced", 'a ": " stands where none can be'), QUOTES)
        if find_indent(text) > find_indent(self._text(above)) and KEY_AND_VALUE.match(self._text(above)):
            return self._uneven(above)
        return self._no_colon(above)

    def _uneven(self, above: int) -> Fault:
        """A line further in than the one above, which has a value: the lines around tell which of them is wrong."""
        if found := find_line_less_far_in(self.lines, above, self.line):
            return self._less_far_in(*found)
        what = message(
            "yaml.indent.further_in", "this line stands further in than the line above, which has a value already"
        )
        text, outer = self._text(self.line), find_indent(self._text(above))
        is_alone = self.line + 1 < len(self.lines) and find_indent(self._text(self.line + 1)) == outer
        is_key = _PLAIN_KEY.match(text) is not None
        mended = {self.line: " " * outer + text.lstrip()} if is_alone and is_key else {}
        return self._at((self.line, find_indent(text)), what, N_("give both lines the same indent"), mended)

    def _less_far_in(self, line: int, indent: int) -> Fault:
        text = self._text(line)
        what = message("yaml.indent.missing", "this line stands less far in than the lines that it belongs to")
        todo = N_("begin it with {number} spaces, as they do", number=indent)
        return self._at((line, find_indent(text)), what, todo, {line: " " * indent + text.lstrip()})

    def _outside(self) -> Fault:
        """What follows a line of three full stops, which ends a file (YAML 1.1, 9.1)."""
        end = next((number for number in range(self.line) if self._text(number).rstrip() == "..."), None)
        if end is None:
            what = message("yaml.line.outside", "this line stands outside of the case")
            return self._here(what, N_("delete it, or the line above it"))
        what = message("yaml.line.ends_file", 'the line "..." ends the case, and more follows')
        return self._at((end, 0), what, N_("delete the line"))

    def _no_colon(self, line: int) -> Fault:
        if fault := self._foreign_sign(line):
            return fault
        text = self._text(line)
        word = text.strip()
        place = (line, find_indent(text))
        if fault := self._no_break_space(line, after_colon=True):
            return fault
        if found := re.match(r"([^\s:]+):(\S.*)", word):
            what = message("yaml.colon.no_space", '"{word}" has no space after the colon', word=word)
            return self._at(place, what, N_('write it as "{key}: {value}"', key=found[1], value=found[2]))
        if re.match(r"-\S", word):
            what = message("yaml.list.no_space", '"{word}" has no space after the hyphen', word=word)
            return self._at(place, what, N_('write it as "- {item}"', item=word[1:]))
        return self._at(place, *self._neither(line, word))

    def _neither(self, line: int, word: str) -> tuple[Message, Message]:
        """What a line without a colon may have been meant as: an item, a line of the text above, a remark."""
        above = find_line_above(self.lines, line)
        before = self._text(above) if above is not None else ""
        if before.lstrip().startswith("- ") and find_indent(before) == find_indent(self._text(line)):
            return _no_item(), N_('begin it with "- ", as the others')
        what = message("yaml.colon.missing", '"{text}" has no colon', text=_short(word))
        if word.startswith(("//", ";", "%", "--", "/*")):
            return what, N_("begin it with # if it is a remark")
        if find_indent(before) > find_indent(self._text(line)) and " " in word:
            todo = N_("indent it as far as the lines above if it belongs to their text, or write it as key: value")
            return what, todo
        return what, N_("write the line as key: value")

    def _no_key(self) -> Fault:
        text, sign = self._text(self.line), self._sign((self.line, self.column))
        before = text[: self.column].rstrip()
        if before.strip():
            quote = before[-1]
            if quote in "\"'":
                if (place := self._find_open(quote)) is not None:
                    return self._open_quote(place)
                what = message(
                    "yaml.quotes.text_after",
                    'text stands after the closing quote: "{text}"',
                    text=_short(text[self.column :]),
                )
                if quote == "'":
                    todo = N_("put the quotes around the whole value; where a ' is part of it, write it twice inside")
                else:
                    todo = N_('put the quotes around the whole value; where a " is part of it, write \\" inside')
                return self._here(what, todo)
            what = message("yaml.line.text_misplaced", '"{text}" cannot stand here', text=_short(text[self.column :]))
            return self._here(what, QUOTES)
        if sign in {"]", "}"}:
            return self._here(_closes_nothing(sign), N_("delete it, or open it above"))
        if sign == "-":
            what = message("yaml.list.among_keys", "an item of a list stands among keys")
            return self._here(what, N_("indent it below its key, or write key: value"))
        above = find_line_above(self.lines, self.line)
        near = self._text(above) if above is not None else ""
        if above is not None and KEY_AND_VALUE.match(near) and find_indent(near) < find_indent(text):
            return self._uneven(above)
        what = message("yaml.indent.uneven", "this line begins in another column than the lines it belongs to")
        return self._here(what, N_("give all lines of one group the same indent"))

    def _brackets(self) -> Fault:
        opened, sign = self._sign(self.begin), self._sign((self.line, self.column))
        close = CLOSED_BY.get(opened, "]")
        if self.line != self.begin[0]:
            return self._not_closed(self.begin)
        if sign in {"]", "}"}:
            what = message("yaml.bracket.wrong", 'the "{opened}" is closed by "{closed}"', opened=opened, closed=sign)
            return self._here(what, N_('write "{bracket}"', bracket=close))
        if sign == ":":
            what = message(
                "yaml.bracket.colon",
                'a comma is missing between "{opened}" and "{closed}", or a value holds a ": "',
                opened=opened,
                closed=close,
            )
            return self._here(what, N_("write the comma, or put quotes around the value"))
        text = _short(self._text(self.line)[self.column :])
        what = message("yaml.bracket.no_comma", 'a comma is missing before "{text}"', text=text)
        return self._here(what, N_("write it, or put quotes around the text"))

    def _not_closed(self, place: tuple[int, int]) -> Fault:
        bracket = self._sign(place)
        what = message("yaml.bracket.open", 'the "{bracket}" is not closed', bracket=bracket)
        return self._at(place, what, N_('write "{bracket}" at its end', bracket=CLOSED_BY.get(bracket, "]")))

    def _no_content(self, sign: str) -> Fault:
        opened = self._last_open()
        if opened is not None and (not sign or self.line > opened[0]):
            return self._not_closed(opened)
        if sign in {"]", "}"}:
            return self._here(_closes_nothing(sign), N_("put quotes around the value, or open it before"))
        return self._here(_cannot_begin(sign), N_("delete it, or put quotes around the whole value"))


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"


def _no_item() -> Message:
    return message("yaml.list.no_item", "this line stands among the items of a list, but is none")


def _cannot_begin(sign: str) -> Message:
    return message("yaml.value.begins_with_sign", 'a value cannot begin with "{sign}"', sign=sign)


def _closes_nothing(bracket: str) -> Message:
    return message("yaml.bracket.closes_nothing", 'the "{bracket}" closes nothing', bracket=bracket)
