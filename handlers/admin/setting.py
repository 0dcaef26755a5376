"""Settings in chat: /settings, and the buttons under it."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

import plain
from domain.admin import setting
from domain.admin.setting import ENTERPRISE, SETTINGS, Line, Name, Page, Scope, Where
from domain.messaging.message import Action, Button, Buttons, Message, Subject, in_rows
from domain.people import branch
from domain.people.permission import EVERYWHERE, Permission, allows, require_over
from handlers import access, pages
from handlers.access import Needs
from handlers.admin.arguments import budget_of
from handlers.arguments import ENTERPRISE_NAMES, after_command, visible
from handlers.command import Command, Key, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form
from handlers.messaging import form
from language.activity import money

if TYPE_CHECKING:
    from domain.stores import Stores

A_ROW = 2
NEEDS = Needs(Permission.CHANGE_SETTINGS, Permission.SEE_OWN)
# The question for settings whose value may be typed.
QUESTIONS = {
    Name.ZONE: "setting.ask_zone",
    Name.CAP: "setting.ask_cap",
    Name.MORNING: "setting.ask_morning",
    Name.TASK_BLUE: "setting.ask_days",
    Name.TASK_YELLOW: "setting.ask_days",
    Name.DAY_END: "setting.ask_day_end",
    Name.TASK_ESCALATION: "setting.ask_delays",
    Name.REWARDS_SINCE: "setting.ask_since",
    Name.REWARD_BUDGET: "setting.ask_budget",
    Name.APPEAL_DAYS: "setting.ask_days",
    Name.PUBLICITY_DAYS: "setting.ask_days",
    Name.CONSIDER_DAYS: "setting.ask_days",
    Name.DECIDE_DAYS: "setting.ask_days",
    Name.FULFIL_DAYS: "setting.ask_days",
    Name.ACTIVITY_APPROVAL: "setting.ask_limit",
    Name.MEASURE_DAYS: "setting.ask_days",
}


async def show(_: Update, context: Context) -> None:
    """/settings: the group's in a group; in private one's own, or those of the branch or enterprise that is named."""
    chat, words = context.actor.chat, after_command(context.text)
    if chat.is_group:
        await _show(context, Where(Scope.CHAT, chat.id))
    elif not words:
        await _show(context, Where(Scope.MEMBER, context.actor.member.id))
    elif plain.line(words).lower() in ENTERPRISE_NAMES:
        await _show(context, ENTERPRISE)
    else:
        await pages.show(context, partial(_of_branch, context=context, words=words), say_page)


async def show_own(_: Update, context: Context) -> None:
    """The key of the fixed keyboard: one's own settings."""
    await _show(context, Where(Scope.MEMBER, context.actor.member.id))


async def _show(context: Context, where: Where) -> None:
    await pages.show(context, partial(setting.page, actor=context.actor, where=where), say_page)


def _of_branch(stores: "Stores", *, context: Context, words: str) -> Page:
    """The settings of a branch, found by its name. Raises UnknownBranch, AmbiguousBranch.

    Who may change those of no branch is not told which ones there are: then NotAllowed.
    """
    if not allows(stores, context.actor, Permission.CHANGE_SETTINGS):
        require_over(stores, context.actor, Permission.CHANGE_SETTINGS, EVERYWHERE)
    where = Where(Scope.BRANCH, branch.named(stores, words).id)
    return setting.page(stores, context.actor, where=where)


def say_page(page: Page) -> Message:
    """All settings of a scope, with a button for each."""
    names = [
        Button("setting.name_button", _action("show", page.where, line.name), {"setting": line.name})
        for line in page.lines
    ]
    buttons = [*in_rows(names, A_ROW)]
    if page.may_see_enterprise:
        buttons.append([Button("setting.enterprise_button", _action("list", ENTERPRISE))])
    return Message("setting.page", {"page": page}, buttons)


def say_choices(page: Page, name: Name) -> Message:
    """The values of a setting as buttons. Raises ButtonExpired if the scope does not have this setting."""
    line = next((line for line in page.lines if line.name is name), None)
    if line is None:
        raise ButtonExpired
    return Message("setting.choose", {"line": line}, _choices(page.where, line))


def _choices(where: Where, line: Line) -> Buttons:
    name = line.name
    values = [
        Button(
            "setting.choice_button",
            _action("set", where, name, value),
            {"setting": name, "value": value, "chosen": line.value == value},
        )
        for value in SETTINGS[name].choices
    ]
    other = [[Button("setting.other_button", _action("ask", where, name))]] if SETTINGS[name].open else []
    inherit = [Button("setting.inherit_button", _action("inherit", where, name))] if line.own else []
    back = Button("setting.back_button", _action("list", where))
    return [*in_rows(values, A_ROW), *other, [*inherit, back]]


def _action(name: str, where: Where, *words: str) -> Action:
    """A button's action: `setting.show:chat:17:zone`. Older buttons have positions instead of words."""
    return Action(f"setting.{name}", where.scope.value, where.id, *words)


def _place(context: Context) -> Where:
    """The scope whose settings a button is about. Raises ButtonExpired."""
    pressed = context.pressed
    return Where(pressed.member(Scope, 0), pressed.number(1))


async def _admit(context: Context) -> None:
    """Check permission in a group, where the platform may have to be asked. Raises the refusals of `access.check`."""
    if context.actor.chat.is_group:
        await access.check(context, Permission.CHANGE_SETTINGS)


async def press_list(_: Update, context: Context) -> None:
    """Button: back to the list, or to the enterprise's settings."""
    context.pressed.having(2)
    where = _place(context)
    await _admit(context)
    await pages.turn(context, partial(setting.page, actor=context.actor, where=where), say_page)


async def press_show(_: Update, context: Context) -> None:
    """Button: show the values of one setting."""
    where, name = _place(context), context.pressed.having(3).member(Name, 2)
    await _admit(context)
    use_case = partial(setting.page, actor=context.actor, where=where)
    await pages.turn(context, use_case, partial(say_choices, name=name))


async def press_set(_: Update, context: Context) -> None:
    """Button: set a value."""
    where, name = _place(context), context.pressed.member(Name, 2)
    value = ":".join(context.pressed.words[3:])  # a time of day has a colon
    if value not in SETTINGS[name].choices:
        raise ButtonExpired
    await _change(context, where, name, value)


async def press_inherit(_: Update, context: Context) -> None:
    """Button: remove the own value, so that the inherited one holds again."""
    where, name = _place(context), context.pressed.having(3).member(Name, 2)
    await _change(context, where, name, None)


async def _change(context: Context, where: Where, name: Name, words: str | None) -> None:
    await _admit(context)

    def change(stores: "Stores") -> Page:
        setting.change(stores, context.actor, name=name, where=where, words=words)
        return setting.page(stores, context.actor, where=where)

    await pages.turn(context, change, say_page)


async def press_ask(_: Update, context: Context) -> None:
    """Button: ask for a value that is typed."""
    where, name = _place(context), context.pressed.having(3).member(Name, 2)
    if name not in QUESTIONS:
        raise ButtonExpired
    await _admit(context)
    await context.read(partial(setting.require_access, actor=context.actor, where=where))
    await form.begin(context, FORM, {"name": name, "scope": where.scope, "id": str(where.id)})
    context.acknowledge()


def _asked(filled: Filled) -> tuple[Where, Name]:
    """The scope and the name of the setting that a form is about."""
    kept = filled.draft.values
    return Where(Scope(kept["scope"]), int(kept["id"])), Name(kept["name"])


def ask_value(_: "Stores", filled: Filled) -> Message:
    """The question for the value."""
    return Message(QUESTIONS[_asked(filled)[1]])


async def hear_value(context: Context) -> Fill:
    """Read the value as typed; the use case parses it."""
    words = visible(context.text)
    return lambda _, filled: filled.with_(VALUE, _plain(_asked(filled)[1], words))


def _plain(name: Name, words: str) -> str:
    """Money by the units that the use case knows; all else as it was typed."""
    if name is Name.ACTIVITY_APPROVAL:
        yuan = money(words)
        return words if yuan is None else str(yuan)
    return budget_of(words) if name is Name.REWARD_BUDGET else words


async def change_to(context: Context, filled: Filled) -> Ending:
    """Set the value, and show the settings of the scope."""
    await _admit(context)
    (where, name), words = _asked(filled), filled[VALUE]

    def change(stores: "Stores") -> Message:
        setting.change(stores, context.actor, name=name, where=where, words=words)
        shown = say_page(setting.page(stores, context.actor, where=where))
        return replace(shown, subject=Subject(pages.PAGE, context.update_id))

    return change


VALUE = Field("value", WORDS, "setting.field_value", ask_value, hear_value)
FORM = Form("setting", (VALUE,), Permission.SEE_OWN, change_to)


FEATURE = Feature(
    "setting",
    handlers=(
        Command("settings", show, NEEDS),
        Key("setting.key", show_own, Permission.KEEP_ROSTER, 90),
        Press("setting.list", press_list),
        Press("setting.show", press_show),
        Press("setting.set", press_set),
        Press("setting.inherit", press_inherit),
        Press("setting.ask", press_ask),
    ),
    forms=(FORM,),
    entries=(
        Entry("settings", "setting", NEEDS, 90, frozenset({Audience.PRIVATE, Audience.SECRETARIES}), help=Help(100)),
    ),
)
