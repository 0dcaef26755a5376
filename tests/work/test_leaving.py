"""Whose tasks are left when somebody leaves: shown to who is in charge, given on, withdrawn."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World


@pytest.fixture
async def office(group: Place, world: World) -> AsyncIterator[Place]:
    """The secretary's private chat with the bot, begun."""
    chat = world.sandbox.open_private(world.people[SECRETARY], BOT)
    world.sandbox.start(world.people[SECRETARY], BOT)
    await world.idle()
    await world.spoke(group.chat, world.people[WANG])
    yield Place(world, chat)


async def leaves(group: Place, who: str) -> None:
    """Somebody leaves the group."""
    group.sandbox.remove_member(group.chat, group.person(who), by=group.person(SECRETARY))
    await group.world.idle()


async def test_the_open_tasks_of_who_leaves_are_shown_to_the_giver_in_private(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/task 李伟 明天18:00前 交心得")
    await group.says(SECRETARY, "/task 李伟 周五 交报表")
    await group.says(LI, "/done 1")
    before = group.shown()
    await leaves(group, LI)
    assert office.newest().splitlines() == [
        "李伟已退群或离开单位，在「第一党支部」还有 1 项任务没完成，不再提醒本人。请改派或撤回：",
        "🔵 2 号 交报表，11月27日（周五）18:00截止",
    ]
    assert office.buttons() == ["改派 2 号", "撤回 2 号"]
    assert group.shown() == before, "the group need not read it"


async def test_who_never_spoke_leaves_tasks_too(group: Place, office: Place) -> None:
    friend = group.sandbox.add_person("小赵")
    group.sandbox.add_member(group.chat, friend)
    group.world.people["zhao"] = friend
    await group.says(SECRETARY, "/task 小赵 明天18:00前 交心得", mentions=[friend])
    await leaves(group, "zhao")
    assert office.buttons() == ["改派 1 号", "撤回 1 号"]
    assert "小赵已经退群" in await group.says(SECRETARY, "/task 小赵 周五 交表")


async def test_who_has_nothing_open_leaves_without_a_word(group: Place, office: Place) -> None:
    before = office.shown()
    await leaves(group, LI)
    assert office.shown() == before


async def test_a_leavers_task_is_withdrawn(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task 李伟 明天18:00前 交心得")
    await leaves(group, LI)
    assert "1 号「交心得」已撤回" in await office.presses(SECRETARY, "撤回 1 号")
    assert office.newest() == "✅ 李伟留下的任务都处理好了。"
    assert "已撤回：交心得（1 号）" in group.shown()
    assert "没有进行中的任务" in await group.says(WANG, "/tasks")
    assert await world.rows("audit", "action = 'task.withdrawn' AND subject = 'task:1'") == 1
    await group.says(SECRETARY, "/task 王海燕 明天18:00前 交心得")
    assert "2 号，王海燕" in group.newest(), "a number is not used again"


async def test_a_leavers_task_is_given_to_somebody_else(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task 李伟 明天18:00前 交心得")
    await leaves(group, LI)
    await office.presses(SECRETARY, "改派 1 号")
    assert "1 号「交心得」改派给谁" in office.newest()
    assert office.buttons() == ["陈书记", "王海燕"]
    await office.presses(SECRETARY, "王海燕")
    assert "1 号已由李伟改派给王海燕" in office.shown()
    assert "李伟留下的任务都处理好了" in office.shown()
    assert "王海燕，1 号「交心得」改由您负责（原为李伟），11月26日（周四）18:00截止" in group.newest()
    assert await world.rows("audit", "action = 'task.reassigned'") == 1
    assert "完成了 1 号" in await group.does(WANG, "/done 1")
    assert await group.points_of(WANG) == 5


async def test_the_new_owner_is_told_with_a_sound_in_the_group(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task 李伟 明天18:00前 交心得")
    await leaves(group, LI)
    await office.presses(SECRETARY, "改派 1 号")
    await office.presses(SECRETARY, "王海燕")
    told = [call.parameters for call in world.sandbox.calls if "改由您负责" in str(call.parameters.get("text"))]
    assert [one.get("disable_notification") for one in told] == [None]


async def test_nobody_is_told_that_they_took_a_task_themselves(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/task 李伟 明天18:00前 交心得")
    await leaves(group, LI)
    await office.presses(SECRETARY, "改派 1 号")
    await office.presses(SECRETARY, "陈书记")
    assert "1 号已由李伟改派给陈书记" in office.shown()
    assert "改由您负责" not in office.shown() + group.shown()


async def test_the_name_of_the_next_owner_may_be_written(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/task 李伟 明天18:00前 交心得")
    await leaves(group, LI)
    await office.presses(SECRETARY, "改派 1 号")
    assert "是“王海燕”吗" in await office.answers(SECRETARY, "王海艳")
    await office.answers(SECRETARY, "王海燕", above=office.newest())
    assert "王海燕，1 号「交心得」改由您负责" in group.newest()


async def test_a_name_that_two_have_is_asked_with_buttons(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, "/task 李伟 明天18:00前 交心得")

    def namesakes(stores) -> None:
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
        branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=place.id)
        found = stores.people.add([Entry("10045", "王海燕", place.id), Entry("10046", "王海燕", place.id)])
        stores.people.link(found[0].id, stores.members.find(group.person(WANG).id).id)

    await world.program.database.write(namesakes)
    await leaves(group, LI)
    await office.presses(SECRETARY, "改派 1 号")
    await office.answers(SECRETARY, "王海燕")
    assert "哪一位" in office.newest()
    assert office.buttons() == ["王海燕（一支部，尾号 045）", "王海燕（一支部，尾号 046）"]
    await office.presses(SECRETARY, "尾号 045")
    assert "1 号已由李伟改派给王海燕" in office.shown()
    assert await world.rows("tasks", "id = 1 AND owner_id = (SELECT member_id FROM people WHERE number = '10045')") == 1


async def test_who_left_is_not_named_in_reminders(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/task 李伟 今天18:00前 交心得")
    await leaves(group, LI)
    assert await group.hears_until("2026-11-25 16:00") == ""
    assert await group.hears_until("2026-11-25 18:30") == ""


async def test_who_comes_back_goes_on_with_their_tasks(group: Place, office: Place) -> None:
    await group.says(SECRETARY, "/task 李伟 今天18:00前 交心得")
    await leaves(group, LI)
    group.sandbox.add_member(group.chat, group.person(LI))
    await group.world.idle()
    assert "1 号 交心得" in await group.hears_until("2026-11-25 16:00")


async def test_without_anybody_in_private_the_group_is_told(group: Place) -> None:
    await group.says(SECRETARY, "/task 李伟 今天18:00前 交心得")
    await leaves(group, LI)
    assert group.buttons() == ["改派 1 号", "撤回 1 号"]
    question = group.bot_messages()[-1]
    assert "群管理员" in await group.presses(WANG, "撤回 1 号", question)
    assert "群管理员" in await group.presses(WANG, "改派 1 号", question)
    await group.presses(SECRETARY, "撤回 1 号", question)
    assert await group.world.rows("tasks", "withdrawn_at IS NOT NULL") == 1


async def test_a_secretary_by_role_is_told_of_who_left_by_the_roster(group: Place, office: Place, world: World) -> None:
    await world.program.database.write(lambda stores: put_on_roster(stores, world, group))
    await group.says(SECRETARY, "/task 李伟 今天18:00前 交心得")

    def left(stores: Any) -> None:
        at = world.sandbox.clock.now()
        person = stores.people.numbered("2")
        stores.people.leave(person.id, at.date())
        stores.hooks.left(person.member, None, at)

    await world.program.database.write(left)
    world.program.sender.wake()
    await world.idle()
    assert "李伟已退群或离开单位" in office.newest()
    assert "李伟已经退群或离开单位" in await group.says(SECRETARY, "/task 李伟 周五 交表")
    assert await group.hears_until("2026-11-25 16:00") == ""


def put_on_roster(stores: Any, world: World, group: Place) -> None:
    place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
    branches.bind(stores, chat=stores.chats.find(group.chat.id), branch=place.id)
    people = stores.people.add([Entry("1", "陈书记", place.id), Entry("2", "李伟", place.id)])
    for person, who in zip(people, (SECRETARY, LI), strict=True):
        stores.people.link(person.id, stores.members.find(world.people[who].id).id)
    chen = stores.members.find(world.people[SECRETARY].id)
    stores.grants.add(chen, Role.SECRETARY, Area(branch=place.id), None, world.sandbox.clock.now())


# A task that was given by mistake


async def test_a_task_that_was_given_by_mistake_is_withdrawn_in_the_group(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/task 李伟 今天18:00前 交心得")
    assert "群管理员" in await group.says(LI, "/task 撤回 1")
    assert "已撤回" in await group.says(SECRETARY, "/task 撤回 1号")
    assert "1 号「交心得」已经撤回" in await group.says(SECRETARY, "/task 撤回 1")
    assert await group.hears_until("2026-11-25 16:00") == ""


async def test_a_finished_task_is_not_withdrawn(group: Place) -> None:
    await group.says(SECRETARY, "/task 李伟 今天18:00前 交心得")
    await group.says(LI, "/done 1")
    assert "早已完成" in await group.says(SECRETARY, "/task 撤回 1")


async def test_of_several_owners_the_others_stay_on_the_card(group: Place, world: World) -> None:
    await world.spoke(group.chat, world.people[WANG])
    await group.says(SECRETARY, "/task 李伟 王海燕 今天18:00前 交心得")
    await group.says(SECRETARY, "/task 撤回 1")
    assert "2 号，王海燕" in group.shown()
    assert "1 号，李伟" not in group.shown()


async def test_another_groups_task_is_not_withdrawn(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task 李伟 明天18:00前 整理资料")
    world.people["zhao"] = world.sandbox.add_person("赵铁军")
    other = Place(world, world.sandbox.add_group("第二党支部", by=world.people["zhao"], bots=[BOT]))
    await world.idle()
    assert "没有 1 号任务" in await other.says("zhao", "/task 撤回 1")
    await other.receives_press("zhao", other.bot_messages()[-1], "task.withdraw:1")
    await other.receives_press("zhao", other.bot_messages()[-1], "task.reassign:1")
    assert "整理资料" not in other.shown()
    assert await world.rows("tasks", "withdrawn_at IS NOT NULL") == 0
    assert await world.rows("drafts") == 0
