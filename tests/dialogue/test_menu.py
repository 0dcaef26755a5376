"""The menus beside the text field: what is offered to whom, and in which language."""

import pytest

from sandbox.methods.me import commands_for
from tests.dialogue.conftest import BOT, LI, SECRETARY, Place


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
