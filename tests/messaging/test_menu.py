"""The menus beside the text field: what is offered to whom, and in which language."""

import pytest

from sandbox.methods.me import commands_for
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World


@pytest.fixture
def admins() -> frozenset[int]:
    """The secretary of the group is an administrator of the enterprise."""
    return frozenset({7000000001})


def offered(place: Place, who: str) -> dict[str, str]:
    """What somebody's menu shows in a chat: the commands and what stands beside them."""
    shown = commands_for(place.sandbox.world.bot(BOT), place.chat, place.person(who))
    return {command["command"]: command["description"] for command in shown}


async def test_secretaries_are_offered_more_than_others(group: Place) -> None:
    assert "task" in offered(group, SECRETARY)
    assert "task" not in offered(group, LI)
    assert set(offered(group, LI)) < set(offered(group, SECRETARY))


async def test_what_is_offered_in_private_is_for_everybody(private: Place) -> None:
    assert "points" in offered(private, LI)
    assert "task" not in offered(private, LI)


@pytest.mark.parametrize(("code", "words"), [("zh-hans", "进行中的任务"), ("en", "Open tasks"), ("kk", "进行中的任务")])
async def test_a_menu_is_in_the_language_of_its_reader(group: Place, private: Place, code: str, words: str) -> None:
    for place, who in ((group, LI), (group, SECRETARY), (private, LI)):
        place.person(who).language_code = code
        assert offered(place, who)["tasks"] == words


async def test_who_may_more_than_others_has_a_menu_of_their_own(group: Place, private: Place, world: World) -> None:
    assert "task" not in offered(group, LI)
    await group.says(LI, "早")
    await group.confirms(SECRETARY, "/roles @li 书记")
    await group.says(LI, "/help")
    assert {"task", "survey", "summary", "study"} <= set(offered(group, LI))
    assert "schedule" not in offered(group, LI)
    assert "task" not in offered(group, WANG)
    assert "invite" not in offered(private, LI)
    await private.says(LI, "/start")
    assert "invite" in offered(private, LI)
    assert "task" not in offered(private, LI), "tasks are given in the group"


async def test_others_cost_no_call(group: Place, private: Place) -> None:
    before = len(group.sandbox.calls)
    await private.says(LI, "/start")
    await group.says(LI, "/help")
    assert "setMyCommands".lower() not in {call.method.lower() for call in group.sandbox.calls[before:]}


async def test_help_comes_where_no_menu_can_be_set(group: Place) -> None:
    group.sandbox.fault("setMyCommands", kind="error")
    assert "/survey" in await group.says(SECRETARY, "/help")
