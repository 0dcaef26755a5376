"""Claims: somebody says who they are, and who answers for their branch confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.invitation.inviting import find
from domain.people.invitation.linking import check, demand, link, unlink
from domain.people.invitation.model import (
    OPEN,
    PERIOD,
    TRIES,
    Answered,
    Claim,
    Claimed,
    ClaimOver,
    Linked,
    NotForYourself,
    TooManyTries,
    Unlinked,
    path_of,
)
from domain.people.member import resolve
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.ids import ChatId, ClaimId
    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.people.member import Member, Mention
    from domain.people.person import Person
    from domain.stores import Stores


def claim(stores: Stores, actor: Actor, *, number: str, name: str) -> Claimed:
    """Somebody says who they are; who answers for their branch is asked.

    Whether the number or the name was wrong is not told, and every try counts: numbers must not be guessed.
    Raises TooManyTries, and what `linking.check` does.
    """
    require(stores, actor, Permission.SEE_OWN)
    member, at = actor.member, actor.now
    if stores.invitations.tries(member.id, at - PERIOD) >= TRIES:
        raise TooManyTries(most=TRIES)
    person = stores.people.numbered(number)
    if person is None or plain.key(person.name) != plain.key(name):
        stores.invitations.claim(member.id, None, at)
        return Claimed(None)
    check(stores, person, member)
    for earlier in stores.invitations.open_claims(member.id):
        stores.invitations.answer(earlier.id, confirmed=False, by=None, at=at)
        stores.outbox.delete(subject(earlier.id), key=f"{subject(earlier.id)}:replaced")
    made = stores.invitations.claim(member.id, person.id, at)
    return Claimed(person, ask(stores, made, person, member))


def subject(claim_id: ClaimId) -> Subject:
    """What the messages that ask about a claim are about."""
    return Subject("claim", claim_id)


def ask(stores: Stores, made: Claim, person: Person, member: Member) -> int:
    """Ask whoever is secretary, else the administrators, else the branch's group; how many were asked."""
    asked = approvers(stores, person, member)
    values = {"person": person, "member": member, "path": path_of(stores.branches.ancestors(person.branch))}
    about = subject(made.id)
    for chat in asked:
        key = f"{about}:{chat}"
        stores.outbox.send(
            chat, Message("invitation.ask", values, buttons=buttons(made), subject=about), key=key, urgent=True
        )
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
    made, at = stores.invitations.claimed(claim_id), actor.now
    if made is None or made.person is None or made.answered_at is not None or at - made.at > OPEN:
        raise ClaimOver
    person, member = stores.people.get(made.person), stores.members.get(made.member)
    demand(stores, actor, person)
    if actor.member.id == member.id and not actor.is_root_admin:
        raise NotForYourself
    if confirmed:
        link(stores, person, member, by=actor.member.id, at=at)
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


def bind(stores: Stores, actor: Actor, *, number: str, guest: Mention) -> Linked:
    """Say whose account a guest's is, without asking them.

    Raises UnknownName, AmbiguousName, NobodyOfThatNumber, NotYourBranch, NotForYourself, and what `linking.check` does.
    """
    require(stores, actor, Permission.INVITE)
    member = resolve(stores, guest, actor.chat.id, actor.now)
    person = find(stores, number)
    demand(stores, actor, person)
    if actor.member.id == member.id and not actor.is_root_admin:
        raise NotForYourself
    return link(stores, person, member, by=actor.member.id, at=actor.now)


def unbind(stores: Stores, actor: Actor, *, number: str) -> Unlinked:
    """Take an account from a person. Raises NobodyOfThatNumber, NotYourBranch, NotLinked."""
    require(stores, actor, Permission.KEEP_ROSTER)
    person = find(stores, number)
    demand(stores, actor, person, Permission.KEEP_ROSTER)
    return unlink(stores, person, by=actor.member.id, at=actor.now)
