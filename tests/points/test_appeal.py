"""Questions about points, and how they are answered: in words, by a change, or by those above when time is up."""

import pytest

from tests.dialogue import LI, SECRETARY, WANG, Place, World
from tests.points.ledger import ADMIN, Office, office


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({ADMIN})


@pytest.fixture
async def there(group: Place, world: World) -> Office:
    await world.earns(group.chat, LI, 1)
    return await office(group, world)


async def asks(there: Office, words: str = "我周二就做完了，按时", about: str = "巡检") -> None:
    """Li asks about an item."""
    await there.li.says(LI, "/points")
    await there.li.presses(LI, "有疑问")
    await there.li.presses(LI, about)
    await there.li.says(LI, words)


async def test_a_question_is_answered_in_words_and_its_author_is_told(there: Office) -> None:
    await asks(there)
    preview = there.li.newest()
    assert "+5 按时完成「巡检」11月25日" in preview
    assert "转给书记，最迟11月30日答复，逾期转给管理员" in preview, "three workdays after Wednesday"
    await there.li.presses(LI, "发出")
    assert "已转给书记，最迟11月30日答复，逾期转给管理员" in there.li.newest()
    assert "（有疑问，最迟11月30日答复）" in await there.li.says(LI, "/points")
    card = there.secretary.newest()
    assert "李伟对积分有疑问，最迟11月30日答复" in card
    assert "我周二就做完了" in card
    assert "积分疑问等您答复" in await there.secretary.says(SECRETARY, "/start")
    await there.secretary.presses(SECRETARY, "说明")
    await there.secretary.says(SECRETARY, "已经按按时记的 5 分")
    await there.secretary.presses(SECRETARY, "发出")
    assert "您的积分疑问有答复了" in there.li.newest()
    assert "已经按按时记的 5 分（陈书记）" in there.li.newest()
    assert "有疑问，最迟" not in await there.li.says(LI, "/points")
    assert "李伟的积分疑问已答复" in there.secretary.shown()
    assert "等您答复" not in await there.secretary.says(SECRETARY, "/start")


async def test_a_question_leads_to_a_change_and_its_author_hears_of_it_once(there: Office) -> None:
    await asks(there, "这条是王海燕做的")
    await there.li.presses(LI, "发出")
    heard = len(there.li.bot_messages())
    await there.secretary.presses(SECRETARY, "更正")
    await there.secretary.presses(SECRETARY, "巡检")
    await there.secretary.says(SECRETARY, "记错了人")
    assert "-5 分" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "发出")
    assert len(there.li.bot_messages()) == heard + 1
    assert "已更正：-5 记错了人" in there.li.newest()
    assert await there.li.points_of(LI) == 0
    assert "+0 按时完成「巡检」11月25日（已撤回：记错了人）" in await there.li.says(LI, "/points")
    await asks(there, "确实是我做的")
    assert "转给管理员" in there.li.newest(), "what a person decided is for those above"
    assert "转给书记" not in there.li.newest()


async def test_what_is_not_answered_in_time_goes_to_the_administrators_once(there: Office, world: World) -> None:
    await asks(there, about="漏记")
    await there.li.presses(LI, "发出")
    assert "漏记的疑问：最迟11月30日答复" in await there.li.says(LI, "/points")
    await world.at("2026-11-30 09:00")
    assert "积分有疑问" not in there.admin.shown()
    await world.at("2026-12-01 09:00")
    assert there.admin.shown().count("李伟对积分有疑问，最迟12月4日答复") == 1
    assert "逾期没有答复，已转给管理员" in there.secretary.shown()
    await world.at("2026-12-02 09:00")
    assert there.admin.shown().count("李伟对积分有疑问") == 1
    old = next(one for one in there.admin.bot_messages() if "有疑问" in str(one))
    appeal = old["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await there.secretary.says(SECRETARY, "/help")
    before = await world.rows("drafts")
    await there.secretary.receives_press(SECRETARY, there.secretary.bot_messages()[-1], appeal)
    assert await world.rows("drafts") == before, "it is not the secretary's any more"
    await there.admin.presses(WANG, "说明", old)
    await there.admin.says(WANG, "已补记")
    await there.admin.presses(WANG, "发出")
    assert "已补记" in there.li.newest()


async def test_a_secretarys_own_question_is_not_for_themselves(there: Office, world: World) -> None:
    await world.earns(there.group.chat, SECRETARY, 1)
    await there.secretary.says(SECRETARY, "/points")
    await there.secretary.presses(SECRETARY, "有疑问")
    await there.secretary.presses(SECRETARY, "巡检")
    await there.secretary.says(SECRETARY, "应该是 10 分")
    await there.secretary.presses(SECRETARY, "发出")
    assert "已转给管理员，最迟11月30日答复" in there.secretary.newest()
    assert "陈书记对积分有疑问" in there.admin.newest()


async def test_one_question_an_item_and_three_a_day(there: Office) -> None:
    await asks(there)
    await there.li.presses(LI, "发出")
    await there.li.says(LI, "/points")
    await there.li.presses(LI, "有疑问")
    assert "正在等答复" in await there.li.presses(LI, "巡检")
    await there.li.says(LI, "/cancel")
    for _ in range(2):
        await asks(there, about="漏记")
        await there.li.presses(LI, "发出")
    await there.li.says(LI, "/points")
    await there.li.presses(LI, "有疑问")
    assert "24 小时内最多提 3 条" in await there.li.presses(LI, "漏记")


async def test_an_administrator_changes_points_and_nobody_their_own(there: Office, world: World) -> None:
    assert "更正谁的积分" in await there.admin.says(WANG, "更正积分")
    await there.admin.says(WANG, "李伟")
    assert "多少分" in there.admin.newest()
    assert "一次最多加减 1000 分" in await there.admin.says(WANG, "+1001")
    await there.admin.says(WANG, "+8")
    await there.admin.says(WANG, "防汛值守 <两夜>")
    assert "李伟　+8 分" in there.admin.newest()
    await there.admin.presses(WANG, "发出")
    assert "李伟 +8 分，现在累计 13 分" in there.admin.newest()
    assert "您的积分 +8，现在累计 13 分" in there.li.newest()
    assert "防汛值守 <两夜>（王海燕）" in there.li.newest()
    assert "+8 更正「防汛值守 &lt;两夜&gt;」11月25日" in await there.li.says(LI, "/points")
    assert "更正积分" in await there.admin.says(WANG, "/audit")
    assert "自己的积分不能自己更正" in await there.secretary.says(SECRETARY, "/adjust @chen")
    assert "能用" in await there.li.says(LI, "/adjust @chen")
    assert await world.rows("points_adjustments") == 1


async def test_more_than_eight_items_have_pages(there: Office, world: World) -> None:
    await world.earns(there.group.chat, LI, 10)
    first = await there.li.says(LI, "/points")
    assert first.count("巡检") == 8
    await there.li.presses(LI, "更多")
    assert there.li.newest().count("巡检") == 2
    await there.li.presses(LI, "第一页")
    assert there.li.newest().count("巡检") == 8
