"""What the shipped templates say, in HTML: every fitting example, on the day of the papers and years after."""

import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import tinyhtml5
from builders import citizen_yaml, loaded_case
from examples import example, load_example

from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.problems import KvisdocsError
from kvisdocs.templating.documents import find_blockers, load_documents
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import Renderer

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases_yaml").rglob("*.yaml"))
DAYS = (date(2012, 11, 14), date(2026, 11, 22))
CPR = re.compile(r"\b\d{6}-?\d{4}\b")

ASSETS = Assets((ROOT / "templates",))
DOCUMENTS = load_documents(ASSETS)
RENDERER = Renderer(ASSETS)


FITTING = [
    pytest.param(path, name, on, id=f"{path.stem}-{name}-{on.year}")
    for path in CASES
    for name, document in DOCUMENTS.items()
    for on in DAYS
    if not find_blockers(load_example(path), document, on)
]

TRACK = {"purpose": "Formål", "activities": [{"goal": "Et mål", "responsible": "Du"}]}
PLAN = {"agreed": "2012-10-30", "goal": "Tilbage", "employment": TRACK}


@cache
def html(path: Path, name: str, on: date) -> str:
    return RENDERER.render(load_example(path), DOCUMENTS[name], on).text


def plan(**case: object) -> str:
    return words(RENDERER.render(loaded_case(citizen_yaml(**case)), DOCUMENTS["follow-up-plan"], DAYS[0]).text)


def words(text: str) -> str:
    """What a reader sees, every run of white space as one space."""
    body = text.partition("<body")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).replace("\xa0", " ").split())


def test_the_contents_macro_makes_a_link_for_each_heading() -> None:
    source = (
        '{% from "partials/toc.html.j2" import contents %}{{ contents([("om", "Om & mål", 2), ("plan", "Plan", 3)]) }}'
    )
    made = tinyhtml5.parse(RENDERER.environment.from_string(source).render(), namespace_html_elements=False)
    assert made.find("body/nav").get("class") == "toc"
    assert made.find("body/nav/h2").text == "Indhold"
    entries = [(item.get("class"), item[0].get("href"), item[0].text) for item in made.findall("body/nav/ol/li")]
    assert entries == [("level-2", "#om", "Om & mål"), ("level-3", "#plan", "Plan")]


def test_every_document_is_made_of_some_example() -> None:
    assert {each.values[1] for each in FITTING} == set(DOCUMENTS)


@pytest.mark.parametrize(("path", "name", "on"), FITTING)
def test_every_fitting_example_renders_cleanly(path: Path, name: str, on: date) -> None:
    text = html(path, name, on)
    # inline tags make no space, so that one before a full stop shows
    inline = re.sub(r"</?(strong|em|span|a)\b[^>]*>", "", text.partition("<body")[2])
    seen = [
        " ".join(each.split(" ")).strip()
        for each in re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", "\n\0", inline)).split("\0")
    ]
    for line in seen:
        assert not re.search(r"\b(None|True|False|undefined)\b|View\(", line), line
        assert not re.search(r"[^\s–][ \xa0]+[.,;:!?)](\s|$)", line), line
        assert not re.search(r" \xa0|\xa0 |\.\.(?!\.)|,,|\( ", line), line


@pytest.mark.parametrize(("path", "name", "on"), FITTING)
def test_no_cell_is_empty_but_those_of_the_routing_table(path: Path, name: str, on: date) -> None:
    root = tinyhtml5.parse(html(path, name, on), namespace_html_elements=False)
    for table in root.iter("table"):
        if table.get("class") == "routing":
            continue
        for cell in (*table.iter("td"), *table.iter("th")):
            filled = "".join(cell.itertext()).strip() or cell.find(".//img") is not None
            assert filled, cell.get("data-at")


@pytest.mark.parametrize(("path", "name", "on"), FITTING)
def test_headings_are_not_skipped(path: Path, name: str, on: date) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html(path, name, on))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("path", "name", "on"), FITTING)
def test_cpr_is_masked_in_the_plan_whole_in_the_gps_letter_and_in_no_brief(path: Path, name: str, on: date) -> None:
    text, case = html(path, name, on), load_example(path).case
    own = case.citizen.cpr if isinstance(case, CitizenCase) else None
    if name == "gp-letter":
        assert set(CPR.findall(words(text))) == {own}
    else:
        assert own is None or own not in text
        assert not [found for found in CPR.findall(words(text)) if found != getattr(case, "case_number", None)]
    if name == "follow-up-plan":
        assert own
        assert f"{own[:6]}-xxxx" in text


@pytest.mark.parametrize("path", [path for path in CASES if path.parent.name == "citizens"], ids=lambda path: path.stem)
def test_gps_letter_shows_no_track_without_consent_no_diagnosis_and_no_address(path: Path) -> None:
    loaded = load_example(path)
    case = loaded.case
    assert isinstance(case, CitizenCase)
    if find_blockers(loaded, DOCUMENTS["gp-letter"], DAYS[0]):
        return
    text = words(html(path, "gp-letter", DAYS[0]))
    assert case.plan
    consent = case.consent_to("gp", DAYS[0])
    assert consent
    social = None if "social" in consent.data else case.plan.social
    tracks = [track for track in (case.plan.employment, case.plan.health, social) if track]
    hidden = [each.goal for track in tracks for each in track.activities if each.goal not in case.plan.goal]
    hidden += [track.purpose for track in tracks] + [case.citizen.address.street, "depression", "angst", "stress"]
    assert not [each for each in hidden if each in text]


# ---- what stands there only sometimes ----


@pytest.mark.parametrize(
    ("health", "social", "shown", "hidden"),
    [
        (None, None, [], ["Sundhedssporet", "Det sociale spor"]),
        (TRACK, None, ["2 Sundhedssporet"], ["Det sociale spor"]),
        (None, TRACK, ["2 Det sociale spor"], ["Sundhedssporet"]),
        (TRACK, TRACK, ["2 Sundhedssporet", "3 Det sociale spor"], []),
    ],
)
def test_plan_leaves_out_the_tracks_that_are_not_needed(
    health: object, social: object, shown: list[str], hidden: list[str]
) -> None:
    text = " ".join(plan(plan={**PLAN, "health": health, "social": social}).replace("&nbsp;", " ").split())
    tracks = ["1 Beskæftigelsessporet", *shown]
    assert [text.index(each) for each in tracks] == sorted(text.index(each) for each in tracks)
    assert not [each for each in hidden if each in text]


def test_appeal_stands_only_with_a_decision() -> None:
    assert "klage" not in plan(plan=PLAN)
    decision = {"text": "Du får **støtte**.", "legal_basis": "sygedagpengelovens § 7"}
    text = plan(plan={**PLAN, "decision": decision})
    assert "Afgørelse" in text
    assert "senest 4 uger efter" in text
    assert text.index("sygedagpengelovens § 7") < text.index("Hvis du vil klage")


def test_plan_without_consent_says_so() -> None:
    assert "Du har ikke givet samtykke" in plan(plan=PLAN)


def test_plan_shows_only_the_consents_in_force() -> None:
    consents = [
        {"kind": "disclose", "party": "gp", "covers": ["det gyldige"], "given": "2012-10-01"},
        {
            "kind": "obtain",
            "party": "hospital",
            "covers": ["det udløbne"],
            "given": "2012-10-01",
            "expires": "2012-11-01",
        },
        {
            "kind": "obtain",
            "party": "other",
            "covers": ["det trukne"],
            "given": "2012-10-01",
            "withdrawn": "2012-11-14",
        },
        {"kind": "obtain", "party": "other", "covers": ["det senere"], "given": "2012-11-15"},
    ]
    text = plan(plan=PLAN, consents=consents)
    assert "det gyldige" in text
    assert not [each for each in ("det udløbne", "det trukne", "det senere") if each in text]


@pytest.mark.parametrize("stem", ["soeren-d-angelo-kjaer", "siobhan-o-brien-moeller"])
def test_gps_letter_is_refused_at_the_consent_that_is_not_valid(stem: str) -> None:
    path = example(stem)
    with pytest.raises(KvisdocsError) as caught:
        RENDERER.render(load_example(path), DOCUMENTS["gp-letter"], DAYS[0])
    (problem,) = caught.value.problems
    consent = path.read_text(encoding="utf-8").split("\n")[problem.position.line - 1 : problem.position.line + 2]
    assert [line.strip(" -") for line in consent[:2]] == ["kind: disclose", "party: gp"]
    assert re.search(r"was withdrawn|expired", problem.what)


def test_protected_address_is_on_the_citizens_own_letter() -> None:
    protected = {"street": "Hemmelig Vej 7", "protected": "ja"}
    gp = {"name": "Læge", "provider_number": "001234", "address": {"street": "A 1", "postcode": "7400", "city": "B"}}
    consents = [
        {"kind": "disclose", "party": "gp", "covers": ["planen"], "data": ["participation"], "given": "2012-10-01"}
    ]
    case = loaded_case(citizen_yaml(citizen={"address": protected}, plan=PLAN, gp=gp, consents=consents))
    shown = {
        name: "Hemmelig Vej" in RENDERER.render(case, document, DAYS[0]).text
        for name, document in DOCUMENTS.items()
        if not find_blockers(case, document, DAYS[0])
    }
    assert shown == {"course-sheet": False, "follow-up-plan": True, "gp-letter": False}


# ---- a course that has ended, and a talk that is over ----

HANS = load_example(ROOT / "cases_yaml" / "2012" / "citizens" / "hans-joergen-ravnkilde-oe.yaml")
AHEAD = (
    "du er delvist sygemeldt",
    "Vi taler sammen",
    "skriver vi under",
    "Underskrift",
    "sætter mål",
    "hver mandag kl. 8",
)


def said_of_hans(document: str, on: date) -> str:
    return words(RENDERER.render(HANS, DOCUMENTS[document], on).text)


def test_plan_of_an_ended_course_looks_back_and_asks_for_no_signature() -> None:
    text = said_of_hans("follow-up-plan", DAYS[0])
    assert (
        "Kære Hans Jørgen Dit forløb sluttede den 29. oktober 2012. Her er planen, som vi lavede den sammen. Du kan "
        "se, hvad vi aftalte, og hvad der blev nået. Ring til mig på 00 00 12 01, hvis noget er forkert. "
        "Målet var: Fuldt tilbage som teknisk serviceleder"
    ) in text
    assert "Timer om ugen, mens du var delvist sygemeldt." in text
    assert "Målet var 5 trin op i forløbet, fra 3 til 8." in text
    assert "Du, din arbejdsgiver og jeg satte mål og gjorde status sammen." in text
    assert not [each for each in AHEAD if each.casefold() in text.casefold()]


def test_plan_of_the_same_course_the_day_before_it_ended_looks_ahead() -> None:
    early = citizen_yaml(plan=PLAN, sickness={"recovered": "2012-11-15"})
    text = words(RENDERER.render(loaded_case(early), DOCUMENTS["follow-up-plan"], DAYS[0]).text)
    assert "Her er den plan, som vi har lavet sammen." in text
    assert "Når vi er enige, skriver vi under her." in text
    assert "Du er raskmeldt fra den 15. november 2012." in text


def test_gps_letter_of_an_ended_course_says_that_it_is_over_and_tells_no_plan() -> None:
    text = said_of_hans("gp-letter", DAYS[0])
    assert (
        "Din patient Hans Jørgen Ravnkilde Ø har været med i KVIS. Det er kommunens tidlige indsats for sygemeldte, "
        "hvor arbejdspladsen er med fra begyndelsen. Din patient kom med den 16. april 2012 og var i kategori 2. "
        "Forløbet sluttede den 29. oktober 2012. Planen gælder ikke længere, og brevet er kun til orientering."
    ) in text
    assert "Første sygedag" in text
    assert "Har du spørgsmål, så ring til Bodil Eksempel" in text
    asked = ("deltager", "Sygemeldt siden", "Planen for tilbagevenden", "30 timer om ugen", "indvendinger", "raskmeldt")
    assert not [each for each in asked if each in text]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2012-11-14", "Vi taler sammen næste gang den 14. november 2012."),
        ("2012-11-13", "Vi har ikke aftalt en ny samtale endnu. Ring til mig på 96 28 00 00, så finder vi en dag."),
    ],
)
def test_a_talk_that_is_over_is_not_spoken_of_as_ahead(day: str, wanted: str) -> None:
    text = plan(plan={**PLAN, "next_follow_up": day})
    assert wanted in text
    assert ("Vi taler sammen" in text) == ("Vi taler sammen" in wanted)


def chart_words(**case: object) -> list[str]:
    """Alternative text and caption of each chart in the plan."""
    text = RENDERER.render(loaded_case(citizen_yaml(**case)), DOCUMENTS["follow-up-plan"], DAYS[0]).text
    found = re.findall(r"<(?:title|figcaption)\b[^>]*>([^<]*)<", text.partition("<body")[2])
    return [each.replace("\xa0", " ") for each in found]


@pytest.mark.parametrize(
    ("first", "last", "alt", "caption"),
    [
        (3, 4, "; stiplet linje ved målet, 8", " Den stiplede linje er målet, 8."),
        (6, 7, "", ""),  # five steps up from six are beyond the scale: no line
    ],
)
def test_the_dashed_line_over_the_self_rating_is_its_goal(first: int, last: int, alt: str, caption: str) -> None:
    ratings = [{"date": "2012-10-22", "value": str(first)}, {"date": "2012-11-12", "value": str(last)}]
    assert chart_words(plan=PLAN, self_ratings=ratings) == [
        f"Søjler over din egen vurdering: {first} den 22. okt. 2012 og {last} den 12. nov. 2012{alt}",
        f"Din egen vurdering, 1 til 10.{caption}",
    ]


def test_the_dashed_line_over_the_hours_is_the_norm() -> None:
    steps = [
        {"start": "2012-11-19", "end": "2012-12-09", "hours": "16", "tasks": "Post"},
        {"start": "2012-12-10", "hours": "37", "tasks": "Alt"},
    ]
    found = chart_words(plan=PLAN, return_plan={"kind": "partial_return", "steps": steps})
    hours = "16 timer fra uge 47 og 37 timer fra uge 50"
    assert found == [
        f"Søjler over timer om ugen: {hours}; stiplet linje ved den normale arbejdstid, 37 timer",
        "Timer om ugen på arbejdspladsen. Den stiplede linje er den normale arbejdstid, 37 timer.",
    ]


def test_whoever_has_no_norm_hours_has_no_column_of_absence() -> None:
    steps = [{"start": "2012-11-19", "hours": "16", "tasks": "Post"}]
    work = {"status": "unemployed", "norm_hours": None, "job": "kok"}
    text = plan(employment=work, plan=PLAN, return_plan={"kind": "work_placement", "place": "Køkkenet", "steps": steps})
    assert "Periode Timer/uge Opgaver fra 19. nov. 2012 16 Post" in text
    assert "Periode Timer/uge Fravær, timer/uge Opgaver fra 19. nov. 2012 16 21 Post" in plan(
        plan=PLAN, return_plan={"kind": "partial_return", "steps": steps}
    )
