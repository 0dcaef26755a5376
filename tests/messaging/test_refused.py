"""What the platform refuses for good is said elsewhere, and who can mend it is told once."""

from typing import Any

import pytest
from telegram import error

from bot.refusals import why
from domain.messaging.refused import Why
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World

LI_ID = 7000000002
CLOSED = "Bad Request: TOPIC_CLOSED"


@pytest.fixture
def admins() -> frozenset[int]:
    """Li looks after the program."""
    return frozenset({LI_ID})


@pytest.fixture
async def world(troubled_world: World) -> World:
    """A running bot where some calls fail for good."""
    return troubled_world


@pytest.fixture
async def forum(world: World, private: Place) -> Place:
    """A group with topics."""
    chen, li, wang = world.people.values()
    chat = world.sandbox.add_group("二支部", by=chen, members=[li, wang], bots=[BOT], is_forum=True)
    await world.idle()
    place = Place(world, chat)
    await place.says(LI, "/help")
    return place


def refuse(place: Place, words: str, method: str = "sendMessage", **more: Any) -> None:
    """The platform refuses every call of a kind in a chat, whoever asks how often."""
    place.sandbox.fault(method, kind="error", status=400, description=words, times=1000, chat=place.chat.id, **more)


@pytest.mark.parametrize(
    ("words", "is_why"),
    [
        ("Topic_closed", Why.TOPIC),
        ("Topic_deleted", Why.TOPIC),
        ("Message thread not found", Why.TOPIC),
        ("Message to be replied not found", Why.REPLY),
        ("Not enough rights to send polls to the chat", Why.POLLS),
        ("Chat_send_polls_forbidden", Why.POLLS),
        ("Chat_send_poll_forbidden", Why.POLLS),
        ("Not enough rights to send documents to the chat", Why.FILES),
        ("Chat_send_docs_forbidden", Why.FILES),
        ("Chat_send_media_forbidden", Why.FILES),
        ("Not enough rights to send photos to the chat", Why.PICTURES),
        ("Chat_send_photos_forbidden", Why.PICTURES),
        ("Not enough rights to send text messages to the chat", Why.WRITING),
        ("Have no rights to send a message", Why.WRITING),
        ("Chat_write_forbidden", Why.WRITING),
        ("Chat_restricted", Why.WRITING),
        ("Need administrator rights in the channel chat", Why.WRITING),
        ("Can't parse entities: unexpected end tag", Why.OTHER),
    ],
)
@pytest.mark.parametrize("kind", ["BadRequest", "Forbidden"])
def test_the_platforms_words_are_understood_with_either_code(words, is_why, kind):
    expected = Why.GONE if (kind, is_why) == ("Forbidden", Why.OTHER) else is_why
    assert why(getattr(error, kind)(words)) is expected


@pytest.mark.parametrize("words", [CLOSED, "Bad Request: message thread not found", "Bad Request: TOPIC_DELETED"])
async def test_what_belongs_into_a_closed_topic_is_said_in_the_general_one(
    private: Place, forum: Place, words: str
) -> None:
    topic = forum.sandbox.add_topic(forum.chat, "学习", by=forum.person(SECRETARY))
    refuse(forum, words, thread=topic.message_thread_id)
    await forum.says(SECRETARY, "/task @li 明天18:00前 交表", thread=topic)
    assert "原来的话题已关闭" in forum.newest()
    assert "交表" in forum.newest()
    assert "message_thread_id" not in forum.bot_messages()[-1]
    told = private.shown()
    assert "二支部" in told
    assert "请重新打开那个话题" in told
    await forum.says(SECRETARY, "/task @li 明天18:00前 值班", thread=topic)
    assert "值班" in forum.newest()
    assert private.shown().count("重新打开那个话题") == 1, "it is said once"


async def test_a_poll_for_a_closed_topic_is_posted_in_the_general_one(private: Place, forum: Place) -> None:
    topic = forum.sandbox.add_topic(forum.chat, "学习", by=forum.person(SECRETARY))
    refuse(forum, CLOSED, "sendPoll", thread=topic.message_thread_id)
    await forum.says(SECRETARY, "/survey 几点？| 16:00 | 17:00", thread=topic)
    assert forum.newest() == "几点？"
    await forum.votes(WANG, 0)
    assert await forum.points_of(WANG) == 1


async def test_a_survey_that_may_not_be_posted_is_answered_with_what_to_do(private: Place, group: Place) -> None:
    refuse(group, "Bad Request: not enough rights to send polls to the chat", "sendPoll")
    await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00")
    assert "调查「几点？」没有发出" in group.newest()
    assert "允许我发投票" in group.newest()
    assert private.shown().count("没有发投票的权限") == 1
    await group.says(SECRETARY, "/survey 几点走？| 16:00 | 17:00")
    assert "调查「几点走？」没有发出" in group.newest()
    assert private.shown().count("没有发投票的权限") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (CLOSED, "综合话题已关闭"),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", "没有发言的权限"),
        ("Bad Request: not enough rights to send text messages to the chat", "没有发言的权限"),
    ],
)
async def test_what_a_group_cannot_be_told_goes_to_who_is_in_charge(
    private: Place, group: Place, words: str, said: str
) -> None:
    await group.says(WANG, "早")
    await group.says(SECRETARY, "/task @王海燕 2026-11-27 18:00 交表")
    refuse(group, words)
    before = private.shown()
    for day in ("2026-11-26 09:00", "2026-11-27 16:00", "2026-11-27 18:01"):
        await group.world.at(day)
    heard = private.shown().removeprefix(before)
    assert heard.count(said) == 1
    told = [call.parameters for call in group.sandbox.calls if said in str(call.parameters.get("text"))]
    assert [str(one["disable_notification"]).lower() for one in told] == ["true"]
    assert "“第一党支部”里现在发不出去" in heard
    assert "交表" in heard


async def test_a_secretary_by_role_hears_it_rather_than_the_administrators(
    world: World, private: Place, group: Place
) -> None:
    own = Place(world, world.sandbox.open_private(world.people[WANG], BOT))
    world.sandbox.start(world.people[WANG], BOT)
    await world.idle()
    await group.says(WANG, "早")
    await group.confirms(LI, "/roles 书记", reply_to=group.last)
    await group.says(SECRETARY, "早")
    await group.says(WANG, "/task @chen 2026-11-27 18:00 交表")
    refuse(group, "Bad Request: CHAT_WRITE_FORBIDDEN")
    await world.at("2026-11-26 09:00")
    await world.at("2026-11-27 09:00")
    assert "交表" in own.shown()
    assert "没有发言的权限" in own.shown()
    assert "没有发言的权限" in private.shown()
    assert "现在发不出去" not in private.shown()


async def test_an_answer_whose_message_is_gone_is_said_without_it(private: Place, group: Place) -> None:
    group.sandbox.fault(
        "sendMessage", kind="error", status=400, description="Bad Request: message to be replied not found"
    )
    await group.says(LI, "/tasks")
    assert "没有进行中的任务" in group.newest()
    assert "reply_to_message" not in group.bot_messages()[-1]
    assert "⚠️" not in private.shown()


async def test_a_group_in_which_the_bot_may_not_write_is_not_taken_for_one_that_it_left(
    private: Place, group: Place
) -> None:
    group.sandbox.fault("sendMessage", kind="error", status=403, description="Forbidden: CHAT_WRITE_FORBIDDEN")
    await group.says(LI, "/tasks")
    assert "我已不在" not in await private.hears_until("2026-11-25 10:05")
    assert "没有进行中的任务" in await group.says(LI, "/tasks")
