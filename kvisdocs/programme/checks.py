"""What a case's form cannot show: whether it agrees with its programme and with itself. Problems are handed back."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kvisdocs.cases.load import LoadedCase, find_hidden
from kvisdocs.cases.model.agreements import AgreementRegister
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.committee import CommitteeItem
from kvisdocs.cases.old_words import check_old_words
from kvisdocs.cases.texts import find_texts
from kvisdocs.cases.yaml.ignored_text import find_unread
from kvisdocs.cases.yaml.source import Source, Step
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Problem, Severity
from kvisdocs.programme.agreements import check_register
from kvisdocs.programme.course.activities import check_end
from kvisdocs.programme.course.course import check_category, check_self_ratings, check_validity
from kvisdocs.programme.course.dates import check_birth, check_course_dates
from kvisdocs.programme.course.registrations import check_answers
from kvisdocs.programme.course.return_plan import Finding, check_return_plan
from kvisdocs.programme.markdown.warnings import check_markup, check_unfilled
from kvisdocs.programme.privacy.disclosed_texts import check_disclosed
from kvisdocs.programme.privacy.privacy import check_privacy
from kvisdocs.programme.prose.prose_checks import check_texts
from kvisdocs.programme.prose.tables import check_economy
from kvisdocs.programme.rules.case_names import find_programme
from kvisdocs.programme.rules.rule_registry import (
    Programme,
    describe_standing,
    load_programmes,
    locate_rule,
)
from kvisdocs.programme.towns import check_towns


def check_case(loaded: LoadedCase, folders: Sequence[Path] = ()) -> list[Problem]:
    """The problems of one case, sorted by their place in its file; empty when all is well.

    Errors: signs that nobody sees, an unknown programme, a step, an offer or a reason to end that the programme does
    not know, and the faults of a rule file in one of the templates `folders`. Warnings: what happened before the
    first day of sickness or in the wrong order, a town that is not its postcode's, a course that began outside the
    programme's days, what speaks against the category, the graded plan's breaches, consents that carry no letter,
    what a workplace or the public must not read, and what does not add up, is not printed as meant or is not finished
    in any text. A note where the first self-rating is too high for the programme's goal, and one at the rule file,
    where its rules stand for a law and nobody has confirmed them. Committee items have no programme; of them the
    texts, the amounts over years, the attachments and what should not be published are checked. docs/checks.md has
    each rule.
    """
    case, source = loaded.case, loaded.source
    texts = find_texts(loaded)
    found = [*find_hidden(source), *check_texts(loaded, texts), *check_privacy(loaded, texts)]
    found += check_disclosed(loaded, texts)
    found += [*check_markup(loaded, texts), *check_unfilled(loaded, texts), *find_unread(source)]
    if isinstance(case, AgreementRegister):
        return sorted([*found, *check_register(loaded, folders)])
    if not isinstance(case, CitizenCase):
        return sorted([*found, *check_economy(loaded), *_check_meeting(loaded)])
    found += check_old_words(source)
    found += [*check_birth(case, source), *_check_days(case, source), *check_towns(case, source)]
    programme, wrong = find_programme(source, folders)
    found += wrong
    if programme is not None:
        found += _note_standing(programme, folders)
        found += [
            Problem(source.locate(finding.path), finding.what, finding.todo, Severity.WARNING)
            for finding in _find_breaches(case, programme, folders)
        ]
        found += [
            Problem(source.locate(finding.path), finding.what, finding.todo, Severity.NOTE)
            for finding in check_self_ratings(case, programme)
        ]
    return sorted(found)


def _find_breaches(case: CitizenCase, programme: Programme, folders: Sequence[Path]) -> Iterator[Finding]:
    yield from check_validity(case, programme, lambda: load_programmes(folders))
    yield from check_category(case, programme)
    yield from check_course_dates(case, programme)
    yield from check_answers(case, programme)
    yield from check_end(case, programme)
    yield from check_return_plan(case, programme)


def _note_standing(programme: Programme, folders: Sequence[Path]) -> Iterator[Problem]:
    """The note stands at the rule file, not at the case: it is the same for all cases, and so it is said once."""
    said = describe_standing(programme)
    if said is not None:
        key = "not_found" if programme.not_found else "legal_notice"
        yield Problem(locate_rule(programme.name, (key,), folders), *said, Severity.NOTE)


def _check_meeting(loaded: LoadedCase) -> Iterator[Problem]:
    meeting = loaded.case.meeting if isinstance(loaded.case, CommitteeItem) else None
    if meeting and meeting.time and meeting.end and meeting.end <= meeting.time:
        end, begin = f"{meeting.end:%H:%M}", f"{meeting.time:%H:%M}"
        what = message(
            "course.meeting.ends_before_begun", "the meeting ends at {end}, and begins at {begin}", end=end, begin=begin
        )
        yield Problem(loaded.source.locate(("meeting", "end")), what, N_("check both times"), Severity.WARNING)


def _check_days(case: CitizenCase, source: Source) -> Iterator[Problem]:
    first = case.sickness.first_day
    for path, name, day in _dated(case):
        if day < first:
            what = message(
                "course.day.before_sickness",
                "{name} is dated {day}, before the first day of sickness, {first}",
                name=name,
                day=day,
                first=first,
            )
            yield Problem(source.locate(path), what, N_("check both dates"), Severity.WARNING)


def _dated(case: CitizenCase) -> Iterator[tuple[tuple[Step, ...], Message, date]]:
    """Everything in a course that cannot come before the sickness: path, name, day."""
    for name, day in (("visitation", case.sickness.visitation), ("recovered", case.sickness.recovered)):
        if day is not None:
            yield ("sickness", name), N_('"{name}"', name=name), day
    for step, day in case.steps.items():
        yield ("steps", step), N_('the step "{step}"', step=step), day
    for number, rating in enumerate(case.self_ratings):
        yield ("self_ratings", number, "date"), N_("self-rating {number}", number=number + 1), rating.date
    for number, contact in enumerate(case.contacts):
        yield ("contacts", number, "date"), N_("contact {number}", number=number + 1), contact.date
    for number, registration in enumerate(case.web_registrations):
        name = N_("web registration {number}", number=registration.number)
        yield ("web_registrations", number, "date"), name, registration.date
    for number, course in enumerate(case.company_courses):
        name = N_("company-directed course {number}", number=number + 1)
        yield ("company_courses", number, "start"), name, course.start
    for number, offer in enumerate(case.offers):
        yield ("offers", number, "start"), N_("offer {number}", number=number + 1), offer.start
    for number, status in enumerate(case.plan.joint_statuses if case.plan else ()):
        yield ("plan", "joint_statuses", number, "date"), N_("joint status {number}", number=number + 1), status.date
    if case.return_plan is not None and case.return_plan.agreed is not None:
        yield ("return_plan", "agreed"), N_("the agreement on the graded plan"), case.return_plan.agreed
