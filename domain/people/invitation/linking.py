"""Which account is whose: said once, checked in one place, noted in the audit log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.people import branch as branches
from domain.people import role
from domain.people.branch import BRANCH_CHANGED
from domain.people.invitation.model import (
    PERSON_LINKED,
    AccountTaken,
    AlreadyLinked,
    HasLeft,
    Linked,
    NotLinked,
    NotMet,
    NotYourBranch,
    PersonTaken,
    Unlinked,
    path_of,
)
from domain.people.permission import PERMISSIONS, Area, Permission, allows_over

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.person import Person
    from domain.stores import Stores


def check(stores: Stores, person: Person, member: Member) -> None:
    """Whether an account can become a person's. Raises HasLeft, AlreadyLinked, PersonTaken, AccountTaken, NotMet."""
    if person.left_on is not None:
        raise HasLeft(person=person)
    if person.member == member.id:
        raise AlreadyLinked(person=person)
    if person.member is not None:
        raise PersonTaken(person=person)
    other = stores.people.of_member(member.id)
    if other is not None:
        raise AccountTaken(person=other)
    if member.platform_id is None or not member.is_person:
        raise NotMet(member=member)


def link(stores: Stores, person: Person, member: Member, *, by: MemberId, at: datetime) -> Linked:
    """Know an account as a person's; what it has earned comes along. Raises what `check` does."""
    check(stores, person, member)
    stores.people.link(person.id, member.id)
    _end_awaiting(stores, person, member, at)
    stores.audit.note(by, PERSON_LINKED, f"person:{person.id}", old=None, new=f"member:{member.id}", at=at)
    linked = replace(person, member=member.id)
    role.grant_from_roster(stores, linked, member, at)
    for claim in stores.invitations.open_claims(member.id):
        stores.invitations.answer(claim.id, confirmed=claim.person == person.id, by=by, at=at)
    return Linked(linked, member, path_of(stores.branches.ancestors(person.branch)))


def _end_awaiting(stores: Stores, person: Person, member: Member, at: datetime) -> None:
    """Hand everything that the person's stand-in had to their account."""
    standing = stores.people.awaited([person.id])
    if standing:
        stores.people.end_awaiting(person.id)
        stores.hooks.merged(standing[person.id], member.id, at)


def unlink(stores: Stores, person: Person, *, by: MemberId, at: datetime) -> Unlinked:
    """Know an account as nobody's again; roles that came from the roster end. Raises NotLinked."""
    if person.member is None:
        raise NotLinked(person=person)
    member = stores.members.get(person.member)
    stores.people.link(person.id, None)
    stores.audit.note(by, PERSON_LINKED, f"person:{person.id}", old=f"member:{member.id}", new=None, at=at)
    role.grant_from_roster(stores, replace(person, role=""), member, at)
    return Unlinked(person, member)


def answers_for(stores: Stores, actor: Actor, branch: BranchId, permission: Permission = Permission.INVITE) -> bool:
    """Whether somebody may say who is who in a branch, once they may where they ask.

    In the branch's own group that is enough: those may be the group's administrators, who act as secretary. Beyond
    that, and in private, it takes a role over that part of the enterprise.
    """
    if actor.chat.is_group and actor.chat.branch == branch:
        return True
    there = replace(actor, chat=replace(actor.chat, branch=branch))
    return allows_over(stores, there, permission, Area(branch=branch))


def answered_for(stores: Stores, actor: Actor, permission: Permission = Permission.INVITE) -> set[BranchId] | None:
    """The branches, each with all below it, in which somebody may say who is who; `None` is all of them."""
    if actor.is_root_admin:
        return None
    held = stores.grants.held(actor.member.id, actor.chat)
    areas = [area for role, area in held.roles if permission in PERMISSIONS[role]]
    if any(area.everywhere for area in areas):
        return None
    return {area.branch for area in areas if area.branch is not None}


def bind_group(stores: Stores, actor: Actor, *, branch: BranchId) -> None:
    """Say whose group it is where one speaks. Raises WrongPlace, BranchClosed, NotYourBranch.

    It takes a role over the branch itself, and over the one that it was of: a group's own administrators cannot take a
    branch by binding to it, nor a secretary another's group.
    """
    group = actor.group
    if stores.branches.find(branch) is None:
        raise NotYourBranch(person=None)
    stranger = replace(actor, chat=replace(group, branch=None))
    concerned = [branch] if group.branch is None else [branch, group.branch]
    if not all(answers_for(stores, stranger, one) for one in concerned):
        raise NotYourBranch(person=None)
    branches.bind(stores, chat=group, branch=branch)
    was, now = (None if group.branch is None else f"branch:{group.branch}"), f"branch:{branch}"
    stores.audit.note(actor.member.id, BRANCH_CHANGED, f"chat:{group.id}", old=was, new=now, at=actor.heard_at)


def demand(stores: Stores, actor: Actor, person: Person, permission: Permission = Permission.INVITE) -> None:
    """Raises NotYourBranch where somebody may not say which account is this person's."""
    if not answers_for(stores, actor, person.branch, permission):
        raise NotYourBranch(person=person)
