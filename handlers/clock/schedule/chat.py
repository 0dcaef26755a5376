"""/schedule and the buttons of its panel."""

from functools import partial

from telegram import Update

from domain.clock import schedule
from domain.clock.schedule import LIST, QUIET, Changed, Pressed, QuietChanged, Wish
from domain.clock.schedule.panel import clock_of
from domain.messaging.message import Message, Text
from domain.messaging.quiet import Quiet, Span
from domain.people.permission import Permission
from handlers.access import Needs
from handlers.arguments import after_command
from handlers.clock.schedule import reading
from handlers.clock.schedule.reading import How, Typed
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Entry, Feature, Help, Section

CHANGE_SCHEDULES = Permission.CHANGE_SCHEDULES
NEEDS = Needs(CHANGE_SCHEDULES, CHANGE_SCHEDULES)
SPANS = {How.ADD: schedule.add_quiet, How.MOVE: schedule.move_quiet, How.REMOVE: schedule.remove_quiet}
PAGES = frozenset({LIST, QUIET, *reading.WORDS})


async def show(_: Update, context: Context) -> None:
    """/schedule: the list; /schedule 学习: its panel; /schedule 学习 09:00: a change."""
    words = after_command(context.text)
    typed = reading.read(words) if words else Typed(LIST)
    actor, clockwork, key = context.actor, context.services.clockwork, context.key
    if typed == Typed(typed.word):
        thread = context.thread
        opened = partial(schedule.open_panel, actor=actor, page=typed.word, clockwork=clockwork, key=key, thread=thread)
        await context.run(opened)
    elif typed.span is not None and typed.how is not None:
        change_span = partial(SPANS[typed.how], actor=actor, span=typed.span, clockwork=clockwork, key=key)
        await context.answer(change_span, say_quiet)
    elif typed.word != QUIET and typed.wish is not None:
        change = partial(schedule.change, actor=actor, word=typed.word, wish=typed.wish, clockwork=clockwork, key=key)
        await context.answer(change, say_changed)
    elif typed.wish is not None and typed.wish.follow:
        await context.answer(partial(schedule.follow_quiet, actor=actor, clockwork=clockwork, key=key), say_quiet)
    else:
        change_quiet = partial(schedule.change_quiet, actor=actor, quiet=typed.quiet, clockwork=clockwork, key=key)
        await context.answer(change_quiet, say_quiet)


def notice_changed(changed: Changed) -> Text:
    """The notice after a change of a schedule."""
    return Text("schedule.changed", {"changed": changed})


def notice_quiet(changed: QuietChanged) -> Text:
    """The notice after a change of quiet hours."""
    return Text("schedule.quiet_changed", {"changed": changed})


def say_changed(changed: Changed) -> Message:
    """The answer to a typed change of a schedule."""
    notice = notice_changed(changed)
    return Message(notice.text, notice.values)


def say_quiet(changed: QuietChanged) -> Message:
    """The answer to a typed change of quiet hours."""
    notice = notice_quiet(changed)
    return Message(notice.text, notice.values)


# The data of a button is its name, the page of the panel it is on, and the chosen value.


async def press_open(_: Update, context: Context) -> None:
    """Button: show a page of the panel."""
    pressed = _pressed(context, 0)
    turned = partial(
        schedule.turn, actor=context.actor, pressed=pressed, clockwork=context.services.clockwork, key=context.key
    )
    await context.run(turned)
    context.acknowledge()


async def press_time(_: Update, context: Context) -> None:
    """Button: change the time of day."""
    pressed = _pressed(context, 1)
    await _change(context, pressed, Wish(clock=clock_of(context.pressed.number(1))))


async def press_day(_: Update, context: Context) -> None:
    """Button: change the weekday."""
    pressed = _pressed(context, 1)
    await _change(context, pressed, Wish(weekday=context.pressed.number(1) % 7))


async def press_off(_: Update, context: Context) -> None:
    """Button: pause the schedule, or turn quiet hours off."""
    pressed = _pressed(context, 0)
    if pressed.page == QUIET:
        await _change_quiet(context, pressed, None)
    else:
        await _change(context, pressed, Wish(paused=True))


async def press_on(_: Update, context: Context) -> None:
    """Button: resume the schedule."""
    await _change(context, _pressed(context, 0), Wish(paused=False))


async def press_follow(_: Update, context: Context) -> None:
    """Button: follow the enterprise's default."""
    pressed = _pressed(context, 0)
    if pressed.page != QUIET:
        await _change(context, pressed, Wish(follow=True))
        return
    clockwork = context.services.clockwork
    follow = partial(schedule.follow_quiet, actor=context.actor, clockwork=clockwork, key=context.key, pressed=pressed)
    await context.notify(follow, notice_quiet)


async def press_add(_: Update, context: Context) -> None:
    """Button: add a quiet span."""
    await _change_span(context, How.ADD)


async def press_move(_: Update, context: Context) -> None:
    """Button: have a quiet span in place of those that it touches."""
    await _change_span(context, How.MOVE)


async def press_remove(_: Update, context: Context) -> None:
    """Button: end a quiet span."""
    await _change_span(context, How.REMOVE)


async def _change_span(context: Context, how: How) -> None:
    begins, ends = (clock_of(minutes) for minutes in context.pressed.numbers(2))
    change = partial(
        SPANS[how],
        actor=context.actor,
        span=Span(begins, ends),
        clockwork=context.services.clockwork,
        key=context.key,
        pressed=Pressed(_message(context), QUIET),
    )
    await context.notify(change, notice_quiet)


async def _change(context: Context, pressed: Pressed, wish: Wish) -> None:
    """Change a schedule, show its page again, and show a notice. Raises ButtonExpired on the page of quiet hours."""
    if pressed.page == QUIET:
        raise ButtonExpired
    clockwork, word = context.services.clockwork, pressed.page
    change = partial(
        schedule.change,
        actor=context.actor,
        word=word,
        wish=wish,
        clockwork=clockwork,
        key=context.key,
        pressed=pressed,
    )
    await context.notify(change, notice_changed)


async def _change_quiet(context: Context, pressed: Pressed, quiet: Quiet | None) -> None:
    change = partial(
        schedule.change_quiet,
        actor=context.actor,
        quiet=quiet,
        clockwork=context.services.clockwork,
        key=context.key,
        pressed=pressed,
    )
    await context.notify(change, notice_quiet)


def _pressed(context: Context, count: int) -> Pressed:
    """A button's data (`schedule.time:study:510`): a page and `count` numbers. Raises ButtonExpired."""
    page = context.pressed.having(1 + count).word(0)
    if page not in PAGES:
        raise ButtonExpired
    return Pressed(_message(context), page)


def _message(context: Context) -> int:
    """The id of the message whose button was pressed. Raises ButtonExpired if the platform does not tell it."""
    if context.place is None:
        raise ButtonExpired
    return context.place.message_id


FEATURE = Feature(
    "schedule",
    handlers=(
        Command("schedule", show, NEEDS),
        Press("schedule.open", press_open, CHANGE_SCHEDULES),
        Press("schedule.time", press_time, CHANGE_SCHEDULES),
        Press("schedule.day", press_day, CHANGE_SCHEDULES),
        Press("schedule.off", press_off, CHANGE_SCHEDULES),
        Press("schedule.on", press_on, CHANGE_SCHEDULES),
        Press("schedule.follow", press_follow, CHANGE_SCHEDULES),
        Press("schedule.quiet_add", press_add, CHANGE_SCHEDULES),
        Press("schedule.quiet_move", press_move, CHANGE_SCHEDULES),
        Press("schedule.quiet_remove", press_remove, CHANGE_SCHEDULES),
    ),
    entries=(Entry("schedule", "schedule", NEEDS, 80, help=Help(50, Section.IN_CHARGE)),),
)
