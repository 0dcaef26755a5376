"""What was learnt, by group, and of the groups of a branch together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plain
from domain.people.person import Rate, participation
from domain.study.learning.figures import LEAST_ANSWERS, LEAST_PEOPLE, Asked, Learnt, Share, together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.chat import Chat
    from domain.study.features import Stores

NOTHING = Share()


def of_group(stores: Stores, group: Chat, since: datetime, until: datetime) -> Learnt:
    """What a group has learnt between two moments."""
    between = (group.id, since, until)
    asked = stores.learning.asked(*between)
    return Learnt(
        name=name_of(stores, group),
        reach=_reach(stores, group, since, until),
        first=sum((one.share for one in asked), NOTHING),
        kept=stores.learning.kept(*between),
        asked=asked,
        unopened=stores.learning.unopened(*between),
    )


def name_of(stores: Stores, group: Chat) -> str:
    """A group's name: that of its branch, else its title."""
    return plain.tidy(group.title if group.branch is None else stores.branches.get(group.branch).name)


def _reach(stores: Stores, group: Chat, since: datetime, until: datetime) -> Rate:
    """How many have read something, of those of the group's branch, else of those who are known to be in the group."""
    readers = stores.learning.readers(group.id, since, until)
    rate = participation(stores, group, readers, since, until)
    return rate or Rate(len(readers), max(1, len(readers), stores.members.how_many(group.id)))


def rolled_up(name: str, learnt: Sequence[Learnt]) -> Learnt:
    """What several groups have learnt together. Whoever is in two of them counts in each.

    Questions of groups that are too small to be told apart from their people are not among those that are hard.
    """
    return Learnt(
        name=name,
        reach=Rate(sum(one.reach.took_part for one in learnt), max(1, sum(one.reach.of for one in learnt))),
        first=sum((one.first for one in learnt), NOTHING),
        kept=sum((one.kept for one in learnt), NOTHING),
        asked=together(one.asked for one in learnt if one.reach.of >= LEAST_PEOPLE),
        unopened=list(dict.fromkeys(title for one in learnt for title in one.unopened)),
    )


def tellable(learnt: Learnt) -> list[Asked]:
    """The questions of which figures may be told: enough people, and enough answers."""
    if learnt.reach.of < LEAST_PEOPLE:
        return []
    return [one for one in learnt.asked if one.share.answered >= LEAST_ANSWERS]
