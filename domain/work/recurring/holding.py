"""Who does a recurring task: the people who are named, or whoever has a role in a branch by the roster."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.messaging import administrators
from domain.people import naming
from domain.people.naming import Somebody
from domain.people.permission import Role
from domain.people.role.model import read as role_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.people.person import Person
    from domain.work.features import Stores
    from domain.work.recurring.model import Holder, Recurring

BETWEEN_ROLES = re.compile(r"[、，,;；/／\s兼]+")
BODIES = re.compile(r"^(?:中共|党支部|党总支|党委|支部|总支|党组织)+(?=.)")
SHORT = {"支委": "委员", "小组长": "党小组长", "组长": "党小组长"}
ANY_MEMBER = "委员"
GRANTED = {"书记": Role.SECRETARY, "委员": Role.COMMITTEE, "党小组长": Role.LEADER}


@dataclass(frozen=True, slots=True)
class Doers:
    """Who does a turn. `stands_in`: nobody has the role, so that the secretary does it."""

    members: Sequence[Member]
    stands_in: bool = False


def key(role: str) -> str:
    """A role as roles are compared: 党支部书记 is 书记, 小组长 is 党小组长."""
    word = BODIES.sub("", plain.line(role))
    return SHORT.get(word, word)


def has_role(person: Person, wanted: str) -> bool:
    """Whether the roster's words give somebody a role; 委员 are all whose role ends so."""
    words = [key(word) for word in BETWEEN_ROLES.split(plain.line(person.role)) if word]
    return wanted in words or (wanted == ANY_MEMBER and any(word.endswith(ANY_MEMBER) for word in words))


def holders(stores: Stores, holder: Holder) -> list[Somebody]:
    """Who has a role in a branch: by the roster, then by a role that was given; leaders also in its parts."""
    wanted = key(holder.role)
    leads = role_of(wanted) is Role.LEADER
    people = stores.people.of(holder.branch) if leads else stores.people.in_branch(holder.branch)
    found = [_somebody(stores, person) for person in people if has_role(person, wanted)]
    known = {one.member.id for one in found if one.member is not None}
    for grant in stores.grants.of_branch(holder.branch):
        if grant.role is GRANTED.get(wanted) and grant.member.id not in known:
            known.add(grant.member.id)
            found.append(Somebody(grant.member, None))
    return found


def _somebody(stores: Stores, person: Person) -> Somebody:
    return Somebody(None if person.member is None else stores.members.get(person.member), person)


def doers(stores: Stores, one: Recurring, group: Chat, at: datetime) -> Doers:
    """Who does a turn that is given at a moment; nobody where none of them is there any more."""
    if one.holder is None:
        return Doers(_there(stores, one.owners, group, at))
    found = naming.accounts(stores, holders(stores, one.holder), at)
    there = _there(stores, found, group, at)
    if there:
        return Doers(there)
    secretaries = [who for who in administrators.secretaries(stores, group) if who.is_person]
    return Doers(_there(stores, list({who.id: who for who in secretaries}.values()), group, at), stands_in=True)


def _there(stores: Stores, members: Sequence[Member], group: Chat, at: datetime) -> list[Member]:
    """Those who have left neither the group nor the enterprise."""
    gone, day = stores.members.gone(group.id), group.day(at)
    left = {
        person.member
        for person in stores.people.of_members([one.id for one in members])
        if person.left_on is not None and person.left_on <= day
    }
    return [one for one in members if one.id not in gone and one.id not in left]
