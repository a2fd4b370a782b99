from decimal import Decimal

import pytest

from kvisdocs.programme.prose.quantities import find_amounts, find_counts, find_percentages, format_danish, format_sum


@pytest.mark.parametrize(
    ("text", "kroner"),
    [
        ("3.286.600 kr.", 3286600),
        ("3.286.600,50 kroner", Decimal("3286600.5")),
        ("kr. 350.000,-", 350000),
        ("350.000,- kr.", 350000),
        ("4,5 mio. kr.", 4500000),
        ("4,5 mio.kr", 4500000),
        ("12 millioner kroner", 12000000),
        ("1,2 mia. kr.", 1200000000),
        ("2 milliarder kr.", 2000000000),
        ("900 t.kr.", 900000),
        ("900 tkr.", 900000),
        ("50 tusind kr.", 50000),
        ("DKK 1.000", 1000),
    ],
)
def test_an_amount_in_kroner(text: str, kroner: Decimal) -> None:
    assert [amount.value for amount in find_amounts(f"Der er {text} til rest.")] == [kroner]


def test_an_amount_knows_its_last_digit_and_whether_it_is_meant_so() -> None:
    exact, vague, span, wrong = find_amounts("4,5 mio. kr., ca. 300 kr., 100-200 kr. og 3.050.000 mio. kr.")
    assert (exact.step, exact.vague, exact.wrong_unit) == (100000, False, False)
    assert (vague.value, vague.vague) == (300, True)
    assert (span.value, span.vague) == (200, True)
    assert (wrong.value, wrong.wrong_unit) == (3050000, True)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Der er 304 borgere, heraf 1.184 (107) og til sidst 22.", [304, 1184, 107, 22]),
        ("I 2012 var der 64 i uge 8 den 1. november 2011.", [64]),
        ("§ 7, stk. 2, nr. 12, pkt. 87, bilag 3, kl. 16, side 4 og 5 pct. af 30 %", []),
        ("8-10 aftaler, 8 - 10 aftaler, tlf. 96 28 28 28, 7400-1550 og 00.00.00-P19", []),
        ("1. samtale, 6 uger, 37 timer, 18-årige, 4 x om året, 14 dages kontakt, 350 kr.", []),
    ],
)
def test_what_is_a_count_and_what_only_looks_like_one(text: str, counts: list[int]) -> None:
    assert [count.value for count in find_counts(text)] == counts


def test_shares_in_their_three_forms() -> None:
    assert [(share.value, share.step) for share in find_percentages("51 pct., 35,2 % og 80 procent")] == [
        (51, 1),
        (Decimal("35.2"), Decimal("0.1")),
        (80, 1),
    ]


def test_numbers_are_written_as_in_danish() -> None:
    assert [format_danish(Decimal(number)) for number in ("4500000", "4.50", "0", "304")] == [
        "4.500.000",
        "4,5",
        "0",
        "304",
    ]
    assert format_sum([Decimal(350000), Decimal(3050000)]) == "350.000 + 3.050.000 = 3.400.000"
    assert format_sum([Decimal(number) for number in range(1, 11)]) == "1 + 2 + 3 + … + 10 = 55"
