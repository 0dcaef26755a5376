import pytest
from sqlalchemy import text as sql

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, plain

ASK = "/survey 这次学习几点开始？| 16:00 | 17:00"


def poll(place: Place) -> dict:
    """The newest poll."""
    return next(message["poll"] for message in reversed(place.messages()) if "poll" in message)


async def test_a_question_is_asked_at_once(group: Place) -> None:
    assert await group.says(SECRETARY, ASK) == "这次学习几点开始？"
    asked = poll(group)
    assert [option["text"] for option in asked["options"]] == ["16:00", "17:00"]
    assert asked["is_anonymous"] is False
    assert asked["type"] == "regular"


async def test_full_width_bars_and_signs_are_understood(group: Place) -> None:
    await group.says(SECRETARY, "/survey　几点<开始>？｜１６:００｜　１７:００　｜截止：周五18:00｜匿名")
    asked = poll(group)
    assert asked["question"] == "几点<开始>？"
    assert [option["text"] for option in asked["options"]] == ["１６:００", "１７:００"]
    assert asked["is_anonymous"] is True


async def test_votes_earn_a_point_and_taking_one_back_takes_it_back(group: Place) -> None:
    await group.says(SECRETARY, ASK)
    await group.votes(LI, 0)
    assert await group.points_of(LI) == 1
    await group.votes(LI, 1)
    assert await group.points_of(LI) == 1
    await group.votes(LI)
    assert await group.points_of(LI) == 0
    said = await group.does(LI, "/points")
    assert "+0 参与调查「这次学习几点开始？」11月25日（已撤回）" in said
    await group.votes(LI, 1)
    assert await group.points_of(LI) == 1


async def test_it_closes_at_its_time_and_posts_the_result(group: Place) -> None:
    await group.says(SECRETARY, f"{ASK} | 截止：今天18:00")
    await group.votes(LI, 1)
    await group.votes(WANG, 1)
    await group.votes(SECRETARY, 0)
    assert await group.hears_until("2026-11-25 17:59") == ""
    said = await group.hears_until("2026-11-25 18:00")
    assert said.splitlines() == [
        "📊 <b>这次学习几点开始？</b>",
        "16:00：1 票（33%）",
        "17:00：2 票（67%）",
        "共 3 人参与",
    ]
    assert poll(group)["is_closed"] is True
    assert await group.hears_until("2026-11-26 18:00") == ""


async def test_the_result_answers_its_poll(group: Place) -> None:
    await group.says(SECRETARY, f"{ASK} | 截止：今天18:00")
    await group.votes(LI, 0)
    await group.hears_until("2026-11-25 18:00")
    assert "poll" in group.bot_messages()[-1]["reply_to_message"]


async def test_without_closing_time_it_is_open_until_the_workday_after_three_days(group: Place) -> None:
    await group.says(SECRETARY, ASK)
    await group.votes(LI, 0)
    assert "人参与" not in await group.hears_until("2026-11-30 17:59"), "the third day is a Saturday"
    assert "共 1 人参与" in await group.hears_until("2026-11-30 18:00")


async def test_the_participation_rate_shows_where_a_roster_is_known(group: Place) -> None:
    await group.world.roster(group.chat, SECRETARY, LI, WANG)
    await group.says(SECRETARY, f"{ASK} | 截止：今天18:00")
    await group.votes(LI, 0)
    await group.votes(WANG, 0)
    assert (await group.hears_until("2026-11-25 18:00")).endswith("共 2 人参与，参与率 67%")


async def test_a_vote_that_was_taken_back_is_not_counted(group: Place) -> None:
    await group.says(SECRETARY, f"{ASK} | 截止：今天18:00")
    await group.votes(LI, 0)
    await group.votes(LI)
    await group.votes(WANG, 1)
    assert "16:00：0 票（0%）\n17:00：1 票（100%）\n共 1 人参与" in await group.hears_until("2026-11-25 18:00")


async def test_an_anonymous_survey_counts_votes_and_books_nothing(group: Place) -> None:
    await group.says(SECRETARY, f"{ASK} | 匿名 | 截止：今天18:00")
    await group.votes(LI, 1)
    await group.votes(WANG, 1)
    assert await group.world.stored() == {
        "tasks": 0,
        "surveys": 1,
        "survey_answers": 0,
        "study_attempts": 0,
        "suggestions": 0,
        "points_entries": 0,
        "drafts": 0,
    }
    assert "17:00：2 票（100%）\n共 2 人参与" in await group.hears_until("2026-11-25 18:00")


async def test_the_result_escapes_what_people_wrote(group: Place) -> None:
    await group.says(SECRETARY, "/survey 几点<开始>&? | <b>早 | 晚&amp; | 截止：今天18:00")
    await group.votes(LI, 0)
    said = await group.hears_until("2026-11-25 18:00")
    assert "<b>几点&lt;开始&gt;&amp;?</b>\n&lt;b&gt;早：1 票（100%）\n晚&amp;amp;：0 票（0%）" in said


async def test_the_longest_survey_is_posted_and_published(group: Place) -> None:
    options = [f"{number:02}{'长' * 98}" for number in range(12)]
    await group.says(SECRETARY, f"/survey {'问' * 300} | {' | '.join(options)} | 截止：今天18:00")
    await group.votes(LI, 0)
    assert len(poll(group)["options"]) == 12
    assert options[11] in await group.hears_until("2026-11-25 18:00")


async def test_editing_the_command_asks_nothing_twice(group: Place) -> None:
    await group.says(SECRETARY, ASK)
    said = await group.edits(SECRETARY, "/survey 几点？| 16:00 | 17:00")
    assert "调查已经发出" in said
    assert sum("poll" in message for message in group.messages()) == 1


async def test_an_edited_wrong_survey_is_asked(group: Place) -> None:
    assert "至少要有两个选项" in await group.says(SECRETARY, "/survey 几点？| 16:00")
    assert await group.edits(SECRETARY, "/survey 几点？| 16:00 | 17:00") == "几点？"


async def test_somebody_elses_poll_is_none_of_the_bots_business(group: Place) -> None:
    voter = group.person(LI).as_dict()
    await group.world.receives(
        "poll_answer", {"poll_id": "77", "user": voter, "option_ids": [0], "option_persistent_ids": ["0"]}
    )
    assert (await group.world.stored())["survey_answers"] == 0


# The guided way


async def fill_in(group: Place, names: str = "匿名") -> None:
    """A survey as far as the preview."""
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    await group.answers(SECRETARY, "几点？")
    await group.answers(SECRETARY, "16:00\n17:00")
    await group.presses(SECRETARY, names)


async def test_survey_alone_asks_step_by_step(group: Place) -> None:
    assert "问一个问题，还是做一份问卷" in await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    assert "想问什么" in group.newest()
    assert "还是做一份问卷" not in group.shown()
    await group.answers(SECRETARY, "这次学习几点开始？")
    assert "“这次学习几点开始？”有哪些选项" in group.newest()
    await group.answers(SECRETARY, "16:00\n17:00\n\n 18:00 ")
    assert "实名还是匿名" in group.newest()
    assert group.buttons() == ["实名", "匿名", "‹ 上一步"]
    await group.presses(SECRETARY, "匿名")
    assert group.newest().splitlines() == [
        *(
            "这次学习几点开始？",
            "1. 16:00",
            "2. 17:00",
            "3. 18:00",
            "三天后（遇休息日顺延）18:00 截止并公布结果。匿名：只公布票数。",
        )
    ]
    assert group.buttons() == ["发出", "修改", "放弃"]
    assert not any("poll" in message for message in group.messages())
    await group.presses(SECRETARY, "发出")
    assert poll(group)["is_anonymous"] is True
    assert [option["text"] for option in poll(group)["options"]] == ["16:00", "17:00", "18:00"]
    assert "公布结果" not in group.shown()
    assert (await group.world.stored())["drafts"] == 0


async def test_options_may_be_written_again_before_posting(group: Place) -> None:
    await fill_in(group, "实名")
    await group.presses(SECRETARY, "修改")
    assert group.buttons() == ["问题", "选项", "实名或匿名", "‹ 不改了"]
    await group.presses(SECRETARY, "选项")
    await group.answers(SECRETARY, "16:30 | 17:30")
    assert "1. 16:30\n2. 17:30" in group.newest()
    await group.presses(SECRETARY, "发出")
    assert [option["text"] for option in poll(group)["options"]] == ["16:30", "17:30"]
    assert poll(group)["is_anonymous"] is False


async def test_whether_it_is_anonymous_may_be_written(group: Place) -> None:
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    await group.answers(SECRETARY, "几点？")
    await group.answers(SECRETARY, "16:00\n17:00")
    question = group.bot_messages()[-1]
    assert "实名还是匿名" in await group.says(SECRETARY, "都行", reply_to=question)
    await group.says(SECRETARY, "匿名", reply_to=question)
    assert "匿名：只公布票数" in group.newest()


async def test_too_few_options_are_asked_for_again(group: Place) -> None:
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    await group.answers(SECRETARY, "几点？")
    assert "至少要有两个选项" in await group.answers(SECRETARY, "16:00")
    await group.edits(SECRETARY, "16:00\n17:00")
    assert "实名还是匿名" in group.newest()


async def test_somebody_else_cannot_post_a_draft(group: Place) -> None:
    group.sandbox.promote(group.chat, group.person(LI))
    await fill_in(group)
    assert "别人正在填" in await group.presses(WANG, "发出")
    assert "别人正在填" in await group.presses(LI, "发出")
    assert not any("poll" in message for message in group.messages())


async def test_posting_twice_fast_posts_once(group: Place) -> None:
    await fill_in(group)
    notices = await group.press_together([SECRETARY, SECRETARY], "发出")
    assert "这一步已经结束了" in "".join(notices)
    assert sum("poll" in message for message in group.messages()) == 1


@pytest.mark.parametrize(("data", "shown"), [("draft.post:1:0", "实名：群里"), ("draft.post:1:1", "匿名：只公布")])
async def test_the_preview_of_an_earlier_version_is_shown_once_more(
    group: Place, world: World, data: str, shown: str
) -> None:
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    entries = '{"question": "几点？", "options": "16:00\\n17:00", "heard": ""}'
    await world.program.database.write(
        lambda stores: (
            stores.connection.execute(
                sql("UPDATE drafts SET step = 'preview', entries = :entries"), {"entries": entries}
            ),
            stores.connection.execute(sql("UPDATE outbox SET key = 'draft:1' WHERE about = 'draft:1'")),
        )
    )
    await group.receives_press(SECRETARY, group.bot_messages()[-1], "draft.post:1:2")
    assert "公布结果" not in group.shown()
    await group.receives_press(SECRETARY, group.bot_messages()[-1], data)
    assert shown in group.newest()
    assert not any("poll" in message for message in group.messages())
    await group.presses(SECRETARY, "发出")
    assert poll(group)["is_anonymous"] is ("匿名" in shown)


async def test_cancel_takes_a_half_written_survey_back(group: Place) -> None:
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    await group.answers(SECRETARY, "几点？")
    assert "好，不填了" in await group.says(SECRETARY, "/cancel")
    assert "有哪些选项" not in group.shown()


@pytest.mark.parametrize("question", ["\u200b", "\u2060\u200b"])
async def test_a_question_or_option_that_nobody_can_see_is_none(group: Place, question: str) -> None:
    assert "没看到问题" in await group.says(SECRETARY, f"/survey {question} | 16:00 | 17:00")
    assert "至少要有两个选项" in await group.says(SECRETARY, f"/survey 几点？| 16:00 | {question}")
    assert not any("poll" in message for message in group.messages())
    assert plain(group.bot_messages()[-1]).count("\n") == 0


async def test_a_survey_whose_poll_was_refused_says_so_at_its_end(troubled_world: World) -> None:
    chen, li, wang = troubled_world.people.values()
    chat = troubled_world.sandbox.add_group("第一党支部", by=chen, members=[li, wang], bots=[BOT])
    group = Place(troubled_world, chat)
    await troubled_world.idle()
    refusal = "Bad Request: not enough rights to send polls to the chat"
    troubled_world.sandbox.fault("sendPoll", kind="error", status=400, description=refusal)
    await group.says(SECRETARY, "/survey 几点开始？ | 16:00 | 17:00 | 截止：明天18:00")
    assert "没能取到票数" in await group.hears_until("2026-11-26 18:01")


@pytest.mark.parametrize("kind", ["timeout_after", "timeout_before"])
async def test_of_a_poll_that_may_have_been_posted_its_asker_hears_and_it_still_ends(
    troubled_world: World, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("bot.request.READ", 0.3)
    chen, li, wang = troubled_world.people.values()
    chat = troubled_world.sandbox.add_group("第一党支部", by=chen, members=[li, wang], bots=[BOT])
    group = Place(troubled_world, chat)
    private = Place(troubled_world, troubled_world.sandbox.open_private(chen, BOT))
    troubled_world.sandbox.start(chen, BOT)
    await troubled_world.idle()
    troubled_world.sandbox.fault("sendPoll", kind=kind)
    await group.says(SECRETARY, "/survey 几点开始？ | 16:00 | 17:00 | 截止：明天18:00")
    assert "不确定群里是否收到" in private.newest()
    assert len([message for message in group.messages() if "poll" in message]) == (kind == "timeout_after")
    assert "几点开始？" in await group.hears_until("2026-11-26 18:01")


async def test_who_asks_earns_nothing_by_their_own_vote(group: Place) -> None:
    await group.says(SECRETARY, "/survey 几点开始？ | 16:00 | 17:00")
    await group.votes(LI, 0)
    await group.votes(SECRETARY, 1)
    assert (await group.points_of(LI), await group.points_of(SECRETARY)) == (1, 0)
    await group.votes(SECRETARY)
    assert await group.points_of(SECRETARY) == 0


@pytest.mark.parametrize(
    ("text", "question", "anonymous"),
    [
        ("匿名 食堂怎么样？ | 好 | 差", "食堂怎么样？", True),
        ("匿名：食堂怎么样？ | 好 | 差", "食堂怎么样？", True),
        ("【匿名】食堂怎么样？ | 好 | 差", "食堂怎么样？", True),
        ("实名 食堂怎么样？ | 好 | 差", "食堂怎么样？", False),
        ("匿名信怎么处理？ | 查 | 不查", "匿名信怎么处理？", False),
        ("食堂怎么样？\n好\n差", "食堂怎么样？", False),
        ("食堂怎么样？\n好\n差\n匿名", "食堂怎么样？", True),
    ],
)
async def test_who_may_see_votes_is_read_where_people_write_it(
    group: Place, text: str, question: str, *, anonymous: bool
) -> None:
    await group.says(SECRETARY, f"/survey {text}")
    (poll,) = [one["poll"] for one in group.messages() if "poll" in one]
    assert poll["question"] == question
    assert [option["text"] for option in poll["options"]] in (["好", "差"], ["查", "不查"])
    assert poll["is_anonymous"] is anonymous
