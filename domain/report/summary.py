"""The weekly summary of a group: what the features say of the week, and the board.

Whoever may change the group's settings, and with them the cap on prompts, also learns how many prompts people got.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import Feature, GroupJob
from domain.messaging.chat import monday
from domain.messaging.message import Message
from domain.people.permission import Permission, allows, require
from domain.points import board
from domain.reporting import Week

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import ChatId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Text
    from domain.people.actor import Actor
    from domain.points.board import Board
    from domain.report.features import Stores

A_WEEK = timedelta(days=7)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Summary:
    """A group's week: a part of each feature that has something to say.

    `empty` tells that nothing has happened: such a summary is not posted.
    """

    monday: date
    sunday: date
    parts: Sequence[Text]
    empty: bool
    board: Board
    so_far: bool = False
    prompts: int = 0  # what each person got of the bot without asking, on average; only where it is asked for


class Summaries(Protocol):
    """What a group's week adds up to, between two moments."""

    def counts(self, group: ChatId, since: datetime, until: datetime) -> Mapping[str, int]:
        """Everything that the features count, by name (`task_late`), in one statement."""


def week(stores: Stores, group: Chat, first: date, at: datetime) -> Summary:
    """What a group's week, which starts on the Monday `first`, adds up to at a moment within or after it."""
    end = group.start_of(first + A_WEEK)
    span = (group.id, group.start_of(first), min(at, end))
    told = stores.hooks.told(Week(group, *span[1:], stores.summaries.counts(*span)))
    return Summary(
        monday=first,
        sunday=first + A_WEEK - timedelta(days=1),
        parts=[one.text for one in told],
        empty=not any(one.happened for one in told),
        board=board.board(stores, group=group, monday=first),
        so_far=at < end,
    )


def this_week(stores: Stores, actor: Actor) -> Summary:
    """The group's week so far. People who set the cap on prompts also see the number of prompts."""
    require(stores, actor, Permission.SEE_SUMMARY)
    group, first, at = actor.group, actor.group.week(actor.now), actor.heard_at
    told = week(stores, group, first, at)
    if not allows(stores, actor, Permission.CHANGE_SETTINGS):
        return told
    return replace(told, prompts=stores.burdens.of_group(group.id, group.start_of(first), at).each)


def post(stores: Stores, group: Chat, slot: datetime) -> None:
    """Post the summary of the week that ends, from Friday on, else of the week before; say nothing of an empty one."""
    day = group.day(slot)
    ends = day.weekday() >= FRIDAY
    first = monday(day) if ends else monday(day) - A_WEEK
    summary = week(stores, group, first, slot)
    if not summary.empty:
        key = f"summary:{group.id}:{first}{':so_far' if ends else ''}"  # moved from Friday to Monday, both are said
        stores.outbox.send(group.id, Message("summary.week", {"summary": summary}, sounds=True), key=key)


# Mondays at 09:00; a late one is posted all the same.
WEEKLY = Schedule("summary.post", cron="0 9 * * 1", scope=Scope.GROUP, late=Late.MERGE)
FEATURE = Feature("summary", jobs=(GroupJob(WEEKLY, post),))
