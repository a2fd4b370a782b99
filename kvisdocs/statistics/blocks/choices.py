"""Block A's tables of what the programme itself lists: offers beside the talks, and reasons to end without recovery."""

from collections.abc import Iterator

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.blocks.block import (
    NUMBER,
    Block,
    Ground,
    alike_figure,
    count_merged,
    find_parents,
    merge_rows,
    rows_of,
)
from kvisdocs.statistics.model import Table
from kvisdocs.statistics.relations import adds_up, at_most, overlap
from kvisdocs.statistics.words import phrase

UNKNOWN = "ended.unknown"


def count_choices(seen: CitizenCase, programme: Programme) -> Iterator[str]:
    """The figures that a visited case counts in, as it was on the day."""
    own = [f"offer.{each}" for each in sorted({offer.kind for offer in seen.offers})]
    known = [name for name in own if name in {f"offer.{each.id}" for each in programme.offers}]
    if known:
        yield "offer.begun"
    yield from known
    yield from count_merged(known, find_parents("offer", programme.offers))
    if programme.end_reasons and seen.outcome is not None and seen.outcome.kind == "not_recovered":
        reason = f"ended.{seen.outcome.reason}"
        name = reason if reason in {f"ended.{each.id}" for each in programme.end_reasons} else UNKNOWN
        yield name
        yield from count_merged([name], find_parents("ended", programme.end_reasons))


def lay_out_choices(ground: Ground) -> Block:
    """The tables of offers and of reasons, where the programme lists any."""
    block = Block()
    if ground.programme.offers:
        _lay_out_offers(ground, block)
    if ground.programme.end_reasons:
        _lay_out_reasons(ground, block)
    return block


def _lay_out_offers(ground: Ground, block: Block) -> None:
    options = ground.programme.offers
    block.add(alike_figure(ground, "offer.begun", "offer.begun", "visited"))
    names = [f"offer.{each.id}" for each in options]
    for name, option in zip(names, options, strict=True):
        words = {"label": option.label, "small": option.label.lower()}
        block.add(alike_figure(ground, name, "offer.kind", "visited", **words))
    block.relations.append(at_most("offer.begun", ["visited"]))
    block.relations += overlap(names, "offer.begun")
    rows = merge_rows(ground, block, names, find_parents("offer", options), names)
    if rows != names:
        block.relations += overlap(rows, "offer.begun")
    table = rows_of(block.figures, ["offer.begun", *rows], dict.fromkeys(rows, 1))
    block.tables.append(Table("offer", "A", phrase("offer.title"), (NUMBER,), table, "visited", is_multiple=True))


def _lay_out_reasons(ground: Ground, block: Block) -> None:
    options = ground.programme.end_reasons
    names = [f"ended.{each.id}" for each in options]
    for name, option in zip(names, options, strict=True):
        block.add(alike_figure(ground, name, "ended.reason", "outcome.ended", label=option.label))
    block.add(alike_figure(ground, UNKNOWN, "ended.unknown", "outcome.ended"))
    names.append(UNKNOWN)
    block.relations.append(adds_up("outcome.ended", names))
    rows = merge_rows(ground, block, names, find_parents("ended", options))
    table = rows_of(block.figures, rows)
    block.tables.append(Table("ended", "A", phrase("ended.title"), (NUMBER,), table, "outcome.ended"))
