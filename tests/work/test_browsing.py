"""/tasks: mine, given by me, my branch's; by light, page by page; and one task with its history."""

from collections.abc import AsyncIterator

import pytest

import texts
from domain.work.task import Happening
from domain.work.task.browsing import Page
from domain.work.task.changes import Change
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened
from tests.samples import AT
from tests.work import samples_task


@pytest.fixture
async def office(group: Place, world: World) -> AsyncIterator[Place]:
    """The secretary's private chat; the group has three tasks."""
    for who in (LI, WANG):
        await world.spoke(group.chat, world.people[who])
    place = await opened(world, SECRETARY)
    await group.says(SECRETARY, "/task @li 今天17:00 交心得")
    await group.says(SECRETARY, "/task @王海燕 12月5日18:00前 交报表 | 标准：无涂改")
    await group.says(SECRETARY, "/task @chen 明天12:00前 讲课")
    yield place


async def test_who_gave_tasks_sees_them_by_light_and_each_with_its_history(group: Place, office: Place) -> None:
    await office.hears_until("2026-11-25 17:30")
    assert "3 号 讲课" in await office.says(SECRETARY, "/tasks")
    assert office.buttons() == ["✓ 我的", "我布置的", "本支部的", "3 号"]
    await office.presses(SECRETARY, "我布置的")
    assert office.newest().splitlines()[:3] == ["您布置的任务", "🔴 1 号 交心得", "　　李伟，今天 17:00截止"]
    assert office.buttons()[3:] == ["全部", "○ 1", "🟡 1", "🔴 1", "1 号", "3 号", "2 号"]
    await office.presses(SECRETARY, "○ 1")
    assert office.newest().splitlines()[0] == "您布置的任务（○ 1 项）"
    await office.presses(SECRETARY, "2 号")
    assert office.newest().splitlines() == [
        "○ 2 号 交报表",
        "进行中，12月5日（周六）18:00截止",
        "责任人：王海燕；交办人：陈书记",
        "标准：无涂改",
        "11月25日（周三）10:00 陈书记交办",
    ]
    assert office.buttons() == ["改期", "换人", "撤回", "‹ 返回列表"]
    await office.presses(SECRETARY, "换人")
    await office.presses(SECRETARY, "李伟")
    assert "「交报表」现在由李伟负责" in office.shown()
    await office.presses(SECRETARY, "返回列表")
    assert "您布置的任务（○ 1 项）" in office.shown()


async def test_an_owner_finds_what_they_may_do(group: Place, office: Place, world: World) -> None:
    own = await opened(world, LI)
    await own.says(LI, "/tasks")
    assert own.buttons() == ["✓ 我的", "本支部的", "1 号"]
    await own.presses(LI, "1 号")
    assert own.buttons() == ["完成", "申请延期", "‹ 返回列表"]
    await own.presses(LI, "申请延期")
    await own.answers(LI, "周五18:00前 还差数据")
    assert "等陈书记答复" in own.shown()
    await own.presses(LI, "返回列表")
    await own.presses(LI, "本支部的")
    assert "王海燕，12月5日" in own.shown()


async def test_in_a_group_the_lights_are_filtered_and_a_withdrawn_task_answers_kindly(
    group: Place, office: Place, world: World
) -> None:
    await group.hears_until("2026-11-25 17:30")
    await group.says(WANG, "/tasks")
    assert group.buttons() == ["全部", "○ 1", "🟡 1", "🔴 1"]
    await group.presses(WANG, "🔴 1")
    assert group.newest().splitlines()[0] == "进行中的任务（🔴 1 项）"
    await office.says(SECRETARY, "/tasks")
    await office.presses(SECRETARY, "我布置的")
    page = office.bot_messages()[-1]
    await group.says(SECRETARY, "/task 撤回 1")
    assert "1 号「交心得」已经撤回" in await office.presses(SECRETARY, "1 号", page)


@pytest.mark.parametrize(
    ("what", "note", "said"),
    [
        (Happening.ESCALATED, "giver", "报告交办人"),
        (Happening.DONE, "good", "验收：良好"),
        (Happening.DONE, "", "完成"),
    ],
)
def test_the_history_says_notes_in_words(what, note, said):
    task = samples_task.values(lambda length: "字" * min(length, 4))["task"][0]
    page = Page(task, None, [Change(what, task.id, None, AT, words=note)], None, False, True, AT)
    shown = texts.render("browsing.page", texts.Reader("zh", "Asia/Shanghai"), {"page": page})
    assert shown.splitlines()[-1].endswith(said)
