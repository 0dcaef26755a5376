"""The plan of a group's study days, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, PromptId, StudyItemId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.study.audience import Audience
    from domain.study.choosing import Choice
    from domain.study.item import StudyItem
    from domain.study.study import Prompt

SCHEDULED = AuditAction("plan.scheduled")
WITHDRAWN = AuditAction("plan.withdrawn")
RELEASED = AuditAction("plan.released")
BANNED = AuditAction("plan.banned")
ALLOWED = AuditAction("plan.allowed")


class DayOver(Refusal):
    """A day that is over, or none of those that can be planned: an old button."""

    text = "day.over"


class NotForGroup(Refusal):
    """An item that the group may not have on that day: expired, not in force yet, for others, or not there."""

    text = "day.not_for_group"
    helper = Helper.ADMINISTRATOR


class PlanState(StrEnum):
    """What somebody in charge has decided for a group's day."""

    SCHEDULED = "scheduled"  # this item
    WITHDRAWN = "withdrawn"  # nothing


@dataclass(frozen=True, slots=True)
class Planned:
    """A decision for a day; of a withdrawn one `item` is what the day had before, if anything."""

    day: date
    item: StudyItemId | None
    state: PlanState

    @property
    def fixed(self) -> StudyItemId | None:
        """What the day has."""
        return self.item if self.state is PlanState.SCHEDULED else None


@dataclass(frozen=True, slots=True)
class Shown:
    """An item on a group's day, and how many have answered its question there, and how many of them wrongly."""

    item: StudyItemId
    day: date
    answered: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Known:
    """An item of the library, as far as choosing needs it; `withdrawn` from everybody, or from a group."""

    id: StudyItemId
    code: str
    topics: tuple[str, ...]
    effective: date | None
    expires: date | None
    audience: Audience
    withdrawn: bool


class LineState(StrEnum):
    """How a line of the plan came about."""

    CHOSEN = "chosen"  # by the rule; it may still change
    SCHEDULED = "scheduled"  # by somebody in charge
    GIVEN = "given"  # shown already
    TAKEN_BACK = "taken_back"  # shown, and withdrawn since
    WITHDRAWN = "withdrawn"  # by somebody in charge, before it was shown
    EMPTY = "empty"  # nothing is left for the group


@dataclass(frozen=True, slots=True)
class Line:
    """A day of the plan: what the group has on it, and why."""

    day: date
    state: LineState
    item: StudyItem | None = None
    choice: Choice | None = None

    @property
    def number(self) -> int:
        """The item's id, 0 without one: what a button says that it has seen."""
        return 0 if self.item is None else self.item.id


@dataclass(frozen=True, slots=True)
class Plan:
    """The next workdays of a group.

    Of `unknown` years nobody has entered the days off yet: there Monday to Friday are taken for workdays. `stale`: the
    plan was no longer what the button showed, and nothing was changed.
    """

    group: Chat
    lines: Sequence[Line]
    unknown: Sequence[int] = ()
    stale: bool = False

    def line(self, day: date) -> Line:
        """The line of a day. Raises DayOver."""
        found = next((one for one in self.lines if one.day == day), None)
        if found is None:
            raise DayOver
        return found


@dataclass(frozen=True, slots=True)
class Missed:
    """An item that somebody has not read, on its day."""

    prompt: PromptId
    day: date
    title: str


class Plans(Protocol):
    """Plans, withdrawn items and reasons, in the store."""

    def library(self, group: ChatId) -> list[Known]:
        """All items of the library, with whether they are withdrawn from a group."""

    def shown(self, group: ChatId) -> list[Shown]:
        """All that a group was shown, oldest first."""

    def items(self, wanted: Collection[StudyItemId]) -> Mapping[StudyItemId, StudyItem]:
        """Items by their ids."""

    def since(self, group: ChatId, day: date) -> Mapping[date, Planned]:
        """What was decided for a group's days, from one on."""

    def put(self, group: ChatId, planned: Planned, by: MemberId, at: datetime) -> None:
        """Decide for a day, in place of an earlier decision."""

    def remove(self, group: ChatId, day: date) -> None:
        """Nothing is decided for a day any more."""

    def ban(self, group: ChatId, item: StudyItemId, by: MemberId, at: datetime) -> bool:
        """Never show an item to a group; whether that is new."""

    def allow(self, group: ChatId, item: StudyItemId) -> bool:
        """Show it again; whether it was not to be shown."""

    def banned(self, group: ChatId) -> list[StudyItem]:
        """What is never shown to a group, in the library's order."""

    def note_choice(self, prompt: PromptId, choice: Choice) -> None:
        """Remember why an item was chosen."""

    def choice(self, prompt: PromptId) -> Choice | None:
        """Why it was; `None` for what earlier versions chose."""

    def last_prompt(self, group: ChatId) -> PromptId | None:
        """What a group was shown last."""

    def given(self, group: ChatId, since: date) -> list[Prompt]:
        """What a group was shown from a day on, oldest first."""

    def missed(self, member: MemberId, group: ChatId, since: date, until: date) -> list[Missed]:
        """What a group was shown from a day on, before another, and somebody has never read; newest first.

        Nothing from before they came, nothing that was withdrawn.
        """

    def private_readers(self, group: Chat) -> list[Member]:
        """Who wants their study in private, can be written to, and is in a group or of its branch."""


class HasPlans(Protocol):
    """Stores with this one among them."""

    @property
    def plans(self) -> Plans:
        """See `Plans`."""
