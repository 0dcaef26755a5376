from typing import Any

import pytest

from domain.people.permission import Area, Role
from domain.study import study
from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, keyboard, moment
from tests.study.test_study import HELMET, LOCK

CHEN_ID, WANG_ID = 7000000001, 7000000003


@pytest.fixture
def admins() -> frozenset[int]:
    return frozenset({CHEN_ID, WANG_ID})


@pytest.fixture(autouse=True)
async def library(world: World) -> None:
    await world.program.database.write(study.load, lessons=[HELMET, LOCK])


@pytest.fixture
async def office(world: World, group: Place) -> Place:
    """The secretary's private chat with the bot, where the enterprise's defaults are set."""
    assert group
    return await open_private(world, SECRETARY)


async def open_private(world: World, who: str) -> Place:
    place = Place(world, world.sandbox.open_private(world.people[who], BOT))
    world.sandbox.start(world.people[who], BOT)
    await world.idle()
    return place


async def second_group(world: World) -> Place:
    people = world.people
    chat = world.sandbox.add_group("第二党支部", by=people[SECRETARY], members=[people[LI]], bots=[BOT])
    await world.idle()
    await world.program.scheduler.tick()
    return Place(world, chat)


# What there is


async def test_the_list_says_what_the_clock_does_and_when(group: Place) -> None:
    assert await group.says(SECRETARY, "/schedule") == (
        "⏰ <b>本群的定时安排</b>\n"
        "每日学习：每个工作日 08:30，下次明天 08:30\n"
        "复习：每个工作日 08:45，下次明天 08:45\n"
        "每周一答：每周一 12:00，下次11月30日（周一）12:00\n"
        "周小结：每周一 09:00，下次11月30日（周一）09:00\n"
        "任务提醒：截止前一天 09:00、前两小时、逾期时\n"
        "调查：到截止时间公布结果\n"
        "免打扰：21:30 至 07:30\n"
        "\n"
        "点按钮来改，也可以直接写，例如 /schedule 每日学习 09:00"
    )
    assert group.buttons() == ["每日学习", "复习", "每周一答", "周小结", "免打扰"]


async def test_a_new_list_takes_the_place_of_the_old_one(group: Place) -> None:
    await group.says(SECRETARY, "/schedule")
    await group.says(SECRETARY, "/schedule")
    assert group.shown().count("本群的定时安排") == 1


async def test_a_group_that_the_clock_has_not_seen_yet_has_its_list_too(world: World) -> None:
    chat = world.sandbox.add_group("新支部", by=world.people[SECRETARY], bots=[BOT])
    await world.idle()
    assert "下次明天 08:30" in await Place(world, chat).says(SECRETARY, "/schedule")


@pytest.mark.parametrize("command", ["/schedule", "/schedule 学习 09:00"])
async def test_the_clock_is_the_administrators(group: Place, command: str) -> None:
    group.sandbox.promote(group.chat, group.person(LI))
    refused = "只有管理员能用，请找：陈书记。"
    assert await group.says(LI, command) == refused
    assert await (await open_private(group.world, LI)).says(LI, command) == refused


async def test_an_administrator_of_one_group_sets_its_clock_and_not_everybodys(group: Place) -> None:
    await group.says(LI, "早")

    def grant(stores: Any) -> None:
        li, chat = stores.members.named("li"), stores.chats.find(group.chat.id)
        stores.grants.add(li, Role.ADMINISTRATOR, Area(group=chat.id), None, moment("2026-11-25 10:00"))

    await group.world.program.database.write(grant)
    assert "下次明天 09:00" in await group.says(LI, "/schedule 学习 09:00")
    private = await open_private(group.world, LI)
    for command in ("/schedule", "/schedule 学习 10:00", "/schedule 免打扰 关"):
        assert await private.says(LI, command) == "只有管理员能用，请找：陈书记。"
    assert await group.world.rows("schedule_defaults") == 0


async def test_help_tells_administrators_of_it(group: Place) -> None:
    assert "/schedule" in await group.says(SECRETARY, "/help")
    assert "/schedule" not in await group.says(LI, "/help")


# Typed changes

INSTEAD = "原来的 21:30 至 07:30 换成了这一段。"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("学习 09:00", "每日学习：每个工作日 09:00，下次明天 09:00。"),
        ("学习　０９：１５", "每日学习：每个工作日 09:15，下次明天 09:15。"),
        ("每日学习 09:45", "每日学习：每个工作日 09:45，下次明天 09:45。"),
        ("学习内容 09:20", "每日学习：每个工作日 09:20，下次明天 09:20。"),
        ("daily study 9:10", "每日学习：每个工作日 09:10，下次明天 09:10。"),
        ("学习提示改到9点半", "每日学习：每个工作日 09:30，下次明天 09:30。"),
        ("study 11:00", "每日学习：每个工作日 11:00，下次今天 11:00。"),
        ("Study 8:15 am", "每日学习：每个工作日 08:15，下次明天 08:15。"),
        ("学习 下午5点", "每日学习：每个工作日 17:00，下次今天 17:00。"),
        ("学习 0900", "每日学习：每个工作日 09:00，下次明天 09:00。"),
        ("学习 06:45", "每日学习：每个工作日 06:45，下次明天 07:30（等免打扰结束）。"),
        ("summary 周五 17:00", "周小结：每周五 17:00，下次11月27日（周五）17:00。"),
        ("周小结 周四 17:00", "周小结：每周四 17:00，下次明天 17:00。"),
        ("weekly summary thursday 16:00", "周小结：每周四 16:00，下次明天 16:00。"),
        ("周报 17:00 周五", "周小结：每周五 17:00，下次11月27日（周五）17:00。"),
        ("周报 每周日下午三点", "周小结：每周日 15:00，下次11月29日（周日）15:00。"),
        ("summary every friday at 5pm", "周小结：每周五 17:00，下次11月27日（周五）17:00。"),
        ("周报 星期五", "周小结：每周五 09:00，下次11月27日（周五）09:00。"),
        ("周报 10:30", "周小结：每周一 10:30，下次11月30日（周一）10:30。"),
        ("周报 周五 22:00", "周小结：每周五 22:00，下次11月28日（周六）07:30（等免打扰结束）。"),
        ("学习 停", "每日学习：已暂停（原定每个工作日 08:30）。"),
        ("study off", "每日学习：已暂停（原定每个工作日 08:30）。"),
        ("study on", "每日学习：每个工作日 08:30，下次明天 08:30。"),
        ("学习 默认", "每日学习：每个工作日 08:30，下次明天 08:30。"),
        ("免打扰 22:00-7:00", f"免打扰：22:00 至 07:00。{INSTEAD}"),
        ("quiet 22:00-07:00", f"免打扰：22:00 至 07:00。{INSTEAD}"),
        ("免打扰 22点到6点半", f"免打扰：22:00 至 06:30。{INSTEAD}"),
        ("免打扰　２２：００～７：００", f"免打扰：22:00 至 07:00。{INSTEAD}"),
        ("免打扰 改为 23:00-08:00", f"免打扰：23:00 至 08:00。{INSTEAD}"),
        ("免打扰 20:00-08:00", f"免打扰：20:00 至 08:00。{INSTEAD}"),
        (
            "免打扰 23:00-08:00",
            "免打扰：21:30 至 08:00。和原来的连着，合成了 21:30 至 08:00 一段；"
            "要换掉原来的，写 /schedule 免打扰 改为 22:00-07:00。",
        ),
        ("免打扰 12:00—13:30", "免打扰：12:00 至 13:30、21:30 至 07:30，共 2 段。"),
        ("免打扰 加 12:00-13:30", "免打扰：12:00 至 13:30、21:30 至 07:30，共 2 段。"),
        ("免打扰 21:30-07:30 关", "免打扰：没有设。"),
        ("免打扰 取消 21:30-07:30", "免打扰：没有设。"),
        (
            "免打扰 12:00-13:30 关",
            "没有 12:00 至 13:30 这一段免打扰，现在是：21:30 至 07:30。例：/schedule 免打扰 21:30-07:30 关",
        ),
        ("免打扰 关", "免打扰：没有设。"),
        ("quiet off", "免打扰：没有设。"),
    ],
)
async def test_a_change_is_typed_as_a_colleague_would(group: Place, typed: str, answer: str) -> None:
    assert await group.says(SECRETARY, f"/schedule {typed}") == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("早餐 09:00", "能改的有：每日学习、每周一答、复习、周小结、免打扰。例：/schedule 每日学习 09:00"),
        ("收件箱 03:00", "能改的有：每日学习、每周一答、复习、周小结、免打扰。例：/schedule 每日学习 09:00"),
        ("inbox.prune off", "能改的有：每日学习、每周一答、复习、周小结、免打扰。例：/schedule 每日学习 09:00"),
        ("学习 25:00", "没看懂时间。例：/schedule 每日学习 09:00，停发写“停”"),
        ("学习 早点", "没看懂时间。例：/schedule 每日学习 09:00，停发写“停”"),
        ("周报 周八", "没看懂时间。例：/schedule 周小结 周五 17:00，停发写“停”"),
        ("学习 周五 09:00", "每日学习每个工作日都有，只写时间就好。例：/schedule 每日学习 09:00"),
        (
            "学习 22:00",
            "22:00 在免打扰时段（21:30 至 07:30）里，发不出来，请换个时间。例：/schedule 每日学习 09:00",
        ),
        (
            "免打扰 22:00",
            "没看懂时段。例：/schedule 免打扰 12:00-13:30，去掉这段在后面加“关”；都不要写 /schedule 免打扰 关",
        ),
        (
            "免打扰 25:00-07:00",
            "没看懂时段。例：/schedule 免打扰 12:00-13:30，去掉这段在后面加“关”；都不要写 /schedule 免打扰 关",
        ),
        (
            "免打扰 07:00-06:00",
            "免打扰最长 16 小时，起止时间是不是写反了？例：/schedule 免打扰 12:00-13:30",
        ),
        (
            "免打扰 07:00-07:00",
            "免打扰最长 16 小时，起止时间是不是写反了？例：/schedule 免打扰 12:00-13:30",
        ),
        ("<b>学习</b>", "能改的有：每日学习、每周一答、复习、周小结、免打扰。例：/schedule 每日学习 09:00"),
    ],
)
async def test_what_cannot_be_read_is_answered_with_a_right_example(group: Place, typed: str, answer: str) -> None:
    assert await group.says(SECRETARY, f"/schedule {typed}") == answer
    assert await group.world.rows("schedules", "chosen") == 0
    assert await group.world.rows("audit") == 0


async def test_every_example_that_is_given_works(group: Place) -> None:
    for example in ("/schedule 每日学习 09:00", "/schedule 周小结 周五 17:00", "/schedule 免打扰 12:00-13:30"):
        assert "例" not in await group.says(SECRETARY, example)


async def test_a_name_alone_opens_its_buttons(group: Place) -> None:
    assert "每周一 09:00" in await group.says(SECRETARY, "/schedule 周报")
    assert {"暂停", "返回", "周五", "09:30"} <= set(group.buttons())


# What a change does


async def test_a_later_time_takes_hold_at_once(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习 10:30")
    assert await group.hears_until("2026-11-25 10:29") == ""
    assert "安全帽" in await group.hears_until("2026-11-25 10:30")


@pytest.mark.parametrize("start", ["2026-11-25 08:00"])
async def test_a_day_that_has_had_its_item_gets_no_second_one(group: Place) -> None:
    assert "安全帽" in await group.hears_until("2026-11-25 08:30")
    assert "下次明天 09:00" in await group.says(SECRETARY, "/schedule 学习 09:00")
    assert await group.hears_until("2026-11-25 23:00") == ""
    assert await group.hears_until("2026-11-26 08:59") == ""
    assert "挂牌" in await group.hears_until("2026-11-26 09:00")


@pytest.mark.parametrize("start", ["2026-11-25 08:00"])
async def test_what_is_passed_over_today_is_said(group: Place) -> None:
    said = await group.says(SECRETARY, "/schedule 学习 07:45")
    assert said == "每日学习：每个工作日 07:45，下次明天 07:45。原定今天 08:30的这次不发了。"
    assert await group.hears_until("2026-11-25 12:00") == ""
    assert "安全帽" in await group.hears_until("2026-11-26 07:45")


async def test_a_change_survives_a_restart(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/schedule 学习 09:10")
    await group.says(SECRETARY, "/schedule 免打扰 22:00-06:00")
    await world.restart()
    said = await group.says(SECRETARY, "/schedule")
    assert "每个工作日 09:10" in said
    assert "22:00 至 06:00" in said
    assert "安全帽" in await group.hears_until("2026-11-26 09:10")


async def test_paused_means_silent_until_it_goes_on(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习 停")
    assert await group.hears_until("2026-11-26 12:00") == ""
    assert "下次明天 08:30" in await group.says(SECRETARY, "/schedule 学习 继续")
    assert await group.hears_until("2026-11-26 23:00") == "", "what was missed meanwhile is not made up for"
    assert "安全帽" in await group.hears_until("2026-11-27 08:30")


@pytest.mark.parametrize("start", ["2026-11-23 08:00"])
async def test_a_summary_moved_to_friday_sums_up_the_week_that_ends(group: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    await group.says(SECRETARY, "/schedule 周报 周五 17:00")
    assert "周小结</b>" in await group.hears_until("2026-11-27 17:00")
    await group.hears_until("2026-11-30 12:00")
    assert "小结" not in group.newest()
    await group.says(LI, "建议：大门要修理一下")
    assert "周小结</b>" in await group.hears_until("2026-12-04 17:00")


async def test_every_change_is_in_the_audit_log(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习 09:00")
    await group.says(SECRETARY, "/schedule 学习 09:00")
    await group.says(SECRETARY, "/schedule 免打扰 关")
    assert await group.world.rows("audit", "action = 'schedule.changed'") == 2
    assert await group.world.rows("audit", "old = '30 8 * * *' AND new = '0 9 * * *'") == 1
    assert await group.world.rows("audit", "subject LIKE 'quiet chat:%' AND new = 'off'") == 1


# Buttons


async def test_time_is_changed_with_buttons(group: Place) -> None:
    await group.says(SECRETARY, "/schedule")
    await group.presses(SECRETARY, "每日学习")
    assert "改到什么时候" in group.newest()
    assert await group.presses(SECRETARY, "09:00") == "每日学习：每个工作日 09:00，下次明天 09:00。"
    assert "每个工作日 09:00，下次明天 09:00" in group.newest()
    await group.presses(SECRETARY, "返回")
    assert "本群的定时安排" in group.newest()
    assert "安全帽" in await group.hears_until("2026-11-26 09:00")


async def test_the_weekday_is_changed_with_buttons(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 周报")
    assert "每周五 09:00" in await group.presses(SECRETARY, "周五")
    assert "周五" not in group.buttons()


async def test_it_is_paused_and_goes_on_with_a_button(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习")
    assert "已暂停" in await group.presses(SECRETARY, "暂停")
    assert "暂停" not in group.buttons()
    assert "下次明天 08:30" in await group.presses(SECRETARY, "继续")


async def test_quiet_hours_are_changed_with_buttons(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰")
    assert "免打扰：22:00 至 07:30。" in await group.presses(SECRETARY, "改为 22:00 至 07:30")
    assert "免打扰：22:00 至 07:00。" in await group.presses(SECRETARY, "改为 22:00 至 07:00")
    assert await group.presses(SECRETARY, "不设免打扰") == "免打扰：没有设。"
    assert await group.presses(SECRETARY, "用企业默认") == "免打扰：21:30 至 07:30。"


async def test_noon_is_added_with_a_button_and_each_span_has_one_to_end_it(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰")
    both = "免打扰：12:00 至 13:30、21:30 至 07:30，共 2 段。"
    assert await group.presses(SECRETARY, "加上 12:00 至 13:30") == both
    assert "12:00 至 13:30、21:30 至 07:30，共 2 段" in group.newest()
    assert [label for label in group.buttons() if label.startswith("去掉")] == [
        "去掉 12:00 至 13:30",
        "去掉 21:30 至 07:30",
    ]
    assert not [label for label in group.buttons() if label.startswith("加上")], "none that would touch what is there"
    assert await group.presses(SECRETARY, "去掉 21:30 至 07:30") == "免打扰：12:00 至 13:30。"
    assert await group.presses(SECRETARY, "加上 21:30 至 07:30") == both
    assert await group.presses(SECRETARY, "去掉 12:00 至 13:30") == "免打扰：21:30 至 07:30。"


def notices(group: Place) -> list[str]:
    calls = [call for call in group.sandbox.calls if call.method == "answerCallbackQuery"]
    return [str(call.parameters.get("text")) for call in calls]


async def test_a_fifth_span_is_refused_with_a_way_out(group: Place) -> None:
    for span in ("09:00-09:30", "12:00-13:30", "18:00-18:30"):
        await group.says(SECRETARY, f"/schedule 免打扰 {span}")
    refused = "免打扰最多 4 段，请先去掉一段，例如 /schedule 免打扰 12:00-13:30 关"
    assert await group.says(SECRETARY, "/schedule 免打扰 15:00-15:30") == refused
    await group.says(SECRETARY, "/schedule 免打扰 12:00-13:30 关")
    assert "共 4 段" in await group.says(SECRETARY, "/schedule 免打扰 15:00-15:30")
    assert await group.says(SECRETARY, "/schedule 免打扰 关") == "免打扰：没有设。"


async def test_a_button_of_an_earlier_panel_is_over_and_changes_nothing(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰")
    panel = group.bot_messages()[-1]
    await group.receives_press(SECRETARY, panel, "schedule.quiet:1320:360")
    assert notices(group) == ["这个按钮已经过期，请重新发一次指令。"]
    assert await group.world.rows("quiet_hours") == 0


async def test_a_span_that_is_gone_is_not_ended_twice(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 免打扰")
    panel = group.bot_messages()[-1]
    await group.receives_press(SECRETARY, panel, "schedule.quiet_remove:720:810")
    assert "没有 12:00 至 13:30 这一段" in notices(group)[0]
    assert await group.world.rows("quiet_hours") == 0


async def test_a_panel_in_which_everything_is_pressed_never_fails(group: Place) -> None:
    await group.says(SECRETARY, "/schedule")
    for page in ("每日学习", "周小结", "免打扰"):
        await group.presses(SECRETARY, page)
        for label in [label for label in group.buttons() if label != "返回"]:
            if label in group.buttons():
                assert await group.presses(SECRETARY, label)
        await group.presses(SECRETARY, "返回")


async def test_two_administrators_at_once_leave_what_the_last_one_wanted(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习")
    shown = await group.press_together([SECRETARY, WANG], "09:00")
    assert [words.startswith("每日学习：每个工作日 09:00") for words in shown] == [True, True]
    await group.presses(WANG, "09:30")
    assert "每个工作日 09:30" in group.newest()
    await group.says(SECRETARY, "/schedule 学习 09:45")
    assert "每个工作日 09:45" in group.shown().split("⏰")[1], "the panel shows what was typed"


async def test_others_press_in_vain(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习")
    assert "只有管理员能用" in await group.presses(LI, "09:00")
    assert "只有管理员能用" in await group.presses(LI, "返回")
    assert "每个工作日 08:30" in group.newest()


async def test_a_panel_that_was_replaced_is_over(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习")
    old = group.bot_messages()[-1]
    data = keyboard(old)[0][0]["callback_data"]
    await group.says(SECRETARY, "/schedule 学习")
    await group.receives_press(SECRETARY, old, data)
    assert await group.world.rows("schedules", "chosen") == 0


async def test_a_panel_of_last_week_is_over(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习")
    await group.hears_until("2026-12-02 10:00")
    assert await group.presses(SECRETARY, "09:00") == "这个面板放久了，请发 /schedule 看现在的安排。"
    assert await group.world.rows("schedules", "chosen") == 0


@pytest.mark.parametrize(
    "data",
    [
        "schedule.time:study:99999999",
        "schedule.time:study:-1",
        "schedule.time:study",
        "schedule.time:inbox:500",
        "schedule.time:quiet:500",
        "schedule.on:quiet",
        "schedule.off:list",
        "schedule.day:study:3",
        "schedule.day:summary:99",
        "schedule.quiet:1:1",
        *(
            f"schedule.quiet_{how}:{numbers}"
            for how in ("add", "move", "remove")
            for numbers in ("1:1", "1", "-1:9", "9:x")
        ),
        "schedule.open:nobody",
        "schedule.open",
        "schedule.open:study:x:y",
    ],
)
async def test_whatever_a_client_sends_breaks_nothing(group: Place, data: str) -> None:
    await group.says(SECRETARY, "/schedule")
    await group.receives_press(SECRETARY, group.bot_messages()[-1], data)
    assert await group.world.rows("schedules", "name NOT IN ('study.prompt', 'summary.post') AND chosen") == 0


# The enterprise


async def test_a_default_changes_the_groups_that_have_not_chosen(world: World, group: Place, office: Place) -> None:
    other = await second_group(world)
    await other.says(SECRETARY, "/schedule 学习 10:30")
    said = await office.says(SECRETARY, "/schedule 学习 11:00")
    assert said == "每日学习：每个工作日 11:00，下次今天 11:00。已用于 1 个群，1 个群自己定过，不变。"
    assert "安全帽" in await other.hears_until("2026-11-25 10:30")
    assert await group.hears_until("2026-11-25 10:59") == ""
    assert "安全帽" in await group.hears_until("2026-11-25 11:00")
    assert "下次明天 11:00" in await other.says(SECRETARY, "/schedule 学习 默认")


@pytest.mark.parametrize("start", ["2026-11-25 08:00"])
async def test_a_default_gives_no_group_two_items_a_day(group: Place, office: Place) -> None:
    assert "安全帽" in await group.hears_until("2026-11-25 08:30")
    assert "已用于 1 个群" in await office.says(SECRETARY, "/schedule 学习 09:00")
    assert "下次明天 09:00" in await group.says(SECRETARY, "/schedule")
    assert await group.hears_until("2026-11-25 23:00") == ""
    assert "挂牌" in await group.hears_until("2026-11-26 09:00")


async def test_new_groups_begin_with_the_default(world: World, office: Place) -> None:
    await office.says(SECRETARY, "/schedule 学习 10:15")
    await office.says(SECRETARY, "/schedule 周报 停")
    said = await (await second_group(world)).says(SECRETARY, "/schedule")
    assert "每个工作日 10:15，下次今天 10:15" in said
    assert "周小结：已暂停" in said


async def test_the_enterprises_list_says_that_it_is_one(office: Place) -> None:
    said = await office.says(SECRETARY, "/schedule")
    assert said.startswith("⏰ <b>全企业的定时安排</b>")
    assert "自己定过的群不变" in said
    assert "用企业默认" not in office.buttons()


async def test_both_administrators_see_what_one_has_changed(world: World, office: Place) -> None:
    other = await open_private(world, WANG)
    await other.says(WANG, "/schedule")
    await office.says(SECRETARY, "/schedule 学习 09:20")
    assert "每个工作日 09:20" in other.newest()


async def test_quiet_hours_of_the_enterprise_hold_where_none_were_chosen(
    world: World, group: Place, office: Place
) -> None:
    other = await second_group(world)
    await other.says(SECRETARY, "/schedule 免打扰 20:00-09:00")
    await office.says(SECRETARY, "/schedule 免打扰 23:00-06:00")
    assert "免打扰：23:00 至 06:00" in await group.says(SECRETARY, "/schedule")
    assert "免打扰：20:00 至 09:00" in await other.says(SECRETARY, "/schedule")
    assert "每日学习：每个工作日 08:30，下次明天 09:00（等免打扰结束）" in await other.says(SECRETARY, "/schedule")
    assert await other.says(SECRETARY, "/schedule 免打扰 默认") == "免打扰：23:00 至 06:00。"


async def test_a_group_that_adds_a_span_keeps_the_enterprises_night(group: Place, office: Place) -> None:
    await office.says(SECRETARY, "/schedule 免打扰 改为 22:00-06:30")
    assert "12:00 至 13:30、22:00 至 06:30，共 2 段" in await group.says(SECRETARY, "/schedule 免打扰 12:00-13:30")
    await office.says(SECRETARY, "/schedule 免打扰 关")
    assert "12:00 至 13:30、22:00 至 06:30" in await group.says(SECRETARY, "/schedule")
    assert await group.says(SECRETARY, "/schedule 免打扰 默认") == "免打扰：没有设。"


async def test_quiet_hours_that_silence_a_schedule_say_so(group: Place) -> None:
    await group.says(SECRETARY, "/schedule 学习 20:30")
    said = await group.says(SECRETARY, "/schedule 免打扰 20:00-07:00")
    assert said == (
        "免打扰：20:00 至 07:30。和原来的连着，合成了 20:00 至 07:30 一段；"
        "要换掉原来的，写 /schedule 免打扰 改为 22:00-07:00。"
        "⚠️ 每日学习（每个工作日 20:30）落在里面，发不出来，请改时间，例如 /schedule 每日学习 09:00"
    )
    assert "发不出来" in await group.says(SECRETARY, "/schedule")
