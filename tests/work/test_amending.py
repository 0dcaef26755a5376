"""The card's 改期, 换人 and 撤回, of all owners or one; extensions; the edited command."""

import pytest

from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened, plain


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The secretary's private chat; Li and Wang have spoken in the group."""
    for who in (LI, WANG):
        await world.spoke(group.chat, world.people[who])
    return await opened(world, SECRETARY)


def card(group: Place) -> str:
    """The newest card of tasks in the group."""
    return next(plain(one) for one in reversed(group.bot_messages()) if plain(one).startswith(("📌", "已撤回")))


def notice(group: Place) -> str:
    """The last notice that somebody saw who pressed a button."""
    shown = [call for call in group.sandbox.calls if call.method.lower() == "answercallbackquery"]
    return str(shown[-1].parameters.get("text", ""))


async def test_a_deadline_is_moved_by_words_and_the_card_says_so(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 交心得")
    assert group.buttons() == ["完成", "申请延期", "改期", "换人", "撤回"]
    assert "群管理员" in await group.presses(WANG, "改期")
    await group.presses(SECRETARY, "改期")
    assert "改到什么时候" in group.newest()
    assert group.buttons()[:3] == ["11月27日（周五）18:00", "11月30日（周一）18:00", "12月3日（周四）18:00"]
    refused = await group.answers(SECRETARY, "昨天")
    assert "已经过了" in refused
    said = await group.answers(SECRETARY, "12月2日18:00前 材料还没到", above=refused)
    assert "「交心得」（李伟，1 号）改为12月2日（周三）18:00截止" in said
    await group.world.refreshed()
    assert "截止：12月2日（周三）18:00" in card(group)
    assert "改动：改期，原定11月26日（周四）18:00（材料还没到）" in card(group)
    assert await group.hears_until("2026-11-26 16:30") == "", "the reminders have moved"


async def test_of_several_owners_one_gets_more_time_and_hears_it_in_private(
    group: Place, office: Place, world: World
) -> None:
    own = await opened(world, LI)
    await group.says(SECRETARY, "/task @li @王海燕 明天18:00前 交心得")
    await group.presses(SECRETARY, "改期")
    assert group.buttons() == ["全部（2 项）", "李伟（1 号）", "王海燕（2 号）"]
    await group.presses(SECRETARY, "李伟（1 号）")
    await group.presses(SECRETARY, "11月27日")
    assert "您的 1 号任务有改动：「交心得」，11月27日（周五）18:00截止" in own.newest()
    assert await world.rows("task_events", "what = 'postponed'") == 1


async def test_all_owners_at_once(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li @王海燕 明天18:00前 交心得")
    await group.presses(SECRETARY, "改期")
    await group.presses(SECRETARY, "全部")
    await group.presses(SECRETARY, "11月27日")
    assert "「交心得」（2 人）改为11月27日（周五）18:00截止" in group.shown()
    await group.presses(SECRETARY, "换人")
    await group.presses(SECRETARY, "全部")
    await group.answers(SECRETARY, "王海燕 陈书记")
    await world.refreshed()
    assert "1 号，陈书记" in card(group)
    assert await world.rows("task_events", "what = 'reassigned'") == 1
    await group.presses(SECRETARY, "撤回")
    await group.presses(SECRETARY, "全部")
    await world.refreshed()
    assert card(group).startswith("已撤回：交心得")
    assert await world.rows("tasks", "withdrawn_at IS NOT NULL") == 2


async def test_a_task_is_given_to_somebody_else_from_its_card(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 交心得")
    shown = group.bot_messages()[-1]
    await group.presses(SECRETARY, "换人")
    await group.presses(SECRETARY, "王海燕")
    assert "王海燕，1 号「交心得」改由您负责（原为李伟）" in group.newest()
    await group.world.refreshed()
    assert "改动：1 号换了人，原为李伟" in card(group)
    await group.presses(SECRETARY, "撤回")
    await group.presses(SECRETARY, "确定撤回")
    for who, data in ((WANG, "task.done:1"), (SECRETARY, "task.postpone:1"), (WANG, "task.extend:1")):
        await group.receives_press(who, shown, data)
        assert "已经撤回，不用再办" in notice(group), data


async def test_a_task_is_not_given_to_who_has_the_same_one(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li @王海燕 明天18:00前 交心得")
    await group.presses(SECRETARY, "换人")
    await group.presses(SECRETARY, "李伟（1 号）")
    assert "王海燕已经有这项任务（2 号）" in await group.answers(SECRETARY, "王海燕")
    assert await world.rows("tasks", "withdrawn_at IS NOT NULL") == 0, "a change of owner withdraws nothing"


async def test_an_extension_is_asked_for_and_granted(group: Place, office: Place, world: World) -> None:
    own = await opened(world, LI)
    await group.says(SECRETARY, "/task @li 明天18:00前 交心得")
    assert "没有交给您" in await group.presses(WANG, "申请延期")
    await group.presses(LI, "申请延期")
    assert "想延到什么时候" in group.newest()
    refused = await group.answers(LI, "今天17:00")
    assert "更晚的时间" in refused
    await group.answers(LI, "12月1日18:00前 出差", above=refused)
    assert "等陈书记答复" in group.newest()
    assert "正在等答复" in await group.presses(LI, "申请延期")
    assert office.newest().splitlines() == [
        "李伟申请延期：1 号「交心得」",
        "原定11月26日（周四）18:00截止，想延到12月1日（周二）18:00",
        "原因：出差",
    ]
    assert "已同意，1 号现在12月1日" in await office.presses(SECRETARY, "同意")
    assert "✅ 陈书记同意了" in office.newest()
    assert "同意延期，现在12月1日（周二）18:00截止" in own.newest()
    await world.refreshed()
    assert "截止：12月1日（周二）18:00" in card(group)


async def test_an_extension_is_refused_with_a_reason(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 交心得")
    await group.presses(LI, "申请延期")
    await group.presses(LI, "11月27日")
    await group.answers(LI, "材料没到")
    request = office.bot_messages()[-1]
    await office.presses(SECRETARY, "不同意")
    await office.answers(SECRETARY, "周五要用")
    assert "没有同意延期，仍是11月26日（周四）18:00截止。陈书记说：周五要用" in group.shown()
    await office.receives_press(SECRETARY, request, "extension.grant:1")
    assert "已经答复过了：没有同意" in notice(group)


async def test_after_the_deadline_no_extension_is_asked_for(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天17:00 交心得")
    shown = group.bot_messages()[-1]
    await group.hears_until("2026-11-25 17:30")
    assert "已经过了，不能再申请延期" in await group.presses(LI, "申请延期", shown)


async def test_an_edited_command_changes_its_tasks(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li @王海燕 明天18:00前 交心得")
    assert await group.edits(SECRETARY, "/task @li @chen 后天18:00前 交学习心得 | 标准：800字") == ""
    assert group.reaction() == "👍"
    await world.refreshed()
    assert card(group).splitlines()[:3] == ["📌 交学习心得", "截止：11月27日（周五）18:00", "标准：800字"]
    assert "改动：" in card(group)
    assert "原为“交心得”" in card(group)
    assert "王海燕" not in card(group).splitlines()[4]
    assert await world.rows("tasks") == 2


async def test_who_mends_a_title_on_the_next_day_changes_no_deadline(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li 后天18:00前 交心的")
    command = group.last
    await group.hears_until("2026-11-26 10:00")
    await group.edits(SECRETARY, "/task @li 后天18:00前 交心得", command)
    await world.refreshed()
    assert card(group).splitlines()[:2] == ["📌 交心得", "截止：11月27日（周五）18:00"]
    before = await world.rows("task_events")
    await group.edits(SECRETARY, "/task @li 后天18:00前 交心得 ", command)
    assert await world.rows("task_events") == before
