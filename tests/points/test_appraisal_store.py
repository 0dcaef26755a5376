"""The appraisal: every entry behind each score, corrections, a checksum, and nothing that a spreadsheet would run."""

import csv
import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import texts
from domain.admin.audit import FILE_EXPORTED
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.message import Document
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.people.person import Entry as Roster
from domain.points import adjustment, appraisal, points, publicity, settlement
from handlers.points.appraisal import content
from tests.points.events import ON_TIME
from tests.points.test_settlement_store import DECEMBER, OCTOBER, administrator, at_noon
from tests.stores import AT, LOCALE, Branch

HARM = '=HYPERLINK("http://x","点")'


def label(name: str, **values: object) -> str:
    return texts.label(name, texts.Reader("zh", "Asia/Shanghai"), values)


def settle(stores, branch: Branch) -> Actor:
    """October, with an entry that came late and a correction that names it; Li is of one branch, Wang of another."""
    own, other = (branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=name) for name in ("一支部", "=二"))
    found = stores.people.add([Roster("1", "李伟", own.id), Roster("2", "王海燕", other.id)])
    for person, member in zip(found, (branch.li, branch.wang), strict=True):
        stores.people.link(person.id, member.id)
    for member, cause in ((branch.li, HARM), (branch.wang, "巡检")):
        points.award(stores, member.id, branch.group, *ON_TIME, source="a", cause=cause, at=at_noon(date(2026, 10, 9)))
    admin = administrator(stores)
    settlement.begin(stores, admin, period=OCTOBER)
    publicity.end(stores, DECEMBER + timedelta(days=30))
    points.award(
        stores, branch.li.id, branch.group, *ON_TIME, source="late", cause="迟报", at=at_noon(date(2026, 10, 30))
    )
    for member in (branch.li, branch.wang):
        about = {"reason": "漏记", "source": "x", "about": OCTOBER.first}
        adjustment.add(stores, admin, member=member.id, points=2, **about)
    return admin


async def test_it_has_every_entry_and_what_came_after(database, branch):
    def looked(stores):
        admin = settle(stores, branch)
        return appraisal.look(stores, admin, number=1)

    found = await database.write(looked)
    assert [(one.number, one.name, one.branch, one.points) for one in found.lines] == [
        ("1", "李伟", "一支部", 5),
        ("2", "王海燕", "=二", 5),
    ]
    assert [(one.name, one.cause, one.points) for one in found.entries] == [("李伟", HARM, 5), ("王海燕", "巡检", 5)]
    assert [(one.name, one.cause) for one in found.corrections] == [
        ("李伟", "迟报"),
        ("李伟", "漏记"),
        ("王海燕", "漏记"),
    ]


async def test_a_secretary_has_their_own_branch_and_the_log_has_the_checksum(database, branch):
    def delivered(stores):
        settle(stores, branch)
        own = stores.people.numbered("1").branch
        secretary = stores.members.add(PersonProfile(8, "书记"), AT)
        private = stores.chats.add(ChatProfile(8, ChatKind.PRIVATE, "书记"), LOCALE, AT)
        secretary = replace(secretary, private=private.id)
        stores.members.save(secretary)
        stores.grants.add(secretary, Role.SECRETARY, Area(branch=own), None, AT)
        actor = Actor(secretary, private, DECEMBER)
        found = appraisal.look(stores, actor, number=1)
        made = content(found, label, private, as_csv=False)
        file = Document("appraisal.file_name", "xlsx", made, {"settlement": found.settlement})
        appraisal.deliver(stores, actor, of=found.settlement, document=file, key="x")
        return found, made, stores.audit.of_kinds([FILE_EXPORTED])

    found, made, records = await database.write(delivered)
    assert {one.name for one in (*found.lines, *found.entries, *found.corrections)} == {"李伟"}
    assert [(one.subject, one.new) for one in records] == [("appraisal settlement:1", hashlib.sha256(made).hexdigest())]


async def test_no_text_in_it_is_a_formula(database, branch):
    def looked(stores):
        return appraisal.look(stores, settle(stores, branch), number=1)

    found = await database.write(looked)
    with zipfile.ZipFile(io.BytesIO(content(found, label, None, as_csv=False))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 5
    assert not any("<f>" in one for one in sheets)
    rows = list(csv.reader(io.StringIO(content(found, label, None, as_csv=True).decode("utf-8-sig"))))
    assert len(rows) == 1 + 2 + 2 + 3
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert f"'{HARM}" in {cell for row in rows for cell in row}
