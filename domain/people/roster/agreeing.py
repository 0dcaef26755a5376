"""What a file would change is shown; it is done once somebody has agreed to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require_everywhere
from domain.people.roster.importing import bring_in
from domain.people.roster.model import ManyLeave, PlanChanged

if TYPE_CHECKING:
    from domain.ids import DraftId
    from domain.messaging.draft import Draft
    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.people.roster.model import Plan, Roster
    from domain.stores import Stores

FORM = "roster"  # the form of such a draft: nothing is asked, but whether it is right as shown
LEAVERS_SHOWN = "leavers"  # in such a draft: the plan whose leavers were shown by name


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do, for the text that shows it; `again`: that is something else than it was before."""

    file: str
    plan: Plan
    again: bool = False


def propose(stores: Stores, actor: Actor, *, plan: Plan, file: str, name: str) -> Message:
    """Show what a file would do, with buttons to agree or not. `file` is what the platform calls it."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    preview = Preview(name, plan)
    if plan.empty:
        return Message("roster.no_changes", {"preview": preview})
    values = {"file": file, "name": name, "agreed": plan.fingerprint}
    draft = drafts.begin(stores, actor, FORM, values)
    return replace(_asking(draft, preview), subject=draft.subject)


def proposed(stores: Stores, actor: Actor, *, number: DraftId) -> str:
    """What the platform calls the file that a button belongs to. Raises DraftOver, NotYourDraft."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    return drafts.own_of(stores, actor, FORM, number).values["file"]


def agree(
    stores: Stores, actor: Actor, *, number: DraftId, roster: Roster, key: str, leavers_named: bool = False
) -> None:
    """Do what was shown, or show what would be done by now, where that is something else.

    If many would leave, their names are shown first. `leavers_named`: the press is below these names.
    Raises DraftOver, NotYourDraft.
    """
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    draft = drafts.own_of(stores, actor, FORM, number)
    name, agreed = draft.values["name"], draft.values["agreed"]
    sure = leavers_named and draft.values.get(LEAVERS_SHOWN) == agreed
    try:
        done = bring_in(stores, actor, roster=roster, agreed=agreed, sure=sure)
    except PlanChanged as changed:
        _show_again(stores, draft, Preview(name, changed.plan, again=True), key)
        return
    except ManyLeave as many:
        _show_leavers(stores, draft, Preview(name, many.plan), key)
        return
    _end(stores, draft, Message("roster.imported", {"preview": Preview(name, done.plan)}))


def decline(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """What was shown is not to be done. Raises DraftOver, NotYourDraft."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    drafts.finish(stores, drafts.own_of(stores, actor, FORM, number))


def _show_again(stores: Stores, draft: Draft, preview: Preview, key: str) -> None:
    if preview.plan.empty:
        _end(stores, draft, Message("roster.no_changes", {"preview": preview}))
        return
    asked = draft.filled(agreed=preview.plan.fingerprint)
    stores.drafts.save(asked)
    stores.outbox.edit(asked.subject, _asking(asked, preview), key=f"{asked.subject}:{key}")


def _show_leavers(stores: Stores, draft: Draft, preview: Preview, key: str) -> None:
    asked = draft.filled(**{LEAVERS_SHOWN: preview.plan.fingerprint})
    stores.drafts.save(asked)
    sure = Button("roster.leavers_button", Action("roster.leavers", draft.id), {"count": len(preview.plan.left)})
    message = Message("roster.many_leave", {"preview": preview}, [[sure], [_cancel(draft)]])
    stores.outbox.edit(asked.subject, message, key=f"{asked.subject}:{key}")


def _end(stores: Stores, draft: Draft, message: Message) -> None:
    stores.drafts.remove(draft.id)
    stores.outbox.edit(draft.subject, message, key=f"{draft.subject}:done")


def _asking(draft: Draft, preview: Preview) -> Message:
    return Message("roster.preview", {"preview": preview}, _choice(draft))


def _choice(draft: Draft) -> Buttons:
    agreed = Button("roster.import_button", Action("roster.import", draft.id))
    return [[agreed, _cancel(draft)]]


def _cancel(draft: Draft) -> Button:
    return Button("roster.cancel_button", Action("roster.cancel", draft.id))
