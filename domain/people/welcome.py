"""What somebody is shown first: who they are here, and three things to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.people import branch as branches
from domain.people import permission
from domain.people.permission import Permission, Role
from domain.work import task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.people.permission import Powers
    from domain.people.person import Person
    from domain.stores import Stores

MAX_THINGS = 3  # things


class Thing(StrEnum):
    """Something that one can do now."""

    BIND = "bind"  # say who one is
    TASKS = "tasks"
    ROSTER = "roster"  # bring it in
    JOIN = "join"  # come into the work group
    INVITE = "invite"
    GIVE = "give"  # give a task, in the group
    STUDY = "study"
    SUGGEST = "suggest"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Greeting:
    """Who somebody is here, as far as it is known, and the things that matter most to them now."""

    name: str
    person: Person | None
    path: tuple[str, ...]
    roles: tuple[Role, ...]
    things: tuple[Thing, ...]
    tasks: int


def greet(stores: Stores, *, actor: Actor, first: Collection[int], at: datetime) -> Greeting:
    """Greet somebody in their private chat."""
    member = actor.member
    person = stores.people.of_member(member.id)
    powers = permission.powers(stores, member=member, chat=actor.chat, first=first, at=at)
    own = task.own_open(stores, owner=member.id, at=at)
    waiting = len(own.tasks) + own.more
    found = (
        [] if powers.has_left else list(_things(stores, actor.member.id, powers, is_known=bool(person), tasks=waiting))
    )
    roles = () if powers.has_left else tuple(role for role in Role if role in powers.roles)
    path = branches.path(stores, person.branch) if person else ()
    return Greeting(person.name if person else member.name, person, path, roles, tuple(found[:MAX_THINGS]), waiting)


def _things(stores: Stores, member: MemberId, powers: Powers, *, is_known: bool, tasks: int) -> Iterator[Thing]:
    """What matters most comes first."""
    has_roster = bool(stores.branches.children(None))
    if not has_roster and powers.allow(Permission.KEEP_ROSTER):
        yield Thing.ROSTER
    if not is_known and has_roster:
        yield Thing.BIND
    if tasks:
        yield Thing.TASKS
    home = stores.members.home(member)
    if home is None and not powers.allow(Permission.KEEP_ROSTER):
        yield Thing.JOIN
    if has_roster and powers.allow(Permission.INVITE):
        yield Thing.INVITE
    if powers.allow(Permission.GIVE_TASKS):
        yield Thing.GIVE
    if home is not None:
        yield Thing.STUDY
    yield from (Thing.SUGGEST, Thing.POINTS)
