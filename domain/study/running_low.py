"""Study that runs out: a group's secretaries are told once, in private, before a day stays empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.messaging.administrators import secretaries
from domain.messaging.message import Message, Subject
from domain.study.day.model import LineState
from domain.study.day.planning import coming
from domain.study.sets.model import MIN_WEEKLY_QUESTIONS
from domain.study.sets.picking import askable

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.messaging.chat import Chat
    from domain.study.features import Stores

MONDAY = 0


@dataclass(frozen=True, slots=True)
class Shortage:
    """What a group will soon be without.

    `empty` is the first of the next workdays on which it gets nothing. `questions` are those that may be asked, where
    there are fewer than a week's set takes; a library without any question has no weekly set, and lacks none.
    """

    empty: date | None
    questions: int | None

    @property
    def is_none(self) -> bool:
        """Whether nothing is short."""
        return self.empty is None and self.questions is None


def shortage(stores: Stores, group: Chat, today: date) -> Shortage:
    """What a group will soon be without; nothing is short where it has never studied."""
    if not stores.plans.shown(group.id):
        return Shortage(None, None)
    lines = coming(stores, group, today).lines
    empty = next((line.day for line in lines if line.state is LineState.EMPTY), None)
    there = len(askable(stores, group, today, ()))
    return Shortage(empty, there if 0 < there < MIN_WEEKLY_QUESTIONS else None)


def tell(stores: Stores, group: Chat, slot: datetime) -> None:
    """On Mondays, with the day's item: tell a group's secretaries of what is short, once until it is there again.

    The message then goes.
    """
    if group.day(slot).weekday() != MONDAY:
        return
    found = shortage(stores, group, group.day(slot))
    chats = {one.private for one in secretaries(stores, group) if one.private is not None}
    for chat in sorted(chats):
        about = Subject("study_short", group.id, chat)
        key = f"{about}:{slot.timestamp()}"
        if found.is_none:
            stores.outbox.delete(about, key=key)
        elif not stores.outbox.stands(about):
            values = {"group": group, "shortage": found, "fewest": MIN_WEEKLY_QUESTIONS}
            stores.outbox.send(chat, Message("study.short", values, subject=about, silent=True), key=key)
