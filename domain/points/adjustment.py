"""Adjustment: people in charge add, deduct and take back points, each with its reason.

They also record what a scheme takes points away for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.ids import MemberId
from domain.messaging.message import Action, Button, Message
from domain.people.identity import vouched_for
from domain.people.member import AmbiguousName
from domain.people.permission import EVERYWHERE, Area, Permission, allows_over, require, require_over
from domain.people.role.service import area_of
from domain.points import account, points
from domain.points.application import recorded_on
from domain.points.event import ITEM_APPROVED, EventName, RuleName
from domain.points.points import Entry
from domain.points.reason import check_reason
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.people.actor import Actor
    from domain.people.member import Member, Mention
    from domain.points.account import Item
    from domain.points.application import Offered
    from domain.points.features import Stores

MADE = RuleName("adjustment.made")  # no scheme has it: as many points as the person says
CORRECTED = RuleName("adjustment.corrected")  # the same; its source names the settlement that it comes after
POINTS_ADJUSTED = AuditAction("points.adjusted")
POINTS_REVERSED = AuditAction("points.reversed")
MAX_POINTS = 1000
RECENT = 4  # items to choose from


class NotYourOwn(Refusal):
    """Nobody changes their own points."""

    text = "adjustment.not_your_own"


class NoGroup(Refusal):
    """They belong to no group, so that no ledger has a place for it."""

    text = "adjustment.no_group"


class WrongAmount(Refusal):
    """Nothing, or more than anybody gives at once."""

    text = "adjustment.wrong_amount"


class NotInScheme(Refusal):
    """The rules of today take no points away for it."""

    text = "adjustment.not_in_scheme"


class TakenBack(Refusal):
    """Nothing of it stands any more."""

    text = "adjustment.taken_back"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Which entry a person has made, and when."""

    number: int
    by: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What was done: whose points, how many, why, and their new total. `number` is that of the item.

    `item` is what was taken back, if something was; `recorded` what was recorded of the scheme, if something was.
    """

    member: Member
    points: int
    reason: str
    total: int
    number: int
    item: Item | None = None
    recorded: Offered | None = None


class Adjustments(Protocol):
    """Who has made which entry, in the store."""

    def note(self, number: int, by: MemberId, at: datetime) -> None:
        """Remember who has made an entry."""

    def made(self, number: int) -> Adjustment | None:
        """Who has made an entry, if a person did."""


class HasAdjustments(Protocol):
    """Stores with this one among them."""

    @property
    def adjustments(self) -> Adjustments:
        """See `Adjustments`."""


def area(stores: Stores, member: MemberId) -> Area:
    """What one is in charge of who is in charge of a member: their branch, else their group, else the enterprise."""
    person = stores.people.of_member(member)
    if person is not None and person.left_on is None:
        return Area(branch=person.branch)
    home = stores.members.home(member)
    return EVERYWHERE if home is None else area_of(stores.chats.get(home))


def require_in_charge(stores: Stores, actor: Actor, member: MemberId) -> None:
    """Raises NotAllowed, NotYourOwn for somebody who may not change a member's points."""
    require(stores, actor, Permission.ADJUST_POINTS)
    require_over(stores, actor, Permission.ADJUST_POINTS, area(stores, member))
    if actor.member.id == member:
        raise NotYourOwn


def whom(stores: Stores, actor: Actor, *, mention: Mention) -> Member:
    """Whose points are to be changed: somebody by the platform's word, by number or by name of the roster.

    Raises NotAllowed, NotYourOwn, NeverSeen, NotVouchedFor, AmbiguousName.
    """
    require(stores, actor, Permission.ADJUST_POINTS)
    numbered = stores.people.numbered(mention.name) if mention.person is None else None
    if numbered is not None and numbered.member is not None:
        found = [stores.members.get(numbered.member)]
    else:
        found = vouched_for(stores, mention, actor.heard_at)
    if len(found) > 1:
        found = [one for one in found if allows_over(stores, actor, Permission.ADJUST_POINTS, area(stores, one.id))]
    if len(found) != 1:
        raise AmbiguousName(name=mention.name)
    require_in_charge(stores, actor, found[0].id)
    return found[0]


def items_of(stores: Stores, actor: Actor, *, member: MemberId) -> list[Item]:
    """What can be taken back of a member's newest points. Raises NotAllowed, NotYourOwn."""
    require_in_charge(stores, actor, member)
    return [one for one in account.recent(stores, member, RECENT) if one.standing]


def item_of(stores: Stores, actor: Actor, *, number: int) -> Item:
    """What an entry is part of, for who is in charge of its member. Raises NotAllowed, NotYourOwn, NoMore."""
    require(stores, actor, Permission.ADJUST_POINTS)
    found = account.item(stores, number)
    require_in_charge(stores, actor, found.lines[0].entry.member)
    return found


def found(stores: Stores, number: int) -> Item:
    """What an entry is part of; whoever shows it has asked for permission. Raises NoMore."""
    return account.item(stores, number)


def check_amount(points: int) -> int:
    """Raises WrongAmount."""
    if not 0 < abs(points) <= MAX_POINTS:
        raise WrongAmount(most=MAX_POINTS)
    return points


def add(
    stores: Stores,
    actor: Actor,
    *,
    member: MemberId,
    points: int,
    reason: str,
    source: str,
    about: date | None = None,
) -> Adjusted:
    """Add points to a member's or (less than 0) deduct some. `source` is unique: the same one twice is refused.

    `about` is the day that it concerns. Where that is being settled, the entry counts on it; where that is settled for
    good, the entry is a dated correction and names the settlement.
    Raises NotAllowed, NotYourOwn, WrongAmount, NoReason, NoGroup, NoMore.
    """
    require_in_charge(stores, actor, member)
    amount, cause, group = check_amount(points), check_reason(reason), stores.members.home(member)
    if group is None:
        raise NoGroup
    rule, source, day = _placed(stores, source, about, stores.chats.get(group).day(actor.now))
    if stores.points.count(member, EventName(rule), source):
        raise NoMore
    entry = Entry(member, group, rule, source, cause, amount, day, actor.heard_at)
    number, total = _written(stores, actor, entry, 0, None)
    return Adjusted(stores.members.get(member), amount, cause, total, number)


def recordable(stores: Stores, actor: Actor, *, member: MemberId) -> list[Offered]:
    """What of today's scheme can be recorded about a member. Raises NotAllowed, NotYourOwn."""
    require_in_charge(stores, actor, member)
    home = stores.members.home(member)
    if home is None:
        return []
    stores.schemes.reload()  # another process may have activated one
    return recorded_on(stores, stores.chats.get(home).day(actor.heard_at))


def record(stores: Stores, actor: Actor, *, member: MemberId, item: str, reason: str, source: str) -> Adjusted:
    """Enter an item of the scheme, with the points that it takes, or its veto. `source` is unique.

    Raises NotAllowed, NotYourOwn, NotInScheme, NoReason, NoGroup, NoMore.
    """
    cause, home = check_reason(reason), stores.members.home(member)
    found = next((one for one in recordable(stores, actor, member=member) if one.rule == item), None)
    if home is None:
        raise NoGroup
    if found is None:
        raise NotInScheme
    facts, at, group = {"item": item}, actor.heard_at, stores.chats.get(home)
    credit = points.award(stores, member, group, ITEM_APPROVED, facts, source=source, cause=cause, at=at)
    if credit is None:
        raise NoMore
    number = _noted(stores, actor, member, source, points=credit.points)
    return Adjusted(stores.members.get(member), credit.points, cause, credit.total, number, recorded=found)


def _placed(stores: Stores, source: str, about: date | None, today: date) -> tuple[RuleName, str, date]:
    """The rule, source and day of an entry that a person makes about something of a day."""
    settled = [] if about is None else stores.settlements.over(about)
    final = next((one for one in settled if one.is_final), None)
    if final is not None:
        return CORRECTED, f"settlement:{final.id}:{source}", today
    return MADE, source, about if settled and about is not None else today


def take_back(stores: Stores, actor: Actor, *, number: int, reason: str) -> Adjusted:
    """Take back all that stands of the cause of an entry, by entries of their own.

    They count on the day of what they take back. Raises NotAllowed, NotYourOwn, NoReason, NoMore, TakenBack.
    """
    item = item_of(stores, actor, number=number)
    cause, total = check_reason(reason), None
    for line in item.standing:
        entry = replace(line.entry, cause=cause, points=-line.entry.points, at=actor.heard_at)
        _, total = _written(stores, actor, entry, line.ordinal + 1, item)
    if total is None:
        raise TakenBack
    member = stores.members.get(item.lines[0].entry.member)
    return Adjusted(member, -item.points, cause, total, item.number, item)


def _written(stores: Stores, actor: Actor, entry: Entry, ordinal: int, item: Item | None) -> tuple[int, int]:
    """Write an entry, and who has made it; its number and the member's new total."""
    total = stores.points.enter(entry, ordinal)
    return _noted(stores, actor, entry.member, entry.source, points=entry.points, item=item), total()


def _noted(
    stores: Stores, actor: Actor, member: MemberId, source: str, *, points: int, item: Item | None = None
) -> int:
    """Note who has made the newest entry of a source; its number."""
    number = stores.accounts.about(member, source)[-1].number
    stores.adjustments.note(number, actor.member.id, actor.heard_at)
    amount = f"{points:+} entry:{number}"
    action, old = (POINTS_ADJUSTED, None) if item is None else (POINTS_REVERSED, f"entry:{item.number}")
    stores.audit.note(actor.member.id, action, f"member:{member}", old=old, new=amount, at=actor.heard_at)
    stores.hooks.changed(member, f"adjusted:{number}", actor.heard_at)
    return number


def tell(stores: Stores, actor: Actor, *, done: Adjusted) -> None:
    """Tell the one whose points were changed, in private: by whom and why, with the button to ask about it."""
    require(stores, actor, Permission.ADJUST_POINTS)
    if done.member.private is None:
        return
    button = Button("appeal.ask_button", Action("appeal.about", done.number))
    message = Message("adjustment.told", {"done": done, "by": actor.member}, [[button]])
    key = f"adjusted:{done.number}:{actor.heard_at.timestamp()}"
    stores.outbox.send(done.member.private, message, key=key)


def _called(stores: Stores, number: int) -> str | None:
    """What an entry is called in the audit log: its cause, which for an adjustment is the reason."""
    line = stores.accounts.line(number)
    return None if line is None else line.entry.cause or None


FEATURE = Feature("adjustment", audit=(POINTS_ADJUSTED, POINTS_REVERSED), named={"entry": _called})
