"""The tree of branches in chat: /branch."""

import re
from collections.abc import Awaitable, Callable
from functools import partial

from telegram import Update

import plain
import sheets
from domain.ids import BranchId
from domain.messaging.message import Action, Button, Message
from domain.people import branch
from domain.people import permission as permissions
from domain.people.branch import BranchKind, Closed, Closing, Level, Moved, Named, Tree, UnknownBranch
from domain.people.permission import Permission
from handlers import pages, picking
from handlers.access import Needs
from handlers.arguments import BadArguments, after_command
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.form import Form, ends_elsewhere

KEEP = Needs(in_private=Permission.KEEP_ROSTER)
# Of a text that went through `plain.tidy`: there are no two blanks side by side.
ADD = re.compile(r"(?:新建|增加|添加|add|new) (?P<what>.+)", re.IGNORECASE)
RENAME = re.compile(r"(?:改名|更名|rename) (?P<what>.+?) ?(?:改?[为叫成]|\bto\b|→|>) ?(?P<to>.+)", re.IGNORECASE)
MOVE = re.compile(r"(?:移动|移|move) (?P<what>.+?) ?(?:移?[到至]|\bto\b|→|>) ?(?P<to>.+)", re.IGNORECASE)
CLOSE = re.compile(
    r"(?:撤销|关闭|close) (?P<what>.+?)"
    r"(?:(?<![ ,，;；])[ ,，;；]++(?:人员?[到转去归至]++|people to) ?(?P<to>.+))?",
    re.IGNORECASE,
)
KEPT = Action("branch.keep")
TOP = ("顶层", "最上层", "top")
Wish = re.Match[str]


async def manage(_: Update, context: Context) -> None:
    """/branch [add PATH | rename NAME to NAME | move NAME to NAME | close NAME people to NAME]: the branches."""
    words = after_command(context.text)
    if not words:
        await context.answer(partial(branch.show, actor=context.actor), say_tree)
        return
    line = plain.tidy(words)
    for form, change in CHANGES:
        wish = form.fullmatch(line)
        if wish is not None:
            await change(context, wish)
            return
    raise BadArguments("branch.usage")


def say_tree(tree: Tree) -> Message:
    """The answer that shows the tree."""
    return Message("branch.tree", {"twigs": tree.twigs, "more": tree.more})


async def create(context: Context, wish: Wish) -> None:
    """Add a branch. Its path begins with the parent; without one the parent is asked for. Raises UnknownBranch."""
    *above, name = _path(wish["what"])
    kind = BranchKind(sheets.kind_of(name))
    if not above:
        await pages.show(context, partial(branch.propose_place, actor=context.actor, name=name, kind=kind), say_placed)
        return
    parent = None if above[0].lower() in TOP else "/".join(above)
    await context.answer(partial(branch.create, actor=context.actor, name=name, kind=kind, above=parent), say_added)


def say_placed(placed: Named | Level) -> Message:
    """The answer after a branch was added, or the question where to."""
    return say_added(placed) if isinstance(placed, Named) else say_places(placed)


def say_places(level: Level) -> Message:
    """The branches that a new one may be part of, and the top."""
    top = [Button("branch.top_button", Action("branch.under", picking.TOP))]
    return Message("branch.under_which", buttons=[*picking.buttons("branch.under", level), top])


async def press_level(_: Update, context: Context) -> None:
    """Button: another level or page of the branches."""
    level, offset = picking.pressed(context.pressed)
    use_case = partial(branch.choose_place, actor=context.actor, level=level, offset=offset)
    await pages.turn(context, use_case, say_places)


async def press_under(_: Update, context: Context) -> None:
    """Button: the new branch is part of this one."""
    await pages.turn(context, partial(branch.create_below, actor=context.actor, above=_pressed(context, 1)), say_added)


def _pressed(context: Context, words: int, place: int = 0) -> BranchId | None:
    number = context.pressed.having(words).number(place)
    return None if number == picking.TOP else BranchId(number)


def say_added(named: Named) -> Message:
    """The answer after a branch was added."""
    return Message("branch.added", {"path": named.path})


async def rename(context: Context, wish: Wish) -> None:
    """Rename a branch. Raises BadArguments if the new name is a path."""
    path = _path(wish["to"])
    if len(path) != 1:
        raise BadArguments("branch.usage")
    use_case = partial(branch.rename, actor=context.actor, branch=_words(wish["what"]), name=path[0])
    await context.answer(use_case, say_renamed)


def say_renamed(named: Named) -> Message:
    """The answer after a branch was renamed."""
    return Message("branch.renamed", {"path": named.path})


async def move(context: Context, wish: Wish) -> None:
    """Move a branch below another one."""
    to = None if wish["to"].lower() in TOP else _words(wish["to"])
    await context.answer(partial(branch.move, actor=context.actor, branch=_words(wish["what"]), to=to), say_moved)


def say_moved(moved: Moved) -> Message:
    """The answer after a branch was moved."""
    return Message("branch.moved", {"path": moved.path})


async def close(context: Context, wish: Wish) -> None:
    """Show the effects of closing a branch."""
    to = _words(wish["to"]) if wish["to"] else None
    use_case = partial(branch.propose, actor=context.actor, branch=_words(wish["what"]), people_to=to)
    await pages.show(context, use_case, say_closing)


def say_closing(closing: Closing) -> Message:
    """The effects of closing a branch, with buttons to close it or not."""
    to = picking.TOP if closing.to is None else closing.to.id
    agreed = Button("branch.close_button", Action("branch.close", closing.branch.id, to, closing.shown))
    return Message("branch.closing", {"closing": closing}, [[agreed, Button("branch.keep_button", KEPT)]])


async def press_close(_: Update, context: Context) -> None:
    """Button: close the branch, as shown."""
    known, to, shown = _pressed(context, 3), _pressed(context, 3, 1), context.pressed.word(2)
    if known is None:
        raise ButtonExpired
    use_case = partial(branch.close, actor=context.actor, branch=known, people_to=to, shown=shown)
    await pages.turn(context, use_case, say_closed)


async def press_keep(_: Update, context: Context) -> None:
    """Button: the branch is not to be closed."""
    use_case = partial(permissions.require_everywhere, actor=context.actor, permission=Permission.KEEP_ROSTER)
    await pages.turn(context, use_case, say_kept)


def say_kept(_: None) -> Message:
    """The answer after a branch was not closed."""
    return Message("branch.kept")


async def press_reopen(_: Update, context: Context) -> None:
    """Button: take the closing back."""
    known = _pressed(context, 1)
    if known is None:
        raise ButtonExpired
    await pages.turn(context, partial(branch.reopen, actor=context.actor, branch=known), say_reopened)


def say_reopened(named: Named) -> Message:
    """The answer after a closing was taken back."""
    return Message("branch.reopened", {"path": named.path})


def say_closed(closed: Closed | Closing) -> Message:
    """The answer after a branch was closed, or the effects again if they have changed."""
    if isinstance(closed, Closing):
        return say_closing(closed)
    undo = Button("branch.reopen_button", Action("branch.reopen", closed.branch.id))
    values = {"branch": closed.branch, "people": closed.people, "to": closed.to}
    return Message("branch.done_closing", values, [[undo]])


def _words(words: str) -> str:
    return "/".join(_path(words))


def _path(words: str) -> list[str]:
    """Split a path into names. Raises UnknownBranch if it has none, or one that is too long."""
    path = sheets.split_path(words)
    if not path or any(len(name) > branch.MAX_NAME_CHARS for name in path):
        raise UnknownBranch(words=words)
    return path


CHANGES: tuple[tuple[re.Pattern[str], Callable[[Context, Wish], Awaitable[None]]], ...] = (
    (ADD, create),
    (RENAME, rename),
    (MOVE, move),
    (CLOSE, close),
)


# Open while a new branch waits for its parent, which is chosen by a button.
FORM = Form(branch.FORM, (), Permission.KEEP_ROSTER, ends_elsewhere, awaits_press="branch.awaits_button_press")
FEATURE = Feature(
    "branch",
    handlers=(
        Command("branch", manage, KEEP),
        Press("branch.under", press_under, Permission.KEEP_ROSTER),
        Press("branch.under_in", press_level, Permission.KEEP_ROSTER),
        Press("branch.close", press_close, Permission.KEEP_ROSTER),
        Press("branch.keep", press_keep, Permission.KEEP_ROSTER),
        Press("branch.reopen", press_reopen, Permission.KEEP_ROSTER),
    ),
    forms=(FORM,),
    entries=(Entry("branch", "branch", KEEP, 75, frozenset({Audience.NOBODY}), help=Help(30, Section.ADMINISTRATORS)),),
)
