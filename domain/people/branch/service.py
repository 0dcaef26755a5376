"""The tree is shown and changed by those who keep the roster of the whole enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging import draft as drafts
from domain.people.branch import choosing, structure
from domain.people.branch.model import BRANCH_CHANGED, BranchKind, Moved, Named
from domain.people.branch.structure import named, path
from domain.people.permission import Permission, require_everywhere
from domain.refusal import NoMore

if TYPE_CHECKING:
    from domain.ids import BranchId
    from domain.people.actor import Actor
    from domain.people.branch.choosing import Level
    from domain.people.branch.model import Branch, Tree
    from domain.stores import Stores

FORM = "branch"  # the form of a draft that waits for the branch that a new one is part of


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


def propose_place(stores: Stores, actor: Actor, *, name: str, kind: BranchKind) -> Named | Level:
    """A branch without one above it: which one is it part of? In an empty tree it stands at the top at once."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    if not stores.branches.children(None):
        return create(stores, actor, name=name, kind=kind, above=None)
    drafts.begin(stores, actor, FORM, {"name": name, "kind": kind.value})
    return choosing.level(stores, roots=None, level=None, offset=0)


def choose_place(stores: Stores, actor: Actor, *, level: BranchId | None, offset: int) -> Level:
    """Another level or page of the branches that a new one may be part of. Raises NoMore."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    return choosing.level(stores, roots=None, level=level, offset=offset)


def create_below(stores: Stores, actor: Actor, *, above: BranchId | None) -> Named:
    """Add the branch that was asked about below the chosen one, or at the top.

    Raises DraftOver, NoMore, NameTaken, BranchClosed.
    """
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    draft = stores.drafts.open_of(actor.member.id, actor.chat.id)
    if draft is None or draft.form != FORM:
        raise drafts.DraftOver
    if above is not None and stores.branches.find(above) is None:
        raise NoMore
    kind, name = BranchKind(draft.values["kind"]), draft.values["name"]
    added = structure.add(stores, parent=above, kind=kind, name=name)
    stores.drafts.remove(draft.id)
    _note(stores, actor, added, "added")
    return Named(added, path(stores, added.id))


def _note(stores: Stores, actor: Actor, branch: Branch, told: str) -> None:
    subject = f"branch:{branch.id}"
    stores.audit.note(actor.member.id, BRANCH_CHANGED, subject, old=None, new=told, at=actor.heard_at)
