"""The things that somebody is told to do first."""

from dataclasses import dataclass, field, replace

import pytest

from domain.features import FeatureHooks
from domain.messaging.chat import Chat, ChatKind
from domain.people.actor import Actor
from domain.people.member import Member
from domain.people.permission import EVERYWHERE, Held, Role
from domain.people.welcome import MAX_THINGS
from tests.stores import AT

LI = Member(1, 101, "李伟", None, None)
HOME = Chat(1, 101, ChatKind.PRIVATE, "李伟", "Asia/Shanghai", "zh", active=True)


@dataclass(frozen=True)
class Some:
    """A store that knows whether there is a roster, a group that somebody is at home in, what they hold and do."""

    roles: tuple[Role, ...] = ()
    roster: bool = True
    at_home: bool = True
    is_known: bool = True
    people: object = field(init=False)

    def __post_init__(self) -> None:
        for name in ("people", "branches", "members", "grants"):
            object.__setattr__(self, name, self)

    def children(self, _: None) -> list[str]:
        return ["committee"] if self.roster else []

    def home(self, _: int) -> int | None:
        return 1 if self.at_home else None

    def of_member(self, _: int) -> str | None:
        return "person" if self.is_known else None

    def held(self, _: int, __: Chat) -> Held:
        return Held(tuple((role, EVERYWHERE) for role in self.roles), has_secretary=True, left_on=None)


def things(*roles: Role, some: Some | None = None) -> list[str]:
    stores = replace(some or Some(), roles=roles)
    return [one.name for one in FeatureHooks(stores).offered(Actor(LI, HOME, AT), MAX_THINGS)]


@pytest.mark.parametrize(
    ("given", "first"),
    [
        (Some(is_known=False), ["bind"]),
        (Some(is_known=False, at_home=False), ["bind", "join"]),
        (Some(is_known=False, roster=False), []),
        (Some(at_home=False), ["join"]),
    ],
)
def test_what_has_to_be_done_first(given, first):
    assert things(some=given) == first


def test_who_leads_is_told_of_invitations():
    assert things(Role.SECRETARY) == ["invite"]
    assert things(Role.LEADER) == []


def test_an_administrator_begins_with_the_roster():
    some = Some(roster=False, at_home=False, is_known=False)
    assert things(Role.ADMINISTRATOR, some=some)[0] == "roster"


def test_an_invitation_does_not_press():
    """/start greets again while something presses; who has nobody to invite any more is not told so each day."""
    stores = replace(Some(at_home=False), roles=(Role.SECRETARY,))
    found = FeatureHooks(stores).offered(Actor(LI, HOME, AT), MAX_THINGS)
    assert [(one.name, one.pressing) for one in found] == [("join", True), ("invite", False)]
