"""Who is who: what an invitation and a claim are, why they are refused, what comes of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, ClaimId, InvitationId, MemberId, PersonId
    from domain.people.branch import Branch
    from domain.people.identity import Whom
    from domain.people.member import Member
    from domain.people.person import Person

DIGEST_CHARS = 64
PERSON_INVITED = AuditAction("person.invited")
PERSON_LINKED = AuditAction("person.linked")
LIFE = timedelta(days=14)  # of an invitation: long enough for shifts and travels, short enough to be found in no drawer
OPEN = timedelta(days=14)  # for so long a claim can be answered
REGRET = timedelta(days=1)  # for so long who was linked by an invitation can say that it was not theirs
TRIES, PERIOD = 5, timedelta(hours=1)  # so many employee numbers may be tried in such a time


class UnknownInvitation(Refusal):
    """No invitation has this token."""

    text = "invitation.unknown"
    helper = Helper.SECRETARY


class InvitationUsed(Refusal):
    """The invitation has been used."""

    text = "invitation.used"
    helper = Helper.SECRETARY


class InvitationExpired(Refusal):
    """The invitation is too old."""

    text = "invitation.expired"
    helper = Helper.SECRETARY


class PersonTaken(Refusal):
    """Another account is this person's already."""

    text = "invitation.person_taken"
    helper = Helper.ADMINISTRATOR


class AccountTaken(Refusal):
    """The account is another person's already."""

    text = "invitation.account_taken"
    helper = Helper.ADMINISTRATOR


class AlreadyLinked(Refusal):
    """The account is this person's already."""

    text = "invitation.already_linked"


class HasLeft(Refusal):
    """The roster says that the person has left."""

    text = "invitation.has_left"
    helper = Helper.ADMINISTRATOR


class TooManyTries(Refusal):
    """So many employee numbers were tried that somebody may be guessing."""

    text = "invitation.too_many_tries"
    helper = Helper.SECRETARY


class ClaimOver(Refusal):
    """The claim has been answered, or is too old."""

    text = "invitation.claim_over"


class NotYourBranch(Refusal):
    """The person belongs to a branch that somebody else answers for."""

    text = "invitation.not_your_branch"
    helper = Helper.ADMINISTRATOR


class NotForYourself(Refusal):
    """Nobody confirms who they are themselves."""

    text = "invitation.not_for_yourself"
    helper = Helper.ADMINISTRATOR


class NobodyOfThatNumber(Refusal):
    """Nobody on the roster has this employee number."""

    text = "invitation.nobody"


class NotLinked(Refusal):
    """No account is known as theirs."""

    text = "invitation.not_linked"


class NotMet(Refusal):
    """Only a user name is known of the account."""

    text = "invitation.not_met"


class EverybodyLinked(Refusal):
    """There is nobody left to be invited."""

    text = "invitation.everybody_linked"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody is invited to say that an account is theirs. Of the token only a digest is kept."""

    id: InvitationId
    person: PersonId
    expires_at: datetime
    used_by: MemberId | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody to whom a token has just been given, which is known now and never again."""

    person: Person
    token: str
    path: tuple[str, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Uninvited:
    """Everybody of a branch whose account is not known, with tokens that hold until a moment once they are invited."""

    branch: Branch
    invited: Sequence[Invited]
    until: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """An account says whose it is. Without a person: the number and the name that were said belong to nobody."""

    id: ClaimId
    member: MemberId
    person: PersonId | None
    at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """What became of a claim: nobody is called so (no `person`), or so many people were asked to confirm it."""

    person: Person | None
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Linked:
    """An account is known as a person's from now on; by an invitation, or by somebody's word."""

    person: Person
    member: Member
    path: tuple[str, ...]
    invitation: InvitationId | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An account that is to be known as a person's, once it is confirmed that the right ones are meant."""

    whom: Whom
    person: PersonId
    member: MemberId


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An account that was a person's is nobody's from now on."""

    person: Person
    member: Member


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim with its answer: `by` has confirmed it or not."""

    person: Person
    member: Member
    by: Member
    confirmed: bool


class Invitations(Protocol):
    """Invitations and claims in the store."""

    def add(self, people: Sequence[tuple[PersonId, str]], by: MemberId, at: datetime, until: datetime) -> None:
        """Invite people, each with the digest of a token. What they were invited by before is no longer valid."""

    def find(self, digest: str) -> Invitation | None:
        """The invitation with the digest of its token."""

    def get(self, invitation: InvitationId) -> Invitation | None:
        """One invitation, if there is such a one."""

    def use(self, invitation: InvitationId, by: MemberId, at: datetime) -> None:
        """Note who used it."""

    def tries(self, member: MemberId, since: datetime) -> int:
        """How many claims an account has made since a moment."""

    def claim(self, member: MemberId, person: PersonId | None, at: datetime) -> Claim:
        """Note a claim."""

    def claimed(self, claim: ClaimId) -> Claim | None:
        """One claim, if there is such a one."""

    def open_claims(self, member: MemberId) -> list[Claim]:
        """What an account has claimed and nobody has answered."""

    def answer(self, claim: ClaimId, *, confirmed: bool, by: MemberId | None, at: datetime) -> None:
        """Note a claim's answer."""

    def secretaries(self, branches: Sequence[BranchId]) -> dict[BranchId, list[Member]]:
        """Who of them can be written to in private, by the branch that they are secretary of."""

    def forget(self, before: datetime) -> int:
        """Drop invitations that ended and claims that were made before a moment; how many."""


def digest(token: str) -> str:
    """What is kept of a token: it is random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def path_of(branches: Sequence[Branch]) -> tuple[str, ...]:
    """The names from the top down to a branch, of it and what it is part of."""
    return tuple(branch.name for branch in reversed(branches))
