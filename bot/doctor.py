"""What is wrong with an installation, and how to mend it."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from zoneinfo import ZoneInfo

import aiohttp

import charts
from bot import calendar, encryption_keys, keys, settings
from bot.settings import Settings, StoreSettings, WrongSetting
from domain.admin import seal
from domain.admin.seal import Chain
from domain.clock.trust import TOLERANCE
from domain.refusal import Refusal
from storage import condition
from storage.database import SQLITE, StoreError

OLDEST_SQLITE = (3, 35)  # the first with RETURNING
OLDEST_POSTGRESQL = 14  # the first that notices a client that has gone while a statement runs
MAX_CLOCK_SKEW = timedelta(seconds=60)
PATIENCE = aiohttp.ClientTimeout(total=10)
DECEMBER = 12  # the next year's days are published in November


class State(StrEnum):
    """How a finding is to be taken; the names of the marks in texts."""

    OK = "doctor.ok"
    WRONG = "doctor.wrong"
    NOTE = "doctor.note"  # worth knowing, and not wrong


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `text` names its words."""

    state: State
    text: str
    values: dict[str, Any] = field(default_factory=dict)


def ok(text: str, **values: Any) -> Finding:
    """All is well there."""
    return Finding(State.OK, text, values)


def wrong(text: str, **values: Any) -> Finding:
    """It has to be mended, and the words say how."""
    return Finding(State.WRONG, text, values)


def note(text: str, **values: Any) -> Finding:
    """It may be meant so."""
    return Finding(State.NOTE, text, values)


async def examine(now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """Everything there is to say, one after another. Raises nothing for what it finds."""
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        yield ok("doctor.sqlite_ok", version=sqlite3.sqlite_version)
    else:
        yield wrong("doctor.sqlite_old", version=sqlite3.sqlite_version)
    chosen: StoreSettings | None = None
    try:
        chosen = settings.read(StoreSettings)
        chosen = settings.read(Settings)
        yield ok("doctor.settings_ok")
    except WrongSetting as error:
        yield wrong("doctor.setting_wrong", reason=str(error))
    if chosen is not None:
        found, seen = await asyncio.to_thread(database, chosen)
        today, own_years = now().astimezone(ZoneInfo(chosen.timezone)), seen.years if seen else frozenset()
        for finding in (*found, *last_time(seen, now()), *calendar_years(today, own_years)):
            yield finding
    yield await asyncio.to_thread(fonts)
    if find_spec("sklearn") is None:
        yield note("doctor.learning_missing")
    if isinstance(chosen, Settings):
        async for finding in platform(chosen, now):
            yield finding


def database(chosen: StoreSettings) -> tuple[list[Finding], condition.Condition | None]:
    """What there is to say of the store, and its condition, where it can be read."""
    try:
        if not chosen.database_url.startswith(SQLITE):
            return _server(chosen)
        file = chosen.database_file
        if not file.is_file():
            return [wrong("doctor.store_missing", file=str(file))], None
        seen = condition.look(file)
    except sqlite3.Error as error:
        return [wrong("doctor.store_broken", file=str(file), reason=str(error))], None
    except StoreError as error:
        return [wrong("doctor.server_silent", reason=str(error))], None
    return [
        _schema(seen, ok("doctor.store_ok", file=str(file), version=seen.version), str(file)),
        *_library(seen),
        *_bot(chosen, seen),
        *_kept_apart(chosen, seen),
        *_readable([file, *sorted(file.parent.glob(f"{file.name}[-.]*")), *_keys(chosen)]),
    ], seen


def _kept_apart(chosen: StoreSettings, seen: condition.Condition) -> list[Finding]:
    """What there is to say of the key of the seals, and how far the chains have come."""
    if not seen.seals:
        return []
    try:
        key = keys.find(chosen)
        seal.check_key(seen.seals, key)
    except WrongSetting as error:
        return [wrong("doctor.setting_wrong", reason=str(error))]
    except Refusal as error:
        return [wrong(error.text, **error.values)]
    if key is None or seal.is_waiting(seen.seals):
        return [note("doctor.not_sealed")]
    if not all(one.holds(key) for one in seen.seals) or len(seen.seals) < len(Chain):
        return [wrong("doctor.seals_broken")]
    place = "JINGYI_AUDIT_KEY" if chosen.audit_key else str(keys.file_of(chosen))
    return [ok("seal.state", seals=list(seen.seals)), note("doctor.key_place", place=place)]


def _keys(chosen: StoreSettings) -> list[Path]:
    """The keys of anonymous rounds."""
    return sorted(encryption_keys.folder_of(chosen).glob("*"))


def _readable(files: Sequence[Path]) -> list[Finding]:
    """The files that others on the machine can read."""
    wide = [file for file in files if file.is_file() and os.name != "nt" and file.stat().st_mode & keys.WIDER_THAN_OWN]
    return [note("doctor.file_wide", file=str(file)) for file in wide]


def _server(chosen: StoreSettings) -> tuple[list[Finding], condition.Condition]:
    """The server, the database on it, and the programs that work on that. Raises StoreError."""
    from storage import server  # noqa: PLC0415 - its driver takes a tenth of a second to import

    there = server.look(chosen.database_url)
    seen, name = there.condition, there.database
    fits = there.number >= OLDEST_POSTGRESQL * 10_000
    found = [(ok if fits else wrong)("doctor.server_ok" if fits else "doctor.server_old", version=there.version)]
    if there.encoding != "UTF8":
        found.append(wrong("doctor.database_encoding", name=name, encoding=there.encoding))
    found += [_schema(seen, ok("doctor.database_ok", name=name, version=seen.version), name), *_library(seen)]
    found += [*_bot(chosen, seen), *_kept_apart(chosen, seen), *_readable([keys.file_of(chosen), *_keys(chosen)])]
    return [*found, workers(there.workers, there.leader)], seen


def workers(there: frozenset[int], leader: int | None) -> Finding:
    """The programs that work on a database (their processes on its server), and who of them leads."""
    if leader is not None and leader not in there:
        return wrong("doctor.leader_strange", process=leader)
    if not there:
        return ok("doctor.workers_none")
    if leader is None:
        return wrong("doctor.leader_missing", count=len(there))
    return ok("doctor.workers_ok", count=len(there))


def _library(seen: condition.Condition) -> list[Finding]:
    if not seen.known:
        return []
    return [ok("doctor.library_ok", count=seen.lessons) if seen.lessons else note("doctor.library_empty")]


def _bot(chosen: StoreSettings, seen: condition.Condition) -> list[Finding]:
    """Whether the store has served another bot, and this one never."""
    if not isinstance(chosen, Settings):
        return []
    bot = chosen.token.get_secret_value().partition(":")[0]
    return [note("doctor.bot_new", count=len(seen.bots))] if seen.bots and bot not in map(str, seen.bots) else []


def _schema(seen: condition.Condition, sound: Finding, name: str) -> Finding:
    if seen.fault is not None:
        return wrong("doctor.store_broken", file=name, reason=seen.fault)
    if seen.version is None:
        return wrong("doctor.store_empty", file=name)
    if not seen.known:
        return wrong("doctor.store_newer", version=seen.version)
    if seen.version != seen.newest:
        return wrong("doctor.store_old", version=seen.version)
    return sound


def last_time(seen: condition.Condition | None, now: datetime) -> list[Finding]:
    """The last time that the store saw, against this machine's."""
    if seen is None or seen.seen_at is None:
        return []
    behind = now < seen.seen_at - TOLERANCE
    return [wrong("doctor.clock_behind", at=seen.seen_at) if behind else ok("doctor.clock_seen", at=seen.seen_at)]


def calendar_years(today: datetime, own: frozenset[int] = frozenset()) -> Iterator[Finding]:
    """The official days of this year and, from December on, of the next."""
    years = [today.year] + [today.year + 1] * (today.month >= DECEMBER)
    missing = [year for year in years if not calendar.has_year(year) and year not in own]
    for year in missing:
        yield wrong("doctor.calendar_missing", year=year)
    if not missing:
        yield ok("doctor.calendar_ok", years=", ".join(map(str, years)))


def fonts() -> Finding:
    """Whether the fonts of the pictures are there and have all characters."""
    try:
        missing = charts.lacking()
    except OSError as error:
        return wrong("doctor.fonts_missing", reason=str(error))
    return wrong("doctor.fonts_incomplete", count=len(missing)) if missing else ok("doctor.fonts_ok")


async def username(chosen: Settings) -> str | None:
    """What the bot is called on the platform; `None` where that does not say."""
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            me, _ = await _ask(session, chosen, "getMe")
    except (aiohttp.ClientError, OSError, ValueError):  # their words may hold the address, and so the token
        return None
    return str(me["result"]["username"]) if me.get("ok") else None


async def platform(chosen: Settings, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """The bot as the platform knows it, the way in, and the clock."""
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            me, date = await _ask(session, chosen, "getMe")
            if not me.get("ok"):
                yield wrong("doctor.token_wrong")
                return
            webhook, _ = await _ask(session, chosen, "getWebhookInfo")
    except (aiohttp.ClientError, OSError, ValueError) as error:  # their words may hold the address, and so the token
        yield wrong("doctor.platform_silent", reason=type(error).__name__)
        return
    yield ok("doctor.token_ok", name=str(me["result"].get("username")))
    heard = me["result"].get("can_read_all_group_messages")
    yield ok("doctor.hears_all") if heard else note("doctor.privacy_on")
    for finding in way_in(chosen.webhook_url, webhook.get("result") or {}):
        yield finding
    if date is not None:
        yield clock(date - now())


async def _ask(session: aiohttp.ClientSession, chosen: Settings, method: str) -> tuple[dict[str, Any], datetime | None]:
    """The platform's answer, and its time. Raises aiohttp.ClientError, TimeoutError, ValueError."""
    url = f"{chosen.api_url.rstrip('/')}/bot{chosen.token.get_secret_value()}/{method}"
    async with session.get(url, proxy=chosen.proxy) as answer:
        body = await answer.json(content_type=None)
        if not isinstance(body, dict):
            raise ValueError("no answer of a Bot API")
        date = answer.headers.get("Date")
        return body, parsedate_to_datetime(date) if date else None


def way_in(wanted: str | None, info: dict[str, Any]) -> Iterator[Finding]:
    """How updates come, against how the settings want them to."""
    there = str(info.get("url") or "")
    if there == (wanted or ""):
        yield ok("doctor.webhook_ok" if wanted else "doctor.polling_ok")
    elif there:
        yield wrong("doctor.webhook_other", host=urlparse(there).hostname or "?")
    else:
        yield note("doctor.webhook_not_yet")
    if there and info.get("last_error_message"):
        yield wrong("doctor.webhook_error", reason=str(info["last_error_message"]))


def clock(off: timedelta) -> Finding:
    """How far this machine's clock is from the platform's."""
    if abs(off) > MAX_CLOCK_SKEW:
        return wrong("doctor.clock_off", seconds=f"{off.total_seconds():+.0f}")
    return ok("doctor.clock_ok")
