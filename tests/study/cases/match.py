"""The use cases of team matches."""

from datetime import date, timedelta
from typing import Any

from domain.ids import MatchId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import Permission
from domain.study.match import opening, playing
from domain.study.match.model import Match, Round
from domain.study.match.outline import overview
from domain.study.match.running import run
from domain.study.match.today import manage, tell
from tests.stores import AT, LOCALE
from tests.study.questions import single
from tests.use_cases import Case, World

WEEK = date(2026, 11, 30)


def wished(world: World) -> dict[str, Any]:
    """A match between the branch and one below it, and questions for it."""
    for number in range(5):
        world.stores.questions.put(single(f"q{number}", "?", ("a", "b"), 0))
    below = branches.add(world.stores, parent=world.branch.id, kind=BranchKind.GROUP, name="一组")
    group = world.stores.chats.add(ChatProfile(-77, ChatKind.GROUP, "一组"), LOCALE, AT)
    branches.bind(world.stores, chat=group, branch=below.id)
    return {"wish": opening.Wish("周赛", [world.group.id, group.id], (), 1, WEEK)}


def asked(world: World) -> dict[str, Any]:
    """The same, and which form asks for it."""
    return {**wished(world), "source": "draft:1"}


def opened(world: World) -> dict[str, Any]:
    """A match that somebody else has opened."""
    wish = wished(world)["wish"]
    groups = [world.stores.chats.get(one) for one in wish.groups]
    match = Match(
        MatchId(0),
        wish.name,
        world.member.id,
        AT,
        AT,
        AT + timedelta(days=5),
        (),
        tuple(opening.team_of(world.stores, one) for one in groups),
        (Round(AT.date(), tuple(one.id for one in world.stores.questions.of_topics(()))),),
    )
    added = world.stores.matches.add(match, "draft:0")
    run(world.stores, AT)
    return {"number": added.id}


def played(world: World) -> dict[str, Any]:
    """The same, to be played."""
    return {**opened(world), "key": "k"}


CASES = (
    Case(opening.may_play, Permission.ASK_SURVEYS, elsewhere=True),
    Case(opening.plan, Permission.ASK_SURVEYS, arguments=wished, elsewhere=True),
    Case(opening.open_, Permission.ASK_SURVEYS, arguments=asked, elsewhere=True),
    Case(opening.show, Permission.ASK_SURVEYS, arguments=opened, elsewhere=True),
    Case(opening.withdraw, Permission.ASK_SURVEYS, arguments=opened, elsewhere=True),
    Case(opening.running, Permission.ASK_SURVEYS, arguments=lambda world: opened(world) and {}, elsewhere=True),
    Case(playing.play, Permission.TAKE_PART, arguments=played),
    Case(overview, Permission.TAKE_PART),
)
PARTS: dict[object, str] = {tell: "a part of today's card", manage: "a part of the message of /study"}
