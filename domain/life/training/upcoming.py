"""Trainings on the calendar of the coming two weeks: until when one has to be done. Its sessions are meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.training.coverage import duties, duties_of
from domain.life.training.standing import Standing
from domain.messaging.message import Subject, Text
from domain.upcoming import Coming, Shown, Upcoming

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.ids import ChatId, MemberId
    from domain.life.features import Stores
    from domain.life.training.coverage import Duty
    from domain.upcoming import Days


def _in_group(stores: Stores, group: ChatId, days: Days) -> Sequence[Coming]:
    """The required trainings whose quarter ends, with how many people have still to do them; no names."""
    chat = stores.chats.get(group)
    left: dict[int, list[Duty]] = {}
    for one in duties(stores, chat, chat.day(days.since)):
        if one.state.standing in (Standing.MISSING, Standing.EXPIRED):
            left.setdefault(one.training.id, []).append(one)
    return [_coming(stores, some[0], some[0].training.quarter.last, len(some)) for some in left.values()]


def _of_member(stores: Stores, member: MemberId, days: Days) -> Sequence[Coming]:
    """What somebody has to do until its quarter ends, and what runs out."""
    known = stores.members.get(member)
    home = stores.members.home(member)
    if home is None:
        return []
    found = []
    for one in duties_of(stores, known, stores.chats.get(home).day(days.since)):
        record = one.state.record
        until = record.valid_until if record is not None and one.state.standing is Standing.SOON else None
        found.append(_coming(stores, one, until or one.training.quarter.last, 0))
    return found


def _coming(stores: Stores, duty: Duty, day: date, people: int) -> Coming:
    training = duty.training
    at = stores.chats.get(training.group).start_of(day)
    text = Text("training.upcoming", {"training": training, "people": people})
    return Coming(at, text, Subject("training", training.id), Shown.DAY)


UPCOMING = Upcoming(16, _in_group, _of_member)
