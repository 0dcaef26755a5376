"""Goals come in from a table: shown first, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import FILE_EXPORTED, FILE_IMPORTED
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require
from domain.work.goal.lines import MAX_FAULTS, Goals, WrongGoals
from domain.work.goal.model import WHOLE, Goal, GoalState, Happened
from domain.work.goal.reading import forest
from domain.work.goal.resolving import Resolver
from domain.work.goal.service import Wish, change, put
from domain.work.goal.sight import require_planning, sight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import DraftId, GoalId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.permission import Area
    from domain.work.features import Stores
    from domain.work.goal.resolving import Target
    from domain.work.goal.tree import Node

FORM = "goal_file"  # the form of such a draft: nothing is asked, but whether it is right as shown
PLAN = Permission.PLAN_WORK


@dataclass(frozen=True, slots=True)
class Off:
    """A goal whose weights below it do not add up to 100, with their sum."""

    title: str
    weights: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import would do, or has done: titles of what is new and of what changes, and how many stay.

    `off` are goals of the file whose weights below do not add up; `lost` are columns that are not carried over.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0
    off: tuple[Off, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed)


def plan(stores: Stores, *, goals: Goals, home: Area | None) -> Changes:
    """What an import would do, for whoever has the machine. `home` is meant where a row says none.

    Raises WrongGoals.
    """
    return _told(stores, _resolved(stores, goals, home))


def carry_out(stores: Stores, *, goals: Goals, home: Area | None, by: Member | None, at: datetime) -> Changes:
    """Put goals into the store, as whoever has the machine may. Raises WrongGoals."""
    targets = _resolved(stores, goals, home)
    told = _told(stores, targets)
    known: dict[int, GoalId] = {}
    for one in targets:
        known[one.line.row] = _put(stores, one, known, by=by, at=at)
    if not told.is_empty:
        count = f"goals_added:{len(told.added)} goals_changed:{len(told.changed)}"
        stores.audit.note(None if by is None else by.id, FILE_IMPORTED, "goals", old=None, new=count, at=at)
    return told


def _resolved(stores: Stores, goals: Goals, home: Area | None) -> Sequence[Target]:
    resolver = Resolver(stores, goals.lines, home)
    targets = resolver.targets()
    if resolver.faults:
        raise WrongGoals(resolver.faults[:MAX_FAULTS])
    return targets


def _put(stores: Stores, one: Target, known: dict[int, GoalId], *, by: Member | None, at: datetime) -> GoalId:
    parent = known[one.above] if one.above is not None else one.parent
    owner = one.person.member(stores, at) if one.person is not None else None
    line = one.line
    if one.existing is None:
        values = (line.title, line.measure, line.weight, one.since, line.due, owner, line.code)
        return put(stores, Wish(one.home, parent, one.level, *values), by=by, at=at).id
    wanted = replace(one.wanted, parent=parent, owner=owner or one.wanted.owner)
    if one.is_changed:
        change(stores, one.existing, wanted, reason=line.reason, what=Happened.CHANGED, by=by, at=at)
    return one.existing.id


def _told(stores: Stores, targets: Sequence[Target]) -> Changes:
    return Changes(
        tuple(one.line.title for one in targets if one.existing is None),
        tuple(one.line.title for one in targets if one.existing is not None and one.is_changed),
        sum(one.existing is not None and not one.is_changed for one in targets),
        tuple(_off(stores, targets)),
    )


def _off(stores: Stores, targets: Sequence[Target]) -> list[Off]:
    """The goals above those of the file whose weights do not add up then."""
    sums: dict[str, int] = {}
    titles: dict[str, str] = {one.key: one.line.title for one in targets}
    mine = {one.existing.id for one in targets if one.existing is not None}
    for one in targets:
        above = one.above_key
        if above is None:
            continue
        if above not in sums:
            sums[above] = 0
            if one.parent is not None:
                others = [each for each in stores.goals.below(one.parent) if each.parent == one.parent and each.is_open]
                sums[above] = sum(each.weight for each in others if each.id not in mine)
                titles.setdefault(above, stores.goals.title(one.parent) or "")
        sums[above] += one.line.weight
    return [Off(titles[key], weights) for key, weights in sums.items() if weights not in (0, WHOLE)]


def check(stores: Stores, actor: Actor, *, goals: Goals, home: Area | None) -> Changes:
    """What an import would do. Raises NotAllowed where one may not plan the work of a branch in it, WrongGoals."""
    require(stores, actor, PLAN)
    targets = _resolved(stores, goals, home)
    homes = {one.home for one in targets} | {one.existing.home for one in targets if one.existing is not None}
    for one in homes:
        require_planning(stores, actor, one)
    return _told(stores, targets)


def propose(
    stores: Stores, actor: Actor, *, goals: Goals, home: Area | None, chat: Actor, file: str, name: str
) -> Message:
    """Show what a file would do, with buttons to agree or not. `file` is what the platform calls it.

    `actor` is as whom they plan, `chat` the sender in the chat where they are asked. Raises what `check` does.
    """
    found = replace(check(stores, actor, goals=goals, home=home), lost=tuple(goals.lost))
    values = {"changes": found, "name": name}
    if found.is_empty:
        return Message("goal.no_changes", values)
    draft = drafts.begin(stores, chat, FORM, {"file": file, "name": name})
    agree_ = Button("goal.import_button", Action("goal.import", draft.id))
    cancel = Button("goal.cancel_button", Action("goal.cancel", draft.id))
    return Message("goal.import_preview", values, [[agree_, cancel]], draft.subject)


def proposed(stores: Stores, actor: Actor, *, number: DraftId) -> str:
    """What the platform calls the file that a button belongs to. Raises DraftOver, NotYourDraft."""
    require(stores, actor, Permission.TAKE_PART)
    return drafts.own_of(stores, actor, FORM, number).values["file"]


def agree(stores: Stores, actor: Actor, *, goals: Goals, home: Area | None, chat: Actor, number: DraftId) -> None:
    """Do what was shown. Raises DraftOver, NotYourDraft, and what `check` does."""
    draft = drafts.own_of(stores, chat, FORM, number)
    check(stores, actor, goals=goals, home=home)
    done = carry_out(stores, goals=goals, home=home, by=actor.member, at=actor.now)
    stores.drafts.remove(draft.id)
    values = {"changes": replace(done, lost=tuple(goals.lost)), "name": draft.values["name"]}
    stores.outbox.edit(draft.subject, Message("goal.imported", values), key=f"{draft.subject}:done")


def decline(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """What was shown is not to be done. Raises DraftOver, NotYourDraft."""
    require(stores, actor, Permission.TAKE_PART)
    drafts.finish(stores, drafts.own_of(stores, actor, FORM, number))


@dataclass(frozen=True, slots=True)
class Written:
    """A goal as a file has it: the name of its branch with those above, and whom its owner is called."""

    node: Node
    parent: str
    where: Sequence[str]
    owner: str


def export(stores: Stores, actor: Actor) -> list[Written]:
    """The goals that somebody sees, for a file, each behind the one above it. Raises NotAllowed."""
    require(stores, actor, PLAN)
    eyes = sight(stores, actor)
    return _written(stores, [one for one in stores.goals.all() if eyes.shows(one.home)], actor.now)


def note_export(stores: Stores, actor: Actor, *, count: int) -> None:
    """Note that goals were written into a file. Raises NotAllowed."""
    require(stores, actor, PLAN)
    stores.audit.note(actor.member.id, FILE_EXPORTED, "goals", old=None, new=str(count), at=actor.now)


def whole(stores: Stores, *, at: datetime) -> list[Written]:
    """All goals, for whoever has the machine."""
    return _written(stores, stores.goals.all(), at)


def _written(stores: Stores, goals: Sequence[Goal], at: datetime) -> list[Written]:
    kept = [one for one in goals if one.state is GoalState.OPEN]
    codes = {one.id: code_of(one) for one in kept}
    nodes = [node for tree in forest(stores, kept, at) for _, node in tree.walk()]
    people = {
        one.member: one.number for one in stores.people.of_members({n.goal.owner.id for n in nodes if n.goal.owner})
    }
    return [
        Written(
            one,
            codes.get(one.goal.parent, "") if one.goal.parent is not None else "",
            _where(stores, one.goal.home),
            "" if one.goal.owner is None else people.get(one.goal.owner.id, one.goal.owner.name),
        )
        for one in nodes
    ]


def code_of(goal: Goal) -> str:
    """What a file calls a goal: its code, else its number, which is read back as the same goal."""
    return goal.code or f"#{goal.id}"


def _where(stores: Stores, home: Area) -> Sequence[str]:
    if home.branch is None:
        return ()
    return [one.name for one in reversed(stores.branches.ancestors(home.branch))]
