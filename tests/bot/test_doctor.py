"""What the doctor finds, and that it never tells the token."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import psycopg
import pytest
from typer.testing import CliRunner

from bot import clock, doctor, settings
from bot.cli import app
from bot.doctor import State, ok, wrong
from charts import fonts
from sandbox import Sandbox
from storage import migrate, server
from storage.messaging.postgres_worker import TAKE_LEADERSHIP, TAKE_NUMBER, PostgresWorker

TOKEN = "123456:doctors-own-secret"


@pytest.fixture
def file(tmp_path, monkeypatch):
    file = tmp_path / "jingyi.db"
    migrate.upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO study_items (code, title, topic, text, source) VALUES ('a', '安全', '', '先停机', '规程')"
        )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("JINGYI_TOKEN", TOKEN)
    return file


@pytest.fixture
async def sandbox(file, monkeypatch):
    async with Sandbox() as sandbox:
        sandbox.add_bot(TOKEN, username="jingyi_bot", can_read_all_group_messages=True)
        monkeypatch.setenv("JINGYI_API_URL", sandbox.url)
        yield sandbox


async def findings(now=clock.now):
    return [finding async for finding in doctor.examine(now)]


async def wrongs(now=clock.now):
    return {finding.text for finding in await findings(now) if finding.state is State.WRONG}


async def test_a_sound_installation_has_nothing_wrong(sandbox):
    assert await wrongs() == set()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_sound_installation_is_told_line_by_line(sandbox, monkeypatch, language):
    monkeypatch.setenv("JINGYI_LANGUAGE", language)
    done = await asyncio.to_thread(CliRunner().invoke, app, ["doctor"])
    assert (done.exit_code, done.exception) == (0, None)
    assert "@jingyi_bot" in done.stdout
    assert len(done.stdout.splitlines()) == len(await findings())


async def test_a_platform_that_does_not_answer_is_one_wrong_line(file, monkeypatch):
    monkeypatch.setenv("JINGYI_API_URL", "http://127.0.0.1:1")
    assert await wrongs() == {"doctor.platform_silent"}


async def test_what_is_no_platform_is_one_wrong_line(sandbox, monkeypatch):
    monkeypatch.setenv("JINGYI_API_URL", f"{sandbox.url}/nowhere")
    assert await wrongs() == {"doctor.platform_silent"}


async def test_a_token_that_the_platform_does_not_know_is_wrong(sandbox, monkeypatch):
    monkeypatch.setenv("JINGYI_TOKEN", "123456:an-older-one")
    assert await wrongs() == {"doctor.token_wrong"}


async def test_a_store_that_has_served_another_bot_is_told_of_and_not_wrong(sandbox, file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO bots (id, number, met_at) VALUES (123456, 0, '2026-11-25 02:00:00')")
    assert "doctor.bot_new" not in {finding.text for finding in await findings()}
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE bots SET id = 777")
    assert "doctor.bot_new" in {f.text for f in await findings() if f.state is State.NOTE}


async def test_privacy_mode_is_told_and_not_wrong(sandbox, monkeypatch):
    sandbox.add_bot("777:private", username="private_bot")
    monkeypatch.setenv("JINGYI_TOKEN", "777:private")
    seen = await findings()
    assert {f.state for f in seen if f.text == "doctor.privacy_on"} == {State.NOTE}
    assert not [f for f in seen if f.state is State.WRONG]


async def test_a_webhook_that_points_elsewhere_is_wrong_while_polling_is_wanted(sandbox):
    async with aiohttp.ClientSession() as session:
        url = "https://elsewhere.example.org/secret-path"
        await session.post(f"{sandbox.url}/bot{TOKEN}/setWebhook", data={"url": url})
    (told,) = [f for f in await findings() if f.state is State.WRONG]
    assert (told.text, told.values) == ("doctor.webhook_other", {"host": "elsewhere.example.org"})


@pytest.mark.parametrize(
    ("wanted", "info", "said"),
    [
        (None, {"url": ""}, ["doctor.polling_ok"]),
        ("https://a.example/x", {"url": "https://a.example/x"}, ["doctor.webhook_ok"]),
        ("https://a.example/x", {"url": ""}, ["doctor.webhook_not_yet"]),
        ("https://a.example/x", {"url": "https://b.example/x"}, ["doctor.webhook_other"]),
        (
            "https://a.example/x",
            {"url": "https://a.example/x", "last_error_message": "502"},
            ["doctor.webhook_ok", "doctor.webhook_error"],
        ),
        (None, {}, ["doctor.polling_ok"]),
    ],
)
def test_the_way_in_is_held_against_the_settings(wanted, info, said):
    assert [finding.text for finding in doctor.way_in(wanted, info)] == said


async def test_a_clock_is_compared_with_the_last_time_that_the_store_saw(sandbox, file):
    with closing(sqlite3.connect(file)) as connection, connection:
        seen = int(clock.now().timestamp() * 1_000_000)
        connection.execute("INSERT INTO time_marks VALUES (1, ?, ?, 0, 0)", (seen, seen))
    assert ("doctor.clock_seen", State.OK) in {(one.text, one.state) for one in await findings()}
    behind = await wrongs(lambda: clock.now() - timedelta(hours=2))
    assert {"doctor.clock_behind", "doctor.clock_off"} <= behind


@pytest.mark.parametrize("minutes", [-2, 2])
async def test_a_clock_that_is_off_is_wrong(sandbox, minutes):
    assert await wrongs(lambda: clock.now() + timedelta(minutes=minutes)) == {"doctor.clock_off"}


def test_a_minute_is_borne():
    assert doctor.clock(timedelta(seconds=-60)) == ok("doctor.clock_ok")


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (datetime(2026, 11, 30, tzinfo=UTC), [ok("doctor.calendar_ok", years="2026")]),
        (datetime(2026, 12, 1, tzinfo=UTC), [wrong("doctor.calendar_missing", year=2027)]),
        (datetime(2025, 12, 31, tzinfo=UTC), [ok("doctor.calendar_ok", years="2025, 2026")]),
        (datetime(2027, 1, 1, tzinfo=UTC), [wrong("doctor.calendar_missing", year=2027)]),
    ],
)
def test_the_next_year_is_looked_for_from_december_on(day, found, monkeypatch):
    monkeypatch.setattr("bot.calendar.has_year", lambda year: year <= 2026)
    assert list(doctor.calendar_years(day)) == found


def gone(file):
    file.unlink()


def empty(file):
    file.write_bytes(b"")


def damaged(file):
    file.write_bytes(b"This is not a database." * 100)


def torn(file):
    with file.open("r+b") as opened:
        opened.seek(3 * 4096)
        opened.write(b"\xff" * 8192)


def newer(file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (gone, "doctor.store_missing"),
        (empty, "doctor.store_empty"),
        (damaged, "doctor.store_broken"),
        (torn, "doctor.store_broken"),
        (newer, "doctor.store_newer"),
    ],
)
async def test_what_is_wrong_with_the_store_is_told(sandbox, file, spoil, said):
    spoil(file)
    assert await wrongs() == {said}
    assert file.exists() == (spoil is not gone), "it only looks"


async def test_an_empty_library_is_a_note(sandbox, file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM study_items")
    seen = {finding.text: finding.state for finding in await findings()}
    assert seen["doctor.library_empty"] is State.NOTE


async def test_the_fonts_of_the_pictures_are_looked_at(sandbox, monkeypatch, tmp_path):
    assert ok("doctor.fonts_ok") in await findings()
    there, gone, broken = fonts.FILES[0], tmp_path / "gone.otf", tmp_path / "broken.otf"
    monkeypatch.setattr(fonts, "FILES", (there, gone))
    assert "doctor.fonts_missing" in await wrongs()
    broken.write_bytes(there.read_bytes()[:1000])
    monkeypatch.setattr(fonts, "FILES", (there, broken))
    assert wrong("doctor.fonts_incomplete", count=8105 + 62) in await findings()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_wrong_fails_the_command_in_the_readers_language(file, monkeypatch, language):
    monkeypatch.setenv("JINGYI_API_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("JINGYI_LANGUAGE", language)
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 1
    assert {"zh": "平台没有回音", "en": "the platform does not answer"}[language] in done.stdout
    assert TOKEN not in done.output
    assert TOKEN.partition(":")[2] not in done.output


@pytest.mark.parametrize(
    ("name", "value"), [("TOKEN", ""), ("TOKEN", "doctors-own-secret"), ("LANGUAGE", "fr"), ("TIMEZONE", "Mars/Base")]
)
def test_a_wrong_setting_is_one_line_and_the_rest_is_still_looked_at(file, monkeypatch, name, value):
    monkeypatch.setenv(f"JINGYI_{name}", value)
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 1
    assert f"有误  JINGYI_{name}: " in done.stdout
    assert "SQLite" in done.stdout
    assert "doctors-own-secret" not in done.output


@pytest.fixture
def database(sandbox, postgres, monkeypatch):
    with postgres.database() as url:
        monkeypatch.setenv("JINGYI_DATABASE_URL", url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "INSERT INTO study_items (code, title, topic, text, source) VALUES ('a', '安全', '', '先停机', '规程')"
            )
            connection.execute("INSERT INTO calendar_days (day, is_workday, note) VALUES ('2099-01-01', false, '')")
            yield connection


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_sound_database_is_told_line_by_line(database, monkeypatch, language):
    monkeypatch.setenv("JINGYI_LANGUAGE", language)
    assert await wrongs() == set()
    told = {finding.text for finding in await findings()}
    assert {"doctor.server_ok", "doctor.database_ok", "doctor.library_ok", "doctor.workers_none"} <= told
    done = await asyncio.to_thread(CliRunner().invoke, app, ["doctor"])
    assert (done.exit_code, done.exception) == (0, None)
    assert "PostgreSQL 1" in done.stdout


async def test_days_of_its_own_are_found_in_a_database(database, monkeypatch):
    monkeypatch.setattr("bot.calendar.has_year", lambda _: False)
    assert "doctor.calendar_missing" not in await wrongs(lambda: datetime(2099, 3, 1, tzinfo=UTC))


async def test_a_server_that_cannot_be_asked_is_one_line_without_the_password(sandbox, monkeypatch):
    monkeypatch.setenv("JINGYI_DATABASE_URL", "postgresql://li:hidden-word@127.0.0.1:1/jingyi")
    assert await wrongs() == {"doctor.server_silent"}
    done = await asyncio.to_thread(CliRunner().invoke, app, ["doctor"])
    assert (done.exit_code, "hidden-word" in done.output) == (1, False)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "doctor.store_newer"),
        ("UPDATE alembic_version SET version_num = '0001'", "doctor.store_old"),
        ("DROP TABLE alembic_version", "doctor.store_empty"),
    ],
)
async def test_a_database_of_another_version_is_told(database, spoil, said):
    database.execute(spoil)
    assert await wrongs() == {said}


async def test_who_works_on_a_database_is_told(database, monkeypatch):
    worker = PostgresWorker(settings.read(settings.StoreSettings).database_url)
    await worker.join(lambda _: None, lambda: None)
    found = {finding.text: finding for finding in await findings()}
    assert found["doctor.workers_ok"].values == {"count": 1}
    await worker.leave()
    assert "doctor.workers_none" in {finding.text for finding in await findings()}


async def test_a_stranger_that_holds_the_lead_is_told(database):
    database.execute(TAKE_LEADERSHIP)
    assert await wrongs() == {"doctor.leader_strange"}


async def test_programs_of_which_none_leads_are_told(database):
    database.execute(TAKE_NUMBER, (17,))
    assert await wrongs() == {"doctor.leader_missing"}


async def test_an_old_server_and_letters_that_it_cannot_hold_are_told(database, monkeypatch):
    look = server.look
    monkeypatch.setattr(
        "storage.server.look", lambda url: replace(look(url), number=130012, version="13.12", encoding="SQL_ASCII")
    )
    assert await wrongs() == {"doctor.server_old", "doctor.database_encoding"}
