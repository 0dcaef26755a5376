"""Settings in chat: /settings, the buttons under it, and the short questions behind them."""

from telegram import Update

from domain.admin import setting as settings
from domain.admin.setting import ENTERPRISE, SETTINGS, Name, Scope, Where
from domain.ids import BranchId, ChatId
from domain.messaging import draft as drafts
from domain.messaging.chat import Chat
from domain.messaging.draft import Draft, DraftKind
from domain.messaging.message import Button
from domain.people import branch, permission
from domain.people.permission import EVERYWHERE, Area, Permission
from domain.refusal import NotAllowed
from domain.stores import Stores
from handlers import access, arguments, asking, pages
from handlers.access import Needs
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature
from handlers.pages import Page

NAMES, SCOPES = tuple(Name), tuple(Scope)
A_ROW = 2
QUESTIONS = {Name.ZONE: "setting.ask_zone", Name.CAP: "setting.ask_cap", Name.MORNING: "setting.ask_morning"}
INHERIT = 99  # in the place of a choice's number


async def show(_: Update, context: Context) -> None:
    """/settings: in a group the group's, in private one's own, or a branch's or the enterprise's where it is named."""
    chat, words = context.actor.chat, arguments.after_command(context.text)
    if chat.is_group:
        await pages.show(context, lambda stores: listed(stores, context, Where(Scope.CHAT, chat.id)))
    else:
        await pages.show(context, lambda stores: listed(stores, context, named(stores, context, words)))


def named(stores: Stores, context: Context, words: str) -> Where:
    """Whose settings are meant. Raises UnknownBranch, AmbiguousBranch, NotAllowed."""
    if not words:
        return own(context)
    where = ENTERPRISE
    if words.lower() not in arguments.WHOLE:
        where = Where(Scope.BRANCH, branch.named(stores, words).id)
    check(stores, context, where)
    return where


def own(context: Context) -> Where:
    """The sender's own settings."""
    return Where(Scope.MEMBER, context.actor.member.id)


def check(stores: Stores, context: Context, where: Where) -> None:
    """Whether they are the sender's to see and change here. Raises ButtonExpired, NotAllowed.

    For a group it is asked before, since that may take the platform's word.
    """
    actor = context.actor
    if where.scope is Scope.CHAT or where.scope is Scope.MEMBER:
        if where.id != (actor.chat.id if where.scope is Scope.CHAT else actor.member.id):
            raise ButtonExpired
        return
    if where.scope is Scope.BRANCH and stores.branches.find(BranchId(where.id)) is None:
        raise ButtonExpired
    area = EVERYWHERE if where == ENTERPRISE else Area(branch=BranchId(where.id))
    if actor.chat.is_group or not over(stores, context, area):
        raise NotAllowed(by=permission.Role.ADMINISTRATOR, group_admins=False)


def over(stores: Stores, context: Context, area: Area) -> bool:
    """Whether the sender may change the settings of a part of the enterprise."""
    actor, first = context.actor, context.services.administrators
    wanted = Permission.CHANGE_SETTINGS
    return permission.over(stores, actor=actor, permission=wanted, area=area, first=first, at=context.now)


def group_of(stores: Stores, context: Context, where: Where) -> Chat | None:
    """The group from which a place's settings come, if it has one."""
    if where.scope is Scope.CHAT:
        return stores.chats.get(ChatId(where.id))
    home = stores.members.home(context.actor.member.id) if where.scope is Scope.MEMBER else None
    return None if home is None else stores.chats.get(home)


def listed(stores: Stores, context: Context, where: Where) -> Page:
    """All settings of a place, with a button for each."""
    found = settings.page(stores, where=where, chat=group_of(stores, context, where), locale=context.services.locale)
    row = [
        Button("setting.name_button", action("show", where, NAMES.index(line.name)), {"setting": line.name})
        for line in found.lines
    ]
    buttons = [row[i : i + A_ROW] for i in range(0, len(row), A_ROW)]
    if where.scope is Scope.MEMBER and over(stores, context, EVERYWHERE):
        buttons.append([Button("setting.enterprise_button", action("list", ENTERPRISE))])
    return Page("setting.page", {"page": found}, buttons)


def action(name: str, where: Where, *numbers: int) -> str:
    """What a button carries: `setting.show:SCOPE:ID:…`."""
    return ":".join(map(str, (f"setting.{name}", SCOPES.index(where.scope), where.id, *numbers)))


def where_of(scope: int, number: int) -> Where:
    """Whose setting a button is about. Raises ButtonExpired."""
    if scope >= len(SCOPES):
        raise ButtonExpired
    return Where(SCOPES[scope], number)


def name_of(number: int) -> Name:
    """Which setting a button is about. Raises ButtonExpired."""
    if number >= len(NAMES):
        raise ButtonExpired
    return NAMES[number]


async def admit(context: Context, where: Where) -> None:
    """In a group it takes the permission there. Raises what `access.check` does, ButtonExpired."""
    if context.actor.chat.is_group:
        if where.scope is not Scope.CHAT:
            raise ButtonExpired
        await access.check(context, Permission.CHANGE_SETTINGS)


async def press_list(_: Update, context: Context) -> None:
    """Back to the list, or on to the enterprise's."""
    where = where_of(*context.pressed(2))
    await admit(context, where)

    def turn(stores: Stores) -> Page:
        check(stores, context, where)
        return listed(stores, context, where)

    await pages.turn(context, turn)


async def press_show(_: Update, context: Context) -> None:
    """One setting: which value?"""
    scope, number, which = context.pressed(3)
    where, name = where_of(scope, number), name_of(which)
    await admit(context, where)

    def ask(stores: Stores) -> Page:
        check(stores, context, where)
        return choices(stores, context, where, name)

    await pages.turn(context, ask)


def choices(stores: Stores, context: Context, where: Where, name: Name) -> Page:
    """The values of a setting as buttons. Raises ButtonExpired for one that the place does not have."""
    chat, locale = group_of(stores, context, where), context.services.locale
    lines = {line.name: line for line in settings.page(stores, where=where, chat=chat, locale=locale).lines}
    if name not in lines:
        raise ButtonExpired
    line, which = lines[name], NAMES.index(name)
    row = [
        Button(
            "setting.choice_button",
            action("set", where, which, number),
            {"setting": name, "value": value, "chosen": line.value == value},
        )
        for number, value in enumerate(SETTINGS[name].choices)
    ]
    buttons = [row[i : i + A_ROW] for i in range(0, len(row), A_ROW)]
    if SETTINGS[name].open:
        buttons.append([Button("setting.other_button", action("ask", where, which))])
    last = [Button("setting.back_button", action("list", where))]
    if line.own:
        last.insert(0, Button("setting.inherit_button", action("set", where, which, INHERIT)))
    return Page("setting.choose", {"line": line}, [*buttons, last])


async def press_set(_: Update, context: Context) -> None:
    """A value was chosen."""
    scope, number, which, choice = context.pressed(4)
    where, name = where_of(scope, number), name_of(which)
    if choice != INHERIT and choice >= len(SETTINGS[name].choices):
        raise ButtonExpired
    await admit(context, where)

    def choose(stores: Stores) -> Page:
        check(stores, context, where)
        change(stores, context, where, name, None if choice == INHERIT else SETTINGS[name].choices[choice])
        return listed(stores, context, where)

    await pages.turn(context, choose)


def change(stores: Stores, context: Context, where: Where, name: Name, words: str | None) -> None:
    """Set a value, as whoever speaks."""
    by, locale = context.actor.member.id, context.services.locale
    settings.change(stores, name=name, where=where, words=words, by=by, locale=locale, at=context.now)


async def press_ask(_: Update, context: Context) -> None:
    """A value that is on no button: which?"""
    scope, number, which = context.pressed(3)
    where, name = where_of(scope, number), name_of(which)
    if name not in QUESTIONS:
        raise ButtonExpired
    await admit(context, where)

    def ask(stores: Stores) -> None:
        check(stores, context, where)
        begun = drafts.begin(stores, context.actor, DraftKind.SETTING, "value", context.now)
        filled = begun.filled("value", name=name, scope=where.scope, id=str(where.id))
        stores.drafts.save(filled)
        asking.say(stores, context, filled, QUESTIONS[name])

    await asking.press(context, ask)


async def take_value(context: Context, draft: Draft) -> None:
    """The value, in words. Raises the refusals of `settings.change`, NotAllowed, ButtonExpired."""
    where, name = Where(Scope(draft.values["scope"]), int(draft.values["id"])), Name(draft.values["name"])
    await admit(context, where)

    def take(stores: Stores) -> Page:
        check(stores, context, where)
        change(stores, context, where, name, arguments.visible(context.text))
        drafts.finish(stores, draft)
        return listed(stores, context, where)

    await pages.show(context, take)


STEPS = {"value": take_value}


FEATURE = Feature(
    "setting",
    handlers=(
        Command("settings", show, Needs(Permission.CHANGE_SETTINGS, Permission.SEE_OWN)),
        Press("setting.list", press_list),
        Press("setting.show", press_show),
        Press("setting.set", press_set),
        Press("setting.ask", press_ask),
    ),
)
