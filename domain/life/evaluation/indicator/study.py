"""Study: of the months of a period, in how many each person has read an item or answered a question with thought.

A month counts where it ends within the period, for the branch in which somebody was at its end. One that they were on
leave for from the first day to the last does not count.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from domain.ids import BranchId, PersonId
from domain.life.evaluation.indicator.meetings import spans
from domain.life.evaluation.indicator.model import EVERYWHERE, Entry, Page, Tally, Word, figure
from domain.life.evaluation.indicator.reading import Source
from domain.life.evaluation.indicator.tree import figures, meant
from domain.life.meeting.kinds import Every
from domain.table import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from domain.ids import MemberId
    from domain.life.evaluation.indicator.counted import Stay
    from domain.life.evaluation.indicator.model import Asked, Figure, Period, Whose, Window
    from domain.life.features import Stores

STUDY = Word("study")
MISSED = Code("not_studied")
A_MOMENT = timedelta(microseconds=1)


class Month(NamedTuple):
    """Somebody in a month, by its place in the period, and whether they have studied in it."""

    stay: Stay
    month: int
    studied: bool


def _months(days: Period) -> list[datetime]:
    """The moments at which the months of a period begin, and the end of the last one."""
    found = spans(Every.MONTH, days)
    if not found:
        return []
    return [days.moment(first) for first, _ in found] + [days.moment(found[-1][1] + timedelta(days=1))]


def _all(stores: Stores, asked: Asked) -> Iterator[Month]:
    days, bounds = asked.period, _months(asked.period)
    if not bounds:
        return
    stays, away = stores.indicators.stays(days, asked.within), stores.indicators.absences(days)
    members = None if asked.within == EVERYWHERE else {one.member for one in stays if one.member is not None}
    studied = stores.indicators.studied(bounds, members)
    for stay in stays:
        mask = studied.get(stay.member, 0) if stay.member is not None else 0
        for number, end in enumerate(bounds[1:]):
            if stay.since < end <= stay.until and not _is_away(away.get(stay.person, ()), bounds[number], end, days):
                yield Month(stay, number, bool(mask >> number & 1))


def _is_away(leave: Sequence[tuple[date, date | None]], since: datetime, until: datetime, days: Period) -> bool:
    if not leave:
        return False
    first, after = days.day(since), days.day(until)
    return any(one <= first and (back is None or back >= after) for one, back in leave)


def _tallies(stores: Stores, asked: Asked, whose: Callable[[Stay], Whose]) -> dict[Whose, Tally]:
    part: defaultdict[Whose, int] = defaultdict(int)
    of: defaultdict[Whose, int] = defaultdict(int)
    for one in _all(stores, asked):
        key = whose(one.stay)
        of[key] += 1
        part[key] += one.studied
    return {key: Tally(Fraction(part[key]), count) for key, count in of.items()}


def _branch(stay: Stay) -> BranchId:
    return stay.branch


def _person(stay: Stay) -> PersonId:
    return stay.person


def _read(stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
    return figures(stores, _tallies(stores, asked, _branch), asked)


def _read_people(stores: Stores, asked: Asked) -> Mapping[PersonId, Figure]:
    return {one: figure(tally) for one, tally in _tallies(stores, asked, _person).items()}


def _page(stores: Stores, asked: Asked, of: Callable[[Stay], bool], window: Window) -> Page:
    """Persons by month, the last month first; only those of the page are read whole."""
    found = [one for one in _all(stores, asked) if of(one.stay)]
    found.sort(key=lambda one: (-one.month, one.stay.name, one.stay.person))
    shown, bounds = found[window.first : window.end], _months(asked.period)
    members = {one.stay.member for one in shown if one.stay.member is not None and one.studied}
    learnt = stores.indicators.learnt(members, bounds) if members else {}
    return Page([_entry(one, bounds, learnt) for one in shown], len(found))


def _entry(
    one: Month, bounds: Sequence[datetime], learnt: Mapping[tuple[MemberId, int], tuple[datetime, str]]
) -> Entry:
    at = bounds[one.month + 1] - A_MOMENT
    what: str = MISSED
    if one.studied and one.stay.member is not None:
        at, what = learnt[one.stay.member, one.month]
    return Entry(one.stay.branch, at, what, one.stay.name, Fraction(int(one.studied)), 1)


def _entries(stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
    branches = meant(stores, branch, asked)
    return _page(stores, asked, lambda stay: stay.branch in branches, window)


def _entries_of_person(stores: Stores, person: PersonId, asked: Asked, window: Window) -> Page:
    return _page(stores, asked, lambda stay: stay.person == person, window)


BRANCHES, PEOPLE = Source(_read, _entries), Source(_read_people, _entries_of_person)
