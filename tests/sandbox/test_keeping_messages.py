from datetime import timedelta

import pytest

from sandbox import Refusal
from tests.sandbox.cast import PNG

KEYBOARD = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}


async def test_a_text_and_its_keyboard_can_be_edited(scene, program):
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="一", reply_markup=KEYBOARD)
    target = {"chat_id": scene.group.id, "message_id": sent["message_id"]}
    assert sent["reply_markup"] == KEYBOARD
    edited = await program.call("editMessageText", text="二", **target)
    assert (edited["text"], "reply_markup" in edited) == ("二", False)
    assert edited["edit_date"] >= edited["date"]
    again = await program.refused("editMessageText", text="二", **target)
    assert again.startswith("Bad Request: message is not modified: specified new message content")
    edited = await program.call("editMessageReplyMarkup", reply_markup=KEYBOARD, **target)
    assert (edited["text"], edited["reply_markup"]) == ("二", KEYBOARD)
    again = await program.refused("editMessageReplyMarkup", reply_markup=KEYBOARD, **target)
    assert again.startswith("Bad Request: message is not modified")


@pytest.mark.parametrize("markup", [{"force_reply": True}, {"remove_keyboard": True}, {"keyboard": [["好"]]}])
async def test_a_message_that_changes_the_keyboard_is_deleted_but_not_edited(scene, program, markup):
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="一", reply_markup=markup)
    target = {"chat_id": scene.group.id, "message_id": sent["message_id"]}
    assert await program.refused("editMessageText", text="二", **target) == "Bad Request: message can't be edited"
    assert await program.call("deleteMessage", **target) is True


async def test_a_bot_edits_nothing_but_its_own(scene, program):
    said = scene.sandbox.say(scene.group, scene.wang, "/a")
    target = {"chat_id": scene.group.id, "message_id": said["message_id"], "text": "二"}
    assert await program.refused("editMessageText", **target) == "Bad Request: message can't be edited"
    words = await program.refused("editMessageText", **(target | {"message_id": 999}))
    assert words == "Bad Request: message to edit not found"
    words = await program.refused("editMessageText", **(target | {"message_id": None}))
    assert words == "Bad Request: message identifier is not specified"
    words = await program.refused("editMessageText", text="二", inline_message_id="x")
    assert words == "Bad Request: MESSAGE_ID_INVALID"


async def test_captions_and_media_can_be_edited(scene, program):
    first = await program.call("sendMessage", chat_id=scene.group.id, text="一")
    words = await program.refused("editMessageCaption", chat_id=scene.group.id, message_id=first["message_id"])
    assert words == "Bad Request: there is no caption in the message to edit"
    photo = scene.sandbox.say(scene.group, scene.wang, "/照片", photo=PNG)["photo"][0]["file_id"]
    sent = await program.call("sendPhoto", chat_id=scene.group.id, photo=photo, caption="前")
    target = {"chat_id": scene.group.id, "message_id": sent["message_id"]}
    words = await program.refused("editMessageText", text="二", **target)
    assert words == "Bad Request: there is no text in the message to edit"
    edited = await program.call("editMessageCaption", caption="<i>后</i>", parse_mode="HTML", **target)
    assert edited["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    media = {"type": "photo", "media": photo, "caption": "换"}
    edited = await program.call("editMessageMedia", media=media, **target)
    assert (edited["caption"], "caption_entities" in edited) == ("换", False)
    turned = await program.call("editMessageMedia", media=media, **(target | {"message_id": first["message_id"]}))
    assert ("text" in turned, turned["photo"][0]["file_id"]) == (False, photo)


async def test_own_messages_are_deleted_within_two_days(scene, program):
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="一")
    late = await program.call("sendMessage", chat_id=scene.group.id, text="二")
    said = scene.sandbox.say(scene.group, scene.wang, "/a")
    target = {"chat_id": scene.group.id}
    await program.call("deleteMessage", message_id=sent["message_id"], **target)
    words = await program.refused("deleteMessage", message_id=sent["message_id"], **target)
    assert words == "Bad Request: message to delete not found"
    words = await program.refused("deleteMessage", message_id=said["message_id"], **target)
    assert words == "Bad Request: message can't be deleted"
    scene.sandbox.promote(scene.group, scene.bot)
    await program.call("deleteMessage", message_id=said["message_id"], **target)
    scene.sandbox.clock.move_by(timedelta(hours=48, seconds=5))
    words = await program.refused("deleteMessage", message_id=late["message_id"], **target)
    assert words == "Bad Request: message can't be deleted for everyone"


async def test_several_messages_go_at_once_and_what_can_not_go_stays(scene, program):
    mine = [await program.call("sendMessage", chat_id=scene.group.id, text=text) for text in "ab"]
    theirs = scene.sandbox.say(scene.group, scene.wang, "/a")
    numbers = [message["message_id"] for message in [*mine, theirs]]
    await program.call("deleteMessages", chat_id=scene.group.id, message_ids=[*numbers, 999])
    left = {message["message_id"] for message in scene.sandbox.messages(scene.group)}
    assert left & set(numbers) == {theirs["message_id"]}
    assert (await program.refused("deleteMessages", chat_id=scene.group.id)).endswith("identifiers are not specified")


async def test_a_reply_to_what_was_deleted_stands_alone(scene, program):
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="一")
    reply = scene.sandbox.say(scene.group, scene.li, "回", reply_to=sent)
    assert reply["reply_to_message"]["text"] == "一"
    assert reply["message_thread_id"] == sent["message_id"]
    await program.call("deleteMessage", chat_id=scene.group.id, message_id=sent["message_id"])
    assert "reply_to_message" not in scene.sandbox.messages(scene.group)[-1]
    parameters = {"message_id": sent["message_id"], "allow_sending_without_reply": True}
    alone = await program.call("sendMessage", chat_id=scene.group.id, text="二", reply_parameters=parameters)
    assert "reply_to_message" not in alone


async def test_a_reply_may_quote_and_may_come_from_elsewhere(scene, program):
    said = scene.sandbox.say(scene.group, scene.wang, "/a 今天下午三点开会")
    quote = {"message_id": said["message_id"], "quote": "三点"}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="好", reply_parameters=quote)
    assert sent["quote"] == {"text": "三点", "position": 7, "is_manual": True}
    wrong = quote | {"quote": "四点"}
    assert "QUOTE" in await program.refused("sendMessage", chat_id=scene.group.id, text="好", reply_parameters=wrong)
    scene.sandbox.start(scene.wang, scene.bot)
    there = {"message_id": said["message_id"], "chat_id": scene.group.id}
    sent = await program.call("sendMessage", chat_id=scene.wang.id, text="好", reply_parameters=there)
    assert sent["external_reply"]["chat"]["id"] == scene.group.id
    assert sent["external_reply"]["origin"]["sender_user"]["id"] == scene.wang.id


async def test_a_forward_names_its_origin_and_a_copy_does_not(scene, program):
    scene.sandbox.start(scene.wang, scene.bot)
    said = scene.sandbox.say(scene.group, scene.wang, "/a 原话")
    here = {"chat_id": scene.wang.id, "from_chat_id": scene.group.id, "message_id": said["message_id"]}
    forwarded = await program.call("forwardMessage", **here)
    assert forwarded["forward_origin"] == {"type": "user", "date": said["date"], "sender_user": scene.wang.as_dict()}
    copied = await program.call("copyMessage", **here)
    copy = scene.sandbox.messages(scene.wang.id)[-1]
    assert (copy["message_id"], copy["text"], "forward_origin" in copy) == (copied["message_id"], "/a 原话", False)
    words = await program.refused("forwardMessage", **(here | {"message_id": 999}))
    assert words == "Bad Request: message to forward not found"
    words = await program.refused("copyMessage", **(here | {"message_id": 999}))
    assert words == "Bad Request: message to copy not found"
    service = scene.sandbox.messages(scene.group)[0]["message_id"]
    words = await program.refused("forwardMessage", **(here | {"message_id": service}))
    assert words == "Bad Request: message can't be forwarded"


async def test_what_an_anonymous_administrator_said_is_forwarded_as_the_groups(scene, program):
    scene.sandbox.start(scene.li, scene.bot)
    scene.sandbox.promote(scene.group, scene.li, is_anonymous=True)
    said = scene.sandbox.say(scene.group, scene.li, "通知", anonymous=True)
    scene.sandbox.forward(scene.group, scene.li, said, scene.li.id)
    origin = scene.sandbox.messages(scene.li.id)[-1]["forward_origin"]
    assert (origin["type"], origin["sender_chat"]["id"]) == ("chat", scene.group.id)


async def test_reactions_reach_administrators_that_ask_for_them(scene, program):
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="一")
    scene.sandbox.promote(scene.group, scene.bot)
    await program.updates(allowed_updates=["message_reaction", "my_chat_member"])
    scene.sandbox.react(scene.group, scene.li, sent, "👍")
    scene.sandbox.react(scene.group, scene.li, sent)
    given, taken = [update["message_reaction"] for update in await program.updates()]
    assert (given["old_reaction"], given["new_reaction"]) == ([], [{"type": "emoji", "emoji": "👍"}])
    assert (taken["old_reaction"], taken["new_reaction"]) == ([{"type": "emoji", "emoji": "👍"}], [])
    with pytest.raises(Refusal, match="no reaction"):
        scene.sandbox.react(scene.group, scene.li, sent, "🧨")


async def test_a_bot_reacts(scene, program):
    said = scene.sandbox.say(scene.group, scene.wang, "/a")
    target = {"chat_id": scene.group.id, "message_id": said["message_id"]}
    await program.call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "🔥"}], **target)
    assert scene.sandbox.message(scene.group, said).reactions == {scene.bot.id: [{"type": "emoji", "emoji": "🔥"}]}
    words = await program.refused("setMessageReaction", reaction=[{"type": "emoji", "emoji": "x"}], **target)
    assert words == "Bad Request: REACTION_INVALID"
    words = await program.refused("setMessageReaction", **(target | {"message_id": 999}))
    assert words == "Bad Request: message to react not found"


async def test_an_old_press_on_an_edited_message_is_refused(scene, program):
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="一", reply_markup=KEYBOARD)
    await program.call("editMessageReplyMarkup", chat_id=scene.group.id, message_id=sent["message_id"])
    with pytest.raises(Refusal, match="no button"):
        await scene.sandbox.press(scene.group, scene.li, sent)


async def test_a_button_with_an_address_needs_no_bot(scene, program):
    keyboard = {"inline_keyboard": [[{"text": "看", "url": "https://example.org/a"}]]}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="一", reply_markup=keyboard)
    assert await scene.sandbox.press(scene.group, scene.li, sent) == {
        "show_alert": False,
        "url": "https://example.org/a",
    }


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: can't find field \"text\""),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "a", "url": "ftp://x.org"}, "inline keyboard button URL 'ftp://x.org' is invalid: Wrong HTTP URL"),
        ({"text": "a", "url": "http://[::1"}, "inline keyboard button URL 'http://[::1' is invalid: Wrong HTTP URL"),
        (
            {"text": "a", "style": "loud", "callback_data": "x"},
            "can't parse inline keyboard button: Invalid button style specified",
        ),
        (
            {"text": "a", "copy_text": 7},
            'can\'t parse inline keyboard button: Field "copy_text" must be of another type',
        ),
        ({"text": "a", "web_app": {"url": "https://example.org"}}, "BUTTON_TYPE_INVALID"),
    ],
)
async def test_a_wrong_button_is_refused(scene, program, button, words):
    markup = {"inline_keyboard": [[button]]}
    refused = await program.refused("sendMessage", chat_id=scene.group.id, text="a", reply_markup=markup)
    assert refused == f"Bad Request: {words}"


async def test_people_edit_and_delete_what_is_theirs(scene):
    sandbox, group = scene.sandbox, scene.group
    said = sandbox.say(group, scene.li, "一")
    with pytest.raises(Refusal, match="own messages"):
        sandbox.edit(group, scene.wang, said, "二")
    with pytest.raises(Refusal, match="needs a text"):
        sandbox.edit(group, scene.li, said, " ")
    wangs = sandbox.say(group, scene.wang, "三")
    with pytest.raises(Refusal, match="administrators"):
        sandbox.delete(group, scene.li, wangs)
    sandbox.delete(group, scene.wang, said)
    with pytest.raises(Refusal, match="no message"):
        sandbox.edit(group, scene.li, said, "二")
