"""Administrators hear what others have changed about roles and accounts: one private message an hour, which grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import Wanted
from domain.ids import MemberId, PersonId
from domain.messaging import administrators
from domain.messaging.message import Message, Subject
from domain.people.identity import of_roster, whom
from domain.people.permission import Area, Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.admin.audit import Record
    from domain.people.actor import Actor
    from domain.people.identity import Whom
    from domain.people.member import Member
    from domain.stores import Stores

AN_HOUR = timedelta(hours=1)
LISTED = 8  # changes in one message
LOOKED_AT = 100  # records of an hour
LINKED = "person.linked"
ROLES = ("role.granted", "role.withdrawn")


@dataclass(frozen=True, slots=True)
class Change:
    """A role that somebody was given or lost, or (no `role`) an account that is known as theirs or no more."""

    by: Member
    whom: Whom
    given: bool
    role: Role | None = None
    where: str | None = None


def tell_administrators(stores: Stores, actor: Actor) -> None:
    """Tell the other administrators of what was changed in this hour, the newest first."""
    since = actor.heard_at.replace(minute=0, second=0, microsecond=0)
    records = _records(stores, since)
    number = stores.audit.tip().number
    for member, chat in administrators.private_chats(stores):
        others = [one for one in records if one.actor != member]
        if member == actor.member.id or not others:
            continue
        subject = Subject("rights", chat, int(since.timestamp()))
        values = {"changes": [_change(stores, one) for one in others[:LISTED]], "more": len(others[LISTED:])}
        message = Message("role.changed", values, subject=subject)
        stores.outbox.send(chat, message, key=str(subject))
        stores.outbox.edit(subject, message, key=f"{subject}:{number}")


def _records(stores: Stores, since: datetime) -> Sequence[Record]:
    """What people have changed for others since a moment, newest first."""
    span = (since, since + AN_HOUR)
    found = [
        *stores.audit.search(Wanted(kind="role"), span, None, LOOKED_AT),
        *stores.audit.search(Wanted(kind="person"), span, None, LOOKED_AT),
    ]
    return sorted((one for one in found if _is_told(one)), key=lambda one: -one.id)


def _is_told(record: Record) -> bool:
    """Whether somebody has changed another's rights; whoever follows their own invitation needs no witness."""
    if record.actor is None:
        return False
    own = f"member:{record.actor}"
    return record.action in ROLES or (record.action == LINKED and own not in (record.new, record.old))


def _change(stores: Stores, record: Record) -> Change:
    by, words = stores.members.get(MemberId(record.actor or 0)), (record.new or record.old or "").split()
    given = record.new is not None
    if record.action == LINKED:
        person = stores.people.get(PersonId(_number(record.subject)))
        return Change(by, of_roster(stores, person, stores.members.get(MemberId(_number(words[0])))), given)
    area = Area.read(words[1])
    concerned = whom(stores, stores.members.get(MemberId(_number(record.subject))))
    return Change(by, concerned, given, Role(words[0]), where(stores, area))


def _number(words: str) -> int:
    return int(words.partition(":")[2])


def where(stores: Stores, area: Area) -> str | None:
    """What an area is called; `None` is the whole enterprise."""
    if area.branch is not None:
        return stores.branches.get(area.branch).name
    return stores.chats.get(area.group).title if area.group is not None else None
