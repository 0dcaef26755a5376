"""Roles are given and end, each noted in the audit log."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import Wanted
from domain.ids import MemberId
from domain.messaging.message import Message
from domain.people.permission import Area, Permission, Role, allows_over
from domain.people.role.model import (
    ROLE_GRANTED,
    ROLE_WITHDRAWN,
    AlreadyHeld,
    Grant,
    Granted,
    HasLeft,
    LastAdministrator,
    NotMetYet,
    NotSomebody,
    NotYours,
    Withdrawn,
    of_roster,
)
from domain.people.telling import tell_administrators, where

A_MOMENT = timedelta(microseconds=1)
AT_ONCE = 10_000  # roles that end with one branch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.person import Person
    from domain.stores import Stores


def grant(stores: Stores, actor: Actor, *, to: Member, role: Role, area: Area) -> Granted:
    """Give somebody a role over a part of the enterprise; they and the administrators hear of it.

    Raises what `check` does.
    """
    check(stores, actor, to=to, role=role, area=area)
    made = _add(stores, to, role, area, by=actor.member.id, at=actor.heard_at)
    _tell(stores, actor, made, "role.named")
    return Granted(made)


def check(stores: Stores, actor: Actor, *, to: Member, role: Role, area: Area) -> None:
    """Whether somebody may give a role. Raises NotYours, NotSomebody, NotMetYet, HasLeft, AlreadyHeld."""
    if not allows_over(stores, actor, Permission.GRANT_ROLES, area):
        raise NotYours
    _check_holder(stores, actor, to)
    if any((held.role, held.area) == (role, area) for held in stores.grants.of(to.id)):
        raise AlreadyHeld(member=to, role=role, area=area, where=where(stores, area))


def _check_holder(stores: Stores, actor: Actor, to: Member) -> None:
    if not to.is_person:
        raise NotSomebody
    if to.platform_id is None:
        raise NotMetYet(member=to)
    person = stores.people.of_member(to.id)
    if person is not None and person.left_on is not None and person.left_on <= actor.today:
        raise HasLeft(member=to)


def _tell(stores: Stores, actor: Actor, grant: Grant, text: str) -> None:
    """Whoever has a role now, or no more, hears of it, and so do the administrators."""
    to = grant.member
    if to.private is not None and to.id != actor.member.id:
        stores.outbox.send(to.private, Message(text, {"grant": grant}), key=f"{text}:{grant.id}")
    tell_administrators(stores, actor)


def withdraw(stores: Stores, actor: Actor, *, grant: Grant) -> Withdrawn:
    """Take a role back, as `grant` gives it; anybody may give up their own. Raises NotYours, LastAdministrator."""
    check_ends(stores, actor, grant)
    if not stores.enterprise.root_admins and grant.role is Role.ADMINISTRATOR and grant.area.everywhere:
        others = {one.id for one in stores.grants.administrators()} - {grant.member.id}
        if not others:
            raise LastAdministrator
    _end(stores, grant, actor.member.id, actor.heard_at)
    _tell(stores, actor, grant, "role.ended")
    return Withdrawn(grant)


def check_ends(stores: Stores, actor: Actor, grant: Grant) -> None:
    """Raises NotYours for somebody who may not end a grant: it is not their own, nor theirs to give."""
    own = grant.member.id == actor.member.id
    if not own and not allows_over(stores, actor, Permission.GRANT_ROLES, grant.area):
        raise NotYours


def end_all(stores: Stores, *, member: MemberId, by: MemberId | None, at: datetime) -> Sequence[Grant]:
    """End all that somebody holds, who has left."""
    grants = stores.grants.of(member)
    for held in grants:
        _end(stores, held, by, at)
    return grants


def end_over(stores: Stores, *, branch: BranchId, by: MemberId | None, at: datetime) -> Sequence[Grant]:
    """End all that is held over a branch which has been closed."""
    grants = stores.grants.of_branch(branch)
    for held in grants:
        _end(stores, held, by, at)
    return grants


def restore_over(stores: Stores, *, branch: BranchId, ended_at: datetime, by: MemberId | None, at: datetime) -> None:
    """Give roles again that ended with a branch at a moment, by the audit log; not to people who have left since."""
    area, given = Area(branch=branch), {}
    for record in stores.audit.of_kinds([ROLE_GRANTED]):
        given[record.subject, record.new] = record.actor
    for record in stores.audit.search(Wanted(kind="role"), (ended_at, ended_at + A_MOMENT), None, AT_ONCE):
        words, _, over = (record.old or "").partition(" ")
        if record.action == ROLE_WITHDRAWN and over == str(area):
            to = stores.members.look_up(MemberId(int(record.subject.partition(":")[2])))
            if to is not None and _may_have_again(stores, to, Role(words), area):
                stores.grants.add(to, Role(words), area, given.get((record.subject, record.old)), at)
                stores.audit.note(by, ROLE_GRANTED, record.subject, old=None, new=record.old, at=at)


def _may_have_again(stores: Stores, to: Member, role: Role, area: Area) -> bool:
    person = stores.people.of_member(to.id)
    is_there = person is None or person.left_on is None
    return is_there and all((held.role, held.area) != (role, area) for held in stores.grants.of(to.id))


def grant_from_roster(stores: Stores, person: Person, member: Member, at: datetime) -> Grant | None:
    """Give an account what the roster says of its person: that role over their branch; `None` where nothing is new.

    What an earlier roster gave and this one does not say ends; what was given by hand stays, and what was withdrawn by
    hand is not given again. A roster makes no administrators.
    """
    role, area = of_roster(person.role) if person.left_on is None else None, Area(branch=person.branch)
    mine = stores.grants.of(member.id)
    for held in mine:
        if held.by is None and (held.role, held.area) != (role, area):
            _end(stores, held, None, at)
    if role is None or any((held.role, held.area) == (role, area) for held in mine):
        return None
    if stores.grants.ended_by_hand(member.id, role, area):
        return None
    return _add(stores, member, role, area, by=None, at=at)


def _add(stores: Stores, to: Member, role: Role, area: Area, *, by: MemberId | None, at: datetime) -> Grant:
    number = stores.grants.add(to, role, area, by, at)
    stores.audit.note(by, ROLE_GRANTED, f"member:{to.id}", old=None, new=f"{role} {area}", at=at)
    return Grant(number, to, role, area, by, where(stores, area))


def _end(stores: Stores, grant: Grant, by: MemberId | None, at: datetime) -> None:
    stores.grants.end(grant.id, by, at)
    was, subject = f"{grant.role} {grant.area}", f"member:{grant.member.id}"
    stores.audit.note(by, ROLE_WITHDRAWN, subject, old=was, new=None, at=at)


def end_waiting(stores: Stores, *, awaited: MemberId, at: datetime) -> None:
    """Somebody has the user name under which roles waited, as earlier versions let them: anybody may have taken it.

    They end, and whoever gave them is asked to give them again.
    """
    for held in end_all(stores, member=awaited, by=None, at=at):
        giver = None if held.by is None else stores.members.get(held.by)
        if giver is not None and giver.private is not None:
            stores.outbox.send(giver.private, Message("role.waited", {"grant": held}), key=f"role.waited:{held.id}")
