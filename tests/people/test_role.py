"""Roles in chat: who gives them, what they allow, how they end."""

from dataclasses import replace
from datetime import date

import pytest

import handlers
from domain.people import branch
from domain.people import role as roles
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.permission import EVERYBODY, EVERYWHERE, PERMISSIONS, Area, Role
from domain.people.person import Entry
from domain.people.role.model import NotSomebody
from handlers.access import Needs
from handlers.command import Command, Press
from handlers.points.reward import PrivatePress
from tests.dialogue import LI, SECRETARY, WANG, Place

FIRST = 7000000003  # Wang's number on the local Telegram
NEEDED = "能用"
WITH_WORDS = {
    "task": "/task @li 明天18:00前 巡检",
    "survey": "/survey 几点？| 16:00 | 17:00",
    "suggest": "/suggest 食堂晚班加个热菜",
    "done": "/done 7",
}


@pytest.fixture
def admins() -> frozenset[int]:
    """Wang is an administrator by the program's settings."""
    return frozenset({FIRST})


@pytest.fixture
async def group(group: Place) -> Place:
    """The group, in which Li and the secretary have spoken: their user names were seen."""
    for who in (LI, SECRETARY):
        await group.says(who, "早")
    return group


async def member_of(place: Place, who: str):
    found = await place.world.program.database.read(lambda stores: stores.members.find(place.person(who).id))
    assert found is not None
    return found


async def given(place: Place, who: str, role: Role, area: Area = EVERYWHERE) -> None:
    """Somebody has a role already."""
    await place.says(who, "早")
    await place.says(WANG, "早")
    to, by = await member_of(place, who), await member_of(place, WANG)
    at = place.sandbox.clock.now()

    def give(stores):
        stores.grants.add(to, role, area, by.id, at)

    await place.world.program.database.write(give)


async def bound(place: Place, *names: str, kind: BranchKind = BranchKind.BRANCH) -> Area:
    """The group belongs to a branch, the last of these from the top down."""

    def bind(stores):
        parent = None
        for name in names[:-1]:
            parent = branch.add(stores, parent=parent, kind=BranchKind.BRANCH, name=name).id
        own = branch.add(stores, parent=parent, kind=kind, name=names[-1])
        branch.bind(stores, chat=stores.chats.find(place.chat.id), branch=own.id)
        return own.id

    return Area(branch=await place.world.program.database.write(bind))


async def audited(place: Place) -> list[tuple[str, str | None, str | None]]:
    chain = await place.world.program.database.read(lambda stores: list(stores.audit.chain()))
    return [(record.action, record.old, record.new) for record in chain]


# Giving and withdrawing


async def test_a_secretary_is_named_and_may_then_do_what_secretaries_do(group: Place) -> None:
    assert NEEDED in await group.says(LI, "/task @chen 明天18:00前 巡检")
    assert "任命为书记（第一党支部）：\n账号：<b>李伟 @li</b>" in await group.says(WANG, "/roles @li 书记")
    assert NEEDED in await group.says(LI, "/task @chen 明天18:00前 巡检"), "not before it is confirmed"
    await group.presses(WANG, "确认")
    assert "李伟 现在是书记（第一党支部）" in group.shown()
    assert "📌" in await group.says(LI, "/task @chen 明天18:00前 巡检")
    assert await audited(group) == [("role.granted", None, "secretary chat:1")]


async def test_once_a_secretary_is_named_the_groups_administrators_are_none(group: Place) -> None:
    assert "📌" in await group.says(SECRETARY, "/task @li 明天18:00前 巡检")
    await group.confirms(WANG, "/roles @li secretary")
    said = await group.says(SECRETARY, "/task @li 明天18:00前 台账")
    assert said == "只有书记能用，请找：李伟。"
    await group.says(WANG, "/roles @li -书记")
    assert "📌" in await group.says(SECRETARY, "/task @li 明天18:00前 台账")


async def test_a_role_is_given_as_a_reply(group: Place) -> None:
    await group.says(LI, "早")
    assert "李伟 现在是委员" in await group.confirms(WANG, "/roles 委员", reply_to=group.last)


@pytest.mark.parametrize(
    "words", ["-书记", "－书记", "- 书记", "撤销 书记", "书记 撤销", "撤销", "-secretary", "withdraw secretary"]
)
async def test_a_role_is_withdrawn_in_words(group: Place, words: str) -> None:
    await given(group, LI, Role.SECRETARY, Area(group=1))
    assert "已撤销 李伟 的书记" in await group.says(WANG, f"/roles @li {words}")
    assert NEEDED in await group.says(LI, "/task @chen 明天18:00前 巡检")
    assert await audited(group) == [("role.withdrawn", "secretary chat:1", None)]


async def test_a_role_is_given_over_a_branch_that_is_named(group: Place, private: Place) -> None:
    await bound(group, "机加工车间", "一支部")
    said = await group.confirms(WANG, "/roles @chen committee 机加工车间")
    assert "陈书记 现在是委员（机加工车间）" in said
    assert "没有叫“二支部”的组织" in await group.says(WANG, "/roles @chen 书记 二支部")


async def test_in_a_group_of_a_branch_a_role_is_over_the_branch(group: Place) -> None:
    await bound(group, "一车间党支部")
    assert "（一车间党支部）" in await group.confirms(WANG, "/roles @li 书记")
    assert "📌" in await group.says(LI, "/task @chen 明天18:00前 巡检")
    other = group.sandbox.add_group("二支部", by=group.person(SECRETARY), members=[group.person(LI)], bots=[123456])
    await group.world.idle()
    assert NEEDED in await Place(group.world, other).says(LI, "/task @chen 明天18:00前 巡检")


async def test_several_branches_of_a_name_are_told_apart_by_the_one_above(group: Place) -> None:
    def grow(stores):
        for top in ("机加工", "装配"):
            above = branch.add(stores, parent=None, kind=BranchKind.UNIT, name=top)
            branch.add(stores, parent=above.id, kind=BranchKind.BRANCH, name="一支部")

    await group.world.program.database.write(grow)
    assert "有几个组织都叫" in await group.says(WANG, "/roles @li 书记 一支部")
    assert "现在是书记（一支部）" in await group.confirms(WANG, "/roles @li 书记 装配/一支部")


async def test_whoever_is_given_a_role_hears_of_it_in_private(group: Place, private: Place) -> None:
    office = Place(group.world, group.sandbox.open_private(group.person(WANG), 123456))
    group.sandbox.start(group.person(WANG), 123456)
    await group.world.idle()
    await office.confirms(WANG, "/roles @li 督查员 全企业")
    assert private.newest() == "您现在是督查员（全企业）。发 /help 看看能做什么。"
    await group.says(WANG, "/roles @li -督查员")
    assert private.newest() == "您不再是督查员（全企业）。"


async def test_a_user_name_that_was_never_seen_gets_no_right(group: Place) -> None:
    for role in ("书记", "管理员"):
        assert "还没见过 @nobody_yet" in await group.says(WANG, f"/roles @nobody_yet {role}")
    group.world.people["sun"] = group.sandbox.add_person("孙", username="nobody_yet")
    group.sandbox.add_member(group.chat, group.person("sun"))
    assert NEEDED in await group.says("sun", "/task @chen 明天18:00前 巡检")


async def test_a_role_that_waited_for_a_user_name_in_an_old_store_is_nobodys(group: Place) -> None:
    """Whoever takes the name gets nothing; who gave the role is asked to give it again."""
    office = Place(group.world, group.sandbox.open_private(group.person(WANG), 123456))
    group.sandbox.start(group.person(WANG), 123456)
    await group.world.idle()
    by, at = await member_of(group, WANG), group.sandbox.clock.now()

    def wait(stores):
        awaited = stores.members.await_username("zhao_min", at)
        stores.grants.add(awaited, Role.SECRETARY, EVERYWHERE, by.id, at)

    await group.world.program.database.write(wait)
    group.world.people["sun"] = group.sandbox.add_person("孙", username="zhao_min")
    group.sandbox.add_member(group.chat, group.person("sun"))
    assert NEEDED in await group.says("sun", "/task @chen 明天18:00前 巡检")
    assert await group.world.rows("grants", "revoked_at IS NULL") == 0
    assert "@zhao_min 第一次说话了" in office.newest()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("@li 厂长", "没有“厂长”这个角色"),
        ("书记", "没看到是谁"),
        ("@李四 书记", "没有已绑定账号的“李四”"),
        ("@li -委员", "李伟 没有委员这个角色"),
        ("@li 撤销", "李伟 没有角色可以撤销"),
        ("@wang_hy -管理员", "还没见过 @wang_hy"),
    ],
)
async def test_what_cannot_be_is_said(group: Place, words: str, told: str) -> None:
    await group.says(LI, "早")
    assert told in await group.says(WANG, f"/roles {words}")
    assert await audited(group) == []


async def test_a_role_is_given_once(group: Place) -> None:
    await group.confirms(WANG, "/roles @li 书记")
    assert "已经是书记" in await group.says(WANG, "/roles @li 书记")


async def test_an_administrator_by_settings_is_not_withdrawn_in_chat(group: Place) -> None:
    await given(group, LI, Role.ADMINISTRATOR)
    await group.says(WANG, "早")
    said = await group.says(LI, "/roles -管理员", reply_to=group.last)
    assert "JINGYI_ADMINS" in said


async def test_only_administrators_give_roles(group: Place) -> None:
    await given(group, LI, Role.SECRETARY, Area(group=1))
    for who in (LI, SECRETARY):
        assert await group.says(who, "/roles @chen 书记") == f"只有管理员{NEEDED}，请找：王海燕。"


async def test_an_administrator_of_a_part_gives_roles_in_it_alone(group: Place) -> None:
    part = await bound(group, "机加工车间", "一支部")
    await given(group, LI, Role.ADMINISTRATOR, part)
    assert "现在是书记（一支部）" in await group.confirms(LI, "/roles @chen 书记")
    assert "不归您任命" in await group.says(LI, "/roles @chen 书记 机加工车间")
    assert "不归您任命" in await group.says(LI, "/roles @chen 管理员")


# The last right


@pytest.mark.parametrize("admins", [frozenset()])
async def test_the_last_administrator_stays(group: Place) -> None:
    await given(group, LI, Role.ADMINISTRATOR)
    await group.says(LI, "/roles -管理员")
    assert "最后一位管理员" in await group.presses(LI, "放下")
    await given(group, SECRETARY, Role.ADMINISTRATOR)
    await group.says(LI, "/roles -管理员")
    await group.presses(LI, "放下")
    assert "已撤销 李伟 的管理员" in group.newest()


async def test_a_secretary_is_asked_before_their_last_right_goes(group: Place) -> None:
    await given(group, LI, Role.SECRETARY, Area(group=1))
    assert "最后一个角色：书记" in await group.says(LI, "/roles -书记")
    assert "不归您任命" in await group.presses(SECRETARY, "放下")
    await group.presses(LI, "返回")
    assert "没有改动" in group.newest()
    assert "📌" in await group.says(LI, "/task @chen 明天18:00前 巡检")
    await group.says(LI, "/roles @li -书记")
    await group.presses(LI, "放下")
    assert "已撤销" in group.newest()
    assert NEEDED in await group.says(LI, "/task @chen 明天18:00前 巡检")


@pytest.mark.parametrize("role", ["0", "4", "employee", ""])
async def test_an_old_button_that_names_a_place_in_a_list_gives_no_role(group: Place, role: str) -> None:
    await group.says(LI, "早")
    await group.says(WANG, "/roles")
    who = await member_of(group, LI)
    await group.receives_press(WANG, group.bot_messages()[-1], f"role.give:{who.id}:{role}")
    assert await group.world.rows("grants") == 0
    calls = [call for call in group.sandbox.calls if call.method.lower() == "answercallbackquery"]
    assert "已经过期" in str(calls[-1].parameters["text"])


async def test_one_of_several_own_rights_goes_without_asking(group: Place) -> None:
    await given(group, LI, Role.SECRETARY, Area(group=1))
    await given(group, LI, Role.INSPECTOR, Area(group=1))
    assert "已撤销 李伟 的书记" in await group.says(LI, "/roles -书记")
    await given(group, LI, Role.SECRETARY, Area(group=1))
    assert "撤销哪一个" in await group.says(LI, "/roles 撤销")
    await group.presses(LI, "督查员")
    await group.presses(LI, "撤销")
    assert "已撤销 李伟 的督查员" in group.newest()


# Seeing, and the guided way


async def test_roles_are_shown_with_what_they_are_over(group: Place, private: Place) -> None:
    await given(group, LI, Role.SECRETARY, Area(group=1))
    await given(group, SECRETARY, Role.ADMINISTRATOR)
    said = await group.says(WANG, "/roles")
    assert "王海燕　管理员（由部署人员设定）" in said
    assert "李伟　书记（第一党支部）" in said
    assert "陈书记　管理员（全企业）" in said


async def test_the_guided_way_names_a_secretary(group: Place) -> None:
    for who in (LI, SECRETARY):
        await group.says(who, "早")
    await group.says(WANG, "/roles")
    assert "管理员能用" in await group.presses(LI, "任命")
    await group.presses(WANG, "任命")
    await group.presses(WANG, "李伟")
    await group.presses(WANG, "书记")
    assert "任命为书记（第一党支部）：\n账号：李伟 @li" in group.newest()
    await group.presses(WANG, "确认")
    assert "李伟 现在是书记" in group.newest()
    shown = group.bot_messages()[-1]
    await group.says(WANG, "/roles")
    await group.presses(WANG, "撤销：李伟")
    await group.presses(WANG, "撤销")
    assert "已撤销 李伟 的书记" in group.newest()
    assert [action for action, *_ in await audited(group)] == ["role.granted", "role.withdrawn"]
    await group.receives_press(WANG, shown, "role.ended:1")  # an old button, pressed again
    assert len(await audited(group)) == 2


@pytest.mark.parametrize(
    "numbers", ["", ":0", ":999", ":999:0", ":1:99", ":1:1:1:1:1", ":x", f":{10**14}:{10**14}", ":-1"]
)
async def test_presses_that_nobody_can_have_made_do_nothing(group: Place, numbers: str) -> None:
    office = Place(group.world, group.sandbox.open_private(group.person(WANG), 123456))
    group.sandbox.start(group.person(WANG), 123456)
    for place in (group, office):
        await place.says(WANG, "/roles")
        shown = place.bot_messages()[-1]
        for button in handlers.handlers():
            if isinstance(button, Press) and button.action.startswith(("role.", "setting.", "audit.")):
                await place.receives_press(WANG, shown, f"{button.action}{numbers}")
    assert await audited(group) == []


async def test_many_roles_come_in_pages(group: Place, private: Place) -> None:
    for number in range(20):
        await group.world.program.database.write(add_somebody, number=number, at=group.sandbox.clock.now())
    mine = Place(group.world, group.sandbox.open_private(group.person(WANG), 123456))
    group.sandbox.start(group.person(WANG), 123456)
    await group.world.idle()
    assert "人0　" in await mine.says(WANG, "/roles")
    await mine.presses(WANG, "下一页")
    assert "人8　" in mine.newest()
    await mine.presses(WANG, "下一页")
    assert "人19　" in mine.newest()
    assert "下一页 ▶" not in mine.buttons()
    await mine.presses(WANG, "第一页")
    assert "人0　" in mine.newest()


def add_somebody(stores, *, number, at):
    who = stores.members.await_username(f"somebody{number}", at)
    stores.members.save(replace(who, name=f"人{number}"))
    stores.grants.add(who, Role.SECRETARY, EVERYWHERE, None, at)


# Who left, who is anonymous


async def test_who_has_left_is_told_so_and_sees_their_points(group: Place) -> None:
    await given(group, LI, Role.SECRETARY, Area(group=1))
    who = await member_of(group, LI)

    def leave(stores):
        place = branch.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        (person,) = stores.people.add([Entry("0001", "李伟", place.id)])
        stores.people.link(person.id, who.id)
        stores.people.leave(person.id, date(2026, 11, 25))

    await group.world.program.database.write(leave)
    for command in ("/task @chen 明天18:00前 巡检", "/study", "/tasks", "/suggest 加个热菜"):
        assert "名册显示您已调离" in await group.says(LI, command), command
    assert "累计" in await group.does(LI, "/points")
    assert (await group.says(LI, "/help")).splitlines() == ["/points 积分明细", "/cancel 放弃正在填的内容"]
    assert "不能任命" in await group.says(WANG, "/roles @li 委员")


async def test_an_anonymous_administrator_is_told_how_to_go_on(group: Place) -> None:
    group.sandbox.promote(group.chat, group.person(LI), is_anonymous=True)
    assert "📌" in await group.says(LI, "/task @chen 明天18:00前 巡检", anonymous=True)
    assert "匿名发言看不出您是谁" in await group.says(LI, "/roles", anonymous=True)
    await group.confirms(WANG, "/roles @chen 书记")
    said = await group.says(LI, "/task @chen 明天18:00前 巡检", anonymous=True)
    assert said.startswith("本群已经任命了书记，匿名发言看不出您是谁。")


async def test_a_group_holds_no_role(group: Place) -> None:
    group.sandbox.promote(group.chat, group.person(LI), is_anonymous=True)
    await group.says(LI, "早", anonymous=True)
    voice = await group.world.program.database.read(lambda stores: stores.members.find(group.chat.id))
    assert voice is not None

    def give(stores):
        by, chat = stores.members.find(FIRST), stores.chats.find(group.chat.id)
        actor = Actor(by, chat, group.sandbox.clock.now(), is_root_admin=True)
        roles.grant(stores, actor, to=voice, role=Role.SECRETARY, area=EVERYWHERE)

    await group.says(WANG, "早")
    with pytest.raises(NotSomebody):
        await group.world.program.database.write(give)


# Every command, every role


def commands() -> list[Command]:
    return [one for one in handlers.handlers() if isinstance(one, Command) and one.name]


NAMES = sorted({str(one.name) for one in commands()})


def needs(name: str) -> Needs:
    return next(one.needs for one in reversed(commands()) if one.name == name)


def words(name: str) -> str:
    return WITH_WORDS.get(name, f"/{name}")


async def end_all(place: Place, who: str) -> None:
    member, at = await member_of(place, who), place.sandbox.clock.now()
    await place.world.program.database.write(roles.end_all, member=member.id, by=None, at=at)


async def test_every_role_may_do_in_a_group_what_the_table_says_and_no_more(group: Place) -> None:
    """Generated from what the handlers listen to: each command under each role, over the group alone."""
    await given(group, SECRETARY, Role.SECRETARY, Area(group=1))  # so that nobody acts as one
    for role in Role:
        if role is not Role.EMPLOYEE:
            await given(group, LI, role, Area(group=1))
        for name in NAMES:
            permission, said = needs(name).in_group, await group.says(LI, words(name))
            if permission is None:
                assert ("私聊里发" if needs(name).in_private in PERMISSIONS[role] else "只有") in said, name
            else:
                assert (NEEDED not in said) is (permission in PERMISSIONS[role]), (name, role)
        await end_all(group, LI)


async def test_every_role_may_do_in_private_what_the_table_says_and_no_more(group: Place, private: Place) -> None:
    """A role over any part is enough to be let through; what it is over counts where something is done."""
    for role in Role:
        if role is not Role.EMPLOYEE:
            await given(group, LI, role)
        for name in NAMES:
            permission, said = needs(name).in_private, await private.says(LI, words(name))
            if permission is None:
                assert ("请在工作群里发" if needs(name).in_group in PERMISSIONS[role] else "只有") in said, name
            else:
                assert (NEEDED not in said) is (permission in PERMISSIONS[role]), (name, role)
        await end_all(group, LI)


def guarded() -> list[Press]:
    return [one for one in handlers.handlers() if isinstance(one, Press) and one.needs not in EVERYBODY]


async def test_buttons_ask_too(group: Place, private: Place) -> None:
    """Whoever can make a press up, or sees another's button in a group, gets no further than with the command."""
    await group.says(LI, "/help")
    await private.says(LI, "/help")
    assert guarded()
    for button in guarded():
        place, before = private if isinstance(button, PrivatePress) else group, len(group.sandbox.calls)
        await place.receives_press(LI, place.bot_messages()[-1], f"{button.action}:1:1:1:1:1")
        calls = [call for call in group.sandbox.calls[before:] if call.method.lower() == "answercallbackquery"]
        assert [NEEDED in str(call.parameters.get("text")) for call in calls] == [True], button.action
