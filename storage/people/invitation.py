"""Invitations and claims in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import BranchId, ClaimId, InvitationId, MemberId, PersonId
from domain.people.invitation import Claim, Invitation
from domain.people.member import Member
from domain.people.permission import Role
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, PERSON, Feature, Personal
from storage.people.member import columns, members, to_member
from storage.people.role import grants
from storage.people.tables import people

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False, index=True),
    Column("made_by", Id, ForeignKey("members.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_by", Id, ForeignKey("members.id")),
    Column("used_at", Moment),
    sqlite_autoincrement=True,  # a button names one, and must never mean a later one
)

claims = Table(
    "claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("at", Moment, nullable=False),
    Column("confirmed", Boolean),
    Column("answered_by", Id, ForeignKey("members.id")),
    Column("answered_at", Moment),
    Index(None, "member_id", "at"),
    sqlite_autoincrement=True,  # a button names one, and must never mean a later one
)

INVITATIONS: Select[Any] = select(
    invitations.c.id,
    invitations.c.person_id,
    invitations.c.expires_at,
    invitations.c.used_by,
    invitations.c.used_at,
)
FIND = INVITATIONS.where(invitations.c.digest == bindparam("digest"))
GET = INVITATIONS.where(invitations.c.id == bindparam("invitation"))
ADD = insert(invitations)
DROP_EARLIER = delete(invitations).where(
    invitations.c.person_id == bindparam("person"), invitations.c.used_at.is_(None)
)
USE = (
    update(invitations)
    .where(invitations.c.id == bindparam("invitation"))
    .values(used_by=bindparam("by"), used_at=bindparam("at", type_=invitations.c.used_at.type))
)
CLAIMS: Select[Any] = select(claims.c.id, claims.c.member_id, claims.c.person_id, claims.c.at, claims.c.answered_at)
CLAIM = CLAIMS.where(claims.c.id == bindparam("claim"))
OPEN_CLAIMS = CLAIMS.where(
    claims.c.member_id == bindparam("member"), claims.c.person_id.is_not(None), claims.c.answered_at.is_(None)
).order_by(claims.c.id)
TRIES = (
    select(func.count())
    .select_from(claims)
    .where(claims.c.member_id == bindparam("member"), claims.c.at > bindparam("since"))
)
ADD_CLAIM = insert(claims).returning(claims.c.id)
ANSWER = (
    update(claims)
    .where(claims.c.id == bindparam("claim"))
    .values(
        confirmed=bindparam("new_confirmed"),
        answered_by=bindparam("by"),
        answered_at=bindparam("now", type_=claims.c.answered_at.type),
    )
)
SECRETARIES = (
    select(grants.c.branch_id, *columns(members))
    .join(members, members.c.id == grants.c.member_id)
    .outerjoin(people, people.c.member_id == members.c.id)
    .where(
        grants.c.revoked_at.is_(None),
        grants.c.role == Role.SECRETARY.value,
        grants.c.branch_id.in_(bindparam("branches", expanding=True)),
        members.c.private.is_not(None),
        people.c.left_on.is_(None),
    )
    .order_by(grants.c.id)
)
FORGET_INVITATIONS = delete(invitations).where(invitations.c.expires_at < bindparam("before"))
FORGET_CLAIMS = delete(claims).where(claims.c.at < bindparam("before"))


def to_invitation(row: Sequence[Any]) -> Invitation:
    """A row of INVITATIONS as the domain's."""
    id_, person, expires_at, used_by, used_at = row
    return Invitation(InvitationId(id_), PersonId(person), expires_at, used_by and MemberId(used_by), used_at)


def to_claim(row: Sequence[Any]) -> Claim:
    """A row of CLAIMS as the domain's."""
    id_, member, person, at, answered_at = row
    return Claim(ClaimId(id_), MemberId(member), person and PersonId(person), at, answered_at)


class Invitations:
    """See `domain.people.invitation.Invitations`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, people: Sequence[tuple[PersonId, str]], by: MemberId, at: datetime, until: datetime) -> None:
        """Invite people, each with the digest of a token; earlier invitations of theirs end."""
        self.connection.execute(DROP_EARLIER, [{"person": person} for person, _ in people])
        made = {"made_by": by, "made_at": at, "expires_at": until}
        self.connection.execute(ADD, [{"person_id": person, "digest": digest, **made} for person, digest in people])

    def find(self, digest: str) -> Invitation | None:
        """The invitation with the digest of its token."""
        row = self.connection.execute(FIND, {"digest": digest}).one_or_none()
        return to_invitation(row) if row else None

    def get(self, invitation: InvitationId) -> Invitation | None:
        """One invitation, if there is such a one."""
        row = self.connection.execute(GET, {"invitation": invitation}).one_or_none()
        return to_invitation(row) if row else None

    def use(self, invitation: InvitationId, by: MemberId, at: datetime) -> None:
        """Note who used it."""
        self.connection.execute(USE, {"invitation": invitation, "by": by, "at": at})

    def tries(self, member: MemberId, since: datetime) -> int:
        """How many claims an account has made since a moment."""
        return self.connection.execute(TRIES, {"member": member, "since": since}).scalar_one()

    def claim(self, member: MemberId, person: PersonId | None, at: datetime) -> Claim:
        """Note a claim."""
        values = {"member_id": member, "person_id": person, "at": at}
        return Claim(ClaimId(self.connection.execute(ADD_CLAIM, values).scalar_one()), member, person, at)

    def claimed(self, claim: ClaimId) -> Claim | None:
        """One claim, if there is such a one."""
        row = self.connection.execute(CLAIM, {"claim": claim}).one_or_none()
        return to_claim(row) if row else None

    def open_claims(self, member: MemberId) -> list[Claim]:
        """What an account has claimed and nobody has answered."""
        return [to_claim(row) for row in self.connection.execute(OPEN_CLAIMS, {"member": member})]

    def answer(self, claim: ClaimId, *, confirmed: bool, by: MemberId | None, at: datetime) -> None:
        """Note a claim's answer."""
        self.connection.execute(ANSWER, {"claim": claim, "new_confirmed": confirmed, "by": by, "now": at})

    def secretaries(self, branches: Sequence[BranchId]) -> dict[BranchId, list[Member]]:
        """Who of them can be written to in private, by the branch that they are secretary of."""
        found: dict[BranchId, list[Member]] = {}
        for branch, *who in self.connection.execute(SECRETARIES, {"branches": list(branches)}):
            found.setdefault(BranchId(branch), []).append(to_member(who))
        return found

    def forget(self, before: datetime) -> int:
        """Drop invitations that ended and claims that were made before a moment; how many."""
        dropped = [
            self.connection.execute(one, {"before": before}).rowcount for one in (FORGET_INVITATIONS, FORGET_CLAIMS)
        ]
        return sum(dropped)


OWN_INVITATIONS = (
    select(invitations.c.made_at, invitations.c.expires_at.label("until"), invitations.c.used_at)
    .where(or_(invitations.c.person_id == PERSON, invitations.c.used_by == MEMBER, invitations.c.made_by == MEMBER))
    .order_by(invitations.c.id)
)
OWN_CLAIMS = (
    select(claims.c.at, claims.c.confirmed, claims.c.answered_at)
    .where(or_(claims.c.member_id == MEMBER, claims.c.answered_by == MEMBER))
    .order_by(claims.c.id)
)
FEATURE = Feature(
    tables=(invitations, claims),
    personal=(Personal(600, "invitations", OWN_INVITATIONS), Personal(610, "claims", OWN_CLAIMS)),
    erase_member=(delete(claims).where(claims.c.member_id == ERASED),),
    erase_person=(delete(invitations).where(invitations.c.person_id == ERASED),),
)
