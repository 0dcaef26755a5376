"""/schedule: what the clock does and when, shown and changed; in a group for it, in private for the enterprise."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from telegram import Update

from domain.clock import schedule
from domain.clock.schedule import Changed, QuietChanged, Timetable, Wish
from domain.messaging.message import Buttons, Message
from domain.messaging.quiet import Quiet
from domain.people import permission
from domain.people.permission import EVERYWHERE, Permission, Role
from domain.refusal import NotAllowed, Refusal
from domain.stores import Stores
from handlers import arguments
from handlers.access import Needs
from handlers.clock.schedule import panel, reading
from handlers.clock.schedule.reading import QUIET, Typed
from handlers.command import Command, Press
from handlers.context import MAX_DIGITS, ButtonExpired, Context
from handlers.feature import Feature

FRESH_FOR = timedelta(days=1)  # buttons of a panel that people have scrolled past change nothing
LIST = "list"
CHANGE_SCHEDULES = Permission.CHANGE_SCHEDULES


class PanelOver(Refusal):
    """A button of a panel that was replaced, or is a day old."""

    text = "schedule.over"


async def show(_: Update, context: Context) -> None:
    """/schedule: the list; /schedule 学习: its panel; /schedule 学习 09:00: a change."""
    words = arguments.after_command(context.text)
    typed = reading.read(words) if words else Typed(LIST)
    if typed.wish is None and typed.quiet is None:
        await context.run(_open, context=context, word=typed.word)
    elif typed.word == QUIET:
        change = _of_quiet(context, typed.wish, typed.quiet)
        await context.answer("schedule.quiet_changed", _change_and_redraw, context=context, change=change)
    elif typed.wish is not None:
        change = _of_entry(context, typed.word, typed.wish)
        await context.answer("schedule.changed", _change_and_redraw, context=context, change=change)


def _check_scope(stores: Stores, context: Context) -> None:
    """In private it is all groups' clock: a role over a part of the enterprise is not enough. Raises NotAllowed."""
    actor, first = context.actor, context.services.administrators
    asked: dict[str, Any] = {"permission": CHANGE_SCHEDULES, "area": EVERYWHERE, "first": first, "at": context.now}
    if actor.chat.is_group or permission.over(stores, actor=actor, **asked):
        return
    raise NotAllowed(by=Role.ADMINISTRATOR, group_admins=False)


Change = Callable[[Stores], Any]


def _of_entry(context: Context, word: str, wish: Wish) -> Change:
    """The change of a schedule that somebody wants."""

    def change(stores: Stores) -> Changed:
        wanted: dict[str, Any] = {"present": context.actor, "clockwork": context.services.clockwork}
        return schedule.change(stores, word=word, wish=wish, at=context.now, **wanted)

    return change


def _of_quiet(context: Context, wish: Wish | None, hours: Quiet | None) -> Change:
    """The change of quiet hours that somebody wants."""

    def change(stores: Stores) -> QuietChanged:
        wanted: dict[str, Any] = {"present": context.actor, "clockwork": context.services.clockwork}
        if wish is not None and wish.follow:
            return schedule.follow_quiet(stores, at=context.now, **wanted)
        return schedule.change_quiet(stores, quiet=hours, at=context.now, **wanted)

    return change


def _table(stores: Stores, context: Context) -> Timetable:
    _check_scope(stores, context)
    clockwork = context.services.clockwork
    return schedule.timetable(stores, chat=context.actor.chat, clockwork=clockwork, at=context.now)


def _subject(context: Context) -> str:
    """The name of a chat's panel: there is one at a time, so that what it shows is true."""
    return f"schedule:{context.actor.chat.id}"


def _page(table: Timetable, word: str) -> tuple[str, dict[str, Any], Buttons]:
    """What a panel shows: the list, a schedule, or the quiet hours."""
    if word == LIST:
        return "schedule.list", {"timetable": table}, panel.of_list(table)
    if word == QUIET:
        return "schedule.quiet_panel", {"timetable": table}, panel.of_quiet(table)
    entry = table.entry(word)
    values = {"entry": entry, "enterprise": table.enterprise, "at": table.at}
    return "schedule.panel", values, panel.of_entry(entry, enterprise=table.enterprise)


def _open(stores: Stores, *, context: Context, word: str) -> None:
    """Show a panel in place of the one before."""
    about, update = _subject(context), context.incoming.update_id
    text, values, buttons = _page(_table(stores, context), word)
    stores.outbox.delete(about, key=f"{about}:{update}:before")
    chat, thread = context.actor.chat.id, context.thread
    key = f"answer:{update}"
    stores.outbox.send(chat, Message(text, values, buttons=buttons, subject=about), key=key, thread=thread, urgent=True)


def _turn(stores: Stores, *, context: Context, word: str) -> None:
    """Show another page in the panel."""
    text, values, buttons = _page(_table(stores, context), word)
    key = f"{_subject(context)}:{context.incoming.update_id}"
    stores.outbox.edit(_subject(context), Message(text, values, buttons=buttons), key=key)


def _change_and_redraw(stores: Stores, *, context: Context, change: Change, word: str = LIST) -> Any:
    """Make a change and show it on every panel that stands, also on the other administrators'."""
    _check_scope(stores, context)
    changed = change(stores)
    _turn(stores, context=context, word=word)
    if not context.actor.chat.is_group:
        _tell_others(stores, context)
    return changed


def _tell_others(stores: Stores, context: Context) -> None:
    """What holds for the enterprise stands in the panel of each administrator."""
    text, values, buttons = _page(_table(stores, context), LIST)
    first = (stores.members.find(who) for who in context.services.administrators)
    others = {*stores.grants.administrators(), *filter(None, first)} - {context.actor.member}
    for chat in sorted({other.private for other in others if other.private is not None}):
        about = f"schedule:{chat}"
        key = f"{about}:{context.incoming.update_id}"
        stores.outbox.edit(about, Message(text, values, buttons=buttons), key=key)


# Buttons


async def press_open(_: Update, context: Context) -> None:
    """Another page of the panel."""
    word, _numbers = _pressed(context)

    def turn(stores: Stores) -> None:
        _be_fresh(stores, context)
        _turn(stores, context=context, word=word)

    await context.run(turn)
    context.acknowledge()


async def press_time(_: Update, context: Context) -> None:
    """Another time of day."""
    word, (minutes,) = _pressed(context, 1)
    await _press(context, word, Wish(clock=panel.clock_of(minutes)))


async def press_day(_: Update, context: Context) -> None:
    """Another weekday."""
    word, (day,) = _pressed(context, 1)
    await _press(context, word, Wish(weekday=day % 7))


async def press_off(_: Update, context: Context) -> None:
    """Pause it; no quiet hours."""
    await _press(context, _pressed(context)[0], Wish(paused=True))


async def press_on(_: Update, context: Context) -> None:
    """Go on with it."""
    await _press(context, _pressed(context)[0], Wish(paused=False))


async def press_follow(_: Update, context: Context) -> None:
    """Have what the enterprise has."""
    await _press(context, _pressed(context)[0], Wish(follow=True))


async def press_quiet(_: Update, context: Context) -> None:
    """Other quiet hours."""
    begins, ends = (panel.clock_of(minutes) for minutes in context.pressed(2))
    await _notify(context, QUIET, _of_quiet(context, None, Quiet(begins, ends)))


async def _press(context: Context, word: str, wish: Wish) -> None:
    if word == QUIET and not (wish.follow or wish.paused):  # no button of ours
        raise ButtonExpired
    change = _of_quiet(context, wish, None) if word == QUIET else _of_entry(context, word, wish)
    await _notify(context, word, change)


async def _notify(context: Context, word: str, change: Change) -> None:
    """Make a change, stay on its page, and say what came of it."""

    def press(stores: Stores) -> Any:
        _be_fresh(stores, context)
        return _change_and_redraw(stores, context=context, change=change, word=word)

    await context.notify("schedule.quiet_changed" if word == QUIET else "schedule.changed", press)


def _pressed(context: Context, count: int = 0) -> tuple[str, list[int]]:
    """The word and the numbers that a button carries: `schedule.time:study:510`. Raises ButtonExpired."""
    query = context.incoming.callback_query
    word, *numbers = (query.data or "").split(":")[1:] or [""] if query else [""]
    known = {LIST, QUIET, *reading.WORDS}
    if word not in known or len(numbers) != count:
        raise ButtonExpired
    if not all(number.isdecimal() and len(number) <= MAX_DIGITS for number in numbers):
        raise ButtonExpired
    return word, [int(number) for number in numbers]


def _be_fresh(stores: Stores, context: Context) -> None:
    """Only the newest panel of a chat is pressed, and on the day that it was opened. Raises PanelOver."""
    message = context.place
    newest = stores.outbox.message_about(_subject(context))
    if message is None or newest not in (None, message.message_id):
        raise PanelOver
    said_at = stores.outbox.said_at(context.actor.chat.id, message.message_id)
    if said_at is None or context.now - said_at > FRESH_FOR:
        raise PanelOver


FEATURE = Feature(
    "schedule",
    handlers=(
        Command("schedule", show, Needs(CHANGE_SCHEDULES, CHANGE_SCHEDULES)),
        Press("schedule.open", press_open, CHANGE_SCHEDULES),
        Press("schedule.time", press_time, CHANGE_SCHEDULES),
        Press("schedule.day", press_day, CHANGE_SCHEDULES),
        Press("schedule.off", press_off, CHANGE_SCHEDULES),
        Press("schedule.on", press_on, CHANGE_SCHEDULES),
        Press("schedule.follow", press_follow, CHANGE_SCHEDULES),
        Press("schedule.quiet", press_quiet, CHANGE_SCHEDULES),
    ),
)
