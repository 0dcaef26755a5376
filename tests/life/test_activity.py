"""An activity in chat: proposed in private, approved above, signed up for, held, and looked back at."""

import re

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened
from tests.pictures import PNG

WANG_ID = 3  # of the local Telegram


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
    assert "11月28日（周六）09:00至11月28日（周六）11:00" in preview
    assert "报名截止：11月27日（周五）18:00" in preview
    assert "每人可带 1 位家属" in preview
    await office.presses(SECRETARY, "发出")
    assert group.shown().count("秋季登山") == 1
    assert "带 1 人" in group.buttons()

    assert "已报名" in await group.presses(LI, "带 1 人")
    assert "名额满了，您已候补，前面还有 0 位" in await group.presses(WANG, "报名")
    assert "只剩" not in await group.presses(WANG, "报名")
    await world.redrawn()
    assert "已报名 2/2 人（含家属 1 人），候补 1 位" in group.shown()
    assert "已报名" in await group.presses(LI, "报名")  # alone now
    await world.redrawn()
    assert "您的候补补上了" in wang.newest()
    assert "已报名 2/2 人" in group.shown()
    assert "候补" not in group.shown().split("已报名 2/2 人", 1)[1].split("\n", 1)[0]
    assert "只剩 0 个名额" in await group.presses(WANG, "带 1 人")
    assert "已退出" in await group.presses(LI, "退出")
    assert "已报名" in await group.presses(LI, "报名")

    said = await group.hears_until("2026-11-27 18:10")
    assert "11月28日（周六）09:00开始，西山公园" in said
    assert "报名" not in group.buttons()
    assert "2 小时" in await office.presses(SECRETARY, "开始签到")
    await world.at("2026-11-28 08:30")
    await office.presses(SECRETARY, "开始签到")
    await world.redrawn()
    assert "还可以试 4 次" in await li.says(LI, "0000" if code_of(office) != "0000" else "1111")
    assert "已签到" in await li.says(LI, code_of(office))
    assert "您已经签过到了" in await li.says(LI, f"签到 {code_of(office)}")
    await office.presses(SECRETARY, "群里放签到按钮")
    await world.redrawn()
    assert "已签到" in await group.presses(WANG, "签到")
    assert "没有报上" in await group.presses(SECRETARY, "签到")
    await photos(group, li, world)
    await office.presses(SECRETARY, "结束活动")
    await world.redrawn()
    assert "到场 2 人" in group.shown()
    await rated(li, world)
    await office.presses(SECRETARY, "填花费")
    assert "整数" in await office.says(SECRETARY, "很多")
    await office.says(SECRETARY, "90元")
    assert "实际 90 元，人均 45.0 元" in office.newest()
    await album(group, office, world)
    await office.says(SECRETARY, "/activity")
    await office.presses(SECRETARY, "活动台账")
    assert "2026 年第 4 季度" in office.newest()
    assert "秋季登山：报名 2 人，到场 2 人" in office.newest()
    assert "合计 1 个，到场 2 人次，预算 0 元，实际 90 元" in office.newest()
    assert await world.rows("points_entries", "event = 'activity.came'") == 2


async def photos(group: Place, li: Place, world: World) -> None:
    """Li sends two photos in private, and one as a reply in the group."""
    world.sandbox.start(world.people[LI], BOT, "activity_photo_1")
    await world.idle()
    assert "照片" in li.newest()
    await li.says(LI, "", photo=PNG)
    assert "只收照片" in await li.says(LI, "好看吗")
    await li.says(LI, "", photo=PNG + b"2")
    await world.redrawn()
    assert "已收到 2 张" in li.shown()
    await li.presses(LI, "完成")
    card = next(one for one in group.bot_messages() if "秋季登山" in one.get("text", ""))
    await group.says(LI, "", photo=PNG + b"3", reply_to=card)
    assert group.reaction() == "👍"


async def rated(li: Place, world: World) -> None:
    """Li answers the three questions."""
    assert "办得怎么样" in li.newest()
    for mark in ("5", "4"):
        await li.presses(LI, mark)
    await world.redrawn()
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
    await world.redrawn()
