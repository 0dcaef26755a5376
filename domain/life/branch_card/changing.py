"""Whoever plans a branch's work writes its motto, and chooses or removes its photo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.life.branch_card.model import Card, NoBranch, NoPhoto, Shown, checked, subject
from domain.life.branch_card.showing import message, read
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

CHANGED = AuditAction("branch_card.changed")
PHOTO = "picture"  # what the audit log says in place of the platform's name of a photo


def outline(stores: Stores, group: Chat, *, motto: str | None = None, photo: str | None = None) -> Shown:
    """The card of a group's branch as it would be with a motto or a photo. Raises NoBranch, NoMotto, MottoTooLong."""
    if group.branch is None:
        raise NoBranch
    shown = read(stores, stores.branches.get(group.branch))
    card = shown.card if photo is None else replace(shown.card, photo=photo)
    return replace(shown, card=card if motto is None else replace(card, motto=checked(motto)))


def put_motto(stores: Stores, actor: Actor, *, motto: str) -> Shown:
    """Write the motto of the group's branch. Raises WrongPlace, NoBranch, NoMotto, MottoTooLong."""
    card = _own(stores, actor)
    new = replace(card, motto=checked(motto))
    if new != card:
        _keep(stores, actor, new, old=card.motto, now=new.motto)
        for group in stores.chats.of_branch(card.branch):
            stores.outbox.refresh(subject(group.id), key=f"{subject(group.id)}:{actor.heard_at.timestamp()}")
    return read(stores, stores.branches.get(card.branch))


def put_photo(stores: Stores, actor: Actor, *, photo: str) -> Shown:
    """Give the group's branch a photo, by the platform's name for it. Raises WrongPlace, NoBranch."""
    card = _own(stores, actor)
    if photo != card.photo:
        _keep(stores, actor, replace(card, photo=photo), old=_told(card), now=PHOTO)
        _renew(stores, actor, card)
    return read(stores, stores.branches.get(card.branch))


def drop_photo(stores: Stores, actor: Actor) -> Shown:
    """Remove the photo of the group's branch. Raises WrongPlace, NoBranch, NoPhoto."""
    card = _own(stores, actor)
    if not card.photo:
        raise NoPhoto
    _keep(stores, actor, replace(card, photo=""), old=PHOTO, now=None)
    _renew(stores, actor, card)
    return read(stores, stores.branches.get(card.branch))


def _own(stores: Stores, actor: Actor) -> Card:
    """The card of the group's branch, for those who plan its work. Raises WrongPlace, NoBranch."""
    require(stores, actor, Permission.PLAN_WORK)
    if actor.group.branch is None:
        raise NoBranch
    return stores.branch_cards.get(actor.group.branch)


def _told(card: Card) -> str | None:
    return PHOTO if card.photo else None


def _keep(stores: Stores, actor: Actor, card: Card, *, old: str | None, now: str | None) -> None:
    stores.branch_cards.put(card, actor.member.id, actor.heard_at)
    about = f"branch:{card.branch}"
    stores.audit.note(actor.member.id, CHANGED, about, old=old or None, new=now, at=actor.heard_at)


def _renew(stores: Stores, actor: Actor, card: Card) -> None:
    """Cards that stand in groups go with their photo, and come again without a sound."""
    for group in stores.chats.of_branch(card.branch):
        about = subject(group.id)
        if stores.outbox.stands(about):
            key = f"{about}:{actor.heard_at.timestamp()}"
            stores.outbox.delete(about, key=f"{key}:before")
            shown = read(stores, stores.branches.get(card.branch))
            stores.outbox.send(group.id, message(shown, about=about), key=key)
