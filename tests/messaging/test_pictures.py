"""Messages with a picture, as people see them; and the photos that people send."""

from dataclasses import replace
from typing import Any

import pytest

from bot.pictures import Pictures
from domain.messaging.message import Action, Button, Message, Picture, Subject
from tests.dialogue import LI, WANG, Place, World
from tests.pictures import PNG

LI_ID = 7000000002
WEEK = Subject("week", 1)


@pytest.fixture
def admins() -> frozenset[int]:
    """Li looks after the program."""
    return frozenset({LI_ID})


@pytest.fixture
def pictures() -> Pictures:
    async def paint(_: object) -> bytes:
        return PNG

    return Pictures({"test.week": lambda values, words: (values["rows"], words("points.menu_points"))}, paint)


@pytest.fixture
async def world(troubled_world: World) -> World:
    """A running bot where some calls fail for good."""
    return troubled_world


def week(title: str) -> Message:
    shown = Picture("test.week", {"rows": [["王海燕", 3]]})
    buttons = [[Button("points.menu_points", Action("points.gone"))]]
    return Message("refused.instead", {"title": title}, buttons=buttons, subject=WEEK, picture=shown)


async def post(place: Place, message: Message, **more: Any) -> None:
    def unit(stores: Any) -> None:
        stores.outbox.send(stores.chats.find(place.chat.id).id, message, key="week", **more)

    await place.world.program.database.write(unit)
    place.world.program.sender.wake()
    await place.world.idle()


async def test_a_picture_is_seen_with_its_caption_and_its_buttons_and_is_changed(group: Place) -> None:
    await post(group, week("一周"))
    shown = group.bot_messages()[-1]
    assert ("photo" in shown, "“一周”" in shown["caption"]) == (True, True)
    assert shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "points.gone"

    def change(stores: Any) -> None:
        stores.outbox.edit(WEEK, replace(week("两周"), buttons=()), key="change")

    await group.world.program.database.write(change)
    group.world.program.sender.wake()
    await group.world.idle()
    assert ("photo" in group.bot_messages()[-1], "“两周”" in group.newest()) == (True, True)


async def test_where_pictures_may_not_be_sent_their_text_is_and_who_can_mend_it_is_told_once(
    private: Place, group: Place
) -> None:
    words = "Bad Request: not enough rights to send photos to the chat"
    group.sandbox.fault("sendPhoto", kind="error", status=400, description=words, times=9, chat=group.chat.id)
    await post(group, week("一周"))
    shown = group.bot_messages()[-1]
    assert ("photo" in shown, "“一周”" in shown["text"]) == (False, True)
    assert private.shown().count("我没有发图片的权限") == 1


async def test_a_picture_that_cannot_be_posted_in_a_group_at_all_goes_to_who_is_in_charge(
    private: Place, group: Place
) -> None:
    for method in ("sendPhoto", "sendMessage"):
        words = "Bad Request: CHAT_WRITE_FORBIDDEN"
        group.sandbox.fault(method, kind="error", status=400, description=words, times=9, chat=group.chat.id)
    await post(group, week("一周"))
    passed_on = [one for one in private.bot_messages() if "photo" in one]
    assert ["“一周”" in one["caption"] for one in passed_on] == [True]


async def test_a_photo_with_a_caption_is_read_like_a_text(private: Place, group: Place) -> None:
    assert await group.says(WANG, photo=PNG) == "", "a photo without words asks for nothing"
    assert "没看懂" in await private.says(LI, photo=PNG)
    assert "“食堂的灯坏了”" in await private.says(LI, "/suggest 食堂的灯坏了", photo=PNG)
