from datetime import timedelta

import pytest

from sandbox import Clock, Refusal, Sandbox
from sandbox.views import message_view


def counts(poll):
    return [option["voter_count"] for option in poll["options"]]


async def ask(program, group, **parameters):
    asked = {"chat_id": group.id, "question": "去吗?", "options": [{"text": "去"}, {"text": "不去"}, {"text": "再看"}]}
    return await program.call("sendPoll", **(asked | parameters))


async def test_an_anonymous_poll_tells_counts_but_no_names(scene, program):
    sent = await ask(program, scene.group)
    assert (sent["poll"]["is_anonymous"], sent["poll"]["type"]) == (True, "regular")
    scene.sandbox.vote(scene.group, scene.li, sent, [0])
    scene.sandbox.vote(scene.group, scene.wang, sent, [0])
    updates = await program.updates()
    assert [list(update)[1] for update in updates] == ["poll", "poll"]
    assert counts(updates[-1]["poll"]) == [2, 0, 0]
    assert updates[-1]["poll"]["total_voter_count"] == 2


def names_seen_by(scene, person, sent):
    poll = message_view(scene.group.messages[sent["message_id"]], person)["poll"]
    return poll.get("voters") and [[voter["first_name"] for voter in chosen] for chosen in poll["voters"]]


async def test_a_named_poll_tells_who_chose_what_to_who_has_voted(scene, program):
    wang, li = scene.wang, scene.li
    sent = await ask(program, scene.group, is_anonymous=False)
    scene.sandbox.vote(scene.group, li, sent, [0])
    assert names_seen_by(scene, wang, sent) is None
    assert names_seen_by(scene, li, sent) == [[li.first_name], [], []]
    scene.sandbox.vote(scene.group, wang, sent, [0])
    scene.sandbox.vote(scene.group, li, sent, [1])
    assert names_seen_by(scene, wang, sent) == [[wang.first_name], [li.first_name], []]
    scene.sandbox.vote(scene.group, wang, sent, [])
    assert names_seen_by(scene, wang, sent) is None
    await program.call("stopPoll", chat_id=scene.group.id, message_id=sent["message_id"])
    assert names_seen_by(scene, wang, sent) == [[], [li.first_name], []]
    assert "voters" not in scene.sandbox.messages(scene.group)[-1]["poll"]


@pytest.mark.parametrize("kind", [{"is_anonymous": True}, {"is_anonymous": False, "hide_results_until_closes": True}])
async def test_names_are_not_told_where_votes_are_secret(scene, program, kind):
    sent = await ask(program, scene.group, **kind)
    scene.sandbox.vote(scene.group, scene.li, sent, [0])
    assert names_seen_by(scene, scene.li, sent) is None
    if kind["is_anonymous"]:
        await program.call("stopPoll", chat_id=scene.group.id, message_id=sent["message_id"])
        assert names_seen_by(scene, scene.li, sent) is None


async def test_a_message_without_sound_says_so_to_people_only(scene, program):
    loud = await program.call("sendMessage", chat_id=scene.group.id, text="一")
    quiet = await program.call("sendMessage", chat_id=scene.group.id, text="二", disable_notification=True)
    views = [message_view(scene.group.messages[sent["message_id"]], scene.li) for sent in (loud, quiet)]
    assert [view.get("silent") for view in views] == [None, True]
    assert "silent" not in quiet


async def test_a_vote_can_be_changed_and_taken_back(scene, program):
    sent = await ask(program, scene.group, is_anonymous=False)
    for options in ([0], [1], []):
        scene.sandbox.vote(scene.group, scene.li, sent, options)
    answers = [update["poll_answer"] for update in await program.updates() if "poll_answer" in update]
    assert [answer["option_ids"] for answer in answers] == [[0], [1], []]
    persistent = [option["persistent_id"] for option in sent["poll"]["options"]]
    assert answers[1]["option_persistent_ids"] == [persistent[1]]
    assert answers[2]["user"]["id"] == scene.li.id
    assert counts(scene.sandbox.messages(scene.group)[-1]["poll"]) == [0, 0, 0]


async def test_several_answers_need_a_poll_that_allows_them(scene, program):
    single = await ask(program, scene.group)
    with pytest.raises(Refusal, match="one answer"):
        scene.sandbox.vote(scene.group, scene.li, single, [0, 1])
    several = await ask(program, scene.group, allows_multiple_answers=True)
    voted = scene.sandbox.vote(scene.group, scene.li, several, [2, 0])
    assert counts(voted["poll"]) == [1, 0, 1]
    with pytest.raises(Refusal, match="options"):
        scene.sandbox.vote(scene.group, scene.li, several, [3])


async def test_a_quiz_shows_its_solution_to_who_has_answered(scene, program):
    sent = await ask(
        program,
        scene.group,
        type="quiz",
        correct_option_ids=[1],
        explanation="<b>因为</b>第三条",
        explanation_parse_mode="HTML",
    )
    poll = sent["poll"]
    assert (poll["correct_option_ids"], poll["explanation"], poll["allows_revoting"]) == ([1], "因为第三条", False)
    assert poll["explanation_entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    message = scene.sandbox.message(scene.group, sent)
    assert "correct_option_ids" not in message.as_dict(scene.li)["poll"]
    assert scene.sandbox.vote(scene.group, scene.li, sent, [0])["poll"]["correct_option_ids"] == [1]
    with pytest.raises(Refusal, match="can't be changed"):
        scene.sandbox.vote(scene.group, scene.li, sent, [1])


async def test_results_can_stay_hidden_until_the_end(scene, program):
    sent = await ask(program, scene.group, hide_results_until_closes=True)
    voted = scene.sandbox.vote(scene.group, scene.li, sent, [0])
    assert (counts(voted["poll"]), voted["poll"]["total_voter_count"]) == ([0, 0, 0], 1)
    stopped = await program.call("stopPoll", chat_id=scene.group.id, message_id=sent["message_id"])
    assert counts(stopped) == [1, 0, 0]


async def test_a_poll_closes_by_itself_when_the_clock_is_moved(scene, program):
    sent = await ask(program, scene.group, open_period=3600)
    closing = sent["poll"]["close_date"]
    assert closing == sent["date"] + 3600
    scene.sandbox.clock.move_by(timedelta(minutes=59))
    assert await program.updates() == []
    scene.sandbox.clock.move_by(timedelta(days=3))
    (update,) = await program.updates()
    assert update["poll"]["is_closed"]
    with pytest.raises(Refusal, match="closed"):
        scene.sandbox.vote(scene.group, scene.li, sent, [0])
    words = await program.refused("stopPoll", chat_id=scene.group.id, message_id=sent["message_id"])
    assert words == "Bad Request: poll has already been closed"


async def test_a_closing_date_holds_as_well(scene, program):
    closing = scene.sandbox.clock.timestamp() + 60
    await ask(program, scene.group, close_date=closing)
    scene.sandbox.clock.move_by(61)
    (update,) = await program.updates()
    assert (update["poll"]["is_closed"], update["poll"]["close_date"]) == (True, closing)


async def test_a_poll_closes_in_real_time_too():
    clock = Clock()
    async with Sandbox(clock=clock) as sandbox:
        bot, wang = sandbox.add_bot("1:a"), sandbox.add_person("王")
        group = sandbox.add_group("一支部", by=wang, bots=[bot])
        bot.inbox.clear()
        rung = []
        clock.alarm(
            clock.now() + timedelta(milliseconds=30), lambda: sandbox.say(group, wang, "/time") and rung.append(1)
        )
        assert (await bot.inbox.poll(0, 1, 5))[0]["message"]["text"] == "/time"


async def test_a_forwarded_poll_is_the_same_poll(scene, program):
    sent = await ask(program, scene.group)
    other = scene.sandbox.add_group("二支部", by=scene.wang, bots=[scene.bot])
    there = {"chat_id": other.id, "from_chat_id": scene.group.id, "message_id": sent["message_id"]}
    forwarded = await program.call("forwardMessage", **there)
    assert forwarded["poll"]["id"] == sent["poll"]["id"]
    scene.sandbox.vote(other, scene.wang, forwarded, [2])
    assert counts(scene.sandbox.messages(scene.group)[-1]["poll"]) == [0, 0, 1]
    copied = await program.call("copyMessage", **there)
    copy = scene.sandbox.message(other, copied).as_dict(scene.bot)["poll"]
    assert copy["id"] != sent["poll"]["id"]
    assert copy["total_voter_count"] == 0


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "问" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": ["a"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["a" * 101]}, "poll options length must not exceed 100"),
        ({"options": [" "]}, "poll option must be non-empty"),
        ({"options": [7]}, "expected an option to be of type String"),
        ({"options": "去"}, "can't parse options JSON object"),
        ({"type": "vote"}, "unsupported poll type specified"),
        ({"type": "quiz"}, "correct quiz option list must be non-empty"),
        ({"type": "quiz", "correct_option_ids": [5]}, "wrong quiz correct_option_id"),
        (
            {"type": "quiz", "correct_option_ids": [1, 0], "allows_multiple_answers": True},
            "correct quiz option list must be increasing",
        ),
        ({"type": "quiz", "correct_option_ids": [0], "explanation": "字" * 201}, "message is too long"),
        ({"type": "quiz", "correct_option_ids": [0], "explanation": "a\nb\nc\nd"}, "QUIZ_EXPLANATION_INVALID"),
        ({"open_period": 4}, "can't automatically close the poll at the specified time"),
        ({"open_period": 2628001}, "can't automatically close the poll at the specified time"),
        ({"members_only": True}, "poll voters can be restricted only in channel chats"),
        ({"close_date": 1}, "can't automatically close the poll at the specified time"),
    ],
)
async def test_a_wrong_poll_is_refused(scene, program, parameters, words):
    asked = {"chat_id": scene.group.id, "question": "去吗?", "options": ["去", "不去"]} | parameters
    assert await program.refused("sendPoll", **asked) == f"Bad Request: {words}"


async def test_only_its_own_bot_stops_a_poll(scene, program):
    said = scene.sandbox.say(scene.group, scene.wang, "/a")
    target = {"chat_id": scene.group.id}
    words = await program.refused("stopPoll", message_id=said["message_id"], **target)
    assert words == "Bad Request: message is not a poll"
    assert (
        await program.refused("stopPoll", message_id=99, **target) == "Bad Request: message with poll to stop not found"
    )
    words = await program.refused("stopPoll", **target)
    assert words == "Bad Request: message identifier is not specified"
