"""What administrators do with schemes: check one, see what it would have given, activate it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from domain.admin.agreement import compared
from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.people.permission import Permission, require_everywhere
from domain.points.scheme import default
from domain.points.scheme.checking import check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.admin.agreement import Unlogged
    from domain.people.actor import Actor
    from domain.points.features import Stores
    from domain.points.scheme.model import Scheme
    from domain.points.scheme.versions import Version

ACTIVATED = AuditAction("points.activated")


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


def logged(version: Version) -> str:
    """A version as the audit log has it: its first day, and the beginning of its text's digest."""
    return f"{version.since} {hashlib.sha256(version.text.encode()).hexdigest()[:16]}"


def _unlogged(stores: Stores) -> Sequence[Unlogged]:
    """Versions that nobody has activated, and those whose text was changed since."""
    return compared(stores, ACTIVATED, {f"scheme:{one.number}": logged(one) for one in stores.schemes.listed()})


FEATURE = Feature("scheme", audit=(ACTIVATED,), unlogged=_unlogged)
