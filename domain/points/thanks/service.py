"""Giving thanks, correcting them, and taking them back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.admin import setting
from domain.ids import ThanksId
from domain.people import naming
from domain.people.permission import Permission, is_part_of, require
from domain.points import points
from domain.points.thanks import telling
from domain.points.thanks.model import (
    RECEIVED,
    Allowance,
    AllThanked,
    Became,
    NotAPerson,
    NotHere,
    NotOnePerson,
    NotOneself,
    Thanked,
    Thanks,
    ThanksOff,
    checked,
    in_own_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Somebody, Wanted
    from domain.points.features import Stores


def allowance(stores: Stores, actor: Actor) -> Allowance:
    """How many thanks somebody has left today in the group. Raises WrongPlace."""
    require(stores, actor, Permission.TAKE_PART)
    a_day = setting.thanks_of(stores, actor.group)
    given = stores.thanks.given_on(actor.member.id, actor.today)
    return Allowance(a_day, max(0, a_day - len(given)))


def people(stores: Stores, actor: Actor, *, wanted: Sequence[Wanted]) -> list[Somebody]:
    """Whom somebody means to thank.

    Raises WrongPlace, Unclear, NotHere, Gone, NotOnePerson, NotOneself.
    """
    require(stores, actor, Permission.TAKE_PART)
    with in_own_words():
        meant = naming.meant(stores, wanted, actor.group, actor.now)
    if meant.whole:
        raise NotOnePerson
    for one in meant.people:
        _check_receiver(stores, actor, one)
    return list(meant.people)


def _check_receiver(stores: Stores, actor: Actor, one: Somebody) -> None:
    member = one.member
    if member is None:
        return  # on the roster of the group's branch
    if member.id == actor.member.id:
        raise NotOneself
    if not member.is_person or not is_part_of(stores, member.id, actor.group):
        raise NotHere(name=one.name, nearest="")


def give(stores: Stores, actor: Actor, *, wanted: Sequence[Wanted], reason: str, source: str) -> Thanked:
    """Thank people of the group for something; each is one of the day's allowance, all of them or none.

    `source` is the message: an edit of it corrects whom and for what, and counts on the day when it was written. The
    same words for the same person on one day are given once.
    Raises WrongPlace, NotAPerson, NoReason, ReasonTooLong, AllThanked, ThanksOff, and what `people` does.
    """
    found = people(stores, actor, wanted=wanted)
    if not actor.member.is_person:
        raise NotAPerson
    words, group = checked(reason), actor.group
    receivers = naming.accounts(stores, found, actor.now)
    earlier = stores.thanks.of_source(source)
    day = earlier[0].day if earlier else actor.today
    a_day = setting.thanks_of(stores, group)
    dropped = [one for one in earlier if one.receiver not in receivers]
    given = stores.thanks.given_on(actor.member.id, day)
    new = _not_yet(receivers, words, earlier, given)
    left = a_day - len(given) + len(dropped) - len(new)
    if new and left < 0:
        raise AllThanked(a_day=a_day) if a_day else ThanksOff
    for one in dropped:
        _take_back(stores, one, actor.heard_at)
    for one in earlier:
        if one not in dropped and one.reason != words:
            _reword(stores, group, one, words, actor.heard_at)
    at = earlier[0].at if earlier else actor.now
    for receiver in new:
        made = Thanks(ThanksId(0), group.id, actor.member, receiver, words, day, at)
        credit(stores, group, stores.thanks.add(made, source))
    telling.tell(stores, [*receivers, *(one.receiver for one in dropped)], day, at=actor.heard_at)
    became = Became.CORRECTED if earlier else Became.NEW if new else Became.SAME
    return Thanked(actor.member, receivers, words, became, max(0, left))


def _not_yet(
    receivers: Sequence[Member], words: str, earlier: Sequence[Thanks], given: Sequence[Thanks]
) -> list[Member]:
    """Who is not thanked by this message already, nor for the same on that day."""
    here = {one.receiver.id for one in earlier}
    same = {one.receiver.id for one in given if plain.key(one.reason) == plain.key(words)}
    return [one for one in receivers if one.id not in here | same]


def credit(stores: Stores, group: Chat, thanks: Thanks) -> None:
    """Give points to whoever is thanked; a stand-in gets them once their account is known."""
    if thanks.receiver.platform_id is not None:
        cause, source = thanks.reason, thanks.source
        points.award(stores, thanks.receiver.id, group, RECEIVED, {}, source=source, cause=cause, at=thanks.at)


def _reword(stores: Stores, group: Chat, thanks: Thanks, words: str, at: datetime) -> None:
    """Say another reason; the ledger, which is never changed, takes the points back and gives them anew."""
    new = replace(thanks, reason=words)
    stores.thanks.save(new)
    points.reverse(stores, thanks.receiver.id, RECEIVED, source=thanks.source, at=at)
    credit(stores, group, new)


def _take_back(stores: Stores, thanks: Thanks, at: datetime) -> None:
    points.reverse(stores, thanks.receiver.id, RECEIVED, source=thanks.source, at=at)
    stores.thanks.remove(thanks.id)


def is_thanks(stores: Stores, *, source: str) -> bool:
    """Whether a message has thanked somebody."""
    return bool(stores.thanks.of_source(source))


def take_back(stores: Stores, actor: Actor, *, source: str) -> int:
    """An edited message thanks nobody any more; how many had been thanked."""
    require(stores, actor, Permission.TAKE_PART)
    found = [one for one in stores.thanks.of_source(source) if one.giver.id == actor.member.id]
    for one in found:
        _take_back(stores, one, actor.heard_at)
    if found:
        receivers = [one.receiver for one in found]
        telling.tell(stores, receivers, found[0].day, at=actor.heard_at)
    return len(found)
