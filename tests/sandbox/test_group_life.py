import pytest

from sandbox import Refusal

KICKED = "Forbidden: bot was kicked from the supergroup chat"


def names(updates):
    return [next(name for name in update if name != "update_id") for update in updates]


async def test_a_bot_hears_that_it_was_added_and_promoted(scene, program):
    group = scene.sandbox.add_group("二支部", by=scene.wang, members=[scene.li], bots=[scene.bot])
    change, message = await program.updates()
    assert change["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert change["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert change["my_chat_member"]["from"]["id"] == scene.wang.id
    assert [user["id"] for user in message["message"]["new_chat_members"]] == [scene.bot.id]
    scene.sandbox.promote(group, scene.bot)
    (change,) = await program.updates()
    new = change["my_chat_member"]["new_chat_member"]
    assert (new["status"], new["can_pin_messages"], new["can_promote_members"]) == ("administrator", True, False)


async def test_a_basic_group_tells_of_its_creation(scene, program):
    scene.sandbox.add_group("小组", by=scene.wang, bots=[scene.bot], kind="group")
    updates = await program.updates()
    assert names(updates) == ["my_chat_member", "message"]
    assert updates[1]["message"]["group_chat_created"] is True


async def test_joining_and_leaving_are_service_messages(scene, program):
    zhao = scene.sandbox.add_person("赵六")
    scene.sandbox.add_member(scene.group, zhao, by=scene.wang)
    scene.sandbox.remove_member(scene.group, zhao)
    joined, left = await program.updates()
    assert joined["message"]["from"]["id"] == scene.wang.id
    assert joined["message"]["new_chat_members"][0]["first_name"] == "赵六"
    assert left["message"]["left_chat_member"]["id"] == zhao.id


async def test_members_changes_are_for_administrators_that_ask_for_them(scene, program):
    zhao = scene.sandbox.add_person("赵六")
    scene.sandbox.promote(scene.group, scene.bot)
    await program.updates()
    scene.sandbox.add_member(scene.group, zhao)
    assert names(await program.updates()) == ["message"]
    await program.call("getUpdates", allowed_updates=["chat_member"])
    scene.sandbox.promote(scene.group, zhao)
    (update,) = await program.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "administrator"


async def test_a_removed_bot_hears_of_it_and_is_forbidden(scene, program):
    scene.sandbox.remove_member(scene.group, scene.bot, by=scene.wang)
    change, message = await program.updates()
    assert change["my_chat_member"]["new_chat_member"] == {
        "user": scene.bot.as_dict(),
        "status": "kicked",
        "until_date": 0,
    }
    assert message["message"]["left_chat_member"]["id"] == scene.bot.id
    for method in ("sendMessage", "getChat", "getChatMemberCount", "sendChatAction"):
        assert await program.refused(method, chat_id=scene.group.id, text="a", action="typing") == KICKED
    scene.sandbox.say(scene.group, scene.wang, "/a")
    assert await program.updates() == []
    scene.sandbox.add_member(scene.group, scene.bot, by=scene.wang)
    assert await program.call("getChatMemberCount", chat_id=scene.group.id) == 3


async def test_a_bot_can_leave(scene, program):
    assert await program.call("leaveChat", chat_id=scene.group.id)
    words = "Forbidden: bot is not a member of the supergroup chat"
    assert await program.refused("sendMessage", chat_id=scene.group.id, text="a") == words
    assert names(await program.updates()) == ["my_chat_member", "message"]


async def test_an_anonymous_administrator_speaks_as_the_group(scene, program):
    scene.sandbox.promote(scene.group, scene.li, is_anonymous=True)
    scene.sandbox.say(scene.group, scene.li, "/a", anonymous=True)
    *_, update = await program.updates()
    message = update["message"]
    assert message["from"] == {
        "id": 1087968824,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    assert message["sender_chat"] == message["chat"]
    with pytest.raises(Refusal, match="no anonymous administrator"):
        scene.sandbox.say(scene.group, scene.wang, "/a", anonymous=True)


async def test_a_bot_can_ask_about_chats_and_members(scene, program):
    scene.sandbox.promote(scene.group, scene.li)
    other = scene.sandbox.add_bot("77:x", username="other_bot")
    scene.sandbox.add_member(scene.group, other, by=scene.wang)
    scene.sandbox.promote(scene.group, other)
    stranger = scene.sandbox.add_person("路人")
    chat = await program.call("getChat", chat_id=scene.group.id)
    assert (chat["type"], chat["title"], chat["permissions"]["can_send_polls"]) == ("supergroup", "第一党支部", True)
    ruling = await program.call("getChatAdministrators", chat_id=scene.group.id)
    assert [(member["user"]["id"], member["status"]) for member in ruling] == [
        (scene.wang.id, "creator"),
        (scene.li.id, "administrator"),
    ]
    assert len(await program.call("getChatAdministrators", chat_id=scene.group.id, return_bots=True)) == 3

    async def status(user):
        return (await program.call("getChatMember", chat_id=scene.group.id, user_id=user))["status"]

    assert await status(scene.wang.id) == "creator"
    assert await status(scene.bot.id) == "member"
    assert await status(stranger.id) == "left"
    words = await program.refused("getChatMember", chat_id=scene.group.id, user_id=5)
    assert words == "Bad Request: user not found"


async def test_a_group_becomes_a_supergroup(scene, program):
    old = scene.sandbox.add_group("小组", by=scene.wang, members=[scene.li], bots=[scene.bot], kind="group")
    scene.sandbox.promote(old, scene.li)
    await program.updates()
    new = scene.sandbox.migrate(old, by=scene.wang)
    leaving, arriving = await program.updates()
    assert leaving["message"]["migrate_to_chat_id"] == new.id
    assert arriving["message"]["migrate_from_chat_id"] == old.id
    status, body = await program.raw("sendMessage", json={"chat_id": old.id, "text": "a"})
    assert (status, body) == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new.id},
        },
    )
    assert await program.call("getChatMemberCount", chat_id=new.id) == 3
    member = await program.call("getChatMember", chat_id=new.id, user_id=scene.li.id)
    assert member["status"] == "administrator"
    with pytest.raises(Refusal, match="has become the supergroup"):
        scene.sandbox.say(old, scene.wang, "还在吗")


async def test_an_invite_link_is_for_administrators(scene, program):
    words = await program.refused("createChatInviteLink", chat_id=scene.group.id)
    assert words == "Bad Request: not enough rights to manage chat invite link"
    scene.sandbox.promote(scene.group, scene.bot)
    link = await program.call("createChatInviteLink", chat_id=scene.group.id, name="新人", member_limit=5)
    assert (link["name"], link["member_limit"], link["creator"]["id"]) == ("新人", 5, scene.bot.id)


async def test_pinning_is_for_administrators_and_told_in_the_chat(scene, program):
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="通知")
    target = {"chat_id": scene.group.id, "message_id": sent["message_id"]}
    words = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert await program.refused("pinChatMessage", **target) == words
    scene.sandbox.promote(scene.group, scene.bot)
    await program.updates()
    await program.call("pinChatMessage", **target)
    (update,) = await program.updates()
    assert update["message"]["pinned_message"]["text"] == "通知"
    chat = await program.call("getChat", chat_id=scene.group.id)
    assert chat["pinned_message"]["message_id"] == sent["message_id"]
    await program.call("unpinChatMessage", chat_id=scene.group.id)
    assert "pinned_message" not in await program.call("getChat", chat_id=scene.group.id)
    words = await program.refused("unpinChatMessage", chat_id=scene.group.id)
    assert words == "Bad Request: message to unpin not found"
    await program.call("pinChatMessage", **target)
    await program.call("unpinAllChatMessages", chat_id=scene.group.id)


async def test_messages_in_a_topic_stay_in_it(scene, program):
    forum = scene.sandbox.add_group("论坛", by=scene.wang, members=[scene.li], bots=[scene.bot], is_forum=True)
    topic = scene.sandbox.add_topic(forum, "学习", by=scene.wang)
    said = scene.sandbox.say(forum, scene.li, "/study", thread=topic)
    updates = await program.updates()
    created, message = updates[-2]["message"], updates[-1]["message"]
    assert created["forum_topic_created"]["name"] == "学习"
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic.message_thread_id, True)
    sent = await program.call("sendMessage", chat_id=forum.id, text="今日", message_thread_id=topic.message_thread_id)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.message_thread_id, True)
    reply = {"message_id": said["message_id"]}
    replied = await program.call("sendMessage", chat_id=forum.id, text="回", reply_parameters=reply)
    assert replied["message_thread_id"] == topic.message_thread_id
    general = await program.call("sendMessage", chat_id=forum.id, text="总")
    assert "message_thread_id" not in general
    for thread in (1, 999):
        words = await program.refused("sendMessage", chat_id=forum.id, text="a", message_thread_id=thread)
        assert words == "Bad Request: message thread not found"


async def test_only_what_can_be_is_done_to_members(scene):
    sandbox, group, wang, li = scene.sandbox, scene.group, scene.wang, scene.li
    outsider = sandbox.add_person("路人")
    with pytest.raises(Refusal, match="already"):
        sandbox.add_member(group, li, by=wang)
    with pytest.raises(Refusal, match="not in"):
        sandbox.add_member(group, sandbox.add_person("甲"), by=outsider)
    with pytest.raises(Refusal, match="no administrator"):
        sandbox.remove_member(group, wang, by=li)
    with pytest.raises(Refusal, match="not in this chat"):
        sandbox.say(group, outsider, "喂")
    with pytest.raises(Refusal, match="no forum"):
        sandbox.add_topic(group, "学习", by=wang)
    with pytest.raises(Refusal, match="Only a basic group"):
        sandbox.migrate(group, by=wang)
    with pytest.raises(Refusal, match="taken"):
        sandbox.add_person("冒名", username="WANGFANG")
