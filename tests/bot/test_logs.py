"""What a line of the log holds: the update or the delivery that it is about; no secret, and no word of a person."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from telegram import Update
from telegram.error import BadRequest

from bot import clock, logs
from bot.handling import Handling
from bot.metrics import Metrics
from bot.reading import arrive
from bot.sender import _told
from domain.messaging import inbox

WORDS = "食堂晚班加个热菜"
TOKEN = "123456:log-secret"


@pytest.fixture(params=["json", "text"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the log writes; the tests' own logging is put back afterwards."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    logs.set_up(request.param, (TOKEN,))
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


def store_twice() -> None:
    """As a statement fails that was to store a person's words."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE said (words TEXT UNIQUE)"))
            for _ in range(2):
                connection.execute(text("INSERT INTO said VALUES (:words)"), {"words": WORDS})
    finally:
        engine.dispose()


def fail() -> None:
    local = WORDS  # no value of a local name may be told
    try:
        store_twice()
    except IntegrityError as error:
        raise KeyError(local) from error


def test_an_error_is_told_by_place_and_kind_without_its_words(written):
    try:
        fail()
    except KeyError:
        structlog.get_logger("bot").exception("handling an update failed", update=7)
    told = written.getvalue()
    assert WORDS not in told
    for part in ("builtins.KeyError", "sqlalchemy.exc.IntegrityError", "in store_twice", "in fail"):
        assert part in told


def test_an_error_of_a_library_is_told_the_same_way(written):
    try:
        fail()
    except KeyError:
        logging.getLogger("aiohttp.server").exception("Error handling request")
    assert "builtins.KeyError" in written.getvalue()
    assert WORDS not in written.getvalue()


def test_a_token_is_blanked_in_what_a_library_says(written):
    logging.getLogger("telegram").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert "/bot***/getMe" in written.getvalue()


class Failing:
    """Stands for the application: it logs as a handler may, then fails."""

    def __init__(self) -> None:
        self.bot = None

    async def process_update(self, update: Update) -> None:
        logging.getLogger("handlers.context").info("a notice was not shown")
        raise KeyError(WORDS)


class Given:
    """Stands for the store: whatever is asked of it is done."""

    async def write(self, use_case: object, **values: Any) -> Any:
        return dict.fromkeys(values["updates"], 1) if use_case is inbox.begin else True


@pytest.mark.parametrize("written", ["json"], indirect=True)
async def test_every_line_about_an_update_has_its_id_and_none_of_its_words(written, monkeypatch):
    monkeypatch.setattr("bot.handling.log", structlog.get_logger("bot.handling"))  # it keeps how it was first used
    handling = Handling(Given(), Failing(), now=clock.now, metrics=Metrics())
    handling._close = Given().write
    message = {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": WORDS}
    body = {"update_id": 42, "message": message}
    await handling.handle(arrive(body))
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["event"] for line in lines] == [
        "a notice was not shown",
        "handling an update failed",
        "an update was set aside",
    ]
    assert {line["update"] for line in lines} == {42}
    assert WORDS not in written.getvalue()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BadRequest(f'can\'t parse entities: unsupported start tag "{WORDS}"'), "unsupported start tag …"),
        (KeyError(WORDS), "KeyError"),
    ],
)
def test_a_failed_delivery_is_told_without_its_words(error, told):
    assert _told(error).endswith(told)
    assert WORDS not in _told(error)
