"""Whoever is thanked reads it in private: one message a day without a sound, which grows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from domain.messaging.message import Message, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from domain.ids import ChatId
    from domain.people.member import Member
    from domain.points.features import Stores

SHOWN = 5  # thanks in one message


def tell(stores: Stores, receivers: Iterable[Member], day: date, *, at: datetime) -> None:
    """Bring what people were told of a day up to date; who has no private chat sees it with /points."""
    for one in {one.id: one for one in receivers}.values():
        if one.private is not None:
            _tell(stores, one, one.private, day, at)


def _tell(stores: Stores, who: Member, private: ChatId, day: date, at: datetime) -> None:
    about = Subject("thanks", who.id, day.toordinal())
    thanks = stores.thanks.received_on(who.id, day)
    state = crc32(repr([(one.id, one.reason) for one in thanks]).encode())  # there may be two changes at one moment
    key = f"{about}:{at.timestamp()}:{state}"
    if not thanks:
        stores.outbox.delete(about, key=key)
        return
    values = {"thanks": thanks[-SHOWN:], "more": len(thanks[:-SHOWN]), "day": day}
    message = Message("thanks.told", values, subject=about, silent=True)
    if stores.outbox.stands(about):
        stores.outbox.edit(about, message, key=key)
    else:
        stores.outbox.send(private, message, key=key)
