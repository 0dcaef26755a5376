"""Choosing what a group studies on a day: a pure rule, so that the same question always has the same answer.

In this order: what somebody has chosen for the day; the item of a campaign whose turn it is; what the group has not
seen, courses first and their lessons in order; what it has seen and answered wrongly; what it saw longest ago. Nothing
comes twice within `AGAIN_AFTER`, except that what many got wrong may be reviewed after `REVIEW_AFTER`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from domain.ids import StudyItemId

AGAIN_AFTER = timedelta(days=90)
REVIEW_AFTER = timedelta(days=7)
MANY_WRONG = Fraction(1, 3)  # of a group's answers
NONE, WHOLE = Fraction(0), Fraction(1)


class Reason(StrEnum):
    """Why an item was chosen."""

    SECRETARY = "secretary"  # somebody in charge has chosen it
    CAMPAIGN = "campaign"  # its campaign is going on; the number is the campaign's day
    COURSE = "course"  # the next lesson of a course; the number is the lesson's
    UNSEEN = "unseen"
    WRONG = "wrong"  # a review: many answered wrongly last time
    AGAIN = "again"  # seen long ago


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item as far as choosing needs it, for one group.

    `effective` and `expires` are its first and last day. `answered` and `wrong` count the group's answers on the day
    when it had the item last. `lesson` is its number in its `course`, from 1.
    """

    id: StudyItemId
    for_group: bool = True
    effective: date | None = None
    expires: date | None = None
    withdrawn: bool = False
    last_shown: date | None = None
    answered: int = 0
    wrong: int = 0
    course: int | None = None
    course_title: str = ""
    lesson: int = 0
    campaigns: frozenset[int] = frozenset()

    def may_be_shown(self, day: date) -> bool:
        """Whether it is for this group and in force on a day; whether it was shown lately does not matter."""
        begun = self.effective is None or self.effective <= day
        return self.for_group and not self.withdrawn and begun and (self.expires is None or day <= self.expires)

    def is_recent(self, day: date) -> bool:
        """Whether the group has had it within `AGAIN_AFTER`."""
        return self.last_shown is not None and day - self.last_shown < AGAIN_AFTER

    @property
    def share_wrong(self) -> Fraction:
        """How many of the answers were wrong."""
        return Fraction(self.wrong, self.answered) if self.answered else NONE


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign and its share of the days.

    `held` tells of each workday from its first one to the day before the choice whether the group had one of its items.
    """

    id: int
    title: str
    begins: date
    ends: date
    share: Fraction
    held: tuple[bool, ...] = ()

    def is_on(self, day: date) -> bool:
        """Whether it goes on on a day."""
        return self.begins <= day <= self.ends

    def credit(self) -> Fraction:
        """How many days it has to its credit, the one of the choice included; from one on it is its turn.

        A day that it could not use is kept, but never more than one: so it has its share of the days, to one day, in
        every stretch of them.
        """
        credit = NONE
        for had in self.held:
            credit += self.share
            credit = credit - 1 if had else min(credit, WHOLE)
        return credit + self.share


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen and why; `number` and `title` belong to the reason (a campaign's day, a course's lesson)."""

    item: StudyItemId
    reason: Reason
    number: int = 0
    title: str = ""


def ranked(day: date, candidates: Iterable[Candidate], campaigns: Iterable[Campaign]) -> list[Choice]:
    """All that may be chosen on a day without anybody's doing, the best first."""
    everything = sorted(candidates, key=lambda one: one.id)
    shown = [one for one in everything if one.may_be_shown(day)]
    unseen = _unseen(everything, day)
    seen = _seen(shown, day)
    running = [one for one in campaigns if not one.ends < day]
    held_back = frozenset(one.id for one in running)
    due = sorted((one for one in running if one.is_on(day)), key=lambda one: (-one.credit(), one.id))
    chosen: dict[StudyItemId, Choice] = {}
    for campaign in due:
        if campaign.credit() >= WHOLE:
            for one in (*unseen, *seen):
                if campaign.id in one.campaigns:
                    choice = _of_itself(one) if one.is_recent(day) else _of_campaign(one, campaign, day)
                    chosen.setdefault(one.id, choice)
    for one in (*unseen, *seen):
        if not one.campaigns & held_back:
            chosen.setdefault(one.id, _of_itself(one))
    return list(chosen.values())


def choose(day: date, candidates: Iterable[Candidate], campaigns: Iterable[Campaign]) -> Choice | None:
    """What a group has on a day if nobody decides otherwise; `None` where nothing is left for it."""
    return next(iter(ranked(day, candidates, campaigns)), None)


def ahead(
    days: Sequence[date],
    candidates: Iterable[Candidate],
    campaigns: Iterable[Campaign],
    fixed: Mapping[date, StudyItemId | None],
) -> list[Choice | None]:
    """What a group will have on days to come, in their order.

    `fixed` has what somebody has chosen for a day (`None`: nothing); the clock does not take that for another day.
    """
    known, going = {one.id: one for one in candidates}, tuple(campaigns)
    kept = {item for item in fixed.values() if item is not None}
    plan: list[Choice | None] = []
    for day in days:
        automatic = (one for one in ranked(day, known.values(), going) if one.item not in kept)
        choice = _fixed(fixed[day], known, day, automatic) if day in fixed else next(automatic, None)
        shown = None if choice is None else known[choice.item]
        if shown is not None:
            known[shown.id] = replace(shown, last_shown=day, answered=0, wrong=0)
        going = tuple(_after(one, day, shown) for one in going)
        plan.append(choice)
    return plan


def after(item: StudyItemId | None, choices: Sequence[Choice]) -> Choice | None:
    """The choice to offer in place of an item: the one behind it, and after the last the first again."""
    others = [one for one in choices if one.item != item]
    place = next((place for place, one in enumerate(choices) if one.item == item), 0)
    return others[place % len(others)] if others else None


def _fixed(
    item: StudyItemId | None, known: Mapping[StudyItemId, Candidate], day: date, automatic: Iterator[Choice]
) -> Choice | None:
    """What somebody has chosen; in place of what may no longer be shown, what the rule chooses."""
    if item is None:
        return None
    found = known.get(item)
    if found is None or not found.may_be_shown(day):
        return next(automatic, None)
    return Choice(found.id, Reason.SECRETARY)


def _after(campaign: Campaign, day: date, shown: Candidate | None) -> Campaign:
    if not campaign.is_on(day):
        return campaign
    return replace(campaign, held=(*campaign.held, shown is not None and campaign.id in shown.campaigns))


def _unseen(candidates: Iterable[Candidate], day: date) -> list[Candidate]:
    """What the group has never had: of each course the next lesson, in the order of the courses, then all others.

    A lesson that is not in force yet holds up those behind it; one that never will be does not.
    """
    fresh = [one for one in candidates if one.last_shown is None]
    coming = [one for one in fresh if one.may_be_shown(max(day, one.effective or day))]
    first: dict[int, Candidate] = {}
    for one in coming:
        if one.course is not None:
            other = first.get(one.course, one)
            first[one.course] = min(one, other, key=lambda lesson: (lesson.lesson, lesson.id))
    lessons = [first[course] for course in sorted(first)]
    others = [one for one in coming if one.course is None]
    return [one for one in (*lessons, *others) if one.may_be_shown(day)]


def _seen(shown: Iterable[Candidate], day: date) -> list[Candidate]:
    """What may come again: first what most got wrong, then what was shown longest ago."""
    before = [(one.last_shown, one) for one in shown if one.last_shown is not None]
    wrong = [(last, one) for last, one in before if _is_wrong(one) and day - last >= REVIEW_AFTER]
    others = [(last, one) for last, one in before if not _is_wrong(one) and not one.is_recent(day)]
    wrong.sort(key=lambda pair: (-pair[1].share_wrong, pair[0], pair[1].id))
    others.sort(key=lambda pair: (pair[0], pair[1].id))
    return [one for _, one in (*wrong, *others)]


def _is_wrong(one: Candidate) -> bool:
    return one.share_wrong >= MANY_WRONG


def _of_campaign(one: Candidate, campaign: Campaign, day: date) -> Choice:
    return Choice(one.id, Reason.CAMPAIGN, (day - campaign.begins).days + 1, campaign.title)


def _of_itself(one: Candidate) -> Choice:
    if one.last_shown is not None:
        return Choice(one.id, Reason.WRONG if _is_wrong(one) else Reason.AGAIN)
    if one.course is not None:
        return Choice(one.id, Reason.COURSE, one.lesson, one.course_title)
    return Choice(one.id, Reason.UNSEEN)
