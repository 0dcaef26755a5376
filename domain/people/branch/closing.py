"""Closing a branch is shown first, waits for a button, and can be undone for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import Wanted
from domain.ids import BranchId, ChatId, PersonId
from domain.people.branch import structure
from domain.people.branch.model import BRANCH_CHANGED, Closed, Named
from domain.people.branch.structure import named, path
from domain.people.permission import Permission, require_everywhere
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.branch.model import Branch
    from domain.people.person import Person
    from domain.people.role import Grant
    from domain.stores import Stores

UNDO = timedelta(minutes=10)
A_MOMENT = timedelta(microseconds=1)
MOVED_AT_ONCE = 100_000  # records of one closing: people and groups


class TooLateToReopen(Refusal):
    """The branch was closed too long ago to be reopened by a button."""

    text = "branch.too_late"


@dataclass(frozen=True, slots=True)
class Closing:
    """The effects of closing a branch: people and groups that go to `to`, and roles that end."""

    branch: Branch
    to: Branch | None
    people: Sequence[Person]
    groups: Sequence[Chat]
    roles: Sequence[Grant]

    @property
    def shown(self) -> str:
        """The numbers that were shown. A press agrees to these and no more."""
        return "-".join(str(len(one)) for one in (self.people, self.groups, self.roles))


def propose(stores: Stores, actor: Actor, *, branch: str, people_to: str | None) -> Closing:
    """The effects of closing a branch. Raises UnknownBranch, AmbiguousBranch, BranchNotEmpty."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    to = None if people_to is None else named(stores, people_to)
    return _closing(stores, named(stores, branch), to)


def _closing(stores: Stores, known: Branch, to: Branch | None) -> Closing:
    structure.check_closes(stores, branch=known, people_to=None if to is None else to.id)
    people, groups = stores.people.in_branch(known.id), stores.chats.of_branch(known.id)
    return Closing(known, to, people, groups, stores.grants.of_branch(known.id))


def close(
    stores: Stores, actor: Actor, *, branch: BranchId, people_to: BranchId | None, shown: str
) -> Closed | Closing:
    """Close a branch; its people and groups go to another from today on, and roles over it end.

    If the effects differ from those that were shown, they are shown again. Raises NoMore, BranchClosed, BranchNotEmpty.
    """
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    known = _found(stores, branch)
    found = _closing(stores, known, None if people_to is None else _found(stores, people_to))
    if found.shown != shown:
        return found
    closed = structure.close(stores, branch=known.id, people_to=people_to, at=actor.heard_at, day=actor.today)
    _tell_placed(stores, actor, [person.id for person in found.people])
    stores.hooks.branch_closed(known.id, actor.member.id, actor.heard_at)
    _note(stores, actor, f"branch:{known.id}", None, "closed")
    for person in found.people:
        _note(stores, actor, f"person:{person.id}", f"branch:{known.id}", f"branch:{people_to}")
    for group in found.groups:
        now = stores.chats.get(group.id).branch
        _note(stores, actor, f"chat:{group.id}", f"branch:{known.id}", None if now is None else f"branch:{now}")
    return Closed(closed, len(found.people), found.to)


def _found(stores: Stores, branch: BranchId) -> Branch:
    found = stores.branches.find(branch)
    if found is None:
        raise NoMore
    return found


def reopen(stores: Stores, actor: Actor, *, branch: BranchId) -> Named:
    """Take a closing back. People and groups come back if they have not moved since, and roles are given again.

    Raises NoMore, TooLateToReopen, NameTaken, BranchClosed.
    """
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    known = _found(stores, branch)
    if known.closed_at is None:
        raise NoMore
    if actor.heard_at - known.closed_at > UNDO:
        raise TooLateToReopen(branch=known)
    opened = structure.reopen(stores, branch=known)
    _note(stores, actor, f"branch:{branch}", None, "reopened")
    moved = list(_moved(stores, known))
    people = [PersonId(_number(one)) for one, now in moved if one.startswith("person:") and _is_in(stores, one, now)]
    for person in people:
        _note(stores, actor, f"person:{person}", f"branch:{stores.people.get(person).branch}", f"branch:{branch}")
        stores.people.place(person, branch, actor.today)
    for subject, now in moved:
        if subject.startswith("chat:"):
            _bring_back(stores, actor, ChatId(_number(subject)), now, branch)
    _tell_placed(stores, actor, people)
    stores.hooks.branch_reopened(branch, known.closed_at, actor.member.id, actor.heard_at)
    return Named(opened, path(stores, branch))


def _moved(stores: Stores, known: Branch) -> Iterator[tuple[str, BranchId | None]]:
    """The people and groups that the closing moved, and where to, by the audit log."""
    since = known.closed_at
    if since is None:
        return
    for record in stores.audit.search(Wanted(kind="branch"), (since, since + A_MOMENT), None, MOVED_AT_ONCE):
        if record.old == f"branch:{known.id}":
            yield record.subject, None if record.new is None else BranchId(_number(record.new))


def _is_in(stores: Stores, subject: str, branch: BranchId | None) -> bool:
    person = stores.people.find(PersonId(_number(subject)))
    return person is not None and person.left_on is None and person.branch == branch


def _bring_back(stores: Stores, actor: Actor, group: ChatId, now: BranchId | None, branch: BranchId) -> None:
    chat = stores.chats.get(group)
    if chat.branch == now:
        structure.bind(stores, chat=chat, branch=branch)
        _note(stores, actor, f"chat:{group}", None if now is None else f"branch:{now}", f"branch:{branch}")


def _tell_placed(stores: Stores, actor: Actor, people: Sequence[PersonId]) -> None:
    for person in map(stores.people.get, people):
        if person.member is not None:
            stores.hooks.placed(person, actor.heard_at)


def _number(words: str) -> int:
    return int(words.partition(":")[2])


def _note(stores: Stores, actor: Actor, subject: str, old: str | None, new: str | None) -> None:
    stores.audit.note(actor.member.id, BRANCH_CHANGED, subject, old=old, new=new, at=actor.heard_at)
