import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from domain.ids import TaskId
from domain.work.task import Plan, Task
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, plain

CHANGE = ("申请延期", "改期", "换人", "撤回")  # the row of those who change the tasks of a card

# Giving


async def test_finishing_a_task_twice_credits_its_owner_once(group: Place) -> None:
    assert "整理 &lt;实验室&gt;" in await group.says(SECRETARY, "/task @li 明天18:00前 整理 <实验室>")
    assert "完成了 1 号「整理 &lt;实验室&gt;」" in await group.does(LI, "/done 1")
    assert "早已完成" in await group.says(LI, "/done 1")
    assert await group.points_of(LI) == 5


async def test_a_task_shows_deadline_standard_and_outcome(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 下周五18:00前 提交学习心得 | 标准：不少于800字 | 成果：心得一篇")
    assert group.newest().splitlines()[:4] == [
        "📌 提交学习心得",
        "截止：12月4日（周五）18:00",
        "标准：不少于800字",
        "成果：心得一篇",
    ]


async def test_full_width_arguments_read_as_half_width_ones(group: Place) -> None:
    await group.says(
        SECRETARY, "／task　＠li　明天１８：００前　整理实验室　｜　标准：无积水，无油污　｜成果：照片两张"
    )
    assert group.newest().splitlines()[:4] == [
        "📌 整理实验室",
        "截止：11月26日（周四）18:00",
        "标准：无积水，无油污",
        "成果：照片两张",
    ]


async def test_outcome_may_come_before_standard(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天 整理 | 成果:照片 | 标准:干净")
    assert "标准：干净\n成果：照片" in group.newest()


async def test_a_task_may_be_given_to_several_people(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(WANG, "早")
    await group.says(SECRETARY, "/task @li，@王海燕、@chen 明天18:00前 报名")
    assert group.newest().splitlines()[2:] == ["已完成 0/3", "1 号，李伟", "2 号，王海燕", "3 号，陈书记"]
    assert group.buttons() == ["李伟：1 号完成", "王海燕：2 号完成", "陈书记：3 号完成", *CHANGE]
    assert "完成" in await group.presses(WANG, "2 号")
    assert [await group.points_of(who) for who in (LI, WANG)] == [0, 5]


async def test_naming_somebody_twice_gives_them_one_task(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li @李伟 @LI 明天 报名")
    assert group.buttons() == ["完成", *CHANGE]


async def test_a_reply_gives_the_task_to_who_wrote_the_message(group: Place) -> None:
    await group.says(WANG, "三号机漏油")
    assert "王海燕" in await group.says(SECRETARY, "/task 明天12:00前 处理漏油", reply_to=group.last)
    assert "完成" in await group.presses(WANG, "完成")
    assert await group.points_of(WANG) == 5


async def test_names_in_the_command_go_before_the_message_replied_to(group: Place) -> None:
    await group.says(WANG, "三号机漏油")
    said = await group.says(SECRETARY, "/task @li 明天12:00前 处理漏油", reply_to=group.last)
    assert "李伟" in said
    assert "王海燕" not in said


async def test_somebody_without_user_name_is_given_a_task_by_a_mention(group: Place) -> None:
    wang = group.person(WANG)
    assert "王海燕" in await group.says(SECRETARY, "/task 王海燕 明天12:00前 处理漏油", mentions=[wang])
    assert "完成" in await group.presses(WANG, "完成")


async def test_a_mention_after_emoji_is_found_at_its_place(group: Place) -> None:
    friend = group.sandbox.add_person("👷‍♀️小赵&Co")
    group.sandbox.add_member(group.chat, friend)
    assert "小赵&amp;Co" in await group.says(SECRETARY, "/task 👷‍♀️小赵&Co 明天12:00前 巡检", mentions=[friend])


async def test_a_display_name_with_at_sign_finds_who_has_spoken(group: Place) -> None:
    await group.says(WANG, "早")
    assert f"person:{group.person(WANG).id}".replace("person:", "tg://user?id=") in await group.says(
        SECRETARY, "/task @王海燕 明天 巡检"
    )


async def test_a_task_that_waited_for_a_user_name_goes_to_who_speaks_under_it(group: Place, world: World) -> None:
    """Earlier versions gave tasks to user names that nobody had been seen under."""
    await world.program.database.write(lambda stores: of_version_3(stores, group, "haiyan"))
    group.person(WANG).username = "haiyan"
    await group.says(WANG, "来了")
    assert "1 号 交心得\n　　王海燕" in await group.says(SECRETARY, "/tasks")
    assert "完成了 1 号" in await group.does(WANG, "/done 1")
    assert await group.points_of(WANG) == 5


async def test_who_takes_a_user_name_later_gets_the_task_that_waits_for_it(group: Place, world: World) -> None:
    await group.says(WANG, "早")
    await world.program.database.write(lambda stores: of_version_3(stores, group, "haiyan"))
    group.person(WANG).username = "haiyan"
    await group.says(WANG, "我设了用户名")
    assert "完成了 1 号" in await group.does(WANG, "/done 1")


def of_version_3(stores: Any, group: Place, username: str) -> None:
    """A task for a user name that nobody has been seen under."""
    at = group.sandbox.clock.now()
    chat, giver = stores.chats.find(group.chat.id), stores.members.find(group.person(SECRETARY).id)
    owner, number = stores.members.await_username(username, at), TaskId(0)
    due_at = at + timedelta(days=1)
    stores.tasks.add(Task(number, number, chat.id, owner, giver, Plan("交心得"), due_at, at), "earlier")


async def test_a_task_can_be_given_under_a_picture(group: Place) -> None:
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x06\x00\x00\x00"
    assert "📌 <b>清理这里</b>" in await group.says(SECRETARY, "/task @li 明天 清理这里", photo=png)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("今天17:30", "11月25日（周三）17:30"),
        ("明天", "11月26日（周四）18:00"),
        ("明天上午9点", "11月26日（周四）09:00"),
        ("周五18:00前", "11月27日（周五）18:00"),
        ("下周一", "11月30日（周一）18:00"),
        ("12月5日", "12月5日（周六）18:00"),
        ("2027-01-04 12:00", "2027年1月4日（周一）12:00"),
        ("3小时内", "11月25日（周三）13:00"),
        ("月底前", "11月30日（周一）18:00"),
        ("next Friday 18:00", "12月4日（周五）18:00"),
    ],
)
async def test_deadlines_read_as_people_write_them(group: Place, written: str, shown: str) -> None:
    await group.says(SECRETARY, f"/task @li {written} 交心得")
    assert group.newest().splitlines()[:2] == ["📌 交心得", f"截止：{shown}"]


async def test_a_task_without_blanks_between_its_parts_is_understood(group: Place) -> None:
    await group.says(SECRETARY, "/task @li明天18:00前提交心得")
    assert group.newest().splitlines()[:2] == ["📌 提交心得", "截止：11月26日（周四）18:00"]


# Editing the command


async def test_editing_a_command_gives_nothing_twice(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天 交心得")
    assert await group.edits(SECRETARY, "/task @li 后天 交心得") == ""
    assert (await group.world.stored())["tasks"] == 1
    await group.world.refreshed()
    assert group.newest().splitlines()[:2] == ["📌 交心得", "截止：11月27日（周五）18:00"]


async def test_an_edited_wrong_command_is_carried_out(group: Place) -> None:
    assert "没看懂截止时间" in await group.says(SECRETARY, "/task @li 交心得")
    assert "📌 <b>交心得</b>" in await group.edits(SECRETARY, "/task @li 明天 交心得")


async def test_an_edited_done_with_the_wrong_number_is_carried_out(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天 交心得")
    assert "没有 2 号任务" in await group.says(LI, "/done 2")
    assert "完成了 1 号" in await group.corrects(LI, "/done 1")


# Listing


async def test_the_group_lists_its_open_tasks_by_deadline(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 下周五 交心得")
    await group.says(SECRETARY, "/task @li 今天17:00 巡检")
    await group.says(LI, "/tasks")
    assert group.newest().splitlines() == [
        "进行中的任务",
        "🟡 2 号 巡检",
        "　　李伟，今天 17:00截止",
        "○ 1 号 交心得",
        "　　李伟，12月4日（周五）18:00截止",
    ]


async def test_in_private_one_sees_ones_own_tasks(group: Place, private: Place) -> None:
    await group.says(WANG, "早")
    await group.says(SECRETARY, "/task @li 明天 交心得")
    await group.says(SECRETARY, "/task @王海燕 明天 巡检")
    said = await private.says(LI, "/tasks")
    assert "您的任务" in said
    assert "1 号 交心得" in said
    assert "巡检" not in said
    assert "完成了 1 号" in await private.says(LI, "/done 1")
    assert "您手上没有进行中的任务" in await private.says(LI, "/tasks")


async def test_an_empty_list_says_so(group: Place) -> None:
    assert await group.says(LI, "/tasks") == "群里没有进行中的任务。"


async def test_a_long_list_says_how_many_more_there_are(group: Place) -> None:
    for name in ("wu", "zhao", "qian"):
        await group.world.spoke(group.chat, group.sandbox.add_person(name, username=name))
    for number in range(4):
        await group.says(SECRETARY, f"/task @li @chen @wu @zhao @qian 明天 报名{number}")
    said = await group.says(LI, "/tasks")
    assert "另有 5 项" in said
    assert said.count("号 报名") == 15


async def test_an_overdue_task_is_red(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天17:00 巡检")
    await group.hears_until("2026-11-25 17:30")
    assert "🔴 1 号 巡检" in await group.says(LI, "/tasks")


# Finishing


async def test_on_time_earns_five_and_late_two(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天17:00 巡检")
    await group.says(SECRETARY, "/task @li 今天12:00 报表")
    await group.hears_until("2026-11-25 16:59")
    assert "按时，+5 分" in await group.does(LI, "/done 1")
    assert "迟了一点，完成就好，+2 分" in await group.does(LI, "/done 2")
    assert await group.points_of(LI) == 7


@pytest.mark.parametrize("words", ["/done 1", "／done １", "/done #1", "/done 1号", "/done　１", "/DONE@jingyi_bot 1"])
async def test_done_takes_a_number_however_it_is_written(group: Place, words: str) -> None:
    await group.says(SECRETARY, "/task @li 明天 巡检")
    assert "完成了 1 号" in await group.does(LI, words)


async def test_done_alone_offers_ones_own_open_tasks(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 明天 巡检")
    await group.says(SECRETARY, "/task @li 后天 报表")
    await group.says(SECRETARY, "/task @chen 后天 讲课")
    assert "哪一项完成了" in await group.says(LI, "/done")
    assert group.buttons() == ["✓ 完成「巡检」", "✓ 完成「报表」"]
    assert await group.presses(LI, "「报表」") == "完成，+5 分，累计 5 分；点错了发 /done 撤销"
    assert "早已完成" in await group.presses(LI, "「报表」")


async def test_done_alone_with_nothing_open_says_so(group: Place) -> None:
    assert await group.says(LI, "/done") == "您手上没有进行中的任务。"


async def test_only_the_owner_finishes_a_task(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 明天 巡检")
    assert await group.presses(WANG, "完成") == "1 号任务由李伟负责，请本人来完成。"
    assert await group.says(WANG, "/done 1") == "1 号任务由李伟负责，请本人来完成。"
    assert await group.points_of(WANG) == 0
    assert "1 号 巡检" in await group.says(LI, "/tasks")


async def test_the_card_is_refreshed_when_a_task_is_done(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li @chen 明天 巡检")
    card = group.bot_messages()[-1]["message_id"]
    await group.presses(LI, "1 号")
    shown = next(message for message in group.bot_messages() if message["message_id"] == card)
    assert plain(shown).splitlines()[2:] == ["已完成 1/2", "1 号，李伟 ✅", "2 号，陈书记"]
    assert group.buttons() == ["陈书记：2 号完成", *CHANGE]
    await group.hears_until("2026-11-27 10:00")
    await group.says(SECRETARY, "/done 2")
    shown = next(message for message in group.bot_messages() if message["message_id"] == card)
    assert plain(shown).splitlines()[2:] == ["已完成 2/2", "1 号，李伟 ✅", "2 号，陈书记 ✅（迟）"]
    assert "reply_markup" not in shown


# Reminders


async def test_owners_are_reminded_the_morning_before(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task @li 周五18:00前 交心得")
    assert await group.hears_until("2026-11-26 08:59") == ""
    said = await group.hears_until("2026-11-26 09:00")
    assert "🟡 1 号 交心得\n　　11月27日（周五）18:00截止，还差<a href=" in said
    assert "李伟</a>" in said


async def test_owners_are_reminded_two_hours_before(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    assert await group.hears_until("2026-11-25 15:59") == ""
    assert "🟡 1 号 交心得\n　　11月25日（周三）18:00截止，还差<a href=" in await group.hears_until("2026-11-25 16:00")
    assert await group.hears_until("2026-11-25 17:59") == ""


async def test_owners_are_told_in_the_morning_that_a_task_is_overdue(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    await group.hears_until("2026-11-25 18:00")
    assert await group.hears_until("2026-11-26 08:59") == ""
    said = await group.hears_until("2026-11-26 09:00")
    assert "🔴 1 号 交心得\n　　已逾期，原定11月25日（周三）18:00，还差<a href=" in said
    assert await group.hears_until("2026-11-26 21:00") == ""
    assert "已逾期" in await group.hears_until("2026-11-27 09:00")


async def test_a_reminder_is_pressed_to_finish_its_task(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    await group.hears_until("2026-11-25 16:00")
    assert "+5 分" in await group.presses(LI, "完成")
    assert "任务提醒" not in group.shown()


@pytest.mark.parametrize(
    ("deadline", "silent_until", "speaks_at"),
    [
        ("今天23:30", "2026-11-26 08:59", "2026-11-26 09:00"),  # two hours before is night: nothing until it is overdue
        ("明天08:30", "2026-11-26 07:29", "2026-11-26 07:30"),  # 06:30 comes at the end of the night
        ("今天21:45", "2026-11-25 19:44", "2026-11-25 19:45"),
    ],
)
async def test_nobody_is_reminded_at_night(group: Place, deadline: str, silent_until: str, speaks_at: str) -> None:
    await group.says(SECRETARY, f"/task @li {deadline} 交心得")
    assert await group.hears_until(silent_until) == ""
    assert "1 号 交心得" in await group.hears_until(speaks_at)


async def test_a_finished_task_reminds_nobody(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    await group.says(LI, "/done 1")
    assert await group.hears_until("2026-11-25 16:00") == ""
    assert await group.hears_until("2026-11-25 18:30") == ""


async def test_reminders_go_to_private_once_it_is_open(group: Place, private: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    assert await group.hears_until("2026-11-25 16:00") == ""
    assert "1 号 交心得" in private.newest()
    assert "+5 分" in await private.presses(LI, "完成")
    assert "快到期" not in private.shown()


async def test_a_group_that_the_bot_has_left_has_its_tasks_forgotten(group: Place, private: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    group.sandbox.remove_member(group.chat, BOT, by=group.person(SECRETARY))
    await group.world.idle()
    assert await private.hears_until("2026-11-25 16:00") == ""
    assert await group.hears_until("2026-11-25 18:30") == ""


# The guided way


async def test_task_alone_asks_step_by_step(group: Place) -> None:
    await group.says(LI, "早")
    assert "交给谁" in await group.says(SECRETARY, "/task")
    assert group.buttons() == ["陈书记", "李伟"]
    await group.presses(SECRETARY, "李伟")
    assert "交给李伟，什么时候截止" in group.newest()
    assert group.buttons() == ["今天 18:00", "明天 18:00", "11月27日（周五）18:00", "12月4日（周五）18:00", "‹ 上一步"]
    await group.presses(SECRETARY, "明天")
    assert "要做什么" in group.newest()
    await group.says(SECRETARY, "整理实验室 | 标准：无积水", reply_to=group.bot_messages()[-1])
    assert group.newest().splitlines() == [
        *("要发到群里的任务：", "📌 整理实验室", "截止：11月26日（周四）18:00", "标准：无积水", "交给：李伟")
    ]
    assert group.buttons() == ["加验收人", "加协同人", "发出", "修改", "放弃"]
    assert (await group.world.stored())["tasks"] == 0
    await group.presses(SECRETARY, "发出")
    assert group.newest().splitlines() == ["📌 整理实验室", "截止：11月26日（周四）18:00", "标准：无积水", "1 号，李伟"]
    assert "要做什么" not in group.shown()
    assert "要发到群里的任务" not in group.shown()
    assert (await group.world.stored())["drafts"] == 0


async def test_names_and_deadline_may_be_written_in_reply(group: Place) -> None:
    await group.says(SECRETARY, "/task")
    await group.answers(SECRETARY, "@li @chen")
    assert "交给李伟、陈书记，什么时候截止" in group.newest()
    question = group.bot_messages()[-1]
    said = await group.says(SECRETARY, "过几天吧", reply_to=question)
    assert "没看懂截止时间" in said
    assert "\n" not in said
    await group.edits(SECRETARY, "周五前")
    await group.answers(SECRETARY, "交心得")
    await group.presses(SECRETARY, "发出")
    assert group.newest().splitlines()[:2] == ["📌 交心得", "截止：11月27日（周五）18:00"]
    assert (await group.world.stored())["tasks"] == 2


async def test_editing_an_answered_step_does_not_answer_the_next(group: Place) -> None:
    await group.says(SECRETARY, "/task")
    await group.answers(SECRETARY, "@li")
    question = group.bot_messages()[-1]
    await group.answers(SECRETARY, "明天")
    said = await group.edits(SECRETARY, "后天")
    assert "/cancel" in said
    assert "\n" not in said
    assert (await group.world.stored())["tasks"] == 0
    await group.answers(SECRETARY, "交心得", above=said)
    await group.presses(SECRETARY, "发出")
    assert group.newest().splitlines()[:2] == ["📌 交心得", "截止：11月26日（周四）18:00"]
    assert question["message_id"] not in [shown["message_id"] for shown in group.bot_messages()]


async def test_of_two_names_chosen_fast_the_first_counts(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(WANG, "早")
    await group.says(SECRETARY, "/task")
    question = group.bot_messages()[-1]
    await group.presses(SECRETARY, "李伟", question)
    await group.receives_press(SECRETARY, question, "form.choose:1:owners:3")
    assert "交给李伟，什么时候截止" in group.newest()
    await group.answers(SECRETARY, "明天 交心得")
    assert "交给：李伟" in group.newest()


async def test_somebody_else_cannot_press_the_buttons_of_a_draft(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    assert await group.presses(LI, "李伟") == "这是别人正在填的，请让本人来点。"
    assert "交给谁" in group.newest()


async def test_somebody_else_cannot_answer_a_draft(group: Place) -> None:
    await group.says(SECRETARY, "/task")
    assert "别人正在填" in await group.says(LI, "@li", reply_to=group.bot_messages()[-1])


async def test_cancel_takes_the_question_back(group: Place) -> None:
    await group.says(SECRETARY, "/task")
    assert "好，不填了" in await group.says(SECRETARY, "/cancel")
    assert "交给谁" not in group.shown()
    assert (await group.world.stored())["drafts"] == 0
    assert "没有正在填的内容" in await group.says(SECRETARY, "/cancel")


async def test_a_new_command_replaces_the_question_before(group: Place) -> None:
    await group.says(SECRETARY, "/task")
    await group.says(SECRETARY, "/survey")
    await group.presses(SECRETARY, "一个问题")
    assert "交给谁" not in group.shown()
    assert "想问什么" in group.newest()


async def test_a_deadline_that_passed_before_the_task_was_sent_is_asked_for_again(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    await group.presses(SECRETARY, "李伟")
    await group.presses(SECRETARY, "今天")
    await group.answers(SECRETARY, "交心得")
    await group.hears_until("2026-11-25 19:00")
    await group.presses(SECRETARY, "发出")
    assert "截止时间已经过了" in group.shown()
    assert (await group.world.stored())["tasks"] == 0
    assert "交给李伟，什么时候截止" in group.newest()
    await group.presses(SECRETARY, "明天")
    assert "📌 交心得\n截止：11月26日（周四）18:00" in group.newest()
    await group.presses(SECRETARY, "发出")
    assert (await group.world.stored())["tasks"] == 1


async def test_too_many_names_in_reply_are_refused(group: Place) -> None:
    await group.says(SECRETARY, "/task")
    names = " ".join(f"@someone{number}" for number in range(21))
    assert "最多交办给 20 人" in await group.says(SECRETARY, names, reply_to=group.bot_messages()[-1])
    assert await group.world.rows("members") == 2


async def test_another_groups_task_is_not_told_of(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天18:00前 整理资料")
    world.people["zhao"] = world.sandbox.add_person("赵铁军")
    other = Place(world, world.sandbox.add_group("第二党支部", by=world.people["zhao"], bots=[BOT]))
    await world.idle()
    stranger = await other.says("zhao", "/done 1")
    assert "没有 1 号任务" in stranger
    assert "李伟" not in stranger


async def test_the_bot_itself_is_given_nothing(group: Place) -> None:
    assert "没看到责任人" in await group.says(SECRETARY, "/task @jingyi_bot 明天18:00前 整理资料")
    await group.says(SECRETARY, "/task @jingyi_bot @li 明天18:00前 整理资料")
    assert await group.world.rows("tasks") == 1


async def test_a_title_behind_the_deadline_answers_both(group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    await group.presses(SECRETARY, "李伟")
    shown = await group.answers(SECRETARY, "明天18:00前 整理实验室")
    assert "📌 <b>整理实验室</b>" in shown
    assert group.buttons() == ["加验收人", "加协同人", "发出", "修改", "放弃"]


async def test_who_may_give_no_tasks_any_more_cannot_send_one(group: Place) -> None:
    group.sandbox.promote(group.chat, group.person(LI))
    await group.says(LI, "/task")
    await group.answers(LI, "@chen 明天")
    await group.answers(LI, "明天 整理实验室")
    group.sandbox.demote(group.chat, group.person(LI))
    assert "群管理员" in await group.presses(LI, "发出")
    assert (await group.world.stored())["tasks"] == 0


async def test_buttons_of_an_earlier_version_still_answer_their_question(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    await world.program.database.write(of_version_1)
    question = group.bot_messages()[-1]
    await group.receives_press(SECRETARY, question, "draft.due:1:1795687200")
    assert "交给谁" in group.newest()  # that is another question's
    await group.receives_press(SECRETARY, question, "draft.owner:1:99")
    assert "交给谁" in group.newest()  # nobody of the group
    await group.receives_press(SECRETARY, question, "draft.owner:1:2")
    assert "交给李伟，什么时候截止" in group.newest()
    await group.receives_press(SECRETARY, question, "draft.owner:1:1")
    assert "交给李伟，什么时候截止" in group.newest()  # answered already
    await group.receives_press(SECRETARY, group.bot_messages()[-1], "draft.due:1:1795687200")
    assert "11月26日（周四）18:00截止。要做什么" in group.newest()


async def test_a_draft_of_an_earlier_version_goes_on_at_its_step(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    question = group.bot_messages()[-1]
    await world.program.database.write(lambda stores: of_version_1(stores, "title", owners="2", due="1795687200"))
    await group.says(SECRETARY, "交心得", reply_to=question)
    assert "📌 交心得\n截止：11月26日（周四）18:00\n交给：李伟" in group.newest()


def of_version_1(stores: Any, step: str = "owner", **entries: str) -> None:
    """The first draft as version 0.1 wrote it."""
    statement = sql("UPDATE drafts SET step = :step, entries = :entries WHERE id = 1")
    stores.connection.execute(statement, {"step": step, "entries": json.dumps(entries)})
    stores.connection.execute(sql("UPDATE outbox SET key = 'draft:1' WHERE about = 'draft:1'"))


async def test_who_gives_a_task_to_themselves_earns_nothing_by_it(group: Place) -> None:
    for number in range(1, 16):
        await group.says(SECRETARY, f"/task @chen 后天 讲课{number}")
        assert "自己或匿名交办的不计分" in await group.does(SECRETARY, f"/done {number}")
    assert await group.points_of(SECRETARY) == 0
    assert "还没有人得分" in await group.says(SECRETARY, "/rank")


async def test_nobody_earns_by_a_task_that_was_given_anonymously(group: Place) -> None:
    await group.says(LI, "早")
    group.sandbox.promote(group.chat, group.person(LI), is_anonymous=True)
    await group.says(LI, "/task @li 后天 讲课")
    group.sandbox.change_member(group.chat, group.person(LI), is_anonymous=False)
    assert "自己或匿名交办的不计分" in await group.does(LI, "/done 1")
    assert await group.points_of(LI) == 0
