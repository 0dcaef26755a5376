"""Updates about polls and quizzes: votes, and the platform's counts."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from telegram import ChatMemberRestricted, PollAnswer, Update
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden
from telegram.ext import PollAnswerHandler, PollHandler

from domain.messaging import delivery
from domain.messaging.message import Subject
from domain.messaging.poll import Tally
from domain.people import member
from domain.people.member import PersonProfile
from handlers.context import Context
from handlers.feature import Feature
from handlers.membership import IN_CHARGE
from handlers.origin import person_profile

if TYPE_CHECKING:
    from domain.stores import Stores

PATIENCE, STEP = 10.0, 0.1  # seconds to wait until the id of a poll just posted is known


async def subject_of(context: Context, poll: str) -> Subject | None:
    """What a poll is about; `None` for a poll that this bot did not post.

    A vote can arrive before the platform's answer to the call that posted its poll: then this waits a little.
    """
    waited = 0.0
    while True:
        subject, under_way = await context.read(partial(delivery.poll_subject, poll=poll))
        if subject is not None:
            return subject
        if not under_way or waited >= PATIENCE:
            return None
        await asyncio.sleep(STEP)
        waited += STEP


async def vote(update: Update, context: Context) -> None:
    """Somebody has voted, changed or retracted their vote."""
    answer = cast(PollAnswer, update.poll_answer)
    subject = await subject_of(context, answer.poll_id)
    if subject is not None and answer.user is not None:
        person, options = person_profile(answer.user), answer.option_ids
        group = await group_found(context, answer.poll_id, person)
        await context.run(
            partial(_vote, poll=subject, person=person, options=options, at=context.heard_at, group=group)
        )


async def group_found(context: Context, poll: str, person: PersonProfile) -> int | None:
    """The group of a poll if its voter was not known there and the platform says that they are; else `None`.

    Somebody may vote in a group before their first word there.
    """
    voter = person.platform_id
    group = await context.read(partial(delivery.group_without, poll=poll, voter=voter))
    if group is None:
        return None
    try:
        there = await context.services.memberships.get(context.bot, group, voter)
    except (BadRequest, Forbidden):  # the platform does not know them there, or does not say
        return None
    restricted = isinstance(there, ChatMemberRestricted) and there.is_member
    return group if restricted or there.status in (*IN_CHARGE, ChatMemberStatus.MEMBER) else None


def _vote(
    stores: "Stores",
    *,
    poll: Subject,
    person: PersonProfile,
    options: Sequence[int],
    at: datetime,
    group: int | None,
) -> None:
    voter = member.meet(stores, person, at)
    chat = None if group is None else stores.chats.find(group)
    if chat is not None:
        stores.members.join(chat.id, voter.id, at)
    stores.hooks.voted(poll, voter.id, options, at)


async def count(update: Update, context: Context) -> None:
    """The platform has sent the counts of a poll."""
    poll = update.poll
    subject = await subject_of(context, poll.id) if poll else None
    if poll and subject:
        tally = Tally(tuple(option.voter_count for option in poll.options), poll.total_voter_count)
        await context.run(partial(_count, poll=subject, tally=tally))


def _count(stores: "Stores", *, poll: Subject, tally: Tally) -> None:
    stores.hooks.counted(poll, tally)


FEATURE = Feature("poll", handlers=(PollAnswerHandler(vote), PollHandler(count)))
