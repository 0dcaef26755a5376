"""A store on each engine. Tests use its `write` and `read` and the domain's Protocols, so that they hold for all."""

import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.chat import Chat, ChatKind, ChatSeen, Habits
from domain.member import Member, PersonSeen
from storage import migrate
from storage.store import SQLiteStore

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
HABITS = Habits("Asia/Shanghai", "zh")


class Words:
    """Texts that tell their name, their language and their values."""

    def text(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        return f"{chat.language} {name} {dict(values)}"

    def label(self, chat: Chat, name: str, values: Mapping[str, Any]) -> str:
        return self.text(chat, name, values)


@dataclass
class SQLite:
    """A file, and the stores that were opened on it."""

    file: Path
    opened: list[SQLiteStore] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    async def open(self) -> SQLiteStore:
        """A store on the same data, as another run of the program would have it."""
        store = SQLiteStore(self.file, Words(), lambda: AT)
        await store.open()
        self.opened.append(store)
        return store

    async def close(self) -> None:
        for store in self.opened:
            await store.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "empty.db"
    migrate.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite"])
async def engine(request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path) -> AsyncIterator[SQLite]:
    file = tmp_path / "jingyi.db"
    shutil.copy(empty_file, file)
    engine = {"sqlite": SQLite}[request.param](file)
    yield engine
    await engine.close()


@pytest.fixture
async def store(engine: SQLite) -> SQLiteStore:
    return await engine.open()


@dataclass
class Branch:
    """A group with three members, and their private chats not begun."""

    group: Chat
    li: Member
    wang: Member
    zhao: Member


def people(*names: str) -> list[PersonSeen]:
    return [PersonSeen(number, name, username=None) for number, name in enumerate(names, 101)]


@pytest.fixture
async def branch(store: SQLiteStore) -> Branch:
    def begin(stores: Any) -> Branch:
        group = stores.chats.add(ChatSeen(-1001, ChatKind.GROUP, "第一党支部"), HABITS, AT)
        members = [stores.members.add(person, AT) for person in people("李伟", "王海燕", "赵敏")]
        for member in members:
            stores.members.join(group.id, member.id, AT)
        return Branch(group, *members)

    return await store.write(begin)
