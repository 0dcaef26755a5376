"""Leave: who is away is not missed in any rate, and is reminded when they are back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.clock.calendar import count_workdays
from domain.feature import Feature
from domain.people.permission import Permission, allows, require
from domain.people.person import PERSON_CHANGED, Absence
from domain.refusal import Helper, NoMore, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MemberId, PersonId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Mention
    from domain.people.person import Person
    from domain.stores import Stores

A_DAY = timedelta(days=1)
MAX_LEAVE = timedelta(days=3 * 366)
LISTED = 30  # people in one message


class NotOnRoster(Refusal):
    """Whoever speaks is nobody on the roster, as far as is known."""

    text = "leave.not_on_roster"
    helper = Helper.SECRETARY


class NobodyHere(Refusal):
    """Nobody of the group's branch goes by that name."""

    text = "leave.nobody_here"


class SeveralHere(Refusal):
    """Several people of the group's branch go by that name."""

    text = "leave.several_here"


class NoBranch(Refusal):
    """The group is bound to no branch, so nobody knows who belongs to it."""

    text = "leave.no_branch"
    helper = Helper.SECRETARY


class EndsBefore(Refusal):
    """The last day of a leave is before its first."""

    text = "leave.ends_before"


class TooLong(Refusal):
    """A leave of many years is a mistake."""

    text = "leave.too_long"


class NotYours(Refusal):
    """Somebody else was asked."""

    text = "draft.not_yours"


class NotAway(Refusal):
    """Somebody comes back who is not on leave."""

    text = "leave.not_away"


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody's leave; `last` is its last day, `None` while nobody knows it."""

    person: Person
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Noted:
    """Leave that was noted `today`, and how many workdays it has (`None`: nobody knows its last day)."""

    away: Away
    workdays: int | None
    today: date


@dataclass(frozen=True, slots=True)
class HalfAsked:
    """Leave from `first` to `day`, of which a `part` was said: `asker` is asked whether the whole day is meant."""

    person: Person
    asker: MemberId
    first: date
    day: date
    part: str


@dataclass(frozen=True, slots=True)
class AwayHere:
    """Who of a branch is away `today` or will be, or `own` leave; `more` are not listed."""

    leaves: Sequence[Away]
    more: bool
    own: bool
    today: date


@dataclass(frozen=True, slots=True)
class Back:
    """Somebody who is back."""

    who: Person


def take(stores: Stores, actor: Actor, *, mention: Mention | None, first: date, last: date | None) -> Noted:
    """Note leave, one's own or that of somebody in the group, in place of leave that overlaps it.

    Raises NotOnRoster, EndsBefore, TooLong, and what `_of_group` does.
    """
    return _taken(stores, actor, _whose(stores, actor, mention), first, last)


def ask_half(stores: Stores, actor: Actor, *, mention: Mention | None, first: date, day: date, part: str) -> HalfAsked:
    """Leave that ends with a part of a day, to be asked about. Raises what `take` does."""
    return HalfAsked(_whose(stores, actor, mention), actor.member.id, first, day, part)


def take_asked(
    stores: Stores, actor: Actor, *, asker: MemberId, person: PersonId, first: date, last: date
) -> Noted | None:
    """Note leave that was asked about; nothing where the part of a day was all of it (`last` is before `first`).

    Raises NotYours, NoMore, TooLong, and what `take` does.
    """
    whose = _asked(stores, actor, asker, person)
    if min(first, last) < actor.today - A_DAY:
        raise NoMore  # an old button
    return None if last < first else _taken(stores, actor, whose, first, last)


def drop_asked(stores: Stores, actor: Actor, *, asker: MemberId, person: PersonId) -> None:
    """Leave that was asked about is not noted. Raises what `take_asked` does."""
    _asked(stores, actor, asker, person)


def _asked(stores: Stores, actor: Actor, asker: MemberId, person: PersonId) -> Person:
    """Whose leave a button is about, which only who was asked presses: their own, or that of somebody in the group."""
    require(stores, actor, Permission.TAKE_PART)
    if asker != actor.member.id:
        raise NotYours
    found = stores.people.find(person)
    if found is None or found.left_on is not None:
        raise NoMore
    if found.member != actor.member.id:
        group = actor.group
        require(stores, actor, Permission.GIVE_TASKS)
        if group.branch is None or found.id not in {one.id for one in stores.people.of(group.branch)}:
            raise NoMore
    return found


def _taken(stores: Stores, actor: Actor, person: Person, first: date, last: date | None) -> Noted:
    if last is not None and last < first:
        raise EndsBefore(first=first, last=last)
    if last is not None and last - first > MAX_LEAVE:
        raise TooLong
    stores.people.absent([Absence(person.id, first, None if last is None else last + A_DAY)])
    _note(stores, actor, person, f"leave {first} to {last or ''}".strip())
    workdays = None if last is None else count_workdays(stores, first, last)
    return Noted(Away(person, first, last), workdays, actor.today)


def come_back(stores: Stores, actor: Actor, *, mention: Mention | None) -> Back:
    """Somebody works again from today on; later leave falls away too. Raises NotAway, and what `take` does."""
    person = _whose(stores, actor, mention)
    if not stores.people.back(person.id, actor.today):
        raise NotAway(who=person)
    _note(stores, actor, person, f"back {actor.today}")
    return Back(person)


def show(stores: Stores, actor: Actor) -> AwayHere:
    """Who is away, for whoever gives tasks in the group; one's own leave for others. Raises NoBranch, NotOnRoster."""
    require(stores, actor, Permission.TAKE_PART)
    if actor.chat.is_group and allows(stores, actor, Permission.GIVE_TASKS):
        return _here(stores, actor)
    person = _of_member(stores, actor, actor.member.id)
    coming = [one for one in stores.people.absences(person.id) if one.until is None or one.until > actor.today]
    return AwayHere([_away(person, one) for one in coming[:LISTED]], len(coming) > LISTED, own=True, today=actor.today)


def _here(stores: Stores, actor: Actor) -> AwayHere:
    if actor.chat.branch is None:
        raise NoBranch
    found = stores.people.absent_in(actor.chat.branch, actor.today, LISTED + 1)
    return AwayHere([_away(*one) for one in found[:LISTED]], len(found) > LISTED, own=False, today=actor.today)


def _whose(stores: Stores, actor: Actor, mention: Mention | None) -> Person:
    """Whose leave is meant: another's only for whoever gives tasks in the group, and so has to know who is there."""
    if mention is None:
        require(stores, actor, Permission.TAKE_PART)
        return _of_member(stores, actor, actor.member.id)
    group = actor.group
    require(stores, actor, Permission.GIVE_TASKS)
    return _of_group(stores, group, mention)


def _of_member(stores: Stores, actor: Actor, member: MemberId) -> Person:
    """The person whose account a member is. Raises NotOnRoster."""
    person = stores.people.of_member(member)
    if person is None or person.left_on is not None:
        raise NotOnRoster(private=not actor.chat.is_group)
    return person


def _of_group(stores: Stores, group: Chat, mention: Mention) -> Person:
    """Somebody of the branch whose group this is: by account, or by the roster's name or number.

    Raises NoBranch, NobodyHere, SeveralHere.
    """
    if group.branch is None:
        raise NoBranch
    here = stores.people.of(group.branch)
    platform_id = mention.person and mention.person.platform_id
    member = stores.members.find(platform_id) if platform_id else stores.members.named(mention.name)
    found = [one for one in here if member is not None and one.member == member.id]
    found = found or [one for one in here if mention.name in (one.name, one.number)]
    if len(found) != 1:
        raise (SeveralHere if found else NobodyHere)(name=mention.name)
    return found[0]


def _away(person: Person, absence: Absence) -> Away:
    return Away(person, absence.since, absence.until and absence.until - A_DAY)


def _note(stores: Stores, actor: Actor, person: Person, what: str) -> None:
    stores.audit.note(actor.member.id, PERSON_CHANGED, f"person:{person.id}", old=None, new=what, at=actor.heard_at)


FEATURE = Feature("leave")
