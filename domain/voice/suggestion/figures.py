"""Figures of a month's suggestions, for those in charge: of each group, and of all of them together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from domain.people.permission import allows, require
from domain.points.period import Every, Period, containing
from domain.voice.suggestion.holding import ANSWER
from domain.voice.suggestion.life import KEPT, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.life import Answered

GROUPS = 8  # shown one by one
TOPICS = 3
MONTHS = 3  # that a month is compared with
RISES = 2  # so many suggestions at least make a topic
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was suggested in a month. `days` is the median to an answer.

    It is of the groups of a `branch`, of a `group` without one, or (neither) of all together.
    """

    group: Chat | None
    made: int
    heads: int
    adopted: int
    refused: int
    done: int
    days: float | None
    rising: Sequence[str] = ()
    branch: str = ""

    @property
    def rate(self) -> int | None:
        """Of a hundred that were decided so many were adopted."""
        decided = self.adopted + self.refused
        return round(100 * self.adopted / decided) if decided else None

    @property
    def a_head(self) -> float | None:
        """Suggestions for each person."""
        return self.made / self.heads if self.heads else None


@dataclass(frozen=True, slots=True)
class Month:
    """A month's figures: all together, then each branch, the busiest first."""

    period: Period
    total: Figures
    groups: Sequence[Figures]
    more: int


def show(stores: Stores, actor: Actor, *, there: Sequence[Actor]) -> Month:
    """The figures of this month, of the groups in which somebody is in charge."""
    require(stores, actor, ANSWER)
    groups = [one.chat for one in there if allows(stores, one, ANSWER)]
    month = containing(Every.MONTH, actor.today)
    places = _by_branch(groups)
    parts = sorted((_of(stores, some, some[0], month) for some in places), key=lambda one: -one.made)
    total = _of(stores, groups, None, month)
    return Month(month, total, parts[:GROUPS] if len(parts) > 1 else (), len(parts[GROUPS:]))


def _by_branch(groups: Iterable[Chat]) -> list[list[Chat]]:
    """Groups of one branch together, each without a branch by itself."""
    found: dict[object, list[Chat]] = {}
    for one in groups:
        found.setdefault(one.branch or f"group:{one.id}", []).append(one)
    return list(found.values())


def _of(stores: Stores, groups: Sequence[Chat], shown: Chat | None, month: Period) -> Figures:
    clock, ids = (groups[0] if groups else None), [one.id for one in groups]
    if clock is None:
        return Figures(None, 0, 0, 0, 0, 0, None)
    since, until = clock.start_of(month.first), clock.start_of(month.end)
    before = month
    for _ in range(MONTHS):
        before = before.before
    found = stores.suggestion_lives.answers(ids, since, until)
    earlier = stores.suggestion_lives.answers(ids, clock.start_of(before.first), since)
    heads = sum(_heads(stores, one, month) for one in _outermost(stores, groups))
    made = figures(shown, found, earlier, heads)
    if shown is None or shown.branch is None:
        return made
    return replace(made, branch=stores.branches.get(shown.branch).name)


def _outermost(stores: Stores, groups: Sequence[Chat]) -> list[Chat]:
    """A group of each branch that is not part of another one here, and all without a branch: so all people, once."""
    found = [some[0] for some in _by_branch(groups)]
    known = {one.branch for one in found}
    above = {one.id: {up.id for up in stores.branches.ancestors(one.branch)[1:]} for one in found if one.branch}
    return [one for one in found if not above.get(one.id, set()) & known]


def _heads(stores: Stores, group: Chat, month: Period) -> int:
    """How many people belong to a group: by the roster, else those who have spoken in it."""
    if group.branch is None:
        return stores.members.how_many(group.id)
    return len(stores.people.on_duty(group.branch, month.first, month.end))


def figures(group: Chat | None, found: Sequence[Answered], earlier: Sequence[Answered], heads: int) -> Figures:
    """The figures of what was suggested, against what was suggested in the months before."""
    took = [(one.answered_at - one.at) / A_DAY for one in found if one.answered_at is not None]
    return Figures(
        group,
        len(found),
        heads,
        adopted=_count(found, KEPT),
        refused=_count(found, {Stage.REFUSED}),
        done=_count(found, {Stage.DONE, Stage.CONFIRMED}),
        days=round(median(took), 1) if took else None,
        rising=_rising(found, earlier),
    )


def _count(found: Iterable[Answered], stages: Iterable[Stage]) -> int:
    wanted = set(stages)
    return sum(one.stage in wanted for one in found)


def _rising(found: Iterable[Answered], earlier: Iterable[Answered]) -> list[str]:
    """Topics of which there is more than on average in the months before, what rises most first."""
    now, before = (Counter(topic for one in some for topic in one.topics) for some in (found, earlier))
    rises = {topic: count - before[topic] / MONTHS for topic, count in now.items() if count >= RISES}
    best = sorted((topic for topic, rise in rises.items() if rise >= 1), key=lambda topic: (-rises[topic], topic))
    return best[:TOPICS]
