"""A backup is one moment of the store in one file; a restore puts it back, or changes nothing."""

import asyncio
import shutil
import sqlite3
import stat
from contextlib import closing

import pytest

from domain.admin.backup import AlreadyThere, NoStore, NotAStore, SameFile, StoreInUse
from storage import backup as safekeeping
from storage import lock
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
    size = safekeeping.backup(engine.file, tmp_path / "kept.db")
    await database.write(add, number=2)
    assert (counted(tmp_path / "kept.db"), size) == (1, (tmp_path / "kept.db").stat().st_size)
    assert await database.read(known) == {1, 2}


async def test_a_backup_comes_to_its_end_while_others_write_and_shows_one_moment(
    database, engine, tmp_path, monkeypatch
):
    monkeypatch.setattr(safekeeping, "PAGES", 1)
    await asyncio.gather(*(database.write(add, number=n) for n in range(1, 50)))
    other, seen = sqlite3.connect(engine.file, isolation_level=None), []

    def disturb(done, of):
        seen.append((done, of))
        other.execute("UPDATE chats SET title = title || 'x'")

    with closing(other):
        safekeeping.backup(engine.file, tmp_path / "kept.db", progress=disturb)
    assert [done for done, _ in seen] == list(range(1, seen[-1][1] + 1)), "it began anew"
    with closing(sqlite3.connect(tmp_path / "kept.db")) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert {len(title) for (title,) in kept.execute("SELECT title FROM chats")} <= {len("group 1"), len("group 11")}


async def test_a_backup_is_one_file_that_only_its_owner_reads(database, engine, tmp_path):
    (tmp_path / "kept").mkdir()
    safekeeping.backup(engine.file, tmp_path / "kept" / "a.db")
    assert names(tmp_path / "kept") == ["a.db"]
    assert stat.S_IMODE((tmp_path / "kept" / "a.db").stat().st_mode) == 0o600


async def test_a_file_is_overwritten_only_when_that_is_asked_for(engine, tmp_path):
    (tmp_path / "kept.db").write_text("mine")
    with pytest.raises(AlreadyThere):
        safekeeping.backup(engine.file, tmp_path / "kept.db")
    assert (tmp_path / "kept.db").read_text() == "mine"
    safekeeping.backup(engine.file, tmp_path / "kept.db", force=True)
    assert counted(tmp_path / "kept.db") == 0


async def test_a_backup_never_replaces_the_store(engine, tmp_path):
    (tmp_path / "link.db").hardlink_to(engine.file)
    for file in (engine.file, tmp_path / "link.db"):
        with pytest.raises(SameFile):
            safekeeping.backup(engine.file, file, force=True)


async def test_a_store_that_is_not_there_is_not_made(engine, tmp_path):
    with pytest.raises(NoStore):
        safekeeping.backup(tmp_path / "nothing.db", tmp_path / "kept.db")
    assert names(tmp_path) == ["jingyi.db"]


async def test_a_backup_that_fails_leaves_nothing_behind(engine, tmp_path):
    (tmp_path / "broken.db").write_bytes(b"This is not a database." * 100)
    with pytest.raises(NotAStore):
        safekeeping.backup(tmp_path / "broken.db", tmp_path / "kept.db")
    assert names(tmp_path) == ["broken.db", "jingyi.db"]


async def test_a_restored_store_is_as_it_was_and_the_replaced_one_is_kept(database, engine, tmp_path):
    await database.write(add, number=1)
    safekeeping.backup(engine.file, tmp_path / "kept.db")
    await database.write(add, number=2)
    await database.close()
    aside = safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)
    assert aside == tmp_path / "jingyi-20261125-020000.db"
    assert await (await engine.open()).read(known) == {1}
    assert (counted(aside), counted(tmp_path / "kept.db")) == (2, 1)


async def test_a_store_can_be_restored_where_none_is(engine, tmp_path):
    safekeeping.backup(engine.file, tmp_path / "kept.db")
    engine.file.unlink()
    assert safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT) is None
    assert counted(engine.file) == 0


async def test_a_damaged_store_can_be_replaced_too(engine, tmp_path):
    safekeeping.backup(engine.file, tmp_path / "kept.db")
    engine.file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    aside = safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)
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
        safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)
    assert engine.file.read_bytes() == before
    assert names(tmp_path) == ["jingyi.db", "jingyi.db.lock", "kept.db"]


async def test_a_store_that_a_bot_runs_on_is_not_replaced(engine, tmp_path):
    safekeeping.backup(engine.file, tmp_path / "kept.db")
    with lock.hold(engine.file), pytest.raises(StoreInUse):
        safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)


async def test_a_store_that_another_command_has_open_is_not_replaced(database, engine, tmp_path):
    safekeeping.backup(engine.file, tmp_path / "kept.db")
    await database.write(add, number=1)
    with pytest.raises(StoreInUse):
        safekeeping.restore(engine.file, tmp_path / "kept.db", at=AT)
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
