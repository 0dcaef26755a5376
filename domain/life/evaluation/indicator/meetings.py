"""Meetings that were held, of those that the kinds' rules say a branch owes (三会一课).

A month, quarter or year counts where it ends within the period. A meeting is held once its check-in has begun.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.life.evaluation.indicator.model import NOTHING, Entry, Tally, cut
from domain.life.evaluation.indicator.reading import Source
from domain.life.evaluation.indicator.tree import figures, meant
from domain.life.meeting.kinds import RULES, Kind
from domain.life.meeting.owed import OF_BRANCH, OF_GROUP, period
from domain.people.branch import BranchKind
from domain.table import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.ids import BranchId
    from domain.life.evaluation.indicator.counted import HeldMeeting, Post
    from domain.life.evaluation.indicator.model import Asked, Figure, Page, Period, Window, Within
    from domain.life.features import Stores
    from domain.life.meeting.kinds import Every
    from domain.people.branch import Branch

OWED: Mapping[BranchKind, Sequence[Kind]] = {BranchKind.BRANCH: OF_BRANCH, BranchKind.GROUP: OF_GROUP}


def spans(every: Every, days: Period) -> list[tuple[date, date]]:
    """The months, quarters or years that end within a period, the first and the last day of each."""
    found: list[tuple[date, date]] = []
    day = days.first
    while True:
        first, last = period(every, day)
        if last > days.last:
            return found
        found.append((first, last))
        day = date.fromordinal(last.toordinal() + 1)


def _owed(stores: Stores, days: Period, within: Within) -> Iterator[Entry]:
    """Each meeting that was owed: held, or missing."""
    held = _held(stores, days, within)
    posts = _by_branch(stores.indicators.posts())
    ends = {every: spans(every, days) for every in {one.every for one in RULES.values() if one.every is not None}}
    for branch in stores.indicators.standing(days):
        if within.branches is not None and branch.id not in within.branches:
            continue
        for kind in OWED.get(branch.kind, ()):
            every = RULES[kind].every
            for first, last in ends[every] if every is not None else ():
                if _owes(branch, kind, days.moment(date.fromordinal(last.toordinal() + 1)), posts):
                    yield _entry(branch, kind, (first, last), held.get((branch.id, kind), ()), days)


def _owes(branch: Branch, kind: Kind, end: datetime, posts: Mapping[BranchId, Sequence[Post]]) -> bool:
    """Whether a branch was there at the end of a month; without a committee it owes no meeting of one."""
    if branch.closed_at is not None and branch.closed_at < end:
        return False
    if kind is not Kind.COMMITTEE:
        return True
    return any(one.since < end and (one.until is None or one.until >= end) for one in posts.get(branch.id, ()))


def _entry(branch: Branch, kind: Kind, span: tuple[date, date], held: Sequence[HeldMeeting], days: Period) -> Entry:
    code = Code(f"meeting.{kind}")
    for one in held:
        if span[0] <= days.day(one.starts_at) <= span[1]:
            return Entry(branch.id, one.starts_at, code, "", Fraction(1), 1, f"meeting:{one.meeting}")
    return Entry(branch.id, days.moment(span[1]), code, "", Fraction(0), 1)


def _held(stores: Stores, days: Period, within: Within) -> Mapping[tuple[BranchId, Kind], Sequence[HeldMeeting]]:
    found: defaultdict[tuple[BranchId, Kind], list[HeldMeeting]] = defaultdict(list)
    for one in stores.indicators.held(days.moment(date(days.first.year, 1, 1)), days.until, within):
        found[one.branch, one.kind].append(one)
    return found


def _by_branch(posts: Sequence[Post]) -> Mapping[BranchId, Sequence[Post]]:
    found: defaultdict[BranchId, list[Post]] = defaultdict(list)
    for one in posts:
        found[one.branch].append(one)
    return found


def _read(stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
    own: defaultdict[BranchId, Tally] = defaultdict(lambda: NOTHING)
    for one in _owed(stores, asked.period, asked.within):
        if one.branch is not None:
            own[one.branch] += Tally(one.part, one.of)
    return figures(stores, own, asked)


def _entries(stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
    branches = meant(stores, branch, asked)
    return cut([one for one in _owed(stores, asked.period, asked.within) if one.branch in branches], window)


BRANCHES = Source(_read, _entries)
