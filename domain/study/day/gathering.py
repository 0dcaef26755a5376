"""What a group's item is chosen from, as the store has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.study import choosing
from domain.study.choosing import Campaign, Candidate, Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.ids import StudyItemId
    from domain.messaging.chat import Chat
    from domain.study.features import Stores
    from domain.study.study import StudyItem


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
        """What may be chosen on a day, the best first, but for what others days have."""
        kept = {item for other, item in self.fixed.items() if other != day}
        return [one for one in choosing.ranked(day, self.candidates, self.campaigns) if one.item not in kept]


def gather(stores: Stores, group: Chat, day: date) -> Material:
    """What a group's item of a day, and of those after it, is chosen from."""
    last = {one.item: one for one in stores.plans.shown(group.id) if one.day < day}
    candidates = [
        replace(one, last_shown=last[one.id].day, answered=last[one.id].answered, wrong=last[one.id].wrong)
        if one.id in last
        else one
        for one in stores.plans.candidates(group.id)
    ]
    fixed = {one.day: one.fixed for one in stores.plans.since(group.id, day).values()}
    return Material(candidates, (), fixed)


def chosen(stores: Stores, group: Chat, day: date) -> tuple[StudyItem, Choice] | None:
    """What a group is to have on a day, and why; `None` where that is nothing."""
    (choice,) = gather(stores, group, day).ahead([day])
    if choice is None:
        return None
    return stores.plans.items([choice.item])[choice.item], choice
