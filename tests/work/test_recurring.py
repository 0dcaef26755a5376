"""Recurring tasks in chat: begun by a command, given by the clock, changed by buttons."""

from tests.dialogue import LI, SECRETARY, WANG, Place, World


async def test_a_recurring_task_is_given_on_time_and_stopped_by_a_button(group: Place) -> None:
    await group.says(LI, "早")
    said = await group.says(SECRETARY, "/task @li 每周一9:00 交周报 | 成果：周报一份")
    assert "每周一 09:00，遇休息日顺延" in said
    assert "下一期 11月30日（周一）09:00截止，11月26日（周四）09:00布置" in said
    assert "交周报" in await group.hears_until("2026-11-26 09:05")
    assert group.buttons()[0] == "完成"
    assert "完成" in await group.presses(LI, "完成")
    await group.says(SECRETARY, "/task @li 每月30号 交月报")
    assert "已停止" in await group.presses(SECRETARY, "停止")


async def test_only_who_gives_tasks_changes_a_recurring_one(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 每月15日 报台账")
    assert "已暂停" not in await group.presses(WANG, "暂停")
    assert "已暂停" in await group.presses(SECRETARY, "暂停")
    assert "已暂停；恢复后从下一期起布置" in group.newest()
    assert "按新的来" in await group.presses(SECRETARY, "恢复")


async def test_a_rhythm_that_is_unclear_or_impossible_is_asked_about(group: Place) -> None:
    await group.says(LI, "早")
    assert "可以有几种意思" in await group.says(SECRETARY, "/task @li 每月初 开会")
    assert "没有这样的日子" in await group.says(SECRETARY, "/task @li 每月32日 开会")
    assert "2月31日" in await group.says(SECRETARY, "/task @li 每年2月31日 盘点")
    assert "没写任务内容" in await group.says(SECRETARY, "/task @li 每周一9:00")


async def test_two_who_give_a_turn_ahead_at_once_give_one(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li 每周一9:00 交周报")
    notices = await group.press_together([SECRETARY, SECRETARY], "现在布置下一期")
    assert sorted(notices) == ["周期任务 1 号的这一期刚才已经布置过了。", "已布置，11月30日（周一）09:00截止"]
    assert await world.rows("tasks") == 1
