"""What an honour is, how it is refused, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import plain
from domain.admin.audit import AuditAction
from domain.messaging.message import Picture, Subject, Text
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, ChatId, HonourId, MemberId
    from domain.people.member import Member

HONOUR_GIVEN = AuditAction("honour.given")
HONOUR_WITHDRAWN = AuditAction("honour.withdrawn")
MAX_CITATION_CHARS = 300
MAX_REASON_CHARS = 200


class NoTitles(Refusal):
    """The enterprise gives no honours."""

    text = "honour.no_titles"
    helper = Helper.ADMINISTRATOR


class NotForThem(Refusal):
    """A title that the enterprise does not have, or one for people given to a branch, or the other way round."""

    text = "honour.not_for_them"


class NoCitation(Refusal):
    """An honour that does not say for what."""

    text = "honour.no_citation"


class CitationTooLong(Refusal):
    """More words than a certificate holds."""

    text = "honour.too_long"


class NotOfThisBranch(Refusal):
    """Somebody who is no part of the group, or a branch that is not the group's or below it."""

    text = "honour.not_of_this_branch"


class NotHonouredOneself(Refusal):
    """Nobody honours themselves."""

    text = "honour.not_oneself"


class NoBranchHere(Refusal):
    """The group is bound to no branch that could be honoured."""

    text = "honour.no_branch"


class NoSuchHonour(Refusal):
    """No honour of that number holds here."""

    text = "honour.no_such_honour"


class ReasonNeeded(Refusal):
    """An honour is withdrawn for a reason alone."""

    text = "honour.withdraw_usage"


@dataclass(frozen=True, slots=True)
class Honour:
    """A title that a person (`member`) or a branch was given in a group; `issuer` is who gives it, by name.

    One that was withdrawn says when, and for what reason.
    """

    id: HonourId
    group: ChatId
    title: str
    member: Member | None
    branch: BranchId | None
    branch_name: str
    citation: str
    issuer: str
    giver: MemberId
    day: date
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_for: str = ""

    @property
    def subject(self) -> Subject:
        """The subject of its announcement."""
        return Subject("honour", self.id)

    @property
    def holder(self) -> Member | str:
        """Who holds it: a person, or the name of a branch."""
        return self.member or self.branch_name


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says, as a text or a picture."""

    name: Member | str
    honour: str
    citation: str
    issuer: str
    day: date
    is_team: bool = False

    @property
    def title(self) -> Text:
        """What stands above it."""
        return Text("honour.certificate_title")

    def as_picture(self) -> Picture:
        """As a message has it."""
        return Picture(
            "honour.certificate",
            {
                "name": plain.tidy(self.name if isinstance(self.name, str) else self.name.name),
                "is_team": self.is_team,
                "honour": plain.tidy(self.honour),
                "citation": plain.tidy(self.citation),
                "issuer": plain.tidy(self.issuer),
                "day": self.day.isoformat(),
            },
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """Honours, the newest first: `own` ones, or those of a group; `more` are not listed."""

    honours: Sequence[Honour]
    more: bool
    own: bool


class Honours(Protocol):
    """Honours in the store."""

    def add(self, honour: Honour, source: str) -> Honour:
        """Remember an honour; its id is given now."""

    def get(self, number: HonourId) -> Honour | None:
        """One honour, also one that was withdrawn."""

    def of_source(self, source: str) -> Honour | None:
        """The honour that was given by a form."""

    def withdraw(self, number: HonourId, by: MemberId, reason: str, at: datetime) -> None:
        """It holds no more."""

    def of_member(self, member: MemberId, limit: int) -> list[Honour]:
        """What somebody holds, the newest first."""

    def of_group(self, group: ChatId, limit: int) -> list[Honour]:
        """What was given in a group and holds, the newest first."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Honour]:
        """What was given in a group between two moments and holds, oldest first; at most so many."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What a stand-in holds is their account's."""


def checked(citation: str) -> str:
    """A citation without what stands around it. Raises NoCitation, CitationTooLong."""
    words = citation.strip()
    if not plain.key(words):
        raise NoCitation
    if len(words) > MAX_CITATION_CHARS:
        raise CitationTooLong(most=MAX_CITATION_CHARS, length=len(words))
    return words
