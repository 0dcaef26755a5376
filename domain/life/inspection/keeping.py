"""Rubrics are brought in from files: shown first, then kept as a new one or as a new version of the same title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.life import scope
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, DraftId, MemberId
    from domain.life.features import Stores
    from domain.life.inspection.model import Kept
    from domain.life.inspection.rubric import Rubric
    from domain.people.actor import Actor

FORM = "inspection_rubric"  # the form of such a draft: nothing is asked, but whether it is right as shown
BROUGHT = AuditAction("inspection.rubric")
PLAN = Permission.PLAN_WORK


@dataclass(frozen=True, slots=True)
class Change:
    """What bringing a rubric in would do: its next version; the titles of items that are new, gone, or other now.

    `before` is the version that is kept now. Rounds that go on keep the one that they began with: so many `rounds`.
    It is for `branch` (called `scope`) with all below it, or for everybody.
    """

    rubric: Rubric
    before: Kept | None
    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    changed: Sequence[str] = ()
    rounds: int = 0
    branch: BranchId | None = None
    scope: str = ""

    @property
    def version(self) -> int:
        """The number of the version that it would be."""
        return 1 if self.before is None else self.before.version + 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return self.before is not None and self.before.rubric == self.rubric


def plan(stores: Stores, *, rubric: Rubric, branch: BranchId | None = None) -> Change:
    """What bringing a rubric in would do: everybody's for whoever has the machine, else a branch's."""
    own = (one for one in stores.inspections.rubrics() if one.branch == branch)
    before = next((one for one in own if one.rubric.title == rubric.title), None)
    name = scope.name_of(stores, branch)
    if before is None:
        return Change(rubric, None, [one.title for one in rubric.items], branch=branch, scope=name)
    old, new = ({one.title: one for one in each.items} for each in (before.rubric, rubric))
    return Change(
        rubric,
        before,
        [title for title in new if title not in old],
        [title for title in old if title not in new],
        [title for title, one in new.items() if title in old and old[title] != one],
        sum((one.kept.branch, one.kept.rubric.title) == (branch, rubric.title) for one in stores.inspections.running()),
        branch,
        name,
    )


def carry_out(
    stores: Stores, *, rubric: Rubric, by: MemberId | None, at: datetime, branch: BranchId | None = None
) -> Change:
    """Keep it; the same rubric again is not kept twice."""
    found = plan(stores, rubric=rubric, branch=branch)
    if not found.is_empty:
        kept = stores.inspections.bring(rubric, found.version, by, at, branch)
        old = None if found.before is None else f"version:{found.before.version}"
        stores.audit.note(by, BROUGHT, f"rubric:{kept.id}", old=old, new=f"version:{kept.version}", at=at)
    return found


def propose(stores: Stores, actor: Actor, *, rubric: Rubric, file: str, name: str) -> Message:
    """Show what a file would do, with buttons to agree or not. `file` is what the platform calls it.

    Of who plans the work of a part of the enterprise it is the rubric of that part. Raises NotAllowed.
    """
    require(stores, actor, PLAN)
    change = plan(stores, rubric=rubric, branch=scope.of_actor(stores, actor))
    values = {"change": change, "name": name}
    if change.is_empty:
        return Message("inspection.rubric_same", values)
    draft = drafts.begin(stores, actor, FORM, {"file": file, "name": name})
    agree_ = Button("inspection.import_button", Action("inspection.import", draft.id))
    cancel = Button("inspection.cancel_button", Action("inspection.decline", draft.id))
    return Message("inspection.rubric_preview", values, [[agree_, cancel]], draft.subject)


def proposed(stores: Stores, actor: Actor, *, number: DraftId) -> str:
    """What the platform calls the file that a button belongs to. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, PLAN)
    return drafts.own_of(stores, actor, FORM, number).values["file"]


def agree(stores: Stores, actor: Actor, *, number: DraftId, rubric: Rubric) -> None:
    """Keep what was shown. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, PLAN)
    draft = drafts.own_of(stores, actor, FORM, number)
    done = carry_out(stores, rubric=rubric, by=actor.member.id, at=actor.heard_at, branch=scope.of_actor(stores, actor))
    stores.drafts.remove(draft.id)
    begin = [[Button("inspection.new_button", Action("inspection.new"))]]
    message = Message("inspection.rubric_kept", {"change": done}, begin)
    stores.outbox.edit(draft.subject, message, key=f"{draft.subject}:done")


def decline(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """What was shown is not kept. Raises NotAllowed, DraftOver, NotYourDraft."""
    require(stores, actor, PLAN)
    drafts.finish(stores, drafts.own_of(stores, actor, FORM, number))
