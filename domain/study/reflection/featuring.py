"""Showing a good reflection to the group (精选): whoever is in charge chooses it, its author is asked first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.ids import ReflectionId
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission, Role, allowed, allows, require
from domain.points import points
from domain.refusal import NotAllowed
from domain.study.menu import StudyEntry
from domain.study.reflection.model import (
    FEATURED,
    REFLECTED,
    AuthorAway,
    Gone,
    OnlyCopied,
    OwnOne,
    Shelf,
    Stage,
)
from domain.study.reflection.service import drop_wishes, own
from domain.today import Part, Today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.study.features import Stores
    from domain.study.reflection.model import Reflection

MAX_REFLECTIONS = 5  # on a page
NEEDS = Permission.GIVE_HONOURS
PROPOSED = AuditAction("reflection.proposed")


def shelf(stores: Stores, actor: Actor, *, there: Sequence[Actor], before: ReflectionId | None = None) -> Shelf:
    """The newest reflections of groups, without near-copies.

    `there` is the same person as an actor in each group that they may look after. Raises NotAllowed where that is none.
    """
    require(stores, actor, Permission.TAKE_PART)
    groups = [one.group.id for one in there if _may_feature(stores, actor, one)]
    if not groups:
        raise NotAllowed(by=Role.SECRETARY, group_admins=False)
    found = stores.reflections.of_groups(groups, before, MAX_REFLECTIONS + 1)
    return Shelf(found[:MAX_REFLECTIONS], more=len(found) > MAX_REFLECTIONS)


def _may_feature(stores: Stores, actor: Actor, there: Actor) -> bool:
    return there.member.id == actor.member.id and allows(stores, there, NEEDS)


def propose(stores: Stores, actor: Actor, *, number: ReflectionId, there: Sequence[Actor]) -> Reflection:
    """Ask an author whether the group may read what they wrote; asking twice asks once.

    Raises Gone, NotAllowed, OwnOne, OnlyCopied, AuthorAway.
    """
    require(stores, actor, Permission.TAKE_PART)
    one = stores.reflections.get(number)
    if one is None:
        raise Gone
    if not any(place.group.id == one.group and _may_feature(stores, actor, place) for place in there):
        raise NotAllowed(by=Role.SECRETARY, group_admins=False)
    if one.member == actor.member.id:
        raise OwnOne
    if one.copy_of is not None:
        raise OnlyCopied
    if one.stage is not None:
        return one
    author, person = stores.members.get(one.member), stores.people.of_member(one.member)
    if author.private is None or not stores.chats.get(author.private).active or (person and person.left_on is not None):
        raise AuthorAway
    asked = replace(one, stage=Stage.ASKED)
    stores.reflections.save(asked)
    stores.audit.note(actor.member.id, PROPOSED, f"reflection:{one.id}", old=None, new=None, at=actor.heard_at)
    stores.outbox.send(author.private, wish(asked), key=str(asked.wish))
    stores.hooks.changed(one.member, f"{asked.wish}", actor.heard_at)
    return asked


def wish(one: Reflection) -> Message:
    """The question to an author, with what the group would read."""
    row = [
        Button("reflection.agree_button", Action("reflection.agree", one.id)),
        Button("reflection.decline_button", Action("reflection.decline", one.id)),
    ]
    return Message("reflection.wish", {"reflection": one}, [row], one.wish)


def agree(stores: Stores, actor: Actor, *, number: ReflectionId) -> Reflection:
    """Let the group read what one has written, and be credited for it. Raises Gone."""
    one = own(stores, actor, number=number)
    if one.stage is not Stage.ASKED:
        raise Gone
    shown = replace(one, stage=Stage.SHOWN)
    stores.reflections.save(shown)
    values = {"reflection": shown, "author": actor.member}
    stores.outbox.send(one.group, Message("reflection.shown", values, subject=one.shown), key=str(one.shown))
    group, source = stores.chats.get(one.group), f"reflection:{one.id}"
    points.award(stores, one.member, group, FEATURED, {}, source=source, cause=one.title, at=actor.now)
    return _answered(stores, actor, shown)


def decline(stores: Stores, actor: Actor, *, number: ReflectionId) -> Reflection:
    """Keep it between oneself and those in charge. Raises Gone."""
    one = own(stores, actor, number=number)
    if one.stage is not Stage.ASKED:
        raise Gone
    declined = replace(one, stage=Stage.DECLINED)
    stores.reflections.save(declined)
    return _answered(stores, actor, declined)


def _answered(stores: Stores, actor: Actor, one: Reflection) -> Reflection:
    message = Message("reflection.wish_answered", {"reflection": one}, subject=one.wish)
    stores.outbox.edit(one.wish, message, key=f"{one.wish}:{one.stage}")
    stores.hooks.changed(actor.member.id, f"{one.wish}:answered", actor.heard_at)
    return one


def _tell(stores: Stores, actor: Actor) -> Part | None:
    """The newest question whether the group may read what one has written."""
    asked = stores.reflections.asked(actor.member.id)
    if not asked:
        return None
    return Part(Text("reflection.today", {"reflection": asked[0]}), wish(asked[0]).buttons)


def _desk(stores: Stores, actor: Actor) -> Part | None:
    """The way to the groups' reflections, for those who may feature one."""
    if NEEDS not in allowed(stores, actor):
        return None
    return Part(Text("reflection.desk"), [[Button("reflection.shelf_button", Action("reflection.shelf", 0))]])


def _left(stores: Stores, member: MemberId, _: MemberId | None, __: datetime) -> None:
    drop_wishes(stores, member)


def _named(stores: Stores, number: int) -> str | None:
    one = stores.reflections.get(ReflectionId(number))
    return None if one is None else one.title


FEATURE = Feature(
    "reflection",
    events=(REFLECTED, FEATURED),
    today=(Today(34, _tell),),
    study_desk=(StudyEntry(60, _desk),),
    left=_left,
    audit=(PROPOSED,),
    named={"reflection": _named},
)
