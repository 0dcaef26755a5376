"""The first administrator: whoever opens a link that is given to the machine's operator alone, once, within a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.ids import GrantId
from domain.people import admission
from domain.people.invitation import digest
from domain.people.permission import EVERYWHERE, Permission, Role, require
from domain.people.role import ROLE_GRANTED, Grant
from domain.refusal import Helper, Refusal, WrongPlace

if TYPE_CHECKING:
    from datetime import datetime

    from domain.people.actor import Actor
    from domain.stores import Stores

LINK_MADE = AuditAction("admin.link_made")
LINK_USED = AuditAction("admin.link_used")
LIFE = timedelta(days=1)


class LinkOver(Refusal):
    """The link was used, is too old, or another was made after it."""

    text = "admin_link.over"


class HasAdministrators(Refusal):
    """There is an administrator already: they name others."""

    text = "admin_link.has_administrators"
    helper = Helper.ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Appointed:
    """Somebody is the first administrator from now on."""

    grant: Grant


class AdminLinks(Protocol):
    """The link in the store: one at a time, and of it a digest."""

    def replace(self, digest: str, until: datetime) -> None:
        """Keep a link in place of an earlier one."""

    def use(self, digest: str, at: datetime) -> bool:
        """Use up a link; false where it is none, or too old."""


def has_administrators(stores: Stores) -> bool:
    """Whether anybody is an administrator of the whole enterprise, by the settings or by role."""
    return bool(stores.enterprise.root_admins or stores.grants.administrators())


def make(stores: Stores, *, token: str, at: datetime) -> None:
    """Keep a new link, by its token; earlier ones end. Raises HasAdministrators."""
    if has_administrators(stores):
        raise HasAdministrators
    stores.admin_links.replace(digest(token), at + LIFE)
    stores.audit.note(None, LINK_MADE, "enterprise", old=None, new=None, at=at)


def open_link(stores: Stores, actor: Actor, *, token: str) -> Appointed:
    """Become the first administrator. Raises WrongPlace, HasAdministrators, LinkOver."""
    require(stores, actor, Permission.SEE_OWN)
    if actor.chat.is_group or not actor.member.is_person:
        raise WrongPlace
    if has_administrators(stores):
        raise HasAdministrators
    if not stores.admin_links.use(digest(token), actor.heard_at):
        raise LinkOver
    member, role = actor.member, Role.ADMINISTRATOR
    number = stores.grants.add(member, role, EVERYWHERE, member.id, actor.heard_at)
    subject = f"member:{member.id}"
    stores.audit.note(member.id, LINK_USED, subject, old=None, new=None, at=actor.heard_at)
    stores.audit.note(member.id, ROLE_GRANTED, subject, old=None, new=f"{role} {EVERYWHERE}", at=actor.heard_at)
    admission.show_waiting(stores, actor)
    return Appointed(Grant(GrantId(number), member, role, EVERYWHERE, member.id))


FEATURE = Feature("admin_link", audit=(LINK_MADE, LINK_USED))
