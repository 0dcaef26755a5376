"""Invitations: a link for one person, used once, until it is too old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.people.invitation.linking import answers_for, check, demand, link, unlink
from domain.people.invitation.model import (
    LIFE,
    PERSON_INVITED,
    REGRET,
    ClaimOver,
    EverybodyLinked,
    InvitationExpired,
    InvitationUsed,
    Invited,
    Linked,
    NobodyOfThatNumber,
    NotYourBranch,
    PersonTaken,
    UnknownInvitation,
    Unlinked,
    digest,
    path_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from domain.ids import BranchId, InvitationId, MemberId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.person import Person
    from domain.stores import Stores


def find(stores: Stores, number: str) -> Person:
    """The person with an employee number. Raises NobodyOfThatNumber."""
    person = stores.people.numbered(number)
    if person is None:
        raise NobodyOfThatNumber(words=number)
    return person


def invite(stores: Stores, *, number: str, token: str, actor: Actor, first: Collection[int], at: datetime) -> Invited:
    """Invite one person; links that they were given before end.

    Raises NobodyOfThatNumber, NotYourBranch, PersonTaken.
    """
    person = find(stores, number)
    demand(stores, actor=actor, person=person, first=first)
    if person.member is not None:
        raise PersonTaken(person=person)
    stores.invitations.add([(person.id, digest(token))], actor.member.id, at, at + LIFE)
    subject = f"person:{person.id}"
    stores.audit.note(actor.member.id, PERSON_INVITED, subject, old=None, new=None, at=at)
    return Invited(person, token, path_of(stores.branches.ancestors(person.branch)))


def uninvited(
    stores: Stores, *, branch: BranchId, token: Callable[[], str], actor: Actor, first: Collection[int]
) -> Sequence[Invited]:
    """Everybody of a branch and below it whose account is not known, each with a new token that is nowhere yet.

    Raises NotYourBranch, EverybodyLinked.
    """
    if not answers_for(stores, actor=actor, branch=branch, first=first):
        raise NotYourBranch(person=None)
    waiting = [person for person in stores.people.of(branch) if person.member is None]
    if not waiting:
        raise EverybodyLinked
    names = {id_: path_of(stores.branches.ancestors(id_)) for id_ in {person.branch for person in waiting}}
    return [Invited(person, token(), names[person.branch]) for person in waiting]


def invite_all(stores: Stores, *, invited: Sequence[Invited], branch: BranchId, by: MemberId, at: datetime) -> None:
    """Invite many at once; links that they were given before end."""
    digests = [(one.person.id, digest(one.token)) for one in invited]
    stores.invitations.add(digests, by, at, at + LIFE)
    action, said = PERSON_INVITED, str(len(invited))
    stores.audit.note(by, action, f"branch:{branch}", old=None, new=said, at=at)


def accept(stores: Stores, *, token: str, member: Member, at: datetime) -> Linked:
    """Somebody follows their invitation.

    Raises UnknownInvitation, InvitationUsed, InvitationExpired, and what `linking.check` does.
    """
    invitation = stores.invitations.find(digest(token))
    if invitation is None:
        raise UnknownInvitation
    person = stores.people.get(invitation.person)
    if invitation.used_by is not None and person.member != member.id:
        raise InvitationUsed
    check(stores, person, member)
    if invitation.expires_at <= at:
        raise InvitationExpired
    stores.invitations.use(invitation.id, member.id, at)
    linked = link(stores, person, member, by=member.id, at=at)
    return Linked(linked.person, member, linked.path, invitation.id)


def not_me(stores: Stores, *, invitation_id: InvitationId, member: Member, at: datetime) -> Unlinked:
    """Who was sent somebody else's link says so. Raises ClaimOver where it was not theirs, or is too long ago."""
    invitation = stores.invitations.get(invitation_id)
    if invitation is None or invitation.used_by != member.id or invitation.used_at is None:
        raise ClaimOver
    person = stores.people.get(invitation.person)
    if person.member != member.id or at - invitation.used_at > REGRET:
        raise ClaimOver
    return unlink(stores, person, by=member.id, at=at)
