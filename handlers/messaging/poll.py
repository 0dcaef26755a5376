"""Votes: answers to surveys and quizzes, and what the platform counts."""

import asyncio
from typing import cast

from telegram import PollAnswer, Update
from telegram.ext import BaseHandler, PollAnswerHandler, PollHandler

from domain.ids import PromptId, SurveyId
from domain.messaging import delivery
from domain.people import member
from domain.stores import Stores
from domain.study import study
from domain.voice import survey
from domain.voice.survey import Tally
from handlers.context import Context
from handlers.origin import person_profile

PATIENCE, STEP = 10.0, 0.1  # seconds to wait for the answer that tells which poll was just posted


async def subject_of(context: Context, poll: str) -> tuple[str, int] | None:
    """What a poll is about: `("survey", 12)`; `None` for a poll of somebody else's.

    A vote can be faster than the platform's answer to the call that posted its poll: then it waits a little.
    """
    waited = 0.0
    while True:
        subject, under_way = await context.services.database.read(delivery.poll_subject, poll=poll)
        if subject is not None:
            kind, _, number = subject.partition(":")
            return kind, int(number)
        if not under_way or waited >= PATIENCE:
            return None
        await asyncio.sleep(STEP)
        waited += STEP


async def vote(update: Update, context: Context) -> None:
    """Somebody has voted, changed their vote or taken it back."""
    answer = cast(PollAnswer, update.poll_answer)
    subject = await subject_of(context, answer.poll_id)
    if subject is None or answer.user is None:
        return
    kind, number = subject
    person = person_profile(answer.user)

    def take(stores: Stores) -> None:
        by, at = member.meet(stores, person, context.now).id, context.now
        if kind == "survey":
            survey.answer(stores, survey_id=SurveyId(number), by=by, options=answer.option_ids, at=at)
        elif answer.option_ids:
            study.answer(stores, prompt_id=PromptId(number), by=by, choice=answer.option_ids[0], at=at)

    await context.run(take)


async def count(update: Update, context: Context) -> None:
    """The platform tells how a poll stands."""
    poll = update.poll
    subject = poll and await subject_of(context, poll.id)
    if poll and subject and subject[0] == "survey":
        tally = Tally(tuple(option.voter_count for option in poll.options), poll.total_voter_count)
        await context.run(survey.count, survey_id=SurveyId(subject[1]), tally=tally)


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to."""
    return [PollAnswerHandler(vote), PollHandler(count)]
