"""Leave in chat: /leave."""

from telegram import Message, Update

from domain.people import leave
from domain.people.leave import Away, Back
from domain.people.member import Mention
from domain.people.permission import Permission
from domain.people.person import Person
from domain.stores import Stores
from handlers import access, arguments
from handlers.access import TAKE_PART
from handlers.arguments import BadArguments
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Feature
from language import leave as days
from language.deadline import DeadlineError
from language.leave import Span

GIVE_TASKS = Permission.GIVE_TASKS  # whoever gives tasks has to know who is there


async def note(_: Update, context: Context) -> None:
    """/leave [@name] [DAYS | back]: note leave, one's own or, for who gives tasks, another's; alone: who is away."""
    message = context.message
    mention, words = _whose(message) if message else (None, "")
    if mention is not None:
        await access.group(context, GIVE_TASKS)
    if not words and mention is None:
        await _show(context)
    elif days.is_back(words):
        await context.answer("leave.back", _come_back, context=context, mention=mention)
    else:
        await context.answer("leave.noted", _take, context=context, mention=mention, span=_span(words, context))


def _whose(message: Message) -> tuple[Mention | None, str]:
    """Who is named, and what follows."""
    named, rest = arguments.leading_mentions(message)
    if len(named) > 1:
        raise BadArguments("leave.usage")
    return (named[0] if named else None), rest.strip()


def _span(words: str, context: Context) -> Span:
    """Raises BadArguments."""
    try:
        span = days.read(words, context.actor.chat.day(context.now))
    except DeadlineError as error:
        raise BadArguments(arguments.WRONG_DEADLINE[error.reason]) from error
    if span is None:
        raise BadArguments("leave.usage")
    return span


def _person(stores: Stores, context: Context, mention: Mention | None) -> Person:
    if mention is None:
        return leave.of_member(stores, context.actor.member.id)
    return leave.of_group(stores, context.actor.chat, mention)


def _take(stores: Stores, *, context: Context, mention: Mention | None, span: Span) -> Away:
    by, person = context.actor.member.id, _person(stores, context, mention)
    return leave.take(stores, person=person, first=span.first, last=span.last, by=by, at=context.now)


def _come_back(stores: Stores, *, context: Context, mention: Mention | None) -> Back:
    by, day, person = (
        context.actor.member.id,
        context.actor.chat.day(context.now),
        _person(stores, context, mention),
    )
    return leave.come_back(stores, person=person, day=day, by=by, at=context.now)


async def _show(context: Context) -> None:
    """Who is away, for whoever gives tasks in the group; one's own leave for others."""
    actor = context.actor
    day = actor.chat.day(context.now)
    if actor.chat.is_group and await access.may(context, GIVE_TASKS):
        await context.answer("leave.here", leave.here, group=actor.chat, day=day)
    else:
        await context.answer("leave.own", leave.own, member=actor.member.id, day=day)


FEATURE = Feature(
    "leave",
    handlers=(Command("leave", note, TAKE_PART),),
)
