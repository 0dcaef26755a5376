"""Settling a month: on show in the groups, final after five workdays, corrected only by entries that say so."""

import pytest

from tests.dialogue import LI, SECRETARY, WANG, Place, World
from tests.points.ledger import ADMIN, Office, office

NOVEMBER_OVER = "2026-12-01 10:00"


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({ADMIN})


@pytest.fixture
async def there(group: Place, world: World) -> Office:
    await world.earns(group.chat, LI, 2)
    await world.earns(group.chat, WANG, 1)
    made = await office(group, world)
    await world.at(NOVEMBER_OVER)
    return made


async def settles(there: Office) -> None:
    await there.admin.says(WANG, "结算积分")
    await there.admin.presses(WANG, "结算2026年11月")
    assert "公示 5 个工作日，到12月8日" in there.admin.newest()
    await there.admin.presses(WANG, "开始公示")


async def test_a_month_is_put_on_show_and_becomes_final(there: Office, world: World) -> None:
    await settles(there)
    assert "3 人，公示到12月8日" in there.admin.newest()
    shown = there.group.newest()
    assert shown.splitlines()[0] == "📋 2026年11月积分公示"
    assert "🥇 李伟　10" in shown
    assert "🥈 王海燕　5" in shown
    assert "您2026年11月：10 分（公示中）" in await there.group.presses(LI, "我的分数")
    told = len(there.group.bot_messages())
    await world.at("2026-12-08 23:00")
    assert "公示" in there.group.newest()
    await world.at("2026-12-09 09:30")
    assert "2026年11月积分已定案，3 人" in there.admin.shown()
    assert len(there.group.bot_messages()) == told, "the message is edited"
    assert "✅ 2026年11月积分已定案" in there.group.shown()
    await world.at("2026-12-10 09:30")
    assert there.admin.shown().count("已定案，3 人") == 1
    assert "结算2026年11月" not in await there.admin.says(WANG, "/settle")


async def test_a_time_before_the_first_points_is_not_offered(there: Office) -> None:
    await there.admin.says(WANG, "/settle")
    assert there.admin.buttons() == ["结算2026年11月"]


async def test_who_has_nothing_gets_no_medal(there: Office) -> None:
    await settles(there)
    assert "3. 陈书记　0" in there.group.newest()


async def test_an_open_question_keeps_it_on_show_and_a_correction_counts(there: Office, world: World) -> None:
    await settles(there)
    await world.at("2026-12-08 10:00")
    await there.li.says(LI, "/points")
    await there.li.presses(LI, "有疑问")
    await there.li.presses(LI, "漏记")
    await there.li.says(LI, "11月20日的巡检没有记")
    await there.li.presses(LI, "发出")
    await world.at("2026-12-09 10:00")
    assert "已定案" not in there.admin.shown()
    await there.secretary.presses(SECRETARY, "更正")
    await there.secretary.says(SECRETARY, "+3")
    await there.secretary.says(SECRETARY, "补记巡检")
    await there.secretary.presses(SECRETARY, "发出")
    await world.at("2026-12-10 10:00")
    assert "公示期间更正了 1 人" in there.admin.shown()
    assert "李伟　13" in there.group.shown()
    assert "您2026年11月：13 分" in await there.group.presses(LI, "我的分数")


async def test_two_administrators_settle_once_and_it_can_be_cancelled_with_a_reason(
    there: Office, world: World
) -> None:
    await there.admin.says(WANG, "/settle")
    await there.admin.presses(WANG, "结算2026年11月")
    await there.admin.press_together([WANG, WANG], "开始公示")
    assert await world.rows("settlements") == 1
    await there.admin.says(WANG, "/settle")
    await there.admin.presses(WANG, "取消2026年11月结算")
    await there.admin.says(WANG, "漏导了两个支部")
    await there.admin.presses(WANG, "发出")
    assert "积分公示已撤回：漏导了两个支部" in there.group.shown()
    await settles(there)
    assert await world.rows("settlements", "state = 'provisional'") == 1


async def test_where_each_sees_only_their_own_the_group_reads_no_points(there: Office, world: World) -> None:
    await there.group.says(SECRETARY, "/settings")
    await there.group.presses(SECRETARY, "积分榜")
    await there.group.presses(SECRETARY, "只给本人看")
    await settles(there)
    assert "李伟" not in there.group.newest()
    assert "📋 2026年11月积分公示" in there.group.newest()
    assert "能用" in await there.secretary.says(SECRETARY, "/settle")
