"""What goes wrong around work that is under way: a group moves, a role is lost, the program restarts, two press."""

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened
from tests.work.test_goal import plans


async def test_work_goes_on_in_the_supergroup_that_a_group_becomes(world: World) -> None:
    chen = world.people[SECRETARY]
    small = world.sandbox.add_group("老群", by=chen, members=[world.people[LI], world.people[WANG]], kind="group")
    world.sandbox.add_member(small, BOT, by=chen)
    await world.idle()
    old = Place(world, small)
    await old.says(LI, "早")
    await old.says(WANG, "早")
    office = await opened(world, SECRETARY)
    await old.says(SECRETARY, "/task @王海燕 明天18:00前 报名")
    await old.says(SECRETARY, "/task @li 每周一9:00 交周报")
    await office.says(SECRETARY, "/goal")
    await office.presses(SECRETARY, "加目标")
    await plans(office, "学习", "12次")
    new = Place(world, world.sandbox.migrate(small, by=chen))
    await world.idle()
    assert "1 号 报名" in await new.says(SECRETARY, "/tasks")
    assert "学习　0%" in await new.says(SECRETARY, "/goal")
    await office.says(SECRETARY, "/tasks")
    await office.presses(SECRETARY, "我布置的")
    await office.presses(SECRETARY, "1 号")
    await office.presses(SECRETARY, "改期")
    await office.answers(SECRETARY, "12月1日18:00")
    assert "改为12月1日（周二）18:00截止" in new.newest(), "who has no private chat reads it in the new group"
    assert "交周报" in await new.hears_until("2026-11-26 09:05")
    await world.check()


async def test_a_giver_who_lost_the_role_changes_nothing_and_is_not_asked(group: Place, world: World) -> None:
    await group.says(LI, "早")
    chen, wang = world.people[SECRETARY], world.people[WANG]
    world.sandbox.promote(group.chat, wang, by=chen)
    await world.idle()
    await group.says(WANG, "/task @li 明天18:00前 报名")
    command = group.last
    world.sandbox.demote(group.chat, wang, by=chen)
    await world.idle()
    refused = "只有书记或群管理员能用"
    assert refused in await group.edits(WANG, "/task @li 后天18:00前 报名表", command)
    assert refused in await group.says(WANG, "/task 撤回 1")
    assert refused in await group.presses(WANG, "改期")
    await group.presses(LI, "申请延期")
    await group.presses(LI, "11月27日")
    await group.answers(LI, "材料没到")
    assert refused in await group.presses(WANG, "同意")
    assert "已同意" in await group.presses(SECRETARY, "同意")
    assert await world.rows("tasks", "withdrawn_at IS NULL AND title = '报名'") == 1


async def test_forms_about_tasks_and_goals_survive_a_restart_between_two_steps(group: Place, world: World) -> None:
    await group.says(LI, "早")
    office = await opened(world, SECRETARY)
    await group.says(SECRETARY, "/task @li 明天18:00前 报名")
    await group.presses(SECRETARY, "改期")
    await world.restart()
    assert "改为12月2日（周三）18:00截止" in await group.answers(SECRETARY, "12月2日18:00前")
    await office.says(SECRETARY, "/goal")
    await office.presses(SECRETARY, "加目标")
    await office.says(SECRETARY, "学习")
    assert "已经过去" in await office.says(SECRETARY, "11月1日前"), "a goal is not due in the past"
    await office.presses(SECRETARY, "12月31日前")
    await world.restart()
    await office.says(SECRETARY, "12次")
    await office.presses(SECRETARY, "暂不定")
    assert sorted(await office.press_together([SECRETARY, SECRETARY], "发出")) == [
        "",
        "这一步已经结束了。要重新开始，请再发一次指令。",
    ]
    assert await world.rows("goals") == 1


async def test_of_two_reviewers_at_once_the_second_reads_who_was_first(group: Place, world: World) -> None:
    chen, wang = world.people[SECRETARY], world.people[WANG]
    world.sandbox.promote(group.chat, wang, by=chen)
    await group.says(SECRETARY, "/task @li 明天18:00前 报名 | 验收：我")
    await group.says(LI, "/done 1")
    await world.refreshed()
    notices = await group.press_together([WANG, SECRETARY], "优秀")
    assert [one for one in notices if one == "已通过：优秀"] == ["已通过：优秀"]
    assert any("1 号「报名」已由" in one for one in notices)
    assert await group.points_of(LI) == 5
    await group.says(SECRETARY, "/task @li 明天18:00前 填表")
    await group.presses(SECRETARY, "撤回")
    assert "这一步已经结束了" in "".join(await group.press_together([SECRETARY, SECRETARY], "确定撤回"))
    assert await world.rows("tasks", "withdrawn_at IS NOT NULL") == 1
