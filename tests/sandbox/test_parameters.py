import json

import pytest

from sandbox.parameters import Parameters, whole


@pytest.mark.parametrize(
    ("value", "number"),
    [(7, 7), ("7", 7), (" -7 ", -7), ("+7", 7), (7.9, 7), (True, 3), ("7.5", 3), ("", 3), ([], 3), (None, 3)],
)
def test_a_number_is_read_however_it_is_written(value, number):
    assert whole(value, 3) == number


@pytest.mark.parametrize("value", [10**30, str(10**30), "9" * 5000, float("inf"), float("nan"), -(10**30)])
def test_a_number_beyond_all_ids_is_none(value):
    assert whole(value, 3) == 3


def test_a_form_is_recorded_as_what_it_means():
    given = Parameters({"chat_id": "-1", "is_anonymous": "false", "options": json.dumps([{"text": "甲"}]), "text": "1"})
    assert given.record() == {"chat_id": -1, "is_anonymous": False, "options": [{"text": "甲"}], "text": "1"}


async def test_of_link_preview_options_only_those_that_exist_are_kept(scene, program):
    options = {"is_disabled": True, "url": 1, "colour": "red"}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="好", link_preview_options=options)
    assert sent["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("word", [[], {}, 1, None])
async def test_a_type_that_is_no_word_is_refused(scene, program, word):
    kind = {"type": word}
    assert "MenuButton" in await program.refused("setChatMenuButton", menu_button=kind)
    assert "BotCommandScope" in await program.refused("getMyCommands", scope=kind)
    said = scene.sandbox.say(scene.group, scene.wang, "/start")
    place = {"chat_id": scene.group.id, "message_id": said["message_id"]}
    refused = await program.refused("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": word}])
    assert refused == "Bad Request: REACTION_INVALID"


async def test_a_menu_button_keeps_what_it_may_have(program):
    app = {"type": "web_app", "text": "看", "web_app": {"url": "https://example.org/"}}
    await program.call("setChatMenuButton", menu_button=app | {"colour": "red"})
    assert await program.call("getChatMenuButton") == app
    assert "MenuButton" in await program.refused("setChatMenuButton", menu_button=app | {"web_app": {}})


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nx"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--\r\n',
        ),
        ("application/x-www-form-urlencoded", b"text=\xff"),
        ("application/x-www-form-urlencoded; charset=x", b"text=x"),
        ("application/json", b"\xff"),
        ("application/json", b"[]"),
        ("application/json", b"[" * 200_000),
        ("application/json", b'{"chat_id": 1, "text": "\\ud83d"}'),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(program, kind, body):
    status, answer = await program.raw("sendMessage", data=body, headers={"Content-Type": kind})
    assert (status, answer["ok"], answer["error_code"]) == (400, False, 400)


async def test_half_a_character_is_refused_within_json_in_a_form_too(scene, program):
    keyboard = '{"inline_keyboard": [[{"text": "\\ud83d", "callback_data": "1"}]]}'
    form = {"chat_id": str(scene.group.id), "text": "好", "reply_markup": keyboard}
    status, answer = await program.raw("sendMessage", data=form)
    assert (status, answer["description"]) == (400, "Bad Request: can't parse reply keyboard markup JSON object")
