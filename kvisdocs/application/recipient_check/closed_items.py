"""Nothing of a closed item in a paper for the public: its title, its texts and its attachments, sought in the files.

Templates are not given them (`make_public`), so that only another item, or a template of one's own, can tell them.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from kvisdocs.application.recipient_check.identifying_data import list_texts
from kvisdocs.cases.load import LoadedCase
from kvisdocs.cases.model.committee import Access, Attachment, CommitteeItem, make_public
from kvisdocs.cases.spellings.normalisation import fold_letters
from kvisdocs.cases.views import Audience
from kvisdocs.messages import N_, message
from kvisdocs.problems import Problem
from kvisdocs.templating.documents import Document
from kvisdocs.templating.meetings.items import list_attachments, read_items
from kvisdocs.templating.profiles import Profile
from kvisdocs.writers import FORMATS, WriterOutput

LEAST, LEAST_OF_TITLE = 3, 2
"""So many words has a sentence, or an item's title, that is sought for; shorter ones stand in any paper."""

_SENTENCE = re.compile(r"[\n|]+|(?<=[.!?:;])\s+")
_MARKUP = re.compile(r"[*_`#>\\]+|^\s*(?:-|\d+\.)\s+", re.MULTILINE)


def check_public(
    loaded: LoadedCase, document: Document, written: Mapping[str, WriterOutput], profile: Profile
) -> list[Problem]:
    """An error for each closed text that a finished file for the public holds."""
    if document.audience is not Audience.PUBLIC:
        return []
    items = read_items(loaded)
    secrets = list(_find_secrets(items, profile))
    if not secrets:
        return []
    found: dict[str, Problem] = {}
    for format, file in written.items():
        words = f" {_plain(FORMATS[format].read_words(file.data)[0])} "
        for title, secret in secrets:
            if f" {_plain(secret)} " in words and secret not in found:
                what = message(
                    "meeting.public.closed_text",
                    '{file} holds "{text}" of the closed item "{title}"',
                    file=f"{document.name}.{format}",
                    text=secret,
                    title=title,
                )
                todo = N_("take it out of the open item or the template that tells it, or release it")
                found[secret] = Problem(loaded.source.locate_key(("items",)), what, todo)
    return list(found.values())


def _find_secrets(items: Collection[CommitteeItem], profile: Profile) -> Iterator[tuple[str, str]]:
    """What nobody outside may read, with the title of its item.

    A sentence that an open item has too is none: items share what is said of law and economy. A title is one, unless
    an open item or attachment is called so too.
    """
    brief = profile.brief
    shown = [make_public(item, brief.closed_facts, brief.closed_reason) for item in items]
    open_words = f" {_plain(' '.join(text for each in shown for text in list_texts(each)))} "
    named: list[CommitteeItem | Attachment] = [*shown]
    for each in shown:
        named += [attachment for _, attachment in list_attachments(each)]
    open_titles = {_plain(each.title) for each in named if each.access is Access.OPEN}
    for item, public in zip(items, shown, strict=True):
        titles = [each.title for _, each in list_attachments(item) if each.access is Access.CLOSED]
        texts: list[str] = []
        if item.access is Access.CLOSED:
            titles = [item.title, *(each.title for _, each in list_attachments(item))]
            texts = [text for text in list_texts(item) if text not in titles]
        own = f" {_plain(' '.join(list_texts(public)))} "
        for title in titles:
            least = LEAST_OF_TITLE if title == item.title else LEAST
            is_told = f" {_plain(title)} " in own or _plain(title) in open_titles
            if len(_plain(title).split()) >= least and not is_told:
                yield item.title, title
        for text in texts:
            for sentence in _SENTENCE.split(_MARKUP.sub("", text)):
                plain = _plain(sentence)
                if len(plain.split()) >= LEAST and f" {plain} " not in open_words:
                    yield item.title, sentence.strip()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold_letters(text)))
