"""A questionnaire is asked of an audience for a time: a round. What its rounds and responses need of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.ids import BranchId, ChatId, MemberId, RoundId
from domain.messaging.encryption import KeyId
from domain.messaging.message import Subject
from domain.people.member import Member
from domain.voice.questionnaire.model import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.encryption import KeyId
    from domain.voice.questionnaire.model import Response

LEAST_THRESHOLD, USUAL_THRESHOLD = 3, 5  # responses below which nothing is shown


class Confidence(StrEnum):
    """Who learns what; fixed when a round is made."""

    NAMED = "named"  # those in charge see who answered what
    CONFIDENTIAL = "confidential"  # they see who answered, not what
    ANONYMOUS = "anonymous"  # once it is closed, nobody can join the two, not even with the store's files


class Every(StrEnum):
    """How often a round is asked anew."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose answers are wanted: those at home in a group, or everybody of branches and those below them.

    Of these only people with one of `roles`, where any are named.
    """

    group: ChatId | None = None
    branches: frozenset[BranchId] = frozenset()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Round:
    """A questionnaire that is asked. `group` is where its button is posted; `previous` the round it is compared with.

    It can be answered from `opens_at` to `closes_at`; `closed_at` is set when its results are final. `withdrawn_at` is
    set instead where it was called off: what was answered is then forgotten.

    `posted_at` is set once people were told of it, `reminded_at` once those who have not submitted were. `key` is that
    of what is written about it in chats. One that is asked anew `every` so often is so at `again_at`; from then on that
    is the new round's.
    """

    id: RoundId
    questionnaire: Questionnaire
    asker: Member
    group: ChatId
    audience: Audience
    confidence: Confidence
    asked_at: datetime
    opens_at: datetime
    closes_at: datetime
    threshold: int = USUAL_THRESHOLD
    results_at_once: bool = False  # shown while it is open; never for an anonymous one
    urgent: bool = False  # asked even of those who were asked something else this week
    previous: RoundId | None = None
    closed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    posted_at: datetime | None = None
    reminded_at: datetime | None = None
    key: KeyId | None = None
    every: Every | None = None
    again_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """What its messages are about."""
        return Subject("round", self.id)

    def is_open(self, at: datetime) -> bool:
        """Whether it can be answered at a moment."""
        return self.opens_at <= at < self.closes_at and self.closed_at is None and self.withdrawn_at is None


class Progress(StrEnum):
    """How far somebody is with a round."""

    BEGUN = "begun"
    SUBMITTED = "submitted"


class Returned(NamedTuple):
    """A submitted response. `member` is missing unless the round is named.

    `branch` is that of the member when they answered; of an anonymous response it is the lowest branch of which enough
    answered, else missing.
    """

    response: Response
    branch: BranchId | None
    member: MemberId | None


class Rounds(Protocol):
    """Rounds in the store."""

    def get(self, number: RoundId) -> Round | None:
        """One round."""

    def add(self, one: Round, source: str) -> Round:
        """Remember a round; its id is given now. `source` is unique."""

    def save(self, one: Round) -> None:
        """Remember what has changed about a round: its times."""

    def asked_by(self, source: str) -> Round | None:
        """The round of a source."""

    def of(self, group: ChatId, most: int) -> Sequence[Round]:
        """The newest rounds of a group that were not withdrawn; at most so many."""

    def open_at(self, at: datetime) -> Sequence[Round]:
        """Rounds that can be answered at a moment and of which people were told, the next closing time first."""

    def posted_since(self, since: datetime) -> Sequence[Round]:
        """Rounds of which people were told since a moment, and that were not withdrawn."""

    def to_post(self, at: datetime) -> Sequence[Round]:
        """Rounds that are open by their time and of which nobody was told yet."""

    def to_repeat(self, at: datetime) -> Sequence[Round]:
        """Rounds that are to be asked anew."""

    def to_close(self, at: datetime) -> Sequence[Round]:
        """Rounds whose time is over and that are neither closed nor withdrawn."""


class Responses(Protocol):
    """What is answered. Of an anonymous round all of it is encrypted until it is closed."""

    def key(self, one: Round) -> KeyId:
        """The key that an anonymous round is under, made when it is first asked for.

        Private chats in which it is answered are put under it (`Encryption.begin`) before the first question is asked.
        `close` and `forget` destroy it, and release the chats.
        """

    def draft(self, one: Round, member: MemberId) -> Response:
        """What a member has answered so far, submitted or not; empty where they have not begun."""

    def progress(self, one: Round, member: MemberId) -> Progress | None:
        """How far a member is."""

    def keep(self, one: Round, member: MemberId, response: Response, at: datetime) -> None:
        """Remember what a member has answered so far. A submitted one stays submitted."""

    def submit(self, one: Round, member: MemberId, branch: BranchId | None, at: datetime) -> None:
        """Count what a member has answered."""

    def submitted(self, one: Round) -> set[MemberId]:
        """Who has submitted."""

    def returned(self, one: Round) -> Sequence[Returned]:
        """All submitted responses, in no order; of an anonymous round none before it is closed."""

    def close(self, one: Round) -> None:
        """Make what was answered final. Of an anonymous round, whose answer it is gets lost here, for good."""

    def forget(self, one: Round) -> None:
        """Remove all that was answered."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What an awaited member has answered is the known one's, unless that one has answered, too."""

    def drop_begun(self, member: MemberId) -> None:
        """Remove what a member has begun to answer and not submitted."""
