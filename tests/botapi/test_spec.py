"""The validators themselves: what is right they take, what is wrong they name."""

import json

import pytest
import telegram
from hypothesis import HealthCheck, given, settings

from tests.botapi import models, spec
from tests.botapi.updates import KINDS, update_of, updates

USER = {"id": 1, "is_bot": False, "first_name": "王"}
CHAT = {"id": 1, "type": "private", "first_name": "王"}
MESSAGE = {"message_id": 1, "date": 1784300000, "chat": CHAT, "from": USER, "text": "好"}
BUTTONS = {"inline_keyboard": [[{"text": "已学习", "callback_data": "study:1"}]]}


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("getMe", {}),
        ("sendMessage", {"chat_id": 1, "text": "好"}),
        ("sendMessage", {"chat_id": "1", "text": "好", "reply_markup": json.dumps(BUTTONS), "message_thread_id": "2"}),
        ("sendMessage", {"chat_id": "@jingyi", "text": "<b></b>" * 999, "parse_mode": "HTML", "reply_markup": BUTTONS}),
        (
            "sendPoll",
            {"chat_id": 1, "question": "?", "options": [{"text": "甲"}, {"text": "乙"}], "is_anonymous": False},
        ),
        ("sendPhoto", {"chat_id": 1, "photo": "file_id"}),
        ("sendPhoto", {"chat_id": 1, "photo": b"\x89PNG"}),
        (
            "sendMediaGroup",
            {
                "chat_id": 1,
                "media": json.dumps([{"type": "photo", "media": "attach://a"}, {"type": "video", "media": "b"}]),
                "a": b"\x89PNG",
            },
        ),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 1}}),
        ("setMessageReaction", {"chat_id": 1, "message_id": 2, "reaction": [{"type": "emoji", "emoji": "👍"}]}),
    ],
)
def test_a_right_call_has_no_problems(method, parameters):
    assert spec.check_call(method, parameters) == []
    assert models.check_call(method, parameters) == []


@pytest.mark.parametrize(
    ("method", "parameters", "problem"),
    [
        ("sendMassage", {}, "sendMassage: no such method"),
        ("sendMessage", {"chat_id": 1}, "text: missing"),
        ("sendMessage", {"chat_id": 1, "text": "好", "txt": "x"}, "txt: unknown"),
        ("sendMessage", {"chat_id": 1.5, "text": "好"}, "chat_id: 1.5 is no Integer or String"),
        ("sendMessage", {"chat_id": True, "text": "好"}, "chat_id: True is no Integer or String"),
        ("sendMessage", {"chat_id": 1, "text": None}, "text: None is no String"),
        ("sendMessage", {"chat_id": 1, "text": ""}, "text: has 0 characters, not 1 to 4096"),
        ("sendMessage", {"chat_id": 1, "text": "好" * 4097}, "text: has 4097 characters, not 1 to 4096"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "好", "message_thread_id": "two"},
            "message_thread_id: 'two' is no Integer",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "好", "reply_markup": "{"},
            "reply_markup: '{' is no InlineKeyboardMarkup",
        ),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "好",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "党" * 22}]]},
            },
            "reply_markup.inline_keyboard[0][0].callback_data: has 66 bytes, not 1 to 64",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "好", "reply_markup": '{"inline_keyboard": [[{"text": "x"}]]}'},
            "reply_markup.inline_keyboard[0][0]: has [], not exactly one of its kinds",
        ),
        ("sendPoll", {"chat_id": 1, "question": "?", "options": ["甲"]}, "options[0]: '甲' is no InputPollOption"),
        (
            "sendPoll",
            {"chat_id": 1, "question": "?", "options": [], "type": "vote"},
            "options: has 0 items, not 1 to 12",
        ),
        (
            "sendPoll",
            {"chat_id": 1, "question": "?", "options": [], "type": "vote"},
            "type: 'vote' is none of quiz, regular",
        ),
        ("getUpdates", {"limit": 101}, "limit: has 101, not 1 to 100"),
        (
            "sendMediaGroup",
            {"chat_id": 1, "media": [{"type": "sticker", "media": "x"}] * 2},
            "media[0].type: 'sticker'",
        ),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "scope.chat_id: missing"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "好", "entities": [{"type": "bold", "offset": 0, "length": 1, "url": "x"}]},
            "entities[0].url: not beside type 'bold'",
        ),
    ],
)
def test_a_wrong_call_is_named(method, parameters, problem):
    found = spec.check_call(method, parameters)
    assert [each for each in found if each.startswith(problem)], found


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("User", {"id": 1, "is_bot": False}, "first_name: missing"),
        ("User", USER | {"age": 50}, "age: unknown"),
        ("User", USER | {"last_name": None}, "last_name: None is no String"),
        ("User", USER | {"id": "1"}, "id: '1' is no Integer"),
        ("User", USER | {"id": 2**53}, "id: 9007199254740992 is no Integer"),
        ("User", [USER], "value: [{"),
        ("Chat", CHAT | {"type": "circle"}, "type: 'circle' is none of"),
        ("Message", MESSAGE | {"chat": {"id": 1}}, "chat.type: missing"),
        ("Message", MESSAGE | {"photo": {}}, "photo: {} is no Array of PhotoSize"),
        ("ChatMember", {"status": "kicked", "user": USER}, "until_date: missing"),
        ("ChatMember", {"status": "boss", "user": USER}, "status: 'boss' is none of"),
        ("ReactionType", {"type": "emoji", "emoji": "党"}, "emoji: '党' is none of"),
        ("Update", {"update_id": 1}, "Update: has [], not exactly one of its kinds"),
        (
            "Update",
            {"update_id": 1, "message": MESSAGE, "edited_message": MESSAGE},
            "Update: has ['edited_message', 'm",
        ),
    ],
)
def test_a_wrong_object_is_named(name, value, problem):
    found = spec.check_object(name, value)
    assert [each for each in found if each.startswith(problem)], found


def test_unions_are_told_apart():
    assert spec.check_object("ChatMember", {"status": "left", "user": USER}) == []
    assert spec.check_object("MaybeInaccessibleMessage", {"message_id": 1, "date": 0, "chat": CHAT}) == []
    assert spec.check_object("MaybeInaccessibleMessage", MESSAGE) == []
    assert spec.check_object("RichText", ["a", {"type": "bold", "text": ["b"]}]) == []
    assert spec.check_object("RichText", ["a", {"type": "bold"}]) == ["[1].text: missing"]


def test_answers_are_checked_after_the_method():
    assert spec.check_answer("editMessageText", True) == []
    assert spec.check_answer("editMessageText", MESSAGE) == []
    assert spec.check_answer("sendMediaGroup", [MESSAGE]) == []
    assert spec.check_answer("getMe", True) == ["value: True is no User"]
    assert spec.check_answer("sendMediaGroup", MESSAGE) != []


def test_the_libraries_take_a_right_answer():
    assert models.check_answer("sendMessage", MESSAGE | {"reply_markup": BUTTONS}) == []
    assert models.check_answer("getChatMember", {"status": "left", "user": USER}) == []
    assert models.check_answer("deleteMessage", True) == []
    assert models.check_answer("getUpdates", [{"update_id": 1, "message": MESSAGE}]) == []


@pytest.mark.parametrize(
    ("method", "result"),
    [
        ("sendMessage", MESSAGE | {"txt": "x"}),
        ("sendMessage", MESSAGE | {"chat": CHAT | {"age": 1}}),
        ("sendMessage", {"message_id": 1}),
        ("getUpdates", [{"update_id": 1, "message": MESSAGE | {"from": USER | {"age": 50}}}]),
        ("getChatMember", {"status": "boss", "user": USER}),
        ("deleteMessage", {}),
    ],
)
def test_the_libraries_name_what_is_wrong(method, result):
    assert models.check_answer(method, result)


def test_fields_that_only_a_newer_bot_api_has_are_not_missed():
    rights = {field.name: True for field in spec.fields_of("ChatMemberAdministrator") if field.types == ("Boolean",)}
    administrator = rights | {"status": "administrator", "user": USER}
    assert spec.check_object("ChatMember", administrator) == []
    assert models.check_answer("getChatMember", administrator) == []
    assert models.check_answer("getChatMember", administrator | {"user": {"id": 1}})


def test_both_libraries_look_at_every_level():
    wrong = MESSAGE | {"reply_to_message": MESSAGE | {"from": USER | {"age": 50}}}
    found = models.check_answer("sendMessage", wrong)
    assert any("python-telegram-bot" in each and "age" in each for each in found)
    assert any("aiogram" in each and "age" in each for each in found)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"chat_id": 1}),
        ("sendMessage", {"chat_id": 1, "text": "好", "txt": "x"}),
        ("sendMessage", {"chat_id": 1, "text": "好", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}}),
        ("sendMessage", {"chat_id": 1, "text": "好", "reply_parameters": {"message_id": 1, "id": 1}}),
    ],
)
def test_aiogram_names_a_wrong_call(method, parameters):
    assert models.check_call(method, parameters)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")  # of its own use of its own attributes
@pytest.mark.parametrize("kind", KINDS)
def test_updates_of_every_kind_are_right_and_can_be_read(kind):
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(update_of(kind))
    def check(update):
        assert spec.check_object("Update", update) == []
        assert getattr(telegram.Update.de_json(json.loads(json.dumps(update)), None), kind) is not None

    check()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(updates(("message", "callback_query", "poll_answer", "my_chat_member")))
def test_updates_of_chosen_kinds_are_of_these(update):
    assert update.keys() - {"update_id"} <= {"message", "callback_query", "poll_answer", "my_chat_member"}
