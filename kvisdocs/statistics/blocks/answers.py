"""Block D: what was answered at the registrations, in the order of the questionnaire. Free text is never counted."""

from collections.abc import Iterator

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.course import WebRegistration
from kvisdocs.programme.rules.evaluation import Question
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
from kvisdocs.statistics.relations import adds_up, overlap
from kvisdocs.statistics.words import phrase

ANSWERED, UNANSWERED, OTHER = "answered", "unanswered", "other_words"


def count_answers(seen: CitizenCase, programme: Programme) -> Iterator[str]:
    """The figures that a visited case counts in, as it was on the day: each registration once."""
    for number in range(1, programme.web_registrations + 1):
        made = next((each for each in seen.web_registrations if each.number == number), None)
        if made is not None:
            for question in programme.questionnaire:
                if question.is_asked_at(number):
                    yield from _count(made, question)


def _count(made: WebRegistration, question: Question) -> Iterator[str]:
    name = f"answer.{made.number}.{question.id}"
    written = [each.answer for each in made.answers if question.is_called(each.question)]
    found = [question.find_answer(words) for words in written]
    ids = [each.id if each else OTHER for each in found if each or question.free_text]
    chosen = [f"{name}.{each}" for each in dict.fromkeys(ids)]
    if not question.several:
        chosen = chosen[:1]
    yield f"{name}.{ANSWERED if chosen else UNANSWERED}"
    yield from chosen
    yield from count_merged(chosen, find_parents(name, question.answers))


def lay_out_answers(ground: Ground) -> Block:
    """A table for each question of each registration."""
    block = Block()
    for number in range(1, ground.programme.web_registrations + 1):
        for question in ground.programme.questionnaire:
            if question.is_asked_at(number):
                _lay_out(ground, block, number, question)
    return block


def _lay_out(ground: Ground, block: Block, number: int, question: Question) -> None:
    name, held = f"answer.{number}.{question.id}", f"registrations.held.{number}"
    answered, unanswered = f"{name}.{ANSWERED}", f"{name}.{UNANSWERED}"
    asked = {"number": number, "question": question.text}
    block.add(alike_figure(ground, answered, "answer.answered", held, **asked))
    block.add(alike_figure(ground, unanswered, "answer.unanswered", held, **asked))
    names = [f"{name}.{each.id}" for each in question.answers]
    for option, each in zip(question.answers, names, strict=True):
        block.add(alike_figure(ground, each, "answer.option", answered, label=option.label, **asked))
    if question.free_text:
        names.append(f"{name}.{OTHER}")
        block.add(alike_figure(ground, names[-1], "answer.other_words", answered, **asked))
    block.relations.append(adds_up(held, [answered, unanswered]))
    block.relations += overlap(names, answered) if question.several else [adds_up(answered, names)]
    overlapping = names if question.several else ()
    rows = merge_rows(ground, block, names, find_parents(name, question.answers), overlapping)
    if question.several and rows != names:
        block.relations += overlap(rows, answered)
    title = phrase("answer.title", **asked)
    notes = (phrase("answer.note.several"),) if question.several else ()
    table = rows_of(block.figures, [*rows, unanswered])
    block.tables.append(Table(name, "D", title, (NUMBER,), table, answered, notes, question.several))
