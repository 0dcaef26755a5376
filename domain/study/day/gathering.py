"""What a group's item is chosen from, as the store has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.clock import calendar
from domain.study import choosing
from domain.study.audience import includes_group
from domain.study.choosing import Campaign, Candidate, Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from domain.ids import StudyItemId
    from domain.messaging.chat import Chat
    from domain.study.audience import Audience
    from domain.study.campaign import Campaign as StoredCampaign
    from domain.study.day.model import Known, Shown
    from domain.study.features import Stores
    from domain.study.item import StudyItem

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Material:
    """All that a group's days are chosen from."""

    candidates: Sequence[Candidate]
    campaigns: Sequence[Campaign]
    fixed: Mapping[date, StudyItemId | None]

    def ahead(self, days: Sequence[date]) -> list[Choice | None]:
        """What the group will have on these days."""
        return choosing.ahead(days, self.candidates, self.campaigns, self.fixed)

    def ranked(self, day: date) -> list[Choice]:
        """What may be chosen on a day, the best first, but for what other days have."""
        kept = {item for other, item in self.fixed.items() if other != day}
        return [one for one in choosing.ranked(day, self.candidates, self.campaigns) if one.item not in kept]


@dataclass(frozen=True, slots=True)
class _Lesson:
    """An item's place in its first course."""

    course: int
    title: str
    number: int


def chosen(stores: Stores, group: Chat, day: date) -> tuple[StudyItem, Choice] | None:
    """What a group is to have on a day, and why; `None` where that is nothing."""
    (choice,) = gather(stores, group, day).ahead([day])
    if choice is None:
        return None
    return stores.plans.items([choice.item])[choice.item], choice


def gather(stores: Stores, group: Chat, day: date) -> Material:
    """What a group's item of a day, and of those after it, is chosen from."""
    fits: dict[Audience, bool] = {}

    def is_for(audience: Audience) -> bool:
        if audience not in fits:
            fits[audience] = includes_group(stores, audience, group)
        return fits[audience]

    shown = [one for one in stores.plans.shown(group.id) if one.day < day]
    library = stores.plans.library(group.id)
    lessons = _lessons(stores, is_for)
    going = [one for one in stores.campaigns.all() if one.until >= day and is_for(one.audience)]
    own = {place: {one.id for one in library if _belongs(one, campaign)} for place, campaign in enumerate(going)}
    last = {one.item: one for one in shown}
    candidates = [
        _candidate(one, last.get(one.id), lessons.get(one.code), own, for_group=is_for(one.audience)) for one in library
    ]
    works = calendar.workdays(stores)
    days = {place: {given.day for given in shown if given.item in items} for place, items in own.items()}
    campaigns = [
        Campaign(place, one.title, one.since, one.until, Fraction(one.share, 100), _held(one, days[place], day, works))
        for place, one in enumerate(going)
    ]
    fixed = {one.day: one.fixed for one in stores.plans.since(group.id, day).values()}
    return Material(candidates, campaigns, fixed)


def _lessons(stores: Stores, is_for: Callable[[Audience], bool]) -> Mapping[str, _Lesson]:
    """The places of items in the courses of a group, by their codes."""
    found: dict[str, _Lesson] = {}
    for place, course in enumerate(stores.courses.all()):
        if is_for(course.audience):
            for number, code in enumerate(course.items, 1):
                found.setdefault(code, _Lesson(place, course.title, number))
    return found


def _belongs(one: Known, campaign: StoredCampaign) -> bool:
    return one.code in campaign.items or any(topic in campaign.topics for topic in one.topics)


def _candidate(
    one: Known, last: Shown | None, lesson: _Lesson | None, own: Mapping[int, set[StudyItemId]], *, for_group: bool
) -> Candidate:
    return Candidate(
        one.id,
        for_group=for_group,
        effective=one.effective,
        expires=one.expires,
        withdrawn=one.withdrawn,
        last_shown=None if last is None else last.day,
        answered=0 if last is None else last.answered,
        wrong=0 if last is None else last.wrong,
        course=None if lesson is None else lesson.course,
        course_title="" if lesson is None else lesson.title,
        lesson=0 if lesson is None else lesson.number,
        campaigns=frozenset(campaign for campaign, items in own.items() if one.id in items),
    )


def _held(one: StoredCampaign, had: set[date], day: date, works: Callable[[date], bool]) -> tuple[bool, ...]:
    """On which of a campaign's workdays before a day the group had one of its items."""
    before = (one.since + number * A_DAY for number in range((day - one.since).days))
    return tuple(past in had for past in before if works(past) or past in had)
