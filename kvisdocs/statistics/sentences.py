"""Ready sentences and headings in Danish, from the figures as an edition shows them.

What is hidden is left out of a sentence, and the sentence says so; nothing here reads a count in another way than the
tables do.
"""

from collections.abc import Iterable, Iterator, Sequence

from kvisdocs.cases.model.values import MONTHS
from kvisdocs.statistics.model import Goal, Published, Shown, Table
from kvisdocs.statistics.shown import (
    HIDDEN,
    NOT_THERE,
    count_text,
    figure_text,
    find_percent,
    has_some,
    is_exact,
    measure_text,
    share_text,
    state_of,
)
from kvisdocs.statistics.words import FigureWords, load_words

GREATEST = "greatest"
_NOT_TOLD = "Tal, der kunne røbe noget om enkelte borgere, er ikke vist."


def find_sentences(published: Published) -> dict[str, str]:
    """The ready sentences by name: `visited`, `status`, …, and `goal.<id>` for each goal."""
    words = load_words()
    tails = {table.id: table.tail for table in words.tables}
    found = {"visited": _visited(published)}
    for name, parts in words.sentences.items():
        found[name] = _sentence(published, parts, tails.get(name, ""))
    found.update({f"goal.{goal.id}": _goal(published, goal) for goal in published.statement.goals})
    return found


def find_headings(published: Published) -> dict[str, str]:
    """The heading of each table by its id: the message where there is one that can be told, else its title."""
    return {table.id: _heading(published, table) for table in published.statement.tables}


def say_count(published: Published, name: str) -> str | None:
    """`149 (49 pct.)`, `ingen`, `færre end 5 borgere`; None where the edition does not tell it."""
    state = state_of(published, name)
    if state is Shown.HIDDEN:
        return None
    if state is Shown.SMALL:
        return f"færre end {published.threshold} borgere"
    return figure_text(published, name) if published.statement.figures[name].count else "ingen"


def _visited(published: Published) -> str:
    figures = published.statement.figures
    number = figures["visited"].count
    if not number:
        return "Der er endnu ikke visiteret nogen."
    count = count_text(published, "visited")
    is_again = has_some(published, "again")
    if is_again is False:
        said = f"Der er visiteret {count} {'borger' if number == 1 else 'borgere'}."
    elif is_exact(published, "persons"):
        persons = figures["persons"].count
        said = f"Der er visiteret {count} forløb for {count_text(published, 'persons')} "
        said += "borger." if persons == 1 else "borgere."
    else:
        said = f"Der er visiteret {count} forløb{'; nogle borgere har haft mere end ét' if is_again else ''}."
    if "places" in figures and (share := share_text(published, "visited")):
        said += f" Det er {share} af projektets {count_text(published, 'places')} pladser."
    return said


def _sentence(published: Published, parts: Sequence[Sequence[str]], tail: str) -> str:
    """The sentences of parts, and that something is hidden where it is."""
    if not published.statement.figures["visited"].count:
        return _visited(published)
    said = [_capital(_join(clauses) + tail) + "." for part in parts if (clauses := list(_clauses(published, part)))]
    names = [name for part in parts for each in part for name in _names(each)]
    if any(say_count(published, name) is None for name in names):
        said.append(_NOT_TOLD)
    return " ".join(said)


def _names(part: str) -> list[str]:
    return [name.strip() for name in part.split(">")]


def _clauses(published: Published, parts: Iterable[str]) -> Iterator[str]:
    """`149 (49 pct.) var i job`, each with what is "heraf" it."""
    for part in parts:
        first, *within = _names(part)
        clause = _clause(published, first)
        if clause is None:
            yield from filter(None, (_clause(published, name) for name in within))
            continue
        for name in within:
            said, words = say_count(published, name), load_words().figures[name]
            if said is not None and words.thereof and has_some(published, first):
                clause += f", {words.thereof.replace('{n}', said)}"
        yield clause


def _clause(published: Published, name: str) -> str | None:
    words, said = load_words().figures[name], say_count(published, name)
    if said is None or words.say is None or (said == "ingen" and words.skip_none):
        return None
    base = published.statement.figures[name].base
    if said == "ingen" and base is not None and has_some(published, base) is False:
        return None  # of none there are none
    is_one = is_exact(published, name) and published.statement.figures[name].count == 1
    return _pattern(words, is_one).replace("{n}", said)


def _pattern(words: FigureWords, is_one: bool = False) -> str:
    return (words.one if is_one else None) or words.say or "{n}"


def _join(clauses: Sequence[str]) -> str:
    """Main clauses in a row: a comma before each, and `og` before the last."""
    if len(clauses) < 2:
        return "".join(clauses)
    return f"{', '.join(clauses[:-1])}, og {clauses[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _heading(published: Published, table: Table) -> str:
    words = load_words()
    own = next((each for each in words.tables if each.id == table.id), None)
    if table.id == "visited" and published.statement.figures["visited"].count:
        return _visited(published).partition(".")[0]
    if own is None or own.heading is None:
        return table.title
    rows = [row.cells[0] for row in table.rows if row.level == 0 and row.cells[0] is not None]
    names = rows if own.heading == GREATEST else [own.heading]
    shares = {name: share for name in names if (share := find_percent(published, name))}
    name = max(shares, key=lambda each: shares[each], default="")
    said = words.figures.get(name)
    if said is None or said.say is None:
        return table.title
    return _capital(said.say.replace("{n}", words.share(shares[name])) + own.tail)


def goal_result(published: Published, goal: Goal) -> str:
    """`72 af 149 (48 pct.)`, `34 uger`, `8`; `·` where it is not told, and `–` for what is not told in numbers."""
    name = goal.result
    if name is None:
        return NOT_THERE
    if name in published.statement.measures:
        return measure_text(published, name)
    count, share = count_text(published, name), share_text(published, name)
    if goal.base is None or not is_exact(published, name) or not is_exact(published, goal.base):
        return count
    if not published.statement.figures[goal.base].count:
        return NOT_THERE
    said = f"{count} af {count_text(published, goal.base)}"
    return f"{said} ({share})" if share else said


def goal_remark(published: Published, goal: Goal) -> str:
    """What stands beside a goal's result: of whom, with which reserve, compared with what. Empty where nothing does."""
    figures, measures = published.statement.figures, published.statement.measures
    said = [goal.remark] if goal.remark else []
    whole = f"goal_all.{goal.id}"
    if whole in figures and (share := share_text(published, whole)):
        number = count_text(published, figures[whole].base or "")
        said.append(f"Af alle {number} er det {share}; lavere kan det ikke blive.")
    above, change = f"goal_above.{goal.id}", f"goal_change.{goal.id}"
    if change in measures:
        said.append(f"Median af ændringen: {measure_text(published, change)}.")
    if above in figures and has_some(published, above) and (said_above := say_count(published, above)) is not None:
        said.append(f"Ud over dem begyndte {said_above} så højt, at målet ikke kan nås.")
    return " ".join(said)


def _goal(published: Published, goal: Goal) -> str:
    """`Mål: 80 pct. vender tilbage. Resultat: 72 af 149 (48 pct.).`"""
    aim = f"Mål: {goal.text.rstrip('.')}."
    if goal.result is None:
        return f"{aim} {goal.remark or 'Opgøres ikke i tal.'}"
    result = goal_result(published, goal)
    if result == HIDDEN:
        return f"{aim} Resultatet er ikke vist, fordi det kunne røbe noget om enkelte borgere."
    if result == NOT_THERE:
        return f"{aim} Der er endnu intet resultat at opgøre."
    name, figures = goal.result, published.statement.figures
    if name in figures and state_of(published, name) is Shown.SMALL:
        result = f"færre end {published.threshold} borgere"
    return f"{aim} Resultat: {result.rstrip('.')}."


def table_notes(published: Published, table: Table) -> tuple[str, ...]:
    """What stands under a table: its day, its base, its own notes, what is hidden in it."""
    on = published.statement.on
    said = [f"Kilde: kommunens sager, opgjort pr. {on.day}. {MONTHS[on.month - 1]} {on.year}."]
    said += _say_bases(published, table)
    said += table.notes
    if table.id == "diagnosis":
        several = say_count(published, "diagnosis.several")
        said.append("En borger kan have flere diagnoser, så rækkerne kan ikke lægges sammen.")
        if several is not None:
            said.append(f"{_capital(several)} har to eller flere.")
    elif table.id == "visited":
        said += _say_persons(published)
    elif table.is_multiple:
        said.append("En borger kan tælle med i flere rækker.")
    said += _say_hidden(published, [name for row in table.rows for name in row.cells if name])
    return tuple(said)


def _say_bases(published: Published, table: Table) -> Iterator[str]:
    """Of what the shares of a table are taken: of its base, and of another where a row has one of its own."""
    figures, base = published.statement.figures, table.base
    if base is None:
        return
    names = {row.cells[0]: row.label for row in table.rows if len(table.columns) == 1 and row.cells[0]}
    told = {name: label for name, label in names.items() if name in figures and share_text(published, name)}
    if table.block == "D":
        count = count_text(published, base)
        yield "Besvaret af 1 borger." if count == "1" else f"Besvaret af {count} borgere."
    elif any(figures[name].base == base for name in told):
        yield f"Andele af {count_text(published, base)}: {figures[base].label.lower()}."
    others: dict[str, list[str]] = {}
    for name, label in told.items():
        if (own := figures[name].base) != base:
            others.setdefault(own or "", []).append(f"”{label}”")
    for other, labels in others.items():
        named = " og ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
        yield f"{named} er vist som andel af {count_text(published, other)}: {figures[other].label.lower()}."


def _say_persons(published: Published) -> Iterator[str]:
    is_again = has_some(published, "again")
    if is_again is not False and is_exact(published, "persons"):
        courses, persons = count_text(published, "visited"), count_text(published, "persons")
        yield f"Opgørelsen tæller forløb: {courses} forløb for {persons} borgere."
    elif is_again is not False:
        yield f"Opgørelsen tæller forløb{'; nogle borgere har haft mere end ét' if is_again else ''}."
    if has_some(published, "not_visited") and (number := say_count(published, "not_visited")) is not None:
        noun = "sag" if number == "1" else "sager"
        word = number.replace("borgere", "sager") if "borgere" in number else f"{number} {noun}"
        yield f"{_capital(word)} er ikke visiteret og tæller ikke med."
    if faulty := published.statement.faulty:
        yield f"{faulty} {'sagsfil' if faulty == 1 else 'sagsfiler'} med fejl tæller ikke med."


def _say_hidden(published: Published, names: Iterable[str]) -> Iterator[str]:
    states = {state_of(published, name) for name in names if name in published.statement.figures}
    if Shown.SMALL in states:
        yield f"Tal under {published.threshold} er skjult (<{published.threshold})."
    if Shown.HIDDEN in states:
        yield "Andre tal er skjult (·), hvor de kunne bruges til at regne de skjulte ud."
