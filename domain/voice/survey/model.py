"""What a survey is, what may be wrong with asking one, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

import plain
from domain.ids import SurveyId
from domain.messaging.message import Subject
from domain.messaging.poll import Tally
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.ids import ChatId, MemberId
    from domain.people.member import Member
    from domain.people.person import Rate

MAX_QUESTION_CHARS = 300  # characters; this and the next three are the platform's limits for a poll
MAX_OPTION_CHARS = 100
MAX_OPTIONS = 12
MAX_OPEN_TIME = timedelta(seconds=2_628_000)
SURELY_DELETED = timedelta(hours=47)  # the platform lets a message be deleted for 48 hours
MIN_OPEN_TIME = timedelta(minutes=1)


class TooFewOptions(Refusal):
    """A survey needs at least two options."""

    text = "survey.too_few_options"


class TooManyOptions(Refusal):
    """More options than a poll can show."""

    text = "survey.too_many_options"


class TooLong(Refusal):
    """The question or an option has more characters than a poll can show."""

    text = "survey.too_long"


class SameOption(Refusal):
    """Two options read the same."""

    text = "survey.same_option"


class ClosesTooLate(Refusal):
    """The closing time lies further ahead than a poll can stay open."""

    text = "survey.closes_too_late"


class ClosingPassed(Refusal):
    """The closing time was over before the survey could be posted."""

    text = "survey.closing_passed"


class SurveyOver(Refusal):
    """It was closed or withdrawn, or there is none: nothing can be changed about it."""

    text = "survey.over"


class CannotNudge(Refusal):
    """Nobody knows who has not voted in an anonymous survey."""

    text = "survey.cannot_nudge"


class AlreadyNudged(Refusal):
    """Who has not voted is reminded once."""

    text = "survey.already_nudged"


class NobodyToNudge(Refusal):
    """All have voted, or none of the others can be reminded."""

    text = "survey.nobody_to_nudge"


class AlreadyAsked(Refusal):
    """The command was edited after its survey had been posted."""

    text = "survey.already_asked"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Raises TooFewOptions, TooManyOptions, TooLong, SameOption."""

    text: str
    options: tuple[str, ...]
    anonymous: bool = False
    multiple: bool = False

    def __post_init__(self) -> None:
        if len(self.text) > MAX_QUESTION_CHARS:
            raise TooLong(words=self.text, most=MAX_QUESTION_CHARS)
        if len(self.options) < 2:  # noqa: PLR2004 - a choice needs two
            raise TooFewOptions
        if len(self.options) > MAX_OPTIONS:
            raise TooManyOptions(most=MAX_OPTIONS)
        seen: set[str] = set()
        for option in self.options:
            if len(option) > MAX_OPTION_CHARS:
                raise TooLong(words=option, most=MAX_OPTION_CHARS)
            if (looks := plain.appearance(option)) in seen:
                raise SameOption(option=option)
            seen.add(looks)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey in a group. `tally` is what the platform last told of its poll.

    `nudged_at`: when those who had not voted were reminded.
    """

    id: SurveyId
    group: ChatId
    asker: Member
    question: Question
    asked_at: datetime
    closes_at: datetime
    published_at: datetime | None = None
    tally: Tally | None = None
    withdrawn_at: datetime | None = None
    nudged_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether its result was published, or it was withdrawn."""
        return self.published_at is not None or self.withdrawn_at is not None

    @property
    def may_stand(self) -> bool:
        """Whether it was withdrawn so late that the platform may not let its poll be deleted."""
        return self.withdrawn_at is not None and self.withdrawn_at - self.asked_at > SURELY_DELETED

    @property
    def card(self) -> Subject:
        """What the private messages are about by which it is closed early and withdrawn."""
        return Subject("survey_card", self.id)

    def nudge(self, member: MemberId) -> Subject:
        """What the reminder is about that a member gets who has not voted."""
        return Subject("survey_nudge", self.id, member)

    @property
    def subject(self) -> Subject:
        """What its poll is about."""
        return Subject("survey", self.id)

    @property
    def source(self) -> str:
        """The cause of its credits."""
        return str(self.subject)


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have answered, and of how many; `rate` is `None` where no roster is known."""

    voters: int
    rate: Rate | None


class Chosen(NamedTuple):
    """What somebody chose in a survey that shows it, as indexes of its options."""

    survey: SurveyId
    member: Member
    options: tuple[int, ...]


class Surveys(Protocol):
    """Surveys in the store."""

    def get(self, survey: SurveyId) -> Survey | None:
        """One survey."""

    def add(self, survey: Survey, source: str) -> Survey:
        """Remember a survey; its id is given now."""

    def asked_by(self, source: str) -> Survey | None:
        """The survey that a command has asked."""

    def save(self, survey: Survey) -> None:
        """Remember what has changed about a survey."""

    def open_in(self, groups: Collection[ChatId], at: datetime) -> list[Survey]:
        """The surveys of groups that can be answered at a moment, the next closing time first."""

    def to_close(self, at: datetime) -> list[Survey]:
        """Unpublished surveys whose time is over."""

    def put_answer(self, survey: SurveyId, member: MemberId, options: Sequence[int], at: datetime) -> None:
        """Remember a member's answer in place of an earlier one; no options take it back."""

    def forget_answers(self, survey: SurveyId) -> None:
        """Remove all answers to a survey."""

    def open_of(self, asker: MemberId, at: datetime) -> list[Survey]:
        """The surveys of somebody that can be answered at a moment, the next closing time first."""

    def voters(self, survey: SurveyId) -> set[MemberId]:
        """Who has answered, of a survey that shows who chose what."""

    def answers(self, survey: SurveyId) -> list[tuple[int, ...]]:
        """All answers, as indexes of options."""

    def voters_of_published(self, group: ChatId, since: datetime, until: datetime) -> list[int]:
        """How many have voted in each survey that a group published between two moments."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Survey]:
        """A group's surveys that were asked or published between two moments, by number; at most so many."""

    def chosen_in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Chosen]:
        """Who chose what in those of them that were published and are not anonymous."""
