"""Claims: somebody says who they are, and who answers for their branch confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.identity import of_roster, vouched_for
from domain.people.invitation.inviting import find
from domain.people.invitation.linking import check, demand, link, unlink
from domain.people.invitation.model import (
    OPEN,
    PERIOD,
    TRIES,
    AccountTaken,
    AlreadyLinked,
    Answered,
    Claim,
    Claimed,
    ClaimOver,
    Linked,
    Match,
    NotForYourself,
    TooManyTries,
    Unlinked,
    path_of,
)
from domain.people.member import AmbiguousName
from domain.people.permission import Permission, require
from domain.people.telling import tell_administrators
from domain.refusal import NoMore

if TYPE_CHECKING:
    from domain.ids import ChatId, ClaimId, MemberId, PersonId
    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.people.member import Member, Mention
    from domain.people.person import Person
    from domain.stores import Stores


def claim(stores: Stores, actor: Actor, *, number: str, name: str) -> Claimed:
    """Somebody says who they are; who answers for their branch is asked.

    Whether the number or the name was wrong, or both are somebody's who has an account or has left, is not told, and
    every try counts: numbers must not be guessed. Raises TooManyTries, AlreadyLinked, AccountTaken.
    """
    require(stores, actor, Permission.SEE_OWN)
    member, at = actor.member, actor.heard_at
    if stores.invitations.tries(member.id, at - PERIOD) >= TRIES:
        raise TooManyTries(most=TRIES)
    _check_free(stores, member, number)
    person = stores.people.numbered(number)
    if person is None or plain.key(person.name) != plain.key(name) or person.member or person.left_on:
        stores.invitations.claim(member.id, None, at)
        return Claimed(None)
    for earlier in stores.invitations.open_claims(member.id):
        stores.invitations.answer(earlier.id, confirmed=False, by=None, at=at)
        stores.outbox.delete(subject(earlier.id), key=f"{subject(earlier.id)}:replaced")
    made = stores.invitations.claim(member.id, person.id, at)
    return Claimed(person, ask(stores, made, person, member))


def _check_free(stores: Stores, member: Member, number: str) -> None:
    """Raises AlreadyLinked, AccountTaken for an account that is somebody's, whatever pair was written."""
    own = stores.people.of_member(member.id)
    if own is not None:
        raise (AlreadyLinked if own.number == number else AccountTaken)(person=own)


def subject(claim_id: ClaimId) -> Subject:
    """What the messages that ask about a claim are about."""
    return Subject("claim", claim_id)


def ask(stores: Stores, made: Claim, person: Person, member: Member) -> int:
    """Ask whoever is secretary, else the administrators, else the branch's group; how many were asked.

    The employee number is shown in private alone.
    """
    asked = approvers(stores, person, member)
    values = {"person": person, "member": member, "path": path_of(stores.branches.ancestors(person.branch))}
    about = subject(made.id)
    for chat in asked:
        here = {**values, "private": not stores.chats.get(chat).is_group}
        message = Message("invitation.ask", here, buttons=buttons(made), subject=about)
        stores.outbox.send(chat, message, key=f"{about}:{chat}", urgent=True)
    return len(asked)


def approvers(stores: Stores, person: Person, member: Member) -> list[ChatId]:
    """The chats in which a claim can be confirmed: private ones of the nearest secretaries or the administrators."""
    above = [branch.id for branch in stores.branches.ancestors(person.branch)]
    found = stores.invitations.secretaries(above)
    for branch in above:
        chats = [one.private for one in found.get(branch, []) if one.private and one.id != member.id]
        if chats:
            return chats
    root_admins = sorted(stores.enterprise.root_admins)
    named = filter(None, (stores.members.find(platform_id) for platform_id in root_admins))
    everywhere = {one.id: one for one in (*stores.grants.administrators(), *named)}
    chats = [one.private for one in everywhere.values() if one.private and one.id != member.id]
    return chats or [group.id for group in stores.chats.of_branch(person.branch) if group.active]


def buttons(made: Claim) -> Buttons:
    """Yes and no."""
    yes = Button("invitation.confirm_button", Action("invitation.confirm", made.id))
    return [[yes, Button("invitation.refuse_button", Action("invitation.refuse", made.id))]]


def answer(stores: Stores, actor: Actor, *, claim_id: ClaimId, confirmed: bool) -> Answered:
    """Confirm who somebody is, or say that they are not.

    Raises ClaimOver, NotYourBranch, NotForYourself, and what `linking.check` does.
    """
    require(stores, actor, Permission.INVITE)
    made, at = stores.invitations.claimed(claim_id), actor.heard_at
    if made is None or made.person is None or made.answered_at is not None or at - made.at > OPEN:
        raise ClaimOver
    person, member = stores.people.get(made.person), stores.members.get(made.member)
    demand(stores, actor, person)
    if actor.member.id == member.id and not actor.is_root_admin:
        raise NotForYourself
    if confirmed:
        link(stores, person, member, by=actor.member.id, at=at)
        tell_administrators(stores, actor)
    else:
        stores.invitations.answer(made.id, confirmed=False, by=actor.member.id, at=at)
    answered = Answered(person, member, actor.member, confirmed)
    _tell(stores, made, answered)
    return answered


def _tell(stores: Stores, made: Claim, answered: Answered) -> None:
    """The question shows its answer, and whoever claimed hears of it."""
    about = subject(made.id)
    values = {"answered": answered}
    stores.outbox.edit(about, Message("invitation.answered", values), key=f"{about}:answered")
    if answered.member.private is not None:
        key = f"{about}:told"
        stores.outbox.send(answered.member.private, Message("invitation.told", values), key=key, urgent=True)


def ask_bind(stores: Stores, actor: Actor, *, number: str, guest: Mention) -> Match:
    """An account is to be known as a person's: is the right one meant?

    Raises NobodyOfThatNumber, NotYourBranch, NotForYourself, and what `identity.vouched_for` and `linking.check` do.
    """
    require(stores, actor, Permission.INVITE)
    person = find(stores, number)
    demand(stores, actor, person)
    found = vouched_for(stores, guest, actor.heard_at)
    if len(found) > 1:
        raise AmbiguousName(name=guest.name)
    _check_match(stores, actor, person, found[0])
    return Match(of_roster(stores, person, found[0]), person.id, found[0].id)


def bind(stores: Stores, actor: Actor, *, person: PersonId, guest: MemberId) -> Linked:
    """Say whose account a guest's is, without asking them; they and the administrators hear of it.

    Raises NoMore, NotYourBranch, NotForYourself, and what `linking.check` does.
    """
    require(stores, actor, Permission.INVITE)
    known, member = stores.people.find(person), stores.members.look_up(guest)
    if known is None or member is None:
        raise NoMore
    demand(stores, actor, known)
    _check_match(stores, actor, known, member)
    linked = link(stores, known, member, by=actor.member.id, at=actor.heard_at)
    _tell_member(stores, actor, known, member, "invitation.bound_you")
    return linked


def _check_match(stores: Stores, actor: Actor, person: Person, member: Member) -> None:
    if actor.member.id == member.id and not actor.is_root_admin:
        raise NotForYourself
    check(stores, person, member)


def _tell_member(stores: Stores, actor: Actor, person: Person, member: Member, text: str) -> None:
    """Whose account was linked, or is no more, hears of it, and so do the administrators."""
    if member.private is not None and member.id != actor.member.id:
        key = f"{text}:{person.id}:{stores.audit.tip().number}"
        stores.outbox.send(member.private, Message(text, {"person": person}), key=key)
    tell_administrators(stores, actor)


def unbind(stores: Stores, actor: Actor, *, number: str) -> Unlinked:
    """Take an account from a person; they and the administrators hear of it.

    Raises NobodyOfThatNumber, NotYourBranch, NotLinked.
    """
    require(stores, actor, Permission.KEEP_ROSTER)
    person = find(stores, number)
    demand(stores, actor, person, Permission.KEEP_ROSTER)
    unlinked = unlink(stores, person, by=actor.member.id, at=actor.heard_at)
    _tell_member(stores, actor, person, unlinked.member, "invitation.unbound_you")
    return unlinked
