"""Days away as people write them, on Wednesday 25 November 2026."""

from datetime import date

import pytest

from language import leave
from language.deadline import NoSuchDay

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
