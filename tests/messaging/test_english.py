import re

import pytest

from domain.study import study
from tests.dialogue import LI, SECRETARY, WANG, Place, World
from tests.messaging.test_bad_input import WRONG_COMMANDS
from tests.study.test_study import HELMET

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def language() -> str:
    return "en"


@pytest.fixture(autouse=True)
async def english_names(world: World) -> None:
    for who, name in ((SECRETARY, "Chen"), (LI, "Li"), (WANG, "Wang")):
        world.people[who].first_name, world.people[who].last_name = name, None


async def test_the_bot_introduces_itself(group: Place) -> None:
    assert "Hello, I am Jingyi" in group.newest()


async def test_a_task_from_giving_to_finishing(group: Place) -> None:
    await group.says(SECRETARY, "/task @li next Friday 18:00 Hand in notes | standard: 800 words | outcome: one page")
    assert group.newest().splitlines()[:4] == [
        "📌 Hand in notes",
        "Due: Fri 4 Dec 18:00",
        "Standard: 800 words",
        "Outcome: one page",
    ]
    assert "Hand in notes" in await group.says(LI, "/tasks")
    assert "Which one is done?" in await group.says(LI, "/done")
    assert group.buttons() == ["✓ Done: Hand in notes"]
    assert await group.presses(LI, "✓ Done") == "Done: +5, 5 in all; wrong? /done undo"
    assert "was finished on" in await group.says(LI, "/done 1")
    assert "+5 done on time: Hand in notes" in await group.does(LI, "/points")
    assert "Li" in await group.says(LI, "/rank")


async def test_a_reminder(group: Place) -> None:
    await group.says(SECRETARY, "/task @li today 18:00 Hand in notes")
    assert "Hand in notes" in await group.hears_until("2026-11-25 16:00")
    assert "overdue since Wed 25 Nov 18:00" in await group.hears_until("2026-11-26 09:00")


async def test_a_survey_to_its_result(group: Place) -> None:
    await group.says(SECRETARY, "/survey When shall we start? | 16:00 | 17:00 | anonymous | closes: today 18:00")
    await group.votes(LI, 1)
    assert "17:00: 1 (100%)\n1 person took part" in await group.hears_until("2026-11-25 18:00")


async def test_study_and_suggestion(group: Place, world: World) -> None:
    await world.program.database.write(study.load, lessons=[HELMET])
    await group.says(LI, "/study")
    assert await group.presses(LI, "read") == "✓ Read, +1, 1 in all"
    assert "this is suggestion 1" in await group.does(LI, "/suggest A hot dish for the night shift")


async def test_the_guided_ways(group: Place) -> None:
    await group.says(LI, "hello")
    assert "For whom?" in await group.says(SECRETARY, "/task")
    await group.presses(SECRETARY, "Li")
    assert "due when?" in group.newest()
    await group.presses(SECRETARY, "tomorrow")
    assert not HAN.search(group.newest())
    await group.answers(SECRETARY, "back")
    assert "due when?" in group.newest()
    await group.answers(SECRETARY, "tomorrow 18:00 Hand in notes | standard: 800 words")
    assert group.buttons()[-3:] == ["Send", "Change", "Drop"]
    assert not HAN.search(group.newest())
    await group.presses(SECRETARY, "Send")
    assert "📌 Hand in notes" in group.newest()


async def test_the_weeks_summary(group: Place) -> None:
    await group.says(SECRETARY, "/task @li today 18:00 Hand in notes")
    await group.says(LI, "/done 1")
    said = await group.hears_until("2026-11-30 09:00")
    assert "Weekly summary" in said
    assert "Tasks: 1 done on time" in said
    assert not HAN.search(said)


async def test_help_for_secretaries_can_be_typed_as_it_stands(group: Place) -> None:
    said = await group.says(SECRETARY, "/help")
    for line in said.splitlines():
        if line.startswith(("/task ", "/survey ")):
            await group.says(SECRETARY, line)
    stored = await group.world.stored()
    assert (stored["tasks"], stored["surveys"]) == (1, 1)


@pytest.mark.parametrize("command", WRONG_COMMANDS, ids=lambda words: words[:24])
async def test_refusals_are_one_line_of_english(group: Place, command: str) -> None:
    said = await group.says(SECRETARY, command)
    assert said
    assert "\n" not in said
    assert not HAN.search(said.replace("长", "").replace("要求：好", "").replace("没有这人", "")), said


async def test_leave(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    assert "Li is on leave: Wed 25 Nov to Fri 27 Nov" in await group.says(LI, "/leave until Friday")
    assert "Wang is on leave: from Mon 30 Nov on" in await group.says(SECRETARY, "/leave @7000000003 from Monday on")
    assert "Li: Wed 25 Nov" in await group.says(SECRETARY, "/leave")
    assert "Li is back" in await group.says(LI, "/leave back")
    assert "which days you mean" in await group.says(LI, "/leave whenever")
