"""/settings: seen with where each comes from, changed by buttons or in words, by those who may."""

import sys
from dataclasses import replace
from enum import StrEnum

import pytest

from domain.admin.setting import SETTINGS, Name
from domain.people.permission import Area, Role
from domain.study import study
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place
from tests.people.test_role import bound, given
from tests.study.test_study import HELMET


@pytest.fixture
def admins() -> frozenset[int]:
    """Wang is an administrator by the program's settings."""
    return frozenset({7000000003})


@pytest.fixture
async def at_home(group: Place) -> Place:
    """Wang's private chat with the bot."""
    place = Place(group.world, group.sandbox.open_private(group.person(WANG), BOT))
    group.sandbox.start(group.person(WANG), BOT)
    await group.world.idle()
    return place


async def noted(place: Place) -> list[tuple[str, str | None, str | None]]:
    chain = await place.world.program.database.read(lambda stores: list(stores.audit.chain()))
    return [(one.subject, one.old, one.new) for one in chain if one.action == "setting.changed"]


async def test_a_groups_settings_say_where_each_comes_from(group: Place, at_home: Place) -> None:
    said = await group.says(SECRETARY, "/settings")
    assert "时区：北京时间（默认）" in said
    await at_home.says(WANG, "/settings 企业")
    await at_home.says(WANG, "/settings enterprise")
    await at_home.presses(WANG, "每周推送上限")
    await at_home.presses(WANG, "40")
    assert "每周推送上限：40 条（已设）" in at_home.newest()
    assert "每周推送上限：40 条（来自企业）" in await group.says(SECRETARY, "/settings")
    assert await noted(group) == [("cap enterprise", None, "40")]


async def test_a_group_is_changed_by_buttons_and_goes_back_to_what_is_above(group: Place) -> None:
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "语言")
    assert "✓ 中文" in group.buttons()
    await group.presses(SECRETARY, "English")
    assert "This group’s settings" in group.newest()
    assert "Language: English (set here)" in group.newest()
    assert "points" in await group.says(LI, "/rank")
    await group.presses(SECRETARY, "Language")
    await group.presses(SECRETARY, "As above")
    assert "语言：中文（默认）" in group.shown()
    assert await noted(group) == [("language chat:1", None, "en"), ("language chat:1", "en", None)]


async def test_a_zone_that_is_on_no_button_is_asked_for(group: Place) -> None:
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "时区")
    await group.presses(SECRETARY, "其他")
    question = group.bot_messages()[-1]
    assert "没有“东京”这个时区" in await group.says(SECRETARY, "东京", reply_to=question)
    assert "时区：Asia/Tokyo（已设）" in await group.says(SECRETARY, "Asia/Tokyo", reply_to=question)
    assert "📌" in await group.says(SECRETARY, "/task @li 今天12:30前 巡检")  # it is 11:00 there
    assert "已经过了" in await group.says(SECRETARY, "/task @li 今天10:30前 巡检")


async def test_a_summary_follows_the_groups_new_clock(group: Place) -> None:
    await group.says(LI, "/suggest 食堂晚班加个热菜")
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "时区")
    await group.presses(SECRETARY, "乌鲁木齐")
    assert await group.hears_until("2026-11-30 10:30") == ""  # not yet nine there
    assert "周小结</b>" in await group.hears_until("2026-11-30 11:00")


async def test_a_cap_is_a_number(group: Place, at_home: Place) -> None:
    await at_home.says(WANG, "/settings 全企业")
    await at_home.presses(WANG, "每周推送上限")
    await at_home.presses(WANG, "其他")
    assert "1 到 200 之间的一个数" in await at_home.says(WANG, "很多")
    assert "每周推送上限：12 条（已设）" in await at_home.says(WANG, "１２")


async def test_a_budget_is_an_amount(group: Place, at_home: Place) -> None:
    await at_home.says(WANG, "/settings 全企业")
    await at_home.presses(WANG, "每年的兑换预算")
    await at_home.presses(WANG, "其他")
    assert "5000元，或 20000分" in await at_home.says(WANG, "很多")
    assert "每年的兑换预算：5000 元（已设）" in await at_home.says(WANG, "５０００元")


async def test_settings_of_a_group_are_its_secretarys(group: Place) -> None:
    assert "只有书记或群管理员能用" in await group.says(LI, "/settings")
    await group.says(SECRETARY, "/settings")
    assert "只有书记或群管理员能用" in await group.presses(LI, "语言")
    await group.presses(SECRETARY, "语言")
    assert "只有书记或群管理员能用" in await group.presses(LI, "English")
    assert await noted(group) == []


async def test_the_enterprises_are_its_administrators(group: Place, private: Place) -> None:
    assert "只有管理员能用" in await private.says(LI, "/settings 全企业")
    own = await private.says(LI, "/settings")
    assert own.startswith("<b>您的设置</b>")
    assert not [one for one in private.buttons() if "企业" in one]
    pressed = private.bot_messages()[-1]
    await private.receives_press(LI, pressed, "setting.set:3:0:5:0")
    await private.receives_press(LI, pressed, "setting.set:1:1:5:0")
    await private.receives_press(LI, pressed, "setting.set:0:1:4:2")
    await private.receives_press(LI, pressed, "setting.set:9:0:0:0")
    await private.receives_press(LI, pressed, "setting.ask:0:2:0")
    await private.receives_press(LI, pressed, "setting.show:0:2:1")
    await private.receives_press(LI, pressed, "setting.set:0:2:44:2")
    await private.receives_press(LI, pressed, "setting.set:enterprise:0:on_board:no")
    await private.receives_press(LI, pressed, "setting.set:enterprise:0:cap:40")
    await private.receives_press(LI, pressed, "setting.set:chat:1:cap:40")
    await private.receives_press(LI, pressed, "setting.set:member:1:reminders:off")
    await private.receives_press(LI, pressed, "setting.set:branch:9:cap:40")
    await private.receives_press(LI, pressed, "setting.set:member:2:reminders:no")
    await private.receives_press(LI, pressed, "setting.set:member:2:nothing:no")
    await private.receives_press(LI, pressed, "setting.inherit:member:2")
    await private.receives_press(LI, pressed, "setting.ask:member:2:language")
    await private.receives_press(LI, pressed, "setting.show:member:2:zone")
    assert await noted(group) == []


async def test_a_button_changes_the_setting_that_it_was_made_for(group: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "时区")
    insert_before_all(monkeypatch)
    await group.presses(SECRETARY, "乌鲁木齐")
    assert "时区：乌鲁木齐（已设）" in group.newest()
    assert await noted(group) == [("zone chat:1", None, "Asia/Urumqi")]


def insert_before_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version has a setting before all others, and each has another value before its own."""
    later = StrEnum("Name", {"FONT": "font", **{one.name: one.value for one in Name}})
    for module in [one for one in sys.modules.values() if getattr(one, "Name", None) is Name]:
        monkeypatch.setattr(module, "Name", later)
    for name, its in list(SETTINGS.items()):
        monkeypatch.setitem(SETTINGS, name, replace(its, choices=("first", *its.choices)))
    monkeypatch.setitem(SETTINGS, later.FONT, replace(SETTINGS[Name.CAP], scopes=frozenset()))


async def test_a_button_of_an_earlier_version_changes_nothing(group: Place) -> None:
    await group.says(SECRETARY, "/settings")
    for data in ("setting.set:1:1:1:1", "setting.set:1:1:6:99", "setting.show:1:1:1", "setting.list:1:1"):
        await group.receives_press(SECRETARY, group.bot_messages()[-1], data)
    assert await noted(group) == []
    assert group.newest().startswith("本群的设置")


async def test_a_branchs_are_those_of_who_is_over_it(group: Place, private: Place) -> None:
    over = await bound(group, "机加工车间", "一支部")
    assert "只有管理员能用" in await private.says(LI, "/settings 没有的支部"), "which branches there are is not told"
    assert "只有管理员能用" in await private.says(LI, "/settings 一支部")
    await given(group, LI, Role.SECRETARY, over)
    assert "一支部的设置" in await private.says(LI, "/settings 一支部")
    await private.presses(LI, "积分榜")
    await private.presses(LI, "只给本人看")
    assert "只有管理员能用" in await private.says(LI, "/settings 机加工车间")
    assert "积分榜：只给本人看（来自一支部）" in await group.says(LI, "/settings")
    assert "不排名次" in await group.says(WANG, "/rank")


async def test_a_person_leaves_the_board_and_comes_back(group: Place, private: Place) -> None:
    await group.says(LI, "/suggest 食堂晚班加个热菜")
    assert "李伟" in await group.says(WANG, "/rank")
    await private.says(LI, "/settings")
    await private.presses(LI, "榜上列名")
    await private.presses(LI, "否")
    assert "李伟" not in await group.says(WANG, "/rank")
    assert "累计 <b>2</b>" in await group.does(LI, "/points")
    assert "李伟" not in await group.hears_until("2026-11-30 09:00")


async def test_a_person_chooses_their_language(group: Place, private: Place) -> None:
    await private.says(LI, "/settings")
    await private.presses(LI, "语言")
    await private.presses(LI, "English")
    assert "Your settings" in private.newest()
    assert "This week" in await private.says(LI, "/points")
    assert "This week" in await group.does(LI, "/points")


async def test_reminders_come_as_their_owner_wants_them(group: Place, private: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 巡检")
    await private.says(LI, "/settings")
    await private.presses(LI, "任务提醒")
    await private.presses(LI, "只提醒逾期")
    before = len(private.bot_messages())
    await group.hears_until("2026-11-26 17:59")
    assert len(private.bot_messages()) == before
    await group.hears_until("2026-11-27 09:00")
    assert "1 号 巡检" in private.newest()


async def test_a_group_has_its_own_morning(group: Place) -> None:
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "任务提醒的时间")
    await group.presses(SECRETARY, "其他")
    question = group.bot_messages()[-1]
    assert "请回复一个时间" in await group.says(SECRETARY, "早上", reply_to=question)
    assert "任务提醒的时间：08:10（已设）" in await group.says(SECRETARY, "8：10", reply_to=question)
    await group.says(SECRETARY, "/task @li 后天18:00前 巡检")
    assert await group.hears_until("2026-11-26 08:09") == ""
    assert "1 号 巡检" in await group.hears_until("2026-11-26 08:11")


async def test_reminders_can_be_off(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 巡检")
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "任务提醒")
    await group.presses(SECRETARY, "不提醒")
    assert await group.hears_until("2026-11-25 20:00") == ""
    assert "1 号 巡检" in await group.says(LI, "/tasks")


async def test_past_the_cap_study_waits_until_it_is_asked_for(group: Place) -> None:
    lessons = [replace(HELMET, code=f"helmet{number}") for number in range(3)]  # nothing comes twice within 90 days
    await group.world.program.database.write(study.load, lessons=lessons)
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "每周推送上限")
    await group.presses(SECRETARY, "其他")
    await group.says(SECRETARY, "2", reply_to=group.bot_messages()[-1])
    assert "安全帽" in await group.hears_until("2026-11-26 08:30")  # with its quiz: two
    assert await group.hears_until("2026-11-27 08:30") == ""
    assert "安全帽" in await group.says(LI, "/study")
    await group.presses(LI, "我学完了")
    said = await group.hears_until("2026-11-30 09:00")  # another week
    assert "安全帽" in said
    assert "周小结</b>" in said


async def test_an_old_page_changes_nothing_after_its_presser_lost_the_right(group: Place) -> None:
    await given(group, LI, Role.SECRETARY, Area(group=1))
    await group.says(LI, "/settings")
    await group.presses(LI, "积分榜")
    await group.says(WANG, "/roles @li -书记")
    await given(group, SECRETARY, Role.SECRETARY, Area(group=1))
    assert "只有书记能用" in await group.presses(LI, "只排支部")
    assert await noted(group) == []


async def test_a_group_has_its_own_end_of_the_working_day(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/settings")
    await group.presses(SECRETARY, "下班时间")
    await group.presses(SECRETARY, "17:30")
    told = await group.says(SECRETARY, "/task @li 周五 交安全心得")
    assert "17:30" in told
    assert "18:00" not in told
