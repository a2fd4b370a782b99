"""The work behind `kvisdocs lint`: templates as they stand, then each document made of its sample."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kvisdocs.application.template_folders import check_templates
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.yaml.source import Source
from kvisdocs.messages import N_, Message, counted, listed, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity, UnknownNameError, suggest
from kvisdocs.templating.brief.left_out import find_idle_keys, find_left_out
from kvisdocs.templating.contract import check_contract
from kvisdocs.templating.documents import Document, find_blockers, load_documents
from kvisdocs.templating.html import Assets, HtmlDocument
from kvisdocs.templating.lint.templates import find_reached, lint_templates
from kvisdocs.templating.profiles import Profile, check_groups, load_profile, profile_names, read_settings
from kvisdocs.templating.render import Renderer
from kvisdocs.templating.samples import SAMPLE_DAY, find_variants, load_sample, sample_name
from kvisdocs.templating.wordings.choosing import find_wordings, read_in
from kvisdocs.writers import write_docx
from kvisdocs.writers.html.parser import parse_html
from kvisdocs.writers.html.rules import KNOWN_ELEMENTS
from kvisdocs.writers.html.visual_rules import check_looks
from kvisdocs.writers.pdf.document import write_layout
from kvisdocs.writers.pdf.layout import lay_out

_TOLD = re.compile(
    "has no alternative text|required alt description|which is nowhere|No anchor|required .lang. attribute"
    "|has no place in the Word file but for its text|does not export the requested name"
)
"""What the renderer and the writers say in their words, and a rule of lint has said already."""

_PROFILES = "profiles/"


@dataclass(frozen=True)
class Asked:
    """What the user named: documents, and files as messages show them. Neither means everything."""

    documents: tuple[Document, ...] = ()
    files: frozenset[str] = frozenset()

    @property
    def is_all(self) -> bool:
        """Whether everything is to be read."""
        return not self.documents and not self.files


@dataclass(frozen=True)
class Linted:
    """What was found, sorted, and what was read, in words: `1 document`."""

    problems: list[Problem]
    read: Message


def lint_all(assets: Assets, names: Sequence[str], templates: Path | None = None) -> Linted:
    """Every problem of the documents and files named, or of all. A name that is not known is wrong usage."""
    if problems := check_templates(templates):  # what ships was not asked for
        todo = N_("name the folder that has a folder for each document, with document.yaml and document.html.j2")
        told = [each.todo if "did you mean" in each.todo else todo for each in problems]
        errors = [replace(each, todo=todo, severity=Severity.ERROR) for each, todo in zip(problems, told, strict=True)]
        return Linted(errors, N_("nothing"))
    try:
        documents = load_documents(assets)
    except KvisdocsError as error:  # without them there are no samples, but templates can still be read
        problems += error.problems
        documents = {}
        if {f"{name}/document.yaml" for name in names} & set(
            assets.names("*/document.yaml")
        ):  # it is there, and unread
            return Linted(problems, N_("nothing"))
    asked = _choose(names, documents, assets)
    whole = bool(asked.files) or asked.is_all
    tried = [each for each in documents.values() if asked.is_all or _goes_into(asked, each, assets)]
    profiles, faults = _profiles(assets)
    problems += faults
    problems += _find_left_out(asked, assets, documents.values(), profiles)
    still = lint_templates(assets, tried, everything=whole)
    problems += still
    places = {(each.position.file, each.position.line) for each in still if each.severity is Severity.ERROR}
    for document in tried:
        fit = [name for name, each in profiles.items() if not check_groups(each, document.kind, "")]
        found = _try(document, assets, fit, _only(asked, profiles, assets))
        problems += [each for each in found if not _is_told(each, places)]
    if asked.files and not asked.documents:
        problems = [each for each in problems if each.position.file in asked.files]
    found = sorted({(each.position, each.what): each for each in problems}.values())
    return Linted(found, _read(asked, documents, assets, templates))


def _read(asked: Asked, documents: Collection[str], assets: Assets, templates: Path | None) -> Message:
    """What was read, and where it is from."""
    if not asked.is_all:
        counts = [counted(len(asked.documents), "{number} document", "{number} documents")] if asked.documents else []
        counts += [counted(len(asked.files), "{number} file", "{number} files")] if asked.files else []
        return listed(counts, N_("and"))
    read = N_(
        "{documents} with {templates}",
        documents=counted(len(documents), "{number} document", "{number} documents"),
        templates=counted(len(assets.names("**/*.j2")), "{number} template", "{number} templates"),
    )
    own = templates or Path("templates")
    if check_templates(own) or not own.is_dir():
        return N_(
            "{read}, all of which come with kvisdocs, since there are none in {folder} here", read=read, folder=own
        )
    if len(assets.folders) > 1:
        return N_("{read} in {folder} and in what comes with kvisdocs", read=read, folder=own)
    return N_("{read} in {folder}", read=read, folder=own)


def _is_told(problem: Problem, places: Collection[tuple[str, int]]) -> bool:
    """Whether lint has said it already: what stops a template while it runs, too, then with its column."""
    runs = problem.what.startswith("template: ") and (problem.position.file, problem.position.line) in places
    return runs or _TOLD.search(problem.what) is not None


def _choose(names: Iterable[str], documents: dict[str, Document], assets: Assets) -> Asked:
    chosen, files = [], set[str]()
    known = _known(assets)
    for name in names:
        folder = Path(name).resolve() if name not in documents and Path(name).is_dir() else None
        if folder in [each.resolve() for each in assets.folders]:
            return Asked()
        below = [each for each in known if folder and _is_below(assets, each, folder)]
        inside = next((each for each in known if _is_same(assets, each, name)), None)
        if name in documents:
            chosen.append(documents[name])
        elif folder and folder.name in documents and f"{folder.name}/document.yaml" in below:
            chosen.append(documents[folder.name])
        elif below:
            files |= {assets.shown(each) for each in below}
        elif folder:
            raise _no_templates(name)
        elif inside is not None:
            files.add(assets.shown(inside))
        else:
            what = message("folder.template.unknown", 'there is no template "{name}"', name=name)
            raise UnknownNameError(what, suggest(name, [*documents, *known], _GIVE))
    return Asked(tuple(chosen), frozenset(files))


def _known(assets: Assets) -> list[str]:
    """The files of the template folders that can be named."""
    return [
        name for pattern in ("**/*.j2", "**/*.css", f"{_PROFILES}*.yaml", "*/*.yaml") for name in assets.names(pattern)
    ]


_GIVE = N_("give a document's name, or a file of the templates folder")


def _no_templates(folder: str) -> UnknownNameError:
    """What to do about a folder that is none of the templates folders, nor in one."""
    for none in check_templates(Path(folder)):
        what = message("folder.templates.none_in", 'the folder "{folder}" holds no templates', folder=folder)
        return UnknownNameError(what, none.todo if "did you mean" in none.todo else _GIVE)
    what = message("folder.templates.other", 'the folder "{folder}" is not the templates folder', folder=folder)
    return UnknownNameError(what, N_("to have it read, give it as --templates {folder}", folder=folder))


def _is_below(assets: Assets, known: str, folder: Path) -> bool:
    path = assets.find(known)
    return path is not None and path.resolve().is_relative_to(folder)


def _is_same(assets: Assets, known: str, name: str) -> bool:
    path = assets.find(known)
    return known == name or (path is not None and path.resolve() == Path(name).resolve())


def _profiles(assets: Assets) -> tuple[dict[str, Profile], list[Problem]]:
    """The profiles that hold, by their municipality, and what is wrong with the others."""
    good: dict[str, Profile] = {}
    problems: list[Problem] = []
    for name in profile_names(assets):
        try:
            profile = load_profile(name, assets, Position(f"profiles/{name}.yaml"))
            good[name] = profile
            problems += find_idle_keys(_source(name, assets), profile.brief)
        except KvisdocsError as error:
            problems += error.problems
    return good, problems


def _source(name: str, assets: Assets) -> Source:
    return read_settings(f"profiles/{name}.yaml", assets, Profile)[1]


def _find_left_out(
    asked: Asked, assets: Assets, documents: Iterable[Document], profiles: Mapping[str, Profile]
) -> list[Problem]:
    """Of each profile that was named: the parts of an item that its papers leave out."""
    papers = [each for each in documents if each.kind == "committee"]
    renderer, problems = Renderer(assets), list[Problem]()
    for name, profile in profiles.items():
        if assets.shown(f"profiles/{name}.yaml") in asked.files:
            problems += find_left_out(renderer, papers, _source(name, assets), name, profile.brief)
    return problems


def _goes_into(asked: Asked, document: Document, assets: Assets) -> bool:
    """Whether a document was named, or is made with one of the files named."""
    if document in asked.documents:
        return True
    folders = {f"{document.name}/", f"{sample_name(document).rpartition('/')[0]}/", _PROFILES}
    named = [name for name in _known(assets) if assets.shown(name) in asked.files]
    return any(name.startswith(tuple(folders)) or name in document.stylesheets for name in named) or bool(
        {name for name in named if name.endswith(".j2")}
        & {name for each in find_wordings(document, assets) for name in find_reached(each.template, assets)}
    )


def _only(asked: Asked, profiles: Iterable[str], assets: Assets) -> set[str] | None:
    """The municipalities of which papers are tried: those whose profiles alone were named; None for all."""
    named = {assets.shown(f"{_PROFILES}{name}.yaml"): name for name in profiles}
    if asked.documents or not asked.files or asked.files - named.keys():
        return None
    return {named[each] for each in asked.files}


def _try(document: Document, assets: Assets, municipalities: list[str], only: Collection[str] | None) -> list[Problem]:
    """What shows when the document is made of its sample, in these municipalities and `only` in those."""
    place = Position(assets.shown(f"{document.name}/document.yaml"))
    try:
        sample = load_sample(document, assets)
    except KvisdocsError as error:
        return list(error.problems)
    if sample is None:
        what = message("folder.sample.missing", "the document has no sample.yaml, so its HTML is not tried")
        todo = N_("write {file}, a case with all that the template shows", file=sample_name(document))
        return [Problem(place, what, todo, Severity.NOTE)]
    if obstacles := find_blockers(sample, document, SAMPLE_DAY):
        return obstacles
    renderer, problems = Renderer(assets), list[Problem]()
    for case in find_variants(sample, document, municipalities):
        if only is not None and case.case.municipality not in only:
            continue
        own = case.case.municipality == sample.case.municipality  # the writers take longest, and once is enough
        problems += _try_case(document, renderer, case, writes=own)
    for wording in find_wordings(document, assets)[1:] if only is None else ():
        read = replace(sample, case=read_in(sample.case, document, wording.beside or wording.language))
        for case in find_variants(read, document, [sample.case.municipality]):
            problems += _try_case(document, renderer, case, writes=case.case is read.case)
    return problems


def _try_case(document: Document, renderer: Renderer, case: LoadedCase, writes: bool) -> list[Problem]:
    try:
        html = renderer.render(case, document, SAMPLE_DAY)
    except KvisdocsError as error:
        return list(error.problems)
    root, _ = parse_html(html.text)
    problems = check_contract(html, root, KNOWN_ELEMENTS) + check_looks(html)
    if writes:
        known = {(each.position, each.what.partition(":")[0]) for each in problems}
        said = _write(html, with_pdf=True)  # both warn of elements that are errors here
        return problems + [each for each in said if (each.position, each.what.partition(":")[0]) not in known]
    return problems + (_write(html, with_pdf=False) if html.letterhead else [])  # each letterhead lacks its own styles


def _write(html: HtmlDocument, with_pdf: bool) -> list[Problem]:
    """What the writers remark on, who share one layout."""
    problems: list[Problem] = []
    if with_pdf:
        try:
            layout = lay_out(html)
            problems += write_layout(layout).messages
            html = layout.document
        except KvisdocsError as error:
            problems += error.problems
    try:
        problems += write_docx(html).messages
    except KvisdocsError as error:
        problems += error.problems
    return problems
