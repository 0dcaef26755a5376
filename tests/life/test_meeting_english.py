"""A meeting in English, from its notice to a secret vote and its minutes."""

import re

import pytest

from domain.ids import MeetingId
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened
from tests.life.test_meeting import file_in

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def language() -> str:
    return "en"


@pytest.fixture(autouse=True)
async def english_names(world: World) -> None:
    for who, name in ((SECRETARY, "Chen"), (LI, "Li Wei"), (WANG, "Wang")):
        world.people[who].first_name, world.people[who].last_name = name, None


async def test_a_meeting_from_its_notice_to_its_minutes(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await office.says(SECRETARY, "/meeting")
    for label in ("Call a meeting", "Branch assembly"):
        await office.presses(SECRETARY, label)
    await office.says(SECRETARY, "today 11:00 room 3")
    await office.says(SECRETARY, "Safety in the third quarter (LiWei)\nHardship aid")
    assert "1. Safety in the third quarter (LiWei)" in office.newest()
    await office.presses(SECRETARY, "Send")
    assert "Please prepare for the branch assembly" in li.newest()
    assert "Noted: you come" in await group.presses(LI, "I come")
    world.sandbox.start(world.people[WANG], BOT, "meeting_calendar_1")
    await world.idle()
    assert b"SUMMARY:Branch assembly" in file_in(wang)
    await office.presses(SECRETARY, "Begin check-in")
    await world.refreshed()
    code = re.findall(r"Code: (\d{4})", office.shown())[-1]
    for who in (SECRETARY, LI, WANG):
        await group.says(who, code)
    for label in ("Put to the vote", "Hardship aid", "None", "Secret ballot in private chat", "Send"):
        await office.presses(SECRETARY, label)
    for place, who, choice in ((office, SECRETARY, "For"), (li, LI, "For"), (wang, WANG, "Abstain")):
        assert "You have voted" in await place.presses(who, choice)
    assert "Adopted: 2 for, 0 against, 1 abstained" in await office.presses(SECRETARY, "End the vote")
    await office.presses(SECRETARY, "End the meeting")
    await world.refreshed()
    await office.presses(SECRETARY, "Write minutes")
    await office.says(SECRETARY, "1. Reported.\nLiWei by Friday 18:00 repair machine 3")
    assert "Tasks to be given: 1" in office.newest()
    await office.presses(SECRETARY, "Send")
    assert "tasks given: 1" in office.newest()
    assert "repair machine 3" in group.shown()
    found = await world.program.database.read(lambda stores: stores.meetings.get(MeetingId(1)))
    assert found.minutes.startswith("1. Reported.")
    assert [
        one for one in (group.shown(), office.shown(), li.shown()) if HAN.search(one.replace(group.chat.title, ""))
    ] == []
