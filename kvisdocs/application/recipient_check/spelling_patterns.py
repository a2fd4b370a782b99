"""How a mark may be written in a finished paper, and how it is known again: by whole words, not by letters in a row.

What a paper must hold is compared as the case has it (`stands_in`); what it must not hold, in all usual spellings
(`is_strange`), after `fold_letters`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from kvisdocs.cases.spellings.addresses import street_key, street_pattern
from kvisdocs.cases.spellings.names import find_names, name_keys
from kvisdocs.cases.spellings.normalisation import BROKEN, Key, cpr_pattern, fold, fold_letters
from kvisdocs.messages import N_
from kvisdocs.problems import Word


class MarkKind(Word):
    """What a mark is, in the words of a message."""

    CPR = N_("the CPR number")
    NAME = N_("the name")
    FIRM = N_("the name of the firm")
    PRACTICE = N_("the practice")
    PROVIDER = N_("the provider number")
    ADDRESS = N_("the address")
    PHONE = N_("the phone number")
    EMAIL = N_("the e-mail address")
    CASE_NUMBER = N_("the case number")
    TITLE = N_("the title")
    SENDER = N_("the sender")


_NO_LETTER = re.compile(r"[\W_]+")
_CHUNK = re.compile(r"[^\W_]+")
_GENITIVE = r"(?:['\N{RIGHT SINGLE QUOTATION MARK}]?s)?"
_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_BEGIN, _END = r"(?<![^\W_])", r"(?![^\W_])"
_NO_LETTER_NEXT = r"(?![^\W\d_])"
"""A digit may follow a word: the number of a footnote."""
_LINE_END = re.compile(r"[-\N{HYPHEN}]\s*\n\s*")
"""Where a word is broken at the end of a line."""
_LEGAL_FORM = re.compile(r"\W+(?:a/s|aps|amba|a\.m\.b\.a\.?|ivs|i/s|k/s|p/s)\W*$", re.IGNORECASE)
SHORTEST = 5
"""Letters and digits of the shortest key; a shorter one is found in other words by chance."""


def normalise_mark(text: str) -> str:
    """Letters and digits alone, in small letters, å as aa: what is left of a text whatever its line breaks."""
    return _NO_LETTER.sub("", fold_letters(text))


def initial(name: str) -> Iterator[str]:
    """What a person may be called in a letter beside the name: without the middle names, and with initials."""
    *given, last = name.split()
    if given:
        letters = [f"{each[0]}." for each in given]
        yield f"{given[0]} {last}"
        yield " ".join((*letters, last))


def is_right_to_left(text: str) -> bool:
    """Whether some of it is read from the right: the words of a PDF's line are then handed back in another order."""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def find_keys(kind: MarkKind, text: str) -> tuple[Key, ...]:
    """Letters and digits in a row: one of them stands in the squeezed words of a paper wherever the value does."""
    whole = normalise_mark(text)
    if is_right_to_left(text):
        return (Key(max(map(normalise_mark, _CHUNK.findall(fold(text))), key=len, default="")),)
    if kind is MarkKind.NAME:
        keys = name_keys(text) or (Key(whole),)
    elif kind is MarkKind.ADDRESS:
        keys = (street_key(text.partition("\n")[0]), Key(whole))
    elif kind is MarkKind.FIRM:
        keys = tuple(Key(normalise_mark(form)) for form in _firm_forms(text))
    else:
        keys = (Key(whole[:6] if kind is MarkKind.CPR else whole),)
    found: list[Key] = []
    for key in sorted(keys, key=lambda key: len(key.letters)):  # what holds a shorter one is found by that
        is_held = any(each.letters in key.letters and each.beside in ("", key.beside) for each in found)
        if len(key.letters) >= SHORTEST and not is_held:
            found.append(key)
    return tuple(found)


def is_strange(kind: MarkKind, text: str, paper: str, own: str, said: frozenset[str]) -> bool:
    """Whether the value stands in the paper in some spelling, and not in the own case; both by `fold_letters`.

    A name that is found as nothing but words of the templates (`said`) is none: "Plan, sag" is not Sag Plan.
    """
    if is_right_to_left(text):
        return stands_in(kind, text, paper) and not stands_in(kind, text, own)
    if kind is MarkKind.CPR and _stands_masked(text, paper) and normalise_mark(text)[:6] not in own:
        return True
    if kind is MarkKind.NAME and len(text.split()) > 1:
        return _is_strange_name(text, paper, own, said)
    if kind is MarkKind.ADDRESS and (street := street_pattern(text.partition("\n")[0])):
        if not street.search(_LINE_END.sub("", paper)):
            return False
        if not street.search(own):
            return True
    forms = _firm_forms(text) if kind is MarkKind.FIRM else (text,)
    return any(_stands_plainly(kind, form, paper) and not _stands_plainly(kind, form, own) for form in forms)


def _stands_masked(cpr: str, paper: str) -> bool:
    """Whether it stands there as `010170-xxxx`, of which only the birthday is known: many share one."""
    return re.search(rf"(?<!\d){normalise_mark(cpr)[:6]}\W{{0,3}}(?:x{{4}}(?![^\W_])|[*•]{{4}})", paper) is not None


def _is_strange_name(text: str, paper: str, own: str, said: frozenset[str]) -> bool:
    found = set(find_names(text, paper))
    if not found:
        return False
    known = [each for each in find_names(text, own) if not each.turned]
    words = frozenset(_CHUNK.findall(own)) if any(each.turned for each in found) else frozenset()
    return any(
        not each.is_said_in(known)
        and not {each.last, *(() if each.is_initial else (each.first,))} <= said
        and not (each.turned and {each.first, each.last} <= words)
        for each in found
    )


def _stands_plainly(kind: MarkKind, text: str, plain: str) -> bool:
    return stands_in(kind, fold_letters(text), plain)


@lru_cache(maxsize=1024)
def _firm_forms(text: str) -> tuple[str, ...]:
    """The firm's name, and without its legal form where two words are left."""
    bare = _LEGAL_FORM.sub("", text)
    return (text, bare) if bare != text and len(bare.split()) > 1 else (text,)


def stands_in(kind: MarkKind, spelled: str, folded: str) -> bool:
    """Whether a spelling stands among the folded words of a paper, whole, however it is broken over lines."""
    if is_right_to_left(spelled):
        return _letters(spelled) <= _letters(folded)
    return _pattern(kind, spelled).search(folded) is not None


def _letters(text: str) -> set[str]:
    """Its words, each by its letters sorted: a PDF hands back words in the order of the line, and `لا` as `ال`."""
    return {"".join(sorted(word)) for word in _CHUNK.findall(fold(text))}


@lru_cache(maxsize=1024)
def _pattern(kind: MarkKind, spelled: str) -> re.Pattern[str]:
    text = fold(spelled)
    if kind is MarkKind.CPR:
        return cpr_pattern(spelled)
    if kind is MarkKind.PROVIDER:
        return re.compile(r"(?<!\d)" + r"[\s.]?".join(normalise_mark(text)) + r"(?!\d|-[\dx])")
    if kind is MarkKind.PHONE:
        return re.compile(r"(?:(?<!\d)|(?<=\+45)|(?<=0045))" + r"[\s./-]{0,2}".join(normalise_mark(text)) + r"(?!\d)")
    end = _END if normalise_mark(text)[-1:].isdigit() else _NO_LETTER_NEXT
    return re.compile(_BEGIN + _in_order(text, kind) + (_GENITIVE if _has_genitive(kind) else "") + end)


def _has_genitive(kind: MarkKind) -> bool:
    return kind in (MarkKind.NAME, MarkKind.FIRM, MarkKind.PRACTICE, MarkKind.SENDER)


def _in_order(text: str, kind: MarkKind) -> str:
    """The words one after the other. What a hyphen joins in a name may be written apart or as one word."""
    joined = kind is MarkKind.CASE_NUMBER and any(sign.isalpha() for sign in text)
    chunks = list(_CHUNK.finditer(text))
    pattern = "".join(map(_word, chunks[:1]))
    for before, after in pairwise(chunks):
        gap = r"[\W_]*" if joined else _gap(text[before.end() : after.start()], kind)
        pattern += gap + _word(after)
    return pattern


def _word(chunk: re.Match[str]) -> str:
    return BROKEN.join(map(re.escape, chunk[0]))


def _gap(signs: str, kind: MarkKind) -> str:
    if kind is MarkKind.NAME and signs.startswith("."):
        return r"\.[\s-]*"  # an initial
    if kind is MarkKind.NAME and signs.strip() in tuple(_HYPHENS):
        return r"[\W_]*"
    return r"[\W_]+"
