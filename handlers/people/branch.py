"""The tree of branches in chat: /branch."""

import re
from collections.abc import Awaitable, Callable
from functools import partial

from telegram import Update

import plain
import sheets
from domain.messaging.message import Message
from domain.people import branch
from domain.people.branch import BranchKind, Closed, Moved, Named, Tree, UnknownBranch
from domain.people.permission import Permission
from handlers.access import Needs
from handlers.arguments import BadArguments, after_command
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help, Section

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
    """Add a branch; its path begins with the parent. Raises UnknownBranch."""
    *above, name = _path(wish["what"])
    kind = BranchKind(sheets.kind_of(name))
    use_case = partial(
        branch.create, actor=context.actor, name=name, kind=kind, above="/".join(above) if above else None
    )
    await context.answer(use_case, say_added)


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
    """Close a branch."""
    to = _words(wish["to"]) if wish["to"] else None
    use_case = partial(branch.close, actor=context.actor, branch=_words(wish["what"]), people_to=to)
    await context.answer(use_case, say_closed)


def say_closed(closed: Closed) -> Message:
    """The answer after a branch was closed."""
    return Message("branch.done_closing", {"branch": closed.branch, "people": closed.people, "to": closed.to})


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
FEATURE = Feature(
    "branch",
    handlers=(Command("branch", manage, KEEP),),
    entries=(Entry("branch", "branch", KEEP, 75, frozenset({Audience.NOBODY}), help=Help(30, Section.ADMINISTRATORS)),),
)
