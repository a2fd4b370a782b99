"""What stops a document is of one kind, from a closed list; and it comes back whole from a worker."""

import errno
import pickle

import pytest

from kvisdocs.application.generate import MakingError, as_problems
from kvisdocs.application.outcome import Failure
from kvisdocs.batch.pool.pool import TaskTimeout, WorkerDied
from kvisdocs.batch.run import explain
from kvisdocs.problems import KvisdocsError, Position, Problem

IN_CASE = Problem(Position("cases/a.yaml", 3, 1), "is odd")
IN_TEMPLATE = Problem(Position("templates/note/document.html.j2", 3, 1), "is odd")


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (KvisdocsError(IN_CASE), Failure.CASE),
        (KvisdocsError(IN_TEMPLATE), Failure.TEMPLATE),
        (KvisdocsError([IN_CASE, IN_TEMPLATE]), Failure.TEMPLATE),
        (MakingError(Failure.REMARKS, IN_CASE), Failure.REMARKS),
        (OSError(errno.ENOSPC, "No space left on device", "/tmp/font"), Failure.WRITING),
        (MemoryError(), Failure.MEMORY),
        (TaskTimeout(5), Failure.TIME),
        (WorkerDied(9), Failure.WORKER),
    ],
)
def test_each_thing_that_stops_a_document_is_of_one_kind(error, failure):
    assert explain(error, "cases/a.yaml", "note").failure is failure


def test_what_nobody_thought_of_is_a_fault_of_the_program():
    try:
        raise ZeroDivisionError("by nought")
    except ZeroDivisionError as error:
        found = as_problems(error, "cases/a.yaml", "note")

    assert found.failure is Failure.PROGRAM
    assert found.problems[0].what.startswith("note cannot be made: ZeroDivisionError: by nought (")


def test_it_can_be_sent_to_another_process():
    error = pickle.loads(pickle.dumps(MakingError(Failure.MEMORY, IN_CASE)))

    assert (error.failure, error.problems) == (Failure.MEMORY, (IN_CASE,))
