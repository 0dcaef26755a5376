"""A survey after it was posted, and before where a one-liner was not understood to its end."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text as sql

from domain.people.person import Absence
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened, plain

ASK = "/survey 食堂怎么样？| 好 | 差"


@pytest.fixture
async def office(group: Place, world: World) -> Place:
    """The secretary's private chat."""
    return await opened(world, SECRETARY)


def polls(group: Place) -> list[dict[str, Any]]:
    return [message["poll"] for message in group.messages() if "poll" in message]


def options(group: Place) -> list[str]:
    return [one["text"] for one in polls(group)[-1]["options"]]


def card(place: Place) -> str:
    return next(plain(one) for one in reversed(place.bot_messages()) if "📊 调查" in plain(one))


# --- before -----------------------------------------------------------------------------------------------------------


async def test_what_is_not_understood_is_asked_about_before_anything_is_posted(group: Place) -> None:
    said = await group.says(SECRETARY, f"{ASK} | 多选 | 截止：等通知")
    assert "没看懂“截止：等通知”" in said
    assert "可多选。实名" in said
    assert polls(group) == []
    assert group.buttons() == ["发出", "修改", "放弃"]
    await group.presses(SECRETARY, "修改")
    assert group.buttons() == ["问题", "选项", "实名或匿名", "单选或多选", "截止时间", "‹ 不改了"]
    await group.presses(SECRETARY, "截止时间")
    assert "没看懂截止时间" in await group.answers(SECRETARY, "看情况", above="没看懂截止时间")
    await group.says(
        SECRETARY, "周五18:00", reply_to=next(m for m in group.bot_messages() if "什么时候截止" in plain(m))
    )
    assert "11月27日（周五）18:00截止" in group.newest()
    assert "没看懂" not in group.newest()
    await group.presses(SECRETARY, "发出")
    assert options(group) == ["好", "差"]
    assert polls(group)[0]["allows_multiple_answers"] is True
    assert polls(group)[0]["close_date"] == int(datetime(2026, 11, 27, 10, 0, 30, tzinfo=UTC).timestamp())


async def test_a_command_that_is_edited_while_its_preview_stands_is_posted_once(group: Place) -> None:
    await group.says(SECRETARY, f"{ASK} | 可多选三项")
    preview = group.bot_messages()[-1]
    assert await group.edits(SECRETARY, f"{ASK} | 多选") == "食堂怎么样？"
    assert "没看懂" not in group.shown()
    await group.receives_press(SECRETARY, preview, preview["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    assert len(polls(group)) == 1
    assert "调查已经发出" in await group.edits(SECRETARY, f"{ASK} | 隐藏结果") or len(polls(group)) == 1


async def test_a_previewed_survey_is_posted_once_and_its_command_edited_in_vain(group: Place) -> None:
    await group.says(SECRETARY, f"{ASK} | 隐藏结果")
    await group.presses(SECRETARY, "发出")
    assert "调查已经发出" in await group.edits(SECRETARY, f"{ASK} | 多选")
    assert len(polls(group)) == 1
    assert options(group) == ["好", "差"]


async def test_instructions_among_the_options_of_the_guided_way_are_none(group: Place) -> None:
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    await group.answers(SECRETARY, "食堂怎么样？")
    await group.answers(SECRETARY, "好\n差\n多选\n不记名\n截止：周五")
    assert "11月27日（周五）18:00截止并公布结果。可多选。匿名" in group.newest()
    await group.presses(SECRETARY, "发出")
    assert (options(group), polls(group)[0]["is_anonymous"]) == (["好", "差"], True)
    assert polls(group)[0]["allows_multiple_answers"] is True


async def test_twelve_options_and_instructions_fit_and_thirteen_do_not(group: Place) -> None:
    twelve = " | ".join(f"第{number}项" for number in "甲乙丙丁戊己庚辛壬癸子丑")
    assert "最多 12 个选项" in await group.says(SECRETARY, f"/survey 选哪个？| {twelve} | 寅 | 匿名")
    await group.says(SECRETARY, f"/survey 选哪个？| {twelve} | 匿名 | 多选 | 截止：周五")
    assert len(options(group)) == 12


async def test_a_closing_time_in_the_past_posts_nothing(group: Place) -> None:
    assert "截止时间已经过了" in await group.says(SECRETARY, f"{ASK} | 截止：昨天18:00")
    assert polls(group) == []


# --- several choices --------------------------------------------------------------------------------------------------


async def test_several_choices_are_counted_for_each_option(group: Place) -> None:
    await group.says(SECRETARY, "/survey 要什么？（可多选）| 面 | 饭 | 粥 | 截止：今天18:00")
    await group.votes(LI, 0, 1)
    await group.votes(WANG, 1)
    assert await group.points_of(LI) == 1
    assert (await group.hears_until("2026-11-25 18:00")).splitlines() == [
        "📊 <b>要什么？</b>",
        "面：1 票（50%）",
        "饭：2 票（100%）",
        "粥：0 票（0%）",
        "可多选，共 2 人参与",
    ]


# --- closing and withdrawing ------------------------------------------------------------------------------------------


async def test_its_asker_closes_it_early_in_private(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, ASK)
    assert "已发到第一党支部，11月30日（周一）18:00截止" in card(office)
    old = office.bot_messages()[-1]
    await group.votes(LI, 0)
    await world.refreshed()
    before = len(group.bot_messages())
    assert "已截止" in await office.presses(SECRETARY, "提前截止")
    assert "好：1 票（100%）" in group.newest()
    assert polls(group)[0]["is_closed"] is True
    assert len(group.bot_messages()) == before + 1
    assert "已截止，结果发在第一党支部" in card(office)
    assert not any(
        "callback" in str(one.get("reply_markup")) for one in office.bot_messages() if plain(one) == card(office)
    )
    data = [button["callback_data"] for row in old["reply_markup"]["inline_keyboard"] for button in row]
    await world.at("2026-12-20 10:00")
    said = len(group.bot_messages())
    for one in data:  # weeks later
        await office.receives_press(SECRETARY, old, one)
    late = {"poll_id": polls(group)[0]["id"], "user": group.person(WANG).as_dict(), "option_ids": [1]}
    await world.receives("poll_answer", {**late, "option_persistent_ids": ["1"]})
    assert await world.rows("survey_answers") == 1, "a vote after the result"
    assert await world.rows("audit", "action = 'survey.closed'") == 1
    assert len(group.bot_messages()) == said


async def test_two_who_close_it_at_once_close_it_once(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, ASK)
    await group.votes(LI, 0)
    await world.refreshed()
    notices = await office.press_together([SECRETARY, SECRETARY], "提前截止")
    assert sorted("已截止" in one for one in notices) == [False, True]
    assert sum("票（" in plain(one) for one in group.bot_messages()) == 1


async def test_a_withdrawn_survey_leaves_nothing(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, ASK)
    await group.votes(LI, 0)
    await group.votes(WANG, 1)
    await world.refreshed()
    await office.presses(SECRETARY, "撤回")
    assert "撤回调查「食堂怎么样？」？" in office.newest()
    await office.presses(SECRETARY, "不撤回")
    assert len(polls(group)) == 1
    await office.presses(SECRETARY, "撤回")
    await office.presses(SECRETARY, "确定撤回")
    assert polls(group) == []
    assert (await group.points_of(LI), await group.points_of(WANG)) == (0, 0)
    assert await world.rows("survey_answers") == 0
    assert "已撤回：选择已删除，积分已收回" in card(office)
    assert "食堂怎么样" not in await office.says(SECRETARY, "/missing")
    assert "票" not in await group.hears_until("2026-12-01 18:00")
    private = await opened(world, LI)
    await private.says(LI, "/start")
    assert "等您投票" not in private.shown()


async def test_an_old_poll_that_cannot_be_deleted_takes_no_more_votes(
    group: Place, office: Place, world: World
) -> None:
    await group.says(SECRETARY, f"{ASK} | 截止：12月10日")
    await world.at("2026-11-28 10:00")
    world.sandbox.fault("deleteMessage", kind="error", status=400, description="Bad Request: message can't be deleted")
    await office.presses(SECRETARY, "撤回")
    await office.presses(SECRETARY, "确定撤回")
    assert polls(group)[0]["is_closed"] is True
    assert "可能删不掉；已停止投票" in card(office)
    assert "票（" not in group.shown()


async def test_words_in_a_reply_to_the_poll_do_the_same(group: Place, world: World) -> None:
    await group.says(SECRETARY, ASK)
    poll = next(one for one in group.messages() if "poll" in one)
    assert "请找" in await group.says(LI, "撤回", reply_to=poll) or len(polls(group)) == 1
    assert await group.says(LI, "我投了好", reply_to=poll) == ""
    assert len(polls(group)) == 1
    assert await group.says(SECRETARY, "撤回问卷", reply_to=poll) == ""
    assert group.reaction() == "👍"
    assert polls(group) == []
    await group.says(SECRETARY, ASK)
    await group.votes(LI, 1)
    poll = next(one for one in group.messages() if "poll" in one)
    assert "差：1 票" in await group.says(SECRETARY, "提前截止", reply_to=poll)


async def test_plain_words_in_private_show_what_can_be_closed(group: Place, office: Place) -> None:
    assert "没有您能处理的" in await office.says(SECRETARY, "撤回问卷")
    await group.says(SECRETARY, ASK)
    assert "食堂怎么样" in await office.says(SECRETARY, "提前截止")
    await office.presses(SECRETARY, "提前截止")
    assert polls(group)[0]["is_closed"] is True


async def test_the_weeks_summary_counts_only_what_was_not_withdrawn(group: Place, office: Place, world: World) -> None:
    for number in (1, 2):
        await group.says(SECRETARY, f"/survey 第{number}个？| 好 | 差 | 多选 | 截止：周五")
        await group.votes(LI, 0, 1)
    await world.refreshed()
    await office.presses(SECRETARY, "撤回")
    await office.presses(SECRETARY, "确定撤回")
    assert "第1个" in await group.hears_until("2026-11-27 18:01")
    assert "调查：1 次，1 人次" in await group.hears_until("2026-11-30 09:00")


# --- nothing to post --------------------------------------------------------------------------------------------------


async def test_nobody_has_voted_so_nothing_is_posted(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, f"{ASK} | 截止：今天18:00")
    assert await group.hears_until("2026-11-25 18:00") == ""
    assert "没有人投票，没有公布结果" in office.newest()
    assert polls(group)[0]["is_closed"] is True
    assert await world.rows("surveys", "published_at IS NULL") == 0


async def test_the_poll_was_deleted_so_nothing_is_posted(group: Place, office: Place, world: World) -> None:
    await group.says(SECRETARY, f"{ASK} | 截止：今天18:00")
    await group.votes(LI, 0)
    poll = next(one for one in group.messages() if "poll" in one)
    world.sandbox.delete(group.chat, group.person(SECRETARY), poll)
    assert await group.hears_until("2026-11-25 18:00") == ""
    assert "群里的投票已被删除，没有公布结果" in office.newest()


# --- the reminder -----------------------------------------------------------------------------------------------------


async def test_those_who_have_not_voted_are_reminded_once(group: Place, office: Place, world: World) -> None:
    for who in (SECRETARY, LI, WANG):
        await group.says(who, "早")
    private = await opened(world, LI)
    await group.says(SECRETARY, ASK)
    assert "还有 2 人没投，其中 1 人可以私下提醒" in card(office)
    assert "悄悄提醒了 1 人，另有 1 人没法私下提醒" in await office.presses(SECRETARY, "提醒没投的 1 人")
    assert "「食堂怎么样？」就差您了，11月30日（周一）18:00截止" in private.newest()
    assert "提醒" not in "".join(office.buttons())
    assert "还有 2 人没投，已提醒过一次" in card(office)
    await group.votes(LI, 0)
    assert "就差您了" not in private.shown()
    await world.refreshed()


async def test_a_reminder_that_waits_for_the_morning_goes_with_its_survey(
    group: Place, office: Place, world: World
) -> None:
    for who in (SECRETARY, LI):
        await group.says(who, "早")
    private = await opened(world, LI)
    await group.says(SECRETARY, ASK)
    await world.at("2026-11-25 22:00")
    await office.presses(SECRETARY, "提醒没投的 1 人")
    assert "就差您了" not in private.shown()
    await office.presses(SECRETARY, "撤回")
    await office.presses(SECRETARY, "确定撤回")
    await world.at("2026-11-26 09:00")
    assert "就差您了" not in private.shown()


async def test_who_is_on_leave_is_not_reminded(group: Place, office: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    private = [await opened(world, who) for who in (LI, WANG)]

    def away(stores: Any) -> None:
        person = stores.people.of_member(stores.members.find(world.people[WANG].id).id)
        stores.people.absent([Absence(person.id, datetime(2026, 11, 24).date(), None)])  # noqa: DTZ001 - a day

    await world.program.database.write(away)
    await group.says(SECRETARY, ASK)
    await office.presses(SECRETARY, "提醒没投的 1 人")
    assert ["就差您了" in place.shown() for place in private] == [True, False]


async def test_of_an_anonymous_survey_nobody_is_reminded_and_it_is_said_why(
    group: Place, office: Place, world: World
) -> None:
    await group.says(SECRETARY, f"{ASK} | 不记名")
    assert "匿名调查不记谁投过，没法单独提醒" in card(office)
    assert office.buttons() == ["提前截止", "撤回"]
    poll = next(one for one in group.messages() if "poll" in one)
    assert "匿名调查不记谁投过" in await group.says(SECRETARY, "提醒没投的人", reply_to=poll)


# --- anonymous --------------------------------------------------------------------------------------------------------


async def everything(world: World) -> dict[str, str]:
    """All rows of all tables, as text."""

    def look(stores: Any) -> dict[str, str]:
        names = stores.connection.execute(sql("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return {
            name: repr(stores.connection.execute(sql(f"SELECT * FROM {name}")).all())  # noqa: S608 - from the schema
            for name in names
        }

    found: dict[str, str] = await world.program.database.read(look)
    return found


async def test_the_store_and_the_log_hold_no_voter_of_an_anonymous_survey(
    group: Place, office: Place, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Wang does nothing but vote: nothing of hers is anywhere. Li, who is known, has nothing more than before."""
    caplog.set_level(logging.DEBUG)
    await group.says(SECRETARY, f"{ASK} | 匿名 | 多选 | 截止：今天18:00")
    before, (_, li, wang) = await everything(world), world.people.values()
    await group.votes(LI, 0)
    await group.votes(WANG, 0, 1)
    await group.votes(WANG, 1)
    after = await everything(world)
    assert {name for name in after if after[name] != before[name]} == {"inbox", "surveys"}, "the counts"
    await group.hears_until("2026-11-25 18:00")
    closed = await everything(world)
    logged = caplog.text
    for known in (str(wang.id), "王海燕"):
        assert [name for name, rows in closed.items() if known in rows] == []
        assert known not in logged
    for name in ("inbox", "surveys", "survey_answers", "points_entries", "outbox"):
        assert closed[name].count(str(li.id)) == before[name].count(str(li.id))
    assert str(li.id) not in logged


async def test_a_vote_that_the_platform_tells_of_an_anonymous_poll_is_not_noted(group: Place, world: World) -> None:
    await group.says(SECRETARY, f"{ASK} | 匿名")
    answer = {"poll_id": polls(group)[0]["id"], "user": group.person(LI).as_dict(), "option_ids": [1]}
    await world.receives("poll_answer", {**answer, "option_persistent_ids": ["1"]})
    assert await world.rows("survey_answers") == 0
    assert await group.points_of(LI) == 0
