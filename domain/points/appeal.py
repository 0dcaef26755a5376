"""Appeals: somebody has a question about their points, and who is in charge answers within some workdays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import plain
from domain.admin.audit import AuditAction
from domain.messaging.message import Action, Button, Message, Subject
from domain.points import account
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from domain.ids import AppealId, MemberId
    from domain.people.member import Member
    from domain.points.account import Item
    from domain.points.features import Stores

APPEAL_EXPLAINED = AuditAction("appeal.explained")
MAX_TEXT_CHARS = 500


class NoWords(Refusal):
    """No words, or too many."""

    text = "appeal.no_words"


class AlreadyAsked(Refusal):
    """Their question about it waits for its answer."""

    text = "appeal.already_asked"


class Answered(Refusal):
    """Somebody else has answered it."""

    text = "appeal.already_answered"


class State(StrEnum):
    """What has become of an appeal."""

    OPEN = "open"
    EXPLAINED = "explained"
    CORRECTED = "corrected"
    ERASED = "erased"  # with whoever asked


class Level(StrEnum):
    """Who answers."""

    SECRETARY = "secretary"
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True, slots=True)
class Appeal:
    """A question about an item (its first entry's number), or about something that is missing (`None`).

    `due_on` is the last day for the answer.
    """

    id: AppealId
    member: MemberId
    entry: int | None
    text: str
    level: Level
    made_at: datetime
    due_on: date
    state: State = State.OPEN
    answer: str = ""
    answered_by: MemberId | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An appeal as people see it, with who asks and what it is about."""

    appeal: Appeal
    member: Member
    item: Item | None
    by: Member | None = None


class Appeals(Protocol):
    """Appeals in the store."""

    def add(self, appeal: Appeal) -> Appeal:
        """Remember an appeal; its id is given now."""

    def get(self, appeal: AppealId) -> Appeal | None:
        """One appeal, if there is such a one."""

    def save(self, appeal: Appeal) -> None:
        """Remember what has changed about an appeal."""

    def open_of(self, member: MemberId) -> list[Appeal]:
        """A member's appeals that wait for their answers, oldest first."""

    def has_asked(self, member: MemberId, entry: int) -> bool:
        """Whether a member has asked about an item before."""

    def since(self, member: MemberId, at: datetime) -> int:
        """How many a member has made since a moment."""

    def answerers(self, appeal: AppealId) -> list[MemberId]:
        """Who was asked for the answer."""

    def ask(self, appeal: AppealId, members: Iterable[MemberId]) -> None:
        """Note who is asked for the answer; whoever was before is not any more."""

    def waiting_for(self, member: MemberId) -> list[Appeal]:
        """What waits for a member's answer, the first due first."""

    def overdue(self, day: date) -> list[Appeal]:
        """What secretaries had to answer before a day and did not."""

    def open_within(self, first: date, last: date) -> int:
        """How many are open about entries of a span of days, or about something that is missing."""


class HasAppeals(Protocol):
    """Stores with this one among them."""

    @property
    def appeals(self) -> Appeals:
        """See `Appeals`."""


def check_words(words: str) -> str:
    """A question or an answer as it is kept. Raises NoWords."""
    found = plain.clean(words).strip()
    if not plain.line(found) or len(found) > MAX_TEXT_CHARS:
        raise NoWords(most=MAX_TEXT_CHARS)
    return found


def put(stores: Stores, appeal: Appeal, answerers: Sequence[Member], at: datetime) -> None:
    """Tell those who answer, each by one message of their own."""
    stores.appeals.ask(appeal.id, [one.id for one in answerers])
    for one in answerers:
        if one.private is not None:
            stores.outbox.send(one.private, card(stores, appeal, one.id), key=f"{subject_of(appeal, one.id)}")
        stores.hooks.changed(one.id, f"appeal:{appeal.id}:{appeal.level}", at)


def subject_of(appeal: Appeal, answerer: MemberId) -> Subject:
    """What the message to one who answers is about."""
    return Subject("appeal", appeal.id, answerer)


def shown(stores: Stores, appeal: Appeal) -> Shown:
    """An appeal with who asks, what it is about and who has answered."""
    item = None if appeal.entry is None else account.item(stores, appeal.entry)
    by = None if appeal.answered_by is None else stores.members.get(appeal.answered_by)
    return Shown(appeal, stores.members.get(appeal.member), item, by)


def card(stores: Stores, appeal: Appeal, answerer: MemberId) -> Message:
    """The message to one who answers, as it is now."""
    row = [
        Button("appeal.correct_button", Action("appeal.correct", appeal.id)),
        Button("appeal.explain_button", Action("appeal.explain", appeal.id)),
    ]
    buttons = [row] if appeal.state is State.OPEN else []
    return Message("appeal.card", {"shown": shown(stores, appeal)}, buttons, subject_of(appeal, answerer))


def refresh_cards(stores: Stores, appeal: Appeal, at: datetime) -> None:
    """Let the messages to those who answer, and their cards, say how it stands."""
    for one in stores.appeals.answerers(appeal.id):
        subject = subject_of(appeal, one)
        stores.outbox.edit(subject, card(stores, appeal, one), key=f"{subject}:{appeal.state}:{appeal.level}")
        stores.hooks.changed(one, f"appeal:{appeal.id}:{appeal.state}:{appeal.level}", at)
