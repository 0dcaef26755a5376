"""The tree of branches in chat: /branch."""

import re
from collections.abc import Callable
from typing import Any

from telegram import Update

import sheets
from domain.people import branch, role
from domain.people.branch import BRANCH_CHANGED, Branch, BranchKind, Closed, Moved, Named, Tree, UnknownBranch
from domain.people.permission import Permission
from domain.stores import Stores
from handlers import access, arguments
from handlers.access import Needs
from handlers.arguments import BadArguments
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Feature

KEEP_ROSTER = Permission.KEEP_ROSTER
WISHES = (
    ("add", re.compile(r"(?:新建|增加|添加|add|new)\s+(?P<what>.+)", re.IGNORECASE)),
    (
        "rename",
        re.compile(r"(?:改名|更名|rename)\s+(?P<what>.+?)\s*(?:改?[为叫成]|\bto\b|→|>)\s*(?P<to>.+)", re.IGNORECASE),
    ),
    ("move", re.compile(r"(?:移动|移|move)\s+(?P<what>.+?)\s*(?:移?[到至]|\bto\b|→|>)\s*(?P<to>.+)", re.IGNORECASE)),
    (
        "close",
        re.compile(
            r"(?:撤销|关闭|close)\s+(?P<what>.+?)(?:[\s,，;；]+(?:人员?[到转去归至]+|people\s+to)\s*(?P<to>.+))?",
            re.IGNORECASE,
        ),
    ),
)
TOP = ("顶层", "最上层", "top")


async def manage(_: Update, context: Context) -> None:
    """/branch [add PATH | rename NAME to NAME | move NAME to NAME | close NAME people to NAME]: the tree."""
    await access.check_everywhere(context, KEEP_ROSTER)
    words = arguments.after_command(context.text)
    if not words:
        await context.answer("branch.tree", _show)
        return
    name, wish = _wish(words)
    use_case, text = CHANGES[name]
    await context.answer(text, _noted, context=context, change=use_case, wish=wish)


def _wish(words: str) -> tuple[str, re.Match[str]]:
    """Raises BadArguments."""
    line = " ".join(words.split())
    found = next(((name, match) for name, form in WISHES if (match := form.fullmatch(line))), None)
    if found is None:
        raise BadArguments("branch.usage")
    return found


def _show(stores: Stores) -> Tree:
    return branch.tree(stores)


def _noted(stores: Stores, *, context: Context, change: Callable[..., Any], wish: re.Match[str]) -> Any:
    """Make a change, and note it."""
    outcome = change(stores, context, wish)
    by, subject = context.actor.member.id, f"branch:{outcome.branch.id}"
    stores.audit.note(by, BRANCH_CHANGED, subject, old=None, new=outcome.told, at=context.now)
    return outcome


def _add(stores: Stores, _: Context, wish: re.Match[str]) -> Named:
    """Add a branch below the one that its path begins with. Raises UnknownBranch."""
    *above, name = _path(wish["what"])
    parent = branch.named(stores, "/".join(above)).id if above else None
    kind = BranchKind(sheets.kind_of(name))
    added = branch.add(stores, parent=parent, kind=kind, name=name)
    return Named(added, branch.path(stores, added.id), "added")


def _rename(stores: Stores, _: Context, wish: re.Match[str]) -> Named:
    path = _path(wish["to"])
    if len(path) != 1:
        raise BadArguments("branch.usage")
    renamed = branch.rename(stores, branch=_found(stores, wish["what"]).id, name=path[0])
    return Named(renamed, branch.path(stores, renamed.id), "renamed")


def _move(stores: Stores, _: Context, wish: re.Match[str]) -> Moved:
    to = None if wish["to"].lower() in TOP else _found(stores, wish["to"])
    moved = branch.move(stores, branch=_found(stores, wish["what"]).id, to=to.id if to else None)
    return Moved(moved, branch.path(stores, moved.id))


def _close(stores: Stores, context: Context, wish: re.Match[str]) -> Closed:
    known = _found(stores, wish["what"])
    to = _found(stores, wish["to"]) if wish["to"] else None
    people, day = stores.people.in_branch(known.id), context.actor.chat.day(context.now)
    closed = branch.close(stores, branch=known.id, people_to=to.id if to else None, at=context.now, day=day)
    for person in (stores.people.get(one.id) for one in people if one.member is not None):
        if person.member is not None:  # what the roster says of them holds over the branch where they are now
            role.grant_from_roster(stores, person, stores.members.get(person.member), context.now)
    role.end_over(stores, branch=known.id, by=context.actor.member.id, at=context.now)
    return Closed(closed, len(people), to)


def _found(stores: Stores, words: str) -> Branch:
    return branch.named(stores, "/".join(_path(words)))


def _path(words: str) -> list[str]:
    """Raises UnknownBranch for a path without a name, or with one that nobody could read."""
    path = sheets.split_path(words)
    if not path or any(len(name) > branch.MAX_NAME_CHARS for name in path):
        raise UnknownBranch(words=words)
    return path


CHANGES: dict[str, tuple[Callable[..., Any], str]] = {
    "add": (_add, "branch.added"),
    "rename": (_rename, "branch.renamed"),
    "move": (_move, "branch.moved"),
    "close": (_close, "branch.done_closing"),
}


FEATURE = Feature(
    "branch",
    handlers=(Command("branch", manage, Needs(in_private=KEEP_ROSTER)),),
)
