"""A member's own points: what each was for, one line for one item, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from domain.people.permission import EVERYWHERE, Permission, allows, allows_over, require
from domain.points.application import offered_on
from domain.points.points import titled
from domain.points.score import possible_today, vetoes
from domain.refusal import NoMore

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.points.chain import LedgerLine
    from domain.points.event import RuleName
    from domain.points.features import Stores
    from domain.points.points import Entry
    from domain.points.score import Possible

PAGE_SIZE = 8
MAX_OFFSET = 10_000  # items; further back only an export shows
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Item:
    """All entries of one member about one cause, oldest first: read and answered, credited and taken back.

    `answer_by` is the last day for the answer to their open question about it, if there is one. `vetoes` are the rules
    by which a whole score is 0: their entries stand even where they give no points.
    """

    lines: Sequence[LedgerLine]
    answer_by: date | None = None
    vetoes: Collection[RuleName] = ()

    @property
    def number(self) -> int:
        """The number of its first entry, by which it is named."""
        return self.lines[0].number

    @property
    def points(self) -> int:
        """What it comes to."""
        return sum(line.entry.points for line in self.lines)

    @property
    def rules(self) -> Sequence[RuleName]:
        """Its rules, each once: those of the newest entries that were not taken back, else of all."""
        newest = {line.entry.event: line for line in self.lines}
        kept = [line for line in newest.values() if line.ordinal % 2 == 0] or self.lines
        return list(dict.fromkeys(line.entry.rule for line in kept))

    @property
    def cause(self) -> str:
        """What it was for."""
        return self.lines[0].entry.cause

    @property
    def day(self) -> date:
        """The day of its newest credit."""
        return max(line.entry.day for line in self.lines)

    @property
    def standing(self) -> Sequence[LedgerLine]:
        """The newest entry of each event that counts: it has points or is a veto, and was not taken back."""
        newest = {line.entry.event: line for line in self.lines}
        return [line for line in newest.values() if line.ordinal % 2 == 0 and self._counts(line.entry)]

    def _counts(self, entry: Entry) -> bool:
        return entry.points != 0 or entry.rule in self.vetoes

    @property
    def is_taken_back(self) -> bool:
        """Whether nothing of it stands any more."""
        return not self.standing and any(self._counts(line.entry) for line in self.lines)

    @property
    def is_capped(self) -> bool:
        """Whether the cap left nothing of it."""
        return not any(self._counts(line.entry) for line in self.lines)

    @property
    def reason(self) -> str:
        """Why somebody took it back, if a person did and said why."""
        last = self.lines[-1].entry.cause
        return last if self.is_taken_back and last != self.cause else ""


@dataclass(frozen=True, slots=True)
class Account:
    """A member's own points: total, this week's and the week's before, a page of items, the newest first.

    `offset` is how many items come before this page. `missing` are the last days for the answers to their open
    questions about what is not there. `may_settle` tells whether they settle the points of all, `may_apply`
    whether today's scheme has items that they may apply for.
    """

    total: int
    week: int
    last_week: int
    items: Sequence[Item]
    offset: int = 0
    has_more: bool = False
    possible: Sequence[Possible] = ()
    missing: Sequence[date] = ()
    may_settle: bool = False
    may_apply: bool = False


class Accounts(Protocol):
    """The ledger as its members look at it."""

    def items(self, member: MemberId, offset: int, limit: int) -> list[LedgerLine]:
        """The entries of a member's newest causes: those of one cause together, oldest first."""

    def line(self, number: int) -> LedgerLine | None:
        """One entry."""

    def about(self, member: MemberId, source: str) -> list[LedgerLine]:
        """A member's entries of one cause, oldest first."""


class HasAccounts(Protocol):
    """Stores with this one among them."""

    @property
    def accounts(self) -> Accounts:
        """See `Accounts`."""


def account(stores: Stores, actor: Actor, *, offset: int = 0) -> Account:
    """One's own points, each with its cause. Raises NoMore where there is no such page."""
    require(stores, actor, Permission.SEE_OWN)
    if offset > MAX_OFFSET:
        raise NoMore
    own, week = actor.member.id, actor.chat.week(actor.now)
    found, asked = _items(stores, own, offset, PAGE_SIZE + 1), stores.appeals.open_of(own)
    days = {one.entry: one.due_on for one in asked}
    return Account(
        stores.points.total(own),
        stores.points.week(own, week),
        stores.points.week(own, week - A_WEEK),
        [replace(one, answer_by=days.get(one.number)) for one in found[:PAGE_SIZE]],
        offset,
        len(found) > PAGE_SIZE,
        [one for one in possible_today(stores, actor) if one.left],
        missing=[one.due_on for one in asked if one.entry is None],
        may_settle=not actor.chat.is_group and allows_over(stores, actor, Permission.SETTLE_POINTS, EVERYWHERE),
        may_apply=not actor.chat.is_group and _may_apply(stores, actor),
    )


def _may_apply(stores: Stores, actor: Actor) -> bool:
    return allows(stores, actor, Permission.TAKE_PART) and bool(offered_on(stores, actor.today))


def recent(stores: Stores, member: MemberId, limit: int) -> list[Item]:
    """A member's newest items."""
    return _items(stores, member, 0, limit)


def item(stores: Stores, number: int) -> Item:
    """All entries about the cause of one. Raises NoMore for a number that nothing has."""
    line = stores.accounts.line(number)
    if line is None:
        raise NoMore
    return _item(stores, stores.accounts.about(line.entry.member, line.entry.source))


def _items(stores: Stores, member: MemberId, offset: int, limit: int) -> list[Item]:
    together: dict[str, list[LedgerLine]] = {}
    for line in stores.accounts.items(member, offset, limit):
        together.setdefault(line.entry.source, []).append(line)
    return [_item(stores, lines) for lines in together.values()]


def _item(stores: Stores, lines: Sequence[LedgerLine]) -> Item:
    """An item whose rules have the titles that their schemes give them."""
    return Item([replace(line, entry=titled(stores, line.entry)) for line in lines], vetoes=vetoes(stores))
