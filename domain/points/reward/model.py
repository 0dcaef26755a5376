"""Rewards that points are exchanged for, what may be wrong with a request, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, MemberId, RewardId, RewardRequestId
    from domain.people.member import Member

REWARD_ADDED = AuditAction("reward.added")
REWARD_STOCKED = AuditAction("reward.stocked")
REWARD_CLOSED = AuditAction("reward.closed")
REWARD_APPROVED = AuditAction("reward.approved")
REWARD_REFUSED = AuditAction("reward.refused")
REWARD_HANDED = AuditAction("reward.handed")
MAX_TITLE_CHARS = 40
MAX_COST = 1_000_000  # points
MAX_STOCK = 100_000  # pieces
MAX_VALUE = 1_000_000  # yuan
MAX_OPEN = 10  # requests of one person that wait for an answer
LISTED = 6  # on a page
PENDING_WORKDAYS = 3  # after these a request that nobody answered stands on the approvers' cards of today


class NotInUse(Refusal):
    """Rewards are switched off."""

    text = "reward.not_in_use"
    helper = Helper.ADMINISTRATOR


class NoPlace(Refusal):
    """Somebody is in no branch and no group, so nobody could approve what they ask for."""

    text = "reward.no_place"


class SoldOut(Refusal):
    """The last piece is taken."""

    text = "reward.sold_out"


class TooFewPoints(Refusal):
    """It costs more than somebody has to spend."""

    text = "reward.too_few"


class OverBudget(Refusal):
    """The year's budget does not reach."""

    text = "reward.over_budget"


class PriceChanged(Refusal):
    """It costs something else than was shown."""

    text = "reward.price_changed"


class RewardOver(Refusal):
    """It is offered no more, or not here."""

    text = "reward.over"


class TooManyOpen(Refusal):
    """Somebody has many requests that wait."""

    text = "reward.too_many"


class AlreadyAnswered(Refusal):
    """A request is past the step that a button stands for."""

    text = "reward.answered"


class OwnRequest(Refusal):
    """Nobody approves what they ask for themselves."""

    text = "reward.own_request"


class WrongNumber(Refusal):
    """Not a whole number within bounds."""

    text = "reward.wrong_number"


class WrongTitle(Refusal):
    """No words, or too many."""

    text = "reward.wrong_title"


class WrongDay(Refusal):
    """A last day that is over."""

    text = "reward.wrong_day"


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody puts into the catalogue. `branch` sees it with all below it; `None`: everybody.

    `cost` is in points, `value` what one piece costs the enterprise in yuan. `until` is the last day, if there is one.
    """

    title: str
    cost: int
    stock: int
    value: int = 0
    branch: BranchId | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Raises WrongTitle, WrongNumber."""
        if not 0 < len(self.title) <= MAX_TITLE_CHARS:
            raise WrongTitle(most=MAX_TITLE_CHARS)
        check_number(self.cost, 1, MAX_COST)
        check_number(self.stock, 0, MAX_STOCK)
        check_number(self.value, 0, MAX_VALUE)


@dataclass(frozen=True, slots=True)
class Reward:
    """Something in the catalogue. Its offer's `stock` is what is left: pieces that are asked for are taken off."""

    id: RewardId
    offer: Offer
    closed_at: datetime | None = None

    def is_open(self, day: date) -> bool:
        """Whether it can be asked for on a day."""
        return self.closed_at is None and (self.offer.until is None or day <= self.offer.until)


class State(StrEnum):
    """Where a request is."""

    OPEN = "open"  # nobody has answered
    APPROVED = "approved"  # it is to be handed over
    HANDED = "handed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


RESERVING = (State.OPEN, State.APPROVED)  # they may still be given back
HELD = (*RESERVING, State.HANDED)  # they take a piece, points and budget


@dataclass(frozen=True, slots=True)
class Request:
    """A piece that somebody has asked for, at the price of that moment.

    `branch` is theirs at that moment: whoever is in charge of it answers. `year` is that of the budget it counts in.
    """

    id: RewardRequestId
    reward: RewardId
    by: Member
    branch: BranchId | None
    title: str
    cost: int
    value: int
    year: int
    asked_at: datetime
    state: State = State.OPEN
    reason: str = ""
    handed_on: date | None = None

    def moved(self, state: State, *, reason: str = "", handed_on: date | None = None) -> Request:
        """The same in its next state."""
        return replace(self, state=state, reason=reason, handed_on=handed_on)


class Measure(StrEnum):
    """What a year's budget counts."""

    POINTS = "points"
    YUAN = "yuan"


@dataclass(frozen=True, slots=True)
class Budget:
    """A catalogue's budget of a year, and what is left of it; without a `limit` there is none."""

    limit: int | None
    measure: Measure
    left: int

    def reaches(self, offer: Offer) -> bool:
        """Whether one piece more fits in."""
        return self.limit is None or self.of(offer) <= self.left

    def of(self, offer: Offer) -> int:
        """What one piece takes of it."""
        return offer.cost if self.measure is Measure.POINTS else offer.value


class Rewards(Protocol):
    """The catalogue, requests, and what was spent, in the store."""

    def add(self, offer: Offer, at: datetime) -> Reward:
        """Put something into the catalogue."""

    def find(self, reward: RewardId) -> Reward | None:
        """One reward, if there is such a one."""

    def offered(self, branches: Collection[BranchId], day: date, offset: int, most: int) -> list[Reward]:
        """What can be asked for in some branches or everywhere, the cheapest first; also what is sold out."""

    def kept(self, branches: Collection[BranchId] | None, offset: int, most: int) -> list[Reward]:
        """What some branches, or (`None`) all and the enterprise have in their catalogues, the newest first."""

    def take(self, reward: RewardId) -> bool:
        """Take a piece off the stock. False where none is left."""

    def put_back(self, reward: RewardId) -> None:
        """Put a piece back."""

    def stock(self, reward: RewardId, pieces: int) -> None:
        """Say how many pieces are left."""

    def close(self, reward: RewardId, at: datetime) -> None:
        """It is offered no more."""

    def ask(self, request: Request, source: str) -> Request:
        """Remember a new request; its id is given now."""

    def asked_by(self, source: str) -> Request | None:
        """The request that a press has made."""

    def request(self, number: RewardRequestId) -> Request | None:
        """One request, if there is such a one."""

    def requests_of(self, member: MemberId, states: Sequence[State], most: int) -> list[Request]:
        """Somebody's own requests in some states, the newest first."""

    def waiting_in(self) -> list[BranchId | None]:
        """In which branches (`None`: in none) the people are whose requests are open or to be handed over."""

    def waiting(self, branches: Collection[BranchId | None], but: MemberId, most: int) -> list[Request]:
        """The requests from some branches that are open or to be handed over, but for one's own; the oldest first."""

    def save(self, request: Request, by: MemberId | None, at: datetime) -> None:
        """Remember the state of a request, and who has changed it when."""

    def enter(self, request: Request, points: int, at: datetime) -> None:
        """Write a line of what somebody has spent (less than 0) or got back."""

    def spent(self, member: MemberId) -> int:
        """What somebody has spent, without what they got back."""

    def earned(self, member: MemberId, since: date | None) -> int:
        """What somebody has earned by the ledger since a day, or ever."""

    def used(self, branch: BranchId | None, year: int) -> tuple[int, int]:
        """What the requests for a catalogue's rewards take of a year's budget, in points and in yuan."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one: what the first has asked for and spent is the other's."""


class HasRewards(Protocol):
    """Stores with this one among them."""

    @property
    def rewards(self) -> Rewards:
        """See `Rewards`."""


def check_number(number: int, least: int, most: int) -> None:
    """Raises WrongNumber."""
    if not least <= number <= most:
        raise WrongNumber(least=least, most=most)
