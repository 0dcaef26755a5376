"""Study days in chat: the plan of who is in charge, what was missed, study in private."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.study import study
from domain.study.item import Lesson, Media, MediaKind
from tests.dialogue import LI, SECRETARY, Place, World, opened, plain
from tests.pictures import PNG
from tests.study.questions import single

LESSONS = [Lesson(f"l{number}", f"第{number}条", "安全", "先看再干。", "规程") for number in range(1, 9)]
ASKED = Lesson("asked", "问一问", "安全", "帽带系紧。", "规程", single("asked", "帽带怎么系？", ("松", "紧"), 1))


@pytest.fixture
def lessons() -> Sequence[Lesson]:
    return LESSONS


@pytest.fixture(autouse=True)
async def library(world: World, lessons: Sequence[Lesson]) -> None:
    await world.program.database.write(study.load, lessons=lessons)


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The private chat of the group's secretary, who is so on the platform alone."""
    await group.says(SECRETARY, "早")
    return await opened(world, SECRETARY)


async def pages(place: Place, who: str, *labels: str) -> str:
    """What the message of /study shows after these buttons."""
    await place.says(who, "/study")
    for label in labels:
        await place.presses(who, label)
    return place.newest()


async def grant(world: World, group: Place | None, who: str, branch: str) -> None:
    """Make somebody the secretary of a branch of their own."""

    def give(stores: Any) -> None:
        at = world.sandbox.clock.now()
        own = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=branch)
        member = stores.members.find(world.people[who].id)
        stores.grants.add(member, Role.SECRETARY, Area(branch=own.id), None, at)
        if group is not None:
            branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=own.id)

    await world.program.database.write(give)


async def test_the_plan_of_five_workdays_is_changed_with_a_tap(group: Place, office: Place) -> None:
    shown = await pages(office, SECRETARY, "管理学习", "今天推什么")
    assert shown.splitlines()[1:] == [
        "11月25日（周三）　第1条（已定，还没学过）",
        "11月26日（周四）　第2条（还没学过）",
        "11月27日（周五）　第3条（还没学过）",
        "11月30日（周一）　第4条（还没学过）",
        "12月1日（周二）　第5条（还没学过）",
    ]
    await office.press_together([SECRETARY, SECRETARY], "换 11月26日")
    assert "别人刚改过" in office.newest(), "the second of two taps on one plan does nothing"
    assert "11月26日（周四）　第3条（书记选定）" in office.newest()
    assert "11月27日（周五）　第2条（还没学过）" in office.newest()
    await office.presses(SECRETARY, "11月27日（周五） …")
    assert "先看再干" in office.newest(), "as it will look"
    await office.presses(SECRETARY, "从库里挑")
    await office.presses(SECRETARY, "第7条")
    await office.presses(SECRETARY, "11月30日（周一） …")
    await office.presses(SECRETARY, "这天不推")
    assert "11月30日（周一）　不推" in office.newest()
    await office.presses(SECRETARY, "12月1日（周二） …")
    await office.presses(SECRETARY, "以后不推这条")
    assert "第3条" in await group.hears_until("2026-11-26 08:30")
    assert await group.presses(LI, "为什么是这条") == "为什么是这条：书记选定"
    assert "第7条" in await group.hears_until("2026-11-27 08:30")
    assert await group.hears_until("2026-11-30 08:30") == ""
    log = await group.world.rows("audit", "action LIKE 'plan.%'")
    assert log == 4


async def test_what_was_shown_is_taken_back(group: Place, office: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.hears_until("2026-11-26 08:30")
    await private.says(LI, "/study")
    await pages(office, SECRETARY, "管理学习", "今天推什么", "11月26日（周四） …", "撤回")
    assert "11月26日（周四）　已撤回" in office.newest()
    assert "第1条" not in group.shown()
    assert await private.presses(LI, "我学完了") == "这一条已经撤回了。"
    assert await group.points_of(LI) == 0
    assert "第2条" in await group.hears_until("2026-11-27 08:30"), "the next day goes on"


async def test_the_plan_of_others_is_refused(group: Place, office: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    assert "管理学习" not in " ".join([await private.says(LI, "/study"), *private.buttons()])
    await grant(world, None, LI, "二支部")
    plan = await pages(office, SECRETARY, "管理学习", "今天推什么")
    message, number = private.bot_messages()[-1], await group_number(world, group)
    for data in (f"day.plan:{number}", f"day.exchange:{number}:739946:2", f"day.ban:{number}:2", "day.line:9:1"):
        await private.receives_press(LI, message, data)
    await office.presses(SECRETARY, "返回")
    assert await pages(office, SECRETARY, "管理学习", "今天推什么") == plan
    assert "今天推什么" not in private.shown()


async def group_number(world: World, group: Place) -> int:
    found = await world.program.database.read(lambda stores: stores.chats.find(group.chat.id))
    return int(found.id)


async def test_what_was_missed_is_read_late(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    for day in ("26", "27"):
        await group.hears_until(f"2026-11-{day} 08:30")
    await group.hears_until("2026-12-07 10:00")
    said = await private.says(LI, "/study")
    assert "近两周还有 2 条没学" in said
    assert [one for one in private.buttons() if "第" in one] == ["11月27日（周五）　第2条", "11月26日（周四）　第1条"]
    await private.presses(LI, "11月26日")
    assert "第1条" in private.newest()
    assert await private.presses(LI, "我学完了") == "✓ 已学，+1 分，累计 1 分"
    await private.presses(LI, "返回")
    assert "近两周还有 1 条没学" in private.newest()


@pytest.mark.parametrize("lessons", [[ASKED, *LESSONS]])
async def test_who_prefers_it_gets_it_in_private_once(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    await private.says(LI, "/study")
    await private.presses(LI, "每天私下发给我")
    assert await private.hears_until("2026-11-26 08:29") == ""
    assert "第1条" in await private.hears_until("2026-11-26 08:30")
    assert await private.hears_until("2026-11-26 20:00") == ""
    assert await private.presses(LI, "我学完了") == "✓ 已学，+1 分，累计 1 分"
    await private.says(LI, "/study")
    await private.presses(LI, "私下发给我")
    assert await private.hears_until("2026-11-27 08:30") == ""


@pytest.mark.parametrize("lessons", [LESSONS[:1]])
async def test_a_secretary_hears_once_that_nothing_is_left(group: Place, office: Place, world: World) -> None:
    await grant(world, group, SECRETARY, "一支部")
    await group.hears_until("2026-11-26 08:30")
    assert await group.hears_until("2026-11-27 08:30") == ""
    assert "11月27日（周五）不推学习：学习库里没有" in office.newest()
    before = len(office.bot_messages())
    assert await group.hears_until("2026-11-30 08:30") == ""
    assert await group.hears_until("2026-12-01 08:30") == ""
    assert len([one for one in office.bot_messages() if "不推学习" in plain(one)]) == 1, before
    await office.presses(SECRETARY, "看学习安排")
    assert "没有可推的" in office.newest()


async def test_an_item_comes_with_its_picture_and_link_and_a_long_one_before_it(group: Place, world: World) -> None:
    await group.says(LI, "你看", photo=PNG)
    media = Media(MediaKind.PICTURE, group.last["photo"][-1]["file_id"])
    whole = replace(LESSONS[1], media=media, url="https://example.org/a")
    long = replace(LESSONS[2], text="看" * 1000, media=media)
    gone = replace(LESSONS[3], media=replace(media, id="gone"))
    await world.program.database.write(study.load, lessons=[whole, long, gone])
    await group.says(LI, "/study")
    await group.hears_until("2026-11-26 08:30")
    shown = group.bot_messages()[-1]
    assert shown["photo"]
    assert "https://example.org/a" in shown["caption"]
    await group.presses(LI, "我学完了")
    await world.refreshed()
    assert "已学习 1/" in group.bot_messages()[-1]["caption"]
    await group.hears_until("2026-11-27 08:30")
    text, picture = group.bot_messages()[-2:]
    assert "看" * 1000 in text["text"]
    assert (picture["caption"], bool(picture["photo"])) == ("📎 第3条", True)
    assert "第4条" in await group.hears_until("2026-11-30 08:30"), "without its picture, which is gone"
