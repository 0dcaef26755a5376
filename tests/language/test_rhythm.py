"""Rhythms as people write them, in Chinese and English."""

from datetime import time

import pytest

from language.deadline import NoSuchDay, NoSuchTime, Unclear
from language.rhythm import Said, Spot, read

END = time(18)


def day(n: int, month: int = 0) -> Spot:
    return Spot("day", n, month=month)


def workday(n: int, month: int = 0) -> Spot:
    return Spot("workday", n, month=month)


def said(unit: str, *spots: Spot, at: time = END, every: int = 1, off: str | None = None) -> Said:
    return Said(unit, spots, at, every, off)


EVERY_FRIDAY = Spot("weekday", 1, 4)
READ = {
    "每天 交日报": said("day", day(1)),
    "每天8:30 晨检": said("day", day(1), at=time(8, 30)),
    "每日一题": said("day", day(1)),
    "每3天 巡检": said("day", day(1), every=3),
    "隔天 巡检": said("day", day(1), every=2),
    "每个工作日 17点前 报平安": said("day", workday(1), at=time(17)),
    "每周一9:00 交周报": said("week", day(1), at=time(9)),
    "每週一９：００　交周报": said("week", day(1), at=time(9)),
    "每星期五下午3点 例会": said("week", day(5), at=time(15)),
    "每周一、三、五 9:00 开班前会": said("week", day(1), day(3), day(5), at=time(9)),
    "每周一三五下午3点 检查": said("week", day(1), day(3), day(5), at=time(15)),
    "每周一和周四 巡检": said("week", day(1), day(4)),
    "每周一至周五 打卡": said("week", *map(day, range(1, 6))),
    "每周一次党小组会": said("week", workday(-1)),
    "每周五个案例": said("week", workday(-1)),
    "每周 交周报": said("week", workday(-1)),
    "每周六 值班": said("week", day(6)),
    "每两周周五 开会": said("week", day(5), every=2),
    "隔周周三下午2点 例会": said("week", day(3), at=time(14), every=2),
    "每隔一周的周五 开会": said("week", day(5), every=2),
    "每月15日 报送材料": said("month", day(15)),
    "每月15日24:00 报送材料": said("month", day(15), at=time(23, 59)),
    "每月十五号 报送材料": said("month", day(15)),
    "每月1号、15号 交表": said("month", day(1), day(15)),
    "每月31日 盘点": said("month", day(31)),
    "每月25日前 收缴党费": said("month", day(25)),
    "每月底 交总结": said("month", day(-1)),
    "每月底前3个工作日 交总结": said("month", workday(-3)),
    "每月倒数第3天 盘点": said("month", day(-3)),
    "每月第一个工作日 交表": said("month", workday(1)),
    "每月最后一个工作日 报送台账": said("month", workday(-1)),
    "每月第一个周五 党日活动": said("month", EVERY_FRIDAY),
    "每月最后一个周五 党日活动": said("month", Spot("weekday", -1, 4)),
    "每月上旬 开会": said("month", day(10)),
    "每月 支委会": said("month", workday(-1)),
    "每月例会纪要": said("month", workday(-1)),
    "每月至少1次 支委会": said("month", workday(-1)),
    "每两个月15日 交表": said("month", day(15), every=2),
    "每季度 讲党课": said("quarter", workday(-1)),
    "每季度末 盘点": said("quarter", day(-1)),
    "每季度末前5个工作日 报总结": said("quarter", workday(-5)),
    "每季度倒数第5个工作日 报总结": said("quarter", workday(-5)),
    "每季度首月10日 报表": said("quarter", day(10, 1)),
    "每季度第2个月15日 报表": said("quarter", day(15, 2)),
    "每季度末月最后一个工作日 报表": said("quarter", workday(-1, -1)),
    "每半年 民主评议": said("half_year", workday(-1)),
    "每半年末前5个工作日 考察": said("half_year", workday(-5)),
    "每年 组织生活会": said("year", workday(-1)),
    "每年7月1日 慰问": said("year", day(1, 7)),
    "每年七一 慰问": said("year", day(1, 7)),
    "每年2月31日 盘点": said("year", day(31, 2)),
    "每年3月5日、12月5日 志愿服务": said("year", day(5, 3), day(5, 12)),
    "每年1月、7月 专题会": said("year", workday(-1, 1), workday(-1, 7)),
    "每年12月最后一个工作日 述职": said("year", workday(-1, 12)),
    "每年12月底 述职": said("year", day(-1, 12)),
    "每年底前10个工作日 述职": said("year", workday(-10)),
    "每月15日逢节假日顺延 交表": said("month", day(15), off="after"),
    "每月15日 9:00（遇节假日提前） 交表": said("month", day(15), at=time(9), off="before"),
    "每周一9:00，休息日照常 值班": said("week", day(1), at=time(9), off="keep"),
    "every day report": said("day", day(1)),
    "every workday 8:30 check": said("day", workday(1), at=time(8, 30)),
    "every Monday 9am weekly report": said("week", day(1), at=time(9)),
    "every Monday at 9:00 weekly report": said("week", day(1), at=time(9)),
    "every Mon, Wed and Fri check": said("week", day(1), day(3), day(5)),
    "every other Friday 6pm review": said("week", day(5), every=2),
    "every 2 weeks on Friday review": said("week", day(5), every=2),
    "the last workday of every month report": said("month", workday(-1)),
    "every month on the 15th report": said("month", day(15)),
    "the 15th of every month report": said("month", day(15)),
    "first Friday of every month party day": said("month", EVERY_FRIDAY),
    "5 workdays before the end of every quarter report": said("quarter", workday(-5)),
    "every year on 1 July visit": said("year", day(1, 7)),
    "every July 1 visit": said("year", day(1, 7)),
    "monthly dues": said("month", workday(-1)),
    "every month on the 15th, if off the workday after dues": said("month", day(15), off="after"),
}
NONE = (
    *(
        "周五 交表",
        "下周一 交表",
        "每人一份心得",
        "每位党员 周五前 交表",
        "每个人 交表",
        "3天内 交表",
        "",
        "everybody hand in",
    ),
    *("今年7月1日 慰问", "月底 交表", "年年有余", "日常巡检", "Monday report"),
)
UNCLEAR = (
    "每月初 开会",
    "每月三次 开会",
    "每周两次 巡检",
    "每周末 值班",
    "每周五至周一 值班",
    "每13天 巡检",
    "每月上半月 开会",
)
NO_SUCH_DAY = ("每月32日 开会", "每年13月1日 开会", "每月0日 开会", "每季度第4个月 开会", "每月第40个工作日 开会")


@pytest.mark.parametrize("text", READ)
def test_a_rhythm_is_read(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.said == READ[text]


@pytest.mark.parametrize("text", NONE)
def test_other_words_are_no_rhythm(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_may_mean_several_rhythms_is_asked_about(text: str) -> None:
    with pytest.raises(Unclear):
        read(text)


@pytest.mark.parametrize("text", NO_SUCH_DAY)
def test_days_that_no_period_has_are_refused(text: str) -> None:
    with pytest.raises(NoSuchDay):
        read(text)


def test_a_time_that_no_clock_has_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        read("每周一25:00 开会")


def test_the_rest_is_the_title() -> None:
    found = read("  每周一9:00，提交<周报>  ")
    assert found is not None
    assert (found.written, found.rest) == ("每周一9:00", "提交<周报>")


def test_a_long_text_takes_no_longer() -> None:
    assert read("每" * 100_000) is None
    found = read("每周一" + "、三" * 50_000)
    assert found is not None
