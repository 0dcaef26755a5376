"""Surveys are asked, answered, closed and published."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.clock.calendar import nearest_workday, workdays
from domain.ids import SurveyId
from domain.messaging.message import Message, Poll, Thread
from domain.messaging.poll import PollGone, Tally
from domain.people import person
from domain.people.permission import Permission, is_part_of, require
from domain.points import points
from domain.points.event import Event, EventName
from domain.voice.survey.model import (
    MAX_OPEN_TIME,
    MIN_OPEN_TIME,
    AlreadyAsked,
    ClosesTooLate,
    ClosingPassed,
    Survey,
    Turnout,
)
from domain.voice.survey.sharing import end, refresh_card, show_card

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.messaging.poll import LastCount
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.survey.model import Question

RESULT_PUBLISHED = AuditAction("result.published")
ANSWERED = Event(EventName("survey.answered"))
OPEN_FOR_DAYS, CLOSING_TIME = 3, time(18)
A_DAY = timedelta(days=1)


def usual_closing(stores: Stores, group: Chat, at: datetime) -> datetime:
    """When a survey closes that names no time: three days on or on the next workday, at the end of the working day."""
    first = group.day(at) + OPEN_FOR_DAYS * A_DAY
    closing = _end_of(nearest_workday(first, workdays(stores), A_DAY), group)
    return closing if closing - at <= MAX_OPEN_TIME else _end_of(first, group)


def _end_of(day: date, group: Chat) -> datetime:
    return group.start_of(day) + timedelta(hours=CLOSING_TIME.hour)


def _usual_after(stores: Stores, posted_at: datetime, group: Chat, *, written: datetime) -> datetime:
    """The usual closing, counted from the writing of the command, or from its posting if that would be over."""
    closing = usual_closing(stores, group, written)
    return closing if closing > posted_at else usual_closing(stores, group, posted_at)


def ask(
    stores: Stores,
    actor: Actor,
    *,
    question: Question,
    closes_at: datetime | None,
    source: str,
    thread: Thread,
) -> Survey:
    """Post a survey as a poll with a closing time. `source` is the command, so that editing it asks nothing twice.

    Without a closing time it stays open for the usual time after it is posted, even if its command waited long.
    Raises ClosesTooLate, ClosingPassed, AlreadyAsked.
    """
    require(stores, actor, Permission.ASK_SURVEYS)
    group, posted_at = actor.group, actor.heard_at
    closes_at = closes_at or _usual_after(stores, posted_at, group, written=actor.now)
    if closes_at - posted_at > MAX_OPEN_TIME:
        raise ClosesTooLate(days=MAX_OPEN_TIME.days)
    if closes_at <= posted_at:
        raise ClosingPassed
    if stores.surveys.asked_by(source) is not None:
        raise AlreadyAsked
    closes_at = max(closes_at, posted_at + MIN_OPEN_TIME)
    survey = stores.surveys.add(Survey(SurveyId(0), group.id, actor.member, question, actor.now, closes_at), source)
    poll = Poll(
        question.text,
        question.options,
        anonymous=question.anonymous,
        multiple=question.multiple,
        closes_at=survey.closes_at,
    )
    stores.outbox.send_poll(group.id, poll, key=survey.source, subject=survey.subject, thread=thread, urgent=True)
    if actor.member.private is not None:
        show_card(stores, survey, actor.member.private, posted_at, key=f"{survey.card}:asked")
    return survey


def report_unknown(stores: Stores, *, survey_id: SurveyId) -> None:
    """Nobody knows whether a survey's poll was posted: its asker is asked to look."""
    survey = stores.surveys.get(survey_id)
    if survey is not None and not survey.is_over:
        key, where = f"{survey.subject}:doubt", survey.asker.private or survey.group
        stores.outbox.send(where, Message("survey.doubt", {"survey": survey}), key=key, urgent=True)


def answer(stores: Stores, *, survey_id: SurveyId, by: MemberId, options: Sequence[int], at: datetime) -> None:
    """Note the vote of somebody in the survey's group. Late ones count until publication.

    A vote taken back (no options) takes its credit back. Who asks earns nothing by answering. Of an anonymous survey
    nothing is noted, whatever the platform tells.
    """
    survey = stores.surveys.get(survey_id)
    if survey is None or survey.is_over or survey.question.anonymous:
        return
    group = stores.chats.get(survey.group)
    if not group.is_admitted or not is_part_of(stores, by, group):
        return
    stores.surveys.put_answer(survey.id, by, options, at)
    if options and survey.nudged_at is not None:
        stores.outbox.delete(survey.nudge(by), key=f"{survey.nudge(by)}:answered")
    refresh_card(stores, survey, key=f"{survey.card}:{by}:{at.timestamp()}")
    if by == survey.asker.id:  # nobody credits themselves
        stores.hooks.changed(by, f"answered:{survey.id}:{len(options)}:{at.timestamp()}", at)
        return
    if options:
        cause = survey.question.text
        points.award(stores, by, group, ANSWERED, {}, source=survey.source, cause=cause, at=at)
    else:
        points.reverse(stores, by, ANSWERED, source=survey.source, at=at)


def count(stores: Stores, *, survey_id: SurveyId, tally: Tally) -> None:
    """Keep what the platform tells of a poll's state."""
    survey = stores.surveys.get(survey_id)
    if survey is not None and not survey.is_over:
        stores.surveys.save(replace(survey, tally=tally))


def close_due(stores: Stores, slot: datetime) -> None:
    """Stop the polls whose time is over; their results follow once the platform has given the last count.

    A poll that could not be posted, or stands no more, has none to wait for. Those of a group that is not admitted wait
    until it is.
    """
    for survey in stores.surveys.to_close(slot):
        if not stores.chats.get(survey.group).is_admitted:
            continue
        if not stores.outbox.close_poll(survey.subject, key=f"{survey.subject}:close"):
            publish(stores, survey_id=survey.id, count=None, at=slot)


def publish(stores: Stores, *, survey_id: SurveyId, count: LastCount, at: datetime) -> None:
    """Post a closed survey's result, once: the platform's last count, or our own where it gave none.

    Where nothing is known of its votes (the poll was refused, or its posting got no answer), that is said. Without any
    vote, and where the poll was deleted, nothing is posted: its asker is told in private.
    """
    survey = stores.surveys.get(survey_id)
    if survey is None or survey.is_over:
        return
    final = count if isinstance(count, Tally) else survey.tally or _own_tally(stores, survey)
    survey = replace(survey, tally=final, published_at=at)
    stores.surveys.save(survey)
    votes = None if final is None else str(final.voters)
    stores.audit.note(None, RESULT_PUBLISHED, survey.source, old=None, new=votes, at=at)
    is_gone = isinstance(count, PollGone)
    if is_gone or (final is not None and not final.voters):
        _tell_asker(stores, survey, at, is_gone=is_gone)
        return
    end(stores, survey, at)
    key, thread = f"{survey.subject}:result", Thread(reply_to=stores.outbox.message_about(survey.subject))
    if final is None:
        stores.outbox.send(survey.group, Message("survey.no_result", {"survey": survey}), key=key, thread=thread)
        return
    values = {"survey": survey, "tally": final, "turnout": _turnout(stores, survey, final, at)}
    stores.outbox.send(survey.group, Message("survey.result", values), key=key, thread=thread)


def _tell_asker(stores: Stores, survey: Survey, at: datetime, *, is_gone: bool) -> None:
    """Nothing is posted: who has asked hears why, in place of the card."""
    end(stores, survey, at, keep_card=False)
    if survey.asker.private is not None:
        told = Message("survey.not_posted", {"survey": survey, "gone": is_gone}, silent=True)
        stores.outbox.send(survey.asker.private, told, key=f"{survey.subject}:result")


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
