"""Lists of responsibilities (责任清单): what a role has to do in which rhythm, in a branch.

An entry of a list is a recurring task that is a role's, not a named person's: whoever has the role when a turn comes
is given it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.ids import RecurringId
from domain.people.permission import Permission, allows, require
from domain.refusal import NoMore, Refusal
from domain.work import recurring
from domain.work.recurring import Holder, Recurring, State
from domain.work.recurring.giving import place_of
from domain.work.recurring.holding import holders, key
from domain.work.rhythm import Turn
from domain.work.task import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from domain.ids import BranchId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.rhythm import Rhythm

ADOPTED = AuditAction("responsibility.adopted")
MAX_ENTRIES = 200  # of a branch
MAX_ROLE_CHARS, MAX_WHAT_CHARS, MAX_PART_CHARS = 30, 200, 500
NAMED = 6  # holders of a role that are shown


class NoBranch(Refusal):
    """The group is no branch's, so that nobody knows whose the roles are."""

    text = "responsibility.no_branch"


class TooManyEntries(Refusal):
    """A branch would have more entries than it may."""

    text = "responsibility.too_many"


class NothingInIt(Refusal):
    """A list without entries."""

    text = "responsibility.nothing"


class Way(StrEnum):
    """What a list does to what a branch has already."""

    ADD = "add"  # nothing: it only adds entries
    REPLACE = "replace"  # of the roles in it, exactly its entries stand


@dataclass(frozen=True, slots=True)
class Entry:
    """What a role has to do, in which rhythm, and where that comes from."""

    role: str
    plan: Plan
    rhythm: Rhythm
    basis: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what an entry is known in a branch's lists."""
        return key(self.role), plain.line(self.plan.title)


@dataclass(frozen=True, slots=True)
class RoleShown:
    """A role's list: its entries, who has the role, and the entry by whose number it is found again."""

    role: str
    holders: Sequence[str]
    entries: Sequence[Recurring]

    @property
    def handle(self) -> RecurringId:
        """The number of its first entry."""
        return self.entries[0].id

    @property
    def paused(self) -> int:
        """How many of them are paused."""
        return sum(one.state is State.PAUSED for one in self.entries)


@dataclass(frozen=True, slots=True)
class Overview:
    """A branch's lists, and the recurring tasks of its group that are named people's. `may_plan`: change them."""

    group: Chat
    branch: str
    roles: Sequence[RoleShown]
    others: Sequence[Recurring]
    may_plan: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """An entry of a role that somebody has, and when it is next due."""

    entry: Recurring
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What adopting a list changes in a branch. Of roles that the list does not have nothing is changed."""

    new: Sequence[Entry]
    changed: Sequence[tuple[Recurring, Entry]]
    gone: Sequence[Recurring]
    same: int

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return not (self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was adopted, with the roles that nobody has."""

    difference: Difference
    vacant: Sequence[str]
    overview: Overview


def _branch(actor: Actor) -> BranchId:
    """The branch of the actor's group. Raises NoBranch."""
    branch = actor.group.branch
    if branch is None:
        raise NoBranch
    return branch


def overview(stores: Stores, actor: Actor) -> Overview:
    """The lists of the group's branch, role by role. Raises WrongPlace."""
    require(stores, actor, Permission.TAKE_PART)
    group, branch = actor.group, actor.group.branch
    held = [] if branch is None else stores.recurring.held_in(branch, group.id)
    others = stores.recurring.named_in(group.id, limit=40)
    name = "" if branch is None else stores.branches.get(branch).name
    return Overview(group, name, _by_role(stores, held), others, allows(stores, actor, Permission.PLAN_WORK))


def _by_role(stores: Stores, held: Iterable[Recurring]) -> list[RoleShown]:
    found: dict[str, list[Recurring]] = {}
    for one in held:
        if one.holder is not None:
            found.setdefault(key(one.holder.role), []).append(one)
    return [RoleShown(role, _names(stores, entries[0].holder), entries) for role, entries in found.items()]


def _names(stores: Stores, holder: Holder | None) -> list[str]:
    return [] if holder is None else [one.name for one in holders(stores, holder)][:NAMED]


def role_list(stores: Stores, actor: Actor, *, number: RecurringId) -> RoleShown:
    """The list of the role that an entry belongs to. Raises NoMore for an entry of others."""
    require(stores, actor, Permission.TAKE_PART)
    one = stores.recurring.get(number)
    if one is None or one.holder is None or one.group != actor.group.id:
        raise NoMore
    wanted = key(one.holder.role)
    held = stores.recurring.held_in(one.holder.branch, one.group)
    entries = [each for each in held if each.holder is not None and key(each.holder.role) == wanted]
    if not entries:
        raise NoMore
    return RoleShown(wanted, _names(stores, one.holder), entries)


def mine(stores: Stores, actor: Actor) -> list[Duty]:
    """What the asker's own roles have to do, in their branch and in those above it, the next due first."""
    require(stores, actor, Permission.TAKE_PART)
    held = _held_by(stores, actor)
    found = [Duty(one, recurring.coming(one, place_of(stores, stores.chats.get(one.group)))[0]) for one in held]
    return sorted(found, key=lambda duty: (duty.due_at is None, duty.due_at or actor.now, duty.entry.id))


def _held_by(stores: Stores, actor: Actor) -> list[Recurring]:
    person = stores.people.of_member(actor.member.id)
    granted = {grant.area.branch for grant in stores.grants.of(actor.member.id) if grant.area.branch is not None}
    own = set() if person is None else {above.id for above in stores.branches.ancestors(person.branch)}
    found = stores.recurring.held_in_branches(sorted(granted | own))
    asked: dict[Holder, bool] = {}
    for one in found:
        if one.holder is not None and one.holder not in asked:
            asked[one.holder] = _has(stores, actor, one.holder)
    return [one for one in found if one.holder is not None and asked[one.holder]]


def _has(stores: Stores, actor: Actor, holder: Holder) -> bool:
    return any(who.member is not None and who.member.id == actor.member.id for who in holders(stores, holder))


def compare(stores: Stores, actor: Actor, *, entries: Sequence[Entry], way: Way) -> Difference:
    """What adopting a list would change. Raises NoBranch, NothingInIt, TooManyEntries."""
    require(stores, actor, Permission.PLAN_WORK)
    return _difference(stores, actor, entries, way)


def _difference(stores: Stores, actor: Actor, entries: Sequence[Entry], way: Way) -> Difference:
    return difference(stores.recurring.held_in(_branch(actor), actor.group.id), entries, way)


def difference(held: Sequence[Recurring], entries: Sequence[Entry], way: Way) -> Difference:
    """What a list would change in what a branch has. Raises NothingInIt, TooManyEntries."""
    wanted = {entry.key: entry for entry in entries}
    if not wanted:
        raise NothingInIt
    known = {_key(one): one for one in held}
    roles = {role for role, _ in wanted}
    gone = [one for known_key, one in known.items() if known_key[0] in roles and known_key not in wanted]
    new = [entry for entry_key, entry in wanted.items() if entry_key not in known]
    pairs = [(known[entry_key], entry) for entry_key, entry in wanted.items() if entry_key in known]
    changed = [(one, entry) for one, entry in pairs if not _is_same(one, entry)]
    if len(held) + len(new) > MAX_ENTRIES:
        raise TooManyEntries(most=MAX_ENTRIES)
    if way is Way.ADD:
        return Difference(new, (), (), len(pairs))
    return Difference(new, changed, gone, len(pairs) - len(changed))


def _key(one: Recurring) -> tuple[str, str]:
    return key(one.holder.role) if one.holder else "", plain.line(one.plan.title)


def _is_same(one: Recurring, entry: Entry) -> bool:
    same_rhythm = replace(one.rhythm, phase=0) == replace(entry.rhythm, phase=0)
    return same_rhythm and one.plan == entry.plan and one.basis == entry.basis


def adopt(stores: Stores, actor: Actor, *, entries: Sequence[Entry], way: Way, source: str) -> Adopted:
    """Let the group's branch have a list: new entries begin, changed ones change, those that are gone stop.

    `source` names the cause (a press, a form). Raises NoBranch, NothingInIt, TooManyEntries, NeverComes.
    """
    require(stores, actor, Permission.PLAN_WORK)
    found = _difference(stores, actor, entries, way)
    for one in found.gone:
        stores.recurring.save(replace(one, state=State.STOPPED, next_at=None))
    for one, entry in found.changed:
        _change(stores, actor, one, entry)
    for number, entry in enumerate(found.new):
        _begin(stores, actor, entry, f"{source}/{number}")
    told = f"{len(found.new)}/{len(found.changed)}/{len(found.gone)}"
    about = f"branch:{_branch(actor)}"
    stores.audit.note(actor.member.id, ADOPTED, about, old=None, new=told, at=actor.heard_at)
    seen = overview(stores, actor)
    return Adopted(found, [one.role for one in seen.roles if not one.holders], seen)


def _begin(stores: Stores, actor: Actor, entry: Entry, source: str) -> None:
    holder = Holder(_branch(actor), plain.tidy(entry.role))
    one = Recurring(
        RecurringId(0),
        actor.group.id,
        actor.member,
        entry.plan,
        entry.rhythm,
        Turn(actor.today, -1),
        actor.heard_at,
        holder=holder,
        basis=entry.basis,
    )
    stores.recurring.add(recurring.start_ahead(stores, one, actor.heard_at), source)


def _change(stores: Stores, actor: Actor, one: Recurring, entry: Entry) -> None:
    changed = replace(one, plan=entry.plan, basis=entry.basis, rhythm=entry.rhythm)
    started = recurring.start_ahead(stores, changed, actor.heard_at)
    kept = started if one.state is State.RUNNING else replace(started, state=one.state, next_at=None)
    stores.recurring.save(kept)


def lists(stores: Stores, actor: Actor) -> list[Entry]:
    """The lists of the group's branch, to be written into a file. Raises NoBranch."""
    require(stores, actor, Permission.TAKE_PART)
    held = stores.recurring.held_in(_branch(actor), actor.group.id)
    return [Entry(one.holder.role, one.plan, one.rhythm, one.basis) for one in held if one.holder is not None]


FEATURE = Feature("responsibility", audit=(ADOPTED,))
