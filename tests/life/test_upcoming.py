"""The calendar of the coming two weeks in chat."""

from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened


async def called(office: Place, kind: str, when: str) -> None:
    """The secretary calls a meeting."""
    await office.says(SECRETARY, "/meeting")
    await office.presses(SECRETARY, "召集会议")
    await office.presses(SECRETARY, kind)
    await office.says(SECRETARY, when)
    await office.says(SECRETARY, "1. 审议工作计划")
    await office.presses(SECRETARY, "发出")


async def test_a_group_its_secretary_and_an_employee_see_what_concerns_them(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    assert "没有安排" in await group.says(LI, "/upcoming")
    assert "没有安排" in await li.says(LI, "两周安排")
    await group.says(SECRETARY, "/task @li 12月3日18:00 提交学习心得")
    await called(office, "支部党员大会", "周五14:00 三楼会议室")
    said = await group.says(LI, "/upcoming")
    assert "11月25日（周三）至12月8日（周二）" in said
    assert "11月27日（周五）</b>\n14:00　支部党员大会，三楼会议室" in said
    assert "12月3日（周四）</b>\n18:00 前　提交学习心得（" in said
    assert "近期" not in said
    await group.says(WANG, "/upcoming")
    assert group.shown().count("两周安排") == 1
    led = await office.says(SECRETARY, "近期有什么安排")
    assert "支部党员大会" in led
    assert "提交学习心得" in led
    assert "「" not in led
    own = await li.says(LI, "近期安排")
    assert "提交学习心得" in own
    wang = await opened(world, WANG)
    assert "提交学习心得" not in await wang.says(WANG, "两周安排")
    await wang.receives_press(WANG, wang.bot_messages()[-1], "upcoming.page:99")
    assert "支部党员大会" in wang.shown()


async def test_it_is_posted_once_a_week_where_the_setting_asks_for_it(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI)
    await group.says(SECRETARY, "/task @li 12月3日18:00 提交学习心得")
    assert "两周安排" not in await group.hears_until("2026-11-26 09:00")
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "两周安排")
    await group.presses(SECRETARY, "每周发一次")
    assert "提交学习心得" in await group.hears_until("2026-11-27 09:06")
    await group.says(LI, "/done 1")
    await world.at("2026-11-27 10:06")
    assert "没有安排" in group.shown()
    assert group.shown().count("两周安排") <= 2  # the page of settings has the words too
