"""How the tree is looked at and put together; nobody is asked for permission here."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.admin import setting
from domain.people.branch.model import (
    LISTED,
    AmbiguousBranch,
    Branch,
    BranchClosed,
    BranchNotEmpty,
    NameTaken,
    Tree,
    Twig,
    UnderItself,
    UnknownBranch,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId
    from domain.messaging.chat import Chat
    from domain.people.branch.model import BranchKind
    from domain.stores import Stores

SEPARATOR = re.compile(r"[/／>＞]")


def add(stores: Stores, *, parent: BranchId | None, kind: BranchKind, name: str) -> Branch:
    """Add a branch. Raises NameTaken, BranchClosed."""
    if parent is not None:
        _open(stores, parent)
    _check_free(stores, parent, name)
    return stores.branches.add(parent, kind, name)


def rename(stores: Stores, *, branch: BranchId, name: str) -> Branch:
    """Give a branch another name. Raises NameTaken, BranchClosed."""
    known = _open(stores, branch)
    if name != known.name:
        _check_free(stores, known.parent, name)
    return _save(stores, replace(known, name=name))


def move(stores: Stores, *, branch: BranchId, to: BranchId | None) -> Branch:
    """Put a branch, with all in it, below another or at the top. Raises UnderItself, NameTaken, BranchClosed."""
    known = _open(stores, branch)
    if to is not None:
        target = _open(stores, to)
        if branch in {above.id for above in stores.branches.ancestors(to)}:
            raise UnderItself(branch=known, to=target)
    if to != known.parent:
        _check_free(stores, to, known.name)
    moved = _save(stores, replace(known, parent=to))
    for place in stores.branches.subtree(branch):
        for chat in stores.chats.of_branch(place):
            setting.inherit(stores, chat)
    return moved


def close(stores: Stores, *, branch: BranchId, people_to: BranchId | None, at: datetime, day: date) -> Branch:
    """Close a branch; its people go to `people_to` from `day` on, and so do the group chats bound to it.

    Raises BranchClosed; BranchNotEmpty where branches are still below it, and where it has people and nothing was said
    about them, or that they stay.
    """
    known = _open(stores, branch)
    check_closes(stores, branch=known, people_to=people_to)
    if people_to is not None:
        for person in stores.people.in_branch(branch):
            stores.people.place(person.id, people_to, day)
    for chat in stores.chats.of_branch(branch):
        bind(stores, chat=chat, branch=people_to if people_to != branch else None)
    return _save(stores, replace(known, closed_at=at))


def check_closes(stores: Stores, *, branch: Branch, people_to: BranchId | None) -> None:
    """Whether a branch can be closed. Raises what `close` does."""
    _open(stores, branch.id)
    people, below = stores.people.in_branch(branch.id), stores.branches.children(branch.id)
    if below or (people and people_to in (None, branch.id)):
        raise BranchNotEmpty(branch=branch, people=len(people), branches=len(below))
    if people_to is not None:
        _open(stores, people_to)


def reopen(stores: Stores, *, branch: Branch) -> Branch:
    """Reopen a closed branch. Raises NameTaken, and BranchClosed if the branch above it is closed."""
    if branch.parent is not None:
        _open(stores, branch.parent)
    _check_free(stores, branch.parent, branch.name)
    return _save(stores, replace(branch, closed_at=None))


def bind(stores: Stores, *, chat: Chat, branch: BranchId | None) -> Chat:
    """Say whose group a chat is, or that it is nobody's. Raises BranchClosed."""
    if branch is not None:
        _open(stores, branch)
    bound = replace(stores.chats.get(chat.id), branch=branch)
    stores.chats.save(bound)
    return setting.inherit(stores, bound)


def at(stores: Stores, names: Sequence[str]) -> Branch | None:
    """The open branch with these names from the top down, if there is one."""
    found: Branch | None = None
    for name in names:
        below = stores.branches.children(found.id if found else None)
        found = next((branch for branch in below if branch.name == name), None)
        if found is None:
            return None
    return found


def named(stores: Stores, words: str) -> Branch:
    """The open branch that people mean by its name, or by the end of its path (机加工车间/一支部).

    Raises UnknownBranch, AmbiguousBranch.
    """
    names = [plain.line(name) for name in SEPARATOR.split(plain.bounded(words))]
    tree = {branch.id: branch for branch in stores.branches.all()}
    found = [branch for branch in tree.values() if _ends_with(tree, branch, names)]
    exact = [branch for branch in found if len(names) == len(path_in(tree, branch))]
    if not found:
        raise UnknownBranch(words=words)
    if len(found) > 1 and len(exact) != 1:
        raise AmbiguousBranch(words=words)
    return (exact or found)[0]


def path_in(tree: Mapping[BranchId, Branch], branch: Branch | None) -> tuple[str, ...]:
    """The names from the top of a tree down to a branch."""
    names: list[str] = []
    while branch is not None:
        names.append(branch.name)
        branch = tree.get(branch.parent) if branch.parent is not None else None
    return tuple(reversed(names))


def _ends_with(tree: Mapping[BranchId, Branch], branch: Branch, names: list[str]) -> bool:
    return (
        plain.line(branch.name) == names[-1]
        and [plain.line(one) for one in path_in(tree, branch)[-len(names) :]] == names
    )


def tree(stores: Stores) -> Tree:
    """The tree, each branch behind the one that it is part of."""
    known = {branch.id: branch for branch in stores.branches.all()}
    sizes = stores.branches.sizes()
    paths = sorted(((path_in(known, branch), branch) for branch in known.values()), key=lambda pair: pair[0])
    twigs = [Twig(branch, len(whole) - 1, sizes.get(branch.id, 0)) for whole, branch in paths[:LISTED]]
    return Tree(twigs, len(paths) - len(twigs))


def path(stores: Stores, branch: BranchId) -> tuple[str, ...]:
    """The names from the top down to a branch."""
    return tuple(above.name for above in reversed(stores.branches.ancestors(branch)))


def find_open(stores: Stores, branch: BranchId) -> Branch | None:
    """An open branch by its number, if there is such a one."""
    found = stores.branches.find(branch)
    return None if found is None or found.closed_at is not None else found


def _open(stores: Stores, branch: BranchId) -> Branch:
    known = stores.branches.get(branch)
    if known.closed_at is not None:
        raise BranchClosed(branch=known)
    return known


def _check_free(stores: Stores, parent: BranchId | None, name: str) -> None:
    if plain.line(name) in {plain.line(sibling.name) for sibling in stores.branches.children(parent)}:
        raise NameTaken(name=name)


def _save(stores: Stores, branch: Branch) -> Branch:
    stores.branches.save(branch)
    return branch
