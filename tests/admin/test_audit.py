"""/audit: who did what to whom, newest first, for administrators of the whole enterprise."""

import pytest

from domain.people.permission import Area, Role
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place
from tests.people.test_role import bound, given


@pytest.fixture
def admins() -> frozenset[int]:
    """Wang is an administrator by the program's settings."""
    return frozenset({7000000003})


@pytest.fixture
async def office(group: Place) -> Place:
    """Wang's private chat with the bot."""
    place = Place(group.world, group.sandbox.open_private(group.person(WANG), BOT))
    group.sandbox.start(group.person(WANG), BOT)
    await group.world.idle()
    return place


async def some_history(group: Place) -> None:
    """A role given on Wednesday and withdrawn on Friday, and a setting changed on Thursday."""
    await group.says(LI, "早")
    await group.confirms(WANG, "/roles @li 书记")
    await group.hears_until("2026-11-26 09:10")
    await group.says(LI, "/settings")
    await group.presses(LI, "积分榜")
    await group.presses(LI, "只给本人看")
    await group.hears_until("2026-11-27 09:20")
    await group.says(WANG, "/roles @li -书记")


async def test_the_newest_come_first_with_names_for_numbers(group: Place, office: Place) -> None:
    await some_history(group)
    lines = (await office.says(WANG, "/audit")).splitlines()
    assert lines[:4] == [
        "<b>操作日志</b>",
        "今天 09:20　王海燕　撤销：李伟，原为书记 第一党支部",
        "昨天 09:10　李伟　改设置：积分榜 第一党支部，只给本人看",
        "11月25日（周三）10:00　王海燕　任命：李伟，书记 第一党支部",
    ]


async def test_it_is_searched_by_person_kind_and_day(group: Place, office: Place) -> None:
    await some_history(group)
    by_li = await office.says(WANG, "/audit @li")
    assert [word in by_li for word in ("任命：", "撤销：", "改设置：")] == [True, True, True]
    assert "操作日志</b>　王海燕" in await office.says(WANG, "/audit @王海燕")
    assert "改设置" not in office.newest()
    await office.says(WANG, "/audit")
    await office.presses(WANG, "设置")
    assert "改设置" in office.newest()
    assert "任命：" not in office.newest()
    await office.presses(WANG, "全部")
    assert "任命：" in office.newest()
    thursday = await office.says(WANG, "/audit 2026-11-26")
    assert "改设置" in thursday
    assert "任命：" not in thursday
    assert "任命：" in await office.says(WANG, "/audit 2026-11-01 2026-11-25")
    assert "没有记录" in await office.says(WANG, "/audit @li 2026-10")
    assert "撤销：" in await office.says(WANG, "/audit 2026-11")


async def test_many_records_come_in_pages(group: Place, office: Place) -> None:
    await group.says(LI, "早")
    for _ in range(5):
        await group.confirms(WANG, "/roles @li 委员")
        await group.says(WANG, "/roles @li -委员")
    assert (await office.says(WANG, "/audit @li")).count("李伟，") == 8
    await office.presses(WANG, "下一页")
    assert office.newest().count("李伟，") == 2
    assert "操作日志　李伟" in office.newest()
    assert not [one for one in office.buttons() if "下一页" in one]
    await office.presses(WANG, "第一页")
    assert office.newest().count("李伟，") == 8


@pytest.mark.parametrize(
    "words", ["上周", "2026-13", "2026-02-30", "2026-11-01 2026-11-02 2026-11-03", "0000-01", "9999-99-99"]
)
async def test_what_cannot_be_read_is_told_with_an_example(group: Place, office: Place, words: str) -> None:
    assert "可以这样查" in await office.says(WANG, f"/audit {words}")


async def test_who_is_not_known_is_not_made_known_by_a_search(group: Place, office: Place) -> None:
    before = await group.world.rows("members")
    assert "没有叫“nobody_yet”的人" in await office.says(WANG, "/audit @nobody_yet")
    assert await group.world.rows("members") == before


async def test_it_is_for_administrators_of_the_whole_and_in_private_alone(group: Place, private: Place) -> None:
    assert await group.says(WANG, "/audit") == "这条指令请在和我的私聊里发。"
    assert "只有管理员能用" in await private.says(LI, "/audit")
    part = await bound(group, "机加工车间", "一支部")
    await given(group, LI, Role.ADMINISTRATOR, part)
    assert "只有管理员能用" in await private.says(LI, "/audit")
    await given(group, LI, Role.ADMINISTRATOR, Area())
    assert "操作日志" in await private.says(LI, "/audit")


async def test_a_page_turns_for_administrators_alone(group: Place, private: Place, office: Place) -> None:
    await some_history(group)
    await private.says(LI, "/help")
    shown = private.bot_messages()[-1]
    assert "操作日志" not in await private.receives_press(LI, shown, "audit.page:0:all:0:0:0")
    await office.says(WANG, "/audit")
    page = office.bot_messages()[-1]
    forged = ("audit.page:999:all:0:0:0", "audit.page:0:nothing:0:0:0", "audit.page:0:all:9999999:0:0", "audit.page:0")
    for data in (*forged, "audit.page:0:1:0:0:0"):  # the last is of an earlier version: it had the kind's position
        assert "撤销：李伟" in await office.receives_press(WANG, page, data)
    await office.receives_press(WANG, page, "audit.page:0:setting:0:0:0")
    assert "撤销：李伟" not in office.newest()
    assert "改设置：积分榜" in office.newest()


async def test_published_results_are_on_record_without_what_was_asked(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/survey 加班多吗？| 多 | 不多 | 截止：今天12:00")
    await group.hears_until("2026-11-25 12:01")
    said = await office.says(WANG, "/audit")
    assert "系统　公布结果：调查 1 号，0 人回答" in said
    assert "加班" not in said
