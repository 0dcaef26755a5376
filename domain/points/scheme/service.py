"""What administrators do with schemes: check one, see what it would have given, activate it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from domain.admin.agreement import compared
from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission, require_everywhere
from domain.points.scheme import default
from domain.points.scheme.checking import check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.admin.agreement import Unlogged
    from domain.ids import DraftId
    from domain.people.actor import Actor
    from domain.points.features import Stores
    from domain.points.scheme.model import Scheme
    from domain.points.scheme.simulation import Simulated
    from domain.points.scheme.versions import Version

ACTIVATED = AuditAction("points.activated")
FORM = "scheme"  # the form of such a draft: nothing is asked, but whether it is right as shown


def checked(stores: Stores, text: str, *, today: date) -> Scheme:
    """The scheme in a file that may be activated today. Raises WrongScheme with all that is wrong."""
    return check(text, stores.hooks.events(), named=default.names(), today=today)


def look(stores: Stores, actor: Actor, *, text: str) -> Scheme:
    """The scheme in a file, for somebody who may activate it. Raises NotEverywhere, WrongScheme."""
    require_everywhere(stores, actor, Permission.CHANGE_POINTS)
    return checked(stores, text, today=actor.today)


def activate(stores: Stores, actor: Actor, *, text: str) -> Version:
    """Let a scheme hold from its first day on, which is today or later. Raises NotEverywhere, WrongScheme."""
    scheme = look(stores, actor, text=text)
    before = stores.schemes.newest()
    version = stores.schemes.add(scheme.since, text, actor.member.id, actor.now)
    old = None if before is None else logged(before)
    stores.audit.note(
        actor.member.id, ACTIVATED, f"scheme:{version.number}", old=old, new=logged(version), at=actor.now
    )
    return version


def propose(stores: Stores, actor: Actor, *, text: str, simulated: Simulated | None) -> Message:
    """Show what a file's rules would have given, with buttons to activate them or not.

    Without `simulated` the ledger is too long to be played again in chat. Raises NotEverywhere, WrongScheme.
    """
    scheme = look(stores, actor, text=text)
    draft = drafts.begin(stores, actor, FORM, {"text": text})
    activated = Button("scheme.activate_button", Action("scheme.activate", draft.id))
    dropped = Button("scheme.drop_button", Action("scheme.drop", draft.id))
    values = {"scheme": scheme, "simulated": simulated}
    return Message("scheme.preview", values, [[activated, dropped]], subject=draft.subject)


def agree(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """Activate the rules that were shown. Raises NotEverywhere, DraftOver, NotYourDraft, WrongScheme."""
    require_everywhere(stores, actor, Permission.CHANGE_POINTS)
    draft = drafts.own_of(stores, actor, FORM, number)
    version = activate(stores, actor, text=draft.values["text"])
    stores.drafts.remove(draft.id)
    shown = Message("scheme.activated", {"version": version})
    stores.outbox.edit(draft.subject, shown, key=f"{draft.subject}:done")


def decline(stores: Stores, actor: Actor, *, number: DraftId) -> None:
    """The rules that were shown are not to hold. Raises NotEverywhere, DraftOver, NotYourDraft."""
    require_everywhere(stores, actor, Permission.CHANGE_POINTS)
    drafts.finish(stores, drafts.own_of(stores, actor, FORM, number))


def logged(version: Version) -> str:
    """A version as the audit log has it: its first day, and the beginning of its text's digest."""
    return f"{version.since} {hashlib.sha256(version.text.encode()).hexdigest()[:16]}"


def _unlogged(stores: Stores) -> Sequence[Unlogged]:
    """Versions that nobody has activated, and those whose text was changed since."""
    return compared(stores, ACTIVATED, {f"scheme:{one.number}": logged(one) for one in stores.schemes.listed()})


FEATURE = Feature("scheme", audit=(ACTIVATED,), unlogged=_unlogged)
