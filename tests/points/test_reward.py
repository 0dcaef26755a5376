"""Rewards in chat: switched on, put up, asked for, approved, handed over."""

import pytest

from domain.admin.setting import ENTERPRISE, Name
from domain.points.reward import Offer
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened


@pytest.fixture
def admins() -> frozenset[int]:
    """The secretary, who has the id of the local Telegram's first person."""
    return frozenset({7000000001})


@pytest.fixture
async def office(world: World, group: Place) -> Place:
    """The administrator's private chat; Li is of the branch, and has earned thirty points."""
    place = await opened(world, SECRETARY)
    await world.roster(group.chat, LI, WANG)
    await world.earns(group.chat, LI, 6)
    return place


@pytest.fixture
async def member(world: World, office: Place) -> Place:
    """Li's private chat, where rewards are in use since before Li earned something, and one umbrella is left."""

    def begin(stores) -> None:
        stores.settings.put(ENTERPRISE, Name.REWARDS, "on")
        stores.rewards.add(Offer("雨伞", 20, 1), world.sandbox.clock.now())

    await world.program.database.write(begin)
    return await opened(world, LI)


async def test_while_they_are_off_they_are_nowhere_and_who_asks_is_told_whom_to_ask(
    office: Place, world: World
) -> None:
    li = await opened(world, LI)
    said = await li.says(LI, "/rewards")
    assert "还没有启用积分兑换" in said
    assert "陈" in said, "who can switch them on"
    assert "rewards" not in await li.says(LI, "/help")
    assert "还没有启用" in await li.says(LI, "兑换奖品")
    keys = [one for one in li.bot_messages() if "keyboard" in one.get("reply_markup", {})]
    assert "积分兑换" not in str(keys)


async def test_an_administrator_switches_them_on_and_puts_one_up(office: Place, world: World) -> None:
    await office.says(SECRETARY, "/settings 全企业")
    await office.presses(SECRETARY, "积分兑换")
    await office.presses(SECRETARY, "启用")
    assert "可用积分起算日：2026-11-25" in office.newest()
    await office.says(SECRETARY, "/rewards 上架")
    await office.says(SECRETARY, "保温杯")
    await office.says(SECRETARY, "好多")
    assert "1 到 1000000" in office.newest()
    await office.says(SECRETARY, "25")
    await office.presses(SECRETARY, "5")
    await office.presses(SECRETARY, "不计钱")
    await office.presses(SECRETARY, "全企业")
    await office.presses(SECRETARY, "一直有效")
    assert "保温杯　25 分，5 件（全企业）" in office.newest()
    await office.presses(SECRETARY, "发出")
    await office.says(SECRETARY, "/rewards 管理")
    await office.presses(SECRETARY, "保温杯")
    await office.presses(SECRETARY, "改库存")
    assert "2 件" in await office.says(SECRETARY, "2")
    await office.says(SECRETARY, "/rewards 管理")
    await office.presses(SECRETARY, "保温杯")
    await office.presses(SECRETARY, "下架")
    await office.presses(SECRETARY, "确认")
    assert "已下架" in office.newest()
    log = await office.says(SECRETARY, "/audit")
    assert all(words in log for words in ("上架奖品", "改奖品库存", "5 件 → 2 件", "下架奖品"))


async def test_the_way_of_a_reward(member: Place, office: Place, world: World) -> None:
    await member.says(LI, "/rewards")
    assert "可用 30 分" in member.newest()
    await member.presses(LI, "换 雨伞")
    assert "用 20 分，换后可用 10 分" in member.newest()
    question = member.bot_messages()[-1]
    await member.press_together([LI, LI], "确认")
    assert "已申请「雨伞」" in member.newest()
    assert await world.rows("reward_requests") == 1
    assert "待审批 1 件" in office.newest()
    assert "李伟：雨伞，20 分" in office.newest()
    before = len(office.bot_messages())
    assert "已同意" in await office.presses(SECRETARY, "1 同意")
    assert len(office.bot_messages()) == before
    assert "已同意，等书记或管理员发放" in member.newest()
    await office.presses(SECRETARY, "1 已发放")
    assert "11月25日（周三）已发放" in member.newest()
    assert "还没有" not in office.shown()
    assert await member.points_of(LI) == 30
    await member.says(LI, "/rewards")
    assert "可用 10 分" in member.newest()
    assert "已换完" in member.newest()
    await member.receives_press(LI, question, "reward.take:1:20:1")
    assert await world.rows("reward_requests") == 1


async def test_a_request_is_refused_with_a_reason_or_withdrawn(member: Place, office: Place, world: World) -> None:
    await member.says(LI, "/rewards")
    await member.presses(LI, "换 雨伞")
    await member.presses(LI, "放弃")
    assert "可用 30 分" in member.newest()
    await member.presses(LI, "换 雨伞")
    await member.presses(LI, "确认")
    await office.presses(SECRETARY, "1 退回")
    assert "已退回 李伟 的「雨伞」" in await office.says(SECRETARY, "雨季过了再发")
    assert "没有同意，20 分已退回。理由：雨季过了再发" in member.newest()
    await member.says(LI, "我的积分能换什么")
    await member.presses(LI, "换 雨伞")
    await member.presses(LI, "确认")
    await member.presses(LI, "返回")
    await member.presses(LI, "撤回 雨伞")
    assert "20 分退回，可用 30 分" in member.newest()
    assert "待审批" not in office.newest()
    assert await world.rows("rewards", "stock = 1") == 1


async def test_what_nobody_answers_stands_on_the_card_of_today(member: Place, office: Place) -> None:
    await member.says(LI, "/rewards")
    await member.presses(LI, "换 雨伞")
    await member.presses(LI, "确认")
    await office.world.at("2026-11-27 10:00")
    await office.says(SECRETARY, "/start")
    assert "个工作日还没审批" not in office.newest()
    await office.world.at("2026-11-30 10:00")
    await office.says(SECRETARY, "/start")
    assert "有 1 件兑换等了 3 个工作日还没审批" in office.newest()
    await office.presses(SECRETARY, "去审批")
    assert "待审批 1 件" in office.newest()


async def test_in_a_group_they_are_not_shown(member: Place, group: Place) -> None:
    said = await group.says(LI, "/rewards")
    assert "私聊" in said
    assert "雨伞" not in said
