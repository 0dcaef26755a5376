"""Who handles an update is who would be the first to take it, of all handlers in their order."""

from typing import Any

import pytest
from telegram import Bot, Update, User

import handlers
import texts
from handlers.command import Command, Key, Press
from handlers.dispatch import Dispatch

BOT = Bot("5:dispatch")
BOT._bot_user = User(5, "精益", is_bot=True, username="jingyi_bot")
LI = {"id": 7, "is_bot": False, "first_name": "李伟"}
GROUP = {"id": -1001, "type": "supergroup", "title": "一支部"}
PRIVATE = {"id": 7, "type": "private", "first_name": "李伟"}
HANDLERS = handlers.handlers()
DISPATCH = Dispatch(HANDLERS)
ACTIONS = sorted({one.action for one in HANDLERS if isinstance(one, Press)})
COMMANDS = sorted({one.name for one in HANDLERS if isinstance(one, Command) and one.name})
KEYS = [one.text for one in HANDLERS if isinstance(one, Key)]


def update_of(**what: Any) -> Update:
    """An update as the platform sends it."""
    return Update.de_json({"update_id": 1, **what}, BOT)


def press_of(data: str | None) -> Update:
    place = {"message_id": 3, "date": 0, "chat": GROUP}
    query = {"id": "9", "from": LI, "chat_instance": "1", "message": place}
    return update_of(callback_query=query if data is None else {**query, "data": data})


def message_of(text: str, chat: dict[str, Any], kind: str = "message", **more: Any) -> Update:
    said = {
        "message_id": 4,
        "date": 1_700_000_000,
        "chat": chat,
        "from": LI,
        **({"text": text} if text else {}),
        **more,
    }
    return update_of(**{kind: said})


def first_of(update: Update) -> object:
    """The first handler that takes an update, each asked in turn."""
    return next((one for one in HANDLERS if one.check_update(update) not in {None, False}), None)


def found(update: Update) -> object:
    taken = DISPATCH.check_update(update)
    return None if taken is None else taken[0]


@pytest.mark.parametrize("words", ["", ":1", ":1:2:3", ":x"])
def test_every_button_finds_its_handler(words: str) -> None:
    for action in ACTIONS:
        update = press_of(f"{action}{words}")
        taken = found(update)
        assert isinstance(taken, Press)
        assert taken.action == action
        assert taken is first_of(update)


@pytest.mark.parametrize("data", ["nothing.such", "", ":", "task", "task.", None])
def test_a_button_of_nobody_finds_the_one_for_old_buttons(data: str | None) -> None:
    assert found(press_of(data)) is first_of(press_of(data))
    assert not isinstance(found(press_of(data)), Press)


@pytest.mark.parametrize("chat", [GROUP, PRIVATE], ids=["group", "private"])
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_every_command_finds_its_handler(chat: dict[str, Any], kind: str) -> None:
    for name in (*COMMANDS, "nothing_such"):
        for text in (
            f"/{name}",
            f"/{name} me 1",
            f"/{name}@jingyi_bot 李伟 周五 台账",
            f"/{name.upper()} x",
            f"/{name}@other",
        ):
            update = message_of(text, chat, kind)
            assert found(update) is first_of(update), text
            in_caption = message_of("", chat, kind, caption=text, photo=[])
            assert found(in_caption) is first_of(in_caption), text


def test_every_key_finds_its_handler() -> None:
    for key in KEYS:
        for language in texts.LANGUAGES:
            label = texts.label(key, texts.Reader(language, "UTC"), {})
            update = message_of(label, PRIVATE)
            assert isinstance(found(update), Key)
            assert found(update) is first_of(update)


@pytest.mark.parametrize(
    "update",
    [
        message_of("建议：食堂晚班加个热菜", GROUP),
        message_of("建议：食堂晚班加个热菜", PRIVATE),
        message_of("", GROUP, new_chat_members=[LI]),
        message_of("", GROUP, left_chat_member=LI),
        message_of("", PRIVATE, photo=[]),
        message_of("/task", GROUP, "channel_post"),
        update_of(poll_answer={"poll_id": "1", "user": LI, "option_ids": [0], "option_persistent_ids": ["0"]}),
    ],
)
def test_everything_else_finds_its_handler(update: Update) -> None:
    assert found(update) is first_of(update)


def test_what_is_no_update_finds_nobody() -> None:
    assert DISPATCH.check_update("no update") is None
