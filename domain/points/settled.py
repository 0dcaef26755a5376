"""What a settlement is, everybody's score in it, and where both are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from domain.ids import BranchId, ChatId, MemberId, SettlementId
    from domain.points.board import Standing
    from domain.points.event import RuleName
    from domain.points.period import Every, Period


class State(StrEnum):
    """How far a settlement has come."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Settlement:
    """One settlement. It covers the ledger up to the entry `upto`; later entries of the period count in the next one.

    `covered` is how far the final ones of its kind before it went. It is on show up to and with the day `until`.
    `scheme` is the version of the rules, as the audit log has it (empty: the default file); `hash` the digest of its
    lines once it is final.
    """

    id: SettlementId
    period: Period
    until: date
    by: MemberId
    at: datetime
    upto: int
    covered: int
    people: int = 0
    state: State = State.PROVISIONAL
    scheme: str = ""
    hash: str = ""
    ended_at: datetime | None = None
    reason: str = ""

    @property
    def is_final(self) -> bool:
        """Whether it never changes any more."""
        return self.state is State.FINAL

    @property
    def is_cancelled(self) -> bool:
        """Whether it was taken back."""
        return self.state is State.CANCELLED


class Part(NamedTuple):
    """What the entries of a category come to, and what counts of it (with its base, within its bounds)."""

    earned: int
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """What one member has in a settlement, with the branch of the time.

    `points` is all of it. `late` of them are what entries that came later have changed about earlier periods that were
    final already. `by_rule` has what entries add up to, the late ones among them. `by_category` has what each category
    came to, and under no name the entries without one; it is empty where the scheme has neither categories nor bounds.
    """

    member: MemberId
    branch: BranchId | None
    points: int
    late: int = 0
    by_rule: Mapping[str, int] = field(default_factory=dict)
    by_category: Mapping[str, Part] = field(default_factory=dict)
    vetoed_by: str = ""


class RuleSum(NamedTuple):
    """What a member's entries of a category and rule add up to."""

    member: MemberId
    category: str
    rule: str
    points: int


class LateSum(NamedTuple):
    """What a member's late entries of a rule and of one earlier period add up to."""

    period: Period
    member: MemberId
    rule: str
    points: int


class Settlements(Protocol):
    """Settlements in the store."""

    def begin(self, new: Settlement) -> Settlement | None:
        """Add one; `None` where its period has one already that was not cancelled."""

    def save(self, settlement: Settlement) -> None:
        """Remember what has changed about one."""

    def get(self, number: SettlementId) -> Settlement | None:
        """One settlement, if there is such a one."""

    def newest(self, limit: int) -> list[Settlement]:
        """Those that were not cancelled, the newest first."""

    def over(self, day: date) -> list[Settlement]:
        """Those that were not cancelled and whose period holds a day, the shortest period first."""

    def provisional(self) -> list[Settlement]:
        """Those that are on show, oldest first."""

    def final(self) -> list[Settlement]:
        """Those that are final, oldest first."""

    def ledger_start(self) -> date | None:
        """The day from which there are entries."""

    def ledger_end(self) -> int:
        """The number of the newest entry."""

    def covered(self, kind: Every) -> int:
        """How far the final settlements of a kind go."""

    def sums(self, period: Period, upto: int) -> list[RuleSum]:
        """The entries of a period up to a number added up."""

    def sums_of(self, members: Collection[MemberId], period: Period, upto: int) -> list[RuleSum]:
        """The same, of some members."""

    def vetoed(self, rules: Collection[RuleName], period: Period, upto: int) -> Mapping[MemberId, RuleName]:
        """Who has an entry of these rules that stands, and of which."""

    def late(self, kind: Every, upto: int, covered: int) -> list[LateSum]:
        """The entries behind `covered` of periods that were final before."""

    def placed(self, period: Period) -> Mapping[MemberId, BranchId]:
        """Who was on the roster in a period, and their last branch in it."""

    def in_groups(self, since: datetime, until: datetime, first: date) -> list[MemberId]:
        """Who was in an admitted group between two moments; nobody who had left the enterprise by the first day."""

    def put(self, number: SettlementId, scores: Iterable[Score]) -> None:
        """Keep everybody's score, in place of what was kept of a settlement that is on show."""

    def lines(self, number: SettlementId) -> list[Score]:
        """Everybody's score, by member."""

    def line(self, number: SettlementId, member: MemberId) -> Score | None:
        """One member's score."""

    def standings(self, number: SettlementId, group: ChatId, limit: int) -> list[Standing]:
        """The members of a group who are on boards, best first; equal points share a rank."""

    def in_group(self, number: SettlementId, group: ChatId) -> int:
        """How many members of a group have a score and are on boards."""

    def by_branch(self, number: SettlementId) -> Mapping[BranchId, tuple[int, int]]:
        """For each branch of the time: people, and their points together."""


class HasSettlements(Protocol):
    """Stores with this one among them."""

    @property
    def settlements(self) -> Settlements:
        """See `Settlements`."""
