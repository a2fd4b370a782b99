from kvisdocs.programme.prose.prose import Listing, Passage, Table, read_prose

TEXT = """\
Et *lille* afsnit
over to linjer. Se [loven](https://x.dk/2012).

### Tal \u00a0pr. 1\\. maj

Fordelt på:

- **350.000**\u00a0kr.
- 1\\. samtale
  - inde i

| År | Forløb |
|----|-------:|
| 2011 | a \\| b |

> Et citat
> i to linjer.
"""


def words(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.text for passage in passages]


def test_prose_falls_into_sections_of_paragraphs_lists_and_tables() -> None:
    first, second = read_prose(TEXT)
    assert (first.heading, words(first.paragraphs)) == (None, ["Et lille afsnit over to linjer. Se loven."])
    assert second.heading
    assert second.heading.text == "Tal pr. 1. maj"
    lead, inner, outer, table, quote = second.blocks
    assert isinstance(lead, Passage)
    assert lead.text == "Fordelt på:"
    assert isinstance(inner, Listing)
    assert (words(inner.items), inner.lead, inner.nested) == (["inde i"], None, True)
    assert isinstance(outer, Listing)
    assert (words(outer.items), outer.lead, outer.nested) == (["350.000 kr.", "1. samtale"], lead, True)
    assert isinstance(table, Table)
    assert (words(table.head), [words(row) for row in table.rows]) == (["År", "Forløb"], [["2011", "a | b"]])
    assert isinstance(quote, Passage)
    assert quote.text == "Et citat i to linjer."


def test_every_sign_knows_where_it_stood() -> None:
    for section in read_prose(TEXT):
        for passage in section.passages:
            for sign, offset in zip(passage.text, passage.offsets, strict=True):
                assert TEXT[offset] == sign or (sign == " " and TEXT[offset].isspace())


def test_a_sentence_ends_where_the_next_begins() -> None:
    (section,) = read_prose(
        "Der er 304 borgere. 146 har, jf. Lov nr. 3, fået 4,5 mio. kr. "
        "Heraf er 2 brugt (ca. 40 pct.). Se pkt. 4 og kl. 5."
    )
    assert words(section.paragraphs[0].sentences()) == [
        "Der er 304 borgere.",
        "146 har, jf. Lov nr. 3, fået 4,5 mio. kr.",
        "Heraf er 2 brugt (ca. 40 pct.).",
        "Se pkt. 4 og kl. 5.",
    ]
