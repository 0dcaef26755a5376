"""A backup is one moment of the store in one file; a restore puts it back, or changes nothing."""

import asyncio
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from domain.admin.backup import AlreadyThere, NoStore, NotAStore, SameFile, StoreInUse
from storage import backup as safekeeping
from storage import lock
from tests.patience import PATIENCE
from tests.storage.test_store import add, known
from tests.stores import AT, only_sqlite

pytestmark = only_sqlite


def counted(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count(*) FROM chats").fetchone()[0]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


async def test_a_backup_holds_what_was_answered_although_the_store_is_in_use(database, engine, tmp_path):
    await database.write(add, number=1)
    size = await safekeeping.backup(engine.file, tmp_path / "kept.db")
    await database.write(add, number=2)
    assert (counted(tmp_path / "kept.db"), size) == (1, (tmp_path / "kept.db").stat().st_size)
    assert await database.read(known) == {1, 2}


async def test_a_backup_comes_to_its_end_while_others_write_and_shows_one_moment(
    database, engine, tmp_path, monkeypatch
):
    monkeypatch.setattr(safekeeping, "PAGES", 1)
    await asyncio.gather(*(database.write(add, number=n) for n in range(1, 50)))
    other, seen = sqlite3.connect(engine.file, isolation_level=None, check_same_thread=False), []

    def disturb(done, of):
        seen.append((done, of))
        other.execute("UPDATE chats SET title = title || 'x'")

    with closing(other):
        await safekeeping.backup(engine.file, tmp_path / "kept.db", progress=disturb)
    assert [done for done, _ in seen] == list(range(1, seen[-1][1] + 1)), "it began anew"
    with closing(sqlite3.connect(tmp_path / "kept.db")) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert {len(title) for (title,) in kept.execute("SELECT title FROM chats")} <= {len("group 1"), len("group 11")}


async def test_a_backup_is_one_file_that_only_its_owner_reads(database, engine, tmp_path):
    (tmp_path / "kept").mkdir()
    await safekeeping.backup(engine.file, tmp_path / "kept" / "a.db")
    assert names(tmp_path / "kept") == ["a.db"]
    assert stat.S_IMODE((tmp_path / "kept" / "a.db").stat().st_mode) == 0o600


async def test_a_file_is_overwritten_only_when_that_is_asked_for(engine, tmp_path):
    (tmp_path / "kept.db").write_text("mine")
    with pytest.raises(AlreadyThere):
        await safekeeping.backup(engine.file, tmp_path / "kept.db")
    assert (tmp_path / "kept.db").read_text() == "mine"
    await safekeeping.backup(engine.file, tmp_path / "kept.db", force=True)
    assert counted(tmp_path / "kept.db") == 0


async def test_a_backup_never_replaces_the_store(engine, tmp_path):
    (tmp_path / "link.db").hardlink_to(engine.file)
    for file in (engine.file, tmp_path / "link.db"):
        with pytest.raises(SameFile):
            await safekeeping.backup(engine.file, file, force=True)


async def test_a_store_that_is_not_there_is_not_made(engine, tmp_path):
    with pytest.raises(NoStore):
        await safekeeping.backup(tmp_path / "nothing.db", tmp_path / "kept.db")
    assert names(tmp_path) == ["jingyi.db"]


async def test_a_backup_that_fails_leaves_nothing_behind(engine, tmp_path):
    (tmp_path / "broken.db").write_bytes(b"This is not a database." * 100)
    with pytest.raises(NotAStore):
        await safekeeping.backup(tmp_path / "broken.db", tmp_path / "kept.db")
    assert names(tmp_path) == ["broken.db", "jingyi.db"]


async def test_a_restored_store_is_as_it_was_and_the_replaced_one_is_kept(database, engine, tmp_path):
    await database.write(add, number=1)
    await safekeeping.backup(engine.file, tmp_path / "kept.db")
    await database.write(add, number=2)
    await database.close()
    aside = await safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)
    assert aside == tmp_path / "jingyi-20261125-020000.db"
    assert await (await engine.open()).read(known) == {1}
    assert (counted(aside), counted(tmp_path / "kept.db")) == (2, 1)


async def test_a_store_can_be_restored_where_none_is(engine, tmp_path):
    await safekeeping.backup(engine.file, tmp_path / "kept.db")
    engine.file.unlink()
    assert await safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT) is None
    assert counted(engine.file) == 0


async def test_a_damaged_store_can_be_replaced_too(engine, tmp_path):
    await safekeeping.backup(engine.file, tmp_path / "kept.db")
    engine.file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    aside = await safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)
    assert aside is not None
    assert aside.read_bytes().endswith(b"\xff")
    assert counted(engine.file) == 0


def damaged(file, engine):
    file.write_bytes(b"This is not a database." * 100)


def emptied(file, engine):
    file.write_bytes(b"")


def somebody_elses(file, engine):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE chats (id)")


def newer(file, engine):
    shutil.copy(engine.file, file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def torn(file, engine):
    whole = engine.file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize("spoil", [damaged, emptied, somebody_elses, newer, torn], ids=lambda spoil: spoil.__name__)
async def test_what_is_no_store_of_this_program_is_refused_and_nothing_changes(engine, tmp_path, spoil):
    spoil(tmp_path / "kept.db", engine)
    before = engine.file.read_bytes()
    with pytest.raises(NotAStore):
        await safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)
    assert engine.file.read_bytes() == before
    assert names(tmp_path) == ["jingyi.db", "jingyi.db.lock", "kept.db"]


async def test_a_store_that_a_bot_runs_on_is_not_replaced(engine, tmp_path):
    await safekeeping.backup(engine.file, tmp_path / "kept.db")
    with lock.hold(engine.file), pytest.raises(StoreInUse):
        await safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)


async def test_a_store_that_another_command_has_open_is_not_replaced(database, engine, tmp_path):
    await safekeeping.backup(engine.file, tmp_path / "kept.db")
    await database.write(add, number=1)
    with pytest.raises(StoreInUse):
        await safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)
    assert await database.write(add, number=2)
    assert await database.read(known) == {1, 2}


async def test_a_lock_is_free_again_after_its_holder(engine):
    for _ in range(2):
        with lock.hold(engine.file):
            pass


async def test_a_link_to_a_store_is_that_store(engine, tmp_path):
    (tmp_path / "link.db").symlink_to(engine.file)
    with lock.hold(engine.file), pytest.raises(StoreInUse), lock.hold(tmp_path / "link.db"):
        pass


HOLD = """
import sys
from storage import lock
with lock.held(f"sqlite:///{sys.argv[1]}"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another(engine):
    """Another process that holds the store as a running bot does."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, engine.file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.stdin.close()
    process.wait(PATIENCE)
    process.stdout.close()


def second_name(file, folder, kind):
    """The same file in another folder, so that the lock beside it is another one."""
    other = folder / "elsewhere" / "store.db"
    other.parent.mkdir()
    (other.hardlink_to if kind == "hard" else other.symlink_to)(file)
    return other


@pytest.mark.parametrize("kind", ["hard", "symbolic"])
async def test_no_other_name_of_a_store_gets_round_its_lock(engine, tmp_path, another, kind):
    other = second_name(engine.file, tmp_path, kind)
    for name in (engine.file, other):
        with pytest.raises(StoreInUse), lock.held(f"sqlite:///{name}"):
            pass
    with pytest.raises(StoreInUse):
        await safekeeping.restore(other, await safe_copy(engine, tmp_path), at=AT)


async def test_a_holder_that_is_gone_holds_no_name(engine, tmp_path, another):
    other = second_name(engine.file, tmp_path, "hard")
    another.kill()
    another.wait(PATIENCE)
    with lock.held(f"sqlite:///{other}"):
        pass


async def test_a_store_that_is_not_there_is_made_and_held(engine, tmp_path):
    file = tmp_path / "new.db"
    with lock.held(f"sqlite:///{file}"):
        other = second_name(file, tmp_path, "hard")
        with pytest.raises(StoreInUse), lock.held(f"sqlite:///{other}"):
            pass
    assert file.stat().st_mode & 0o077 == 0


async def test_the_lock_and_those_of_sqlite_do_not_hinder_each_other(engine):
    """Locks of both kinds are on the file at once, and each is still there afterwards."""
    writes = "BEGIN IMMEDIATE"
    with lock.held(engine.url), closing(sqlite3.connect(engine.file, isolation_level=None)) as one:
        one.execute(writes)
        done = await asyncio.create_subprocess_exec(
            sys.executable, "-c", WRITE, str(engine.file), stderr=asyncio.subprocess.PIPE
        )
        _, said = await done.communicate()
        one.execute("COMMIT")
    assert b"database is locked" in said


WRITE = """
import sqlite3, sys
sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
"""


async def safe_copy(engine, folder):
    await safekeeping.backup(engine.file, folder / "kept.db")
    return folder / "kept.db"
