"""What fields of forms have in common: questions, and how words, numbers and moments are read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import plain
from domain.life.activity.model import MAX_PLACE_CHARS
from domain.messaging.message import Message, Text
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible, working, wrong_day
from handlers.form import MOMENT, Choice, Fill
from language import deadline
from language import meeting as spoken_times
from language.deadline import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.form import Field, Filled

AT = "@"  # before a moment, as it is kept
WRONG = {
    Reason.PAST: "activity.past",
    Reason.NO_SUCH_DAY: "activity.no_such_day",
    Reason.NO_SUCH_TIME: "activity.no_such_time",
    Reason.UNCLEAR: "activity.no_when",
    Reason.JUST_GONE: "activity.past",
    Reason.NO_CALENDAR: "activity.no_calendar",
}


def asks(text: str) -> Callable[[Stores, Filled], Message]:
    """A question that shows nothing of what is known."""
    return lambda _, __: Message(text)


def hears_words(
    field: Callable[[], Field[str]], text: str, most: int
) -> Callable[[Context], Coroutine[Any, Any, Fill]]:
    """Read words for a field. Its handler raises BadArguments with a text where there are none."""

    async def hear(context: Context) -> Fill:
        words = plain.tidy(visible(context.text))[:most]
        if not words:
            raise BadArguments(text)
        return lambda _, filled: filled.with_(field(), words)

    return hear


async def read_moment(context: Context, since: datetime | None = None) -> tuple[datetime, str]:
    """Day and time that somebody wrote, counted from a moment or from now, and what follows. Raises BadArguments."""
    start = context.actor.chat.local(since or context.now)
    try:
        found = deadline.read(context.text, start, working=await working(context))
    except deadline.DeadlineError as error:
        raise wrong_day(error, WRONG) from error
    if found is None:
        raise BadArguments("activity.no_when")
    if not spoken_times.says_clock(found.written):
        raise BadArguments("activity.no_clock", day=found.due.date())
    return found.due, plain.tidy(found.rest)[:MAX_PLACE_CHARS]


def offers(text: str, *values: str) -> Callable[[Stores, Actor, Filled], Sequence[Choice]]:
    """The same choices for everybody."""
    return lambda _, __, ___: [Choice(Text(text, {"value": one}), one) for one in values]


def picks(field: Callable[[], Field[Any]], *values: str) -> Callable[[Actor, str], Fill]:
    """One of these was tapped, as it is kept. Raises ButtonExpired."""

    def pick(_: Actor, value: str) -> Fill:
        if value not in values:
            raise ButtonExpired
        return lambda _, filled: filled.with_(field(), field().codec.load(value))

    return pick


def hears_number(
    field: Callable[[], Field[int]], read: Callable[[str], int | None], text: str
) -> Callable[[Context], Coroutine[Any, Any, Fill]]:
    """Read a number for a field. Its handler raises BadArguments with a text for other words."""

    async def hear(context: Context) -> Fill:
        found = read(context.text)
        if found is None:
            raise BadArguments(text)
        return lambda _, filled: filled.with_(field(), found)

    return hear


def hears_deadline(field: Callable[[], Field[str]]) -> Callable[[Context], Coroutine[Any, Any, Fill]]:
    """Read a moment for a field."""

    async def hear(context: Context) -> Fill:
        due, _ = await read_moment(context)
        return lambda _, filled: filled.with_(field(), f"{AT}{MOMENT.keep(due)}")

    return hear
