"""What a case names, and its programme does not have: steps, offers, reasons to end. All are errors."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, say_first, suggest
from kvisdocs.programme.rules.evaluation import Option
from kvisdocs.programme.rules.rule_registry import UnknownProgramme, load_programme
from kvisdocs.programme.rules.rules import Programme


def check_names(source: Source, folders: Sequence[Path] = ()) -> list[Problem]:
    """Errors: an unknown programme, each name of a case that the programme does not know, and its rule file's faults.

    What is no name is passed over. `folders` are templates folders, which may hold programmes of their own.
    """
    return find_programme(source, folders)[1]


def find_programme(source: Source, folders: Sequence[Path] = ()) -> tuple[Programme | None, list[Problem]]:
    """The programme that a case names, None where there is no such, and the problems that `check_names` tells."""
    name = source.data.get("programme") if isinstance(source.data, dict) else None
    if not isinstance(name, str) or not name.strip() or source.is_unreliable(("programme",)):
        return None, []
    try:
        programme = load_programme(name.strip(), folders)
    except UnknownProgramme as error:
        return None, [Problem(source.locate(("programme",)), error.what, error.todo)]
    except KvisdocsError as error:
        return None, list(error.problems)
    return programme, [
        *_check_steps(source, name.strip(), programme.step_ids),
        *_check_offers(source, programme),
        *_check_reason(source, programme),
    ]


def _check_steps(source: Source, programme: str, known: tuple[str, ...]) -> Iterator[Problem]:
    steps = source.data.get("steps") if isinstance(source.data, dict) else None
    names = steps if isinstance(steps, dict) else ()
    unknown = [step for step in names if step not in known and not source.is_unreliable(("steps", step))]

    def say(step: str) -> Problem:
        what = message(
            "programme.step.unknown", 'the step "{step}" is not known in {programme}', step=step, programme=programme
        )
        return Problem(source.locate_key(("steps", step)), what, suggest(step, known))

    yield from say_first(unknown, say)


def _check_offers(source: Source, programme: Programme) -> Iterator[Problem]:
    """Offers that the programme does not have. One that has none takes any."""
    offers = source.data.get("offers") if isinstance(source.data, dict) else None
    for at, offer in enumerate(offers if isinstance(offers, list) and programme.offers else ()):
        kind, path = offer.get("kind") if isinstance(offer, dict) else None, ("offers", at, "kind")
        if isinstance(kind, str) and kind.strip() and not source.is_unreliable(path):
            what = message(
                "programme.offer.unknown", '{programme} has no offer "{kind}"', programme=programme.name, kind=kind
            )
            yield from _check_option(kind, programme.offers, what, source.locate(path))


def _check_reason(source: Source, programme: Programme) -> Iterator[Problem]:
    """A reason to end that the programme does not have. One that has none takes any."""
    path = ("outcome", "reason")
    reason = source.text_at(path)
    if reason.strip() and programme.end_reasons and not source.is_unreliable(path):
        what = message(
            "programme.end_reason.unknown",
            '{programme} has no reason to end "{reason}"',
            programme=programme.name,
            reason=reason,
        )
        yield from _check_option(reason, programme.end_reasons, what, source.locate(path))


def _check_option(word: str, known: Sequence[Option], what: Message, position: Position) -> Iterator[Problem]:
    if any(each.id == word.strip() for each in known):
        return
    meant = next((each for each in known if each.is_called(word)), None)
    todo = N_('write {value}, which means "{danish}"', value=meant.id, danish=meant.label) if meant else None
    yield Problem(position, what, todo or suggest(word, [each.id for each in known]))
