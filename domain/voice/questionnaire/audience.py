"""Who belongs to the audience of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.missing import Someone

if TYPE_CHECKING:
    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.people.person import Person
    from domain.voice.features import Stores
    from domain.voice.questionnaire.round import Audience


def includes(stores: Stores, audience: Audience, member: MemberId) -> bool:
    """Whether somebody's answer is wanted. Whoever has left by the roster is in no audience."""
    person = stores.people.of_member(member)
    if person is not None and person.left_on is not None:
        return False
    if audience.roles and (person is None or person.role not in audience.roles):
        return False
    if audience.group is not None:
        return _is_at_home(stores, stores.chats.get(audience.group), member, person)
    return person is not None and any(one.id in audience.branches for one in stores.branches.ancestors(person.branch))


def _is_at_home(stores: Stores, group: Chat, member: MemberId, person: Person | None) -> bool:
    """By the roster where both the group's branch and the person are known, else by being in the group."""
    if group.branch is not None and person is not None:
        return any(one.id == group.branch for one in stores.branches.ancestors(person.branch))
    return stores.members.is_in(group.id, member)


def people_of(stores: Stores, audience: Audience) -> list[Someone]:
    """Everybody whose answer is wanted, also those whose account is not known."""
    if audience.group is not None:
        return _people_of_group(stores, stores.chats.get(audience.group), audience)
    found = {person.id: person for branch in sorted(audience.branches) for person in stores.people.of(branch)}
    return [Someone(one.name, one.member) for one in found.values() if _has_role(audience, one)]


def _people_of_group(stores: Stores, group: Chat, audience: Audience) -> list[Someone]:
    roster = [] if group.branch is None else stores.people.of(group.branch)
    listed = [Someone(one.name, one.member) for one in roster if _has_role(audience, one)]
    inside = [one for one in stores.members.of(group.id) if one.is_person]
    people = {one.member: one for one in stores.people.of_members([one.id for one in inside])}
    others = [one for one in inside if _counts(audience, people.get(one.id), elsewhere=group.branch is not None)]
    return listed + [Someone(one.name, one.id) for one in others]


def _counts(audience: Audience, person: Person | None, *, elsewhere: bool) -> bool:
    """Whether somebody in a group counts beside its roster: `elsewhere` those on a roster have another home."""
    if person is None:
        return not audience.roles
    return not elsewhere and person.left_on is None and _has_role(audience, person)


def _has_role(audience: Audience, person: Person) -> bool:
    return not audience.roles or person.role in audience.roles


def accounts_of(stores: Stores, audience: Audience) -> set[MemberId]:
    """Those of an audience who can answer: their accounts are known."""
    return {one.member for one in people_of(stores, audience) if one.member is not None}
