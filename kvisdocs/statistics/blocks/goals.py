"""Block B: goals beside results. What is aimed at, of whom and compared with what stands in the programme."""

from collections.abc import Iterator
from dataclasses import replace

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.course import CompanyCourseKind
from kvisdocs.programme.rules.evaluation import Goal as Rule
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.blocks.block import Block, Ground, alike_figure
from kvisdocs.statistics.blocks.citizens import WITH_EMPLOYER, find_outcome
from kvisdocs.statistics.blocks.goal_relations import (
    WHOLE,
    cross,
    know_of_each_other,
    know_placed,
    know_rated,
    know_recovered,
)
from kvisdocs.statistics.model import Goal, Measure
from kvisdocs.statistics.relations import adds_up, at_most
from kvisdocs.statistics.words import load_words, phrase

TOP = 10
"""Of the scale on which citizens rate themselves."""


def count_goals(seen: CitizenCase, programme: Programme) -> Iterator[str]:
    """The figures that a visited case counts in, as it was on the day."""
    for rule in programme.goals:
        if _is_in_base(seen, rule):
            yield from _count(seen, rule)


def sample_goals(seen: CitizenCase, programme: Programme) -> Iterator[tuple[str, float]]:
    """The measures that a visited case has a value of."""
    for rule in programme.goals:
        if not _is_in_base(seen, rule):
            continue
        if rule.measure == "duration" and (weeks := _weeks(seen)) is not None:
            yield f"goal.{rule.id}", weeks
        elif rule.measure == "self_rating" and (steps := _steps(seen)) is not None:
            yield f"goal_change.{rule.id}", float(steps[1])


def _is_in_base(seen: CitizenCase, rule: Rule) -> bool:
    status = f"status.{seen.employment.status}"
    return {
        "all": True,
        "in_job": status == "status.in_job",
        "with_employer": status in WITH_EMPLOYER,
        "without_employer": status == "status.unemployed",
        "rated_twice": len(seen.self_ratings) > 1,
    }[rule.base]


def _count(seen: CitizenCase, rule: Rule) -> Iterator[str]:
    outcome = find_outcome(seen)
    if rule.measure == "return_to_work":
        if "closed" in outcome:
            yield f"goal_closed.{rule.id}"
        if "job" in outcome:
            yield f"goal.{rule.id}"
            yield f"goal_all.{rule.id}"
    elif rule.measure == "placement":
        if any(each.kind is CompanyCourseKind.WORK_PLACEMENT for each in seen.company_courses):
            yield f"goal.{rule.id}"
    elif rule.measure == "duration":
        if _weeks(seen) is not None:
            yield f"goal_over.{rule.id}"
    elif rule.measure == "self_rating" and (steps := _steps(seen)) is not None:
        first, change = steps
        aim = int(rule.target or 0)
        yield f"goal_rated.{rule.id}"
        if first > TOP - aim:
            yield f"goal_above.{rule.id}"
        else:
            yield f"goal_base.{rule.id}"
            if change >= aim:
                yield f"goal.{rule.id}"


def _weeks(seen: CitizenCase) -> float | None:
    """From the first day of sickness to the recovery; None where the citizen has not recovered."""
    if "recovered" not in find_outcome(seen):
        return None
    recovered = seen.sickness.recovered or (seen.outcome.date if seen.outcome else None)
    return (recovered - seen.sickness.first_day).days / 7 if recovered else None


def _steps(seen: CitizenCase) -> tuple[int, int] | None:
    """The first of the ratings, and how far it is from there to the last; None of fewer than two."""
    ratings = sorted(seen.self_ratings, key=lambda each: each.date)
    return (ratings[0].value, ratings[-1].value - ratings[0].value) if len(ratings) > 1 else None


def lay_out_goals(ground: Ground) -> Block:
    """The goals in the programme's order, with the figures of their results and all that is known of these."""
    block = Block()
    for rule in ground.programme.goals:
        result, base, remark = _LAY_OUT[rule.measure](ground, block, rule)
        is_share = rule.measure in ("return_to_work", "placement")
        percent = float(rule.target) if is_share and rule.target is not None else None
        block.goals.append(Goal(rule.id, rule.text, rule.target_words, result, base, percent, remark))
    block.relations += know_of_each_other(ground.programme)
    if ground.agreements is not None:
        _add_agreements(ground, block)
    return block


_Row = tuple[str | None, str | None, str | None]


def _base_words(rule: Rule) -> str:
    return rule.base_words or phrase(f"base.{rule.base}")


def _lay_out_return(ground: Ground, block: Block, rule: Rule) -> _Row:
    back, closed, whole = f"goal.{rule.id}", f"goal_closed.{rule.id}", WHOLE[rule.base]
    words = _base_words(rule)
    block.add(alike_figure(ground, closed, "goal_closed.return_to_work", whole, base=words))
    block.add(alike_figure(ground, back, "goal.return_to_work", closed, base=words))
    block.add(alike_figure(ground, f"goal_all.{rule.id}", "goal_all.return_to_work", whole, base=words))
    block.relations.append(adds_up(f"goal_all.{rule.id}", [back]))
    block.relations += cross(whole, back, closed)
    return back, closed, phrase("goal.return_to_work", base=words)


def _lay_out_placement(ground: Ground, block: Block, rule: Rule) -> _Row:
    name, whole, words = f"goal.{rule.id}", WHOLE[rule.base], _base_words(rule)
    block.add(alike_figure(ground, name, "goal.placement", whole, base=words))
    block.relations += know_placed(name, rule.base)
    return name, whole, phrase("goal.placement", base=words)


def _lay_out_duration(ground: Ground, block: Block, rule: Rule) -> _Row:
    name, over = f"goal.{rule.id}", f"goal_over.{rule.id}"
    words = phrase(f"base.{rule.base}")
    block.add(alike_figure(ground, over, "goal_over.duration", WHOLE[rule.base], base=words))
    block.measures[name] = _median(ground, name, "goal.duration", over, base=words)
    block.relations += know_recovered(over, rule.base)
    if rule.baseline is None:
        return name, over, phrase("goal.duration")
    number = f"{rule.baseline.value.normalize():f}".replace(".", ",")
    return name, over, phrase("goal.duration.compared", number=number, source=rule.baseline.source)


def _median(ground: Ground, name: str, pattern: str, over: str, /, **values: object) -> Measure:
    words = load_words().patterns[pattern]
    label, definition = words.label.format(**values), words.definition.format(**values)
    return Measure(name, ground.tally.median(name), label, definition, over, phrase(f"unit.{pattern}"))


def _lay_out_rating(ground: Ground, block: Block, rule: Rule) -> _Row:
    name, base, above = (f"{part}.{rule.id}" for part in ("goal", "goal_base", "goal_above"))
    rated, aim = f"goal_rated.{rule.id}", int(rule.target or 0)
    words = {"aim": aim, "top": TOP - aim}
    block.add(alike_figure(ground, rated, "goal_rated.self_rating", "visited"))
    block.add(alike_figure(ground, base, "goal_base.self_rating", rated, **words))
    block.add(alike_figure(ground, above, "goal_above.self_rating", rated, **words))
    block.add(alike_figure(ground, name, "goal.self_rating", base, **words))
    change = f"goal_change.{rule.id}"
    block.measures[change] = _median(ground, change, "goal_change.self_rating", rated)
    block.relations += [adds_up(rated, [base, above]), at_most(name, [base])]
    block.relations += know_rated(rated, rule.base)
    return name, base, phrase("goal.self_rating", **words)


def _lay_out_agreements(ground: Ground, block: Block, rule: Rule) -> _Row:
    if ground.agreements is None:
        return None, None, phrase("goal.agreements.no_register")
    return "agreements.in_force", None, None


def _add_agreements(ground: Ground, block: Block) -> None:
    """How many agreements with companies are in force on the day, and how many places they give."""
    valid = [each for each in ground.agreements or () if each.is_in_force(ground.on)]
    places = sum(each.places or 0 for each in valid)
    counts = ground.tally.counts
    counts["agreements.in_force"], counts["agreements.places"] = len(valid), places
    for name in ("agreements.in_force", "agreements.places"):
        block.add(replace(alike_figure(ground, name, name), is_sensitive=False))


def _lay_out_words(ground: Ground, block: Block, rule: Rule) -> _Row:
    said = phrase("goal.none.told", told_in=rule.told_in) if rule.told_in else phrase("goal.none")
    return None, None, said


_LAY_OUT = {
    "return_to_work": _lay_out_return,
    "placement": _lay_out_placement,
    "duration": _lay_out_duration,
    "self_rating": _lay_out_rating,
    "agreements": _lay_out_agreements,
    "none": _lay_out_words,
}
