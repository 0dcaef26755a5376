"""The fixed keyboard of private chats: what it has, what its keys do, when it is shown anew."""

import pytest

from domain.people.permission import EVERYWHERE, Area, Role
from tests.dialogue import BOT, LI, SECRETARY, WANG, Json, Place, World, opened

EMPLOYEES = ["今日学习", "我的任务", "提建议", "我的积分"]
LEADING = [*EMPLOYEES, "交办任务", "发起调查", "谁还没办", "本周小结"]


def brought(place: Place) -> list[Json]:
    """The keyboards that messages have brought along: the platform shows them to people, not to the bot."""
    markups = [message.markup or {} for message in place.sandbox.chat(place.chat).messages.values()]
    return [markup for markup in markups if "keyboard" in markup]


def keys(place: Place) -> list[str]:
    """What stands on the keyboard now."""
    rows = brought(place)[-1]["keyboard"]
    return [key if isinstance(key, str) else key["text"] for row in rows for key in row]


async def grant(world: World, who: str, role: Role) -> None:
    def unit(stores):
        member = stores.members.find(world.people[who].id)
        stores.grants.add(member, role, EVERYWHERE, None, world.sandbox.clock.now())

    await world.program.database.write(unit)


async def test_everybody_has_four_keys_from_the_first_start_on(private: Place) -> None:
    assert keys(private) == EMPLOYEES
    markup = brought(private)[-1]
    assert markup["is_persistent"]
    assert markup["resize_keyboard"]


async def test_it_comes_once(private: Place) -> None:
    await private.says(LI, "/points")
    await private.says(LI, "/help")
    await private.says(LI, "/start")
    assert len(brought(private)) == 1


async def test_a_group_never_gets_one(group: Place) -> None:
    await group.says(SECRETARY, "/help")
    await group.says(LI, "/points")
    assert brought(group) == []


async def test_a_secretary_has_four_more(group: Place, world: World) -> None:
    await group.says(SECRETARY, "早")
    await grant(world, SECRETARY, Role.SECRETARY)
    assert keys(await opened(world, SECRETARY)) == LEADING


async def test_a_group_without_a_secretary_gives_its_administrators_these_keys(group: Place, world: World) -> None:
    await group.says(SECRETARY, "早")
    assert keys(await opened(world, SECRETARY)) == LEADING


@pytest.mark.parametrize("admins", [frozenset({7000000003})])
async def test_an_administrator_also_has_the_roster_and_the_settings(group: Place, world: World) -> None:
    place = await opened(world, WANG)
    assert keys(place) == [*LEADING, "名册", "设置"]
    assert "名册" in await place.says(WANG, "名册")
    assert "设置" in await place.says(WANG, "设置")


async def test_a_new_role_changes_it_with_the_next_answer(private: Place, world: World) -> None:
    await grant(world, LI, Role.SECRETARY)
    await private.says(LI, "/help")
    assert keys(private) == LEADING
    await private.says(LI, "/help")
    assert len(brought(private)) == 2


async def test_another_language_changes_it_and_the_old_keys_still_work(private: Place) -> None:
    await private.presses(LI, "English")
    await private.says(LI, "/help")
    assert keys(private) == ["Today’s study", "My tasks", "Suggest", "My points"]
    assert "this week" in (await private.says(LI, "我的积分")).lower()
    assert "this week" in (await private.says(LI, "My points")).lower()


async def test_a_chat_that_was_blocked_gets_it_again(private: Place, world: World) -> None:
    world.sandbox.block(world.people[LI], BOT)
    await world.idle()
    world.sandbox.unblock(world.people[LI], BOT)
    await world.idle()
    assert "您好" in await private.says(LI, "/start")
    assert keys(private) == EMPLOYEES


async def test_each_key_does_what_its_command_does(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 明天18:00前 交表")
    assert "交表" in await private.says(LI, "我的任务")
    assert "累计" in await private.says(LI, "我的积分")
    assert "学习库里暂时没有" in await private.says(LI, "今日学习")
    assert "会看到的人" in await private.says(LI, "提建议")
    assert await world.rows("suggestions") == 0


async def test_a_key_is_no_answer_to_an_open_form(private: Place, world: World) -> None:
    await private.says(LI, "提建议")
    assert "累计" in await private.says(LI, "我的积分")
    assert await world.rows("drafts") == 1
    await private.presses(LI, "署名")
    await private.says(LI, "食堂早餐再丰富一点")
    assert await world.rows("suggestions") == 1


async def test_a_key_that_is_forwarded_edited_or_said_in_a_group_is_only_words(group: Place, private: Place) -> None:
    assert await group.says(LI, "我的积分") == ""
    group.sandbox.forward(group.chat, group.person(LI), group.last, private.chat)
    await group.world.idle()
    assert "自己写一遍" in private.newest()
    assert "累计" not in private.newest()
    await private.says(LI, "你好")
    assert "累计" not in await private.edits(LI, "我的积分")


async def test_who_has_left_keeps_their_points(private: Place, group: Place, world: World) -> None:
    await group.says(LI, "早")
    await world.roster(group.chat, LI)

    def leave(stores):
        person = stores.people.of_member(stores.members.find(world.people[LI].id).id)
        stores.people.leave(person.id, world.sandbox.clock.now().date())

    await world.program.database.write(leave)
    said = await private.says(LI, "/start")
    assert "名册显示您已调离" in said
    assert keys(private) == ["我的积分"]
    assert "您已调离" in await private.says(LI, "今日学习")


# What is done in private for a group


async def test_a_task_is_given_from_private(group: Place, world: World) -> None:
    for who in (SECRETARY, LI):
        await group.says(who, "早")
    office = await opened(world, SECRETARY)
    assert "交给谁" in await office.says(SECRETARY, "交办任务")
    await office.presses(SECRETARY, "李伟")
    await office.says(SECRETARY, "明天18:00前")
    assert "要发到群里的任务" in await office.says(SECRETARY, "整理台账")
    assert "整理台账" not in group.shown()
    await office.presses(SECRETARY, "发出")
    assert "整理台账" in group.newest()
    assert office.newest() == "✅ 已发到第一党支部"
    assert await world.rows("tasks") == 1


async def test_a_survey_is_asked_from_private(group: Place, world: World) -> None:
    await group.says(SECRETARY, "早")
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "发起调查")
    await office.presses(SECRETARY, "一个问题")
    await office.says(SECRETARY, "学习几点开始？")
    await office.says(SECRETARY, "16:00\n17:00")
    await office.presses(SECRETARY, "实名")
    await office.presses(SECRETARY, "发出")
    assert group.newest() == "学习几点开始？"
    assert office.newest() == "✅ 已发到第一党支部"


async def test_of_several_groups_one_is_chosen(group: Place, world: World) -> None:
    other = Place(world, world.sandbox.add_group("第二党支部", by=world.people[SECRETARY], bots=[BOT]))
    await world.idle()
    for place in (group, other):
        await place.says(SECRETARY, "早")
    office = await opened(world, SECRETARY)
    assert "哪个群" in await office.says(SECRETARY, "交办任务")
    await office.presses(SECRETARY, "第二党支部")
    assert "交给谁" in office.newest()
    await office.presses(SECRETARY, "陈")
    await office.says(SECRETARY, "明天18:00前 写总结")
    await office.presses(SECRETARY, "发出")
    assert "写总结" in other.newest()
    assert "写总结" not in group.shown()


async def test_who_is_no_longer_in_charge_cannot_send_what_they_began(group: Place, world: World) -> None:
    for who in (SECRETARY, LI):
        await group.says(who, "早")
    office = await opened(world, SECRETARY)
    await office.says(SECRETARY, "交办任务")
    await office.presses(SECRETARY, "李伟")
    await office.says(SECRETARY, "明天18:00前 整理台账")

    def name_another(stores):
        group_ = stores.chats.find(group.chat.id)
        member = stores.members.find(world.people[LI].id)
        stores.grants.add(member, Role.SECRETARY, Area(group=group_.id), None, world.sandbox.clock.now())

    await world.program.database.write(name_another)
    await office.presses(SECRETARY, "发出")
    assert await world.rows("tasks") == 0


async def test_an_employee_who_types_a_secretarys_key_is_refused(private: Place, world: World) -> None:
    for key in LEADING[4:]:
        assert "您名下还没有群" in await private.says(LI, key), key
    assert await world.rows("drafts") == 0


async def test_the_summary_comes_in_private(group: Place, world: World) -> None:
    for who in (SECRETARY, LI):
        await group.says(who, "早")
    await world.earns(group.chat, LI, 2)
    office = await opened(world, SECRETARY)
    assert "周小结</b>" in await office.says(SECRETARY, "本周小结")
    assert "周小结　" in office.newest()
    assert "周小结　" not in group.shown()
