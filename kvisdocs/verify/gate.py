"""The gate: finished PDF and DOCX files before every judge that there is.

veraPDF judges PDFs, openxml-audit and the Open XML SDK judge DOCX files, our own rules their accessibility, and a PDF
and a DOCX of the same name in the same folder are compared. What no judge has looked at is said, never passed over.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import Position, Problem
from kvisdocs.verify.blocks import Placed, UnreadableError, UntaggedError
from kvisdocs.verify.docx.accessibility import check_accessibility
from kvisdocs.verify.docx.body import read_docx_blocks
from kvisdocs.verify.docx.validators import check_docx_with_audit, check_docx_with_sdk
from kvisdocs.verify.parity import compare
from kvisdocs.verify.pdf.validator import check_pdfs
from kvisdocs.verify.validators import PIP, JudgeMissing, without

PARITY_INSTALL = f"{PIP} pdfminer.six"

_SUFFIXES = (".docx", ".pdf")


@dataclass(frozen=True, slots=True)
class Report:
    """What the gate has to say about `files`; `pairs` of them were compared."""

    files: tuple[Path, ...]
    pairs: int
    problems: tuple[Problem, ...]
    missing: tuple[JudgeMissing, ...]

    @property
    def is_well(self) -> bool:
        """Whether every judge looked at every file, and none found anything."""
        return not self.problems and not self.missing

    @property
    def exit_code(self) -> int:
        """0 where all is well, 1 where a file has a problem, 3 where nobody found one, but a judge did not look."""
        return 1 if self.problems else 3 if self.missing else 0


def verify_files(paths: Iterable[Path]) -> Report:
    """Every problem of the files, or of all PDF and DOCX files in a folder, by file, then by judge."""
    gate = _Gate()
    files = gate.find(paths)
    pdfs, docxs = (tuple(file for file in files if file.suffix.lower() == suffix) for suffix in (".pdf", ".docx"))
    pairs = _pairs(pdfs, docxs)
    judged = [file for file in docxs if gate.read(file, check_accessibility)]
    with ThreadPoolExecutor(1) as aside:
        sdk = aside.submit(check_docx_with_sdk, judged)  # programs of its own, which we need not wait for
        gate.ask(check_docx_with_audit, judged)
        compared = gate.compare([(pdf, docx) for pdf, docx in pairs if docx in judged])
        gate.ask(check_pdfs, [file for file in pdfs if file not in gate.unreadable])
        gate.ask(lambda _: sdk.result(), judged)
    problems = sorted(gate.problems, key=lambda problem: problem.position.file)
    return Report(files, compared, tuple(problems), tuple(gate.missing))


class _Gate:
    """Collects, judge by judge."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.missing: list[JudgeMissing] = []
        self.unreadable: set[Path] = set()

    def find(self, paths: Iterable[Path]) -> tuple[Path, ...]:
        """The files that are there, each once, those of a folder by name; Word's lock files are left out."""
        found: dict[Path, Path] = {}
        for path in paths:
            files = [path]
            if path.is_dir():
                inside = sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("~$"))
                files = [each for each in inside if each.suffix.lower() in _SUFFIXES]
                if not files:
                    what = message("verify.file.empty_folder", "the folder holds neither PDF nor DOCX")
                    self._say(path, what, N_("name the folder that the files are in"))
            for file in files:
                if not file.exists():
                    what = message("verify.file.not_there", "there is no such file")
                    self._say(file, what, N_("give a PDF, a DOCX, or a folder of them"))
                elif file.suffix.lower() not in _SUFFIXES:
                    what = message("verify.file.other_kind", "the file is neither PDF nor DOCX")
                    self._say(file, what, N_("give files that end in .pdf or .docx"))
                else:
                    found.setdefault(file.resolve(), file)
        return tuple(found.values())

    def ask(self, judge: Callable[[Sequence[Path]], list[Problem]], files: Sequence[Path]) -> None:
        """What a judge says about the files, or that it could not run."""
        try:
            self.problems += judge(files)
        except JudgeMissing as missing:
            self.missing.append(missing)

    def read(self, file: Path, judge: Callable[[Path], list[Problem]]) -> bool:
        """What rules that read the file themselves say; False where it cannot be read, which then is the problem."""
        try:
            self.problems += judge(file)
        except UnreadableError as error:
            self._give_up(file, error)
        return file not in self.unreadable

    def compare(self, pairs: Sequence[tuple[Path, Path]]) -> int:
        """How many of the pairs were compared."""
        if not pairs:
            return 0
        try:
            from kvisdocs.verify.pdf.tag_blocks import read_pdf_blocks
        except ImportError as error:
            judge = N_("the comparison of PDF and DOCX")
            self.missing.append(JudgeMissing(judge, PARITY_INSTALL, without(error.name)))
            return 0
        return sum(self._compare(pdf, docx, read_pdf_blocks) for pdf, docx in pairs)

    def _compare(self, pdf: Path, docx: Path, read_pdf_blocks: Callable[[Path], list[Placed]]) -> bool:
        try:
            blocks = read_pdf_blocks(pdf)
        except UntaggedError as error:
            what = message(
                "verify.parity.untagged", "cannot be compared with {docx}: {reason}", docx=docx.name, reason=error.what
            )
            self._say(pdf, what, N_("write it as PDF/UA-1"))
            return False
        except UnreadableError as error:
            self._give_up(pdf, error)
            return False
        self.problems += compare(pdf, blocks, docx, read_docx_blocks(docx))
        return True

    def _give_up(self, file: Path, error: UnreadableError) -> None:
        self.unreadable.add(file)
        self._say(file, error.what, N_("write the file again, without a password"))

    def _say(self, file: Path, what: Message, todo: Message) -> None:
        self.problems.append(Problem(Position(str(file)), what, todo))


def _pairs(pdfs: Sequence[Path], docxs: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Each PDF with the DOCX of the same name beside it."""
    by_name = {(file.resolve().parent, file.stem): file for file in docxs}
    keys = [(pdf, (pdf.resolve().parent, pdf.stem)) for pdf in pdfs]
    return [(pdf, by_name[key]) for pdf, key in keys if key in by_name]
