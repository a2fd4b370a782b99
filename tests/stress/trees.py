"""Documents of contract elements in any combination, for hypothesis to draw: what an author might come to write."""

from hypothesis import strategies as st

WORDS = st.sampled_from([
    "Åse", "går", "på", "Ærø", "8", "timer,", "uge&nbsp;43", "&lt;b&gt;", "&amp;", "slut.", "sygedagpenge&shy;modtager",
])  # fmt: skip
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
INLINE = ("strong", "em", "u", "s", "small", "mark", "span")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" width="40mm" height="10mm"><title>En streg</title>'
    '<rect x="0" y="4" width="40" height="2" fill="#1c4e68"></rect></svg>'
)


def wrapped(names: tuple[str, ...], inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One of the elements around what `inside` draws."""
    return st.builds(lambda name, text: f"<{name}>{text}</{name}>", st.sampled_from(names), inside)


PIECES = st.one_of(
    TEXT,
    wrapped(INLINE, TEXT),
    wrapped(INLINE, wrapped(INLINE, TEXT)),
    TEXT.map(lambda text: f'<a href="https://www.kl.example/side">{text}</a>'),
    TEXT.map(lambda text: f"{text}<br>{text}"),
)
LINE = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)
PARAGRAPH = LINE.map(lambda line: f"<p>{line}</p>")


def lists(depth: int) -> st.SearchStrategy[str]:
    """A list whose items hold text, paragraphs or, while there is depth left, lists."""
    item = st.one_of(LINE, st.tuples(PARAGRAPH, PARAGRAPH).map("".join))
    if depth:
        item = st.one_of(item, st.tuples(LINE, lists(depth - 1)).map("".join))
    items = st.lists(item.map(lambda text: f"<li>{text}</li>"), min_size=1, max_size=4).map("".join)
    start = st.sampled_from(["<ol>", '<ol start="3">', '<ol type="a">'])
    return st.one_of(
        items.map(lambda inside: f"<ul>{inside}</ul>"),
        st.builds(lambda tag, inside: f"{tag}{inside}</ol>", start, items),
    )


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table with a head, declared widths, perhaps a caption, row headers and cells that span."""
    columns = draw(st.integers(1, 4))
    widths = "".join(f'<col style="width: {100 / columns:.3f}%">' for _ in range(columns))
    head = "".join(f'<th scope="col">{draw(TEXT)}</th>' for _ in range(columns))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        cells, left = [], columns
        while left:
            span = draw(st.integers(1, left))
            cells.append(f'<td colspan="{span}">{draw(st.one_of(LINE, lists(0), st.just("")))}</td>')
            left -= span
        rows.append(f"<tr>{''.join(cells)}</tr>")
    caption = draw(st.sampled_from(["", "<caption>Tabel</caption>"]))
    return f"<table>{caption}{widths}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table><p>Efter.</p>"


BLOCK = st.one_of(
    PARAGRAPH,
    lists(2),
    tables(),
    st.lists(PARAGRAPH, min_size=1, max_size=3).map(lambda inside: f"<blockquote>{''.join(inside)}</blockquote>"),
    st.lists(PARAGRAPH, min_size=1, max_size=3).map(
        lambda inside: f'<div class="recommendation">{"".join(inside)}</div>'
    ),
    st.tuples(TEXT, TEXT).map(lambda pair: f"<dl><dt>{pair[0]}</dt><dd>{pair[1]}</dd></dl>"),
    TEXT.map(lambda text: f"<figure>{SVG}<figcaption>{text}</figcaption></figure>"),
    TEXT.map(lambda text: f"<pre>{text}\n  {text}</pre>"),
    st.just("<hr>"),
)
SECTION = st.builds(
    lambda title, blocks: f"<h2>{title}</h2>{''.join(blocks)}", TEXT, st.lists(BLOCK, min_size=1, max_size=5)
)
BODY = st.lists(SECTION, min_size=1, max_size=4).map(lambda sections: f"<h1>Prøve</h1>{''.join(sections)}")
