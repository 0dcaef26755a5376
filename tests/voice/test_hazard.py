"""Acute danger in a suggestion rings whoever is on call, until somebody answers."""

import pytest

from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened
from tests.points.ledger import ADMIN, Office, office


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({ADMIN})


@pytest.fixture
async def there(group: Place, world: World) -> Office:
    return await office(group, world)


@pytest.mark.parametrize("start", ["2026-11-25 23:40"])
async def test_an_alarm_rings_one_after_another_also_at_night_until_somebody_sees_to_it(
    there: Office, group: Place, world: World
) -> None:
    await group.does(LI, "建议：2号面瓦斯超限，探头一直响")
    assert "🚨 急：瓦斯超限\n2号面瓦斯超限，探头一直响" in there.secretary.newest()
    assert "建议 1 号，第一党支部，李伟" in there.secretary.newest()
    assert "已报值班：陈书记" in there.li.shown()
    assert "🚨" not in there.admin.shown()
    await world.at("2026-11-25 23:44")
    assert "🚨" not in there.admin.shown()
    await world.restart()
    await world.at("2026-11-25 23:46")
    assert "🚨 急：瓦斯超限（第 2 次呼叫）" in there.admin.newest()
    await world.at("2026-11-25 23:52")
    assert "（第 3 次呼叫）" in there.secretary.newest()
    assert "已记下" in await there.admin.presses(WANG, "已知悉")
    for place in (there.secretary, there.admin):
        assert "✅ 已知悉：王海燕 11月25日（周三）23:52" in place.newest()
        assert place.buttons() == [] or "已知悉" not in place.buttons()
    assert "王海燕 11月25日（周三）23:52 已知悉" in there.li.shown()
    before = len(there.secretary.bot_messages())
    await world.at("2026-11-26 00:30")
    assert len(there.secretary.bot_messages()) == before
    assert await world.rows("audit", "action LIKE 'hazard.%'") == 2


async def test_an_anonymous_one_rings_without_a_name(there: Office) -> None:
    await there.li.says(LI, "建议：配电室冒烟了，有糊味")
    await there.li.presses(LI, "匿名")
    assert "，匿名" in there.secretary.newest()
    assert "李伟" not in there.secretary.newest()


async def test_nobody_is_rung_for_their_own_words(there: Office, group: Place, world: World) -> None:
    await group.does(SECRETARY, "建议：2号面瓦斯超限，探头一直响")
    assert "🚨 急：瓦斯超限" in there.admin.newest()
    assert "已报值班：王海燕" in there.secretary.shown()
    await world.at("2026-11-25 11:00")
    assert "🚨" not in there.secretary.shown(), "not even when all are rung"


async def test_where_nobody_else_can_be_written_to_the_group_hears_it(group: Place, world: World) -> None:
    own = await opened(world, WANG)
    assert "🚨 <b>急：瓦斯超限</b>" in await group.says(WANG, "建议：2号面瓦斯超限，探头一直响")
    assert "🚨" not in own.shown()
    assert "已记下" in await group.presses(SECRETARY, "已知悉")


async def test_words_that_are_in_doubt_ring_too_and_are_kept(there: Office, group: Place, world: World) -> None:
    await group.does(WANG, "建议：2号面瓦斯超限，探头一直响")
    await there.secretary.presses(SECRETARY, "已知悉")
    await world.at("2026-11-25 11:30")
    before = len(there.secretary.bot_messages())
    world.sandbox.forward(group.chat, world.people[LI], group.last, there.li.chat)
    await world.idle()
    await there.li.presses(LI, "署名")
    assert len(there.secretary.bot_messages()) == before + 1
    assert "建议 2 号，第一党支部，李伟" in there.secretary.newest()
    assert "是转发的内容，算您的建议吗" in there.li.shown()
    assert "建议 2 号已报值班：陈书记" in there.li.shown()
    await there.li.presses(LI, "不是")
    assert await world.rows("suggestions", "doubt = 'forwarded'") == 1
    assert "已记下" in await there.secretary.presses(SECRETARY, "已知悉")
    assert "建议 2 号：陈书记 11月25日（周三）11:30 已知悉" in there.li.shown()


async def test_the_same_words_ring_again_once_that_is_over(there: Office, group: Place, world: World) -> None:
    await group.does(WANG, "建议：2号面瓦斯超限，探头一直响")
    world.sandbox.forward(group.chat, world.people[LI], group.last, there.li.chat)
    await world.idle()
    await there.li.presses(LI, "署名")
    assert "建议 1 号已报值班：陈书记" in there.li.shown(), "those on call have heard it already"
    assert await world.rows("hazard_alarms") == 1
    await there.secretary.presses(SECRETARY, "已知悉")
    await group.says(SECRETARY, "建议：2号面瓦斯超限，探头一直响")
    assert "🚨" not in there.secretary.shown() + there.admin.shown()
    await world.at("2026-11-26 10:00")
    await group.does(LI, "建议：2号面瓦斯超限，探头一直响")
    assert "🚨 急：瓦斯超限" in there.secretary.newest()
    await there.secretary.presses(SECRETARY, "已知悉")
    assert "✅ 已知悉：陈书记 11月26日" in there.secretary.newest()


async def test_others_ring_nobody_and_those_in_charge_say_who_is_on_call(
    there: Office, group: Place, world: World
) -> None:
    await group.does(LI, "建议：组织一次瓦斯超限应急演练")
    await group.says(LI, "2号面瓦斯超限")
    assert await world.rows("hazard_alarms") == 0
    assert "1. 陈书记" in await group.says(SECRETARY, "/oncall")
    assert "1. 王海燕" not in await group.says(LI, "/oncall @li")
    said = await group.says(SECRETARY, "/oncall @li")
    assert "1. 李伟" in said
    assert "陈书记" not in said
    await group.does(SECRETARY, "建议：配电室冒烟了")
    assert "🚨" in there.li.shown()
    assert "🚨" not in there.secretary.shown()
    assert "1. 陈书记" in await group.says(SECRETARY, "/oncall 默认")
    assert await world.rows("audit", "action = 'hazard.on_call'") == 2
