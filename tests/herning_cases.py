"""The 304 cases behind Herning's figures of 1 November 2012 (item 87 of 14 November 2012), drawn with a seed.

Every person is invented, and every CPR number a test number (60 added to its day). The marginals are those of the
paper's section "KVIS statistik for Herning pr. 1. november 2012"; what the paper does not say is marked *ours*.

Visited: 304 from 1 November 2011 to 31 October 2012, 64 of them by the end of week 8 of 2012 (26 February).
Diagnoses: depression 184, stress 142, anxiety 22; 56 have two, 12 none of them (5 of these unknown): *ours*, since
    348 answers of 304 citizens say no more than that at least 44 have several.
Status: in job 149, under notice 48, unemployed 107, self-employed 0.
Education: vocational 146, higher 102; none 41 and unknown 15: *ours*, the paper leaves out these 56.
Company-directed course begun: 129; of those in job 78, under notice 19, unemployed 32: *ours*. 14 have had two.
Outcome: to job 72 (58 of those in job, 8 under notice, 6 unemployed), other reasons 90, 61 of these to the unemployment
    fund (12 under notice, 49 unemployed); running 142. The split by status is *ours*.

What must not count is there too: 12 cases without visitation, 5 visited after the day, 15 that ended after it, and 9
company-directed courses that begin after it; ratings, registrations and contacts go on to 20 November.

More than 304 are the same marginals again and again, drawn anew: for measuring. `python tests/herning_cases.py FOLDER
[COUNT]` writes them.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

ON = date(2012, 11, 1)
KNOWN = date(2012, 11, 20)
"""What the cases know of lies up to here."""

BLOCK = 304
STATUS = {"in_job": 149, "under_notice": 48, "unemployed": 107}
EDUCATION = {"vocational": 146, "higher": 102, "none": 41, "unknown": 15}
DIAGNOSES = {
    ("depression", "stress"): 41,
    ("depression", "anxiety"): 10,
    ("stress", "anxiety"): 5,
    ("depression",): 133,
    ("stress",): 96,
    ("anxiety",): 7,
    ("none",): 7,
    ("unknown",): 5,
}
COURSES = {"in_job": 78, "under_notice": 19, "unemployed": 32}
TWICE = 14
OUTCOMES = {
    "in_job": {"full_time": 39, "part_time": 7, "to_job": 12, "other_recovery": 14, "other": 5},
    "under_notice": {"full_time": 6, "part_time": 2, "to_unemployment_fund": 12, "other_recovery": 4},
    "unemployed": {"full_time": 3, "part_time": 3, "to_unemployment_fund": 49, "other_recovery": 6},
}
AFTERWARDS = ("full_time", "part_time", "to_unemployment_fund", "other_recovery", "not_recovered")
NOT_VISITED, VISITED_LATER, ENDED_LATER, COURSES_LATER = 12, 5, 15, 9

FIRST = "Åse Bjørn Cecilie Dorthe Erling Frede Gudrun Hjördis Inge Jørgen Kåre Lærke Mogens Nanna Oluf Pernille".split()  # noqa: SIM905
MIDDLE = "Abild Bæk Dahlgård Ebbesen Fønss Grønlund Høj Kjær Løvstrøm".split()  # noqa: SIM905
LAST = "Østergård Ravnkilde Skovsgaard Thygesen Vinther Winkel Ørsted Åkjær Nørremark Toftegård Lyngby".split()  # noqa: SIM905
TOWNS = (("7400", "Herning"), ("7451", "Sunds"), ("7480", "Vildbjerg"), ("6933", "Kibæk"))
FIRMS = ("Midtjysk Kontorservice A/S", "Hedens Tekstil ApS", "Sønderjydsk Lager A/S", "Birk Plejehjem", "Å-dal Byg ApS")
JOBS = ("kontorassistent", "syerske", "lagermedarbejder", "social- og sundhedsassistent", "tømrer")
HOSTS = ("Byens Boghandel ApS", "Gartneriet Lyngtoften", "Heste & Heder I/S")
AGREEMENTS = (
    ("Midtjysk Kontorservice A/S", "Kontor", 12),
    ("Hedens Tekstil ApS", "Tekstil", 9),
    ("Sønderjydsk Lager A/S", "Lager og transport", 20),
    ("Birk Plejehjem", "Pleje", 18),
    ("Byens Boghandel ApS", "Detailhandel", 4),
    ("Gartneriet Lyngtoften", "Gartneri", 11),
    ("Å-dal Byg ApS", "Byggeri", 16),
    ("Messekroen I/S", "Hotel og restauration", 14),
)
"""Eight in force, with 104 places: "godt 100"."""


@dataclass
class Draft:
    """What is drawn of one course."""

    visitation: date
    status: str
    education: str
    diagnoses: tuple[str, ...]
    outcome: str | None = None
    ended: date | None = None
    courses: int = 0
    course_later: bool = False


def write_cases(folder: Path, count: int = BLOCK, *, with_others: bool = True, municipality: str = "herning") -> None:
    """So many visited cases as files, with those that must not count, and beside them the register of agreements."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(case_texts(count, with_others=with_others, municipality=municipality)):
        (folder / f"kvis-{number + 1:05}.yaml").write_text(text, "utf-8")


def write_agreements(file: Path, municipality: str = "herning") -> None:
    """The register of agreements: eight in force on the day, one that has ended, one to come."""
    rows = [(*each, f"start: 2012-0{number % 6 + 1}-01") for number, each in enumerate(AGREEMENTS)]
    rows.append(("Kjærgaards Vaskeri ApS", "Vaskeri", 6, "start: 2011-11-01, end: 2012-05-31"))
    rows.append(("Vildbjerg Cykler", "Detailhandel", 3, "start: 2012-12-01"))
    lines = [f'  - {{company: "{a}", trade: {b}, places: {c}, {days}}}' for a, b, c, days in rows]
    head = f"kind: agreements\nmunicipality: {municipality}\nprogramme: kvis-2011\nagreements:\n"
    file.write_text(head + "\n".join(lines) + "\n", "utf-8")


def case_texts(count: int = BLOCK, *, with_others: bool = True, municipality: str = "herning") -> Iterator[str]:
    """The files' texts: so many visited by the day; with others, those that must not count come last."""
    drafts: list[Draft | None] = []
    for block in range(-(-count // BLOCK)):
        drafts += draw_block(block)
    drafts = drafts[:count]
    if with_others:
        rng = Random(1)
        late = [draw_later(rng) for _ in range(VISITED_LATER)]
        drafts += [*late, *[None] * NOT_VISITED]
    for number, draft in enumerate(drafts):
        yield write_case(number, draft, municipality)


def draw_block(block: int) -> list[Draft]:
    """304 courses with the marginals above, in the order of their visitation."""
    rng = Random(8700 + block)
    days = sorted(
        [_workday(rng, date(2011, 11, 1), date(2012, 2, 26)) for _ in range(64)]
        + [_workday(rng, date(2012, 2, 27), date(2012, 10, 31)) for _ in range(BLOCK - 64)]
    )
    columns = zip(days, _deal(rng, STATUS), _deal(rng, EDUCATION), _deal(rng, DIAGNOSES), strict=True)
    drafts = [Draft(*each) for each in columns]
    for status, outcomes in OUTCOMES.items():
        of_status = [each for each in drafts if each.status == status]
        early = [each for each in of_status if each.visitation <= ON - timedelta(days=35)]
        closed = rng.sample(early, sum(outcomes.values()))
        for draft, outcome in zip(closed, _deal(rng, outcomes), strict=True):
            draft.outcome, draft.ended = outcome, _end(rng, draft.visitation)
        begun = [each for each in of_status if each.visitation <= ON - timedelta(days=21)]
        for draft in rng.sample(begun, COURSES[status]):
            draft.courses = 1
    for draft in rng.sample([each for each in drafts if each.courses and _is_long(each)], TWICE):
        draft.courses = 2
    running = [each for each in drafts if each.outcome is None]
    for number, draft in enumerate(rng.sample(running, ENDED_LATER)):
        draft.outcome = AFTERWARDS[number % len(AFTERWARDS)]
        draft.ended = ON + timedelta(days=1 + number)
    without = [each for each in running if not each.courses and each.ended is None]
    for draft in rng.sample(without, COURSES_LATER):
        draft.course_later = True
    return drafts


def draw_later(rng: Random) -> Draft:
    """A course that begins after the day."""
    return Draft(_workday(rng, ON + timedelta(days=1), KNOWN), "in_job", "vocational", ("stress",))


def _is_long(draft: Draft) -> bool:
    end = min(draft.ended or ON, ON)
    return (end - draft.visitation).days > 60


def _deal(rng: Random, counts: dict) -> list:  # type: ignore[type-arg]
    """Each value as often as it is to come, in a drawn order."""
    values = [value for value, number in counts.items() for _ in range(number)]
    rng.shuffle(values)
    return values


def _workday(rng: Random, first: date, last: date) -> date:
    while True:
        day = first + timedelta(days=rng.randrange((last - first).days + 1))
        if day.weekday() < 5:
            return day


def _end(rng: Random, visitation: date) -> date:
    """A day four weeks or more after the visitation, and no later than the day."""
    latest = (ON - visitation).days
    return visitation + timedelta(days=rng.randint(28, max(28, min(latest, 210))))


def write_case(number: int, draft: Draft | None, municipality: str) -> str:
    """The text of a case file; without a draft, of somebody who is not visited yet."""
    rng = Random(number)
    first, last = FIRST[number % 16], f"{MIDDLE[number // 16 % 9]} {LAST[number // 144 % 11]}"
    postcode, city = TOWNS[number % 4]
    known = draft or Draft(KNOWN, "in_job", "unknown", ("unknown",))
    first_day = known.visitation - timedelta(days=rng.randint(14, 54))
    lines = [
        f"kind: citizen\nmunicipality: {municipality}\nprogramme: kvis-2011\ncase_number: 15.20.00-P19-{number + 1}-12",
        "caseworker: {name: Bodil Clark}",
        "team:\n  - {role: Jobkonsulent, name: Tøger Åkjær}",
        f"citizen:\n  first_names: {first}\n  last_name: {last}\n  cpr: {cpr(number)}",
        f"  address: {{street: Ærøvej {number + 1}, postcode: {postcode}, city: {city}}}",
        f"sickness:\n  first_day: {first_day}",
    ]
    if draft is not None:
        lines += [f"  visitation: {draft.visitation}\n  category: 2\n  diagnoses: [{', '.join(draft.diagnoses)}]"]
        if draft.ended and draft.outcome != "not_recovered":
            lines.append(f"  recovered: {draft.ended}")
    lines.append(f"employment:\n  status: {known.status}")
    if known.status != "unemployed":
        lines.append(f"  employer: {{name: {FIRMS[number % 5]}}}\n  job: {JOBS[number % 5]}\n  norm_hours: 37")
    if known.status == "under_notice":
        lines.append(f"  notice_ends: {known.visitation + timedelta(days=rng.randint(30, 120))}")
    lines.append(f"education: {known.education}")
    if draft is not None:
        lines += _write_course(rng, draft)
    return "\n".join(lines) + "\n"


def _write_course(rng: Random, draft: Draft) -> Iterator[str]:
    """What happened from the visitation on."""
    begin, last = draft.visitation, draft.ended or KNOWN
    registrations = [begin + timedelta(weeks=weeks) for weeks in (0, 8, 16, 24)]
    registrations = [day for day in registrations if day < last or day == begin]
    rating = rng.randint(1, 6)
    yield "self_ratings:"
    for day in registrations:
        yield f"  - {{date: {day}, value: {rating}}}"
        rating = min(10, rating + rng.randint(0, 3))
    yield "steps:"
    talk = begin + timedelta(days=rng.choice((2, 4, 5, 6, 7, 7, 9)))
    yield from (f"  {step}: {day}" for step, day in _steps(rng, draft, talk) if day <= last)
    if (day := begin + timedelta(days=12)) <= last:
        yield "contacts:"
    while day <= last:
        yield f"  - {{date: {day}, kind: {rng.choice(('talk', 'phone', 'phone', 'digital'))}}}"
        day += timedelta(days=rng.choice((7, 10, 13, 14, 14, 14, 19)))
    yield "web_registrations:"
    for number, day in enumerate(registrations, 1):
        yield f"  - number: {number}\n    date: {day}\n    answers:"
        yield from (f"      - {{question: {each}, answer: {answer}}}" for each, answer in _answers(rng, draft, number))
    yield from _write_activities(rng, draft)
    if draft.outcome and draft.ended:
        yield f"outcome:\n  date: {draft.ended}\n  kind: {draft.outcome}"
        if draft.outcome == "not_recovered":
            yield "  reason: other_benefit"


def _steps(rng: Random, draft: Draft, talk: date) -> Iterator[tuple[str, date]]:
    yield "first_talk", draft.visitation
    yield "ceb_talk", talk
    if rng.random() < 0.8:
        yield "psychiatric_consultation", talk + timedelta(days=rng.randint(3, 20))
    if draft.status == "unemployed":
        yield "job_consultant_agreement", talk + timedelta(days=rng.choice((0, 1, 2, 3, 3, 6)))
    elif rng.random() < 0.9:
        yield "employer_contact", talk + timedelta(days=rng.randint(0, 14))
    if rng.random() < 0.9:
        yield "follow_up_plan", talk + timedelta(days=rng.randint(5, 25))


def _answers(rng: Random, draft: Draft, number: int) -> Iterator[tuple[str, str]]:
    if number == 1:
        yield "education", draft.education
        yield "status", draft.status
    if rng.random() < 0.95:
        yield "believes_in_return", rng.choice(("yes", "yes", "maybe", "no"))
    if number > 1:
        yield "helps", rng.choice(("much", "much", "some", "some", "little", "not_at_all"))
        yield "company_course_begun", "yes" if draft.courses else "no"
    if number > 2:
        several = ("talks", "psychoeducation", "workplace", "placement", "specialist")
        yield from (("what_helps", answer) for answer in rng.sample(several, rng.randint(1, 3)))
    if number == 4:
        yield "satisfied", rng.choice(("very", "rather", "rather", "neither", "dissatisfied"))


def _write_activities(rng: Random, draft: Draft) -> Iterator[str]:
    """Company-directed courses and psychoeducation, which all are in."""
    kinds: Sequence[str] = ("partial_return", "partial_return", "work_placement")
    kinds = ("work_placement",) if draft.status == "unemployed" else kinds
    begin, end = draft.visitation, draft.ended
    if draft.courses or draft.course_later:
        yield "company_courses:"
    start = ON + timedelta(days=rng.randint(2, 30)) if draft.course_later else begin + timedelta(days=14)
    for number in range(draft.courses or draft.course_later):
        is_last = number == max(draft.courses, 1) - 1
        until = end if is_last else start + timedelta(days=20)
        kind = rng.choice(kinds)
        yield f"  - kind: {kind}\n    start: {start}" + (f"\n    end: {until}" if until else "")
        if kind == "work_placement":
            yield f"    place: {rng.choice(HOSTS)}\n    days_planned: 20\n    days_attended: {rng.randint(8, 20)}"
        start += timedelta(days=28)
    first = begin + timedelta(days=21)
    done = (min(end or KNOWN, KNOWN) - first).days // 7 + 1
    if done < 1:
        return
    yield f"offers:\n  - kind: psychoeducation\n    start: {first}"
    if done > 5:
        yield f"    end: {first + timedelta(days=35)}"
    yield f"    sessions_planned: 6\n    sessions_attended: {rng.randint(0, min(done, 6))}"
    if rng.random() < 0.4:
        yield "    relatives: ja"


def cpr(number: int) -> str:
    """A test number; each of 134,400 numbers has its own."""
    rest, day = divmod(number, 28)
    rest, month = divmod(rest, 12)
    serial, year = divmod(rest, 40)
    return f"{day + 61}{month + 1:02}{50 + year:02}-{1000 + serial * 1000 + number % 1000}"


if __name__ == "__main__":
    write_cases(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else BLOCK)
