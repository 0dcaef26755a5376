"""Days that the enterprise brings in itself go before the official calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot import doctor
from bot.calendar import is_workday, next_moment
from bot.cli import app
from bot.doctor import ok
from bot.renderer import Renderer
from domain.clock import calendar
from domain.clock.calendar import Day, WrongCalendar
from domain.clock.schedule import Days, Late, Planned
from storage.database import connect

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YEAR, SUNDAY = date(2027, 1, 1), date(2027, 2, 14)
CSV = "date,work,note\n2027-01-01,off,元旦\n\n2027-02-14, work\n"
TOML = "off = [2027-01-01]\nwork = [2027-02-14]\n"


def test_days_are_read_from_both_kinds_of_files():
    assert calendar.read_csv(CSV) == [Day(NEW_YEAR, False, "元旦"), Day(SUNDAY, True)]
    assert calendar.read_toml(TOML) == [Day(NEW_YEAR, False), Day(SUNDAY, True)]


def test_a_note_loses_what_no_store_takes():
    assert calendar.read_csv("2027-01-01,off,元\0旦\n") == [Day(NEW_YEAR, False, "元旦")]


def test_a_cell_without_end_is_refused():
    with pytest.raises(WrongCalendar):
        calendar.read_csv("2027-01-01,off," + "元" * 200_000)


@pytest.mark.parametrize("line", ["2027-13-01,off", "2027-01-01,holiday", "2027-01-01", "元旦,off", ",off"])
def test_a_wrong_line_is_named(line):
    with pytest.raises(WrongCalendar, match="line 2: "):
        calendar.read_csv(f"2027-01-01,off\n{line}\n")


@pytest.mark.parametrize(
    "text", ["off = 3", "on = [2027-01-01]", "off = [2027-01-01", "off = ['soon']", "off = [[]]", "off = " + "[" * 5000]
)
def test_a_wrong_toml_file_is_refused(text):
    with pytest.raises(WrongCalendar):
        calendar.read_toml(text)


def test_own_days_go_before_the_official_ones():
    own = {NEW_YEAR: False, SUNDAY: True, date(2026, 10, 1): True}
    assert [is_workday(day, own) for day in own] == [False, True, True]
    assert not is_workday(date(2026, 10, 1))


async def test_tasks_and_schedules_work_on_the_same_days_of_a_year_with_own_days(tmp_path):
    year = [date(2045, 1, 1) + timedelta(days=number) for number in range(365)]
    own = {date(2045, 1, 1): True, date(2045, 1, 3): False}
    url = f"sqlite:///{tmp_path / 'jingyi.db'}"
    async with connect(url, Renderer(), lambda: datetime(2026, 12, 1, tzinfo=SHANGHAI)) as database:
        await database.write(calendar.load, days=[Day(*one) for one in own.items()])
        works, known = await database.read(lambda stores: (calendar.workdays(stores), calendar.known_workdays(stores)))
    assert [works(day) for day in year] == [known(day) for day in year] == [is_workday(day, own) for day in year]
    assert not works(date(2045, 10, 2)), "a Monday that the law has off"


def test_a_schedule_of_workdays_passes_an_own_day_off():
    plan = Planned(1, "study.prompt", None, "30 8 * * *", "Asia/Shanghai", Days.WORKDAYS, Late.MERGE, None)
    before = datetime(2026, 12, 31, 12, tzinfo=SHANGHAI)
    monday = date(2027, 1, 4)
    assert next_moment(plan, before).date() == monday, "the law has New Year's Day off"
    assert next_moment(plan, before, {NEW_YEAR: True}).date() == NEW_YEAR
    assert next_moment(plan, before, {monday: False}).date() == date(2027, 1, 5)


@pytest.mark.parametrize(("name", "text"), [("days.csv", CSV), ("days.toml", TOML)])
async def test_a_file_is_brought_in_and_a_later_one_replaces_its_days(tmp_path, monkeypatch, name, text):
    url = f"sqlite:///{tmp_path / 'jingyi.db'}"
    async with connect(url, Renderer(), lambda: datetime(2026, 12, 1, tzinfo=SHANGHAI)) as database:
        read = calendar.read_toml if name.endswith("toml") else calendar.read_csv
        assert await database.write(calendar.load, days=[Day(NEW_YEAR, True)]) == 1
        assert await database.write(calendar.load, days=read(text)) == 2
        assert await database.read(lambda stores: stores.calendar.workdays()) == {NEW_YEAR: False, SUNDAY: True}
        assert await database.read(lambda stores: [stores.calendar.has_year(year) for year in (2026, 2027)]) == [
            False,
            True,
        ]


def test_the_command_says_how_many_and_the_doctor_is_content(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", f"sqlite:///{tmp_path / 'jingyi.db'}")
    (tmp_path / "days.csv").write_text(CSV, encoding="utf-8")
    done = CliRunner().invoke(app, ["import", "calendar", "days.csv"])
    assert (done.exit_code, done.stdout) == (0, "2 days are in the calendar.\n")
    december = datetime(2026, 12, 5, tzinfo=SHANGHAI)
    assert list(doctor.calendar_years(december, frozenset({2027}))) == [ok("doctor.calendar_ok", years="2026, 2027")]
