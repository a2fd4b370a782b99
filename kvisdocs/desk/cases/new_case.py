"""A new case from a form of what it is and whom it is about; the rest is filled in as text."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kvisdocs.application.forms.words import find_words
from kvisdocs.application.scaffold.answers import parse_given
from kvisdocs.application.scaffold.case_file import Kind, find_choices, make_case_files
from kvisdocs.application.scaffold.old_case import keep, read_old
from kvisdocs.application.scaffold.places import name_file
from kvisdocs.cases.form.parts import Part, lay_out, walk
from kvisdocs.cases.load import KIND_TITLES, KINDS
from kvisdocs.cases.yaml.yaml_builder import Path as PartPath
from kvisdocs.desk.folder import Folder, NoSuchFileError
from kvisdocs.desk.forms import Pairs, answer_form, say_began_anew
from kvisdocs.desk.pages import address, show
from kvisdocs.desk.services import Services
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem

FIELDS: dict[Kind, dict[str, str]] = {
    "citizen": {
        "municipality": "Kommune",
        "programme": "Regelsæt",
        "citizen.first_names": "Fornavne",
        "citizen.last_name": "Efternavn",
    },
    "committee": {"municipality": "Kommune", "title": "Punktets titel"},
}
"""What the form asks for, by the key in the case."""


@dataclass(frozen=True)
class NewCasePages:
    """The form, and the file that is laid out of it."""

    services: Services

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [Route("/ny", self.ask, methods=["GET"]), Route("/ny", self.create, methods=["POST"])]

    def ask(self, request: Request) -> Response:
        """An empty form; of a case like another, that one's kind."""
        query = request.query_params
        like = query.get("efter", "")
        if like:
            self.services.folder.find(like)
        return self._form(_kind_of(query.get("art", "")), {"efter": like})

    def _form(
        self, kind: Kind, filled: Mapping[str, str], problems: tuple[Problem, ...] = (), said: str = ""
    ) -> Response:
        return show(
            "new.html.j2",
            422 if problems else 403 if said else 200,
            kind=kind,
            fields=FIELDS[kind],
            choices=find_choices(self.services.assets),
            filled=filled,
            kept=self._find_kept(kind, filled.get("efter", "")),
            problems=problems,
            said=said,
            form=self.services.secrets.csrf,
        )

    def _find_kept(self, kind: Kind, like: str) -> list[tuple[str, str]]:
        """What comes along from another case, by its labels, so that one sees whether it tells of a person."""
        try:
            old = read_old(self.services.folder.find(like), kind) if like else {}
        except (NoSuchFileError, KvisdocsError):  # said when the file is to be made
            return []
        assets = self.services.assets
        kept = keep(kind, old, find_choices(assets))
        parts = {
            part.path: part for part in walk(lay_out(old, KINDS[kind], find_words(old, assets), KIND_TITLES[kind]))
        }
        return [(_label(parts, path), _say_value(parts[path])) for path in kept]

    async def create(self, request: Request) -> Response:
        """The file, or the form again with what is wrong."""
        return await answer_form(request, self.services.secrets, self._create, self._show_again)

    def _show_again(self, sent: Pairs) -> Response:
        fields = dict(sent)
        return self._form(_kind_of(fields.get("art", "")), fields, said=say_began_anew("Lav filen"))

    def _create(self, sent: Pairs) -> Response:
        fields = dict(sent)
        kind = _kind_of(fields.get("art", ""))
        try:
            file = place_new_file(self.services.folder, fields.get("navn", ""))
            old = read_old(self.services.folder.find(fields["efter"]), kind) if fields.get("efter") else {}
            choices = find_choices(self.services.assets)
            said = tuple(f"{key}={fields[key]}" for key in FIELDS[kind] if fields.get(key, "").strip())
            known = {**keep(kind, old, choices), **parse_given(said, kind, {})}
            made = make_case_files(kind, file, known, old, choices, self.services.assets)
            self.services.saver.create(made.files)
        except KvisdocsError as error:
            return self._form(kind, fields, error.problems)
        name = file.relative_to(self.services.folder.root).as_posix()
        return RedirectResponse(address("/sag", fil=name, besked="ny") + "#besked", 303)


def _label(parts: Mapping[PartPath, Part], path: PartPath) -> str:
    return " › ".join(parts[path[:end]].label for end in range(1, len(path) + 1))


def _say_value(part: Part) -> str:
    said = [part.value, *part.chosen] if not part.parts else [each.value for each in walk(part)]
    return ", ".join((part.choices or {}).get(each, each) for each in said if each)


def place_new_file(folder: Folder, name: str) -> Path:
    """Where a file of that name will lie. Raises KvisdocsError where nothing can be laid out."""
    name = name.strip()
    try:
        if not name.rpartition("/")[2] or name.rpartition("/")[2].startswith("."):
            raise NoSuchFileError(name)
        return name_file(folder.place(name if name.lower().endswith((".yaml", ".yml")) else f"{name}.yaml"))
    except NoSuchFileError:
        what = message("desk.file.no_name", '"{name}" cannot be the name of a file here', name=name)
        todo = N_("use letters, digits and hyphens, and a folder that is there: borgere/anna-prøve")
        raise KvisdocsError(Problem(Position(""), what, todo)) from None


def _kind_of(said: str) -> Kind:
    return "committee" if said == "committee" else "citizen"
