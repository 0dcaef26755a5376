"""Schemes that were imported: looked at, kept as a new version, and read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.life import scope
from domain.life.evaluation.indicator import INDICATORS
from domain.life.evaluation.model import Version
from domain.life.evaluation.reading import Known, read
from domain.life.evaluation.refusing import SchemeGone
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.life.evaluation.scheme import Scheme
    from domain.life.features import Stores
    from domain.people.actor import Actor

IMPORTED = AuditAction("evaluation.scheme")


@dataclass(frozen=True, slots=True)
class Looked:
    """The scheme in a file, and whether the store has another version of it, or this very one.

    It is for `branch` (called `scope`) with all below it, or for everybody.
    """

    scheme: Scheme
    text: str
    before: Version | None
    branch: BranchId | None = None
    scope: str = ""

    @property
    def is_same(self) -> bool:
        """Whether nothing would change."""
        return self.before is not None and self.before.text == self.text


def known() -> Known:
    """The words of the indicators that a scheme may weigh."""
    return Known(
        tuple(str(one.word) for one in INDICATORS),
        tuple(str(one.word) for one in INDICATORS if one.people is not None),
        tuple(str(one.word) for one in INDICATORS if one.named),
    )


def look(stores: Stores, *, text: str, branch: BranchId | None = None) -> Looked:
    """What a file would bring. Raises WrongScheme with all that is wrong."""
    scheme = read(text, known())
    named = (one for one in stores.evaluations.schemes() if (one.branch, one.title) == (branch, scheme.title))
    return Looked(scheme, text, next(named, None), branch, scope.name_of(stores, branch))


def usable(stores: Stores, actor: Actor) -> list[Version]:
    """Everybody's schemes, and those of somebody's own branch and of those above. Raises NotAllowed."""
    require(stores, actor, Permission.PLAN_WORK)
    return scope.usable(stores, actor, stores.evaluations.schemes(), lambda one: one.title)


def look_as(stores: Stores, actor: Actor, *, text: str) -> Looked:
    """The same, for somebody who may bring it in, as that of their part of the enterprise. Raises WrongScheme."""
    require(stores, actor, Permission.PLAN_WORK)
    return look(stores, text=text, branch=scope.of_actor(stores, actor))


def bring_in(
    stores: Stores, *, text: str, by: MemberId | None, at: datetime, branch: BranchId | None = None
) -> Version:
    """Keep a file as the newest version of its scheme; running evaluations keep theirs. Raises WrongScheme."""
    looked = look(stores, text=text, branch=branch)
    if looked.before is not None and looked.is_same:
        return looked.before
    new = Version(0, looked.scheme.title, looked.scheme.kind, text, by, at, branch)
    made = stores.evaluations.add_scheme(new)
    old = None if looked.before is None else f"evaluation_scheme:{looked.before.id}"
    stores.audit.note(by, IMPORTED, f"evaluation_scheme:{made.id}", old=old, new=f"evaluation_scheme:{made.id}", at=at)
    return made


def bring_in_as(stores: Stores, actor: Actor, *, text: str) -> Version:
    """The same, in chat. Raises WrongScheme."""
    require(stores, actor, Permission.PLAN_WORK)
    branch = scope.of_actor(stores, actor)
    return bring_in(stores, text=text, by=actor.member.id, at=actor.heard_at, branch=branch)


def scheme_of(stores: Stores, version: int) -> Scheme:
    """The scheme of a version. Raises SchemeGone where there is no such version."""
    found = stores.evaluations.scheme(version)
    if found is None:
        raise SchemeGone
    return read(found.text)
