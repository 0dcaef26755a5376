"""Deadlines are read as a Chinese colleague means them.

Unless a test says otherwise it is Wednesday, 2 December 2026, 10:00 in Shanghai.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language import deadline
from language.deadline import (
    DeadlineError,
    JustGone,
    NoCalendar,
    NoSuchDay,
    NoSuchTime,
    Past,
    Reason,
    Unclear,
    Working,
    lunar,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = "2026-12-02 10:00"


def at(moment: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=zone)


def due(text: str, now: str = NOW) -> str:
    reading = deadline.read(text, at(now))
    assert reading, text
    assert reading.due.tzinfo is SHANGHAI
    return f"{reading.due:%Y-%m-%d %H:%M}"


READINGS = """
今天            | 2026-12-02 18:00
今日            | 2026-12-02 18:00
今天内          | 2026-12-02 18:00
今晚            | 2026-12-02 23:59
今晚8点         | 2026-12-02 20:00
今晚12点        | 2026-12-03 00:00
今晚1点         | 2026-12-03 01:00
明天            | 2026-12-03 18:00
明晚            | 2026-12-03 23:59
明早            | 2026-12-03 09:00
明早8点半       | 2026-12-03 08:30
明天下午        | 2026-12-03 18:00
明天上午        | 2026-12-03 12:00
明天的上午10点  | 2026-12-03 10:00
明天凌晨        | 2026-12-03 06:00
明天凌晨2点     | 2026-12-03 02:00
明天下班前      | 2026-12-03 18:00
明天上班前      | 2026-12-03 08:30
今天下午下班前  | 2026-12-02 18:00
下周五（12月11日）12:00 | 2026-12-11 12:00
本周五(12.4)前  | 2026-12-04 18:00
明天(周四)      | 2026-12-03 18:00
后天            | 2026-12-04 18:00
大后天          | 2026-12-05 18:00
周一            | 2026-12-07 18:00
周二            | 2026-12-08 18:00
周三            | 2026-12-02 18:00
周三9点         | 2026-12-02 21:00
周三09:00       | 2026-12-09 09:00
周五            | 2026-12-04 18:00
星期五          | 2026-12-04 18:00
礼拜五          | 2026-12-04 18:00
週五            | 2026-12-04 18:00
周5             | 2026-12-04 18:00
周日            | 2026-12-06 18:00
周天            | 2026-12-06 18:00
星期天晚8点     | 2026-12-06 20:00
本周五          | 2026-12-04 18:00
这周五          | 2026-12-04 18:00
这个星期五      | 2026-12-04 18:00
下周一          | 2026-12-07 18:00
下周五          | 2026-12-11 18:00
下周的周五      | 2026-12-11 18:00
下个星期五      | 2026-12-11 18:00
下周日          | 2026-12-13 18:00
下下周五        | 2026-12-18 18:00
周末            | 2026-12-06 18:00
周末前          | 2026-12-04 18:00
下周末          | 2026-12-13 18:00
本周内          | 2026-12-04 18:00
这周            | 2026-12-04 18:00
下周前          | 2026-12-06 18:00
下周            | 2026-12-11 18:00
下周内          | 2026-12-11 18:00
月底            | 2026-12-31 18:00
本月底          | 2026-12-31 18:00
这个月底前      | 2026-12-31 18:00
本月内          | 2026-12-31 18:00
下月底          | 2027-01-31 18:00
下个月内        | 2027-01-31 18:00
下个月前        | 2026-12-31 18:00
12月底前        | 2026-12-31 18:00
1月底           | 2027-01-31 18:00
12月中旬        | 2026-12-20 18:00
下月上旬        | 2027-01-10 18:00
年底            | 2026-12-31 18:00
年内            | 2026-12-31 18:00
今年年底        | 2026-12-31 18:00
今年内          | 2026-12-31 18:00
明年底          | 2027-12-31 18:00
季度末          | 2026-12-31 18:00
本季度末        | 2026-12-31 18:00
下季度末        | 2027-03-31 18:00
元旦前          | 2026-12-31 18:00
七一前          | 2027-06-30 18:00
3天内           | 2026-12-05 18:00
三天后          | 2026-12-05 18:00
三天后下午3点   | 2026-12-05 15:00
十五日内        | 2026-12-17 18:00
两小时内        | 2026-12-02 12:00
2小时后         | 2026-12-02 12:00
2个小时以内     | 2026-12-02 12:00
48小时内        | 2026-12-04 10:00
一个半小时内    | 2026-12-02 11:30
1.5小时内       | 2026-12-02 11:30
半小时后        | 2026-12-02 10:30
半个小时内      | 2026-12-02 10:30
30分钟内        | 2026-12-02 10:30
一刻钟后        | 2026-12-02 10:15
一周内          | 2026-12-09 18:00
两周后          | 2026-12-16 18:00
两个星期内      | 2026-12-16 18:00
半个月内        | 2026-12-17 18:00
一个月内        | 2027-01-02 18:00
三个月内        | 2027-03-02 18:00
半年内          | 2027-06-02 18:00
一年内          | 2027-12-02 18:00
12月5日         | 2026-12-05 18:00
12月5号         | 2026-12-05 18:00
12 月 5 日      | 2026-12-05 18:00
十二月五日      | 2026-12-05 18:00
十二月二十五日  | 2026-12-25 18:00
12月5日周六     | 2026-12-05 18:00
12月5日（周六） | 2026-12-05 18:00
1月5日          | 2027-01-05 18:00
明年1月5日      | 2027-01-05 18:00
5号             | 2026-12-05 18:00
五号            | 2026-12-05 18:00
1号             | 2027-01-01 18:00
31号            | 2026-12-31 18:00
二十号          | 2026-12-20 18:00
本月5号         | 2026-12-05 18:00
下月5号         | 2027-01-05 18:00
下个月5日       | 2027-01-05 18:00
2026年12月5日   | 2026-12-05 18:00
二〇二六年十二月五日 | 2026-12-05 18:00
2027年3月底     | 2027-03-31 18:00
2026-12-05      | 2026-12-05 18:00
2026/12/5       | 2026-12-05 18:00
2026.12.05      | 2026-12-05 18:00
20261205        | 2026-12-05 18:00
2026-12-05T09:30 | 2026-12-05 09:30
12-05           | 2026-12-05 18:00
12.5            | 2026-12-05 18:00
12/5            | 2026-12-05 18:00
12.5下午3点     | 2026-12-05 15:00
12月5日 18:00   | 2026-12-05 18:00
12月5日18：30   | 2026-12-05 18:30
１２月５日１８：３０ | 2026-12-05 18:30
12月5日18点     | 2026-12-05 18:00
12月5日18时30分 | 2026-12-05 18:30
12月5日十八点   | 2026-12-05 18:00
12月5日18点30   | 2026-12-05 18:30
12月5日下午3点  | 2026-12-05 15:00
12月5日下午三点半 | 2026-12-05 15:30
12月5日下午三点一刻 | 2026-12-05 15:15
12月5日下午三点二十 | 2026-12-05 15:20
12月5日上午9:30 | 2026-12-05 09:30
12月5日下午5:30 | 2026-12-05 17:30
12月5日晚上8点  | 2026-12-05 20:00
12月5日晚8点    | 2026-12-05 20:00
12月5日中午12点 | 2026-12-05 12:00
12月5日中午1点  | 2026-12-05 13:00
12月5日中午     | 2026-12-05 12:00
12月5日早上     | 2026-12-05 09:00
12月5日零点     | 2026-12-05 00:00
12月5日24:00    | 2026-12-06 00:00
12月5日午夜     | 2026-12-06 00:00
明天3点         | 2026-12-03 15:00
明天03:00       | 2026-12-03 03:00
明天8点         | 2026-12-03 08:00
明天12点        | 2026-12-03 12:00
今天8点         | 2026-12-02 20:00
18:00           | 2026-12-02 18:00
18点            | 2026-12-02 18:00
下午3点         | 2026-12-02 15:00
中午            | 2026-12-02 12:00
下班前          | 2026-12-02 18:00
today           | 2026-12-02 18:00
tonight at 8pm  | 2026-12-02 20:00
on Friday 9am   | 2026-12-04 09:00
Dec 5           | 2026-12-05 18:00
8 pm            | 2026-12-02 20:00
end of week     | 2026-12-04 18:00
next month      | 2027-01-31 18:00
January 5th, 10:30 | 2027-01-05 10:30
tonight         | 2026-12-02 23:59
tomorrow        | 2026-12-03 18:00
Tomorrow at 6:30 pm | 2026-12-03 18:30
tomorrow noon   | 2026-12-03 12:00
the day after tomorrow | 2026-12-04 18:00
Friday          | 2026-12-04 18:00
by Friday       | 2026-12-04 18:00
this Friday     | 2026-12-04 18:00
next Friday     | 2026-12-11 18:00
next week       | 2026-12-11 18:00
end of month    | 2026-12-31 18:00
2026-12-05 18:00 | 2026-12-05 18:00
in 3 days       | 2026-12-05 18:00
within a week   | 2026-12-09 18:00
in 2 hours      | 2026-12-02 12:00
in 30 minutes   | 2026-12-02 10:30
"""

ROWS = [tuple(part.strip() for part in row.split("|")) for row in READINGS.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), [row for row in ROWS if row[1]])
def test_a_deadline_means_what_a_colleague_means(text: str, expected: str) -> None:
    assert due(text) == expected


@pytest.mark.parametrize("tail", ["前", "之前", "以前", "止", "截止", " 前 ", "前，", "之前："])
@pytest.mark.parametrize("text", ["12月5日18:00", "下周五", "周五下午3点", "月底", "2026-12-05 18:00", "明天"])
def test_the_little_word_after_a_deadline_belongs_to_it(text: str, tail: str) -> None:
    reading = deadline.read(f"{text}{tail}提交材料", at(NOW))
    assert reading
    assert reading.rest == "提交材料"
    assert f"{reading.due:%Y-%m-%d %H:%M}" == due(text)


@pytest.mark.parametrize(
    ("text", "written", "rest"),
    [
        ("12月5日18:00前提交材料", "12月5日18:00前", "提交材料"),
        ("下周五 18:00 前 提交", "下周五 18:00 前", "提交"),
        ("　明天　１８：００前　交《心得》", "明天　１８：００前", "交《心得》"),
        ("周五前，整理 <实验室> | 标准：干净", "周五前", "整理 <实验室> | 标准：干净"),
        ("明天前往总部开会", "明天", "前往总部开会"),
        ("今晚会餐", "今晚", "会餐"),
        ("明天下午3点20人参加演练", "明天下午3点", "20人参加演练"),
        ("5号提交报表", "5号", "提交报表"),
        ("5号 提交报表", "5号", "提交报表"),
        ("截止12月5日 交表", "截止12月5日", "交表"),
        ("请于周五下班前交表", "请于周五下班前", "交表"),
        ("by Friday: hand in the report", "by Friday", "hand in the report"),
        ("tomorrow", "tomorrow", ""),
        ("明天 👍 打扫 שלום", "明天", "👍 打扫 שלום"),
    ],
)
def test_the_rest_is_the_text_after_the_deadline_as_it_was_typed(text: str, written: str, rest: str) -> None:
    reading = deadline.read(text, at(NOW))
    assert reading
    assert (reading.written, reading.rest) == (written, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "　",
        "月底前台值班表",
        "周五内部培训",
        "明天晚会彩排",
        "周五早班安全检查",
        "明天3点建议汇总",
        "提交学习心得",
        "整理明天的会议室",
        "3号皮带机检修",
        "五号皮带机 检修",
        "5号楼卫生",
        "一号文件学习",
        "12.5万元预算表",
        "1.5版本方案",
        "3/4的员工参加培训",
        "12月工作总结",
        "下周工作计划",
        "本月工作小结",
        "3天内部培训",
        "三天后勤保障",
        "两小时培训",
        "当前任务",
        "日常巡检",
        "今后的安排",
        "后台维护",
        "fridays are fun",
        "todays menu",
        "in case of fire",
        "一点建议",
        "一点小事",
        "一时疏忽的教训",
        "下午茶采购",
        "中午食堂检查",
        "早会材料",
        "晚会节目单",
        "market 5 visits",
        "morningglory",
        "may I ask for leave",
        "on call list",
        "👍",
        "<b>明天</b>",
    ],
)
def test_a_text_that_does_not_begin_with_a_deadline_gives_none(text: str) -> None:
    assert deadline.read(text, at(NOW)) is None


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("周五", "2026-12-04 17:59", "2026-12-04 18:00"),
        ("周五", "2026-12-04 18:00", "2026-12-04 23:59"),
        ("周五20:00", "2026-12-04 18:00", "2026-12-04 20:00"),
        ("下周五", "2026-12-06 12:00", "2026-12-11 18:00"),
        ("下周一", "2026-12-06 12:00", "2026-12-07 18:00"),
        ("周日", "2026-12-07 09:00", "2026-12-13 18:00"),
        ("本周内", "2026-12-05 09:00", "2026-12-06 18:00"),
        ("周末", "2026-12-06 19:00", "2026-12-06 23:59"),
        ("今天", "2026-12-02 19:00", "2026-12-02 23:59"),
        ("今晚", "2026-12-02 22:30", "2026-12-02 23:59"),
        ("今天12点前", "2026-12-02 13:00", "2026-12-03 00:00"),
        ("月底", "2026-12-31 19:00", "2026-12-31 23:59"),
        ("年底", "2026-12-31 19:00", "2026-12-31 23:59"),
        ("一个月内", "2027-01-31 09:00", "2027-02-28 18:00"),
        ("下月底", "2027-01-31 09:00", "2027-02-28 18:00"),
        ("2月29日", "2027-12-01 09:00", "2028-02-29 18:00"),
        ("明天", "2026-12-31 23:59", "2027-01-01 18:00"),
        ("5号", "2026-12-06 09:00", "2027-01-05 18:00"),
        ("季度末", "2026-02-10 09:00", "2026-03-31 18:00"),
        ("国庆前", "2026-09-30 19:00", "2026-09-30 23:59"),
        ("元旦前", "2026-01-01 09:00", "2026-12-31 18:00"),
    ],
)
def test_what_has_gone_by_means_the_next_one(text: str, now: str, expected: str) -> None:
    assert due(text, now) == expected


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("上周五", Past, Reason.PAST),
        ("昨天18:00前", Past, Reason.PAST),
        ("前天", Past, Reason.PAST),
        ("yesterday", Past, Reason.PAST),
        ("本周一", Past, Reason.PAST),
        ("今天9:00", Past, Reason.PAST),
        ("今早", Past, Reason.PAST),
        ("9:30", Past, Reason.PAST),
        ("12月2日9:00", Past, Reason.PAST),
        ("2025年12月5日", Past, Reason.PAST),
        ("2026-12-01", Past, Reason.PAST),
        ("本月1号", Past, Reason.PAST),
        ("0小时内", Past, Reason.PAST),
        ("2月30日", NoSuchDay, Reason.NO_SUCH_DAY),
        ("2月29日", NoSuchDay, Reason.NO_SUCH_DAY),
        ("13月5日", NoSuchDay, Reason.NO_SUCH_DAY),
        ("4-31", NoSuchDay, Reason.NO_SUCH_DAY),
        ("32号", NoSuchDay, Reason.NO_SUCH_DAY),
        ("2026-02-30 交表", NoSuchDay, Reason.NO_SUCH_DAY),
        ("9999年12月31日24:00", NoSuchDay, Reason.NO_SUCH_DAY),
        ("9999年12月31日23:59", NoSuchDay, Reason.NO_SUCH_DAY),
        ("0001年1月1日9:00", NoSuchDay, Reason.NO_SUCH_DAY),
        ("2127年1月1日9:00", NoSuchDay, Reason.NO_SUCH_DAY),
        ("12月5日（周五）", NoSuchDay, Reason.NO_SUCH_DAY),
        ("下周五（12月12日）", NoSuchDay, Reason.NO_SUCH_DAY),
        ("Feb 30", NoSuchDay, Reason.NO_SUCH_DAY),
        ("12月1日", JustGone, Reason.JUST_GONE),
        ("10-10 交表", JustGone, Reason.JUST_GONE),
        ("Dec 1", JustGone, Reason.JUST_GONE),
        ("11月底", JustGone, Reason.JUST_GONE),
        ("周五左右", Unclear, Reason.UNCLEAR),
        ("三五天内", Unclear, Reason.UNCLEAR),
        ("60个工作日内", NoCalendar, Reason.NO_CALENDAR),
        ("2070年春节前", NoCalendar, Reason.NO_CALENDAR),
        ("明天25:00", NoSuchTime, Reason.NO_SUCH_TIME),
        ("明天18:75", NoSuchTime, Reason.NO_SUCH_TIME),
        ("明天24:30", NoSuchTime, Reason.NO_SUCH_TIME),
        ("tomorrow 13pm", NoSuchTime, Reason.NO_SUCH_TIME),
    ],
)
def test_a_deadline_that_cannot_be_is_a_named_error(text: str, error: type[DeadlineError], reason: Reason) -> None:
    with pytest.raises(error) as caught:
        deadline.read(text, at(NOW))
    assert caught.value.reason is reason
    assert caught.value.written


def test_a_date_that_has_just_gone_by_says_both_days_that_may_be_meant() -> None:
    with pytest.raises(JustGone) as caught:
        deadline.read("11月20日前 交表", at(NOW))
    assert caught.value.written == "11月20日前"
    assert (caught.value.day, caught.value.later) == (date(2026, 11, 20), date(2027, 11, 20))


@pytest.mark.parametrize(("days", "asked"), [(1, True), (60, True), (61, False)])
def test_a_date_counts_as_just_gone_for_sixty_days(days: int, asked: bool) -> None:
    day = at(NOW).date() - timedelta(days=days)
    if asked:
        with pytest.raises(JustGone):
            due(f"{day.month}月{day.day}日")
    else:
        assert due(f"{day.month}月{day.day}日") == f"2027-{day:%m-%d} 18:00"


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("周五", NOW, "2026-12-04 17:30"),
        ("周五下班前", NOW, "2026-12-04 17:30"),
        ("EOD Friday", NOW, "2026-12-04 17:30"),
        ("今天", "2026-12-02 17:40", "2026-12-02 23:59"),
        ("周三到周五", NOW, "2026-12-04 17:30"),
        ("周五18:00", NOW, "2026-12-04 18:00"),
    ],
)
def test_the_working_day_ends_when_it_is_said_to(text: str, now: str, expected: str) -> None:
    working = Working(timedelta(hours=17, minutes=30))
    reading = deadline.read(text, at(now), working=working)
    assert reading
    assert f"{reading.due:%Y-%m-%d %H:%M}" == expected


def test_workdays_are_counted_by_the_calendar_that_is_given() -> None:
    working = Working(is_workday=lambda day: day.day % 2 == 1)
    reading = deadline.read("3个工作日内", at(NOW), working=working)
    assert reading
    assert reading.due.date() == date(2026, 12, 7)


def test_the_lunar_feasts_are_those_of_the_official_calendar() -> None:
    for day, name in chinese_calendar.holidays.items():
        feast = {"Spring Festival": "春节", "Dragon Boat Festival": "端午", "Mid-autumn Festival": "中秋"}.get(name)
        if feast and day.year >= 2024:
            assert abs(lunar.feast(feast, day.year) - day) <= timedelta(days=9)
    assert lunar.feast("清明", 2026) == date(2026, 4, 5)
    assert lunar.feast("清明", 2028) == date(2028, 4, 4)
    with pytest.raises(lunar.UnknownFeast):
        lunar.feast("中秋", 2080)


def test_the_thirty_first_of_a_short_month_is_no_day() -> None:
    with pytest.raises(NoSuchDay):
        due("31号", "2026-11-21 10:00")


def test_a_past_deadline_says_when_it_was() -> None:
    with pytest.raises(Past) as caught:
        deadline.read("今天9:00前 交表", at(NOW))
    assert caught.value.due == at("2026-12-02 09:00")
    assert caught.value.written == "今天9:00前"


def test_a_local_time_that_the_clock_skips_is_moved_forward() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    reading = deadline.read("2027-03-28 02:30 check", at("2027-03-27 12:00", berlin))
    assert reading
    assert reading.due == at("2027-03-28 03:30", berlin)
    assert reading.due.hour == 3


def test_hours_from_now_are_true_hours_across_a_clock_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    now = at("2027-03-28 01:00", berlin)
    reading = deadline.read("2小时内", now)
    assert reading
    assert reading.due.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=2)
    assert reading.due.hour == 4


def test_a_text_of_four_thousand_signs_is_read_at_once() -> None:
    for text in ("明天" + " " * 4094, "请" + " " * 4095, "12月" + " " * 4093, "一" * 4096, "明天" + "前" * 4094):
        try:
            reading = deadline.read(text, at(NOW))
        except DeadlineError:
            continue
        assert reading is None or reading.due > at(NOW)


PIECES = """
今天 明 后 晚 早 周五 下 本 周 星期 末 内 前 之前 月 底 年 季度 12 5 31 2 0 99 日 号 点 时 分 半 : ： . - / 18:00 25:00
十 百 二 零 〇 三 天 小时 个 上午 下午 中午 晚上 下班前 24:00 2026 9999 0001 today in next Friday by days T ( )
（周六） 截止 于 国庆 七一 提交
"""
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001
ZONES = st.sampled_from(["Asia/Shanghai", "UTC", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
TEXTS = st.lists(st.sampled_from([*PIECES.split(), " ", "　"]), max_size=8).map("".join) | st.text()


@given(text=TEXTS, moment=MOMENTS, zone=ZONES)
@example(text="0001年1月1日", moment=datetime(2026, 1, 1), zone="Asia/Shanghai")  # noqa: DTZ001
def test_any_text_gives_a_later_moment_or_nothing_or_a_named_error(text: str, moment: datetime, zone: str) -> None:
    now = moment.replace(tzinfo=ZoneInfo(zone))
    try:
        reading = deadline.read(text, now)
    except DeadlineError:
        return
    if reading:
        assert reading.due.astimezone(UTC) > now.astimezone(UTC)
        assert reading.due.tzinfo is now.tzinfo
        assert reading.due.astimezone(UTC).astimezone(now.tzinfo).hour == reading.due.hour
        assert text.rstrip().endswith(reading.rest)
        assert text.strip().startswith(reading.written)
        assert reading.rest == reading.rest.strip()
