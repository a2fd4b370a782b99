"""Any tree of the elements that templates may use gives a valid Word file with the same words in the same order."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judges import docx_words, require
from stress.trees import wrapped
from writers.word.made import html_document

from kvisdocs.verify.docx.validators import check_docx_with_audit
from kvisdocs.writers.word.document import write_docx

WORDS = st.sampled_from(
    ["Åse", "går", "på", "Ærø", "8", "timer,", "uge&nbsp;43", "e&#8209;mail", "&lt;b&gt;", "&amp;", "slut."]
)
INLINE = ("b", "em", "u", "s", "sub", "sup", "small", "mark", "code", "span")
BLOCK = ("p", "h1", "h3", "div", "section", "blockquote", "pre", "dt", "dd", "figure", "address")


TEXT = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(words) + " ")
PIECE = st.one_of(TEXT, wrapped(INLINE, TEXT), st.just("<br>"), st.just("<!-- x --> "))
LINE = st.lists(PIECE, max_size=3).map("".join)
LINK = st.builds("<a href='https://kl.dk'>{}</a> ".format, TEXT)


def containers(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inside, max_size=3)
    items = many.map(lambda each: "".join(f"<li>{item}</li>" for item in each))
    row = st.lists(st.tuples(inside, st.integers(1, 3), st.integers(1, 3)), max_size=3).map(
        lambda cells: "<tr>" + "".join(f"<td colspan={c} rowspan={r}>{t}</td>" for t, c, r in cells) + "</tr>"
    )
    table = st.lists(row, min_size=1, max_size=3).map(lambda rows: f"<table>{''.join(rows)}</table>")
    return st.one_of(
        wrapped(("ul", "ol"), items),
        table,
        wrapped(("div", "section", "blockquote", "dd"), many.map("".join)),
        inside.map(lambda text: f'<div class="box">{text}</div>'),
    )


TREE = st.recursive(st.one_of(wrapped(BLOCK, st.one_of(LINE, LINK)), LINE, st.just("<hr>")), containers, max_leaves=12)
CSS = ".box { border: 1pt solid red; background: #eee; padding: 3pt } dd, dt { display: block }"


@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TREE, min_size=1, max_size=4).map(" ".join))
def test_any_tree_gives_a_valid_file_with_its_words_in_order(body: str) -> None:
    document = html_document(body, CSS)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.docx"
        path.write_bytes(write_docx(document).data)
        assert "".join(docx_words(path)) == "".join(words_of(body))
        assert require(lambda: check_docx_with_audit([path])) == []


def words_of(body: str) -> list[str]:
    """The words of the HTML, by another parser than ours."""
    from html.parser import HTMLParser

    class Words(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_data(self, data: str) -> None:
            self.found += data.split()

    parser = Words()
    parser.feed(body)
    return parser.found
