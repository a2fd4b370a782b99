"""Case + document + date → HtmlDocument, and template errors at the template's own line."""

import html
import re
import traceback
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kvisdocs.cases.consents.consent import consents_in_force, find_lapsed
from kvisdocs.cases.consents.reading import find_allowed, keep_given, read_consent
from kvisdocs.cases.consents.subject import may_obtain
from kvisdocs.cases.load import FIGURES, Case, LoadedCase
from kvisdocs.cases.model.citizen import CitizenCase
from kvisdocs.cases.model.committee import CommitteeItem, make_public
from kvisdocs.cases.model.languages import DANISH
from kvisdocs.cases.model.meeting import CommitteeMeeting
from kvisdocs.cases.model.statistics import StatisticsAnnex
from kvisdocs.cases.views import GLOBALS, LEAST, Audience, View, find_reader, view_case, view_consent, view_model
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, suggest
from kvisdocs.programme.course.deadlines import find_step_states
from kvisdocs.programme.rules.rule_registry import Programme, UnknownProgramme, load_programme
from kvisdocs.templating.annex import lay_out_annex
from kvisdocs.templating.disclosure_check import find_doubts_in, find_leaks
from kvisdocs.templating.documents import Document, find_blockers
from kvisdocs.templating.engine.environment import make_environment
from kvisdocs.templating.engine.execution_limits import budget
from kvisdocs.templating.engine.template_errors import SEE, explain_failure, no_filter, no_template, no_test, told_apart
from kvisdocs.templating.figures import fill_texts, read_published
from kvisdocs.templating.html import Assets, HtmlDocument, PdfAttachment
from kvisdocs.templating.lint.syntax import explain_syntax
from kvisdocs.templating.lint.templates import lint_templates
from kvisdocs.templating.meetings.paper import make_paper
from kvisdocs.templating.profiles import Profile, check_groups, load_profile
from kvisdocs.templating.wordings.choosing import Wording, choose_wording, find_wordings, tell_fallback


@dataclass(frozen=True)
class Renderer:
    """Renders documents from one set of template folders. Templates and profiles are read once and kept."""

    assets: Assets

    @cached_property
    def environment(self) -> ImmutableSandboxedEnvironment:
        """The sandboxed environment: nothing undefined passes, everything is escaped, nothing can be changed."""
        return self.find_environment(DANISH)

    def find_environment(self, language: str) -> ImmutableSandboxedEnvironment:
        """The environment in which templates in a language are filled."""
        if language not in self._environments:
            self._environments[language] = make_environment(self.assets, language)
        return self._environments[language]

    @cached_property
    def _environments(self) -> dict[str, ImmutableSandboxedEnvironment]:
        return {}

    @cached_property
    def _profiles(self) -> dict[str, Profile]:
        return {}

    @cached_property
    def _linted(self) -> dict[str, list[Problem]]:
        return {}

    def profile(self, name: str, asked_at: Position) -> Profile:
        """A municipality's profile, read once; errors as `load_profile`."""
        if name not in self._profiles:
            self._profiles[name] = load_profile(name, self.assets, asked_at)
        return self._profiles[name]

    def render(self, loaded: LoadedCase, document: Document, on: date, along: Collection[str] = ()) -> HtmlDocument:
        """The document as HTML on that letter date. `along` are the documents made of the case in the same run.

        Raises KvisdocsError where the case is not fit for the document, for an unknown municipality or programme, for
        whatever the template gets wrong, at the template's line, and for a text that says what its reader may not know.
        """
        obstacles = find_blockers(loaded, document, on)
        if obstacles:
            raise KvisdocsError(obstacles)
        wording = choose_wording(document, loaded.case, self.assets)
        values = self._values(loaded, document, on, along)
        values["letter"] = View({"date": on, "language": wording.language, "beside": wording.beside})
        files = self._attach(loaded, document, values)
        text = self._fill(document, values, wording)
        leaks = find_leaks(text, loaded, document)
        if leaks:
            raise KvisdocsError(leaks)
        title = re.search(r"<title\b[^>]*>(.*?)</title>", text.partition("<body")[0], re.DOTALL)
        shown = html.unescape(re.sub(r"\s+", " ", title[1])).strip() if title else ""
        profile = self.profile(loaded.case.municipality, loaded.source.locate(("municipality",)))
        return HtmlDocument(
            text,
            shown or document.title,
            wording.language,
            self.assets,
            document.stylesheets,
            wording.template,
            profile.word_reference,
            (
                *find_doubts_in(text, loaded, document, self.assets.shown(wording.template)),
                *tell_fallback(document, loaded, wording),
            ),
            attachments=tuple(each for each in files if f'id="{each.anchor}"' in text),
        )

    def _attach(self, loaded: LoadedCase, document: Document, values: dict[str, object]) -> list[PdfAttachment]:
        """Give a meeting's document what it prints (`paper`). The files that go into it where it announces them."""
        if not isinstance(loaded.case, CommitteeMeeting):
            return []
        profile = self.profile(loaded.case.municipality, loaded.source.locate(("municipality",)))
        paper, files = make_paper(loaded, document, profile)
        values["paper"] = view_model(paper, GLOBALS[document.audience]["paper"])
        return files

    def try_out(self, loaded: LoadedCase, document: Document, on: date, watch: Callable[[View], View]) -> str:
        """The text that a template makes of a case of which nothing is checked; `watch` is handed the case's view."""
        values = self._values(loaded, document, on)
        self._attach(loaded, document, values)
        view = values["case"]
        assert isinstance(view, View)
        return self._fill(document, {**values, "case": watch(view)}, find_wordings(document, self.assets)[0])

    def _values(
        self, loaded: LoadedCase, document: Document, on: date, along: Collection[str] = ()
    ) -> dict[str, object]:
        """What the template can name: Views and plain values, never a model."""
        case = loaded.case
        profile = self.profile(case.municipality, loaded.source.locate(("municipality",)))
        if lacking := check_groups(profile, case.kind, self.assets.shown(f"profiles/{case.municipality}.yaml")):
            raise KvisdocsError(lacking)
        if isinstance(case, StatisticsAnnex):
            case = fill_texts(case, loaded)
        if isinstance(case, CommitteeItem):
            case = fill_texts(case, loaded)
        if isinstance(case, CommitteeItem) and profile.brief.closed_items == "neutral":
            case = make_public(case, profile.brief.closed_facts, profile.brief.closed_reason)
        reader = find_reader(document.audience, case)
        given = GLOBALS[reader]
        values: dict[str, object] = {
            "document": view_model(document, given["document"]),
            "profile": view_model(profile, given["profile"]),
            "letter": View({"date": on, "language": document.language, "beside": ""}),
        }
        if isinstance(case, StatisticsAnnex):
            published, _ = read_published(loaded.related[FIGURES])
            values["annex"] = view_model(lay_out_annex(published))
        if isinstance(case, CitizenCase):  # of an unknown programme it is told, whoever the document is for
            programme = self._programme(case, loaded.source.locate(("programme",)))
            if "programme" in given:
                values["programme"] = view_model(programme, given["programme"])
            if "steps" in given:
                values["steps"] = find_step_states(case, programme, on, along)
        return {**values, **_case_values(case, reader, on)}

    def _programme(self, case: CitizenCase, asked_at: Position) -> Programme:
        try:
            return load_programme(case.programme, self.assets.folders)
        except UnknownProgramme as error:
            what = message("template.programme.unknown", 'there is no programme "{name}"', name=case.programme)
            raise KvisdocsError(Problem(asked_at, what, suggest(case.programme, error.known))) from None

    def _fill(self, document: Document, values: Mapping[str, object], wording: Wording) -> str:
        try:
            with budget():
                return self.find_environment(wording.language).get_template(wording.template).render(values)
        except KvisdocsError:
            raise
        except RecursionError:
            what = message("template.include.circle", "the template includes itself, or is nested too deep")
            todo = N_("break the circle, or divide it")
            raise KvisdocsError(Problem(self._whole(wording.template), what, todo)) from None
        except Exception as error:  # whatever a template's expression raises is the template's problem
            raise KvisdocsError(self._stopped(error, document, values, wording.template)) from None

    def _stopped(
        self, error: Exception, document: Document, values: Mapping[str, object], template: str
    ) -> list[Problem]:
        """What stopped the template, and all that lint finds in it, so that nothing is left for the next run.

        Where lint speaks of the same line, it alone is heard: it knows the column, and the names that would be there.
        """
        found = [each for each in self._lint(document) if each.severity is Severity.ERROR]
        stopped = self._stop(error, template, values)
        if isinstance(error, TemplateSyntaxError) and stopped.position.file in {each.position.file for each in found}:
            return found
        place, what = (stopped.position.file, stopped.position.line), str(stopped.what.values["what"])
        is_told = any(place == (each.position.file, each.position.line) or what in each.what for each in found)
        return found if is_told else [stopped, *found]

    def _lint(self, document: Document) -> list[Problem]:
        if document.name not in self._linted:
            self._linted[document.name] = lint_templates(self.assets, [document], everything=False)
        return self._linted[document.name]

    def _stop(self, error: Exception, name: str, values: Mapping[str, object]) -> Problem:
        """The template's error where it stands: the last frame of the traceback that is a template's."""
        traced = [(self._named(each.filename), each.lineno or 0) for each in traceback.extract_tb(error.__traceback__)]
        places = [Position(self.assets.shown(named), line) for named, line in traced if named]
        position = places[-1] if places else self._whole(name)
        if isinstance(error, TemplateSyntaxError):
            position = Position(self.assets.shown(error.name or name), error.lineno)
        what, todo = self._explain(error, values)
        return Problem(position, N_("template: {what}", what=what).coded(what.code), todo or SEE)

    def _named(self, file: str) -> str | None:
        """The template that lies in that file, if one does."""
        for folder in self.assets.folders:
            if file.endswith(".j2") and Path(file).is_relative_to(folder):
                name = Path(file).relative_to(folder).as_posix()
                if str(self.assets.find(name)) == file:
                    return name
        return None

    def _explain(self, error: Exception, values: Mapping[str, object]) -> tuple[Message, Message]:
        """What is wrong, and what to do, in one line each."""
        if isinstance(error, TemplateNotFound):
            asked = str(error.name or error)
            return no_template(asked), suggest(asked, self.environment.list_templates())
        if told := told_apart(error):
            what, todo = told
            return what, todo if todo is not None else suggest(str(what.values["name"]), values)
        said = " ".join(str(getattr(error, "message", None) or error).split())
        if unknown := re.fullmatch(r"No (filter|test) named '(.+)'( found)?\.", said):
            if unknown[1] == "test":
                return no_test(unknown[2]), suggest(unknown[2], self.environment.tests, SEE)
            return no_filter(unknown[2]), suggest(unknown[2], self.environment.filters, SEE)
        if isinstance(error, TemplateSyntaxError):
            fault = explain_syntax(said, error.lineno, error.source or "")
            return fault.what, fault.todo
        return explain_failure(error, said)

    def _whole(self, name: str) -> Position:
        return Position(self.assets.shown(name))


def _case_values(case: Case, audience: Audience, on: date) -> dict[str, object]:
    """The case as the audience may see it on that day, and the consents that decide it."""
    if not isinstance(case, CitizenCase):
        return {"case": view_case(case, audience)}
    if audience not in LEAST:
        in_force, lapsed = keep_given(consents_in_force(case.consents, on)), find_lapsed(case.consents, on)
        return {
            "case": view_case(case, audience),
            "consents": tuple(map(view_model, in_force)),
            "lapsed_consents": tuple(map(view_model, lapsed)),
        }
    party, _ = LEAST[audience]
    consent = case.consent_to(party, on)
    assert consent is not None, "find_obstacles lets no case pass without it"
    without = read_consent(consent).without_parts
    values: dict[str, object] = {"consent": view_consent(consent)}
    values["case"] = view_case(case, audience, find_allowed(consent), without)
    if "may_obtain" in GLOBALS[audience]:
        values["may_obtain"] = may_obtain(case, party, on)
    return values


@lru_cache(maxsize=2)
def find_renderer(assets: Assets) -> Renderer:
    """The renderer of a set of template folders; kept, for it keeps its templates and profiles."""
    return Renderer(assets)
