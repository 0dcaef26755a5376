"""What is stored of somebody is theirs to see; and it is forgotten some time after they have left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from domain.admin import audit
from domain.admin.audit import FILE_EXPORTED, AuditAction
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.messaging.delivery import NOWHERE_ID
from domain.people import invitation, role
from domain.people.identity import of_roster, whom
from domain.people.member import PersonProfile
from domain.people.permission import Permission, require
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, PersonId
    from domain.people.actor import Actor
    from domain.people.identity import Whom
    from domain.people.member import Member, Mention
    from domain.people.person import Person
    from domain.stores import Stores
    from domain.table import Table

PERSON_ERASED = AuditAction("person.erased")
NOBODY = 0  # as a platform's id: whose the words of forgotten people are; no platform gives it to anybody
AT_ONCE = 200  # people in one night's transaction


class NobodyMeant(Refusal):
    """Nobody is known under the name that was written."""

    text = "privacy.erase_usage"


class StillThere(Refusal):
    """Somebody who has not left by the roster cannot be forgotten: the next message would bring them back."""

    text = "privacy.still_there"


class HoldsRoles(Refusal):
    """A guest who has roles: those are withdrawn first, by whoever may."""

    text = "privacy.holds_roles"


class AlreadyForgotten(Refusal):
    """Nothing of them is left to be forgotten."""

    text = "privacy.already_forgotten"


@dataclass(frozen=True, slots=True)
class Erasable:
    """Somebody who may be forgotten: a person on the roster, or a guest, of whom an account is known alone."""

    whom: Whom

    @property
    def person(self) -> Person | None:
        """Who the roster says that they are."""
        return self.whom.person

    @property
    def member(self) -> Member | None:
        """Their account."""
        return self.whom.member


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Somebody whose name, numbers and accounts are gone; what they earned stays, under a number."""

    name: str
    points: int


class Privacy(Protocol):
    """All that the store has of somebody."""

    def own(self, member: Member, person: Person | None) -> list[Table]:
        """Everything, in an order in which people look for it; nothing of others but what they gave or were given."""

    def leavers(self, before: date, limit: int) -> list[Person]:
        """Who had left by a day and is not forgotten yet."""

    def forget_member(self, member: MemberId, nobody: MemberId, at: datetime) -> None:
        """An account's name, ids, drafts and memberships go; its suggestions become nobody's."""

    def forget_person(self, person: PersonId) -> None:
        """A person's name, numbers, role and leave go."""

    def forget_said(self, chat: ChatId, at: datetime) -> None:
        """What was said in a chat, and what waits to be said there, goes."""


def own(stores: Stores, actor: Actor) -> list[Table]:
    """Everything that is stored of somebody."""
    require(stores, actor, Permission.SEE_OWN)
    tables = stores.privacy.own(actor.member, stores.people.of_member(actor.member.id))
    return [_spoken(stores, one) if one.name == "audit" else one for one in tables]


def _spoken(stores: Stores, log: Table) -> Table:
    """The records of somebody with what things are called for their numbers."""
    rows = [(at, *audit.spoken(stores, action, values)) for at, action, *values in log.rows]
    return replace(log, rows=rows)


def note_export(stores: Stores, actor: Actor) -> None:
    """Somebody gets a file of all that is stored of them."""
    require(stores, actor, Permission.SEE_OWN)
    subject, at = f"member:{actor.member.id}", actor.heard_at
    stores.audit.note(actor.member.id, FILE_EXPORTED, subject, old=None, new=None, at=at)


def ask_person(stores: Stores, actor: Actor, *, number: str) -> Erasable:
    """Whether somebody on the roster may be forgotten. Raises NobodyOfThatNumber, and what `erase` does."""
    require(stores, actor, Permission.KEEP_ROSTER)
    return _checked(stores, actor, Erasable(_person(stores, invitation.find(stores, number))))


def _person(stores: Stores, person: Person) -> Whom:
    return of_roster(stores, person, None if person.member is None else stores.members.get(person.member))


def ask_mentioned(stores: Stores, actor: Actor, *, mention: Mention) -> Erasable:
    """Whether an account, or its person, may be forgotten. Raises NobodyMeant, and what `erase` does."""
    require(stores, actor, Permission.KEEP_ROSTER)
    found = mention.person
    member = stores.members.named(mention.name) if found is None else stores.members.find(found.platform_id)
    if member is None:
        raise NobodyMeant
    return _checked(stores, actor, Erasable(whom(stores, member)))


def erase(stores: Stores, actor: Actor, *, whom: PersonId | None = None, guest: MemberId | None = None) -> Forgotten:
    """Forget somebody on the roster who has left, or a guest.

    Raises NoMore, NotYourBranch, StillThere, HoldsRoles, AlreadyForgotten.
    """
    require(stores, actor, Permission.KEEP_ROSTER)
    member = None if guest is None else stores.members.look_up(guest)
    person = None if whom is None else stores.people.find(whom)
    if member is not None:
        person = stores.people.of_member(member.id)
    if person is None and member is None:
        raise NoMore
    _checked(stores, actor, Erasable(of_roster(stores, person, member)))
    return forget(stores, person=person, member=member, by=actor.member.id, at=actor.heard_at)


def _checked(stores: Stores, actor: Actor, found: Erasable) -> Erasable:
    """Raises NotYourBranch, StillThere, HoldsRoles, AlreadyForgotten."""
    if found.person is not None:
        invitation.demand(stores, actor, found.person, Permission.KEEP_ROSTER)
    elif invitation.answered_for(stores, actor, Permission.KEEP_ROSTER) is not None:
        raise invitation.NotYourBranch(person=None)  # a guest is nobody's in particular
    check(stores, found.person, found.member, actor.today)
    return found


def forget_leavers(stores: Stores, slot: datetime, *, keep: timedelta) -> int:
    """Forget who left longer ago than `keep`; how many. Nobody where `keep` is nothing: then only on request."""
    if not keep:
        return 0
    leavers = stores.privacy.leavers((slot - keep).date(), AT_ONCE)
    for person in leavers:
        forget(stores, person=person, member=None, by=None, at=slot)
    return len(leavers)


def check(stores: Stores, person: Person | None, member: Member | None, day: date) -> None:
    """Raises StillThere, HoldsRoles, AlreadyForgotten."""
    if (person is not None and not person.name) or (person is None and member is not None and not member.name):
        raise AlreadyForgotten
    if person is not None and (person.left_on is None or person.left_on > day):
        raise StillThere(person=person)
    if person is None and member is not None and stores.grants.of(member.id):
        raise HoldsRoles(member=member)


def forget(
    stores: Stores, *, person: Person | None, member: Member | None, by: MemberId | None, at: datetime
) -> Forgotten:
    """Forget a person, their account, or an account that is nobody's: totals stay, under a number.

    What they wrote is kept, but no longer by whom. The audit log names people by number only and stays as it is.
    """
    if person is not None and person.member is not None:
        member = stores.members.get(person.member)
    name = person.name if person else member.name if member else ""
    points = 0
    if person is not None:
        stores.privacy.forget_person(person.id)
    if member is not None:
        points = stores.hooks.kept(member.id)
        _forget_account(stores, member, by, at)
    subject = f"person:{person.id}" if person else f"member:{member.id if member else 0}"
    stores.audit.note(by, PERSON_ERASED, subject, old=None, new=None, at=at)
    return Forgotten(name, points)


def _forget_account(stores: Stores, member: Member, by: MemberId | None, at: datetime) -> None:
    role.end_all(stores, member=member.id, by=by, at=at)
    stores.hooks.forgotten(member.id, at)
    if member.private is not None:
        home = stores.chats.get(member.private)
        stores.privacy.forget_said(home.id, at)
        stores.chats.save(replace(home, platform_id=NOWHERE_ID - home.id, title="", active=False))
    stores.privacy.forget_member(member.id, nobody(stores, at).id, at)


def nobody(stores: Stores, at: datetime) -> Member:
    """Whose the words of forgotten people are."""
    return stores.members.find(NOBODY) or stores.members.add(PersonProfile(NOBODY, "", is_person=False), at)


CLAIMS_KEPT = timedelta(days=90)


def forget_nightly(stores: Stores, slot: datetime) -> None:
    """Forget who left long enough ago, and invitations and claims that are over."""
    forget_leavers(stores, slot, keep=stores.enterprise.keep_leavers)
    stores.invitations.forget(slot - CLAIMS_KEPT)


NIGHTLY = Schedule("privacy.forget", cron="40 3 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature("privacy", jobs=(EnterpriseJob(NIGHTLY, forget_nightly, irreversible=True),), audit=(PERSON_ERASED,))
