"""A store on each engine. Tests use its `write` and `read` and the domain's Protocols, so that they hold for all."""

import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.messaging.chat import Chat, ChatKind, ChatProfile, Locale
from domain.messaging.delivery import Delivery
from domain.people.member import Member, PersonProfile
from storage import migrate
from storage.database import Database, connect
from storage.libpq import Libpq, Waiting
from storage.messaging.rows import row
from storage.messaging.sending import DELIVERIES, to_delivery
from tests.conftest import Postgres

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
LOCALE = Locale("Asia/Shanghai", "zh")


class Renderer:
    """Texts that tell their name, their language and their values."""

    def text(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        return f"{chat.language} {name} {dict(values)}"

    def label(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        return self.text(chat, name, values)


@dataclass
class Engine:
    """Data at an address, and the stores that were opened on it."""

    url: str
    opened: list[Database] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """Where SQLite keeps it."""
        return Path(self.url.removeprefix("sqlite:///"))

    async def open(self) -> Any:
        """A store on the same data, as another run of the program would have it."""
        database = connect(self.url, Renderer(), lambda: AT)
        await database.open()
        self.opened.append(database)
        return database

    async def close(self) -> None:
        for database in self.opened:
            await database.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "empty.db"
    migrate.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, empty_file: Path) -> str:
    file = tmp_path / "jingyi.db"
    shutil.copy(empty_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Engine]:
    """Each engine in turn; `only_sqlite` and `only_postgresql` mark tests of one alone."""
    engine = Engine(request.getfixturevalue(f"{request.param}_url"))
    yield engine
    await engine.close()


only_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


@pytest.fixture
async def database(engine: Engine) -> Any:
    return await engine.open()


@pytest.fixture
def round_trips(monkeypatch: pytest.MonkeyPatch) -> list[list[bytes]]:
    """What PostgreSQL is asked past SQLAlchemy from now on: of each round trip its statements."""
    seen: list[list[bytes]] = []
    run, run_together = Libpq._run, Libpq._run_together

    def texts(own: Libpq, names: Sequence[bytes]) -> list[bytes]:
        known = {name: text for text, name in own._names.items()}
        return [known[name] for name in names]

    def one(own: Libpq, name: bytes, given: Any) -> Any:
        seen.append(texts(own, [name]))
        return run(own, name, given)

    def several(own: Libpq, waiting: Sequence[Waiting]) -> None:
        seen.append(texts(own, [each.name for each in waiting]))
        run_together(own, waiting)

    monkeypatch.setattr(Libpq, "_run", one)
    monkeypatch.setattr(Libpq, "_run_together", several)
    return seen


@dataclass
class Branch:
    """A group with three members, and their private chats not begun."""

    group: Chat
    li: Member
    wang: Member
    zhao: Member


def people(*names: str) -> list[PersonProfile]:
    return [PersonProfile(number, name, username=None) for number, name in enumerate(names, 101)]


@pytest.fixture
async def branch(database: Database) -> Branch:
    def begin(stores: Any) -> Branch:
        group = stores.chats.add(ChatProfile(-1001, ChatKind.GROUP, "第一党支部"), LOCALE, AT)
        members = [stores.members.add(person, AT) for person in people("李伟", "王海燕", "赵敏")]
        for member in members:
            stores.members.speak(group.id, member.id, AT)
        return Branch(group, *members)

    return await database.write(begin)


def queued(stores: Any) -> list[Delivery]:
    """All that waits in the outbox, in the order in which each chat hears it."""
    statement = DELIVERIES.where(row.state == "queued").order_by(row.urgent.desc(), row.id)
    return [to_delivery(found) for found in stores.connection.execute(statement)]
