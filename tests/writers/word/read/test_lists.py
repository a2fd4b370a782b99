from writers.word.made import html_document, read_body

from kvisdocs.writers.word.model.blocks import Level, ListPlace, Paragraph
from kvisdocs.writers.word.read.context import ListBook
from kvisdocs.writers.word.read.document import read_word


def places(body: str) -> list[tuple[int, int] | None]:
    found = [block for block in read_body(body).blocks if isinstance(block, Paragraph)]
    return [(each.place.list_id, each.place.level) if each.place else None for each in found]


AT = ' style="list-style-type: at"'
BULLET, NUMBER = Level("bullet", "•"), Level("decimal", "%2.")


def test_second_list_starts_again_at_one() -> None:
    assert places("<ol><li>a<li>b</ol><ol><li>c</ol>") == [(1, 0), (1, 0), (2, 0)]


def test_second_list_in_the_same_item_starts_again_at_one() -> None:
    assert places("<ol><li>a<ol><li>b</ol>og<ol><li>c</ol></ol>") == [(1, 0), (1, 1), None, (2, 1)]


def test_lists_in_different_items_share_a_level_which_word_restarts() -> None:
    assert places("<ol><li>a<ol><li>b</ol><li>c<ol><li>d</ol></ol>") == [(1, 0), (1, 1), (1, 0), (1, 1)]


def test_a_nested_list_of_another_kind_has_a_number_of_its_own() -> None:
    assert places("<ol><li>a<ol><li>b</ol><li>c<ul><li>d</ul></ol>") == [(1, 0), (1, 1), (1, 0), (2, 1)]


def test_the_tenth_level_stands_on_words_ninth() -> None:
    for name in ("ul", "ol"):
        word, messages = read_word(html_document(f"<{name}><li>a" * 10))
        found = [block.place for block in word.blocks if isinstance(block, Paragraph)]
        assert [(place.list_id, place.level) for place in found if place][-2:] == [(1, 8), (2, 8)]
        assert [message.what[:16] for message in messages] == ["a list in 9 othe"]


def test_text_after_a_list_in_an_item_has_no_mark() -> None:
    assert places("<ul><li>a<ul><li>b</ul>efter</ul>") == [(1, 0), (1, 1), None]


def test_what_is_no_item_has_no_mark() -> None:
    assert places("<ul><p>indledning</p><li>a<li hidden>skjult<template>x</template></ul>") == [None, (1, 0)]


def test_a_list_in_an_item_of_a_box_in_a_cell() -> None:
    table = read_body('<table><tr><td><div style="padding: 1pt"><ul><li>a</ul></div></td></tr></table>').blocks[0]
    assert table.rows[0].cells[0].blocks[0].place == ListPlace(1, 0)


def test_the_list_book_gives_a_second_list_in_an_item_its_own_number() -> None:
    book = ListBook()
    item, next_item = book.open(BULLET, None), ListPlace(1, 0)
    assert [book.open(NUMBER, each) for each in (item, item, next_item)] == [
        ListPlace(1, 1),
        ListPlace(2, 1),
        ListPlace(1, 1),
    ]
    assert [each.levels for each in book.definitions()] == [(BULLET, NUMBER), (BULLET, NUMBER)]


def test_start_is_zero_or_more() -> None:
    words = [read_word(html_document(f'<ol start="{start}"><li>a</ol>'))[0] for start in ("0", "-3", "x", "99999")]
    assert [word.lists[0].levels[0].start for word in words] == [0, 1, 1, 1]


def test_words_before_the_number_get_the_room_that_they_need() -> None:
    style = "@counter-style at { system: extends decimal; prefix: 'At '; suffix: ') ' } ol { padding-left: 60pt }"
    levels = [read_body(f"<style>{style}</style><ol{kind}><li>a</ol>").lists[0].levels[0] for kind in ("", AT)]
    assert [(level.text, level.hanging) for level in levels] == [("%1.", 270), ("At %1)", 500)]
