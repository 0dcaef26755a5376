"""Leave in chat: /leave."""

from datetime import date
from functools import partial

from telegram import Message as Incoming
from telegram import Update

from domain.ids import MemberId, PersonId
from domain.messaging.message import Action, Button, Message
from domain.people import leave
from domain.people.leave import AwayHere, Back, HalfAsked, Noted
from domain.people.member import Mention
from domain.people.permission import Permission
from domain.refusal import WrongPlace
from handlers import access, pages
from handlers.access import TAKE_PART
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, leading_mentions, working, wrong_day
from handlers.command import Command, Press
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help
from language import leave as days
from language.deadline import DeadlineError, Reason, Working
from language.leave import HalfDay, Span

WRONG_DAYS = {
    Reason.PAST: "leave.usage",
    Reason.NO_SUCH_DAY: "leave.no_such_day",
    Reason.NO_SUCH_TIME: "leave.no_such_day",
    Reason.UNCLEAR: "leave.unclear",
    Reason.JUST_GONE: "leave.just_gone",
    Reason.NO_CALENDAR: "leave.unclear",
}


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
        await _take(context, mention, words)


async def _take(context: Context, mention: Mention | None, words: str) -> None:
    """Note leave; ask by buttons where only a part of a day was said."""
    try:
        span = _span(words, context.actor.today, await working(context), mention.name if mention else "")
    except HalfDay as half:
        asking = partial(leave.ask_half, mention=mention, first=half.first, day=half.day, part=half.part)
        await pages.show(context, partial(asking, actor=context.actor), say_half)
    else:
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


def _span(words: str, today: date, when: Working, name: str) -> Span:
    """The days of leave. Raises BadArguments, HalfDay."""
    try:
        span = days.read(words, today, working=when)
    except DeadlineError as error:
        raise wrong_day(error, WRONG_DAYS, named=name) from error
    if span is None:
        raise BadArguments("leave.usage")
    return span


async def _show(context: Context) -> None:
    """Show who is away in the group, or in private the sender's own leave."""
    if context.actor.chat.is_group:
        await access.may(context, Permission.GIVE_TASKS)  # asks the platform where needed
    await context.answer(partial(leave.show, actor=context.actor), say_away)


def say_half(asked: HalfAsked) -> Message:
    """The question whether a whole day is meant."""
    about = (asked.asker, asked.person.id)
    last = asked.day.toordinal()
    span = (asked.first.toordinal(), last)
    whole = Button("leave.whole_button", Action("leave.take", *about, *span))
    half = Button("leave.half_button", Action("leave.take", *about, span[0], last - 1), {"part": asked.part})
    drop = Button("leave.drop_button", Action("leave.drop", *about))
    return Message("leave.half_day", {"asked": asked}, [[whole, half, drop]])


async def press_take(_: Update, context: Context) -> None:
    """Button: the whole day, or only the days before it."""
    asker, person, *span = context.pressed.numbers(4)
    first, last = map(_day, span)
    await _may_note_others(context)
    use_case = partial(
        leave.take_asked,
        actor=context.actor,
        asker=MemberId(asker),
        person=PersonId(person),
        first=first,
        last=last,
    )
    await pages.turn(context, use_case, say_taken)


async def press_drop(_: Update, context: Context) -> None:
    """Button: no leave."""
    asker, person = context.pressed.numbers(2)
    await _may_note_others(context)
    use_case = partial(leave.drop_asked, actor=context.actor, asker=MemberId(asker), person=PersonId(person))
    await pages.close(context, use_case)


async def _may_note_others(context: Context) -> None:
    """Ask the platform where needed whether the sender may note leave of others."""
    if context.actor.chat.is_group:
        await access.may(context, Permission.GIVE_TASKS)


def _day(ordinal: int) -> date:
    """The day of a button. Raises ButtonExpired."""
    if not 0 < ordinal <= date.max.toordinal():
        raise ButtonExpired
    return date.fromordinal(ordinal)


def say_taken(noted: Noted | None) -> Message:
    """The answer after leave was noted, or where half a day needs no note."""
    return Message("leave.half_kept") if noted is None else say_noted(noted)


def say_noted(noted: Noted) -> Message:
    """The answer after leave was noted."""
    return Message("leave.noted", {"away": noted.away, "workdays": noted.workdays, "today": noted.today})


def say_back(back: Back) -> Message:
    """The answer after leave was ended."""
    return Message("leave.back", {"who": back.who})


def say_away(found: AwayHere) -> Message:
    """The list of who is away, or of one's own leave."""
    return Message(
        "leave.own" if found.own else "leave.here", {"leaves": found.leaves, "more": found.more, "today": found.today}
    )


FEATURE = Feature(
    "leave",
    handlers=(
        Command("leave", note, TAKE_PART),
        Press("leave.take", press_take),
        Press("leave.drop", press_drop),
    ),
    entries=(Entry("leave", "leave", TAKE_PART, 160, frozenset({Audience.EVERYBODY}), help=Help(40)),),
)
