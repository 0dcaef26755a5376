"""Invitations: a link for one person, used once, until it is too old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.people import branch as branches
from domain.people.invitation.linking import answered_for, answers_for, check, demand, link, unlink
from domain.people.invitation.model import (
    DIGEST_CHARS,
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
    Uninvited,
    UnknownInvitation,
    Unlinked,
    digest,
    path_of,
)
from domain.people.permission import Permission, require
from domain.refusal import NoMore

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.ids import BranchId, InvitationId
    from domain.people.actor import Actor
    from domain.people.branch import Level
    from domain.people.person import Person
    from domain.stores import Stores


def find(stores: Stores, number: str) -> Person:
    """The person with an employee number. Raises NobodyOfThatNumber."""
    person = stores.people.numbered(number)
    if person is None:
        raise NobodyOfThatNumber(words=number)
    return person


def invite(stores: Stores, actor: Actor, *, number: str, token: str) -> Invited:
    """Invite one person; links that they were given before end.

    Raises NobodyOfThatNumber, NotYourBranch, PersonTaken.
    """
    require(stores, actor, Permission.INVITE)
    person = find(stores, number)
    demand(stores, actor, person)
    if person.member is not None:
        raise PersonTaken(person=person)
    until = actor.heard_at + LIFE
    stores.invitations.add([(person.id, digest(token))], actor.member.id, actor.heard_at, until)
    subject = f"person:{person.id}"
    stores.audit.note(actor.member.id, PERSON_INVITED, subject, old=None, new=None, at=actor.heard_at)
    return Invited(person, token, path_of(stores.branches.ancestors(person.branch)), until)


def choose(stores: Stores, actor: Actor, *, level: BranchId | None = None, offset: int = 0) -> Level:
    """The branches for which somebody may invite, below one or at the top."""
    require(stores, actor, Permission.INVITE)
    return branches.level(stores, roots=answered_for(stores, actor), level=level, offset=offset)


def uninvited(stores: Stores, actor: Actor, *, branch: BranchId, token: Callable[[], str]) -> Uninvited:
    """Everybody of a branch and below it whose account is not known, each with a new token that is nowhere yet.

    Raises NoMore for a branch that is no more, NotYourBranch, EverybodyLinked.
    """
    require(stores, actor, Permission.INVITE)
    known = branches.find_open(stores, branch)
    if known is None:
        raise NoMore
    if not answers_for(stores, actor, branch):
        raise NotYourBranch(person=None)
    waiting = [person for person in stores.people.of(branch) if person.member is None]
    if not waiting:
        raise EverybodyLinked
    names = {id_: path_of(stores.branches.ancestors(id_)) for id_ in {person.branch for person in waiting}}
    until = actor.heard_at + LIFE
    return Uninvited(known, [Invited(person, token(), names[person.branch], until) for person in waiting], until)


def invite_all(stores: Stores, actor: Actor, *, found: Uninvited) -> None:
    """Invite many at once; links that they were given before end. Raises NotYourBranch."""
    require(stores, actor, Permission.INVITE)
    if not answers_for(stores, actor, found.branch.id):
        raise NotYourBranch(person=None)
    digests = [(one.person.id, digest(one.token)) for one in found.invited]
    stores.invitations.add(digests, actor.member.id, actor.heard_at, found.until)
    subject, said = f"branch:{found.branch.id}", str(len(found.invited))
    stores.audit.note(actor.member.id, PERSON_INVITED, subject, old=None, new=said, at=actor.heard_at)


def accept(stores: Stores, actor: Actor, *, digest: str) -> Linked:
    """Somebody follows their invitation, by the digest of its token.

    Raises UnknownInvitation, InvitationUsed, InvitationExpired, and what `linking.check` does.
    """
    require(stores, actor, Permission.SEE_OWN)
    member = actor.member
    invitation = stores.invitations.find(digest) if len(digest) == DIGEST_CHARS else None
    if invitation is None:
        raise UnknownInvitation
    person = stores.people.get(invitation.person)
    if invitation.used_by is not None and person.member != member.id:
        raise InvitationUsed
    check(stores, person, member)
    if invitation.expires_at <= actor.now:
        raise InvitationExpired
    stores.invitations.use(invitation.id, member.id, actor.heard_at)
    linked = link(stores, person, member, by=member.id, at=actor.heard_at)
    return Linked(linked.person, member, linked.path, invitation.id)


def not_me(stores: Stores, actor: Actor, *, invitation_id: InvitationId) -> Unlinked:
    """Who was sent somebody else's link says so. Raises ClaimOver where it was not theirs, or is too long ago."""
    require(stores, actor, Permission.SEE_OWN)
    member, invitation = actor.member, stores.invitations.get(invitation_id)
    if invitation is None or invitation.used_by != member.id or invitation.used_at is None:
        raise ClaimOver
    person = stores.people.get(invitation.person)
    if person.member != member.id or actor.heard_at - invitation.used_at > REGRET:
        raise ClaimOver
    return unlink(stores, person, by=member.id, at=actor.heard_at)
