"""Giving, showing and withdrawing honours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.ids import HonourId
from domain.messaging.message import Action, Button, Message, Picture
from domain.people import naming
from domain.people.naming import Kind
from domain.people.permission import Permission, allows, is_part_of, require, require_member
from domain.points.honour.model import (
    HONOUR_GIVEN,
    HONOUR_WITHDRAWN,
    MAX_REASON_CHARS,
    Certificate,
    CitationTooLong,
    Honour,
    Listing,
    NoBranchHere,
    NoSuchHonour,
    NotForThem,
    NotHonouredOneself,
    NoTitles,
    NotOfThisBranch,
    ReasonNeeded,
    checked,
)
from domain.points.thanks.model import in_own_words
from domain.refusal import NoMore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import BranchId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Chosen
    from domain.points.features import Stores

LISTED = 15  # honours in one message
WHOLES = (Kind.BRANCH, Kind.EVERYBODY)


def titles(stores: Stores, actor: Actor) -> Sequence[str]:
    """All titles, those for people first. Raises NotAllowed, NoTitles."""
    require(stores, actor, Permission.GIVE_HONOURS)
    found = (*stores.enterprise.honours, *stores.enterprise.team_honours)
    if not found:
        raise NoTitles
    return found


def give(stores: Stores, actor: Actor, *, title: str, to: Chosen, citation: str, source: str) -> Honour:
    """Give a title to a person of the group, or to the group's branch or one below it; once for each `source`.

    Raises NotAllowed, WrongPlace, NotForThem, NoCitation, CitationTooLong, NotHonouredOneself, NotOfThisBranch,
    NoBranchHere, NoMore.
    """
    require(stores, actor, Permission.GIVE_HONOURS)
    known = stores.honours.of_source(source)
    if known is not None:
        return known
    words, group = checked(citation), actor.group
    is_team = to.kind in WHOLES
    if title not in (stores.enterprise.team_honours if is_team else stores.enterprise.honours):
        raise NotForThem(title=title, team=is_team)
    member, branch = (None, _branch(stores, actor, to)) if is_team else (_person(stores, actor, to), None)
    issuer = group.title if group.branch is None else stores.branches.get(group.branch).name
    new = Honour(
        HonourId(0), group.id, title, member, branch, "", words, issuer, actor.member.id, actor.today, actor.now
    )
    made = stores.honours.add(new, source)
    holder = f"branch:{branch}" if member is None else f"member:{member.id}"
    stores.audit.note(actor.member.id, HONOUR_GIVEN, f"honour:{made.id}", old=None, new=holder, at=actor.heard_at)
    return made


def _branch(stores: Stores, actor: Actor, to: Chosen) -> BranchId:
    """The branch that is meant: the group's own, or one below it."""
    own = actor.group.branch
    if own is None:
        raise NoBranchHere
    if to.kind is Kind.EVERYBODY:
        return own
    found = next((branch for branch in stores.branches.subtree(own) if branch == to.number), None)
    if found is None:
        raise NotOfThisBranch
    return found


def _person(stores: Stores, actor: Actor, to: Chosen) -> Member:
    """The person who is meant: of the group, and not who gives."""
    with in_own_words():
        (found,) = naming.meant(stores, [to], actor.group, actor.now).people
    if found.member is not None and found.member.id == actor.member.id:
        raise NotHonouredOneself
    member = found.member
    if member is not None and not (member.is_person and is_part_of(stores, member.id, actor.group)):
        raise NotOfThisBranch
    return naming.accounts(stores, [found], actor.now)[0]


def announcement(stores: Stores, honour: Honour) -> Message:
    """What the group reads, with a sound: it names somebody. One that was withdrawn says so.

    A message keeps its picture whatever it is edited with, so that of one that was withdrawn takes its place.
    """
    if honour.withdrawn_at is not None:
        day = stores.chats.get(honour.group).day(honour.withdrawn_at)
        shown = Picture("honour.withdrawn", {"honour": honour.title, "day": day.isoformat()})
        return Message("honour.announced", {"honour": honour}, (), honour.subject, sounds=True, picture=shown)
    button = Button("honour.certificate_button", Action("honour.certificate", honour.id))
    shown = certificate_of(stores, honour).as_picture()
    return Message("honour.announced", {"honour": honour}, [[button]], honour.subject, sounds=True, picture=shown)


def withdraw(stores: Stores, actor: Actor, *, number: HonourId, reason: str) -> Honour:
    """Withdraw an honour for a reason, in its group or in private; its announcement says so.

    Raises NotAllowed, NoSuchHonour, ReasonNeeded, CitationTooLong.
    """
    require(stores, actor, Permission.GIVE_HONOURS)
    words, honour = reason.strip(), stores.honours.get(number)
    if honour is None or honour.withdrawn_at is not None or not _may_withdraw(stores, actor, honour):
        raise NoSuchHonour(number=number)
    if not plain.key(words):
        raise ReasonNeeded
    if len(words) > MAX_REASON_CHARS:
        raise CitationTooLong(most=MAX_REASON_CHARS, length=len(words))
    stores.honours.withdraw(number, actor.member.id, words, actor.heard_at)
    subject, holder = f"honour:{number}", f"branch:{honour.branch}"
    holder = holder if honour.member is None else f"member:{honour.member.id}"
    stores.audit.note(actor.member.id, HONOUR_WITHDRAWN, subject, old=holder, new=None, at=actor.heard_at)
    withdrawn = replace(honour, withdrawn_at=actor.heard_at, withdrawn_for=words)
    stores.outbox.edit(honour.subject, announcement(stores, withdrawn), key=f"{honour.subject}:withdrawn")
    return withdrawn


def _may_withdraw(stores: Stores, actor: Actor, honour: Honour) -> bool:
    if actor.chat.is_group:
        return honour.group == actor.chat.id
    there = replace(actor, chat=stores.chats.get(honour.group), is_platform_admin=False)
    return allows(stores, there, Permission.GIVE_HONOURS)


def certificate(stores: Stores, actor: Actor, *, number: HonourId) -> Certificate:
    """What the certificate of an honour says, for people of its group and whoever holds it.

    Raises NoMore for one that was withdrawn, NotAMember.
    """
    require(stores, actor, Permission.SEE_OWN)
    honour = stores.honours.get(number)
    if honour is None or honour.withdrawn_at is not None:
        raise NoMore
    if honour.member is None or honour.member.id != actor.member.id:
        require(stores, actor, Permission.TAKE_PART)
        require_member(stores, actor, stores.chats.get(honour.group))
    return certificate_of(stores, honour)


def certificate_of(stores: Stores, honour: Honour) -> Certificate:
    """What the certificate of an honour says."""
    name, is_team = _name(stores, honour), honour.member is None
    return Certificate(name, honour.title, honour.citation, honour.issuer, honour.day, is_team)


def _name(stores: Stores, honour: Honour) -> Member | str:
    """A person by the roster's name, where they are on it."""
    person = None if honour.member is None else stores.people.of_member(honour.member.id)
    return person.name if person is not None and person.name else honour.holder


def mine(stores: Stores, actor: Actor) -> Listing:
    """What somebody holds themselves."""
    require(stores, actor, Permission.SEE_OWN)
    return _listing(stores.honours.of_member(actor.member.id, LISTED + 1), own=True)


def here(stores: Stores, actor: Actor) -> Listing:
    """What was given in the group. Raises WrongPlace."""
    require(stores, actor, Permission.TAKE_PART)
    return _listing(stores.honours.of_group(actor.group.id, LISTED + 1), own=False)


def _listing(found: Sequence[Honour], *, own: bool) -> Listing:
    return Listing(found[:LISTED], len(found) > LISTED, own)
