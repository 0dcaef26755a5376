"""Two libraries' bare programs run against the sandbox unchanged, by long polling and by webhook.

Whatever they call and whatever they are answered is checked against api.json and both libraries' models.
"""

import pytest

from tests.botapi import models, spec
from tests.clients.ptb_program import PICTURE

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def all_is_right(stage):
    """After each test: no call and no answer of it contradicts the Bot API."""
    yield
    new = [call for call in stage.sandbox.calls if call.id > stage.seen]
    stage.seen = max((call.id for call in new), default=stage.seen)
    assert [problem for call in new for problem in problems(call)] == []


def problems(call):
    found = spec.check_call(call.method, call.parameters) + models.check_call(call.method, call.parameters)
    if not call.response.get("ok"):
        found.append(f"was refused: {call.response}")
    else:
        result = call.response["result"]
        found += spec.check_answer(call.method, result) + models.check_answer(call.method, result)
    return [f"{call.method}: {problem}" for problem in found]


async def test_a_deep_link_arrives_with_its_payload(stage):
    before = stage.sandbox.start(stage.wang, stage.bot, "a_b-1")
    answer = await stage.answer(stage.private, before)
    assert answer["text"] == "Hello, 王 芳! a_b-1"
    assert [entity["type"] for entity in answer["entities"]] == ["bold", "code"]


async def test_a_command_is_answered_in_the_group_as_a_reply(stage):
    said = stage.sandbox.say(stage.group, stage.wang, "/echo <b>&amp;</b> 😀 党")
    answer = await stage.answer(stage.group, said)
    assert answer["text"] == "<b>&amp;</b> 😀 党"
    assert answer["reply_to_message"]["message_id"] == said["message_id"]


async def test_of_many_messages_each_arrives_once(stage):
    said = [stage.sandbox.say(stage.private, stage.wang, f"/echo {number}") for number in range(20)]

    def answers():
        sent = [m for m in stage.sandbox.messages(stage.private) if m["message_id"] > said[0]["message_id"]]
        texts = [message["text"] for message in sent if message["from"]["is_bot"]]
        return texts if len(texts) >= len(said) else None

    assert sorted(await stage.until(answers), key=int) == [str(number) for number in range(20)]


async def test_an_edited_message_arrives_as_such(stage):
    answered = await stage.ask(stage.private, "/echo first")
    stage.sandbox.edit(stage.private, stage.wang, answered["reply_to_message"], "second")
    answer = await stage.answer(stage.private, answered)
    assert answer["text"] == "edited: second"


async def test_a_pressed_button_is_answered_and_its_message_changed(stage):
    shown = await stage.ask(stage.group, "/button")
    assert await stage.sandbox.press(stage.group, stage.li, shown, 0, 1) == {
        "url": "https://example.org/",
        "show_alert": False,
    }
    assert await stage.sandbox.press(stage.group, stage.li, shown) == {"text": "Noted", "show_alert": True}
    await stage.until(lambda: stage.message(shown)["text"] == "Chosen: 1")
    assert "reply_markup" not in stage.message(shown)
    assert "edit_date" in stage.message(shown)


async def test_votes_in_an_open_poll_arrive_with_their_voters(stage):
    poll = await stage.ask(stage.group, "/poll")
    assert [option["text"] for option in poll["poll"]["options"]] == ["Good", "Great"]
    stage.sandbox.vote(stage.group, stage.li, poll, [0, 1])
    answer = await stage.answer(stage.group, poll)
    assert answer["text"] == "李<四>: [0, 1]"
    stage.sandbox.vote(stage.group, stage.li, poll, [])
    retracted = await stage.answer(stage.group, answer)
    assert retracted["text"] == "李<四>: []"


async def test_votes_in_a_quiz_are_counted(stage):
    quiz = await stage.ask(stage.private, "/quiz")
    assert quiz["poll"]["type"] == "quiz"
    stage.sandbox.vote(stage.private, stage.wang, quiz, [1])
    answer = await stage.answer(stage.private, quiz)
    assert answer["text"] == "votes: [0, 1]"
    assert stage.message(quiz)["poll"]["explanation"] == "Count"


async def test_a_photo_is_downloaded_and_sent_back(stage):
    answer = await stage.ask(stage.private, "look", photo=PICTURE)
    assert answer["caption"] == f"{len(PICTURE)} bytes"
    assert (answer["photo"][-1]["width"], answer["photo"][-1]["height"]) == (1, 1)


async def test_a_document_is_downloaded_and_sent_back(stage):
    content = bytes(range(256)) * 40
    answer = await stage.ask(stage.private, document=content)
    assert answer["document"]["file_name"] == "copy of file"
    assert answer["document"]["file_size"] == len(content)


async def test_an_album_arrives_as_one(stage):
    first = await stage.ask(stage.group, "/album")
    second = await stage.answer(stage.group, first)
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption_entities"] == [{"type": "underline", "offset": 0, "length": 5}]
    assert "caption" not in second


async def test_a_sent_message_is_edited(stage):
    sent = await stage.ask(stage.private, "/edit")
    await stage.until(lambda: stage.message(sent)["text"] == "final")
    assert stage.message(sent)["entities"] == [{"type": "bold", "offset": 0, "length": 5}]


async def test_members_are_told(stage):
    answer = await stage.ask(stage.group, "/who")
    assert answer["text"] == "1 of 3: 王"
