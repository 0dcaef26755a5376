"""What was learnt, counted in the store, in the Monday letter and in exports."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.report import digest
from domain.reporting import Span
from domain.study.asking.answering import record
from domain.study.attempt import Attempt, Occasion, OccasionKind
from domain.study.item import Lesson
from domain.study.learning.reporting import EXPORT
from domain.study.learning.service import of_group
from tests.stores import AT, LOCALE, queued
from tests.study.questions import single

SINCE, UNTIL = datetime(2026, 11, 22, 16, tzinfo=UTC), datetime(2026, 11, 29, 16, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 1, 10, tzinfo=UTC)
HELMET = Lesson(
    "helmet", "先戴安全帽", "安全", "帽带系紧。", "GB 2811", single("helmet", "帽带怎么系？", ("紧", "松"), 0)
)
LOCK = Lesson("lock", "先上锁", "安全", "谁上锁谁开锁。", "规程")


@pytest.fixture
async def week(database, branch):
    """Seven people: two read, six answer (two right, one hastily), one reviews; an item lies unopened."""
    return await database.write(live, branch)


def live(stores, branch):
    for lesson in (HELMET, LOCK):
        stores.studies.put(lesson)
    more = [stores.members.add(PersonProfile(number, f"m{number}"), AT) for number in range(300, 304)]
    people = [branch.li, branch.wang, branch.zhao, *more]
    for one in more:
        stores.members.speak(branch.group.id, one.id, AT)
    prompts = []
    for place in range(2):
        at = AT + timedelta(days=place)
        item = stores.studies.candidates(branch.group.id, at.date())[0].item
        prompts.append(stores.studies.add_prompt(branch.group, item, at.date(), at))
    for who in people[:2]:
        stores.studies.note_read(prompts[0].id, who.id, AT)
    (question,) = stores.questions.of_topics(())
    for place, who in enumerate(people[:6]):
        given = Occasion(OccasionKind.DAILY, prompts[0].id, branch.group.id)
        right = place < 3
        record(stores, Attempt(who.id, question.id, given, (0 if right else 1,), right, AT, is_hasty=place == 2))
    for number, right in ((1, True), (2, False)):
        given = Occasion(OccasionKind.REVIEW, number, branch.group.id)
        at = AT + timedelta(hours=number)
        record(stores, Attempt(people[5].id, question.id, given, (0 if right else 1,), right, at))
    return branch


async def test_reach_first_answers_reviews_and_what_nobody_opens_are_counted(database, week):
    found = await database.read(lambda stores: of_group(stores, week.group, SINCE, UNTIL))
    assert (found.reach.took_part, found.reach.of) == (2, 7)
    assert (found.first.right, found.first.answered) == (2, 5), "a hasty answer tells nothing"
    assert (found.kept.right, found.kept.answered) == (1, 2)
    assert [one.text for one in found.hardest] == ["帽带怎么系？"]
    assert found.unopened == ["先上锁"]
    later = await database.read(lambda stores: of_group(stores, week.group, UNTIL, UNTIL + timedelta(days=7)))
    assert not later.happened


async def test_the_secretary_reads_it_in_one_message_with_a_picture(database, week):
    def appoint(stores):
        private = stores.chats.add(ChatProfile(100, ChatKind.PRIVATE, "p"), LOCALE, AT)
        stores.members.save(replace(stores.members.get(week.wang.id), private=private.id))
        stores.grants.add(stores.members.get(week.wang.id), Role.SECRETARY, Area(group=week.group.id), None, AT)
        for _ in range(2):
            digest.weekly(stores, MONDAY)
        digest.weekly(stores, MONDAY + timedelta(days=7))
        return [one for one in queued(stores) if one.chat == private.id]

    told, month = await database.write(appoint)
    assert "'learnt': None" in month.body["text"], "nothing was learnt in the week of the month's letter"
    assert "Learnt(" in told.body["text"]
    assert told.body["picture"]["kind"] == "learning.told"
    assert [line["kind"] for line in told.body["picture"]["values"]["lines"]] == ["reach", "first", "kept", "question"]


async def test_an_export_has_the_figures_and_questions_and_nothing_of_an_empty_span(database, week):
    span = Span(week.group, SINCE, UNTIL, UNTIL, 100, named=True)
    found = await database.read(lambda stores: EXPORT.read(stores, span))
    own, questions = found.tables()
    assert own.rows == [(2, 7, 5, 2, 12, 77, 2, 1, 1)]
    assert questions.rows == [("帽带怎么系？", 5, 2, 12, 77)]
    empty = replace(span, since=UNTIL, until=UNTIL + timedelta(days=1))
    assert (await database.read(lambda stores: EXPORT.read(stores, empty))).tables() == []
