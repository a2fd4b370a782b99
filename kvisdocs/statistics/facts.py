"""What is counted of one case on one day."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.programme.rules.rules import Programme
from kvisdocs.statistics.as_of import as_of
from kvisdocs.statistics.blocks.answers import count_answers
from kvisdocs.statistics.blocks.choices import count_choices
from kvisdocs.statistics.blocks.citizens import count_citizen
from kvisdocs.statistics.blocks.goals import count_goals, sample_goals
from kvisdocs.statistics.blocks.quarters import count_quarters
from kvisdocs.statistics.blocks.steps import count_steps
from kvisdocs.statistics.tally import CaseFacts

NOT_VISITED = "not_visited"


def find_facts(case: CitizenCase, programme: Programme, on: date, keyed: Callable[[str], str]) -> CaseFacts:
    """The facts of a case; `keyed` makes a digest that tells nothing of what it was made from.

    Without a visitation by the day, only that there is none; of a course that had not begun by then, nothing.
    """
    seen = as_of(case, on)
    if seen.sickness.visitation is None:
        counts = {NOT_VISITED: 1} if case.sickness.first_day <= on else {}
        return CaseFacts(case.municipality, case.programme, "", counts)
    counts = Counter(count_citizen(seen, programme))
    counts.update(count_choices(seen, programme))
    counts.update(count_goals(seen, programme))
    counts.update(dict(count_steps(seen, programme, on)))
    counts.update(count_answers(seen, programme))
    counts.update(count_quarters(seen))
    samples = dict(sample_goals(seen, programme))
    return CaseFacts(case.municipality, case.programme, keyed(case.citizen.cpr), dict(counts), samples)
