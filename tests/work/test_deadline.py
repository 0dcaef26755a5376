"""Deadlines in chat: what is not clear is asked about, and nothing is given; workdays by the enterprise's calendar."""

from datetime import date

import pytest

from domain.clock import calendar
from domain.clock.calendar import Day
from tests.dialogue import SECRETARY, Place


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("周五左右 交表", "“周五”可以有几种意思"),
        ("三五天内 交表", "“三五天内”可以有几种意思"),
        ("周四和周五 交表", "可以有几种意思"),
        ("月底前三天 交表", "可以有几种意思"),
        (
            "11月20日前 交表",
            "“11月20日前”是今年已经过去的 11月20日（周五），还是明年？明年请带上年份。例：/task @li 2027-11-20",
        ),
        ("60个工作日内 交表", "放假安排还没公布"),
        ("周三党课签到表", "没看懂截止时间"),
    ],
)
async def test_a_deadline_that_is_not_clear_is_asked_about(group: Place, words: str, answer: str) -> None:
    assert answer in await group.says(SECRETARY, f"/task @li {words}")
    assert await group.world.rows("tasks") == 0


@pytest.mark.parametrize(
    ("words", "due", "title"),
    [
        ("周五 晨跑", "11月27日（周五）18:00", "晨跑"),
        ("12月1日-12月3日 隐患排查", "12月3日（周四）18:00", "隐患排查"),
        ("3个工作日内 交表", "11月30日（周一）18:00", "交表"),
        ("春节前 走访慰问", "2月5日（周五）18:00", "走访慰问"),
    ],
)
async def test_a_deadline_is_read_to_its_end(group: Place, words: str, due: str, title: str) -> None:
    told = await group.says(SECRETARY, f"/task @li {words}")
    assert due in told
    assert title in told


async def test_workdays_go_by_the_enterprises_own_days(group: Place) -> None:
    days = [Day(date(2026, 11, 28), is_workday=True), Day(date(2027, 1, 1), is_workday=False)]
    await group.world.program.database.write(calendar.load, days=days)
    assert "11月28日（周六）18:00" in await group.says(SECRETARY, "/task @li 3个工作日内 交表")
    assert "1月4日（周一）18:00" in await group.says(SECRETARY, "/task @li 28个工作日内 交表")


async def test_the_form_asks_again(group: Place) -> None:
    await group.says(SECRETARY, "/task")
    await group.says(SECRETARY, "@li", reply_to=group.bot_messages()[-1])
    question = group.bot_messages()[-1]
    assert "可以有几种意思" in await group.says(SECRETARY, "周五左右", reply_to=question)
    assert "11月27日（周五）18:00截止" in await group.says(SECRETARY, "周五", reply_to=question)
