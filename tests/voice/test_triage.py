"""What becomes of a suggestion: those in charge answer in private, and its author hears of it."""

from copy import deepcopy

import pytest

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World
from tests.points.ledger import ADMIN, Office, office


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({ADMIN})


@pytest.fixture
async def there(group: Place, world: World) -> Office:
    return await office(group, world)


async def suggests(group: Place, words: str = "食堂晚班加个热菜", who: str = LI) -> None:
    await group.does(who, f"建议：{words}")


async def test_a_suggestion_becomes_a_task_and_its_author_confirms_that_it_is_done(
    there: Office, group: Place, world: World
) -> None:
    await suggests(group)
    assert "1 条意见等您处理，最早的11月30日（周一）到期，逾期转给上一级" in await there.secretary.says(
        SECRETARY, "/start"
    )
    await there.secretary.presses(SECRETARY, "看看意见")
    card = there.secretary.newest()
    assert "建议 1 号（第一党支部），11月25日（周三），李伟\n食堂晚班加个热菜" in card
    assert "归到：食堂后勤" in card
    await there.secretary.presses(SECRETARY, "采纳")
    assert "被采纳了，最迟12月23日（周三）办成" in there.li.newest()
    assert await group.points_of(LI) == 2 + 5
    preview = there.secretary.newest()
    assert "食堂晚班加个热菜" in preview
    assert "12月23日" in preview
    await there.secretary.presses(SECRETARY, "发出")
    assert "食堂晚班加个热菜" in group.newest()
    await group.presses(SECRETARY, "完成")
    assert "办成了。\n您看行吗？到12月9日（周三）没有意见就办结。" in there.li.newest()
    assert await group.points_of(LI) == 2 + 5 + 3
    await there.li.presses(LI, "还差一点")
    await there.li.says(LI, "晚上九点就没了")
    await there.li.presses(LI, "发出")
    assert await group.points_of(LI) == 2 + 5
    assert "还差：晚上九点就没了" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "看看意见")
    await there.secretary.presses(SECRETARY, "办成了")
    assert "谢谢，建议 1 号办结了。" in await there.li.presses(LI, "办好了")
    assert await group.points_of(LI) == 2 + 5 + 3
    assert "办结了，谢谢您" in there.li.shown()
    assert "已办结" in await group.says(WANG, "/suggestions")
    steps = await world.rows("suggestion_steps")
    assert steps == 6


async def test_one_message_goes_from_one_to_the_next(there: Office, group: Place) -> None:
    await suggests(group)
    await suggests(group, "车间加一台饮水机", WANG)
    assert "食堂晚班加个热菜" in await there.secretary.says(SECRETARY, "/suggestions")
    shown = len(there.secretary.bot_messages())
    await there.secretary.presses(SECRETARY, "稍后")
    assert "车间加一台饮水机" in there.secretary.newest()
    assert "正在研究，最迟12月9日（周三）答复" in there.li.newest()
    await there.secretary.presses(SECRETARY, "稍后")
    assert "食堂晚班加个热菜" in there.secretary.newest(), "from the beginning again"
    assert len(there.secretary.bot_messages()) == shown
    await there.secretary.presses(SECRETARY, "说明原因")
    await there.secretary.says(SECRETARY, "晚班只有两个人，热菜会剩")
    assert "提的人会读到：" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "发出")
    assert "没有采纳。\n晚班只有两个人，热菜会剩" in there.li.newest()
    assert "还有 1 条等您处理" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "收回决定")
    assert "正在研究" in there.li.newest()
    await there.secretary.presses(SECRETARY, "下一条")
    assert "车间加一台饮水机" in there.secretary.newest()


async def test_others_see_the_board_and_an_old_button_says_what_has_become_of_it(
    there: Office, group: Place, world: World
) -> None:
    await suggests(group)
    assert "意见公示" in await there.li.says(LI, "/suggestions")
    assert "食堂晚班加个热菜（李伟）\n已收到，最迟11月30日（周一）答复" in there.li.newest()
    assert there.li.buttons() == ["撤回"], "of what was received: the board has none"
    await there.secretary.says(SECRETARY, "/suggestions")
    old = deepcopy(there.secretary.bot_messages()[-1])
    await there.secretary.presses(SECRETARY, "稍后")
    await there.secretary.receives_press(SECRETARY, old, "triage.adopt:1:0")
    notices = [
        call.parameters.get("text") for call in world.sandbox.calls if call.method.lower() == "answercallbackquery"
    ]
    assert notices[-1] == "陈书记已经处理过这条：正在研究。"
    assert await group.points_of(LI) == 2
    assert await world.rows("suggestion_steps") == 1


async def test_what_nobody_answers_goes_up_and_an_author_confirms_by_silence(
    there: Office, group: Place, world: World
) -> None:
    await suggests(group)
    assert "逾期转给上一级" in await there.secretary.says(SECRETARY, "/start")
    await world.at("2026-12-01 08:30")
    assert "1 条意见逾期没有答复，已转到您这里" in there.admin.shown()
    await there.admin.presses(WANG, "看看意见")
    assert "已转到上一级" in there.admin.newest()
    await there.admin.presses(WANG, "采纳")
    await there.admin.presses(WANG, "放弃")
    await there.admin.presses(WANG, "办成了")
    assert "没有意见就办结" in there.li.newest()
    await world.at("2026-12-15 08:30")
    assert "已办结" not in await group.says(WANG, "/suggestions")
    await world.at("2026-12-16 08:30")
    assert "已办结" in await group.says(WANG, "/suggestions")
    assert "办结了，谢谢您" in there.li.shown()


async def test_it_is_passed_on_to_another_group(there: Office, group: Place, world: World) -> None:
    other = world.sandbox.add_group("第二党支部", by=world.people[SECRETARY], members=[world.people[WANG]], bots=[BOT])
    await world.idle()
    await Place(world, other).says(WANG, "/help")
    await suggests(group)
    await there.secretary.says(SECRETARY, "/suggestions")
    await there.secretary.presses(SECRETARY, "转办")
    await there.secretary.says(SECRETARY, "三车间")
    assert "没有找到名字里有“三车间”的群" in there.secretary.shown()
    await there.secretary.presses(SECRETARY, "第二党支部")
    assert "转给第二党支部，由他们答复" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "发出")
    assert "已转给第二党支部" in there.secretary.newest()
    assert "已转给负责的同志" in there.li.newest()
    assert "有一条意见转到您这里" in there.admin.shown(), "an administrator, since nobody is secretary there"


async def test_figures_are_for_those_in_charge(there: Office, group: Place) -> None:
    await there.secretary.says(SECRETARY, "/suggestions")
    await suggests(group)
    await there.secretary.presses(SECRETARY, "意见情况")
    assert "2026年11月意见建议\n1 条，人均 0.50 条，采纳 0 条，办成 0 条" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "看看意见")
    await there.secretary.presses(SECRETARY, "采纳")
    await group.hears_until("2026-11-30 09:30")
    assert "；采纳 1 条" in group.shown(), "in the weekly summary"


async def test_those_in_charge_change_tags_by_taps(there: Office, group: Place, world: World) -> None:
    await suggests(group)
    await suggests(group, "宿舍的热水不热", WANG)
    await there.secretary.says(SECRETARY, "/suggestions")
    await there.secretary.presses(SECRETARY, "改标签")
    assert "归到：食堂后勤" in there.secretary.newest()
    shown = len(there.secretary.bot_messages())
    await there.secretary.presses(SECRETARY, "劳动保护")
    assert "✅ 已改为：食堂后勤、劳动保护" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "✓ 食堂后勤")
    await there.secretary.presses(SECRETARY, "党建活动")
    await there.secretary.presses(SECRETARY, "信息化")
    assert "标签最多 3 个" in await there.secretary.presses(SECRETARY, "宿舍")
    assert "✅ 已改为：劳动保护、党建活动、信息化" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "返回")
    assert "食堂晚班加个热菜\n\n归到：劳动保护、党建活动、信息化" in there.secretary.newest()
    assert len(there.secretary.bot_messages()) == shown, "one card"
    assert await world.rows("tag_corrections") == await world.rows("audit", "action = 'tags.corrected'") == 4
    assert "归到：宿舍" in await there.admin.says(WANG, "/tags 2")
    await there.admin.presses(WANG, "✓ 宿舍")
    assert "✅ 已改为：没有标签" in there.admin.newest()
    assert "已经不在了" in await there.admin.says(WANG, "/tags 77")
