"""A wrong setting is one line that says which, why, and a right example; secrets are told to nobody."""

import json
import logging
import re
import sys
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot import logs, settings
from bot.settings import EXAMPLES, Settings, WrongSetting

TOKEN = "123456:ABC-the-secret-part"
SECRET = "webhook-secret-word"


@pytest.fixture(autouse=True)
def nothing_around(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"JINGYI_{name.upper()}", raising=False)
    monkeypatch.setenv("JINGYI_TOKEN", TOKEN)


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("token", "", "is missing"),
        ("token", "abc", "not a bot token"),
        ("token", "123456", "not a bot token"),
        ("token", "123456:", "not a bot token"),
        ("api_url", "api.telegram.org", "not a web address"),
        ("database_url", "jingyi.db", "not "),
        ("database_url", "sqlite:///", "not "),
        ("database_url", "mysql://host/db", "not "),
        ("database_url", "postgresql://host", "not "),
        ("database_url", "postgresql://host:port/db", "not "),
        ("database_url", "postgresql://jingyi:pass@word@host/db", "written %40"),
        ("webhook_url", "bot.example.org", "not a web address"),
        ("webhook_secret", "with blanks", "not 1 to 256"),
        ("webhook_secret", "x" * 257, "not 1 to 256"),
        ("http", "8080", "not HOST:PORT"),
        ("http", "127.0.0.1:99999", "not HOST:PORT"),
        ("http", "127.0.0.1:http", "not HOST:PORT"),
        ("http", ":8080", "not HOST:PORT"),
        ("timezone", "Peking", "no such time zone"),
        ("timezone", "../etc/passwd", "no such time zone"),
        ("language", "fr", "zh"),
        ("admins", "li, wang", "not "),
        ("log", "xml", "text"),
        ("proxy", "127.0.0.1:3128", "not a web address"),
    ],
)
def test_a_wrong_setting_is_one_line_with_a_right_example(monkeypatch, name, value, wrong):
    variable = f"JINGYI_{name.upper()}"
    monkeypatch.setenv(variable, value)
    with pytest.raises(WrongSetting) as caught:
        settings.read(Settings)
    line = str(caught.value)
    assert line.startswith(f"{variable}: ")
    assert wrong in line
    assert line.endswith(f"for example {variable}={EXAMPLES[name]}")
    assert "\n" not in line
    assert not value or value not in line.removesuffix(EXAMPLES[name]), "what was given may be a secret"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_right_example(monkeypatch, name):
    monkeypatch.setenv(f"JINGYI_{name.upper()}", EXAMPLES[name])
    assert settings.read(Settings) is not None


def test_what_is_not_set_has_its_default():
    read = settings.read(Settings)
    assert (read.api_url, read.database_url, read.http) == (
        "https://api.telegram.org", "sqlite:///jingyi.db", "127.0.0.1:8080",
    )  # fmt: skip
    assert (read.timezone, read.language, read.admins, read.log) == ("Asia/Shanghai", "zh", frozenset(), "text")


@pytest.mark.parametrize("written", ["1,2,3", "1 2 3", "1，2， 3", " 1, 2,3 "])
def test_administrators_are_written_with_commas_or_blanks(monkeypatch, written):
    monkeypatch.setenv("JINGYI_ADMINS", written)
    assert settings.read(Settings).admins == {1, 2, 3}


@pytest.mark.parametrize(
    ("http", "address"),
    [("192.0.2.1:80", ("192.0.2.1", 80)), ("[::1]:8080", ("::1", 8080)), ("localhost:0", ("localhost", 0))],
)
def test_where_to_listen(monkeypatch, http, address):
    monkeypatch.setenv("JINGYI_HTTP", http)
    assert settings.read(Settings).http_address == address


@pytest.mark.parametrize(("url", "file"), [("sqlite:///a.db", "a.db"), ("sqlite:////var/a b.db", "/var/a b.db")])
def test_the_file_of_the_store(monkeypatch, url, file):
    monkeypatch.setenv("JINGYI_DATABASE_URL", url)
    assert settings.read(Settings).database_file == Path(file)


def test_a_database_on_a_server_has_no_file(monkeypatch):
    monkeypatch.setenv("JINGYI_DATABASE_URL", "postgresql://jingyi:secret@db.example.org/jingyi")
    read = settings.read(Settings)
    with pytest.raises(WrongSetting, match="SQLite file") as caught:
        _ = read.database_file
    assert "secret" not in str(caught.value)


def test_no_secret_is_shown_and_each_is_known_to_the_log(monkeypatch):
    monkeypatch.setenv("JINGYI_DATABASE_URL", "postgresql://jingyi:pass%40word@db.example.org/jingyi")
    monkeypatch.setenv("JINGYI_WEBHOOK_SECRET", "a-long-random-word")
    read = settings.read(Settings)
    assert set(read.secrets) == {"pass@word", "pass%40word", "a-long-random-word", TOKEN}
    assert [secret for secret in read.secrets if secret in repr(read)] == []


@pytest.mark.parametrize("url", ["sqlite:///jingyi.db", "postgresql://jingyi@/jingyi"])
def test_a_database_without_a_password_has_no_secret(monkeypatch, url):
    monkeypatch.setenv("JINGYI_DATABASE_URL", url)
    assert settings.read(Settings).secrets == (TOKEN,)


def test_a_file_gives_what_the_environment_does_not(monkeypatch):
    Path(".env").write_text(f"JINGYI_TOKEN={TOKEN}\nJINGYI_LANGUAGE=en\nJINGYI_LOG=json\nOTHER=1\n", encoding="utf-8")
    monkeypatch.delenv("JINGYI_TOKEN")
    monkeypatch.setenv("JINGYI_LOG", "text")
    read = settings.read(Settings)
    assert (read.language, read.log) == ("en", "text")


def test_an_empty_variable_is_an_unset_one(monkeypatch):
    monkeypatch.setenv("JINGYI_WEBHOOK_URL", "")
    assert settings.read(Settings).webhook_url is None


def test_settings_that_are_shown_show_no_secret(monkeypatch):
    monkeypatch.setenv("JINGYI_WEBHOOK_SECRET", SECRET)
    read = settings.read(Settings)
    for shown in (repr(read), str(read), f"{read}", str(read.model_dump()), read.model_dump_json()):
        assert "the-secret-part" not in shown
        assert SECRET not in shown


@pytest.fixture
def logged(monkeypatch):
    """What is logged, in a style; the program's loggers are as before afterwards."""
    root, output = logging.getLogger(), StringIO()
    handlers, level, configured = root.handlers[:], root.level, structlog.get_config()
    levels = {name: logging.getLogger(name).level for name in ("aiohttp.access", "alembic")}

    def set_up(style):
        monkeypatch.setattr(sys, "stderr", output)
        logs.set_up(style, (TOKEN, SECRET))
        return output

    yield set_up
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.configure(**configured)


@pytest.mark.parametrize("style", ["text", "json"])
def test_no_log_line_holds_a_secret_wherever_it_turns_up(logged, style):
    output = logged(style)
    log, plain = structlog.get_logger(), logging.getLogger("some.library")
    address = f"https://api.telegram.org/bot{TOKEN}/getMe"
    log.warning("calling", url=address)
    log.warning(f"calling {address}")
    log.warning("nested", request={"url": address, "headers": [SECRET, (TOKEN, 1)]})
    log.warning("an error", error=ValueError(address))
    plain.warning("calling %s with %s", address, SECRET)
    plain.warning("calling %(url)s", {"url": address})
    try:
        raise ConnectionError(f"{address} refused")
    except ConnectionError:
        log.exception("failed", name=TOKEN)
        plain.exception("failed")
    told = output.getvalue()
    assert told.count("***") >= 10
    assert "the-secret-part" not in told
    assert SECRET not in told
    assert "ConnectionError" in told


def test_a_json_log_is_one_object_a_line(logged):
    output = logged("json")
    structlog.get_logger("bot.x").info("说\n话", number=3)
    logging.getLogger("lib").warning("a\nb")
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    assert [(line["event"], line["level"]) for line in lines] == [("说\n话", "info"), ("a\nb", "warning")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", line["timestamp"]) for line in lines)
