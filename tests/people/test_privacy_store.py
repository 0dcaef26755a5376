"""All that is stored of somebody is found, on both engines, and nothing is left out of it by oversight."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from domain.admin.setting import Name, Scope, Where
from domain.ids import DraftId
from domain.messaging.delivery import Receipt
from domain.messaging.draft import Draft
from domain.messaging.message import Document, Message
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.person import Entry
from storage.messaging.tables import documents, outbox
from tests.stores import AT

# In the order in which people look for them.
SHEETS = [
    "account",
    "roster",
    "placements",
    "absences",
    "groups",
    "roles",
    "total",
    "points",
    "thanks_given",
    "thanks_received",
    "honours",
    "honours_given",
    "rewards",
    "applications",
    "appeals",
    "settlements",
    "tasks",
    "task_evidence",
    "task_helpers",
    "tasks_given",
    "task_extensions",
    "follow_ups",
    "goals",
    "goal_reports",
    "procedure_runs",
    "procedure_lessons",
    "recurring_tasks",
    "measures",
    "meetings",
    "meeting_items",
    "meetings_called",
    "standing",
    "votes",
    "ballots_cast",
    "inspections",
    "inspection_answers",
    "inspection_rounds",
    "inspection_rubrics",
    "inspection_corrections",
    "findings_found",
    "findings_rectified",
    "findings_verified",
    "findings_planned",
    "signed_up",
    "proposed",
    "approved",
    "photos",
    "own_actions",
    "own_teams",
    "own_figures",
    "trainings_done",
    "trainings_planned",
    "evaluation_results",
    "evaluation_points",
    "evaluation_reviews",
    "evaluation_handed_in",
    "evaluation_changes",
    "evaluation_objections",
    "evaluations_begun",
    "branch_cards",
    "suggestions",
    "suggestion_votes",
    "suggestion_letters",
    "suggestion_steps",
    "hazard_on_call",
    "hazard_calls",
    "tag_corrections",
    "tag_changes",
    "surveys",
    "survey_answers",
    "responses",
    "kept_questionnaires",
    "rounds",
    "study_attempts",
    "study_sheets",
    "question_sets",
    "challenges",
    "study_reads",
    "study_items",
    "matches",
    "match_teams",
    "study_reviews",
    "review_pauses",
    "study_reflections",
    "drafts",
    "invitations",
    "claims",
    "settings",
    "said",
    "audit",
]


async def test_every_statement_is_understood(database, branch):
    def unit(stores):
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="第一党支部").id
        (person,) = stores.people.add([Entry("1", "李伟", place, phone="138")])
        stores.people.link(person.id, branch.li.id)
        tables = stores.privacy.own(branch.li, stores.people.get(person.id))
        return {table.name: list(table.rows) for table in tables}

    found = await database.write(unit)
    assert list(found) == SHEETS
    assert found["roster"] == [("1", "李伟", "第一党支部", "", "138", None, None)]
    assert [row[0] for row in found["groups"]] == ["第一党支部"]
    assert found["points"] == []


async def test_leavers_are_those_who_left_by_a_day_and_are_not_forgotten(database, branch):
    def unit(stores):
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="第一党支部").id
        people = stores.people.add([Entry(str(number), "李伟", place) for number in range(4)])
        for person, day in zip(people, (20, 21, 22), strict=False):
            stores.people.leave(person.id, date(2026, 11, day))
        stores.privacy.forget_person(people[0].id)
        return [person.number for person in stores.privacy.leavers(date(2026, 11, 21), 10)]

    assert await database.write(unit) == ["1"]


async def test_forgetting_an_account_leaves_the_others(database, branch):
    def unit(stores):
        nobody = stores.members.add(PersonProfile(0, "", is_person=False), AT)
        stores.privacy.forget_member(branch.li.id, nobody.id, AT)
        return stores.members.get(branch.li.id), stores.members.of(branch.group.id)

    forgotten, rest = await database.write(unit)
    assert (forgotten.platform_id, forgotten.name, forgotten.username) == (None, "", None)
    assert [member.id for member in rest] == [branch.wang.id, branch.zhao.id]


async def test_what_somebody_has_set_is_shown_and_forgotten(database, branch):
    def unit(stores):
        stores.settings.put(Where(Scope.MEMBER, branch.li.id), Name.ON_BOARD, "no")
        stores.settings.put(Where(Scope.MEMBER, branch.wang.id), Name.ON_BOARD, "no")
        nobody = stores.members.add(PersonProfile(0, "", is_person=False), AT)
        before = _rows(stores, branch.li, "settings")
        stores.privacy.forget_member(branch.li.id, nobody.id, AT)
        return before, _rows(stores, branch.li, "settings"), _rows(stores, branch.wang, "settings")

    assert await database.write(unit) == ([("on_board", "no")], [], [("on_board", "no")])


@pytest.mark.parametrize(
    ("kind", "entries", "words"),
    [
        (
            "task",
            {
                "wanted": "m7\n?王芳\n@li",
                "due": "1795687200",
                "what": "写总结\n\n",
                "source": "-100/7",
                "heard": "-100/8",
            },
            ["王芳 @li", datetime.fromtimestamp(1795687200, UTC), "写总结"],
        ),
        ("task", {"owners": "m2,p3", "asked": "2", "wanted": "m7"}, []),
        ("task_reassign", {"task": "17", "to": "m3"}, []),
        ("setting", {"name": "cap", "scope": "chat", "id": "12", "value": "20"}, ["20"]),
        ("roster", {"file": "LjZl5", "name": "名册.xlsx", "agreed": "31945", "leavers": "31945"}, ["名册.xlsx"]),
        ("suggestion", {"text": "加一盏灯", "names": "named", "source": "-100/9"}, ["加一盏灯"]),
    ],
)
async def test_of_an_unfinished_form_people_get_what_they_have_written_alone(database, branch, kind, entries, words):
    def unit(stores):
        stores.drafts.add(Draft(DraftId(0), kind, branch.li.id, branch.group.id, "", entries), AT)
        return _rows(stores, branch.li, "drafts")

    ((form, written, begun_at),) = await database.write(unit)
    assert (form, written, begun_at) == (f"draft.{kind}", words, AT)


def _rows(stores, member, name):
    return next(list(table.rows) for table in stores.privacy.own(member, None) if table.name == name)


async def test_what_was_said_and_what_waits_goes_and_nothing_is_sent_any_more(database, branch):
    def unit(stores):
        stores.outbox.send(branch.group.id, Message("task.given", {"title": "巡检"}), key="first")
        row = stores.deliveries.due(AT, 9)[0]
        stores.deliveries.sent(row.id, Receipt(message=1))
        stores.outbox.send(branch.group.id, Message("task.given", {"title": "巡检"}), key="second")
        stores.outbox.send_document(
            branch.group.id, Document("privacy.file", "xlsx", b"PK"), Message("privacy.file"), key="third"
        )
        stores.privacy.forget_said(branch.group.id, AT)
        rows = stores.connection.execute(select(outbox.c.state, outbox.c.body, outbox.c.done_at)).all()
        files = stores.connection.execute(select(documents.c.delivery_id)).all()
        return [tuple(row) for row in rows], files, stores.deliveries.due(AT, 9)

    rows, files, due = await database.write(unit)
    assert rows == [("sent", {}, AT), ("withdrawn", {}, AT), ("withdrawn", {}, AT)]
    assert (files, due) == ([], [])
