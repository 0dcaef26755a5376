"""Goals in chat: the tree, a new goal, what was reached, an adjustment, a task from a goal."""

from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened


async def plans(office: Place, title: str, measure: str, owner: str = "李伟") -> None:
    """The secretary adds a goal by the form."""
    await office.says(SECRETARY, title)
    await office.presses(SECRETARY, "12月31日前")
    await office.says(SECRETARY, measure)
    await office.says(SECRETARY, owner)
    await office.presses(SECRETARY, "发出")


async def test_a_goal_is_planned_reported_and_adjusted(group: Place, world: World) -> None:
    await group.says(LI, "早")
    office = await opened(world, SECRETARY)
    assert "这一年还没有目标" in await office.says(SECRETARY, "/goal")
    await office.presses(SECRETARY, "加目标")
    await plans(office, "党员学习全覆盖", "12次")
    assert "🔵 党员学习全覆盖（1 号）" in office.newest()
    assert "指标：12次" in office.newest()
    assert "责任人：李伟" in office.newest()
    await office.presses(SECRETARY, "报进度")
    assert "没看懂进度" in await office.says(SECRETARY, "快了")
    await office.says(SECRETARY, "9次，还差三次")
    assert "进度：75%（按上报的数：9次）" in office.newest()
    await office.presses(SECRETARY, "调整")
    await office.presses(SECRETARY, "指标")
    await office.says(SECRETARY, "10次")
    await office.says(SECRETARY, "人手减少")
    assert "进度：90%" in office.newest()
    await office.presses(SECRETARY, "调整和上报记录")
    assert "指标：12次 → 10次；原因：人手减少" in office.newest()
    assert "第一党支部 2026 年目标" in await group.says(WANG, "/goal")
    assert "党员学习全覆盖　90%" in group.newest()


async def below(office: Place, title: str, weight: str) -> None:
    """The secretary adds a goal below the one that is open."""
    await office.presses(SECRETARY, "加下级目标")
    await office.says(SECRETARY, title)
    await office.presses(SECRETARY, "11月30日前")
    await office.presses(SECRETARY, "只看是否完成")
    await office.presses(SECRETARY, "暂不定")
    await office.presses(SECRETARY, "修改")
    await office.presses(SECRETARY, "权重")
    await office.says(SECRETARY, weight)
    await office.presses(SECRETARY, "发出")


async def test_progress_rolls_up_and_weights_that_do_not_add_up_are_shown(group: Place, world: World) -> None:
    await group.says(LI, "早")
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/goal")
    await office.presses(SECRETARY, "加目标")
    await plans(office, "安全年", "是否完成")
    await below(office, "查隐患", "80")
    await office.presses(SECRETARY, "报进度")
    await office.presses(SECRETARY, "已完成")
    await office.presses(SECRETARY, "‹ 安全年")
    assert "报进度" not in office.buttons(), "it follows from the goals below"
    await below(office, "办培训", "50")
    await office.presses(SECRETARY, "‹ 安全年")
    assert "进度：61%（由下级目标汇总）" in office.newest()
    assert "权重合计 130%，不是 100%" in office.newest()
    await office.presses(SECRETARY, "‹ 全部目标")
    await office.presses(SECRETARY, "看图")
    assert "2026 年目标，总进度 61%" in office.newest()
    await office.presses(SECRETARY, "11月月报")
    assert "2026年11月目标月报（截至11月25日）" in office.newest()
    assert "总进度 61%，本月 +61；本月到期 2 项，完成 1 项" in office.newest()
    await office.says(SECRETARY, "/goal 1")
    await office.presses(SECRETARY, "调整")
    await office.presses(SECRETARY, "上级目标")
    assert "绕成一圈：安全年 → 办培训 → 安全年" not in office.shown()
    await office.says(SECRETARY, "3 号")
    await office.says(SECRETARY, "换个位置")
    assert "绕成一圈：安全年 → 办培训 → 安全年" in office.newest()


async def test_a_task_is_given_from_a_goal_and_counts_for_it(group: Place, world: World) -> None:
    await group.says(LI, "早")
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/goal")
    await office.presses(SECRETARY, "加目标")
    await plans(office, "整理台账", "是否完成")
    await office.presses(SECRETARY, "布置任务")
    await office.presses(SECRETARY, "发出")
    assert "整理台账\n截止：12月31日" in group.newest()
    assert "任务：0/1 完成" in await office.says(SECRETARY, "/goal 1")
    await group.does(LI, "/done 1")
    assert "进度：<b>100%</b>（按任务完成数）" in await office.says(SECRETARY, "/goal 1")


async def test_others_neither_see_nor_change_goals(group: Place, world: World) -> None:
    await group.says(LI, "早")
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/goal")
    await office.presses(SECRETARY, "加目标")
    await plans(office, "整理台账", "12次", owner="陈书记")
    own = await opened(world, LI)
    assert "整理台账" in await own.says(LI, "/goal 1")
    assert own.buttons() == ["‹ 全部目标", "调整和上报记录"]
    stranger = world.people["stranger"] = world.sandbox.add_person("外人")
    there = await opened(world, "stranger")
    assert stranger.id and "没有这项目标" in await there.says("stranger", "/goal 1")


async def test_a_goal_is_carried_over_dropped_and_restored(group: Place, world: World) -> None:
    await group.says(LI, "早")
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "今年的目标")
    await office.presses(SECRETARY, "加目标")
    await plans(office, "整理台账", "12次")
    await office.presses(SECRETARY, "调整")
    await office.presses(SECRETARY, "结转到2027年12月31日")
    assert "整理台账」结转到2027年12月31日" in office.newest()
    await office.says(SECRETARY, "改版推迟")
    assert "2027年12月31日前" in office.newest()
    await office.presses(SECRETARY, "调整")
    await office.presses(SECRETARY, "取消目标")
    await office.says(SECRETARY, "并入档案工作")
    assert "已取消，不再计算" in office.newest()
    assert "报进度" not in office.buttons()
    await office.presses(SECRETARY, "调整和上报记录")
    shown = office.newest()
    assert "取消，陈书记；原因：并入档案工作" in shown
    assert "结转，陈书记；期限：2026年12月31日 → 2027年12月31日；原因：改版推迟" in shown
    await office.presses(SECRETARY, "返回")
    await office.presses(SECRETARY, "恢复")
    assert "已取消" not in office.newest()
    assert "调整" in office.buttons()


async def test_a_goal_nearly_due_waits_on_the_owners_card_and_stands_in_the_summary(group: Place, world: World) -> None:
    await group.says(LI, "早")
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/goal")
    await office.presses(SECRETARY, "加目标")
    await office.says(SECRETARY, "查隐患")
    await office.presses(SECRETARY, "11月30日前")
    await office.says(SECRETARY, "40项")
    await office.says(SECRETARY, "李伟")
    await office.presses(SECRETARY, "发出")
    own = await opened(world, LI)
    card = await own.says(LI, "/start")
    assert "🟡 查隐患　0%，2026年11月30日前" in card
    await own.presses(LI, "报进度「查隐患」")
    await own.says(LI, "40")
    assert "进度：100%（按上报的数：40项）" in own.newest()
    assert "查隐患" not in await own.says(LI, "/start")
    await world.at("2026-11-25 11:00")
    assert "目标：总进度 100%，已完成 1 项，进行中 0 项" in await group.says(SECRETARY, "/summary")
