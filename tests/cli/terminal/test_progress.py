"""What those who wait for a run are told of its speed: nothing before there is a figure."""

from kvisdocs.cli.terminal.progress import Pace, format_duration


class Clock:
    """A clock that a test sets."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def figures(*answers: tuple[float, bool], total: int = 100) -> list[str | None]:
    """The figure after each answer: when it came, and whether it was worked on."""
    clock = Clock()
    pace = Pace(total, clock)
    found = []
    for clock.seconds, is_work in answers:
        pace.count(is_work)
        found.append(pace.figure())
    return found


def test_there_is_no_figure_for_the_first_documents_however_long_they_took():
    assert figures(*((60.0 + number, True) for number in range(5))) == [None] * 5


def test_the_start_of_the_workers_is_no_part_of_the_speed():
    assert figures(*((60.0 + number / 2, True) for number in range(6)))[-1] == "2.0/s, 47 s left"


def test_there_is_none_in_the_first_second():
    assert set(figures(*((number / 100, True) for number in range(50)))) == {None}


def test_what_is_unchanged_is_no_work_but_shortens_the_rest():
    work = [(10.0 + number, True) for number in range(6)]

    assert figures(*((0.0, False) for _ in range(80)), *work)[-1] == "1.0/s, 14 s left"


def test_where_all_is_unchanged_there_is_no_speed():
    assert set(figures(*((float(number), False) for number in range(50)))) == {None}


def test_at_the_end_nothing_is_left():
    assert figures(*((float(number), True) for number in range(10)), total=10)[-1] == "1.0/s"


def test_durations():
    assert [format_duration(seconds) for seconds in (0.4, 59.4, 200, 3900)] == [
        "0 s",
        "59 s",
        "3 min 20 s",
        "1 h 5 min",
    ]
