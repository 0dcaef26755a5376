"""What a decision of a meeting is: a proposal, how it is voted on, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.ids import DecisionId
from domain.life.meeting.quorum import Choice, Count
from domain.messaging.message import Subject
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from domain.ids import ChatId, MeetingId
    from domain.life.meeting.quorum import Outcome

MAX_TITLE_CHARS, MAX_GROUNDS_CHARS = 120, 500
LEAST_BALLOTS = 3  # ballots: of two, each knows the other one


class DecisionNotFound(Refusal):
    """There is no such decision, or it is another group's."""

    text = "decision.not_found"


class VoteOver(Refusal):
    """The vote has ended or was withdrawn."""

    text = "decision.over"


class NoQuorum(Refusal):
    """Too few of those entitled to vote are there."""

    text = "decision.no_quorum"


class VoteRunning(Refusal):
    """Another proposal of the meeting is being voted on."""

    text = "decision.running"


class NotEntitled(Refusal):
    """Somebody has no vote at this meeting."""

    text = "decision.not_entitled"
    helper = Helper.SECRETARY


class NotPresent(Refusal):
    """Somebody has not checked in; who is not there does not vote."""

    text = "decision.not_present"


class OnPaper(Refusal):
    """The vote is taken on paper, or a button is one of the other way."""

    text = "decision.on_paper"


class AlreadyVoted(Refusal):
    """A secret ballot is cast once and stays as it is."""

    text = "decision.already_voted"


class TooFewForSecret(Refusal):
    """With so few ballots the count tells what each of them was."""

    text = "decision.too_few"


class WrongCount(Refusal):
    """More ballots are counted than people with a vote are there, or none."""

    text = "decision.wrong_count"


class Way(StrEnum):
    """How a vote is taken."""

    OPEN = "open"  # by buttons in the group; the store knows who voted what until the end
    PAPER = "paper"  # 无记名: ballots on paper, whose counts alone are told
    BALLOT = "ballot"  # 无记名: buttons in private; who has voted is known, what is not


class Stage(StrEnum):
    """How far a decision is."""

    VOTING = "voting"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """A proposal of a meeting. `count` is that of the end; `entitled` stays as it was when the vote began."""

    id: DecisionId
    meeting: MeetingId
    group: ChatId
    title: str
    grounds: str
    way: Way
    count: Count
    begun_at: datetime
    stage: Stage = Stage.VOTING
    present: int = 0
    ended_at: datetime | None = None

    @property
    def outcome(self) -> Outcome | None:
        """What came of it; nothing before the end."""
        return self.count.outcome if self.stage is Stage.DECIDED else None

    @property
    def card(self) -> Subject:
        """What the group's card is about."""
        return Subject("decision", self.id)

    @property
    def desk(self) -> Subject:
        """What the private card is about."""
        return Subject("decision_desk", self.id)


class Decisions(Protocol):
    """Decisions in the store."""

    def add(self, decision: Decision, source: str) -> Decision:
        """Remember a decision; its id is given now."""

    def proposed_by(self, source: str) -> Decision | None:
        """The decision that was proposed by a form."""

    def get(self, decision: DecisionId) -> Decision | None:
        """One decision."""

    def save(self, decision: Decision) -> None:
        """Remember what has changed about a decision."""

    def of(self, meeting: MeetingId) -> list[Decision]:
        """The decisions of a meeting, the oldest first, without those that were withdrawn."""

    def is_voting(self, meeting: MeetingId) -> bool:
        """Whether something is put to the vote at a meeting."""

    def vote(self, decision: DecisionId, who: int, choice: Choice) -> None:
        """Somebody (their line among those who are to come) votes, in place of an earlier vote."""

    def votes(self, decision: DecisionId) -> Mapping[int, Choice]:
        """Who has voted what in an open vote."""

    def search(self, groups: Collection[ChatId], words: str, before: int, limit: int) -> list[Decision]:
        """What groups have decided, with all of some words in title or grounds, the newest first, before an id."""


def counted(entitled: int, choices: Collection[Choice]) -> Count:
    """The count of some votes."""
    found = list(choices)
    return Count(entitled, found.count(Choice.FOR), found.count(Choice.AGAINST), found.count(Choice.ABSTAINED))
