"""What a role that somebody has is, what may be wrong with giving it, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import plain
from domain.admin.audit import AuditAction
from domain.people.permission import Area, Held, Role
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, GrantId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.identity import Whom
    from domain.people.member import Member

ROLE_GRANTED = AuditAction("role.granted")
ROLE_WITHDRAWN = AuditAction("role.withdrawn")
# As people write them, and as rosters have them. 副书记 sit on the committee; 管理员 in a roster keep a warehouse.
WORDS = {
    "书记": Role.SECRETARY,
    "支部书记": Role.SECRETARY,
    "党支部书记": Role.SECRETARY,
    "总支书记": Role.SECRETARY,
    "党总支书记": Role.SECRETARY,
    "党委书记": Role.SECRETARY,
    "副书记": Role.COMMITTEE,
    "支部副书记": Role.COMMITTEE,
    "党支部副书记": Role.COMMITTEE,
    "党总支副书记": Role.COMMITTEE,
    "党委副书记": Role.COMMITTEE,
    "委员": Role.COMMITTEE,
    "支部委员": Role.COMMITTEE,
    "支委": Role.COMMITTEE,
    "党委委员": Role.COMMITTEE,
    "组织委员": Role.COMMITTEE,
    "宣传委员": Role.COMMITTEE,
    "纪检委员": Role.COMMITTEE,
    "党小组长": Role.LEADER,
    "小组长": Role.LEADER,
    "组长": Role.LEADER,
    "督查员": Role.INSPECTOR,
    "督导员": Role.INSPECTOR,
    "管理员": Role.ADMINISTRATOR,
    "group leader": Role.LEADER,
    "committee member": Role.COMMITTEE,
    "admin": Role.ADMINISTRATOR,
}
LISTED = 8  # grants on a page


class AlreadyHeld(Refusal):
    """They have this role over this part already."""

    text = "role.already_held"


class NotHeld(Refusal):
    """They do not have the role that is to be withdrawn."""

    text = "role.not_held"


class HoldsNothing(Refusal):
    """They have no role at all."""

    text = "role.holds_nothing"


class WhereTo(Refusal):
    """A role over a part of the enterprise needs to be told which."""

    text = "role.where_to"


class NotYours(Refusal):
    """The part of the enterprise is not the actor's to give roles over."""

    text = "role.not_yours"
    helper = Helper.ADMINISTRATOR


class NotSomebody(Refusal):
    """A group or a channel, which speaks through its administrators, can hold no role."""

    text = "role.not_somebody"


class NotMetYet(Refusal):
    """Nobody has spoken under that user name."""

    text = "role.not_met_yet"


class LastAdministrator(Refusal):
    """Without them nobody could give roles any more."""

    text = "role.last_administrator"


class NamedBySettings(Refusal):
    """They are an administrator by the program's own settings."""

    text = "role.named_by_settings"


class HasLeft(Refusal):
    """The roster says that they have left."""

    text = "role.has_left"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody has. `by` is missing where the roster gave it; `where` is what its area is called."""

    id: GrantId
    member: Member
    role: Role
    area: Area
    by: MemberId | None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant that was just made."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class Proposed:
    """A role that is to be given, once it is confirmed that the right one is meant."""

    whom: Whom
    member: MemberId
    role: Role
    area: Area
    where: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A grant that has just ended."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class WhichOne:
    """Several grants may be meant where one is to be withdrawn."""

    member: Member
    grants: Sequence[Grant]


@dataclass(frozen=True, slots=True)
class Last:
    """A grant that somebody is about to give up, and the last right that they have."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class Sure:
    """A grant that is to be withdrawn, if that is really meant."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class Roles:
    """One page of who has which role. `before` and `after` are the ids to turn by, where there are pages that way."""

    grants: Sequence[Grant]
    first: Sequence[Member]  # administrators by the program's own settings, as far as they have spoken
    group: Chat | None
    newer: bool
    older: bool


class Grants(Protocol):
    """Roles in the store; those that have ended stay there and are asked for no more."""

    def held(self, member: MemberId, chat: Chat) -> Held:
        """What somebody holds at a place, in one statement. In a group what is over it; in private everything."""

    def get(self, grant: GrantId) -> Grant | None:
        """One that stands."""

    def of(self, member: MemberId) -> list[Grant]:
        """All that somebody has, oldest first."""

    def of_branch(self, branch: BranchId) -> list[Grant]:
        """Those over a branch itself, oldest first."""

    def over(self, group: Chat, after: int, limit: int) -> list[Grant]:
        """Those over a group, behind an id, oldest first."""

    def all(self, after: int, limit: int) -> list[Grant]:
        """All of the enterprise, behind an id, oldest first."""

    def add(self, member: Member, role: Role, area: Area, by: MemberId | None, at: datetime) -> GrantId:
        """Give a role."""

    def end(self, grant: GrantId, by: MemberId | None, at: datetime) -> None:
        """It holds no more."""

    def withdrawn_by_hand(self) -> set[tuple[MemberId, Role, BranchId]]:
        """All roles over branches that a roster gave and somebody has withdrawn."""

    def ended_by_hand(self, member: MemberId, role: Role, area: Area) -> bool:
        """Whether somebody has withdrawn this very role that the roster gave."""

    def administrators(self) -> list[Member]:
        """Who may do everything everywhere, of those who have spoken and not left."""


def read(words: str) -> Role | None:
    """A role from its name as people write it, in either language; `None` where it is none that can be given."""
    name = plain.line(words).lower()
    coded = next((role for role in Role if role.value == name and role is not Role.EMPLOYEE), None)
    return coded or WORDS.get(name)


def of_roster(words: str) -> Role | None:
    """The role that a roster gives by a word; it makes no administrators."""
    found = read(words)
    return None if found is Role.ADMINISTRATOR else found
