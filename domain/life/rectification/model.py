"""What a finding is, its rounds, and what can be wrong with a wish about one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import plain
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, ChatId, FindingId, MemberId, TaskId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Attached
    from domain.people.member import Member
    from domain.work.task import Task

MAX_TITLE_CHARS = 200
MAX_DETAIL_CHARS = 1000
MAX_CAUSE_CHARS = 300
MAX_REASON_CHARS = 300


class FindingNotFound(Refusal):
    """No finding of that number that they may know of."""

    text = "rectification.not_found"


class NoWords(Refusal):
    """No words, or too many."""

    text = "rectification.no_words"


class NoPhotoWords(Refusal):
    """A photo without a word about what it shows."""

    text = "rectification.no_photo_words"


class NotOpen(Refusal):
    """The finding is closed or was dropped: nothing is planned for it any more."""

    text = "rectification.not_open"


class HasMeasure(Refusal):
    """A measure was agreed already, and its task is under way."""

    text = "rectification.has_measure"


class OwnVerifier(Refusal):
    """Who rectifies a finding was to verify it, too."""

    text = "rectification.own_verifier"


class NobodyVerifies(Refusal):
    """Nobody is there who could verify it: whoever found it does it themselves, and there is no other."""

    text = "rectification.nobody_verifies"


class TooLate(Refusal):
    """A deadline that is later than the one that came with the finding."""

    text = "rectification.too_late"


class NotYourLook(Refusal):
    """Somebody else looks back at it, or it was answered before."""

    text = "rectification.not_your_look"


class NotYours(Refusal):
    """Only who found it, and those above the branch, take a finding back."""

    text = "rectification.not_yours"


class Source(StrEnum):
    """Where a finding comes from."""

    INSPECTION = "inspection"  # 交叉互查
    MEETING = "meeting"  # 会议、民主评议
    SUGGESTION = "suggestion"  # 群众建议
    SELF_CHECK = "self_check"  # 自查
    SUPERVISION = "supervision"  # 上级督查


class Kind(StrEnum):
    """What a finding is about."""

    PARTY_LIFE = "party_life"  # 组织生活
    STUDY = "study"  # 学习教育
    RECORDS = "records"  # 台账资料
    MASSES = "masses"  # 联系群众
    DISCIPLINE = "discipline"  # 作风纪律
    SITE = "site"  # 现场与安全
    OTHER = "other"


class State(StrEnum):
    """Where a finding stands."""

    OPEN = "open"  # found, and nobody has said yet what is done about it
    UNDERWAY = "underway"  # a task is given
    CLOSED = "closed"  # somebody else has verified that it is done
    DROPPED = "dropped"  # it was no finding


BEGUN = frozenset({State.OPEN, State.UNDERWAY})


@dataclass(frozen=True, slots=True)
class Round:
    """One way of a finding from being found, or having come back, until it is closed.

    `last_at` is the deadline that whoever found it has set, if any; the branch cannot move it. `due_at` is that of
    its task, `batch` the task. `rectified_at` is when its owner was ready, `closed_at` when that was verified.
    `look_on` is the day from which the verifier is asked to look back, `asked_at` when they were; `holds` is what they
    have said, and `note` in what it came back. `escalated_at` is when the next level heard that nobody has said what is
    done about it.
    """

    number: int
    opened_at: datetime
    due_at: datetime | None = None
    last_at: datetime | None = None
    cause: str = ""
    measure: str = ""
    planned_by: MemberId | None = None
    planned_at: datetime | None = None
    batch: TaskId | None = None
    owner: MemberId | None = None
    rectified_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: MemberId | None = None
    look_on: date | None = None
    asked_at: datetime | None = None
    looked_at: datetime | None = None
    holds: bool | None = None
    note: str = ""
    escalated_at: datetime | None = None

    @property
    def deadline(self) -> datetime | None:
        """The earlier one of both deadlines."""
        return min((one for one in (self.due_at, self.last_at) if one is not None), default=None)

    @property
    def on_time(self) -> bool:
        """Whether it was ready before its deadline; where there was none it was."""
        ready = self.rectified_at or self.closed_at
        return ready is not None and (self.deadline is None or ready <= self.deadline)

    def is_late(self, at: datetime) -> bool:
        """Whether it is not ready, and its deadline has passed."""
        return self.closed_at is None and self.deadline is not None and (self.rectified_at or at) > self.deadline


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, in a group's branch. `round` is the last of its rounds.

    `about` is the number of what it came from (the inspection, the meeting, the suggestion), `item` the item of the
    rubric: findings of the same item are the same elsewhere. `finder` is who found it, `verifier` who is to verify it.
    `reason` is why it was dropped; `file` a photo or a document of it.
    """

    id: FindingId
    group: ChatId
    branch: BranchId | None
    title: str
    detail: str
    kind: Kind
    source: Source
    about: int | None
    item: str
    finder: MemberId
    verifier: MemberId | None
    found_at: datetime
    state: State
    round: Round
    reason: str = ""
    file: Attached | None = None

    @property
    def is_begun(self) -> bool:
        """Whether it is neither closed nor dropped."""
        return self.state in BEGUN

    @property
    def came_back(self) -> int:
        """How often it came back after it had been closed."""
        return self.round.number - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A round of a finding in a span, for figures and lists: every figure is a count of these."""

    finding: FindingId
    branch: BranchId | None
    group: ChatId
    kind: Kind
    source: Source
    title: str
    item: str
    round: Round
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as people see it: its group, earlier rounds (the oldest first), its tasks, and who is who.

    `verifier` is who is to verify it, or has.
    """

    finding: Finding
    group: Chat
    earlier: Sequence[Round] = ()
    tasks: Sequence[Task] = ()
    finder: Member | None = None
    verifier: Member | None = None
    branch: str = ""


def check_words(words: str, most: int) -> str:
    """Words as they are kept, on one line. Raises NoWords."""
    found = plain.tidy(words)
    if not found or len(found) > most:
        raise NoWords(most=most)
    return found


def check_detail(words: str) -> str:
    """Words about a finding; there need not be any. Raises NoWords."""
    found = plain.tidy(words)
    if len(found) > MAX_DETAIL_CHARS:
        raise NoWords(most=MAX_DETAIL_CHARS)
    return found
