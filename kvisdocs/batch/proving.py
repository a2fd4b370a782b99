"""The proof as a run calls it: each file of a document read back in the worker that made it, before it leaves."""

import pickle
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from kvisdocs.batch.proof import Own, Strangers, TemplateWords, prove_file
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.spellings import fold, fold_letters
from kvisdocs.problems import Position, Problem
from kvisdocs.templating.documents import Document
from kvisdocs.templating.html import Assets
from kvisdocs.templating.printed import find_labels, find_printed
from kvisdocs.templating.render import find_renderer
from kvisdocs.writers import Written

DO_NOT_SEND = "do not send it: look at the template and at both cases"


@dataclass(frozen=True)
class Recipients:
    """A `Proof`: every file is its own recipient's, and holds no mark of any other case of the run."""

    assets: Assets
    packed: bytes
    """The strangers, pickled once: pyahocorasick never gives back the memory of a pickle, and a run hires many."""

    expects: bool = True
    """Whether a file must name its own recipient and sender; `render` makes drafts of templates too, which may not."""

    @classmethod
    def of(cls, assets: Assets, strangers: Strangers, expects: bool = True) -> "Recipients":
        """The proof against these."""
        return cls(assets, pickle.dumps(strangers), expects)

    def __call__(self, case: LoadedCase, document: Document, files: Mapping[str, Written]) -> list[Problem]:
        """What speaks against the files. The reasons quote nothing of what was found."""
        asked_at = case.source.locate(("municipality",))
        profile = find_renderer(self.assets).profile(case.case.municipality, asked_at)
        strangers = _unpack(self.packed)
        own = Own.of(case.id, case.case, document.audience, profile, read_template(self.assets, document.template))
        if not self.expects:
            own = replace(own, expected=())
        return [
            Problem(Position(case.source.file), f"{document.name}.{format}: {reason}", DO_NOT_SEND)
            for format, written in files.items()
            for reason in prove_file(written.data, format, own, strangers).reasons
        ]


@lru_cache(maxsize=64)
def read_template(assets: Assets, name: str) -> TemplateWords:
    """What the templates print of themselves, and the fields that the template of this name does."""
    environment = find_renderer(assets).environment
    printed = find_printed(environment.parse(assets.read_text(name), name))
    return TemplateWords(printed, *_read_labels(assets))


@lru_cache(maxsize=2)
def _read_labels(assets: Assets) -> tuple[str, frozenset[str]]:
    labels, words = find_labels(find_renderer(assets).environment, assets)
    return fold(labels), frozenset(re.findall(r"[^\W_]+", fold_letters(words)))


@lru_cache(maxsize=1)
def _unpack(packed: bytes) -> Strangers:
    strangers: Strangers = pickle.loads(packed)  # noqa: S301  (packed by our own parent, sent through its own pipe)
    return strangers
