"""The three things that somebody is told to do first."""

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
    open_tasks: int = 0
    people: object = field(init=False)

    def __post_init__(self) -> None:
        for name in ("people", "branches", "members", "grants", "tasks"):
            object.__setattr__(self, name, self)

    def children(self, _: None) -> list[str]:
        return ["committee"] if self.roster else []

    def home(self, _: int) -> int | None:
        return 1 if self.at_home else None

    def of_member(self, _: int) -> str | None:
        return "person" if self.is_known else None

    def held(self, _: int, __: Chat) -> Held:
        return Held(tuple((role, EVERYWHERE) for role in self.roles), has_secretary=True, left_on=None)

    def open_of(self, _: int, limit: int) -> list[str]:
        return ["task"] * self.open_tasks


def things(*roles: Role, some: Some | None = None) -> list[str]:
    stores = replace(some or Some(), roles=roles)
    return [one.name for one in FeatureHooks(stores).offered(Actor(LI, HOME, AT), MAX_THINGS)]


@pytest.mark.parametrize(
    ("given", "first"),
    [
        (Some(is_known=False), ["bind", "study", "suggest"]),
        (Some(is_known=False, roster=False), ["study", "suggest", "points"]),
        (Some(open_tasks=2), ["tasks", "study", "suggest"]),
        (Some(at_home=False), ["join", "suggest", "points"]),
    ],
)
def test_what_matters_most_comes_first(given, first):
    assert things(some=given) == first


def test_who_leads_is_told_of_leading():
    assert things(Role.SECRETARY) == ["invite", "give", "study"]
    assert things(Role.LEADER) == ["give", "study", "suggest"]


def test_an_administrator_begins_with_the_roster():
    some = Some(roster=False, at_home=False, is_known=False)
    assert things(Role.ADMINISTRATOR, some=some)[0] == "roster"


def test_how_much_waits_is_told():
    (waiting,) = FeatureHooks(Some(open_tasks=17)).offered(Actor(LI, HOME, AT), 1)
    assert (waiting.name, waiting.count) == ("tasks", 17)
