"""What a document depends on, as digests by name. Equal digests give equal bytes; the first that differs is why.

The libraries in C whose version can change a file's bytes, and that come with the system instead of a package.

They are asked themselves and not by way of WeasyPrint, which takes half a second to load, and there
is often little to make.
"""

import ctypes
import hashlib
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from ctypes.util import find_library
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jinja2.exceptions import TemplateError

from kvisdocs.application.outcome import Reason
from kvisdocs.problems import KvisdocsError, Position
from kvisdocs.programme.rules.rule_registry import UnknownProgramme, find_programme_file
from kvisdocs.templating.documents import Document
from kvisdocs.templating.drafts import is_draft
from kvisdocs.templating.engine.environment import find_named
from kvisdocs.templating.html import Assets
from kvisdocs.templating.profiles import Profile, load_profile
from kvisdocs.templating.wordings.choosing import find_wordings
from kvisdocs.writers.formats import FORMATS

QUESTIONS = {"libpango-1.0": "pango_version_string", "libharfbuzz": "hb_version_string"}
"""The function by which each tells its version."""

PARTS = "libharfbuzz-subset", "libharfbuzz-vector"
"""WeasyPrint does without these, where they are not installed: in other ways and with other bytes."""


def library_versions(with_drawing: bool) -> list[str]:
    """`zlib 1.3.1` for each; those that lay out text and cut fonts out for a PDF only `with_drawing`.

    A part of HarfBuzz is `there`, in HarfBuzz's own version. What is not installed is `-`.
    """
    lines = [f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    if with_drawing:
        lines += [f"{name} {_ask(name, question)}" for name, question in QUESTIONS.items()]
        lines += [f"{name} {'-' if _open(name) is None else 'there'}" for name in PARTS]
    return lines


def _ask(name: str, question: str) -> str:
    library = _open(name) or _find(name)
    if library is None:
        return "-"
    function = library[question]
    function.restype = ctypes.c_char_p
    return bytes(function()).decode()


def _open(name: str) -> ctypes.CDLL | None:
    """The library by its names on Linux, on a Mac and on Windows, by which WeasyPrint asks for it too."""
    for file in (f"{name}.so.0", f"{name}.0.dylib", f"{name}-0.dll"):
        with suppress(OSError):
            return ctypes.CDLL(file)
    return None


def _find(name: str) -> ctypes.CDLL | None:
    """The library where the system knows it to be, which takes programs of the system's; so the parts do without."""
    found = find_library(name.removeprefix("lib"))
    return ctypes.CDLL(found) if found else None


PACKAGES = (
    "babel", "brotli", "cssselect2", "fonttools", "holidays", "jinja2", "lxml", "markdown-it-py", "pikepdf", "pillow",
    "pydantic", "pydyf", "pyphen", "python-docx", "pyyaml", "resvg-py", "tinycss2", "tinyhtml5", "weasyprint", "zopfli",
)  # fmt: skip
"""Whose version can change a file's bytes."""

REASONS: dict[str, Reason] = {
    "case": Reason.CASE,
    "figures": Reason.FIGURES,
    "related": Reason.RELATED,
    "run": Reason.RUN,
    "template": Reason.TEMPLATE,
    "stylesheet": Reason.STYLESHEET,
    "asset": Reason.ASSET,
    "profile": Reason.PROFILE,
    "programme": Reason.PROGRAMME,
    "version": Reason.VERSION,
    "date": Reason.DATE,
}
"""The parts of a document's digests, in the order in which they are named as the reason."""

_PACKAGE = Path(__file__).resolve().parents[2]
_NO_BYTES = {
    "application",
    "batch",
    "cli",
    "desk",
    "importing",
    "languages.py",
    "locale",
    "messages.py",
    "problems.py",
    "verify",
}
"""The stages whose code does not change what stands in a file."""
_SETTINGS = {".yaml", ".yml", ".md"}


class DigestBook:
    """The digests of one run. Each file is read once, so that a change meanwhile counts for the next run."""

    def __init__(self, assets: Assets, day: date) -> None:
        self._assets = assets
        self.day = day
        self._files = {name: path for name in assets.names("**/*") if (path := assets.find(name))}
        self._common = {
            "stylesheet": self._join(name for name in self._files if name.endswith(".css")),
            "asset": self._join(name for name in self._files if self._is_asset(name)),
            "date": str(day),
        }
        self._profiles: dict[str, Profile] = {}
        self._templates: dict[str, str] = {}
        self._parts: dict[tuple[str, str, str, str], dict[str, str]] = {}

    def parts(self, document: Document, municipality: str, programme: str, format: str) -> dict[str, str]:
        """All parts but the case's own. `programme` is empty where a case has none."""
        key = document.name, municipality, programme, format
        if key not in self._parts:
            self._parts[key] = {
                "template": self._template(document),
                "profile": self._join([f"profiles/{municipality}.yaml"]),
                "programme": self._programme(programme) if programme else "",
                "version": digest(code_version(FORMATS[format].draws).encode()),
                **self._common,
            }
        return self._parts[key]

    def is_draft(self, document: Document, municipality: str) -> bool:
        """Whether the document is made as a draft, by the municipality's profile."""
        if municipality not in self._profiles:
            try:
                self._profiles[municipality] = load_profile(municipality, self._assets, Position(""))
            except KvisdocsError:
                return False  # no such case is made
        return is_draft(document, self._profiles[municipality])

    def review_digest(self, documents: Iterable[Document]) -> str:
        """All that decides what is said of a case before anything is made, and which of the documents it is fit for."""
        names = [document.name for document in documents]
        own = [path for path in sorted(_PACKAGE.rglob("*")) if path.suffix in {".py", *_SETTINGS}]
        code = [f"{path.relative_to(_PACKAGE).as_posix()} {digest(path.read_bytes())}" for path in own]
        parts = [*names, *code, self._join(self._files), code_version(False), self._common["date"]]
        return digest("\n".join(parts).encode("utf-8", "surrogatepass"))

    def _programme(self, name: str) -> str:
        try:
            return digest(find_programme_file(name, self._assets.folders).read_bytes())
        except UnknownProgramme:
            return ""  # no such case is made

    def _template(self, document: Document) -> str:
        if document.name not in self._templates:
            written = [each.template for each in find_wordings(document, self._assets)]
            reached = {name for template in written for name in self._reachable(template)}
            names = [*sorted(reached), f"{document.name}/document.yaml"]
            self._templates[document.name] = self._join(names)
        return self._templates[document.name]

    def _reachable(self, template: str) -> set[str]:
        """The template and all that it extends, imports and includes; all there are where it computes a name."""
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name in found or name not in self._files:
                continue
            found.add(name)
            try:
                others = find_named(self._assets.read_text(name))
            except (TemplateError, KvisdocsError):
                continue  # it cannot be made, and will say so
            for named in others:
                waiting += [named] if named is not None else [each for each in self._files if each.endswith(".j2")]
        return found

    def _is_asset(self, name: str) -> bool:
        """Pictures, fonts, letterheads. Which of them a document uses only its making would show: all count."""
        return Path(name).suffix not in _SETTINGS | {".css", ".j2"}

    def _join(self, names: Iterable[str]) -> str:
        return digest(
            "\n".join(f"{digest(data)} {name}" for name, data in self._contents(names)).encode("utf-8", "surrogatepass")
        )

    def _contents(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for name in names:
            path = self._files.get(name)
            yield name, path.read_bytes() if path is not None else b""


def digest(data: bytes) -> str:
    """Twenty-four hexadecimal digits, of SHA-256: enough to tell files apart, short enough for 100,000 lines."""
    return hashlib.sha256(data).hexdigest()[:24]


@cache
def code_version(with_drawing: bool) -> str:
    """What turns a case into bytes, by version: Python, the packages, kvisdocs by its own code, and C libraries.

    Those that only a PDF needs are there `with_drawing`.
    """
    lines = [f"python {sys.version_info.major}.{sys.version_info.minor}"]
    for name in PACKAGES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} -")
    files = (*_PACKAGE.rglob("*.py"), *_PACKAGE.glob("programme/words/*.*"), *_PACKAGE.glob("statistics/data/*.*"))
    own = {file.relative_to(_PACKAGE): file for file in sorted(files)}
    stages = {name: file for name, file in own.items() if name.parts[0] not in _NO_BYTES}
    lines += [f"{name.as_posix()} {digest(file.read_bytes())}" for name, file in stages.items()]
    return "\n".join([*lines, *library_versions(with_drawing)])


def find_change(before: Mapping[str, str], now: Mapping[str, str]) -> Reason | None:
    """Why a document must be made anew, or None if all is as it was."""
    return next((reason for part, reason in REASONS.items() if before.get(part) != now.get(part)), None)
