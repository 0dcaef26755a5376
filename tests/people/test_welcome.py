"""How the bot and its people get to know each other."""

import pytest

from domain.people import branch as branches
from domain.people import invitation
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, plain


async def added(world: World) -> Place:
    """A group to which the bot has just been added."""
    chat = world.sandbox.add_group("二支部", by=world.people[SECRETARY], members=[world.people[LI]], bots=[BOT])
    await world.idle()
    return Place(world, chat)


async def in_privacy_mode(world: World) -> None:
    """The bot hears commands and replies only, wherever it is no administrator."""
    world.sandbox.change_bot(BOT, can_read_all_group_messages=False)
    await world.restart()


async def test_the_bot_introduces_itself_to_a_group_in_one_message(group: Place) -> None:
    assert len(group.bot_messages()) == 1
    assert "大家好，我是精益" in group.newest()


async def test_it_says_what_it_misses_in_privacy_mode(world: World) -> None:
    await in_privacy_mode(world)
    place = await added(world)
    assert "只收得到指令和对我的回复" in place.newest()
    assert "请把我设为群管理员" in place.newest()


async def test_it_says_what_it_misses_where_it_hears_everything(world: World) -> None:
    place = await added(world)
    assert "谁进群、谁退群不一定知道" in place.newest()
    assert "只收得到" not in place.newest()


async def test_the_request_goes_once_it_is_granted_and_comes_back_with_the_need(world: World) -> None:
    await in_privacy_mode(world)
    place = await added(world)
    world.sandbox.promote(place.chat, BOT)
    await world.idle()
    assert "大家好，我是精益" in place.newest()
    assert "管理员" not in place.newest()
    world.sandbox.demote(place.chat, BOT)
    await world.idle()
    assert "只收得到指令和对我的回复" in place.newest()
    assert len(place.bot_messages()) == 1


async def test_start_in_a_group_says_what_the_bot_is_for(group: Place) -> None:
    assert "大家好，我是<b>精益</b>" in await group.says(LI, "/start@jingyi_bot")


async def test_when_telegram_does_not_say_what_the_bot_is_it_asks_for_nothing(group: Place) -> None:
    group.sandbox.fault("getChatMember", kind="error")
    assert "管理员" not in await group.says(LI, "/start")


async def test_start_in_private_greets_by_name(private: Place) -> None:
    greeting, card = (plain(message) for message in private.bot_messages())
    assert greeting.startswith("李伟，您好。我是精益")
    assert "/help" in greeting
    assert card.startswith("今天　11月25日（周三）")


# Whose group it is


@pytest.fixture
def admins() -> frozenset[int]:
    """The owner of the group, here and below, is no administrator of the enterprise; Wang is."""
    return frozenset({7000000003})


async def structure(world: World, branches_of_top: int = 2) -> None:
    """A committee with branches."""

    def unit(stores):
        top = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="机械厂党委").id
        for number in range(branches_of_top):
            branches.add(stores, parent=top, kind=BranchKind.BRANCH, name=f"第{number + 1}党支部")

    await world.program.database.write(unit)


async def bound_to(world: World, place: Place) -> str | None:
    """The branch that a group is bound to."""

    def look(stores):
        branch = stores.chats.find(place.chat.id).branch
        return branch and stores.branches.get(branch).name

    return await world.program.database.read(look)


async def test_a_group_is_bound_by_buttons_under_the_introduction(world: World) -> None:
    await structure(world)
    place = await added(world)
    world.sandbox.add_member(place.chat, world.people[WANG])
    assert "还不知道本群是哪个支部的" in place.newest()
    await place.presses(WANG, "绑定支部")
    assert place.buttons() == ["机械厂党委 ›"]
    await place.presses(WANG, "机械厂党委")
    assert place.buttons() == ["✔ 就选机械厂党委", "第1党支部", "第2党支部", "‹ 上一级"]
    await place.presses(WANG, "第2党支部")
    assert place.newest() == "✅ 本群已绑定：机械厂党委 › 第2党支部"
    assert "本群：机械厂党委 › 第2党支部" in place.shown()
    assert place.buttons() == []
    assert await bound_to(world, place) == "第2党支部"
    assert await world.rows("audit", "action = 'branch.changed'") == 1


async def test_a_groups_own_administrator_cannot_take_a_branch(world: World) -> None:
    await structure(world)
    place = await added(world)
    assert "不归您负责" in await place.presses(SECRETARY, "绑定支部")
    shown = place.bot_messages()[-1]
    for data in ("welcome.branch_in:0:0", "welcome.branch_in:1:0", "welcome.branch:2"):
        await place.receives_press(SECRETARY, shown, data)
    assert "党支部" not in " ".join(place.buttons()), "nor see the others"
    assert await bound_to(world, place) is None


async def test_a_branchs_secretary_binds_their_own_group(world: World) -> None:
    await structure(world)
    place = await added(world)

    def make_secretary(stores):
        member = stores.members.find(world.people[SECRETARY].id)
        branch = branches.at(stores, ["机械厂党委", "第1党支部"])
        stores.grants.add(member, Role.SECRETARY, Area(branch=branch.id), None, world.sandbox.clock.now())

    await place.says(SECRETARY, "早")
    await world.program.database.write(make_secretary)
    await place.presses(SECRETARY, "绑定支部")
    assert place.buttons() == ["第1党支部"]
    await place.receives_press(SECRETARY, place.bot_messages()[-1], "welcome.branch:3")
    assert await bound_to(world, place) is None
    await place.presses(SECRETARY, "第1党支部")
    assert await bound_to(world, place) == "第1党支部"


@pytest.mark.parametrize("admins", [frozenset({7000000001})])
async def test_many_branches_come_in_pages(world: World) -> None:
    await structure(world, 20)
    place = await added(world)
    await place.presses(SECRETARY, "绑定支部")
    await place.presses(SECRETARY, "机械厂党委")
    assert place.buttons()[1:9] == [f"第{number}党支部" for number in range(1, 9)]
    await place.presses(SECRETARY, "下一页")
    await place.presses(SECRETARY, "下一页")
    assert place.buttons()[1:5] == [f"第{number}党支部" for number in range(17, 21)]
    assert "下一页 ▶" not in place.buttons()
    await place.presses(SECRETARY, "上一页")
    assert "第9党支部" in place.buttons()


@pytest.mark.parametrize("data", ["welcome.branch:99", "welcome.branch_in:99:0", "welcome.branch_in:1:99999999"])
async def test_a_button_that_names_no_branch_does_no_harm(world: World, data: str) -> None:
    await structure(world)
    place = await added(world)
    world.sandbox.add_member(place.chat, world.people[WANG])
    await place.presses(WANG, "绑定支部")
    await place.receives_press(WANG, place.bot_messages()[-1], data)
    assert await bound_to(world, place) is None


async def test_a_group_is_not_asked_where_there_is_no_roster(group: Place) -> None:
    assert group.buttons() == []


# /start by what one is


async def test_start_names_branch_and_role_and_shows_what_waits(group: Place, private: Place, world: World) -> None:
    await structure(world)
    await group.says(LI, "早")
    assert "/bind 绑定账号" in await private.says(LI, "/start")

    def link(stores):
        member = stores.members.find(world.people[LI].id)
        branch = branches.at(stores, ["机械厂党委", "第1党支部"]).id
        (person,) = stores.people.add([Entry("10002", "李伟", branch, role="书记")])
        invitation.link(stores, person, member, by=member.id, at=world.sandbox.clock.now())

    await world.program.database.write(link)
    await group.says(SECRETARY, "/task @li 下周五18:00前 提交学习心得")
    assert (await private.says(LI, "/start")).splitlines() == [
        "李伟，您好。我是<b>精益</b>，在群里提醒学习和任务，也收大家的建议。",
        "下面的键盘随时可点，不用记指令；发 /start 看今天的事。",
        "机械厂党委 › 第1党支部，书记",
        "",
        "/invite 给还没绑定账号的人发邀请链接",
        "/help 看全部能做的事",
        "<b>今天</b>　11月25日（周三）",
        "📌 要办的任务",
        "○ 1 号 提交学习心得，12月4日（周五）18:00截止",
        "⭐ 本周 0 分，累计 0 分",
    ]


async def test_start_tells_who_is_in_no_group_to_come_into_one(world: World) -> None:
    place = Place(world, world.sandbox.open_private(world.people[LI], BOT))
    world.sandbox.start(world.people[LI], BOT)
    await world.idle()
    assert "先进您支部的工作群" in place.shown()


async def test_start_with_a_payload_that_means_nothing_shows_today(private: Place) -> None:
    assert "今天" in await private.says(LI, "/start something")


async def test_start_tells_the_first_administrator_where_to_begin(group: Place, world: World) -> None:
    place = Place(world, world.sandbox.open_private(world.people[WANG], BOT))
    world.sandbox.start(world.people[WANG], BOT)
    await world.idle()
    assert "您是管理员。\n\n/roster 导入名册" in place.shown()
    assert "/invite" not in place.shown()
    await structure(world)
    assert "/roster" not in await place.says(WANG, "/start")


async def test_a_secretary_cannot_take_anothers_group(world: World) -> None:
    await structure(world)
    place = await added(world)
    world.sandbox.add_member(place.chat, world.people[WANG])
    await place.presses(WANG, "绑定支部")
    await place.presses(WANG, "机械厂党委")
    listed = place.bot_messages()[-1]
    await place.presses(WANG, "第1党支部")

    def make_secretary(stores):
        member = stores.members.find(world.people[SECRETARY].id)
        branch = branches.at(stores, ["机械厂党委", "第2党支部"])
        stores.grants.add(member, Role.SECRETARY, Area(branch=branch.id), None, world.sandbox.clock.now())

    await place.says(SECRETARY, "早")
    await world.program.database.write(make_secretary)
    await place.receives_press(SECRETARY, listed, "welcome.branch:3")
    assert await bound_to(world, place) == "第1党支部"
