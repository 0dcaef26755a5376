"""Procedures are kept, brought in from files and samples, changed to a new version, and removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.people.permission import Permission, require, require_everywhere
from domain.work.procedure.looking_back import PROCEDURE_CHANGED, proposals
from domain.work.procedure.model import MAX_KEPT, ProcedureNotFound, TooManyKept
from domain.work.procedure.template import check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId, ProcedureId
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.procedure.lesson import Lesson
    from domain.work.procedure.model import Kept, Run
    from domain.work.procedure.template import Procedure

KEPT = AuditAction("procedure.kept")
REMOVED = AuditAction("procedure.removed")


@dataclass(frozen=True, slots=True)
class Overview:
    """A group's procedures, its runs that go on, and the samples (by their place) that it has not taken over."""

    group: ChatId
    kept: Sequence[Kept]
    runs: Sequence[Run]
    samples: Sequence[tuple[int, Procedure]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A procedure as its page shows it, with the proposals to change it that wait for whoever looks."""

    kept: Kept
    proposals: Sequence[Lesson] = ()
    may_remove: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """A procedure that was brought in; `before` is the version that it replaces, `None` for a new one."""

    kept: Kept
    before: Kept | None

    @property
    def same(self) -> bool:
        """Whether nothing has changed."""
        return self.before is not None and self.before.version == self.kept.version


def overview(stores: Stores, actor: Actor, *, samples: Sequence[tuple[str, Procedure]]) -> Overview:
    """What a group has. `samples` are all there are, by name. Raises NotAllowed."""
    require(stores, actor, Permission.PLAN_WORK)
    group = actor.group.id
    kept = stores.procedures.of(group)
    taken = {one.sample for one in kept}
    left = [(place, one) for place, (name, one) in enumerate(samples) if name not in taken]
    return Overview(group, kept, stores.procedures.going(group), left)


def find(stores: Stores, actor: Actor, *, number: ProcedureId) -> Kept:
    """A procedure that the group may use. Raises NotAllowed, ProcedureNotFound."""
    require(stores, actor, Permission.PLAN_WORK)
    kept = next((one for one in stores.procedures.of(actor.group.id) if one.id == number), None)
    if kept is None:
        raise ProcedureNotFound
    return kept


def show(stores: Stores, actor: Actor, *, number: ProcedureId) -> Shown:
    """A procedure with what waits to be decided about it. Raises NotAllowed, ProcedureNotFound."""
    kept = find(stores, actor, number=number)
    return Shown(kept, proposals(stores, actor, kept), may_remove=kept.group == actor.group.id)


def take(stores: Stores, actor: Actor, *, sample: str, procedure: Procedure) -> Kept:
    """Take a sample over into the group; one that it has already stays as it is. Raises NotAllowed, TooManyKept."""
    require(stores, actor, Permission.PLAN_WORK)
    group = actor.group.id
    earlier = next((one for one in stores.procedures.of(group) if one.sample == sample), None)
    return earlier or _add(stores, procedure, By(group, actor.member.id, actor.heard_at), sample)


@dataclass(frozen=True, slots=True)
class By:
    """For which group (`None`: for everybody) a procedure is kept, by whom (`None`: the command line), and when."""

    group: ChatId | None
    member: MemberId | None
    at: datetime


def _add(stores: Stores, procedure: Procedure, by: By, sample: str = "") -> Kept:
    if sum(one.group == by.group for one in stores.procedures.of(by.group)) >= MAX_KEPT:
        raise TooManyKept(most=MAX_KEPT)
    kept = stores.procedures.add(check(procedure), by.group, sample, by.member, by.at)
    stores.audit.note(by.member, KEPT, str(kept.subject), old=None, new=None, at=by.at)
    return kept


def bring_in(stores: Stores, actor: Actor, *, procedure: Procedure) -> Brought:
    """Keep a procedure for the actor's group; of the same title as one of its own it is a new version of that.

    Raises NotAllowed, TooManyKept, WrongProcedure.
    """
    require(stores, actor, Permission.PLAN_WORK)
    return bring(stores, procedure=procedure, by=By(actor.group.id, actor.member.id, actor.heard_at))


def bring_in_for_all(stores: Stores, actor: Actor, *, procedure: Procedure) -> Brought:
    """The same for everybody. Raises NotEverywhere, TooManyKept, WrongProcedure."""
    require_everywhere(stores, actor, Permission.PLAN_WORK)
    return bring(stores, procedure=procedure, by=By(None, actor.member.id, actor.heard_at))


def same_titled(stores: Stores, procedure: Procedure, group: ChatId | None) -> Kept | None:
    """The kept one that a procedure would be a new version of."""
    own = (one for one in stores.procedures.of(group) if one.group == group)
    return next((one for one in own if one.procedure.title == procedure.title), None)


def bring(stores: Stores, *, procedure: Procedure, by: By) -> Brought:
    """Keep a procedure: a new one, or a new version of the one of the same title. Runs keep theirs.

    Chat asks for permission before; the command line needs none. Raises TooManyKept, WrongProcedure.
    """
    before = same_titled(stores, check(procedure), by.group)
    if before is None:
        return Brought(_add(stores, procedure, by), None)
    if before.procedure == procedure:
        return Brought(before, before)
    new = replace(before, version=before.version + 1, procedure=procedure)
    stores.procedures.change(new, by.member, "", by.at)
    old, now = f"version:{before.version}", f"version:{new.version}"
    stores.audit.note(by.member, PROCEDURE_CHANGED, str(new.subject), old=old, new=now, at=by.at)
    return Brought(new, before)


def remove(stores: Stores, actor: Actor, *, number: ProcedureId) -> Kept:
    """Keep a procedure of the group no longer; its runs go on. Raises NotAllowed, ProcedureNotFound."""
    kept = find(stores, actor, number=number)
    if kept.group != actor.group.id:
        raise ProcedureNotFound
    stores.procedures.remove(number, actor.heard_at)
    stores.audit.note(actor.member.id, REMOVED, str(kept.subject), old=None, new=None, at=actor.heard_at)
    return kept
