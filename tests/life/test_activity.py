"""An activity in chat: proposed in private, approved above, signed up for, held, and looked back at."""

import re

import pytest

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened
from tests.pictures import PNG


async def filled(office: Place, title: str = "秋季登山", *, capacity: str = "2", budget: str = "不花钱") -> None:
    """The secretary fills in the form, up to the preview."""
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "办活动")
    await office.says(SECRETARY, title)
    await office.says(SECRETARY, "周六9:00 西山公园")
    await office.says(SECRETARY, "让大家熟悉起来")
    await office.says(SECRETARY, capacity)
    if budget.isdecimal():
        await office.says(SECRETARY, budget)
    else:
        await office.presses(SECRETARY, budget)


async def with_family(office: Place, most: str) -> None:
    """The answer about families is changed at the preview."""
    await office.presses(SECRETARY, "修改")
    await office.presses(SECRETARY, "家属")
    await office.presses(SECRETARY, most)


def code_of(office: Place) -> str:
    """The code on the organiser's card."""
    return re.findall(r"签到码：(\d{4})", office.shown())[-1]


async def test_from_the_proposal_to_what_it_has_brought(group: Place, world: World) -> None:
    await group.says(WANG, "早")
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await filled(office)
    await with_family(office, "1 位")
    preview = office.newest()
    assert "11月28日（周六）09:00至11:00" in preview
    assert "报名截止：11月27日（周五）18:00" in preview
    assert "每人可带 1 位家属" in preview
    await office.presses(SECRETARY, "发出")
    assert group.shown().count("秋季登山") == 1
    assert "带 1 人" in group.buttons()

    assert "已报名" in await group.presses(LI, "带 1 人")
    assert "名额满了，您候补第 1 位" in await group.presses(WANG, "报名")
    assert "只剩" not in await group.presses(WANG, "报名")
    await world.refreshed()
    assert "已报名 2/2 人（含家属 1 人），候补 1 位" in group.shown()
    assert "已报名" in await group.presses(LI, "报名")  # alone now
    await world.refreshed()
    assert "您的候补补上了" in wang.newest()
    assert "已报名 2/2 人" in group.shown()
    assert "候补" not in group.shown().split("已报名 2/2 人", 1)[1].split("\n", 1)[0]
    assert "只剩 0 个名额" in await group.presses(WANG, "带 1 人")
    assert "已退出" in await group.presses(LI, "退出")
    assert "已报名" in await group.presses(LI, "报名")

    await held(group, office, li, world)
    await office.presses(SECRETARY, "结束活动")
    await world.refreshed()
    assert "到场 2 人" in group.shown()
    await rated(li, world)
    await office.presses(SECRETARY, "填花费")
    assert "整数" in await office.says(SECRETARY, "很多")
    await office.says(SECRETARY, "90元")
    assert "实际 90 元，人均 45 元" in office.newest()
    await album(group, office, world)
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "活动台账")
    assert "2026 年第 4 季度" in office.newest()
    assert "秋季登山：报名 2 人，到场 2 人" in office.newest()
    assert "合计 1 个，到场 2 人次，预算 0 元，实际 90 元" in office.newest()
    await office.presses(SECRETARY, "导出表格")
    assert any("document" in one for one in office.bot_messages())
    assert await world.rows("points_entries", "event = 'activity.came'") == 2


async def held(group: Place, office: Place, li: Place, world: World) -> None:
    """It is reminded of; Li checks in by the code, Wang by the button, and Li sends photos."""
    said = await group.hears_until("2026-11-27 18:10")
    assert "11月28日（周六）09:00开始，西山公园" in said
    assert "报名" not in group.buttons()
    assert "“秋季登山”11月28日（周六）07:00起才能签到" in await office.presses(SECRETARY, "开始签到")
    await world.at("2026-11-28 08:30")
    await office.presses(SECRETARY, "开始签到")
    await world.refreshed()
    assert "还可以试 4 次" in await li.says(LI, "0000" if code_of(office) != "0000" else "1111")
    assert "已签到" in await li.says(LI, code_of(office))
    assert "您已经签过到了" in await li.says(LI, f"签到 {code_of(office)}")
    await office.presses(SECRETARY, "放签到按钮")
    await world.refreshed()
    assert "已签到" in await group.presses(WANG, "签到")
    assert "没有报上" in await group.presses(SECRETARY, "签到")
    await photos(group, li, world)


async def photos(group: Place, li: Place, world: World) -> None:
    """Li sends two photos in private, and one as a reply in the group."""
    world.sandbox.start(world.people[LI], BOT, "activity_photo_1")
    await world.idle()
    assert "照片" in li.newest()
    await li.says(LI, "", photo=PNG)
    assert "只收照片" in await li.says(LI, "好看吗")
    await li.says(LI, "", photo=PNG + b"2")
    await world.refreshed()
    assert "已收到 2 张" in li.shown()
    await li.presses(LI, "完成")
    card = next(one for one in group.bot_messages() if "秋季登山" in one.get("text", ""))
    await group.says(LI, "", photo=PNG + b"3", reply_to=card)
    assert group.reaction() == "👍"


async def rated(li: Place, world: World) -> None:
    """Li answers the three questions."""
    assert "办得怎么样" in li.newest()
    assert "交照片" in li.buttons()
    for mark in ("5", "4"):
        await li.presses(LI, mark)
    await world.refreshed()
    assert "✓ 4" in li.buttons()
    assert await world.rows("activity_people", "pleased = 4 OR prepared = 4 OR again = 4") == 1


async def album(group: Place, office: Place, world: World) -> None:
    """The organiser leaves one photo out, and posts the others, once."""
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "管理")
    await office.presses(SECRETARY, "挑照片发相册")
    assert "共 3 张照片" in office.newest()
    await office.presses(SECRETARY, "✓ 2")
    before = sum("photo" in one for one in group.bot_messages())
    await office.presses(SECRETARY, "发到群里")
    assert sum("photo" in one for one in group.bot_messages()) == before + 2
    groups = {one["media_group_id"] for one in group.bot_messages() if "photo" in one}
    assert len(groups) == 1
    assert "相册已经发过" in await office.presses(SECRETARY, "发到群里")
    await world.refreshed()


@pytest.fixture
def admins() -> frozenset[int]:
    """Wang is an administrator by the program's settings: the level above."""
    return frozenset({7000000003})


async def test_a_large_budget_is_approved_above_after_it_was_returned(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI)
    office = await opened(world, SECRETARY)
    await filled(office, budget="1200")
    assert "要上一级批准" in office.newest()
    assert "没法请示" in await office.presses(SECRETARY, "发出")
    above = await opened(world, WANG)
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "秋季登山" not in group.shown()
    assert "请批准活动：秋季登山" in above.newest()
    assert "等上一级批准：王海燕" in office.newest()
    await above.says(WANG, "/start")
    assert "有 1 个活动等您批准" in above.shown()
    await above.presses(WANG, "看活动")
    await above.presses(WANG, "退回")
    await above.says(WANG, "预算再压一压")
    assert "退回了：预算再压一压" in office.newest()
    assert "已退回" in above.shown()
    await office.presses(SECRETARY, "修改再报")
    assert "周六" in office.newest()
    await office.presses(SECRETARY, "修改")
    await office.presses(SECRETARY, "预算")
    await office.says(SECRETARY, "1000元")
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "预算：1000 元" in above.newest()
    old = above.bot_messages()[-1]
    assert "发到群里了" in await above.presses(WANG, "批准")
    await world.refreshed()
    assert group.shown().count("秋季登山") == 1
    assert "已经有结果：批准" in await pressed(above, WANG, old, "activity.approve:1")
    assert "没有这个活动" in await pressed(office, SECRETARY, old, "activity.approve:1")


async def pressed(place: Place, who: str, message: dict[str, object], data: str) -> str:
    """The notice after a press that no keyboard offers any more."""
    before = len(place.sandbox.calls)
    await place.receives_press(who, message, data)
    said = [one for one in place.sandbox.calls[before:] if one.method.lower() == "answercallbackquery"]
    return str(said[-1].parameters.get("text", "")) if said else ""


async def test_wishes_are_asked_first_and_a_bus_is_taken_once(group: Place, world: World) -> None:
    await group.says(WANG, "早")
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "问问意愿")
    await office.says(SECRETARY, "登山\n羽毛球")
    assert "可以多选" in office.newest()
    await office.presses(SECRETARY, "发出")
    await group.votes(LI, 1)
    await group.votes(WANG, 0, 1)
    await filled(office, "羽毛球赛")
    assert "2 人答）：羽毛球 2、登山 1" in office.newest()
    await needed(office, "大客车 8:00-12:00")
    assert "大客车（11月28日（周六）08:00" in office.newest()
    await office.presses(SECRETARY, "发出")
    await filled(office, "登山")
    await needed(office, "大客车\n三楼会议室")
    assert "⚠️ 大客车那时已被「第一党支部」占用：11月28日（周六）09:00的“羽毛球赛”" in office.newest()
    assert office.newest().count("⚠️") == 1
    await office.presses(SECRETARY, "放弃")


async def needed(office: Place, lines: str) -> None:
    """What is needed is said at the preview."""
    await office.presses(SECRETARY, "修改")
    await office.presses(SECRETARY, "场地、车辆、人员")
    await office.says(SECRETARY, lines)


async def test_a_past_moment_a_move_and_its_being_called_off(group: Place, world: World) -> None:
    await group.says(WANG, "早")
    office, li, wang = await opened(world, SECRETARY), await opened(world, LI), await opened(world, WANG)
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "办活动")
    await office.says(SECRETARY, "登山")
    assert "已经过了" in await office.says(SECRETARY, "今天8:00 西山")
    assert "几点" in await office.says(SECRETARY, "周六")
    await office.presses(SECRETARY, "上一步")
    await filled(office)
    await office.presses(SECRETARY, "发出")
    for who in (LI, WANG, SECRETARY):
        await group.presses(who, "报名")
    await world.refreshed()
    card = next(one for one in group.bot_messages() if "秋季登山" in one.get("text", ""))
    await office.presses(SECRETARY, "改时间")
    assert "已经过了" in await office.says(SECRETARY, "今天8:00")
    await office.says(SECRETARY, "周日9:00 南湖公园")
    assert "南湖公园" in office.newest()
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "11月29日（周日）09:00" in group.shown()
    for place in (li, wang):
        assert place.shown().count("改到11月29日（周日）09:00") == 1
    assert "已退出" in await li.presses(LI, "退出")
    await world.refreshed()
    assert "您的候补补上了" in office.shown()
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "管理")
    await office.presses(SECRETARY, "取消活动")
    await office.says(SECRETARY, "台风预警")
    assert "2 位各收到一条私信" in office.newest()
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "已取消：台风预警" in group.shown()
    assert "取消了：台风预警" in wang.newest()
    assert "取消了" not in li.newest()
    assert "已取消" in await pressed(group, LI, card, "activity.join:1:0")
    assert "已取消" not in await group.says(LI, "/activity")


@pytest.mark.parametrize("language", ["en"])
async def test_the_same_in_english(group: Place, world: World) -> None:
    await group.says(LI, "morning")
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "Plan an activity")
    for words in ("Hike", "Saturday 9:00 West Hill", "get to know each other", "no limit"):
        await office.says(SECRETARY, words)
    await office.presses(SECRETARY, "it costs nothing")
    await office.presses(SECRETARY, "Send")
    assert "You are signed up" in await group.presses(LI, "Sign up")
    await world.at("2026-11-28 08:00")
    await office.presses(SECRETARY, "Begin check-in")
    await world.refreshed()
    code = re.findall(r"Code: (\d{4})", office.shown())[-1]
    assert "is here" in await li.says(LI, code)
    await office.presses(SECRETARY, "End it")
    await world.refreshed()
    assert "How was “Hike”" in li.newest()
    await li.presses(LI, "5")
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "Activities of")
    assert "Hike: Signed up 1, came 1" in office.newest()


async def test_one_seat_and_three_who_press_at_the_same_moment(group: Place, world: World) -> None:
    office = await opened(world, SECRETARY)
    await filled(office, capacity="1")
    await office.presses(SECRETARY, "发出")
    notices = await group.press_together([LI, WANG, SECRETARY, LI], "报名")
    assert sum("已报名" in one for one in notices) in (1, 2)  # whoever has the seat may have pressed twice
    assert await world.rows("activity_people", "place = 'in'") == 1
    assert await world.rows("activity_people", "place = 'waiting'") == 2
    await world.refreshed()
    assert "已报名 1/1 人，候补 2 位" in group.shown()
