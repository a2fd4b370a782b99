"""Case + document + date → HtmlDocument, and template errors at the template's own line."""

import html
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NoReturn

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kvisdocs.cases.citizen import CitizenCase
from kvisdocs.cases.consent import consents_in_force
from kvisdocs.cases.load import Case, LoadedCase
from kvisdocs.cases.views import LEAST, Audience, View, view_case, view_consent, view_model
from kvisdocs.problems import KvisdocsError, Position, Problem, suggest
from kvisdocs.programme.deadlines import find_step_states
from kvisdocs.programme.parameters import Programme, UnknownProgramme, load_programme
from kvisdocs.templating.budget import budget
from kvisdocs.templating.documents import Document, find_obstacles
from kvisdocs.templating.environment import UNKNOWN, make_environment
from kvisdocs.templating.formatting import FormatError
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.templating.leaks import find_leaks
from kvisdocs.templating.profiles import Profile, load_profile

LANGUAGE = "da"
SEE = "see docs/templates.md"


@dataclass(frozen=True)
class Renderer:
    """Renders documents from one set of template folders. Templates and profiles are read once and kept."""

    assets: Assets

    @cached_property
    def environment(self) -> ImmutableSandboxedEnvironment:
        """The sandboxed environment: nothing undefined passes, everything is escaped, nothing can be changed."""
        return make_environment(self.assets)

    @cached_property
    def _profiles(self) -> dict[str, Profile]:
        return {}

    def profile(self, name: str, asked_at: Position) -> Profile:
        """A municipality's profile, read once; errors as `load_profile`."""
        if name not in self._profiles:
            self._profiles[name] = load_profile(name, self.assets, asked_at)
        return self._profiles[name]

    def render(self, loaded: LoadedCase, document: Document, on: date) -> HtmlDocument:
        """The document as HTML on that letter date.

        Raises KvisdocsError where the case is not fit for the document, for an unknown municipality or programme, for
        whatever the template gets wrong, at the template's line, and for a text that says what its reader may not know.
        """
        obstacles = find_obstacles(loaded, document, on)
        if obstacles:
            raise KvisdocsError(obstacles)
        text = self._fill(document.template, self._values(loaded, document, on))
        leaks = find_leaks(text, loaded, document)
        if leaks:
            raise KvisdocsError(leaks)
        title = re.search(r"<title\b[^>]*>(.*?)</title>", text.partition("<body")[0], re.DOTALL)
        shown = html.unescape(re.sub(r"\s+", " ", title[1])).strip() if title else ""
        profile = self.profile(loaded.case.municipality, loaded.source.locate(("municipality",)))
        return HtmlDocument(
            text,
            shown or document.title,
            LANGUAGE,
            self.assets,
            document.stylesheets,
            document.template,
            profile.word_reference,
        )

    def _values(self, loaded: LoadedCase, document: Document, on: date) -> dict[str, object]:
        """What the template can name: Views and plain values, never a model."""
        case = loaded.case
        values: dict[str, object] = {
            "document": view_model(document),
            "profile": view_model(self.profile(case.municipality, loaded.source.locate(("municipality",)))),
            "letter": View({"date": on}),
        }
        if isinstance(case, CitizenCase):
            programme = self._programme(case, loaded.source.locate(("programme",)))
            values["programme"] = view_model(programme)
            if document.audience is Audience.CITIZEN:
                values["steps"] = find_step_states(case, programme, on)
        return {**values, **_case_values(case, document.audience, on)}

    def _programme(self, case: CitizenCase, asked_at: Position) -> Programme:
        try:
            return load_programme(case.programme, self.assets.folders)
        except UnknownProgramme as error:
            what = f'there is no programme "{case.programme}"'
            raise KvisdocsError(Problem(asked_at, what, suggest(case.programme, error.known))) from None

    def _fill(self, name: str, values: Mapping[str, object]) -> str:
        try:
            with budget():
                return self.environment.get_template(name).render(values)
        except KvisdocsError:
            raise
        except RecursionError:
            what = "the template includes itself, or is nested too deep"
            raise KvisdocsError(Problem(self._whole(name), what, "break the circle, or divide it")) from None
        except Exception as error:  # whatever a template's expression raises is the template's problem
            self._stop(error, name, values)

    def _stop(self, error: Exception, name: str, values: Mapping[str, object]) -> NoReturn:
        """Raise the template's error where it stands: the last frame of the traceback that is a template's."""
        files = {str(self.assets.find(each)): self.assets.shown(each) for each in self.assets.names("**/*.j2")}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in files]
        position = Position(files[frames[-1].filename], frames[-1].lineno or 0) if frames else self._whole(name)
        if isinstance(error, TemplateSyntaxError):
            position = Position(self.assets.shown(error.name or name), error.lineno)
        what, todo = self._explain(error, values)
        raise KvisdocsError(Problem(position, f"template: {what}", todo or SEE)) from None

    def _explain(self, error: Exception, values: Mapping[str, object]) -> tuple[str, str]:
        """What is wrong, and what to do, in one line each."""
        if isinstance(error, TemplateNotFound):
            asked = str(error.name or error)
            return f'there is no template "{asked}"', suggest(asked, self.environment.list_templates())
        message = " ".join(str(getattr(error, "message", None) or error).split())
        if unknown := re.fullmatch(r"No (filter|test) named '(.+)'( found)?\.", message):
            known = self.environment.tests if unknown[1] == "test" else self.environment.filters
            return f'there is no {unknown[1]} "{unknown[2]}"', suggest(unknown[2], known, SEE)
        if unknown := re.fullmatch(UNKNOWN.format("(.+)"), message):
            return message, suggest(unknown[1], values)
        if isinstance(error, (TemplateError, FormatError)):
            what, _, todo = message.partition("; ")
            return what.rstrip("."), todo
        return f"{type(error).__name__}: {message}", SEE

    def _whole(self, name: str) -> Position:
        return Position(self.assets.shown(name))


def _case_values(case: Case, audience: Audience, on: date) -> dict[str, object]:
    """The case as the audience may see it on that day, and the consents that decide it."""
    if not isinstance(case, CitizenCase):
        return {"case": view_case(case, audience)}
    if audience is Audience.CITIZEN:
        in_force = consents_in_force(case.consents, on)
        return {"case": view_case(case, audience), "consents": tuple(map(view_model, in_force))}
    party, _ = LEAST[audience]
    consent = case.consent_to(party, on)
    assert consent is not None, "find_obstacles lets no case pass without it"
    return {"case": view_case(case, audience, consent.data), "consent": view_consent(consent)}
