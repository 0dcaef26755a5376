"""A store that an earlier version wrote is upgraded and goes on: see `stores/README.md` for what it holds."""

import gzip
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import handlers
from domain.admin import audit
from domain.ids import ChatId, DraftId, MemberId, TaskId
from domain.messaging.delivery import Call, Receipt
from domain.points import verify
from storage import migrate
from storage.database import connect
from tests.stores import Renderer

WRITTEN = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)
OLD = Path(__file__).parent / "stores" / "0016.sql.gz"
DRAFTS = {
    2: ("binding", "who"),
    3: ("suggestion", "text"),
    4: ("task", "owner"),
    5: ("task", "deadline"),
    6: ("task", "title"),
    7: ("survey", "question"),
    8: ("survey", "options"),
    9: ("survey", "preview"),
    10: ("setting", "value"),
    11: ("roster", "preview"),
}


def restore(packed: Path, file: Path) -> None:
    """Make a SQLite file of a packed store."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(gzip.decompress(packed.read_bytes()).decode())


def lead(file: Path) -> None:
    """Make Chen the secretary of all groups of the old store, so that they go on."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO grants (member_id, role, chat_id, granted_at) "
            "SELECT 1, 'secretary', id, 0 FROM chats WHERE kind = 'group'"
        )


@pytest.fixture
async def old(tmp_path):
    """The old store, upgraded and opened, where every group has a secretary."""
    file = tmp_path / "old.db"
    restore(OLD, file)
    lead(file)
    url = f"sqlite:///{file}"
    migrate.upgrade(url)
    database = connect(url, Renderer(), lambda: WRITTEN)
    await database.open()
    yield database
    await database.close()


async def test_its_totals_are_what_the_ledger_says(old):
    assert await old.read(verify.differences) == []
    assert await old.read(lambda stores: stores.points.total(MemberId(2))) == 15


async def test_its_audit_log_is_whole(old):
    assert await old.read(audit.broken_link) is None
    assert (await old.read(audit.tip)).number == 13


async def test_its_queued_messages_are_read_and_sent(old):
    def send(stores):
        sent = []
        while due := stores.deliveries.due(WRITTEN, 9):
            for one in due:
                sent.append((one.id, one.call))
                stores.deliveries.sent(one.id, Receipt(message=1000 + one.id))
        return sorted(sent), bytes(stores.deliveries.content(72))

    sent, content = await old.write(send)
    assert sent == [
        (71, Call.SEND_POLL),
        (72, Call.SEND_DOCUMENT),
        (73, Call.SEND),
        (74, Call.SEND_POLL),
        (75, Call.EDIT),
    ]
    assert content == b"PK fixture"


async def test_its_drafts_are_open(old):
    found = await old.read(lambda stores: {number: stores.drafts.get(DraftId(number)) for number in DRAFTS})
    assert {number: (draft.form, draft.step) for number, draft in found.items()} == DRAFTS


async def test_its_drafts_go_on_at_their_step(old):
    forms = {form.name: form for feature in handlers.FEATURES for form in feature.forms}
    found = await old.read(lambda stores: [stores.drafts.get(DraftId(number)) for number in DRAFTS])
    asked = [forms[draft.form].asked(draft) for draft in found]
    assert [field and field.name for field in asked] == [
        *("who", "text", "owners", "due", "what", "question", "options", "names", "value", None)
    ]


async def test_its_people_chats_and_tasks_are_known(old):
    def look(stores):
        group = stores.chats.get(ChatId(1))
        numbers = [stores.people.of_member(MemberId(number)) for number in (1, 2)]
        return group, [person.number for person in numbers], stores.tasks.get(TaskId(2)), stores.grants.of(MemberId(2))

    group, numbers, task, grants = await old.read(look)
    assert (group.title, group.platform_id, group.branch) == ("第一党支部", -1002000000001, 2)
    assert numbers == ["0001", "0002"]
    assert (task.plan.title, task.done_at is not None) == ("整理台账", True)
    assert len(grants) == 2


async def test_all_that_it_has_of_somebody_is_shown_and_erased(old):
    def erase(stores):
        member = stores.members.get(MemberId(2))
        shown = stores.privacy.own(member, stores.people.of_member(member.id))
        nobody = stores.members.await_username("nobody", WRITTEN)
        stores.privacy.forget_member(member.id, nobody.id, WRITTEN)
        return {table.name: len(table.rows) for table in shown}, stores.members.get(member.id).name

    shown, name = await old.write(erase)
    assert (shown["tasks"], shown["suggestions"], shown["drafts"], shown["settings"]) == (4, 1, 1, 1)
    assert name == ""
    assert await old.read(verify.differences) == []


def counted(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_groups_of_a_branch_go_on_and_others_wait_to_be_admitted(tmp_path):
    file = tmp_path / "old.db"
    restore(OLD, file)
    before = counted(file, "SELECT chat_id, count(*) FROM outbox WHERE state = 'queued' GROUP BY chat_id")
    migrate.upgrade(f"sqlite:///{file}")
    groups = "SELECT id, admission, admission_by FROM chats WHERE kind = 'group' ORDER BY id"
    assert counted(file, groups) == [(1, "admitted", None), *((number, "pending", None) for number in range(5, 13))]
    after = counted(file, "SELECT chat_id, count(*) FROM outbox WHERE state = 'queued' GROUP BY chat_id")
    assert after == [row for row in before if row[0] not in range(5, 13)] != before
    assert counted(file, "SELECT DISTINCT group_id FROM memberships WHERE spoke") == [(1,)]


def test_a_group_with_a_secretary_by_role_goes_on(tmp_path):
    file = tmp_path / "old.db"
    restore(OLD, file)
    lead(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE grants SET revoked_at = 1 WHERE chat_id = 6")
    migrate.upgrade(f"sqlite:///{file}")
    waiting = "SELECT id FROM chats WHERE kind = 'group' AND admission <> 'admitted'"
    assert counted(file, waiting) == [(6,)]
