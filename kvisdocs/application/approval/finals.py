"""Letters made once more, of what their drafts were made of, without UDKAST."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kvisdocs.application.approval.unchanged import RENDER_AGAIN, Ground
from kvisdocs.application.generate import MakingError, make_document
from kvisdocs.messages import message
from kvisdocs.problems import KvisdocsError, Position, Problem
from kvisdocs.templating.html import Assets
from kvisdocs.templating.render import find_renderer
from kvisdocs.writers import WriterOutput
from kvisdocs.writers.limits import TookTooLongError, limit_time

Files = Mapping[str, WriterOutput]
MakeFinals = Callable[[Sequence[Ground], Assets], Iterable["Files | KvisdocsError"]]
"""Makes letters without UDKAST, in order; what stopped one comes in its place."""


def make_in_turn(grounds: Sequence[Ground], assets: Assets) -> Iterator["Files | KvisdocsError"]:
    """One after the other, in this process."""
    renderer = find_renderer(assets)
    for ground in grounds:
        formats = tuple(ground.record.files)
        made: Files | KvisdocsError
        try:
            with limit_time(ends_process=False):
                made = make_document(
                    ground.case, ground.document, ground.day, formats, renderer, along=ground.along, final=True
                )
        except MakingError as error:
            made = error
        except TookTooLongError:
            what = message("approval.letter.slow", "was not made in time")
            made = KvisdocsError(Problem(Position(ground.case.source.file), what, RENDER_AGAIN))
        yield made
