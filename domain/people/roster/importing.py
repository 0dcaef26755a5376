"""What was agreed to is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin.audit import FILE_IMPORTED
from domain.messaging import administrators
from domain.messaging.message import Message
from domain.people.permission import Permission, require_everywhere
from domain.people.person import Absence, Entry
from domain.people.roster.model import Imported, ManyLeave, PlanChanged
from domain.people.roster.planning import known, plan
from domain.people.roster.tree import Tree
from domain.progress import nothing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from domain.ids import BranchId, MemberId
    from domain.people.actor import Actor
    from domain.people.branch import BranchKind
    from domain.people.roster.model import Path, Plan, Roster
    from domain.progress import Progress
    from domain.stores import Stores

AT_ONCE = 1000  # people written between two words about the progress


def bring_in(stores: Stores, actor: Actor, *, roster: Roster, agreed: str, sure: bool = False) -> Imported:
    """Do what the plan with the fingerprint `agreed` says; moves and departures hold from today on.

    Raises NotEverywhere, PlanChanged where the store has changed since, so that the file would do something else, and
    ManyLeave where many would leave and it was not said that this is right (`sure`).
    """
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    by, day, at = actor.member.id, actor.today, actor.heard_at
    return carry_out(stores, roster=roster, agreed=agreed, by=by, day=day, at=at, sure=sure)


def carry_out(
    stores: Stores,
    *,
    roster: Roster,
    agreed: str,
    by: MemberId | None,
    day: date,
    at: datetime,
    sure: bool = False,
    progress: Progress = nothing,
) -> Imported:
    """Do what was agreed to, as whoever has the machine may without being asked; `day` is when moves begin to hold.

    Raises PlanChanged, ManyLeave.
    """
    found = plan(known(stores), roster)
    if found.fingerprint != agreed:
        raise PlanChanged(found)
    if found.worrying and not sure:
        raise ManyLeave(found)
    ids = _add_branches(stores, found, roster.kinds)
    _add_people(stores, found, ids, progress)
    stores.people.save([change.after for change in found.changed])
    for move in found.moved:
        stores.people.place(move.person.id, ids[move.to], day)
    for person in found.left:
        stores.people.leave(person.id, day)
    _add_leave(stores, found)
    _tell(stores, found, by, at)
    stores.audit.note(by, FILE_IMPORTED, "roster", old=None, new=_told(found), at=at)
    _announce(stores, found, by)
    return Imported(found)


def _announce(stores: Stores, found: Plan, by: MemberId | None) -> None:
    """Tell each other administrator once, in private and without a sound: there is nothing to do now."""
    number = stores.audit.tip().number
    values = {"plan": found, "by": None if by is None else stores.members.get(by)}
    for member, chat in administrators.private_chats(stores):
        if member != by:
            message = Message("roster.announced", values, silent=True)
            stores.outbox.send(chat, message, key=f"roster.announced:{number}:{chat}")


def _tell(stores: Stores, found: Plan, by: MemberId | None, at: datetime) -> None:
    """What depends on where people whose account is known are, such as their roles, is brought up to date."""
    standing = stores.people.awaited([person.id for person in found.left])
    for person in found.left:
        member = person.member or standing.get(person.id)
        if member is not None:
            stores.hooks.left(member, by, at)
    touched = {change.after.id for change in found.changed} | {move.person.id for move in found.moved}
    for person in map(stores.people.get, sorted(touched)):
        if person.member is not None:
            stores.hooks.placed(person, at)


def _add_branches(stores: Stores, found: Plan, kinds: Mapping[str, BranchKind]) -> dict[Path, BranchId]:
    """All branches by their paths, the new ones too."""
    ids = dict(Tree(stores.branches.all()).ids)
    for path in found.branches:
        above = ids[path[:-1]] if len(path) > 1 else None
        ids[path] = stores.branches.add(above, kinds[path[-1]], path[-1]).id
    return ids


def _add_people(stores: Stores, found: Plan, ids: Mapping[Path, BranchId], progress: Progress) -> None:
    entries = [Entry(row.number, row.name, ids[row.branch], row.role, row.phone, row.joined_on) for row in found.new]
    for start in range(0, len(entries), AT_ONCE):
        progress(start, len(entries))
        stores.people.add(entries[start : start + AT_ONCE])
    progress(len(entries), len(entries))


def _add_leave(stores: Stores, found: Plan) -> None:
    for leave in found.leave:
        person = stores.people.numbered(leave.number)
        if person is not None:
            stores.people.absent([Absence(person.id, leave.since, leave.until)])


def _told(found: Plan) -> str:
    """How many are new, changed, moved and gone, as the audit log has it."""
    counts = (("new", found.new), ("changed", found.changed), ("moved", found.moved), ("left", found.left))
    return " ".join(f"{name}:{len(people)}" for name, people in counts if people)
