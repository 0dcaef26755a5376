"""Days away as people write them, on Wednesday 25 November 2026."""

from datetime import date

import pytest

from language import leave
from language.deadline import JustGone, NoSuchDay, Unclear

TODAY = date(2026, 11, 25)


def day(written):
    return date.fromisoformat(written if len(written) > 5 else f"2026-{written}")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("到周五", "11-25", "11-27"),
        ("到 周五 探亲", "11-25", "11-27"),
        ("until Friday", "11-25", "11-27"),
        ("到月底", "11-25", "11-30"),
        ("明天", "11-26", "11-26"),
        ("明天请假一天", "11-26", "11-26"),
        ("11-24 11-30", "11-24", "11-30"),
        ("11-24 至 11-30", "11-24", "11-30"),
        ("11.24-11.30", "11-24", "11-30"),
        ("２４号到３０号", "11-24", "11-30"),
        ("28号到30号", "11-28", "11-30"),
        ("20号到24号", "12-20", "12-24"),
        ("12-24 到 30号", "12-24", "12-30"),
        ("11月20日到11月30日", "11-20", "11-30"),
        ("从12月1日到3日", "12-01", "12-03"),
        ("周四到周五", "11-26", "11-27"),
        ("周五-下周二", "11-27", "12-01"),
        ("下周一至下周三", "11-30", "12-02"),
        ("12-30 到 1-3", "12-30", "2027-01-03"),
        ("2026-11-02~2026-11-13", "11-02", "11-13"),
        ("Nov 24 to Nov 30", "11-24", "11-30"),
        ("from tomorrow to Friday", "11-26", "11-27"),
        ("从下周一起", "11-30", None),
        ("from tomorrow on", "11-26", None),
        ("自11月28日起至12月2日止", "11-28", "12-02"),
        ("11月28日起到12月2日", "11-28", "12-02"),
        ("从11-20起", "11-20", None),
        ("下周", "11-30", "12-06"),
        ("下周请假", "11-30", "12-06"),
        ("本周", "11-25", "11-29"),
        ("下个月", "12-01", "12-31"),
        ("周末", "11-28", "11-29"),
        ("next week", "11-30", "12-06"),
        ("下周三", "12-02", "12-02"),
        ("下周一到周三", "11-30", "12-02"),
        ("下周一至下周三 出差", "11-30", "12-02"),
        ("Monday to Wednesday", "11-30", "12-02"),
        ("本周五请一天", "11-27", "11-27"),
        ("明天请假2天", "11-26", "11-27"),
        ("周一请三天", "11-30", "12-02"),
        ("从下周一起5个工作日", "11-30", "12-04"),
        ("从周四起5个工作日", "11-26", "12-02"),
        ("12月1日-3日", "12-01", "12-03"),
        ("12月1日至3日共3天", "12-01", "12-03"),
        ("11月28号到2号", "11-28", "12-02"),
        ("5号到月底", "11-05", "11-30"),
        ("请假到周五", "11-25", "11-27"),
        ("我想请假到下周二", "11-25", "12-01"),
        ("请病假明天", "11-26", "11-26"),
        ("从今天到周五", "11-25", "11-27"),
        ("即日起到周五", "11-25", "11-27"),
        ("到周五下班", "11-25", "11-27"),
        ("12月1日起，12月5日止", "12-01", "12-05"),
        ("自即日起至周五", "11-25", "11-27"),
        ("26年12月1日到3日", "12-01", "12-03"),
    ],
)
def test_days_away_are_read(written, first, last):
    assert leave.read(written, TODAY) == leave.Span(day(first), last and day(last))


@pytest.mark.parametrize("written", ["", "探亲", "三天", "-", "到", "@li", "到哪里", "9" * 5000])
def test_what_names_no_day_is_none(written):
    assert leave.read(written, TODAY) is None


@pytest.mark.parametrize("written", ["2月30日", "到11月31日", "2026-11-20 到 2026-11-31"])
def test_a_day_that_is_none_is_told(written):
    with pytest.raises(NoSuchDay):
        leave.read(written, TODAY)


def test_the_last_day_may_come_out_before_the_first():
    assert leave.read("2026-11-20 到 2026-11-10", TODAY) == leave.Span(day("11-20"), day("11-10"))


@pytest.mark.parametrize(
    ("written", "back"), [("销假", True), ("回来了", True), ("back", True), ("到周五", False), ("", False)]
)
def test_coming_back_is_understood(written, back):
    assert leave.is_back(written) is back


@pytest.mark.parametrize("written", ["11-20 至 11-23", "11-20", "10-1 至 10-7", "到11月20日", "11月1日到11月24日"])
def test_dates_without_year_that_have_just_gone_by_are_asked_about(written):
    with pytest.raises(JustGone):
        leave.read(written, TODAY)


@pytest.mark.parametrize(
    "written",
    [
        "周四和周五",
        "周四、周五",
        "下周一、周三",
        "周五左右",
        "周五前",
        "到周五前",
        "一周内",
        "三天后",
        "明天请三天",
        "12月1日至3日共5天",
        "明天下午到周五",
        "周三到再说",
        "下周一起一周",
        "明天请一周",
        "周一请两三天",
        "12月份",
        "元旦前",
    ],
)
def test_what_may_mean_several_days_is_asked_about(written):
    with pytest.raises(Unclear):
        leave.read(written, TODAY)


@pytest.mark.parametrize(
    ("written", "day_meant", "part"),
    [
        ("明天下午", "11-26", "下午"),
        ("周五上午请假", "11-27", "上午"),
        ("明天半天", "11-26", "半天"),
        ("明天请半天假", "11-26", "半天"),
        ("明天9:00-11:00", "11-26", "9:00"),
        ("到周五上午", "11-27", "上午"),
        ("tomorrow afternoon", "11-26", "afternoon"),
    ],
)
def test_a_part_of_a_day_is_asked_about(written, day_meant, part):
    with pytest.raises(leave.HalfDay) as caught:
        leave.read(written, TODAY)
    assert (caught.value.day, caught.value.part) == (day(day_meant), part)
