import pytest

import handlers
from domain.study import study
from handlers.command import Command
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, plain
from tests.study.test_study import HELMET

# Coming and going


async def test_help_is_by_role(group: Place, private: Place) -> None:
    assert "/survey" in await group.says(SECRETARY, "/help")
    for said in (await group.says(LI, "/help"), await private.says(LI, "/help")):
        assert "/suggest" in said
        assert "/survey" not in said


async def test_help_is_of_the_place(group: Place, private: Place) -> None:
    assert "/export me" in await private.says(LI, "/help")
    assert "/export me" not in await group.says(LI, "/help")


@pytest.mark.parametrize("admins", [frozenset({7000000003})])
async def test_help_for_administrators_names_every_command(group: Place, world: World) -> None:
    office = Place(world, world.sandbox.open_private(world.people[WANG], BOT))
    world.sandbox.start(world.people[WANG], BOT)
    await world.idle()
    said = await office.says(WANG, "/help") + await group.says(WANG, "/help")
    commands = {one.name for one in handlers.handlers() if isinstance(one, Command) and one.name}
    left_out = {name for name in commands if f"\n/{name}" not in f"\n{said}"}
    assert left_out == {"start", "help", "rewards", "apply"}, "no rewards and no items to apply for at first"


async def test_who_joins_may_be_chosen_and_who_leaves_may_not(group: Place) -> None:
    group.world.people["zhao"] = group.sandbox.add_person("赵敏")
    group.sandbox.add_member(group.chat, group.person("zhao"))
    await group.says(SECRETARY, "/task")
    assert "赵敏" in group.buttons()
    asked = group.bot_messages()[-1]
    group.sandbox.remove_member(group.chat, group.person("zhao"))
    assert "过期" in await group.presses(SECRETARY, "赵敏", asked)
    await group.says(SECRETARY, "/task")
    assert "赵敏" not in group.buttons()


async def test_a_group_that_removed_the_bot_hears_nothing_more(group: Place, world: World) -> None:
    await world.program.database.write(study.load, lessons=[HELMET])
    await group.says(LI, "建议：食堂晚班加个热菜")
    world.sandbox.remove_member(group.chat, BOT, by=group.person(SECRETARY))
    await world.idle()
    before = len(world.sandbox.calls)
    await group.hears_until("2026-11-26 08:30")
    await group.hears_until("2026-11-30 09:00")
    assert {call.method.lower() for call in world.sandbox.calls[before:]} <= {"getupdates", "getme"}  # for the time


@pytest.mark.parametrize("admins", [frozenset({7000000001})])
async def test_a_bot_that_an_administrator_brings_back_goes_on(group: Place, world: World) -> None:
    await world.program.database.write(study.load, lessons=[HELMET])
    world.sandbox.remove_member(group.chat, BOT, by=group.person(SECRETARY))
    await world.idle()
    world.sandbox.add_member(group.chat, BOT, by=group.person(SECRETARY))
    await world.idle()
    assert "安全帽" in await group.hears_until("2026-11-26 08:30")


async def test_who_blocks_the_bot_is_reminded_in_the_group(group: Place, private: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    group.sandbox.block(group.person(LI), BOT)
    await group.world.idle()
    assert "1 号 交心得" in await group.hears_until("2026-11-25 16:00")


async def test_who_takes_the_block_back_is_reminded_in_private_again(group: Place, private: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    group.sandbox.block(group.person(LI), BOT)
    group.sandbox.unblock(group.person(LI), BOT)
    await group.world.idle()
    assert await group.hears_until("2026-11-25 16:00") == ""
    assert "1 号 交心得" in private.newest()


async def test_a_group_that_becomes_a_supergroup_keeps_everything(world: World) -> None:
    people = world.people
    chat = world.sandbox.add_group(
        "一支部", by=people[SECRETARY], members=[people[LI], people[WANG]], bots=[BOT], kind="group"
    )
    await world.idle()
    before = Place(world, chat)
    await world.spoke(chat, people[LI])
    await before.says(SECRETARY, "/task @li 今天18:00前 交心得")
    await before.says(LI, "建议：食堂晚班加个热菜")
    after = Place(world, world.sandbox.migrate(chat, by=people[SECRETARY]))
    await world.idle()
    assert "1 号 交心得" in await after.says(LI, "/tasks")
    assert "李伟　2" in await after.says(LI, "/rank")
    assert "1 号 交心得" in await after.hears_until("2026-11-25 16:00")
    assert await world.rows("chats") == 1


async def test_a_reminder_follows_a_group_that_moved_unheard(world: World) -> None:
    people = world.people
    chat = world.sandbox.add_group("一支部", by=people[SECRETARY], members=[people[LI]], bots=[BOT], kind="group")
    await world.idle()
    await world.spoke(chat, people[LI])
    await Place(world, chat).says(SECRETARY, "/task @li 今天18:00前 交心得")
    after = Place(world, world.sandbox.migrate(chat, by=people[SECRETARY]))
    world.sandbox.world.bot(BOT).inbox.clear()  # the news of it is lost
    assert "1 号 交心得" in await after.hears_until("2026-11-25 16:00")


# Who may do what, and where


@pytest.mark.parametrize(
    "command", ["/task @li 明天 巡检", "/survey 几点？| 16:00 | 17:00", "/summary", "/task", "/survey"]
)
async def test_what_secretaries_do_is_refused_to_others(group: Place, command: str) -> None:
    said = await group.says(LI, command)
    assert said == "只有书记或群管理员能用。"


@pytest.mark.parametrize("command", ["/task @li 明天 巡检", "/survey 几点？| 16:00 | 17:00", "/task"])
async def test_what_belongs_in_a_group_is_refused_in_private(private: Place, command: str) -> None:
    assert await private.says(LI, command) == "这要在工作群里用，只有书记或群管理员能用。"


async def test_an_administrator_of_the_group_may_give_tasks(group: Place) -> None:
    group.sandbox.promote(group.chat, group.person(LI))
    assert "📌" in await group.says(LI, "/task @chen 明天 巡检")
    group.sandbox.demote(group.chat, group.person(LI))
    assert "群管理员" in await group.says(LI, "/task @chen 明天 巡检")


async def test_what_an_anonymous_administrator_suggests_earns_the_group_nothing(group: Place) -> None:
    group.sandbox.promote(group.chat, group.person(LI), is_anonymous=True)
    assert await group.says(LI, "建议：食堂晚班加个热菜", anonymous=True) == ""
    assert group.reaction() == "👍"
    assert await group.world.rows("suggestions") == 1
    assert await group.world.rows("points_entries") == 0


async def test_an_anonymous_administrator_may_give_tasks(group: Place) -> None:
    group.sandbox.promote(group.chat, group.person(LI), is_anonymous=True)
    assert "📌" in await group.says(LI, "/task @chen 明天 巡检", anonymous=True)
    assert await group.world.rows("memberships", "left_at IS NULL") == 2  # the group is no member of itself


@pytest.mark.parametrize("admins", [frozenset({7000000003})])
async def test_an_administrator_of_the_enterprise_may_give_tasks_in_any_group(group: Place) -> None:
    assert group.person(WANG).id == 7000000003
    assert "📌" in await group.says(WANG, "/task @li 明天 巡检")


async def test_when_telegram_does_not_say_who_rules_nothing_is_done(group: Place) -> None:
    group.sandbox.fault("getChatMember", kind="error")
    assert "请过一会儿再试" in await group.says(SECRETARY, "/task @li 明天 巡检")
    assert (await group.world.stored())["tasks"] == 0


# Commands that are none


async def test_an_unknown_command_is_answered_in_private(private: Place) -> None:
    assert await private.says(LI, "/jifen") == "没有 /jifen 这条指令。您要的是不是这个？"


async def test_in_a_group_an_unknown_command_is_answered_if_it_names_the_bot(group: Place) -> None:
    assert await group.says(LI, "/jifen") == ""
    assert "没有 /jifen" in await group.says(LI, "/jifen@jingyi_bot")


async def test_commands_to_another_bot_are_left_to_it(group: Place) -> None:
    assert await group.says(SECRETARY, "/task@other_bot @li 明天 巡检") == ""
    assert "📌" in await group.says(SECRETARY, "/task@jingyi_bot @li 明天 巡检")
    assert "📌" in await group.says(SECRETARY, "/TASK@Jingyi_Bot @li 明天 巡检")


async def test_a_forwarded_command_is_not_carried_out(group: Place) -> None:
    command = group.sandbox.say(group.chat, group.person(LI), "/task @li 明天 巡检")
    await group.world.idle()
    group.sandbox.forward(group.chat, group.person(SECRETARY), command, group.chat)
    await group.world.idle()
    assert group.newest() == "转发来的指令我不会执行，需要的话请自己发一遍。"
    assert (await group.world.stored())["tasks"] == 0


async def test_talk_in_private_is_answered(private: Place) -> None:
    assert "没看懂这句话" in await private.says(LI, "你好")


async def test_talk_in_a_group_is_left_alone(group: Place) -> None:
    assert await group.says(LI, "今天中午吃什么") == ""


def from_a_channel(place: Place, text: str) -> dict:
    """A message that somebody writes in the group as their channel."""
    channel = {"id": -1003000000001, "type": "channel", "title": "频道"}
    speaker = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    head = {"message_id": 900, "date": 1795572000, "chat": place.chat.as_dict(), "from": speaker}
    return {**head, "sender_chat": channel, "text": text}


async def test_a_command_sent_as_a_channel_is_refused(group: Place) -> None:
    await group.world.receives("message", from_a_channel(group, "/task @li 明天 巡检"))
    assert group.newest() == "频道里的指令我办不了，请用自己的账号在群里发。"
    assert (await group.world.stored())["tasks"] == 0


async def test_a_channels_post_that_looks_like_a_command_does_nothing(troubled_world: World) -> None:
    channel = {"id": -1003000000001, "type": "channel", "title": "频道"}
    post = {"message_id": 1, "date": 1795572000, "chat": channel, "sender_chat": channel, "text": "/task @li 明天 巡检"}
    await troubled_world.receives("channel_post", post)
    assert (await troubled_world.stored())["tasks"] == 0
    assert await troubled_world.rows("inbox", "error IS NOT NULL OR done_at IS NULL") == 0


# Topics


async def test_answers_stay_in_the_topic(world: World) -> None:
    people = world.people
    chat = world.sandbox.add_group("一支部", by=people[SECRETARY], members=[people[LI]], bots=[BOT], is_forum=True)
    await world.idle()
    topic = world.sandbox.add_topic(chat, "安全", by=people[SECRETARY])
    place = Place(world, chat)
    await world.spoke(chat, people[LI])
    assert "📌" in await place.says(SECRETARY, "/task @li 明天 巡检", thread=topic)
    assert place.bot_messages()[-1]["message_thread_id"] == topic.message_thread_id


async def test_the_message_that_opened_a_topic_names_no_owner(group: Place) -> None:
    opened = {
        "message_id": 800,
        "date": 1795572000,
        "chat": group.chat.as_dict(),
        "from": group.person(LI).as_dict(),
        "forum_topic_created": {"name": "安全", "icon_color": 7322096},
    }
    command = {"message_id": 801, "date": 1795572000, "chat": group.chat.as_dict(), "text": "/task 明天 巡检"}
    speaker = {"from": group.person(SECRETARY).as_dict(), "reply_to_message": opened}
    await group.world.receives("message", {**command, **speaker})
    assert "没看到责任人" in plain(group.bot_messages()[-1])
    assert (await group.world.stored())["tasks"] == 0


async def test_a_new_groups_messages_are_not_taken_for_the_old_ones(world: World) -> None:
    chen, li, wang = world.people.values()
    small = Place(world, world.sandbox.add_group("小组", by=chen, members=[li, wang], bots=[BOT], kind="group"))
    await world.idle()
    await small.says(LI, "建议：大门要修理一下")
    first = small.last["message_id"]
    large = Place(world, world.sandbox.migrate(small.chat, by=chen))
    await world.idle()
    while (await large.says(WANG, "早")) is not None and large.last["message_id"] < first - 1:
        pass
    assert "建议 2 号" in await large.does(WANG, "建议：三号皮带机要换电池")


async def test_a_supergroup_that_speaks_first_keeps_the_groups_history(world: World) -> None:
    chen, li, _ = world.people.values()
    small = Place(world, world.sandbox.add_group("小组", by=chen, members=[li], bots=[BOT], kind="group"))
    await world.idle()
    await world.spoke(small.chat, li)
    await small.says(SECRETARY, "/task @li 明天18:00前 整理资料")
    new_id = -1009000000001
    await world.receives(
        "message",
        {
            "message_id": 1,
            "date": 1700000000,
            "chat": {"id": new_id, "type": "supergroup", "title": "小组"},
            "from": {"id": chen.id, "is_bot": False, "first_name": "陈"},
            "text": "早",
        },
    )
    old = {"id": small.chat.id, "type": "group", "title": "小组"}
    await world.receives("message", {"message_id": 99, "date": 1700000000, "chat": old, "migrate_to_chat_id": new_id})
    tasks = await world.program.database.read(lambda stores: stores.tasks.open_in(stores.chats.find(new_id).id, 9))
    assert [task.plan.title for task in tasks] == ["整理资料"]


@pytest.mark.parametrize("command", ["/task", "/survey"])
async def test_an_anonymous_administrator_begins_nothing_that_others_could_go_on_with(
    group: Place, command: str
) -> None:
    group.sandbox.promote(group.chat, group.person(LI), is_anonymous=True)
    await group.says(WANG, "早")
    assert "匿名发言看不出您是谁" in await group.says(LI, command, anonymous=True)
    assert (await group.world.stored())["drafts"] == 0


async def test_everybody_is_not_the_bot(group: Place) -> None:
    await group.says(SECRETARY, "/task @all 明天18:00前 检查")
    assert group.newest().splitlines()[2:] == ["已完成 0/2", "1 号，陈书记", "2 号，李伟"]
