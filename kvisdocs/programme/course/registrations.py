"""The answers of the registrations against the programme's questionnaire: what is not in it is counted nowhere."""

from collections.abc import Iterator

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.course import Answer, WebRegistration
from kvisdocs.messages import N_, listed, message
from kvisdocs.problems import nearest
from kvisdocs.programme.course.return_plan import Finding
from kvisdocs.programme.rules.evaluation import Question
from kvisdocs.programme.rules.rules import Programme

MOST_LISTED = 8
"""So many answers are listed where none is near."""

Path = tuple[str | int, ...]


def check_answers(case: CitizenCase, programme: Programme) -> Iterator[Finding]:
    """Questions and answers that the questionnaire does not have, or not at that registration, or not twice.

    A programme without a questionnaire takes any.
    """
    if not programme.questionnaire:
        return
    for number, registration in enumerate(case.web_registrations):
        seen: dict[str, list[str]] = {}
        for at, given in enumerate(registration.answers):
            path = ("web_registrations", number, "answers", at)
            question = programme.find_question(given.question)
            if question is None:
                yield _unknown_question(path, given, registration, programme)
                continue
            if not question.is_asked_at(registration.number):
                yield _wrong_registration(path, question, registration)
            yield from _check_answer(path, given, question, seen.setdefault(question.id, []))


def _unknown_question(path: Path, given: Answer, registration: WebRegistration, programme: Programme) -> Finding:
    asked = [each for each in programme.questionnaire if each.is_asked_at(registration.number)]
    names = {name: each.text for each in (*programme.questionnaire, *asked) for name in (each.text, each.id)}
    what = message(
        "course.question.unknown",
        'the questionnaire of {programme} has no question "{question}"',
        programme=programme.name,
        question=given.question,
    )
    if near := nearest(given.question, names):
        return Finding((*path, "question"), what, N_('did you mean "{near}"?', near=names[near]))
    known = listed(each.id for each in asked)
    return Finding((*path, "question"), what, N_("use one of: {names}", names=known))


def _wrong_registration(path: Path, question: Question, registration: WebRegistration) -> Finding:
    what = message(
        "course.question.not_asked_then",
        '"{question}" is not asked at registration {number}',
        question=question.text,
        number=registration.number,
    )
    todo = N_("it is asked at: {numbers}; move it there", numbers=listed(map(str, question.at)))
    return Finding((*path, "question"), what, todo)


def _check_answer(path: Path, given: Answer, question: Question, seen: list[str]) -> Iterator[Finding]:
    answer = question.find_answer(given.answer)
    name = answer.id if answer else given.answer
    if name in seen:
        what = message("course.answer.twice", '"{answer}" stands twice', answer=given.answer)
        yield Finding((*path, "answer"), what, N_("delete one"))
    elif seen and not question.several:
        what = message("course.answer.second", '"{question}" has one answer only', question=question.text)
        yield Finding((*path, "question"), what, N_("keep the one that is right"))
    seen.append(name)
    if answer is None and not question.free_text:
        what = message(
            "course.answer.unknown",
            '"{answer}" is not an answer to "{question}", and is not counted',
            answer=given.answer,
            question=question.text,
        )
        labels = {word: each.label for each in question.answers for word in (each.label, each.id)}
        if near := nearest(given.answer, labels):
            todo = N_('did you mean "{near}"?', near=labels[near])
        elif len(question.answers) <= MOST_LISTED:
            todo = N_("use one of: {names}", names=listed(each.label for each in question.answers))
        else:
            todo = N_("see the questionnaire in the rule file")
        yield Finding((*path, "answer"), what, todo)
