"""A store that is full, damaged, too new, or another's: words instead of traces, and nothing lost."""

import random
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from storage import migrate
from tests.faults.disk import Disk, short_files, small_disk
from tests.faults.office import Office, opened
from tests.faults.worker import BOUND_BY_MODES, Worker

PAGE = 4096  # bytes, as SQLite has them here
GARBAGE = random.Random(1).randbytes(PAGE)  # noqa: S311
MENDING = "jingyi doctor 会说明问题"


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its schema, made once and copied for each test."""
    file = tmp_path_factory.mktemp("store") / "empty.db"
    migrate.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
async def office(tmp_path: Path, empty_store: Path) -> AsyncIterator[Office]:
    """A program that is still to be started, and its store."""
    shutil.copy(empty_store, tmp_path / "jingyi.db")
    async with opened(tmp_path) as office:
        yield office


def database(office: Office) -> Path:
    return Path(office.worker.settings["database_url"].removeprefix("sqlite:///"))


async def refusal(worker: Worker) -> str:
    """The one line with which a start ends."""
    await worker.start()
    assert await worker.ends() == 1
    (line,) = worker.printed().splitlines()
    return line


async def busy(office: Office, deeds: int = 16) -> None:
    for _ in range(deeds):
        office.crowd.act()


@pytest.mark.parametrize("kind", [small_disk, short_files])
async def test_a_full_disk_is_told_and_lived_through(
    tmp_path: Path, kind: Callable[[Path], AbstractContextManager[Disk]]
) -> None:
    with kind(tmp_path) as disk:
        async with opened(tmp_path, database=f"sqlite:///{disk.folder / 'jingyi.db'}") as office:
            await office.start()
            await busy(office)
            await office.idle()
            await office.make_due_in(1.0)
            assert office.worker.process is not None
            disk.fill(office.worker.process.pid)
            await busy(office)
            assert "StoreError" in (await office.logs("fetching updates failed"))["error"]
            await office.logs("the store refuses")  # the clock has had something to say meanwhile
            assert await office.missing() == {"store"}
            disk.clear(office.worker.process.pid)
            await office.idle()
            assert await office.missing() == set()
            await office.has_pushed()
            office.untroubled()
            await office.all_right()


async def test_a_file_that_may_only_be_read_is_refused(office: Office) -> None:
    database(office).chmod(0o444)
    office.worker.command = ("-c", BOUND_BY_MODES)
    line = await refusal(office.worker)
    assert line.startswith(f"{database(office)} 用不了：attempt to write a readonly database")
    assert MENDING in line


async def test_a_folder_that_may_only_be_read_is_refused(office: Office) -> None:
    folder = database(office).parent / "data"
    folder.mkdir()
    moved = database(office).rename(folder / "jingyi.db")
    office.worker.settings = {**office.worker.settings, "database_url": f"sqlite:///{moved}"}
    office.worker.command = ("-c", BOUND_BY_MODES)
    folder.chmod(0o555)
    line = await refusal(office.worker)
    folder.chmod(0o755)
    assert line.startswith("数据文件用不了：")
    assert str(folder) in line


async def test_a_garbled_head_is_refused(office: Office) -> None:
    with database(office).open("r+b") as file:
        file.write(GARBAGE[:100])
    line = await refusal(office.worker)
    assert line.startswith(f"{database(office)} 用不了：file is not a database")
    assert MENDING in line


async def test_a_file_that_was_cut_off_is_refused(office: Office) -> None:
    with database(office).open("r+b") as file:
        file.truncate(10 * PAGE)
    assert "malformed" in await refusal(office.worker)


def garble(file: Path, table: str) -> None:
    """Overwrite the page in which a table begins."""
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with file.open("r+b") as whole:
        whole.seek((page - 1) * PAGE)
        whole.write(GARBAGE)


async def test_a_damaged_page_that_the_start_needs_is_refused(office: Office) -> None:
    garble(database(office), "alembic_version")
    line = await refusal(office.worker)
    assert "database disk image is malformed" in line
    assert MENDING in line


async def test_with_a_damaged_outbox_the_program_says_so_and_lives(office: Office) -> None:
    garble(database(office), "outbox")
    await office.start()
    assert "malformed" in (await office.logs("the store refuses"))["error"]
    office.untroubled()
    assert office.worker.runs


async def test_with_a_damaged_page_elsewhere_all_else_works(office: Office) -> None:
    garble(database(office), "suggestions")
    await office.start()
    group, other, *_ = office.crowd.groups
    office.crowd.suggest(group)
    assert "malformed" in (await office.logs("the store refuses"))["error"]
    office.crowd.ask_points(other)
    await office.until(lambda: office.answers(other) == 1, "the other group is answered")
    office.untroubled()


async def test_a_store_of_a_newer_version_is_refused(office: Office) -> None:
    with closing(sqlite3.connect(database(office))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "9999" not in migrate.known_versions()
    assert await refusal(office.worker) == (
        "The store is of a newer version (9999) than this program; please install the newer program."
    )


async def test_a_second_program_on_one_file_is_refused_and_the_first_works_on(office: Office) -> None:
    await office.start()
    assert office.worker.process is not None
    first = office.worker.process.pid
    second = Worker(office.worker.folder, office.worker.settings, name="second")
    assert await refusal(second) == f"{database(office)} 正由另一个程序使用（进程 {first}）。请先停掉它，再试一次。"
    await busy(office)
    await office.all_right()


async def test_a_store_whose_program_was_killed_is_free_again(office: Office) -> None:
    await office.start()
    await office.worker.kill()
    await office.start()
    await busy(office)
    found = await office.report()
    assert found.right, str(found)  # what was on its way when it was killed is unknown, and may be said twice
