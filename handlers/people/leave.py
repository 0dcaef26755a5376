"""Leave in chat: /leave."""

from functools import partial

from telegram import Message as Incoming
from telegram import Update

from domain.messaging.message import Message
from domain.people import leave
from domain.people.leave import Away, AwayHere, Back
from domain.people.member import Mention
from domain.people.permission import Permission
from domain.refusal import WrongPlace
from handlers import access
from handlers.access import TAKE_PART
from handlers.arguments import WRONG_DEADLINE, BadArguments, leading_mentions
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help
from language import leave as days
from language.deadline import DeadlineError
from language.leave import Span


async def note(_: Update, context: Context) -> None:
    """/leave [@name] [DAYS | back]: note one's own leave or another's; without arguments, who is away."""
    message = context.message
    mention, words = _whose(message) if message else (None, "")
    if mention is not None:
        await _check_may_note(context)
    if not words and mention is None:
        await _show(context)
    elif days.is_back(words):
        await context.answer(partial(leave.come_back, actor=context.actor, mention=mention), say_back)
    else:
        span = _span(words, context)
        use_case = partial(leave.take, actor=context.actor, mention=mention, first=span.first, last=span.last)
        await context.answer(use_case, say_noted)


async def _check_may_note(context: Context) -> None:
    """Refuse early; asks the platform where needed. Raises WrongPlace, and the refusals of `access.check`."""
    if not context.actor.chat.is_group:
        raise WrongPlace
    await access.check(context, Permission.GIVE_TASKS)


def _whose(message: Incoming) -> tuple[Mention | None, str]:
    """The person named, and the text after the name. Raises BadArguments for several names."""
    named, rest = leading_mentions(message)
    if len(named) > 1:
        raise BadArguments("leave.usage")
    return (named[0] if named else None), rest.strip()


def _span(words: str, context: Context) -> Span:
    """The days of leave. Raises BadArguments."""
    try:
        span = days.read(words, context.actor.today)
    except DeadlineError as error:
        raise BadArguments(WRONG_DEADLINE[error.reason]) from error
    if span is None:
        raise BadArguments("leave.usage")
    return span


async def _show(context: Context) -> None:
    """Show who is away in the group, or in private the sender's own leave."""
    if context.actor.chat.is_group:
        await access.may(context, Permission.GIVE_TASKS)  # asks the platform where needed
    await context.answer(partial(leave.show, actor=context.actor), say_away)


def say_noted(away: Away) -> Message:
    """The answer after leave was noted."""
    return Message("leave.noted", {"away": away})


def say_back(back: Back) -> Message:
    """The answer after leave was ended."""
    return Message("leave.back", {"who": back.who})


def say_away(found: AwayHere) -> Message:
    """The list of who is away, or of one's own leave."""
    return Message("leave.own" if found.own else "leave.here", {"leaves": found.leaves, "more": found.more})


FEATURE = Feature(
    "leave",
    handlers=(Command("leave", note, TAKE_PART),),
    entries=(Entry("leave", "leave", TAKE_PART, 160, frozenset({Audience.EVERYBODY}), help=Help(40)),),
)
