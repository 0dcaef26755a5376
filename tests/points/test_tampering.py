"""Who changes the store by hand and has no key is found out, each way by name; the program itself raises no alarm."""

import asyncio
import gzip
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text
from typer.testing import CliRunner

from bot import store
from bot.cli import app
from bot.settings import MIN_KEY_CHARS, StoreSettings
from domain.admin import retention, seal, setting
from domain.admin.seal import Chain, Fault, Key, KeyChanged, KeyMissing
from domain.admin.setting import ENTERPRISE, Name, Scope, Where
from domain.messaging.alarm import Trouble
from domain.people import privacy, role
from domain.people.actor import Actor
from domain.people.branch import BranchKind, add, bind
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Entry
from domain.points import points, tampering, verify
from tests.points.events import ON_TIME
from tests.stores import AT, only_postgresql, only_sqlite

KEY, OTHER = Key(b"k" * 64), Key(b"o" * 64)
OLD = Path(__file__).parent.parent / "storage" / "stores" / "0016.sql.gz"
DROP_GUARDS = {
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
    "postgresql": ["DROP TRIGGER audit_no_change ON audit"],
}
COPY = "(id, member_id, group_id, rule, source, ordinal, cause, points, day, at, mac, event) SELECT "


def admin(branch: Any) -> Actor:
    """Zhao, whom the program's settings make an administrator, in private."""
    home = replace(branch.group, id=branch.group.id, kind="private")
    return Actor(branch.zhao, home, AT, is_root_admin=True)


def live(stores: Any, branch: Any) -> None:
    """Some days of an enterprise: a roster, roles, settings, links, points."""
    at = AT
    place = add(stores, parent=None, kind=BranchKind.BRANCH, name="一支部")
    other = add(stores, parent=None, kind=BranchKind.BRANCH, name="二支部")
    first, second = stores.people.add([Entry("1", "李", place.id), Entry("2", "王", other.id)])
    bind(stores, chat=branch.group, branch=place.id)
    stores.audit.note(None, "branch.changed", f"chat:{branch.group.id}", old=None, new=f"branch:{place.id}", at=at)
    for person, who in ((first, branch.li), (second, branch.wang)):
        stores.people.link(person.id, who.id)
        stores.audit.note(None, "person.linked", f"person:{person.id}", old=None, new=f"member:{who.id}", at=at)
    actor = admin(branch)
    for who, kind, area in (
        (branch.li, Role.SECRETARY, Area(branch=place.id)),
        (branch.wang, Role.COMMITTEE, Area(branch=place.id)),
        (branch.wang, Role.INSPECTOR, EVERYWHERE),
    ):
        role.grant(stores, actor, to=who, role=kind, area=area)
    setting.change(stores, actor, name=Name.CAP, where=ENTERPRISE, words="40")
    setting.change(stores, actor, name=Name.RANKING, where=ENTERPRISE, words="branch")
    for number in range(1, 7):
        earn(stores, branch, number)


def earn(stores: Any, branch: Any, number: int) -> None:
    who = (branch.li, branch.wang, branch.zhao)[number % 3]
    points.award(stores, who.id, branch.group, *ON_TIME, source=f"task:{number}", cause=f"巡检{number}", at=AT)


def export(stores: Any) -> None:
    stores.audit.note(None, "file.exported", "roster", old=None, new=None, at=AT)


@pytest.fixture
async def sealed(database: Any, branch: Any) -> Any:
    """A store that is sealed, and what was lived in it."""
    database.seal_with(KEY)
    assert await database.write(tampering.take_over_once, at=AT)
    await database.write(live, branch=branch)
    assert await found(database) == []
    return branch


async def found(database: Any) -> list[str]:
    """What is wrong, as `fault chain first-last named`."""
    return [told(one) for one in await database.read(tampering.findings)]


def told(one: seal.Finding) -> str:
    rows = "" if one.first is None else f"{one.first}" if one.last in (None, one.first) else f"{one.first}-{one.last}"
    return " ".join(word for word in (one.fault, one.chain, rows, one.named) if word)


async def by_hand(database: Any, *statements: str, guards: bool = False) -> None:
    """Change the store as somebody can who owns it, and put the guards back."""
    url = database._writer._transaction._engine.url
    hand = create_engine(url)
    with hand.begin() as connection:
        kept = [] if guards else guards_of(connection)
        minute = "60000000" if hand.dialect.name == "sqlite" else "interval '1 minute'"
        for statement in (*DROP_GUARDS[hand.dialect.name], *statements, *kept):
            connection.exec_driver_sql(statement.replace("{minute}", minute))
    hand.dispose()


def guards_of(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        statement = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        statement = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    return list(connection.exec_driver_sql(statement).scalars())


async def test_what_was_written_earlier_and_heard_later_leaves_the_chain_whole(database, sealed):
    """A message that waited is entered after younger ones, with the time when it was written."""
    for number, written in ((11, AT + timedelta(hours=2)), (12, AT - timedelta(days=8)), (13, AT)):
        await database.write(
            lambda stores, number=number, written=written: points.award(
                stores, sealed.li.id, sealed.group, *ON_TIME, source=f"task:{number}", cause="交表", at=written
            )
        )
    assert await found(database) == []
    assert await database.read(verify.differences) == []


WAYS = {
    "an audit record is edited": (
        ["UPDATE audit SET subject = 'member:9' WHERE id = 2"],
        ["changed audit 2"],
    ),
    "another's name is put on a record": (["UPDATE audit SET actor_id = 1 WHERE id = 4"], ["changed audit 4"]),
    "a record's time is changed": (["UPDATE audit SET at = at + {minute} WHERE id = 3"], ["changed audit 3"]),
    "a record is taken out of the middle": (["DELETE FROM audit WHERE id = 3"], ["gone audit 3"]),
    "the last records are removed": (["DELETE FROM audit WHERE id > 6"], ["gone audit 7-8"]),
    "all records are removed": (["DELETE FROM audit"], ["gone audit 1-8"]),
    "a record is appended": (
        [
            "INSERT INTO audit (id, at, action, subject, old, new, previous, hash) "
            "SELECT 9, at, 'file.exported', 'roster', NULL, '5', hash, previous FROM audit WHERE id = 8"
        ],
        ["forged audit 9"],
    ),
    "the guards are dropped": (["SELECT 1"], None),
    "an entry's points are changed": (["UPDATE points_entries SET points = 50 WHERE id = 2"], ["changed ledger 2"]),
    "an entry is given to somebody else": (
        ["UPDATE points_entries SET member_id = 3 WHERE id = 4"],
        ["changed ledger 4"],
    ),
    "an entry's cause is changed": (["UPDATE points_entries SET cause = '加班' WHERE id = 2"], ["changed ledger 2"]),
    "an entry's day is changed": (["UPDATE points_entries SET day = '2026-11-24' WHERE id = 5"], ["changed ledger 5"]),
    "an entry is taken out of the middle": (["DELETE FROM points_entries WHERE id = 3"], ["gone ledger 3"]),
    "the last entries are removed": (["DELETE FROM points_entries WHERE id > 4"], ["gone ledger 5-6"]),
    "the whole ledger is removed": (["DELETE FROM points_entries"], ["gone ledger 1-6"]),
    "an entry is appended": (
        [f"INSERT INTO points_entries {COPY} 7, 2, group_id, rule, 'x', 0, 'x', 90, day, at, mac, "
         "event FROM points_entries WHERE id = 6"],
        ["forged ledger 7"],
    ),
    "an entry is copied": (
        [f"INSERT INTO points_entries {COPY} 7, member_id, group_id, rule, 'task:9', 0, cause, points, day, at, mac, "
         "event FROM points_entries WHERE id = 6"],
        ["forged ledger 7"],
    ),
    "ledger and totals are changed together": (
        [
            "UPDATE points_entries SET points = 500 WHERE id = 2",
            "UPDATE points_totals SET points = (SELECT sum(points) FROM points_entries e "
            "WHERE e.member_id = points_totals.member_id)",
        ],
        ["changed ledger 2"],
    ),
    "two entries change places": (
        [
            "UPDATE points_entries SET id = 100 WHERE id = 2",
            "UPDATE points_entries SET id = 2 WHERE id = 4",
            "UPDATE points_entries SET id = 4 WHERE id = 100",
        ],
        None,
    ),
    "a role is given without a record": (
        ["INSERT INTO grants (id, member_id, role, granted_at) SELECT 9, 1, 'leader', met_at FROM members LIMIT 1"],
        ["grant_forged 9 member:1"],
    ),
    "a role is widened": (["UPDATE grants SET branch_id = NULL WHERE id = 1"], None),
    "a role is made a higher one": (["UPDATE grants SET role = 'administrator' WHERE id = 3"], None),
    "a role is given to somebody else": (["UPDATE grants SET member_id = 1 WHERE id = 3"], None),
    "a role is taken away without a record": (
        ["UPDATE grants SET revoked_at = granted_at WHERE id = 1"],
        ["grant_gone member:1"],
    ),
    "a setting is changed": (
        ["UPDATE settings SET value = '200' WHERE name = 'cap'"],
        ["state cap enterprise"],
    ),
    "a setting is removed": (["DELETE FROM settings WHERE name = 'ranking'"], ["state ranking enterprise"]),
    "a setting is put in": (
        ["INSERT INTO settings (scope, scope_id, name, value) VALUES ('chat', 1, 'ranking', 'private')"],
        ["state ranking chat:1"],
    ),
    "an account is linked to another person": (["UPDATE people SET member_id = 3 WHERE id = 1"], ["state person:1"]),
    "a group is moved to another branch": (["UPDATE chats SET branch_id = 2 WHERE id = 1"], ["state chat:1"]),
    "a membership is put in": (
        ["INSERT INTO chats (id, platform_id, kind, title, zone, language, met_at) SELECT 50, -50, 'group', 'x', zone, "
         "language, met_at FROM chats WHERE id = 1",
         "INSERT INTO memberships (group_id, member_id, joined_at) SELECT 50, 1, joined_at FROM memberships LIMIT 1"],
        ["membership chat:50 member:1"],
    ),
    "a membership is moved": (
        ["INSERT INTO chats (id, platform_id, kind, title, zone, language, met_at) SELECT 50, -50, 'group', 'x', zone, "
         "language, met_at FROM chats WHERE id = 1",
         "UPDATE memberships SET group_id = 50 WHERE member_id = 2"],
        ["membership chat:50 member:2"],
    ),
    "a seal is edited": (["UPDATE seals SET number = 5 WHERE chain = 'audit'"], ["seal_changed audit"]),
    "a seal is removed": (["DELETE FROM seals WHERE chain = 'ledger'"], ["seal_gone ledger"]),
    "the seals are reset": (
        ["UPDATE seals SET made_with = '', mac = '', number = 0, first = 0, begun_at = NULL"],
        ["not_sealed"],
    ),
    "everything is removed": (
        ["DELETE FROM audit", "DELETE FROM points_entries", "DELETE FROM points_totals", "DELETE FROM points_weeks",
         "DELETE FROM seals"],
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_changed_by_hand_is_found_and_named(database: Any, sealed: Any, way: str) -> None:
    statements, expected = WAYS[way]
    await by_hand(database, *statements, guards=way == "the guards are dropped")
    seen = await found(database)
    assert seen != []
    if expected is not None:
        assert seen[: len(expected)] == expected or seen[-len(expected) :] == expected
    await database.write(earn, branch=sealed, number=100)  # and what is written later hides nothing
    assert set(seen) <= set(await found(database)) or way.startswith(("an entry is", "the last", "the whole"))
    assert await found(database) != []


async def test_totals_alone_are_found_by_adding_up(database: Any, sealed: Any) -> None:
    await by_hand(database, "UPDATE points_totals SET points = points + 1 WHERE member_id = 1")
    assert len(await database.read(verify.differences)) == 1


async def test_a_log_rechained_without_the_key_is_found(database: Any, sealed: Any) -> None:
    def rechain(stores: Any) -> None:
        chain, previous = stores.audit.chain(), "audit"
        for record in chain:
            forged = replace(record, previous=previous, subject="member:9" if record.id == 3 else record.subject)
            previous = forged.sealed()
            values = {"id": record.id, "subject": forged.subject, "previous": forged.previous, "hash": previous}
            statement = "UPDATE audit SET subject = :subject, previous = :previous, hash = :hash WHERE id = :id"
            stores.connection.execute(text(statement), values)

    await by_hand(database, "SELECT 1", guards=True)
    await database.write(rechain)
    assert "changed audit 1-8" in await found(database)


async def test_what_was_removed_at_the_end_is_not_covered_by_what_comes_later(database: Any, sealed: Any) -> None:
    await by_hand(database, "DELETE FROM audit WHERE id = 8", "DELETE FROM points_entries WHERE id = 6")
    for number in (20, 21, 22):
        await database.write(earn, branch=sealed, number=number)
        await database.write(
            lambda stores: stores.audit.note(None, "file.exported", "roster", old=None, new=None, at=AT)
        )
    seen = await found(database)
    assert "gone audit 8" in seen
    assert "gone ledger 6" in seen


async def test_a_row_that_was_appended_is_named_after_others_were_written(database: Any, sealed: Any) -> None:
    await by_hand(database, *WAYS["an entry is appended"][0])
    await database.write(earn, branch=sealed, number=30)
    assert await found(database) == ["forged ledger 7"]


async def test_whoever_has_another_key_is_told(database: Any, sealed: Any) -> None:
    database.seal_with(OTHER)
    assert await found(database) == ["key_changed audit", "key_changed ledger"]
    with pytest.raises(KeyChanged):
        seal.check_key(await database.read(seal.all_seals), OTHER)
    with pytest.raises(KeyMissing):
        seal.check_key(await database.read(seal.all_seals), None)


async def test_the_store_can_be_sealed_anew_and_the_log_says_so(database: Any, sealed: Any) -> None:
    await by_hand(database, "UPDATE audit SET new = 'x' WHERE id = 2", *WAYS["a role is given without a record"][0])
    database.seal_with(OTHER)
    await database.write(tampering.take_over, at=AT)
    await database.write(earn, branch=sealed, number=40)
    assert await found(database) == []
    last = await database.read(lambda stores: [one.action for one in stores.audit.chain()[8:]])
    assert last[0] == "store.sealed"
    await by_hand(database, "UPDATE points_entries SET points = 9 WHERE id = 1")
    assert await found(database) == ["old_rows ledger 6"]


async def test_erasing_somebody_and_pruning_raise_no_alarm(database: Any, sealed: Any) -> None:
    def leave(stores: Any) -> None:
        made = PersonProfile(777, "客人", "guest")
        guest = stores.members.add(made, AT)
        stores.members.join(sealed.group.id, guest.id, AT)
        setting_of = Where(Scope.MEMBER, guest.id)
        stores.settings.put(setting_of, Name.ON_BOARD, "no")
        stores.audit.note(guest.id, "setting.changed", f"on_board {setting_of}", old=None, new="no", at=AT)
        points.award(stores, guest.id, sealed.group, *ON_TIME, source="task:50", cause="客人的话", at=AT)
        privacy.forget(stores, person=None, member=guest, by=None, at=AT)
        stores.connection.execute(text("UPDATE points_entries SET cause = '' WHERE cause = '客人的话'"))
        privacy.forget(stores, person=stores.people.numbered("1"), member=None, by=None, at=AT)
        retention.prune(stores, AT + timedelta(days=400))

    await database.write(leave)
    await database.write(earn, branch=sealed, number=51)
    assert await found(database) == []
    assert await database.read(verify.differences) == []


async def test_a_unit_that_fails_leaves_no_gap(database: Any, sealed: Any) -> None:
    def fail(stores: Any) -> None:
        earn(stores, sealed, 60)
        export(stores)
        raise KeyError

    works = [database.write(earn, branch=sealed, number=61 + n) for n in range(20)]
    fails = [database.write(fail) for _ in range(20)]
    both = [one for pair in zip(works, fails, strict=True) for one in pair]
    ended = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(one, KeyError) for one in ended) == 20
    assert await found(database) == []


async def test_two_programs_write_one_chain(engine: Any, database: Any, sealed: Any) -> None:
    other = await engine.open()
    other.seal_with(KEY)
    works = [one.write(earn, branch=sealed, number=100 + n) for n in range(30) for one in (database, other)]
    await asyncio.gather(*works)
    assert await found(database) == []
    assert await found(other) == []


async def test_a_program_with_a_key_of_its_own_does_not_begin(engine: Any) -> None:
    mine, theirs = (
        StoreSettings(_env_file=None, database_url=engine.url, audit_key=key * MIN_KEY_CHARS) for key in "ab"
    )
    first, second = await engine.open(), await engine.open()
    assert await store.use_key(first, mine, lambda: AT)
    with pytest.raises(KeyChanged):
        await store.use_key(second, theirs, lambda: AT)
    assert not await store.use_key(second, mine, lambda: AT)
    assert await found(second) == []


async def test_a_long_chain_is_followed_in_parts(database: Any, sealed: Any) -> None:
    await by_hand(database, "UPDATE points_entries SET points = 9 WHERE id = 3", "DELETE FROM audit WHERE id = 5")
    seen = []
    for walk in tampering.walks():
        while await database.read(walk.step, most=2):
            pass
        seen += [told(one) for one in walk.findings]
    assert seen == ["gone audit 5", "changed ledger 3"]


async def test_many_forged_rows_end(database: Any, sealed: Any) -> None:
    insert = WAYS["an entry is appended"][0][0].replace("SELECT  7", "SELECT 7")
    more = [insert.replace(" 7, 2,", f" {7 + n}, 2,").replace("'x', 0", f"'x{n}', 0") for n in range(9)]
    await by_hand(database, *more)
    (_, walk) = tampering.walks()
    async with asyncio.timeout(30):
        while await database.read(walk.step, most=3):
            pass
    assert [told(one) for one in walk.findings] == ["forged ledger 7-15"]


async def test_administrators_get_the_ends_of_the_chains_once_a_week(database: Any, sealed: Any) -> None:
    def open_private(stores: Any) -> None:
        stores.grants.add(sealed.zhao, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        stores.members.save(replace(sealed.zhao, private=sealed.group.id))
        for _ in range(2):
            tampering.tell(stores, AT)

    await database.write(open_private)
    bodies = await database.read(lambda stores: [one.body for one in stores.deliveries.due(AT + timedelta(days=1), 9)])
    assert ["seal.weekly" in one["text"] and one["silent"] for one in bodies if "seal." in one["text"]] == [True]


def unpacked(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(gzip.decompress(OLD.read_bytes()).decode())


@dataclass
class Shell:
    """The command line on a SQLite store."""

    file: Path

    def run(self, *words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, [*words])
        told = done.output + (str(done.exception) if done.exception and done.exit_code == 1 else "")
        return done.exit_code, told


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The store of an earlier version, upgraded and taken over."""
    file = tmp_path / "jingyi.db"
    unpacked(file)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("JINGYI_LANGUAGE", "en")
    monkeypatch.delenv("JINGYI_AUDIT_KEY", raising=False)
    made = Shell(file)
    assert made.run("migrate")[0] == 0
    assert made.run("verify")[0] == 0
    assert made.run("export", "roster", "roster.csv")[0] == 0  # the first that opens it with a key
    return made


def key_file(shell: Shell) -> Path:
    return shell.file.with_name("jingyi.db.audit-key")


def test_an_earlier_store_is_taken_over_and_verified(shell: Shell) -> None:
    code, said = shell.run("verify")
    assert (code, "The seals are whole" in said) == (0, True)
    assert stat.S_IMODE(key_file(shell).stat().st_mode) == 0o600
    with closing(sqlite3.connect(shell.file)) as connection, connection:
        connection.execute("UPDATE points_entries SET points = points + 1")
        connection.execute("UPDATE points_totals SET points = (SELECT sum(points) FROM points_entries e "
                           "WHERE e.member_id = points_totals.member_id)")  # fmt: skip
    code, said = shell.run("verify")
    assert (code, "before it was sealed" in said) == (1, True)


def test_a_backup_that_is_restored_is_whole(shell: Shell) -> None:
    assert shell.run("backup", "kept.db")[0] == 0
    shell.run("export", "roster", "again.csv")
    assert shell.run("restore", "kept.db")[0] == 0
    assert shell.run("verify")[0] == 0


def test_a_key_that_is_gone_or_another_is_said_with_what_to_do(shell: Shell) -> None:
    kept = key_file(shell).read_text()
    key_file(shell).unlink()
    for command in (("verify",), ("export", "roster", "more.csv")):
        code, said = shell.run(*command)
        assert (code, "JINGYI_AUDIT_KEY" in said) == (1, True), said
    assert not key_file(shell).exists()
    key_file(shell).write_text("0" * 64)
    for command in (("verify",), ("export", "roster", "more.csv")):
        code, said = shell.run(*command)
        assert (code, "the key here is" in said) == (1, True), said
    code, said = shell.run("seal", "--yes")
    assert (code, shell.run("verify")[0]) == (0, 0)
    assert kept not in said


@only_sqlite
async def test_the_daily_check_tells_administrators(database: Any, sealed: Any) -> None:
    from bot.verifier import Verifier

    verifier = Verifier(database, now=lambda: AT)
    assert await verifier.check_seals() == []
    await by_hand(database, "DELETE FROM audit WHERE id = 8")
    for _ in range(2):
        assert [told(one) for one in await verifier.check_seals()] != []
    alarms = await database.read(lambda stores: stores.alarms.all())
    assert ("seal", "gone:audit:8") in [(one.trouble, one.subject) for one in alarms]
    assert {one.trouble for one in alarms} == {Trouble.SEAL}


@only_postgresql
async def test_guards_that_are_switched_off_are_found(database: Any, sealed: Any) -> None:
    def switch_off(stores: Any) -> None:
        stores.connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER audit_no_change")

    await database.write(switch_off)
    assert await found(database) == ["guard audit_no_change"]


def test_a_key_never_shows() -> None:
    assert "kkkk" not in repr(KEY)
    assert KEY.fingerprint not in KEY.secret.decode()
    assert Chain.AUDIT in Chain
    assert Fault("gone") is Fault.GONE
