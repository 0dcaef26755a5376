"""On the day of its check a measure is measured again, and who answers for it is asked what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.messaging.administrators import administrators, secretaries
from domain.messaging.message import Action, Button, Text
from domain.people.actor import Actor
from domain.people.permission import Permission, allows
from domain.today import Part
from domain.work.measure.card import card, subject_of
from domain.work.measure.model import Measure, State
from domain.work.measure.service import measured_again

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.people.member import Member
    from domain.work.features import Stores

SHOWN = 3  # on today's card


def check(stores: Stores, slot: datetime) -> None:
    """Measure again what is due, and ask. What is due is asked about once, however late this runs."""
    day = slot.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date()
    for one in stores.measures.running_until(day):
        due = replace(measured_again(stores, one, slot), owner=_answerer(stores, one, slot))
        stores.measures.save(due)
        _ask(stores, due)
        stores.hooks.changed(due.owner, f"measure:{due.id}:due", slot)


def _ask(stores: Stores, measure: Measure) -> None:
    """One message in private. Who cannot be written to sees it under /improve."""
    private = stores.members.get(measure.owner).private
    if private is not None:
        stores.outbox.send(private, card(stores, measure), key=f"{subject_of(measure)}:ask:{measure.owner}")


def _answerer(stores: Stores, measure: Measure, at: datetime) -> MemberId:
    """Who is asked: whoever began it, while they may decide and can be written to; else who is in charge of the group.

    Where the group has no secretary, whoever stood in for one still does, as far as is known here.
    """
    owner = stores.members.get(measure.owner)
    root = owner.platform_id in stores.enterprise.root_admins
    there = Actor(owner, stores.chats.get(measure.group), at, is_root_admin=root, is_platform_admin=True)
    may = allows(stores, there, Permission.PLAN_WORK) and not _has_left(stores, owner.id)
    if may and owner.private is not None:
        return owner.id
    found = in_charge(stores, measure)
    return owner.id if found is None else found.id


def _has_left(stores: Stores, member: MemberId) -> bool:
    person = stores.people.of_member(member)
    return person is not None and person.left_on is not None


def in_charge(stores: Stores, measure: Measure) -> Member | None:
    """A secretary of its group who can be written to and has not left, else an administrator; nobody is `None`."""
    people = [*secretaries(stores, stores.chats.get(measure.group)), *administrators(stores)]
    there = (one for one in people if one.private is not None and one.id != measure.owner)
    return next((one for one in there if not _has_left(stores, one.id)), None)


def left(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """Somebody has left: what they answered for goes to who is in charge of its group."""
    for one in stores.measures.open_of(member):
        other = in_charge(stores, one)
        if other is None:
            continue
        handed = replace(one, owner=other.id)
        stores.measures.save(handed)
        if handed.state is State.DUE:
            stores.outbox.delete(subject_of(handed), key=f"{subject_of(handed)}:left:{member}")
            _ask(stores, handed)
        stores.hooks.changed(other.id, f"measure:{one.id}:handed:{member}", at)


def merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    """Two members are one person."""
    stores.measures.hand_over(awaited, known)


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The measures that wait for somebody's decision, each with its button."""
    waiting = [one for one in stores.measures.open_of(actor.member.id) if one.state is State.DUE]
    if not waiting:
        return None
    rows = [
        [Button("measure.today_button", Action("measure.show", one.id), {"measure": one})] for one in waiting[:SHOWN]
    ]
    return Part(Text("measure.today", {"measures": waiting[:SHOWN], "more": len(waiting[SHOWN:])}), rows)
