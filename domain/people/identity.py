"""Who is meant where rights and identities are given: names that people choose for themselves decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.people import branch as branches
from domain.people import member as members
from domain.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from domain.people.member import Member, Mention
    from domain.people.person import Person
    from domain.stores import Stores

MAX_NAMESAKES = 8  # to choose from


class NeverSeen(Refusal):
    """Nobody has been seen under that user name: anybody may take it."""

    text = "identity.never_seen"


class NotVouchedFor(Refusal):
    """Nobody on the roster whose account is known has that name; who only shows it may be anybody."""

    text = "identity.not_vouched_for"


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody as they are shown before they are given anything: the account, and who the roster says that they are."""

    member: Member | None
    person: Person | None
    path: tuple[str, ...]


def whom(stores: Stores, member: Member) -> Whom:
    """An account with its person on the roster, if there is one."""
    return of_roster(stores, stores.people.of_member(member.id), member)


def of_roster(stores: Stores, person: Person | None, member: Member | None) -> Whom:
    """A person on the roster, and the account that is meant."""
    return Whom(member, person, branches.path(stores, person.branch) if person else ())


def vouched_for(stores: Stores, mention: Mention, at: datetime) -> list[Member]:
    """Whom a mention means: one by the platform's word, else those of a name on the roster whose accounts are known.

    The platform vouches for who is linked in a message or replied to, and for a user name that was seen with an
    account; its last owner counts. Raises NeverSeen, NotVouchedFor.
    """
    if mention.person is not None:
        if not mention.person.is_person:
            raise NotVouchedFor(name=mention.name)
        return [members.meet(stores, mention.person, at)]
    if mention.is_username:
        known = stores.members.named(mention.name)
        if known is None or known.platform_id is None:
            raise NeverSeen(name=mention.name)
        return [known]
    found = linked(stores, mention.name)
    if not found:
        raise NotVouchedFor(name=mention.name)
    return found[:MAX_NAMESAKES]


def linked(stores: Stores, name: str) -> list[Member]:
    """The accounts of the people whom the roster calls so."""
    return [stores.members.get(one.member) for one in stores.people.called(name) if one.member is not None]


FEATURE = Feature("identity")
