"""Cross-inspection on the calendar of the coming two weeks: the last day of what is to be inspected."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from domain.life.inspection.model import Stage
from domain.messaging.message import Subject, Text
from domain.upcoming import Coming, Shown, Upcoming

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.ids import ChatId, MemberId
    from domain.life.features import Stores
    from domain.life.inspection.model import Inspection
    from domain.messaging.chat import Chat
    from domain.upcoming import Days


def _in_group(stores: Stores, group: ChatId, days: Days) -> Sequence[Coming]:
    """The branch of the group is inspected."""
    chat = stores.chats.get(group)
    if chat.branch is None:
        return []
    return list(_coming(stores, stores.inspections.of_branches([chat.branch]), chat, days))


def _of_member(stores: Stores, member: MemberId, days: Days) -> Sequence[Coming]:
    """What somebody inspects."""
    private = stores.members.get(member).private
    if private is None:
        return []
    return list(_coming(stores, stores.inspections.of_inspector(member), stores.chats.get(private), days))


def _coming(stores: Stores, inspections: Sequence[Inspection], chat: Chat, days: Days) -> Iterator[Coming]:
    for one in inspections:
        found = stores.inspections.round(one.round)
        if found is None or one.stage is not Stage.SCORING or not one.counts:
            continue
        at = datetime.combine(found.until, time(), chat.local(days.since).tzinfo)
        text = Text("inspection.upcoming", {"inspection": one, "round_": found})
        yield Coming(at, text, Subject("inspection_day", one.id), Shown.DAY)


UPCOMING = Upcoming(29, _in_group, _of_member)
