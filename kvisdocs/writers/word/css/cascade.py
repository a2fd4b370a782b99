"""The stylesheet on the element tree: each element's computed values, by the rules of CSS Cascade 4.

WeasyPrint draws the PDF from the same stylesheets; this is the same cascade with the same two parsers (tinycss2 and
cssselect2) for the properties that Word has. Origins, lowest first, as WeasyPrint ranks them: what HTML says by itself,
the stylesheets of document.yaml, the `<style>` elements, the `style` attribute.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.writers.html.rules import PDF_ALONE, unknown_name
from kvisdocs.writers.word.css.computed import Computed, font_of, initial_values, keep
from kvisdocs.writers.word.css.defaults import HTML_DEFAULTS, SILENT
from kvisdocs.writers.word.css.matching import RANKS, Groups, Matching, by_strength
from kvisdocs.writers.word.css.properties import INHERITED, MARKERS, PROPERTIES, UnreadableError, Value
from kvisdocs.writers.word.css.shorthands import EVERYWHERE, expand, is_shorthand
from kvisdocs.writers.word.css.stylesheet import Declared, Stylesheet, parse_style_attribute, parse_stylesheet
from kvisdocs.writers.word.css.values import (
    Tokens,
    Units,
    has_variable,
    parse_font_size,
    significant,
    substitute_variables,
)
from kvisdocs.writers.word.read.tree import HtmlElement

SEE = N_("see: kvisdocs docs templates")
ONLY_PDF = N_("put it in @media pdf {{ … }} if the PDF alone should have it")
PDF_INSTEAD = N_("put it in @media pdf {{ … }}, or see: kvisdocs docs templates")
NO_DECORATION_FROM_ABOVE = {"inline-block", "table"}
"""What an underline does not reach into (CSS Text Decoration 3, 2)."""

PSEUDO_DEFAULTS = dict.fromkeys(
    ("footnote-call", "footnote-marker"),
    parse_style_attribute("vertical-align: super; font-size: smaller", Position(""))[0],
)
"""What a footnote's numbers are before any stylesheet: raised, as Word has both."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Cascade:
    """Computes values from a root down. `problems` grows with what Word has no place for, each declaration once."""

    def __init__(self, sheets: Sequence[tuple[str, Stylesheet]], language: str) -> None:
        """`sheets`: (origin, stylesheet) pairs in order; origins are `user` and `author`, the second one stronger."""
        self.problems: list[Problem] = []
        self._reported: set[tuple[Position, str]] = set()
        self.pages = [page for _, sheet in sheets for page in sheet.pages]
        self.counters = {name: each for _, sheet in sheets for name, each in sheet.counters.items()}
        ranked = [
            (RANKS[origin], sheet) for origin, sheet in [("default", parse_stylesheet(HTML_DEFAULTS, "")), *sheets]
        ]
        self.problems += [problem for _, sheet in ranked for problem in sheet.problems]
        self.matching = Matching(ranked)
        self.generates = any(sheet.generates for _, sheet in sheets)
        """Whether a stylesheet of the document's brings text by `::before` or `::after`."""
        self._initial = initial_values(tuple(ranked), language)
        self._root_size = 12.0
        self._by_kind: dict[tuple[Computed, int], Computed] = {}
        self._with_remarks: dict[tuple[Computed, object], Computed] = {}
        self._remarks = 0  # how often there was something to say, said before or not

    def compute(self, element: HtmlElement, parent: Computed | None, locate: Callable[[], Position]) -> Computed:
        """The values of one element below `parent` (None for the root).

        `locate` tells the element's place in the template; it is asked only where the element says something itself.
        """
        above = parent or self._initial
        kind = self.matching.find_kind(element)
        if kind is None:
            return self._compute_element(element, parent, locate)
        found = self._by_kind.get((above, kind))
        if found is None:
            found = self._by_kind[above, kind] = self._compute_element(element, parent, locate)
        return found

    def _compute_element(
        self, element: HtmlElement, parent: Computed | None, locate: Callable[[], Position]
    ) -> Computed:
        """What the document before worked out from the same stylesheets holds, if there was nothing to remark on."""
        above = parent or self._initial
        matched = [(rank, declared) for rank, _, _, pseudo, declared in self.matching.find(element) if pseudo is None]
        style, language = element.etree_element.get("style"), element.etree_element.get("lang")
        key = (tuple(id(declared) for _, declared in matched), style, language)
        found = above.cache.get(key) or self._with_remarks.get((above, key))
        if found is None:
            groups, before = list(matched), self._remarks
            if style:
                inline, problems = parse_style_attribute(style, locate())
                groups.append((RANKS["author"], inline))
                self.problems += problems
                self._remarks += len(problems)
            found = self._compute(groups, parent, self._language(language, above, locate))
            if self._remarks == before:
                keep(above.cache, key, found)
            else:
                self._with_remarks[above, key] = found
        if parent is None:
            self._root_size = found.font_size
        return found

    def compute_pseudo(self, element: HtmlElement, computed: Computed, pseudo: str) -> Computed:
        """The values of an element's pseudo-element (`footnote-call`); `computed` are the element's own."""
        groups = [(0, PSEUDO_DEFAULTS.get(pseudo, ())), *self._match(element, pseudo)]
        looks = [(rank, tuple(each for each in group if each.name != "content")) for rank, group in groups]
        return self._compute(looks, computed, computed.language)

    def compute_marker(self, element: HtmlElement, computed: Computed) -> Computed:
        """The values of a list item's mark: of `::marker` where a stylesheet says something of it, else its own."""
        return self.compute_pseudo(element, computed, "marker") if self._match(element, "marker") else computed

    def find_content(self, element: HtmlElement, computed: Computed, pseudo: str) -> tuple[Declared, Tokens] | None:
        """The `content` that holds for a pseudo-element, and its value; None where nothing is said."""
        declared = [each for each in by_strength(self._match(element, pseudo)) if each.name == "content"]
        tokens = self._resolve(declared[-1], computed.variables) if declared else None
        return None if tokens is None else (declared[-1], tokens)

    def _match(self, element: HtmlElement, pseudo: str) -> list[tuple[int, tuple[Declared, ...]]]:
        return [(rank, declared) for rank, _, _, named, declared in self.matching.find(element) if named == pseudo]

    def compute_box(self, declared: tuple[Declared, ...], parent: Computed) -> Computed:
        """The values of a page or margin box, which inherits from the root."""
        return self._compute([(RANKS["author"], declared)], parent, parent.language)

    def _compute(self, groups: Groups, parent: Computed | None, language: str) -> Computed:
        above = parent or self._initial
        ordered = by_strength(groups)
        variables = self._variables([each for each in ordered if each.name.startswith("--")], above)
        found: dict[str, list[Declared]] = {}
        for each in ordered:
            if not each.name.startswith("--"):
                for longhand in self._longhands(each, variables):
                    found.setdefault(longhand.name, []).append(longhand)
        size = self._font_size(found.pop("font-size", []), above, variables)
        units = Units(size, self._root_size if parent else size)
        values: dict[str, Value] = {
            name: above.values[name] if each.inherited else each.initial for name, each in PROPERTIES.items()
        }
        for name, declared in found.items():
            self._set(values, name, declared, units, above, variables)
        if values["display"] not in NO_DECORATION_FROM_ABOVE and values["position"] != "absolute":
            lines = (*above.words("text-decoration-line"), *_words(values["text-decoration-line"]))
            values["text-decoration-line"] = tuple(dict.fromkeys(lines))
        return Computed(
            size,
            font_of(values, variables, above, any(each.name == "--word-font" for each in ordered)),
            language,
            values,
            variables,
        )

    def _variables(self, declared: list[Declared], above: Computed) -> Mapping[str, Tokens]:
        """Custom properties that hold here; what they refer to is looked up where they are set (CSS Variables 3)."""
        if not declared:
            return above.variables
        own = {each.name: each for each in declared}
        raw = {**above.variables, **{name: each.tokens for name, each in own.items()}}
        resolved = dict(raw)
        for name, each in own.items():
            tokens = self._resolve(each, raw)
            if tokens is None:
                del resolved[name]
            else:
                resolved[name] = tokens
        return resolved

    def _longhands(self, declared: Declared, variables: Mapping[str, Tokens]) -> Iterator[Declared]:
        """A shorthand that holds `var()` can be taken apart only now, when the custom properties are known."""
        if not is_shorthand(declared.name):
            yield declared
            return
        tokens = self._resolve(declared, variables)
        for name, part in expand(declared.name, tokens) if tokens is not None else ():
            yield replace(declared, name=name, tokens=part)

    def _font_size(self, found: list[Declared], above: Computed, variables: Mapping[str, Tokens]) -> float:
        for declared in reversed(found):
            tokens = significant(self._resolve(declared, variables) or [])
            word = getattr(tokens[0], "lower_value", None) if len(tokens) == 1 else None
            if word in EVERYWHERE:
                return 12.0 if word == "initial" else above.font_size
            size = parse_font_size(tokens[0], above.font_size, self._root_size) if len(tokens) == 1 else None
            if size is not None and size > 0:
                return size
            why = message("word_css.font_size.unreadable", "Word has no place for this value")
            self.report(declared, why, N_("write a length: 10.5pt"))
        return above.font_size

    def _set(
        self,
        values: dict[str, Value],
        name: str,
        found: list[Declared],
        units: Units,
        above: Computed,
        variables: Mapping[str, Tokens],
    ) -> None:
        """The strongest declaration that can be read holds; those above it are reported."""
        entry = PROPERTIES.get(name)
        for each in reversed(found):
            if entry is None:
                if name not in SILENT:
                    self._report_unknown(each)
                continue
            tokens = self._resolve(each, variables)
            if tokens is None:
                continue
            word = getattr(tokens[0], "lower_value", None) if len(tokens) == 1 else None
            if word in EVERYWHERE or not tokens:
                inherit = word == "inherit" or (word == "unset" and entry.inherited)
                values[name] = above.values[name] if inherit else entry.initial
                return
            try:
                value = self._known(name, entry.read(tokens, units))
                values[name] = above.values[name] if value is INHERITED else value
            except UnreadableError as error:
                self.report(each, error.why, error.todo or PDF_INSTEAD)
            else:
                return

    def _known(self, name: str, value: Value) -> Value:
        """The value, unless it is the name of a counter style that is not there."""
        own = name != "list-style-type" or value in MARKERS or str(value).startswith('"')
        if not own and value not in self.counters:
            raise UnreadableError
        return value

    def _resolve(self, declared: Declared, variables: Mapping[str, Tokens]) -> Tokens | None:
        tokens: Tokens = declared.tokens
        if has_variable(tokens):
            replaced = substitute_variables(tokens, variables)
            if replaced is None:
                why = message("word_css.variable.not_set", "it names a custom property that is not set")
                self.report(declared, why, N_("set it on :root"))
                return None
            tokens = replaced
        return tokens if declared.name.startswith("--") else significant(tokens)

    def _language(self, said: str | None, above: Computed, locate: Callable[[], Position]) -> str:
        if not said:
            return above.language
        if _LANGUAGE.fullmatch(said):
            return said
        self._remarks += 1
        what = message("word.language.unknown", 'lang="{said}" is no language', said=said)
        self.problems.append(Problem(locate(), what, N_('write one as "da" or "en-GB"')))
        return above.language

    def _report_unknown(self, declared: Declared) -> None:
        if declared.name == "content":
            why = message("word_css.content.not_heeded", "neither file heeds it here")
            self.report(declared, why, N_("give it to ::before or ::after"))
        elif declared.name in PDF_ALONE:
            self.report(declared, message("word_css.property.pdf_alone", "Word has no place for it"), ONLY_PDF)
        elif is_shorthand(declared.name):
            self.report(declared, message("word_css.shorthand.unreadable", "its value is not understood"), SEE)
        else:
            self._tell(declared, unknown_name(declared.name, declared.position))

    def report(self, declared: Declared, why: Message, todo: Message) -> None:
        """Remember what Word has no place for, each declaration once."""
        what = N_('CSS "{property}": {why}', property=declared.name, why=why).coded(why.code)
        self._tell(declared, Problem(declared.position, what, todo, Severity.NOTE))

    def _tell(self, declared: Declared, problem: Problem) -> None:
        self._remarks += 1
        key = (declared.position, declared.name.partition("-")[0])
        if key not in self._reported and declared.position.file != "":
            self._reported.add(key)
            self.problems.append(problem)


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
