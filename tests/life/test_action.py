"""A front-line action in chat: opened with its figure, reported by its leader, ended with an honour."""

from typing import Any

import pytest

from domain.people.permission import Area, Role
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened


async def appointed(group: Place, world: World) -> None:
    """The branch with the three on its roster; its secretary by role."""
    await world.roster(group.chat, SECRETARY, LI, WANG)

    def appoint(stores: Any) -> None:
        chen, place = stores.members.find(world.people[SECRETARY].id), stores.chats.find(group.chat.id).branch
        stores.grants.add(chen, Role.SECRETARY, Area(branch=place), None, world.sandbox.clock.now())

    await world.program.database.write(appoint)


async def begun(office: Place) -> None:
    """The secretary fills in the form, up to the preview."""
    await office.says(SECRETARY, "/action")
    await office.presses(SECRETARY, "一线建功立项")
    await office.presses(SECRETARY, "党员突击队")
    await office.says(SECRETARY, "三号线每月停机次数太多")
    assert "请写一个数" in await office.says(SECRETARY, "很多")
    await office.says(SECRETARY, "12 次")
    await office.says(SECRETARY, "5")
    assert "已经过了" in await office.says(SECRETARY, "2025年11月1日")
    await office.says(SECRETARY, "12月31日")
    await office.says(SECRETARY, "李伟 王海燕")


async def test_from_the_problem_to_the_honour(group: Place, world: World) -> None:
    await appointed(group, world)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await begun(office)
    assert "原来 12 次 → 目标 5 次，到 12月31日" in office.newest()
    assert "队伍：李伟（负责）、王海燕" in office.newest()
    await office.presses(SECRETARY, "发出")
    assert "还没报过数" in group.shown()
    world.sandbox.start(world.people[LI], BOT, "action_report_1")
    await world.idle()
    assert "现在是多少" in li.newest()
    assert "请写一个数" in await li.says(LI, "不多")
    assert "现在 <b>9 次</b>（走了 42%）" in await li.says(LI, "9次，换了轴承")
    await world.refreshed()
    assert "现在 9 次" in group.shown()
    wang = await opened(world, WANG)
    world.sandbox.start(world.people[WANG], BOT, "action_report_1")
    await world.idle()
    assert "由负责人报数：李伟" in wang.newest()

    await world.at("2026-12-26 09:30")
    await li.says(LI, "/start")
    assert "请报个数" in li.shown()
    await li.presses(LI, "报数")
    await li.says(LI, "5")
    await office.says(SECRETARY, "/action")
    assert "眼下没有" not in office.newest()
    assert "原来 12 次 → 目标 5 次" in office.newest()
    await office.presses(SECRETARY, "管理")
    assert "换了轴承" in office.newest()
    await office.presses(SECRETARY, "结束，写结果")
    await office.says(SECRETARY, "改了巡检路线")
    assert "达到了目标" in office.newest()
    await world.refreshed()
    assert "已结束：改了巡检路线" in group.shown()
    assert await world.rows("points_entries", "event = 'action.finished'") == 2
    await office.presses(SECRETARY, "授予荣誉")
    await office.presses(SECRETARY, "岗位能手")
    await office.presses(SECRETARY, "李伟")
    assert "从 12 次到 5 次" in office.newest()
    assert "眼下没有" in await office.says(SECRETARY, "/action")
    world.sandbox.start(world.people[LI], BOT, "action_report_1")
    await world.idle()
    assert "已经结束" in li.newest()


@pytest.mark.parametrize("language", ["en"])
async def test_the_same_in_english(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI)
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/action")
    await office.presses(SECRETARY, "Open a front-line action")
    await office.presses(SECRETARY, "model post")
    for words in ("too much scrap", "3.5 %"):
        await office.says(SECRETARY, words)
    assert "has to differ" in await office.says(SECRETARY, "3.5")
    for words in ("2", "31 December", "李伟"):
        await office.says(SECRETARY, words)
    assert "From 3.5 % to 2 %" in office.newest()
    await office.presses(SECRETARY, "Send")
    assert "no figure yet" in group.shown()
    await office.says(SECRETARY, "/action")
    await office.presses(SECRETARY, "Run:")
    await office.presses(SECRETARY, "Report a figure")
    assert "(50% of the way)" in await office.says(SECRETARY, "2.75")
    await office.says(SECRETARY, "/action")
    await office.presses(SECRETARY, "Run:")
    await office.presses(SECRETARY, "Stop it")
    await office.says(SECRETARY, "the line is closed")
    await world.refreshed()
    assert "Stopped: the line is closed" in group.shown()
