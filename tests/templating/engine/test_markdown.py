import re

import pytest

from kvisdocs.templating.engine.formatting import FormatError
from kvisdocs.templating.engine.markdown import render_inline_markdown, render_markdown


def headings(text: str, top: int = 3) -> list[str]:
    return re.findall(r"<(h\d)>", render_markdown(text, top))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# A", ["h3"]),
        ("### A\n### B", ["h3", "h3"]),
        ("# A\n#### B\n###### C", ["h3", "h4", "h5"]),
        ("### A\n# B\n## C", ["h3", "h3", "h4"]),
        ("# A\n### B\n## C", ["h3", "h4", "h4"]),
        ("A\n===\n\nB\n---", ["h3", "h4"]),
    ],
)
def test_headings_begin_at_the_top_and_skip_none(text: str, wanted: list[str]) -> None:
    assert headings(text) == wanted


def test_headings_stop_at_six() -> None:
    assert headings("# A\n## B\n### C", top=5) == ["h5", "h6", "h6"]


def test_raw_html_is_shown_as_it_was_written() -> None:
    assert render_markdown("<b>x</b>\n\n<script>y</script>") == (
        "<p>&lt;b&gt;x&lt;/b&gt;</p>\n<p>&lt;script&gt;y&lt;/script&gt;</p>\n"
    )


def test_table_heads_have_a_scope() -> None:
    assert '<th scope="col">År</th>' in render_markdown("| År | Kr. |\n|---|--:|\n| 2012 | 5 |")


@pytest.mark.parametrize(
    "url", ["https://ast.dk", "http://ast.dk/a?b=c", "mailto:bodil@herning.example", "tel:96280000"]
)
def test_links_that_a_reader_can_follow(url: str) -> None:
    assert render_inline_markdown(f"[her]({url})") == f'<a href="{url}">her</a>'


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:x", "file:///etc/passwd", "side.html", "../a", "data:text/html,x"]
)
def test_other_links_stay_as_they_were_written(url: str) -> None:
    assert render_inline_markdown(f"[her]({url})") == f"[her]({url})"
    assert "<a" not in render_inline_markdown(f"<{url}>")


def test_a_link_without_an_address_is_its_words() -> None:
    assert render_inline_markdown("[**se** her]() og [her](https://ast.dk)") == (
        '<strong>se</strong> her og <a href="https://ast.dk">her</a>'
    )


def test_link_holds_plain_text_only() -> None:
    assert render_inline_markdown("[**se** *her* `kode`](https://ast.dk) **nu**") == (
        '<a href="https://ast.dk">se her kode</a> <strong>nu</strong>'
    )


@pytest.mark.parametrize("url", ["logos/herning.svg", "https://example.dk/x.png", "data:image/png;base64,AA=="])
def test_picture_stays_as_it_was_written(url: str) -> None:
    assert render_inline_markdown(f"![ord <b>]({url})") == f"![ord &lt;b&gt;]({url})"


def test_inline_has_no_paragraphs() -> None:
    assert render_inline_markdown("**a** & b") == "<strong>a</strong> &amp; b"


def test_line_break_by_two_spaces() -> None:
    assert render_markdown("a  \nb") == "<p>a<br />\nb</p>\n"


@pytest.mark.parametrize("render", [render_markdown, render_inline_markdown])
def test_only_text_is_rendered(render: object) -> None:
    with pytest.raises(FormatError, match="not of None; put"):
        render(None)  # type: ignore[operator]


@pytest.mark.parametrize(("rows", "staying"), [(1, ""), (2, "1"), (5, "1234"), (6, "1245"), (9, "1278")])
def test_the_first_and_the_last_three_rows_of_a_table_stay_together(rows: int, staying: str) -> None:
    made = render_markdown("| År |\n|---|\n" + "".join(f"| {number} |\n" for number in range(1, rows + 1)))
    assert re.findall(r'<tr class="stays">\s*<td>(\d)</td>', made) == list(staying)
