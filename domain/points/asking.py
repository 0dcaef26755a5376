"""Asking about one's points: about which item, who answers, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.setting import Name
from domain.ids import AppealId
from domain.messaging.administrators import secretaries
from domain.people.permission import Permission, allows_over, require
from domain.points import account
from domain.points.adjustment import area
from domain.points.appeal import AlreadyAsked, Appeal, Level, check_words, put, shown
from domain.points.charge import administrators_but, nearest, reachable, secretaries_above
from domain.points.due import workdays_after
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.points.account import Item
    from domain.points.appeal import Shown
    from domain.points.features import Stores

MAX_A_DAY = 3
CHOICES = 6  # items to choose from
A_DAY = timedelta(days=1)


class TooManyAppeals(Refusal):
    """More in a day than one person has in earnest."""

    text = "appeal.too_many"


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question goes: to whom, until when they answer; `escalates`: to the administrators where they do not."""

    level: Level
    answerers: Sequence[Member]
    due_on: date

    @property
    def escalates(self) -> bool:
        """Whether it goes on to the administrators when nobody has answered in time."""
        return self.level is Level.SECRETARY


def choices(stores: Stores, actor: Actor) -> list[Item]:
    """One's newest items, to ask about one of them."""
    require(stores, actor, Permission.SEE_OWN)
    return account.recent(stores, actor.member.id, CHOICES)


def route(stores: Stores, actor: Actor, *, number: int | None) -> Route:
    """Where one's question about an item goes. Raises NoMore, AlreadyAsked, TooManyAppeals."""
    require(stores, actor, Permission.SEE_OWN)
    own, at = actor.member.id, actor.heard_at
    item = None if number is None else _own_item(stores, own, number)
    if item is not None and item.number in {one.entry for one in stores.appeals.open_of(own)}:
        raise AlreadyAsked
    if stores.appeals.since(own, at - A_DAY) >= MAX_A_DAY:
        raise TooManyAppeals(most=MAX_A_DAY)
    due_on = workdays_after(stores, actor.today, setting.days_of(stores, Name.APPEAL_DAYS))
    found = [] if _is_for_administrators(stores, actor, item) else _secretaries(stores, own)
    if found:
        return Route(Level.SECRETARY, found, due_on)
    return Route(Level.ADMINISTRATORS, administrators_but(stores, own), due_on)


def ask(stores: Stores, actor: Actor, *, number: int | None, words: str) -> Shown:
    """Ask about an item, or about something that is missing; who is in charge is told in private.

    Raises NoWords, and what `route` does.
    """
    require(stores, actor, Permission.SEE_OWN)
    text, way = check_words(words), route(stores, actor, number=number)
    item = None if number is None else _own_item(stores, actor.member.id, number)
    entry = None if item is None else item.number
    new = Appeal(AppealId(0), actor.member.id, entry, text, way.level, actor.heard_at, way.due_on)
    made = stores.appeals.add(new)
    put(stores, made, way.answerers, actor.heard_at)
    return shown(stores, made)


def _own_item(stores: Stores, member: MemberId, number: int) -> Item:
    item = account.item(stores, number)
    if item.lines[0].entry.member != member:
        raise NoMore
    return item


def _is_for_administrators(stores: Stores, actor: Actor, item: Item | None) -> bool:
    """What a person has decided, what was answered before, and what a secretary asks is not for a secretary."""
    own = actor.member.id
    if allows_over(stores, actor, Permission.ADJUST_POINTS, area(stores, own)):
        return True
    if item is None:
        return False
    decided = any(stores.adjustments.made(line.number) for line in item.lines)
    return decided or stores.appeals.has_asked(own, item.number)


def _secretaries(stores: Stores, member: MemberId) -> list[Member]:
    """The secretaries of a member's branch or the next above it, else of their group; who can be written to."""
    person = stores.people.of_member(member)
    if person is None:
        home = stores.members.home(member)
        return [] if home is None else reachable(secretaries(stores, stores.chats.get(home)), member)
    return nearest(secretaries_above(stores, person.branch), member)
