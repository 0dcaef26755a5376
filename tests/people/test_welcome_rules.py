"""The three things that somebody is told to do first."""

import pytest

from domain.people import welcome
from domain.people.permission import Powers, Role
from domain.people.welcome import Thing


class Some:
    """A store that knows whether there is a roster, and a group that somebody is at home in."""

    def __init__(self, *, roster: bool, home: bool) -> None:
        self.roster, self.at_home = roster, home
        self.branches = self.members = self

    def children(self, _: None) -> list[str]:
        return ["committee"] if self.roster else []

    def home(self, _: int) -> int | None:
        return 1 if self.at_home else None


def things(*roles: Role, roster: bool = True, home: bool = True, is_known: bool = True, tasks: int = 0) -> list[Thing]:
    powers = Powers(frozenset(roles), led=True)
    found = welcome._things(Some(roster=roster, home=home), 1, powers, is_known=is_known, tasks=tasks)
    return list(found)[: welcome.MAX_THINGS]


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ({"is_known": False}, [Thing.BIND, Thing.STUDY, Thing.SUGGEST]),
        ({"is_known": False, "roster": False}, [Thing.STUDY, Thing.SUGGEST, Thing.POINTS]),
        ({"tasks": 2}, [Thing.TASKS, Thing.STUDY, Thing.SUGGEST]),
        ({"home": False}, [Thing.JOIN, Thing.SUGGEST, Thing.POINTS]),
    ],
)
def test_what_matters_most_comes_first(given, first):
    assert things(**given) == first


def test_who_leads_is_told_of_leading():
    assert things(Role.SECRETARY) == [Thing.INVITE, Thing.GIVE, Thing.STUDY]
    assert things(Role.LEADER) == [Thing.GIVE, Thing.STUDY, Thing.SUGGEST]


def test_an_administrator_begins_with_the_roster():
    assert things(Role.ADMINISTRATOR, roster=False, home=False, is_known=False)[0] is Thing.ROSTER
