"""Whoever is in charge of the one who has applied approves, or gives back with a reason.

Each of them has one message in private: the application that has waited longest, and how many more there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from domain.messaging.administrators import administrators, secretaries, secretaries_among
from domain.messaging.message import Action, Button, Message, Subject, Text
from domain.people.actor import Actor
from domain.people.permission import EVERYWHERE, Area, Permission, allows, require, require_over
from domain.people.role.service import area_of
from domain.points.application.model import (
    APPLICATION_APPROVED,
    APPLICATION_REFUSED,
    ApplicationAnswered,
    ApplicationOver,
    ItemGone,
    NoFile,
    OwnApplication,
    Shown,
    State,
)
from domain.points.charge import administrators_but, nearest, refresh, show
from domain.points.event import ITEM_APPROVED, RuleName
from domain.points.points import award
from domain.points.reason import check_reason
from domain.today import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from domain.admin.audit import AuditAction
    from domain.ids import ApplicationId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.points.application.model import Application, File, Place
    from domain.points.features import Stores
    from domain.points.points import Credit

    Known = Callable[[Place], Sequence["Level"]]  # who is in charge of a place, the nearest first

ANSWER = Permission.ADJUST_POINTS
LOOKED_AT = 500  # applications that wait where somebody may be asked


@dataclass(frozen=True, slots=True)
class Level:
    """Who is in charge of something, and their secretaries."""

    area: Area
    secretaries: Sequence[Member]


def shown(stores: Stores, application: Application) -> Shown:
    """An application with what its item is called, and what it gives by the scheme of its day."""
    versions = stores.schemes.versions()
    item = versions.on(application.day).item(application.item)
    rule = versions.titled_rule(RuleName(application.item)) if item is None else item.rule.name
    return Shown(application, rule, None if item is None else item.rule.points)


def inbox(member: MemberId) -> Subject:
    """The subject of the one message to somebody who approves."""
    return Subject("application_inbox", member)


def news(number: ApplicationId) -> Subject:
    """The subject of what a member is told about their application."""
    return Subject("application", number)


def show_waiting(stores: Stores, actor: Actor, *, key: str) -> None:
    """Show somebody what waits for them, in place of the message before. Raises NotAllowed."""
    require(stores, actor, ANSWER)
    own = actor.member
    show(stores, own, inbox(own.id), _message(stores, own.id) or Message("application.nothing_waits"), key=key)


def approve(stores: Stores, actor: Actor, *, number: ApplicationId) -> Shown:
    """Agree: the item's points are given, of the day on which it was applied for and by the scheme of that day.

    Raises ApplicationOver, NotAllowed, OwnApplication, ApplicationAnswered, ItemGone.
    """
    require(stores, actor, ANSWER)
    found = answerable(stores, actor, number=number)
    credit = given(stores, found)
    approved = found.moved(State.APPROVED, points=credit.points)
    _answered(stores, actor, approved, APPLICATION_APPROVED)
    return shown(stores, approved)


def given(stores: Stores, application: Application) -> Credit:
    """The points of an item, in the ledger. Raises ItemGone."""
    credit = award(
        stores,
        application.by.id,
        _ledger(stores, application),
        ITEM_APPROVED,
        {"item": application.item},
        source=application.source,
        cause="",
        at=application.at,
    )
    if credit is None:
        raise ItemGone
    return credit


def _ledger(stores: Stores, application: Application) -> Chat:
    """The group of its day, or their group of today where that one is not served any more."""
    group, home = stores.chats.get(application.group), stores.members.home(application.by.id)
    return group if group.is_admitted or home is None else stores.chats.get(home)


def refuse(stores: Stores, actor: Actor, *, number: ApplicationId, reason: str) -> Shown:
    """Give it back with a reason. Raises NoReason, and what `answerable` does."""
    require(stores, actor, ANSWER)
    refused = answerable(stores, actor, number=number).moved(State.REFUSED, reason=check_reason(reason))
    _answered(stores, actor, refused, APPLICATION_REFUSED)
    return shown(stores, refused)


def file_of(stores: Stores, actor: Actor, *, number: ApplicationId) -> File:
    """The photo or file of an application, for who may answer it. Raises NoFile, and what `answerable` does."""
    require(stores, actor, ANSWER)
    found = answerable(stores, actor, number=number).file
    if found is None:
        raise NoFile
    return found


def answerable(stores: Stores, actor: Actor, *, number: ApplicationId) -> Application:
    """One that waits, for who may answer it.

    Raises ApplicationOver, NotAllowed, OwnApplication, ApplicationAnswered.
    """
    require(stores, actor, ANSWER)
    found = stores.applications.get(number)
    if found is None:
        raise ApplicationOver
    levels = _levels(found, _secretaries_of(stores))
    require_over(stores, actor, ANSWER, levels[0].area if levels else EVERYWHERE)
    if found.by.id == actor.member.id:
        raise OwnApplication
    if found.state is not State.OPEN:
        raise ApplicationAnswered(state=found.state)
    return found


def _answered(stores: Stores, actor: Actor, application: Application, action: AuditAction) -> None:
    """Note an answer, tell the one who has applied, and bring the messages of those in charge up to date."""
    at, own = actor.heard_at, actor.member
    if not stores.applications.answer(application, own.id, at):
        raise ApplicationAnswered(state=application.state)
    who = f"member:{application.by.id}"
    stores.audit.note(own.id, action, application.source, old=None, new=who, at=at)
    _tell_member(stores, application)
    stores.hooks.changed(application.by.id, f"{application.source}:{application.state}", at)
    tell_approvers(stores, application, f"{application.state}:{application.id}", at, own)


def _tell_member(stores: Stores, application: Application) -> None:
    about, private = news(application.id), application.by.private
    stores.outbox.delete(about, key=f"{about}:before")
    if private is not None:
        message = Message("application.news", {"shown": shown(stores, application)}, subject=about)
        stores.outbox.send(private, message, key=f"{about}:{application.state}")


def tell_approvers(stores: Stores, application: Application, cause: str, at: datetime, *others: Member) -> bool:
    """Bring the message of each who is asked about an application up to date, and those of others who have one.

    A new one is sent for a new application alone; where nothing waits any more, it goes. Returns whether anybody
    reads it.
    """
    asked, is_new = approvers(stores, application), application.state is State.OPEN
    for member in {one.id: one for one in (*asked, *others)}.values():
        stores.hooks.changed(member.id, f"application:{cause}", at)
        refresh(stores, member, inbox(member.id), partial(_message, stores, member.id), cause=cause, is_new=is_new)
    return bool(asked)


def approvers(stores: Stores, application: Application) -> list[Member]:
    """Who is asked: the nearest secretaries above the one who has applied that can be reached, else administrators."""
    return _asked(stores, application, _secretaries_of(stores))


def _asked(stores: Stores, application: Application, known: Known) -> list[Member]:
    own, levels = application.by.id, _levels(application, known)
    return nearest((level.secretaries for level in levels), own) or administrators_but(stores, own)


def _levels(application: Application, known: Known) -> Sequence[Level]:
    """Who may answer, from the nearest up: those above the highest level of which the member is a secretary.

    A secretary's own is not for a colleague beside them.
    """
    levels, own = known(application.place), application.by.id
    held = [place for place, level in enumerate(levels) if own in {one.id for one in level.secretaries}]
    return levels[max(held, default=-1) + 1 :]


def _secretaries_of(stores: Stores) -> Known:
    """The levels above a place, looked up once for each."""
    return cache(partial(_looked_up, stores))


def _looked_up(stores: Stores, place: Place) -> Sequence[Level]:
    if place.group is not None:
        group = stores.chats.get(place.group)
        return [Level(area_of(group), secretaries(stores, group))]
    above = [] if place.branch is None else stores.branches.ancestors(place.branch)
    return [Level(Area(branch=one.id), secretaries_among(stores.grants.of_branch(one.id))) for one in above]


def waiting_for(stores: Stores, member: MemberId) -> list[Application]:
    """What waits for somebody's answer, the oldest first."""
    known = _secretaries_of(stores)
    places = _places(stores, member, known)
    return [
        one
        for one in stores.applications.waiting(places, LOOKED_AT)
        if member in {other.id for other in _asked(stores, one, known)}
    ]


def _places(stores: Stores, member: MemberId, known: Known) -> Sequence[Place]:
    """Where something waits about which somebody may be asked."""
    found = stores.applications.places()
    if member in {one.id for one in administrators(stores)}:
        return found
    return [one for one in found if any(member in {who.id for who in level.secretaries} for level in known(one))]


def _message(stores: Stores, member: MemberId) -> Message | None:
    """What has waited longest, and how many more there are; `None` where nothing waits."""
    waiting = waiting_for(stores, member)
    if not waiting:
        return None
    first = waiting[0]
    rows = [
        [
            Button("application.approve_button", Action("application.approve", first.id)),
            Button("application.refuse_button", Action("application.refuse", first.id)),
        ]
    ]
    if first.file is not None:
        rows.append([Button("application.file_button", Action("application.file", first.id))])
    values = {"shown": shown(stores, first), "others": len(waiting) - 1}
    return Message("application.inbox", values, rows, inbox(member))


def tell_today(stores: Stores, actor: Actor) -> Part | None:
    """For somebody in charge: how many wait for their answer."""
    if not allows(stores, actor, ANSWER):
        return None
    count = len(waiting_for(stores, actor.member.id))
    if not count:
        return None
    button = Button("application.inbox_button", Action("application.inbox"))
    return Part(Text("application.today", {"count": count}), [[button]])
