"""Figures of findings recount what happened; what several branches have is named."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import BranchId, ChatId, FindingId
from domain.life.rectification.figures import counted
from domain.life.rectification.model import Entry, Kind, Round, Source
from domain.life.rectification.shared import shared
from language import similar
from tests.stores import AT

DAY = timedelta(days=1)


def entry(
    number: int, branch: int, opened: int, closed: int | None, *, due: int | None = None, title: str = ""
) -> Entry:
    """A round between days; rectified on the day on which it is closed."""
    ends = None if closed is None else day(closed)
    one = Round(number, day(opened), last_at=None if due is None else day(due), rectified_at=ends, closed_at=ends)
    return Entry(FindingId(1), BranchId(branch), ChatId(1), Kind.OTHER, Source.MEETING, title or str(branch), "", one)


def day(number: int) -> datetime:
    return AT + DAY * number


def rounds() -> st.SearchStrategy[Entry]:
    days = st.integers(0, 40)
    return st.builds(
        lambda number, branch, opened, lasts, due: entry(
            number, branch, opened, None if lasts is None else opened + lasts, due=None if due is None else opened + due
        ),
        st.integers(1, 3),
        st.integers(1, 4),
        days,
        st.none() | days,
        st.none() | days,
    )


@given(st.lists(rounds(), max_size=25), st.integers(0, 60), st.integers(1, 30))
def test_what_is_open_follows_from_what_was_found_and_closed(entries: list[Entry], since: int, length: int) -> None:
    begin, end = day(since), day(since + length)
    before, then = counted(entries, day(-1), begin), counted(entries, begin, end)
    assert then.open == before.open + then.found - then.closed
    assert 0 <= then.on_time <= then.closed
    assert 0 <= then.overdue <= then.open
    assert then.repeated <= then.found


@given(st.lists(rounds(), max_size=25), st.integers(1, 60))
def test_branches_add_up_and_what_comes_later_changes_nothing(entries: list[Entry], until: int) -> None:
    total = counted(entries, AT, day(until))
    parts = [counted([one for one in entries if one.branch == branch], AT, day(until)) for branch in range(1, 5)]
    for name in ("found", "closed", "on_time", "open", "overdue", "repeated"):
        assert getattr(total, name) == sum(getattr(one, name) for one in parts)
    known = [one for one in entries if one.round.opened_at < day(until)]
    then = [
        replace(one, round=replace(one.round, closed_at=None, rectified_at=None))
        if one.round.closed_at is not None and one.round.closed_at >= day(until)
        else one
        for one in known
    ]
    assert counted(then, AT, day(until)) == total, "as it was counted on that day"


def test_findings_of_one_item_or_in_similar_words_are_named_once() -> None:
    names = {BranchId(1): "甲", BranchId(2): "乙", BranchId(3): "丙"}
    words = ["三会一课记录缺签到", "三会一课会议记录缺少签到", "食堂太吵", "食堂太吵"]
    found = [entry(1, branch, 0, None, title=title) for branch, title in zip((1, 2, 3, 3), words, strict=True)]
    (one,) = shared(found, names, similar.are_similar)
    assert list(one.branches) == ["甲", "乙"]
    items = [replace(entry(1, branch, 0, None), item="3.2") for branch in (1, 3)]
    (other,) = shared(items, names, lambda *_: False)
    assert list(other.branches) == ["甲", "丙"]
    assert shared([], names, similar.are_similar) == []
