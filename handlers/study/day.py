"""The message of /study in private, and the plan of a group's study days, in chat: pages that are edited in place."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from telegram import Update

from domain.admin.setting import Studying
from domain.ids import PromptId, StudyItemId
from domain.messaging.message import Action, Button, Buttons, Message, Text
from domain.people.actor import Actor
from domain.study.choosing import Choice
from domain.study.day import menu, planning, reading
from domain.study.day.card import file_buttons
from domain.study.day.model import Line, LineState, Plan
from domain.study.day.planning import ON_A_PAGE, PLAN, Page
from domain.study.item import StudyItem
from domain.study.study import Prompt
from handlers import access, pages
from handlers.action import ButtonExpired
from handlers.command import Press, PrivatePress
from handlers.context import Context
from handlers.feature import Feature
from handlers.study.in_charge import manages, planner
from handlers.study.study import say_read

LAST_DAY = date.max.toordinal()
BANNED_SHOWN = 20


async def press_why(_: Update, context: Context) -> None:
    """Button: why an item was chosen."""
    prompt = PromptId(context.pressed.having(1).number())
    await context.notify(partial(reading.why, actor=context.actor, prompt_id=prompt), say_why)


async def press_menu(_: Update, context: Context) -> None:
    """Button: back to the message of /study."""
    await pages.turn(context, partial(menu.draw, actor=context.actor, manages=await manages(context)), _as_it_is)


async def press_prefer(_: Update, context: Context) -> None:
    """Button: get one's study in private, or no longer."""
    studying = context.pressed.having(1).member(Studying)
    use_case = partial(menu.prefer, actor=context.actor, studying=studying, manages=await manages(context))
    await pages.turn(context, use_case, _as_it_is)


async def press_missed(_: Update, context: Context) -> None:
    """Button: an item that was missed."""
    prompt = PromptId(context.pressed.having(1).number())
    await pages.turn(context, partial(reading.look_late, actor=context.actor, prompt_id=prompt), say_missed)


async def press_late(_: Update, context: Context) -> None:
    """Button: mark an item that was missed as read."""
    prompt = PromptId(context.pressed.having(1).number())
    await context.notify(partial(reading.read_late, actor=context.actor, prompt_id=prompt), say_read)


async def press_file(_: Update, context: Context) -> None:
    """Button: an item's picture or document."""
    prompt, key = PromptId(context.pressed.having(1).number()), f"study.file:{context.update_id}"
    await context.run(partial(reading.bring_file, actor=context.actor, prompt_id=prompt, key=key))
    context.acknowledge()


async def press_desk(_: Update, context: Context) -> None:
    """Button: what there is for who is in charge."""
    await pages.turn(context, partial(menu.desk, actor=context.actor), _as_it_is)


async def press_groups(_: Update, context: Context) -> None:
    """Button: the plan of one's only group, else a button for each group."""
    there = await access.where_allowed(context, PLAN)
    if not there:
        raise ButtonExpired
    if len(there) == 1:
        await pages.turn(context, partial(planning.look, actor=there[0]), say_plan)
    else:
        await pages.turn(context, lambda _: there, say_groups)


async def press_plan(_: Update, context: Context) -> None:
    """Button: the plan of a group."""
    there = await planner(context, context.pressed.having(1).number())
    await pages.turn(context, partial(planning.look, actor=there), say_plan)


async def open_plan(_: Update, context: Context) -> None:
    """Button under a message that is no page: the plan of a group as a message of its own."""
    there = await planner(context, context.pressed.having(1).number())
    await pages.show(context, partial(planning.look, actor=there), say_plan)
    context.acknowledge()


async def press_line(_: Update, context: Context) -> None:
    """Button: a day of the plan, with its item as it will look."""
    there, day = await _planned(context, 2)
    await pages.turn(context, partial(planning.look, actor=there), partial(say_line, day=day))


async def press_exchange(_: Update, context: Context) -> None:
    """Button: the next item for a day."""
    there, day = await _planned(context, 3)
    shown = context.pressed.number(2)
    await pages.turn(context, partial(planning.exchange, actor=there, day=day, shown=shown), say_plan)


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: nothing on a day."""
    there, day = await _planned(context, 3)
    shown = context.pressed.number(2)
    await pages.turn(context, partial(planning.withdraw, actor=there, day=day, shown=shown), say_plan)


async def press_release(_: Update, context: Context) -> None:
    """Button: leave a day to the rule again."""
    there, day = await _planned(context, 3)
    shown = context.pressed.number(2)
    await pages.turn(context, partial(planning.release, actor=there, day=day, shown=shown), say_plan)


async def press_pick(_: Update, context: Context) -> None:
    """Button: a page of what a day may have."""
    there, day = await _planned(context, 3)
    offset = context.pressed.number(2)
    await pages.turn(context, partial(planning.choosable, actor=there, day=day, offset=offset), say_page)


async def press_choose(_: Update, context: Context) -> None:
    """Button: this item on a day."""
    there, day = await _planned(context, 4)
    item, shown = StudyItemId(context.pressed.number(2)), context.pressed.number(3)
    await pages.turn(context, partial(planning.schedule, actor=there, day=day, item=item, shown=shown), say_plan)


async def press_ban(_: Update, context: Context) -> None:
    """Button: never show an item to a group."""
    there, item = await _with_item(context)
    await pages.turn(context, partial(planning.ban, actor=there, item=item), say_plan)


async def press_banned(_: Update, context: Context) -> None:
    """Button: what is never shown to a group."""
    there = await planner(context, context.pressed.having(1).number())
    await pages.turn(context, partial(planning.banned, actor=there), partial(say_banned, there=there))


async def press_allow(_: Update, context: Context) -> None:
    """Button: show an item to a group again."""
    there, item = await _with_item(context)
    await pages.turn(context, partial(planning.allow, actor=there, item=item), partial(say_banned, there=there))


async def _planned(context: Context, words: int) -> tuple[Actor, date]:
    """Who plans the group of a button, and the day that it names. Raises ButtonExpired."""
    pressed = context.pressed.having(words)
    ordinal = pressed.number(1)
    if not 0 < ordinal <= LAST_DAY:
        raise ButtonExpired
    return await planner(context, pressed.number()), date.fromordinal(ordinal)


async def _with_item(context: Context) -> tuple[Actor, StudyItemId]:
    group, item = context.pressed.numbers(2)
    return await planner(context, group), StudyItemId(item)


def _as_it_is(message: Message) -> Message:
    return message


def say_why(choice: Choice) -> Text:
    """The notice with the reason of a choice."""
    return Text("day.why", {"choice": choice})


def say_missed(given: Prompt) -> Message:
    """An item that was missed, with the button to say that it was read."""
    read, why = Action("day.late", given.id), Action("day.why", given.id)
    first = [Button("study.read_button", read), Button("day.why_button", why)]
    rows = [first, *file_buttons(given), [_to_menu()]]
    return Message("study.prompt_alone", {"lesson": given.item.lesson, "day": given.day}, rows)


def say_groups(there: Sequence[Actor]) -> Message:
    """A button for each group whose days somebody plans."""
    groups = (one.group for one in there)
    rows = [[Button("day.group_button", Action("day.plan", one.id), {"group": one})] for one in groups]
    return Message("day.groups", {}, [*rows, [_to_desk()]])


def say_plan(plan: Plan) -> Message:
    """A line and a row of buttons for each day."""
    group = plan.group.id
    rows = [_row(group, line) for line in plan.lines]
    banned = Button("day.banned_button", Action("day.banned", group))
    return Message("day.plan", {"plan": plan}, [*(row for row in rows if row), [banned, _to_desk()]])


def _row(group: int, line: Line) -> Sequence[Button]:
    """To exchange a day's item with one tap, and to see all that can be done with it."""
    day, values = line.day.toordinal(), {"day": line.day}
    more = Button("day.line_button", Action("day.line", group, day), values)
    match line.state:
        case LineState.TAKEN_BACK:
            return []
        case LineState.CHOSEN | LineState.SCHEDULED:
            return [Button("day.exchange_button", Action("day.exchange", group, day, line.number), values), more]
        case _:
            return [more]


def say_line(plan: Plan, *, day: date) -> Message:
    """A day with its item as it will look. Raises DayOver."""
    line, group = plan.line(day), plan.group.id
    at, number = day.toordinal(), line.number
    release = Button("day.release_button", Action("day.release", group, at, number))
    exchange = Button("day.next_button", Action("day.exchange", group, at, number))
    pick = Button("day.pick_button", Action("day.pick", group, at, 0))
    withdraw = Button("day.withdraw_button", Action("day.withdraw", group, at, number), {"line": line})
    ban = Button("day.ban_button", Action("day.ban", group, number))
    rows: Buttons = {
        LineState.CHOSEN: [[exchange, pick], [withdraw, ban]],
        LineState.SCHEDULED: [[exchange, pick], [withdraw, ban], [release]],
        LineState.GIVEN: [[withdraw, ban]],
        LineState.TAKEN_BACK: [],
        LineState.WITHDRAWN: [[pick, release]],
        LineState.EMPTY: [[pick]],
    }[line.state]
    return Message("day.line", {"line": line, "group": plan.group}, [*rows, [_to_plan(group)]])


def say_page(page: Page) -> Message:
    """A button for each item that a day may have."""
    group, day = page.plan.group.id, page.day.toordinal()
    shown = page.plan.line(page.day).number
    rows = [
        [Button("day.choose_button", Action("day.choose", group, day, one.item.id, shown), {"one": one})]
        for one in page.choices
    ]
    last = page.offset + ON_A_PAGE
    first = Action("day.pick", group, day, 0) if page.offset else None
    further = Action("day.pick", group, day, last) if last < page.count else None
    turn = pages.page_buttons(first=first, further=further)
    return Message("day.pick", {"day": page.day, "count": page.count}, [*rows, *turn, [_to_plan(group)]])


def say_banned(items: Sequence[StudyItem], *, there: Actor) -> Message:
    """A button for each item that is not shown, to show it again."""
    group = there.group.id
    rows = [
        [Button("day.allow_button", Action("day.allow", group, one.id), {"lesson": one.lesson})]
        for one in items[:BANNED_SHOWN]
    ]
    return Message("day.banned", {"count": len(items)}, [*rows, [_to_plan(group)]])


def _to_menu() -> Button:
    return Button("day.back_button", Action("day.menu"))


def _to_desk() -> Button:
    return Button("day.back_button", Action("day.desk"))


def _to_plan(group: int) -> Button:
    return Button("day.back_button", Action("day.plan", group))


FEATURE = Feature(
    "day",
    handlers=(
        Press("day.why", press_why),
        PrivatePress("day.menu", press_menu),
        PrivatePress("day.prefer", press_prefer),
        PrivatePress("day.missed", press_missed),
        PrivatePress("day.late", press_late),
        PrivatePress("day.file", press_file),
        PrivatePress("day.desk", press_desk),
        PrivatePress("day.groups", press_groups),
        PrivatePress("day.plan", press_plan),
        PrivatePress("day.open", open_plan),
        PrivatePress("day.line", press_line),
        PrivatePress("day.exchange", press_exchange),
        PrivatePress("day.withdraw", press_withdraw),
        PrivatePress("day.release", press_release),
        PrivatePress("day.pick", press_pick),
        PrivatePress("day.choose", press_choose),
        PrivatePress("day.ban", press_ban),
        PrivatePress("day.banned", press_banned),
        PrivatePress("day.allow", press_allow),
    ),
)
