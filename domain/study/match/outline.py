"""What whoever opens a match sees before: an outline of it, and the matches that there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.people.permission import Permission, allows, require
from domain.study.match import opening
from domain.study.match.model import MAX_A_DAY, MIN_TEAMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.study.campaign import Campaign
    from domain.study.features import Stores
    from domain.study.match.model import Match, Team
    from domain.study.match.opening import Wish

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Outline:
    """A match as it would be: its teams and how many are in each now, its days, and the questions that there are."""

    wish: Wish
    teams: Sequence[tuple[Team, int]]
    days: Sequence[date]
    found: int

    @property
    def a_day(self) -> int:
        """How many questions a day has."""
        return min(max(1, self.wish.a_day), MAX_A_DAY)

    @property
    def needed(self) -> int:
        """How many questions it takes."""
        return self.a_day * len(self.days)

    @property
    def is_enough(self) -> bool:
        """Whether the library has them."""
        return self.found >= self.needed


@dataclass(frozen=True, slots=True)
class Overview:
    """The matches that are not over: those in which somebody plays, and those that they may withdraw."""

    playing: Sequence[Match]
    managing: Sequence[Match]
    may_open: bool


def campaigns(stores: Stores, *, monday: date) -> list[tuple[Campaign, Sequence[str]]]:
    """The campaigns of a week about which there are questions, and the topics of these."""
    last = monday + A_WEEK
    going = [one for one in stores.campaigns.all() if one.since < last and one.until >= monday]
    told = [(one, _topics(stores, one)) for one in going]
    return [(one, topics) for one, topics in told if stores.questions.of_topics(topics)]


def _topics(stores: Stores, campaign: Campaign) -> Sequence[str]:
    """Its own, and what the questions of its items are about; one that nothing has, where there is none."""
    items = stores.studies.by_codes(campaign.items)
    asked = [one.question.topic for item in items for one in stores.questions.of_item(item.id)]
    return sorted({*campaign.topics, *filter(None, asked)}) or [campaign.title]


def outline(stores: Stores, *, wish: Wish) -> Outline:
    """What a match would be; nothing is checked but what can be seen."""
    groups = [stores.chats.get(one) for one in wish.groups]
    return Outline(
        wish,
        [(opening.team_of(stores, one), _size(stores, one)) for one in groups],
        opening.days_of(stores, wish.monday),
        len(stores.questions.of_topics(wish.topics)),
    )


def _size(stores: Stores, group: Chat) -> int:
    return stores.members.how_many(group.id) if group.branch is None else len(stores.people.of(group.branch))


def overview(stores: Stores, actor: Actor) -> Overview:
    """The matches that are there for somebody."""
    require(stores, actor, Permission.TAKE_PART)
    there = stores.matches.running()
    playing = [one for one in there if one.begun_at and stores.matches.team_of(one.id, actor.member.id)]
    if not allows(stores, actor, Permission.ASK_SURVEYS):
        return Overview(playing, [], may_open=False)
    may_open = len(opening.may_play(stores, actor)) >= MIN_TEAMS
    return Overview(playing, opening.running(stores, actor), may_open)
