"""Who is to come to a meeting, and who of them votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import MeetingId
from domain.life.meeting.kinds import RULES, Audience, Kind
from domain.life.meeting.model import Invited, MeetingNotFound, NotOnRoster, Standing
from domain.people.permission import Permission, Role, require
from domain.people.role import of_roster

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import PersonId
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.person import Person

MAX_GRANTS = 500
COMMITTEE = frozenset({Role.SECRETARY, Role.COMMITTEE})
ROLES = {Audience.COMMITTEE: COMMITTEE, Audience.LEADERS: COMMITTEE | {Role.LEADER}}


def to_come(stores: Stores, group: Chat, kind: Kind, audience: Audience) -> list[Invited]:
    """Who is to come: of the branch's roster, else those who are known in the group; nobody where a list decides."""
    if audience is Audience.NAMED:
        return []
    granted = _granted(stores, group, audience)
    if group.branch is None:
        return _of_chat(stores, group, audience, granted)
    people = stores.people.of(group.branch)
    standings = standings_of(stores, people)
    party = RULES[kind].party
    return [
        Invited(0, MeetingId(0), one.id, one.member, one.name, entitled=not party or standings[one.id] is Standing.FULL)
        for one in people
        if _is_meant(one, audience, standings[one.id], granted)
    ]


def _of_chat(stores: Stores, group: Chat, audience: Audience, granted: frozenset[int]) -> list[Invited]:
    gone = stores.members.gone(group.id)
    known = [one for one in stores.members.of(group.id) if one.is_person and one.platform_id and one.id not in gone]
    return [
        Invited(0, MeetingId(0), None, one.id, one.name, entitled=True)
        for one in known
        if audience not in ROLES or one.id in granted
    ]


def _granted(stores: Stores, group: Chat, audience: Audience) -> frozenset[int]:
    if audience not in ROLES:
        return frozenset()
    grants = stores.grants.over(group, 0, MAX_GRANTS)
    return frozenset(one.member.id for one in grants if one.role in ROLES[audience])


def _is_meant(person: Person, audience: Audience, standing: Standing, granted: frozenset[int]) -> bool:
    if audience in ROLES:
        return person.member in granted or of_roster(person.role) in ROLES[audience]
    return audience is Audience.EVERYBODY or standing is not Standing.NONE


def standings_of(stores: Stores, people: Sequence[Person]) -> Mapping[PersonId, Standing]:
    """The standing of people in the party; full members, unless somebody has said otherwise."""
    known = stores.meetings.standings([one.id for one in people])
    return {one.id: known.get(one.id, Standing.FULL) for one in people}


def members(stores: Stores, actor: Actor) -> list[tuple[Person, Standing]]:
    """The people of the group's branch with their standing. Raises NotOnRoster."""
    require(stores, actor, Permission.PLAN_WORK)
    if actor.group.branch is None:
        raise NotOnRoster
    people = stores.people.of(actor.group.branch)
    standings = standings_of(stores, people)
    return [(one, standings[one.id]) for one in people]


def put_standing(stores: Stores, actor: Actor, *, person: PersonId, standing: Standing) -> None:
    """Say what somebody of the group's branch is. Raises NotOnRoster, MeetingNotFound for somebody else."""
    if person not in {one.id for one, _ in members(stores, actor)}:
        raise MeetingNotFound
    stores.meetings.put_standing(person, standing)
