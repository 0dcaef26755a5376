"""Study days in chat: the plan of who is in charge, what was missed, study in private."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from domain.people.permission import Area, Role
from domain.study import study
from domain.study.study import Lesson, Quiz
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, plain

LESSONS = [Lesson(f"l{number}", f"第{number}条", "安全", "先看再干。", "规程") for number in range(1, 9)]
ASKED = Lesson("asked", "问一问", "安全", "帽带系紧。", "规程", Quiz("帽带怎么系？", ("松", "紧"), 1))


@pytest.fixture
def lessons() -> Sequence[Lesson]:
    return LESSONS


@pytest.fixture(autouse=True)
async def library(world: World, lessons: Sequence[Lesson]) -> None:
    await world.program.database.write(study.load, lessons=lessons)


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The private chat of the group's secretary, who is so on the platform alone."""
    await group.says(SECRETARY, "早")
    chat = world.sandbox.open_private(world.people[SECRETARY], BOT)
    place = Place(world, chat)
    await place.says(SECRETARY, "/start")
    return place


async def opened(place: Place, who: str, *labels: str) -> str:
    """What stands on the page that /study and these buttons lead to."""
    await place.says(who, "/study")
    page = place.messages()[-1]
    for label in labels:
        await place.presses(who, label, page)
    return plain(page)
