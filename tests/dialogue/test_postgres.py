"""The same dialogues with the store on PostgreSQL: one of each kind."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from domain import study
from tests.conftest import Postgres
from tests.dialogue.conftest import LI, SECRETARY, WANG, Place, World
from tests.dialogue.test_study import HELMET


@pytest.fixture
async def world(troubled_world: World, postgres: Postgres) -> AsyncIterator[World]:
    """The bot, moved to PostgreSQL."""
    await troubled_world.stop()
    with postgres.database() as url:
        troubled_world.settings = troubled_world.settings.model_copy(update={"database_url": url})
        await troubled_world.start()
        await troubled_world.program.store.write(study.load, lessons=[HELMET])
        yield troubled_world
        await troubled_world.check()
        await troubled_world.stop()


async def test_a_task_goes_from_given_to_done(group: Place) -> None:
    assert "整理实验室" in await group.says(SECRETARY, "/task @li 明天18:00前 整理实验室")
    assert "完成了 1 号" in await group.says(LI, "/done 1")
    assert "早已完成" in await group.says(LI, "/done 1")
    assert await group.points_of(LI) == 5


async def test_a_task_reminds_at_its_hour(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 整理实验室")
    assert "整理实验室" in await group.hears_until("2026-11-26 16:00")


async def test_pressing_together_credits_each_once(group: Place) -> None:
    await group.hears_until("2026-11-26 08:30")
    assert len(set(await group.press_together([LI, LI, LI, WANG, WANG], "已学习"))) == 2
    assert [await group.points_of(who) for who in (LI, WANG)] == [1, 1]


async def test_a_suggestion_is_thanked_and_counted(group: Place) -> None:
    assert "食堂" in await group.says(LI, "/suggest 食堂晚班加个热菜")
    assert "+2 提建议「食堂晚班加个热菜」" in await group.says(LI, "/points")


async def test_a_survey_is_asked_answered_and_published(group: Place) -> None:
    await group.says(SECRETARY, "/survey 几点开会？ | 九点 | 十点")
    await group.votes(LI, 1)
    await group.hears_until("2026-12-02 10:00")
    assert "十点" in group.shown()
    assert await group.points_of(LI) == 1


async def test_the_week_is_summed_up_on_monday(group: Place) -> None:
    await group.says(LI, "/suggest 食堂晚班加个热菜")
    assert "李伟" in await group.hears_until("2026-11-30 09:00")


async def test_what_was_left_is_handled_after_a_restart(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 整理实验室")
    await group.world.restart()
    assert "完成了 1 号" in await group.says(LI, "/done 1")
    assert "整理实验室" in await group.says(LI, "/points")


async def test_a_program_stands_by_and_takes_over_where_the_first_one_ends(group: Place) -> None:
    world = group.world
    await group.says(SECRETARY, "/task @li 明天18:00前 整理实验室")
    first = world.program
    second = asyncio.create_task(world.start())
    await asyncio.wait([second], timeout=0.5)
    assert not second.done()
    await first.__aexit__()
    async with asyncio.timeout(10):
        await second
    assert "完成了 1 号" in await group.says(LI, "/done 1")
