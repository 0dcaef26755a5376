"""Settling a month for twenty thousand people, beside half a year of their ledger.

Timed is the use case as chat runs it, in one transaction on SQLite with its write to the disk: everybody's score is
added up and kept, and each group's message is queued; and then the job that counts anew and makes it final.
"""

import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, event

from benchmarks.ledger import IN_A_GROUP, MONDAY, enter_years, morning
from benchmarks.result import Row, Say, WorkNotDone
from bot.renderer import Renderer
from domain.admin.enterprise import DEFAULT
from domain.messaging.chat import ChatKind, ChatProfile, Locale
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.points import publicity
from domain.points.period import Every, containing
from storage.sqlite import _prepare_writer
from storage.stores import Stores

MAX_SECONDS = 20
ADMIN = 1


@dataclass(frozen=True, slots=True)
class Size:
    """How many groups of a hundred people, and for how many weeks they have a ledger."""

    groups: int = 200
    weeks: int = 26


SHORT = Size(groups=20)


def measure(size: Size, say: Say) -> list[Row]:
    """The rows of this benchmark. Raises WorkNotDone."""
    with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:
        file, people = Path(folder) / "settling.db", size.groups * IN_A_GROUP
        say(f"entering a ledger of {people:,} people")
        entries = enter_years(file, size.groups, size.weeks)
        say("settling a month")
        shown, final = _settle(file, people)
    what = f"settlement of {people:,} people"
    note = f"beside {entries:,} entries"
    return [
        Row("settlement", what, "put on show", shown, "s", most=MAX_SECONDS, note=note),
        Row("settlement", what, "counted anew and final", final, "s", most=MAX_SECONDS),
    ]


def _settle(file: Path, people: int) -> tuple[float, float]:
    """The seconds of both. Raises WorkNotDone unless everybody has a score."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare_writer)
    enterprise = replace(DEFAULT, root_admins=frozenset({ADMIN}))
    at = morning(MONDAY)
    seconds = []
    with engine.connect() as connection:
        stores = Stores(connection, Renderer(), at, enterprise)
        locale = Locale("Asia/Shanghai", "zh")
        private = stores.chats.add(ChatProfile(ADMIN, ChatKind.PRIVATE, "管理员"), locale, at)
        admin = Actor(stores.members.add(PersonProfile(ADMIN, "管理员"), at), private, at, is_root_admin=True)
        connection.commit()
        begin = partial(publicity.begin, stores, admin, period=containing(Every.MONTH, date(2026, 10, 1)))
        for use_case in (begin, partial(publicity.end, stores, at + timedelta(days=30))):
            begun = time.perf_counter()
            use_case()
            connection.commit()
            seconds.append(time.perf_counter() - begun)
        (found,) = stores.settlements.newest(1)
        if not found.is_final or found.people != people:
            raise WorkNotDone(f"{found.people} people, {found.state}")
    engine.dispose()
    return seconds[0], seconds[1]
