"""The tree is shown and changed by those who keep the roster of the whole enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.people.branch import structure
from domain.people.branch.model import BRANCH_CHANGED, Closed, Moved, Named
from domain.people.branch.structure import named, path
from domain.people.permission import Permission, require_everywhere

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.people.branch.model import Branch, BranchKind, Tree
    from domain.stores import Stores


def show(stores: Stores, actor: Actor) -> Tree:
    """The tree, each branch behind the one that it is part of."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    return structure.tree(stores)


def create(stores: Stores, actor: Actor, *, name: str, kind: BranchKind, above: str | None) -> Named:
    """Add a branch at the top, or below another. Raises UnknownBranch, AmbiguousBranch, NameTaken."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    parent = None if above is None else named(stores, above).id
    added = structure.add(stores, parent=parent, kind=kind, name=name)
    _note(stores, actor, added, "added")
    return Named(added, path(stores, added.id))


def rename(stores: Stores, actor: Actor, *, branch: str, name: str) -> Named:
    """Give a branch another name. Raises UnknownBranch, AmbiguousBranch, NameTaken."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    renamed = structure.rename(stores, branch=named(stores, branch).id, name=name)
    _note(stores, actor, renamed, "renamed")
    return Named(renamed, path(stores, renamed.id))


def move(stores: Stores, actor: Actor, *, branch: str, to: str | None) -> Moved:
    """Put a branch, with all in it, below another or at the top.

    Raises UnknownBranch, AmbiguousBranch, UnderItself, NameTaken.
    """
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    target = None if to is None else named(stores, to).id
    moved = structure.move(stores, branch=named(stores, branch).id, to=target)
    _note(stores, actor, moved, "moved")
    return Moved(moved, path(stores, moved.id))


def close(stores: Stores, actor: Actor, *, branch: str, people_to: str | None) -> Closed:
    """Close a branch; its people and its groups go to another from today on, and what was held over it ends.

    Raises UnknownBranch, AmbiguousBranch, BranchNotEmpty.
    """
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    known = named(stores, branch)
    to = None if people_to is None else named(stores, people_to)
    people = [person.id for person in stores.people.in_branch(known.id)]
    groups = stores.chats.of_branch(known.id)
    target = None if to is None else to.id
    closed = structure.close(stores, branch=known.id, people_to=target, at=actor.heard_at, day=actor.today)
    for person in map(stores.people.get, people):
        if person.member is not None:
            stores.hooks.placed(person, actor.heard_at)
    stores.hooks.branch_closed(known.id, actor.member.id, actor.heard_at)
    _note(stores, actor, closed, "closed")
    for group in groups:
        branch_now = stores.chats.get(group.id).branch
        now = None if branch_now is None else f"branch:{branch_now}"
        subject, was = f"chat:{group.id}", f"branch:{known.id}"
        stores.audit.note(actor.member.id, BRANCH_CHANGED, subject, old=was, new=now, at=actor.heard_at)
    return Closed(closed, len(people), to)


def _note(stores: Stores, actor: Actor, branch: Branch, told: str) -> None:
    subject = f"branch:{branch.id}"
    stores.audit.note(actor.member.id, BRANCH_CHANGED, subject, old=None, new=told, at=actor.heard_at)
