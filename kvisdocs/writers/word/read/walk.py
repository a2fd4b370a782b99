"""What the walk down the element tree carries: the document, the cascade, and all that is remembered on the way.

What belongs to a place (width, indents, list, frame, box) goes down as an argument: a `BlockContext` or an
`InlineContext`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem, Severity
from kvisdocs.templating.html import POSITION_ATTRIBUTE, HtmlDocument
from kvisdocs.writers.html.rules import attribute_style, find_remarks
from kvisdocs.writers.word.css.boxes import Page, find_box_remarks
from kvisdocs.writers.word.css.cascade import Cascade
from kvisdocs.writers.word.css.computed import Computed
from kvisdocs.writers.word.css.generated import generate_texts
from kvisdocs.writers.word.css.stylesheet import parse_stylesheet
from kvisdocs.writers.word.model.drafts import Draft, DraftParagraph
from kvisdocs.writers.word.model.inlines import Inline
from kvisdocs.writers.word.read.context import Anchors, BlockContext, InlineContext, ListBook
from kvisdocs.writers.word.read.tree import HtmlElement, parse_tree


class Walk(ABC):
    """The state of one walk over one document. `page` is the kind of page that the text begins on."""

    page: Page

    def __init__(self, document: HtmlDocument, pages: Mapping[str, int] | None = None) -> None:
        self.document = document
        self._positions: dict[str | None, Position] = {}
        self.pages = pages
        """On which page of the PDF each id stands, where that is known."""
        root, self.notes = parse_tree(document)
        self.notes += find_remarks(root, document)
        self.root = HtmlElement(root)
        sheets = [("user", parse_stylesheet(attribute_style(root), ""))]
        sheets += [
            ("user", parse_stylesheet(document.assets.read_text(name), document.assets.shown(name)))
            for name in document.stylesheets
        ]
        for element in root.iter("style"):
            at = self.position(element)
            sheets.append(("author", parse_stylesheet(element.text or "", at.file, at.line or 1)))
        self.cascade = Cascade(sheets, document.language)
        self.generated = generate_texts(self.root, self.cascade, self.compute)
        """What `::before` and `::after` say, by their element."""
        self.lists = ListBook()
        self.anchors = Anchors(root)
        self.running: dict[str, tuple[HtmlElement, Computed, Computed]] = {}
        self.errors: list[Problem] = []
        self.page_name = "auto"
        self.widths: dict[str, float] = {}
        """How wide the text of a kind of page is, where a letterhead says so and not the stylesheet; points."""
        self.footnotes: list[list[Draft]] = []
        self.outside = False
        """Whether what is read now stands in a page's head or foot or in a footnote, where no footnote can be."""

    @abstractmethod
    def flow(self, element: HtmlElement, computed: Computed, place: BlockContext) -> list[Draft]:
        """The blocks inside a container: its block children, and paragraphs of the text between them."""

    @abstractmethod
    def block(self, element: HtmlElement, computed: Computed, parent: Computed, place: BlockContext) -> list[Draft]:
        """The blocks that one block element gives."""

    @abstractmethod
    def paragraph(
        self, inlines: tuple[Inline, ...], computed: Computed, place: BlockContext, own: bool = True
    ) -> DraftParagraph:
        """A paragraph with these values at this place. Without `own`, the margins are the container's, not its."""

    @abstractmethod
    def footnote(
        self, element: HtmlElement, computed: Computed, parent: Computed, around: InlineContext
    ) -> Iterator[Inline]:
        """What calls a footnote; the footnote itself goes to `footnotes`."""

    def position(self, element: Element) -> Position:
        """Where in a template the element begins."""
        mark = element.get(POSITION_ATTRIBUTE)
        if mark not in self._positions:
            self._positions[mark] = self.document.position(mark)
        return self._positions[mark]

    def compute(self, element: HtmlElement, parent: Computed | None) -> Computed:
        """The element's computed values; those of the root have no parent's."""
        return self.cascade.compute(element, parent, lambda: self.position(element.etree_element))

    def note(self, element: HtmlElement, what: Message, todo: Message, severity: Severity = Severity.NOTE) -> None:
        """Remember something that Word cannot have."""
        self.notes.append(Problem(self.position(element.etree_element), what, todo, severity))

    def fail(self, element: HtmlElement, what: Message, todo: Message) -> None:
        """Remember an error, which stops the document once all have been found."""
        self.errors.append(Problem(self.position(element.etree_element), what, todo))

    def look_at(self, element: HtmlElement, computed: Computed) -> None:
        """Note what stands on an element and has no place in the file."""
        for what, todo in find_box_remarks(computed, element.local_name):
            self.note(element, what, todo)
        if computed.word("float") == "footnote":
            what = message(
                "word.footnote.in_text", "a footnote of this place stands in the Word file where it is called"
            )
            self.note(element, what, N_("write it as a <span> in a paragraph of the text, outside other footnotes"))

    def taken_out(self, element: HtmlElement, computed: Computed, parent: Computed) -> bool:
        """Whether the element leaves the flow: not shown at all, or running in the page's head or foot."""
        position = computed.word("position")
        if position.startswith("running:"):
            self.running[position.removeprefix("running:")] = (element, computed, parent)
            return True
        return computed.word("display") == "none"

    def read_running(self, name: str, width: float) -> list[Draft] | None:
        """The blocks of the element that is `position: running(name)`, or None where the document has none."""
        if name not in self.running:
            return None
        element, computed, parent = self.running[name]
        self.outside = True  # heads and feet are read last
        return self.block(element, computed, parent, BlockContext(width))
