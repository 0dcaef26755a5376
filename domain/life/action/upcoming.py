"""The last days of front-line actions on the calendar of the coming two weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.upcoming import Coming, Shown, Upcoming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId
    from domain.life.action.model import Action
    from domain.life.features import Stores
    from domain.upcoming import Days


def _in_group(stores: Stores, group: ChatId, _: Days) -> Sequence[Coming]:
    return [_coming(stores, one) for one in stores.actions.running_in(group)]


def _of_member(stores: Stores, member: MemberId, _: Days) -> Sequence[Coming]:
    """Those that somebody leads or belongs to."""
    return [_coming(stores, one) for one in stores.actions.running_of(member)]


def _coming(stores: Stores, one: Action) -> Coming:
    at = stores.chats.get(one.group).start_of(one.until)
    return Coming(at, Text("action.upcoming", {"action": one}), one.card, Shown.DAY)


UPCOMING = Upcoming(13, _in_group, _of_member)
