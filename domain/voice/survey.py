"""Surveys: one question to a group, closed and published by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature, PollHooks
from domain.ids import SurveyId
from domain.messaging.message import Message, Poll, Subject, Thread
from domain.messaging.poll import Tally
from domain.people import person
from domain.points import points
from domain.points.points import Rule, RuleName
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.people.person import Rate
    from domain.voice.stores import Stores

RESULT_PUBLISHED = AuditAction("result.published")
ANSWERED = Rule(RuleName("survey.answered"), 1, cap_a_day=3)
MAX_QUESTION_CHARS = 300  # characters; this and the next three are the platform's limits for a poll
MAX_OPTION_CHARS = 100
MAX_OPTIONS = 12
MAX_OPEN_TIME = timedelta(seconds=2_628_000)
MIN_OPEN_TIME = timedelta(minutes=1)
OPEN_FOR_DAYS, CLOSING_TIME = 3, time(18)


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


class AlreadyAsked(Refusal):
    """The command was edited after its survey had been posted."""

    text = "survey.already_asked"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Raises TooFewOptions, TooManyOptions, TooLong, SameOption."""

    text: str
    options: tuple[str, ...]
    anonymous: bool = False

    def __post_init__(self) -> None:
        if len(self.text) > MAX_QUESTION_CHARS:
            raise TooLong(words=self.text, most=MAX_QUESTION_CHARS)
        if len(self.options) < 2:  # noqa: PLR2004 - a choice needs two
            raise TooFewOptions
        if len(self.options) > MAX_OPTIONS:
            raise TooManyOptions(most=MAX_OPTIONS)
        for number, option in enumerate(self.options):
            if len(option) > MAX_OPTION_CHARS:
                raise TooLong(words=option, most=MAX_OPTION_CHARS)
            if option in self.options[:number]:
                raise SameOption(option=option)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey in a group. `tally` is what the platform last told of its poll."""

    id: SurveyId
    group: ChatId
    asker: Member
    question: Question
    asked_at: datetime
    closes_at: datetime
    published_at: datetime | None = None
    tally: Tally | None = None

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

    def to_close(self, at: datetime) -> list[Survey]:
        """Unpublished surveys whose time is over."""

    def put_answer(self, survey: SurveyId, member: MemberId, options: Sequence[int], at: datetime) -> None:
        """Remember a member's answer in place of an earlier one; no options take it back."""

    def voters(self, survey: SurveyId) -> set[MemberId]:
        """Who has answered, of a survey that shows who chose what."""

    def answers(self, survey: SurveyId) -> list[tuple[int, ...]]:
        """All answers, as indexes of options."""


def usual_closing(group: Chat, at: datetime) -> datetime:
    """When a survey closes that names no time: three days on, at the end of the working day."""
    day = group.day(at) + timedelta(days=OPEN_FOR_DAYS)
    return group.start_of(day) + timedelta(hours=CLOSING_TIME.hour)


def ask(
    stores: Stores,
    *,
    group: Chat,
    asker: Member,
    question: Question,
    closes_at: datetime | None,
    source: str,
    thread: Thread,
    at: datetime,
) -> Survey:
    """Post a survey as a poll with a closing time.

    Raises ClosesTooLate, AlreadyAsked (the command was edited).
    """
    closes_at = closes_at or usual_closing(group, at)
    if closes_at - at > MAX_OPEN_TIME:
        raise ClosesTooLate(days=MAX_OPEN_TIME.days)
    if stores.surveys.asked_by(source) is not None:
        raise AlreadyAsked
    survey = stores.surveys.add(
        Survey(SurveyId(0), group.id, asker, question, at, max(closes_at, at + MIN_OPEN_TIME)), source
    )
    poll = Poll(question.text, question.options, anonymous=question.anonymous, closes_at=survey.closes_at)
    stores.outbox.send_poll(group.id, poll, key=survey.source, subject=survey.subject, thread=thread, urgent=True)
    return survey


def report_unknown(stores: Stores, *, survey_id: SurveyId) -> None:
    """Nobody knows whether a survey's poll was posted: its asker is asked to look."""
    survey = stores.surveys.get(survey_id)
    if survey is not None and survey.published_at is None:
        key, where = f"{survey.subject}:doubt", survey.asker.private or survey.group
        stores.outbox.send(where, Message("survey.doubt", {"survey": survey}), key=key, urgent=True)


def answer(stores: Stores, *, survey_id: SurveyId, by: MemberId, options: Sequence[int], at: datetime) -> None:
    """Note a member's vote. A vote taken back (no options) takes its credit back; late ones count until publication."""
    survey = stores.surveys.get(survey_id)
    if survey is None or survey.published_at is not None:
        return
    stores.surveys.put_answer(survey.id, by, options, at)
    rule = ANSWERED
    if options:
        cause = survey.question.text
        points.award(stores, by, stores.chats.get(survey.group), rule, source=survey.source, cause=cause, at=at)
    else:
        points.reverse(stores, by, rule, source=survey.source, at=at)


def count(stores: Stores, *, survey_id: SurveyId, tally: Tally) -> None:
    """Keep what the platform tells of a poll's state."""
    survey = stores.surveys.get(survey_id)
    if survey is not None and survey.published_at is None:
        stores.surveys.save(replace(survey, tally=tally))


def close_due(stores: Stores, slot: datetime) -> None:
    """Stop the polls whose time is over; their results follow once the platform has given the last count.

    A poll that could not be posted, or stands no more, has none to wait for.
    """
    for survey in stores.surveys.to_close(slot):
        if not stores.outbox.close_poll(survey.subject, key=f"{survey.subject}:close"):
            publish(stores, survey_id=survey.id, tally=None, at=slot)


def publish(stores: Stores, *, survey_id: SurveyId, tally: Tally | None, at: datetime) -> None:
    """Post a closed survey's result, once: the platform's last count, or our own where it gave none.

    Where nothing is known of its votes (the poll was refused, or its posting got no answer), that is said.
    """
    survey = stores.surveys.get(survey_id)
    if survey is None or survey.published_at is not None:
        return
    final = tally or survey.tally or _own_tally(stores, survey)
    stores.surveys.save(replace(survey, tally=final, published_at=at))
    votes = None if final is None else str(final.voters)
    stores.audit.note(None, RESULT_PUBLISHED, survey.source, old=None, new=votes, at=at)
    key, thread = f"{survey.subject}:result", Thread(reply_to=stores.outbox.message_about(survey.subject))
    if final is None:
        stores.outbox.send(survey.group, Message("survey.no_result", {"survey": survey}), key=key, thread=thread)
        return
    values = {"survey": survey, "tally": final, "turnout": _turnout(stores, survey, final, at)}
    stores.outbox.send(survey.group, Message("survey.result", values), key=key, thread=thread)


def _turnout(stores: Stores, survey: Survey, final: Tally, at: datetime) -> Turnout:
    group, voters = stores.chats.get(survey.group), stores.surveys.voters(survey.id)
    unnamed = final.voters if survey.question.anonymous else 0
    return Turnout(
        final.voters,
        person.participation(stores, group, voters, survey.asked_at, min(at, survey.closes_at), unnamed=unnamed),
    )


def _own_tally(stores: Stores, survey: Survey) -> Tally | None:
    """What the answers add up to; `None` where they could not be heard."""
    answers = stores.surveys.answers(survey.id)
    heard = not survey.question.anonymous and stores.outbox.message_about(survey.subject) is not None
    if not answers and not heard:
        return None
    votes = tuple(sum(option in chosen for chosen in answers) for option in range(len(survey.question.options)))
    return Tally(votes, len(answers))


def _voted(stores: Stores, poll: Subject, member: MemberId, options: Sequence[int], at: datetime) -> None:
    answer(stores, survey_id=SurveyId(poll.ids[0]), by=member, options=options, at=at)


def _counted(stores: Stores, poll: Subject, tally: Tally) -> None:
    count(stores, survey_id=SurveyId(poll.ids[0]), tally=tally)


def _closed(stores: Stores, poll: Subject, tally: Tally | None, at: datetime) -> None:
    publish(stores, survey_id=SurveyId(poll.ids[0]), tally=tally, at=at)


def _unknown(stores: Stores, poll: Subject) -> None:
    report_unknown(stores, survey_id=SurveyId(poll.ids[0]))


CLOSING = Schedule("survey.close", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "survey",
    jobs=(EnterpriseJob(CLOSING, close_due),),
    polls=PollHooks("survey", _voted, counted=_counted, closed=_closed, unknown=_unknown),
    audit=(RESULT_PUBLISHED,),
)
