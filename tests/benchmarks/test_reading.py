"""The benchmarks of totals and of summaries do what they say, and notice where the two sides differ."""

import pytest

from benchmarks.domain import plain
from benchmarks.domain import roster as rosters
from benchmarks.domain import summary as summaries
from benchmarks.result import WorkNotDone
from benchmarks.storage import points
from storage.points.points import Points


def quiet(_: str) -> None:
    """Say nothing."""


def test_totals_and_boards_are_read_from_small_and_large_ledgers():
    rows = points.measure(points.Size(ledgers=((1, 2), (2, 4)), rounds=2, calls=5), quiet)
    assert [(row.what, row.against, row.most) for row in rows] == [
        ("a person's total, 4,000 entries", "1,000 entries", 1.5),
        ("a week's top twenty, 4,000 entries", "1,000 entries", 1.5),
    ]
    assert all(row.value for row in rows)


def test_a_total_that_cannot_be_is_noticed(monkeypatch):
    monkeypatch.setattr(Points, "total", lambda *_: 0)
    with pytest.raises(WorkNotDone, match="a total of 0 for 10 entries"):
        points.measure(points.Size(ledgers=((1, 2),), rounds=1, calls=1), quiet)


def test_a_summary_has_what_plain_sql_finds():
    by_group, at_once = summaries.measure(summaries.Size(groups=3, rounds=2), quiet)
    assert (by_group.most, at_once.most) == (3.0, None)
    assert by_group.value
    assert at_once.value


@pytest.mark.parametrize("fact", plain.EACH)
def test_a_fact_that_differs_is_noticed(monkeypatch, fact):
    monkeypatch.setitem(plain.EACH, fact, "SELECT 7, 'something else', 7")
    with pytest.raises(WorkNotDone, match=fact):
        summaries.measure(summaries.Size(groups=1, rounds=1), quiet)


def test_a_roster_is_imported_and_again():
    first, again, memory = rosters.measure(rosters.Size(people=60, branches=6, together=3), quiet)
    assert (first.value or 0) > 0
    assert (again.value or 0) > 0
    assert memory.met
