"""What no rule of a file can show by itself: names that stand twice, and names that nothing bears."""

from collections.abc import Iterator

from kvisdocs.cases.yaml.source import Step
from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import suggest
from kvisdocs.programme.rules.evaluation_faults import find_evaluation_faults
from kvisdocs.programme.rules.rules import Deadline, Programme

_CASE_DAYS = ("first_day", "visitation")

Found = Iterator[tuple[tuple[Step, ...], Message, Message]]


def find_faults(programme: Programme, stem: str) -> Found:
    """What each rule by itself cannot show: names that stand twice, and names that nothing bears."""
    if programme.name != stem:
        what = message(
            "programme.name.not_that_of_file",
            'the name is "{name}", and the file is called {stem}.yaml',
            name=programme.name,
            stem=stem,
        )
        yield ("name",), what, N_("write {stem}", stem=stem)
    if (end := programme.validity.valid_to) is not None and end < programme.validity.valid_from:
        what = message("programme.validity.ends_before_begun", "the rules end {end}, before they begin", end=end)
        yield ("validity", "valid_to"), what, N_("swap the two dates")
    seen: list[str] = []
    for at, step in enumerate(programme.steps):
        if step.id in seen:
            what = message("programme.step.twice", 'the step "{step}" stands twice', step=step.id)
            yield ("steps", at, "id"), what, N_("delete one, or give it another id")
        for key in ("deadline", "sooner"):
            deadline: Deadline | None = getattr(step, key)
            if deadline is not None and deadline.counted_from not in (known := (*_CASE_DAYS, *seen)):
                what = message(
                    "programme.deadline.no_start",
                    'the deadline of "{step}" runs from "{start}", which is no earlier step',
                    step=step.id,
                    start=deadline.counted_from,
                )
                yield ("steps", at, key, "counted_from"), what, suggest(deadline.counted_from, known)
        yield from _find_strangers(programme, ("steps", at, "categories"), step.categories)
        seen.append(step.id)
    yield from _find_faults_after_steps(programme, seen)
    yield from find_evaluation_faults(programme)


def _find_faults_after_steps(programme: Programme, steps: list[str]) -> Found:
    for at, rule in enumerate(programme.recurring):
        if rule.counted_from not in (known := (*_CASE_DAYS, *steps)):
            what = message(
                "programme.recurring.no_start",
                '"{rule}" runs from "{start}", which is no step',
                rule=rule.id,
                start=rule.counted_from,
            )
            yield ("recurring", at, "counted_from"), what, suggest(rule.counted_from, known)
        if rule.id in (*steps, *(other.id for other in programme.recurring[:at])):
            what = message("programme.recurring.twice", '"{rule}" stands twice', rule=rule.id)
            yield ("recurring", at, "id"), what, N_("give it another id")
        yield from _find_strangers(programme, ("recurring", at, "categories"), rule.categories)
    yield from _find_counted_faults(programme, steps)
    for at, category in enumerate(programme.categories):
        if programme.find_category(category.number) is not category:
            what = message("programme.category.twice", "the category {number} stands twice", number=category.number)
            yield ("categories", at, "number"), what, N_("delete one")
        for number, step in enumerate(category.needs_steps):
            if step not in steps:
                what = message("programme.category.no_step", 'there is no step "{step}"', step=step)
                yield ("categories", at, "needs_steps", number), what, suggest(step, steps)


def _find_counted_faults(programme: Programme, steps: list[str]) -> Found:
    """The faults of what must happen so many times."""
    taken = [*steps, *(rule.id for rule in programme.recurring)]
    for at, rule in enumerate(programme.minimums):
        if rule.counted_from not in (known := (*_CASE_DAYS, *steps)):
            what = message(
                "programme.minimum.no_start",
                '"{rule}" runs from "{start}", which is no step',
                rule=rule.id,
                start=rule.counted_from,
            )
            yield ("minimums", at, "counted_from"), what, suggest(rule.counted_from, known)
        if rule.id in taken:
            what = message("programme.minimum.twice", '"{rule}" stands twice', rule=rule.id)
            yield ("minimums", at, "id"), what, N_("give it another id")
        taken.append(rule.id)
        yield from _find_strangers(programme, ("minimums", at, "categories"), rule.categories)


def _find_strangers(programme: Programme, path: tuple[Step, ...], numbers: tuple[int, ...]) -> Found:
    for at, number in enumerate(numbers):
        if programme.find_category(number) is None:
            known = listed(str(category.number) for category in programme.categories)
            what = message("programme.category.unknown", "there is no category {number}", number=number)
            yield (*path, at), what, N_("the categories are {known}", known=known) if known else N_("delete it")
