"""The outbox forgets what was said long ago, and nothing that is still answered, changed or counted."""

from datetime import timedelta

import pytest

from domain.admin import retention
from domain.ids import SurveyId, TaskId
from domain.messaging import draft
from domain.messaging.delivery import Receipt, State
from domain.messaging.message import Message, Poll, Subject
from domain.voice import survey
from domain.voice.survey import Question, Survey
from domain.work import task
from domain.work.task import Plan, cards
from storage.messaging.tables import outbox
from tests.stores import AT, queued

WEEK = retention.WORDS_KEPT + timedelta(seconds=1)
LONG = retention.KEPT + timedelta(seconds=1)


async def prune(database, after):
    await database.write(retention.prune, AT + after)


async def rows(database):
    """What is left: key and words of each row."""

    def look(stores):
        return stores.connection.execute(outbox.select().order_by(outbox.c.id)).mappings().all()

    return {row["key"]: row["body"].get("text", "") for row in await database.read(look)}


@pytest.fixture
def say(database, branch):
    async def say(key, subject=None, state=State.SENT, **more):
        def unit(stores):
            stores.outbox.send(branch.group.id, Message("task.given", subject=subject), key=key, **more)
            row = queued(stores)[-1]
            if state is State.SENT:
                stores.deliveries.sent(row.id, Receipt(message=row.id))
            elif state is State.UNKNOWN:
                stores.deliveries.set_unknown(row.id, state, error="lost", at=AT)
            elif state is not State.QUEUED:
                stores.deliveries.set_state(row.id, state)

        await database.write(unit)

    return say


async def test_an_answer_is_forgotten_after_a_week_and_not_before(database, say):
    await say("answer:1")
    await prune(database, retention.WORDS_KEPT)
    assert await rows(database) == {"answer:1": "zh task.given {}"}
    await prune(database, WEEK)
    assert await rows(database) == {}


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING])
async def test_what_was_not_sent_yet_is_kept_whole_for_ever(database, say, state):
    await say("answer:1", state=state)
    await prune(database, LONG)
    assert await rows(database) == {"answer:1": "zh task.given {}"}


async def test_of_what_is_found_again_the_words_go_first_and_the_row_later(database, say):
    await say("study:1", Subject("study", 1))
    await prune(database, WEEK)
    assert await rows(database) == {"study:1": ""}
    await prune(database, LONG)
    assert await rows(database) == {}


async def test_what_may_have_been_doubled_is_counted_for_three_months(database, say):
    await say("answer:1", state=State.UNKNOWN)
    await prune(database, WEEK)
    assert await database.read(lambda stores: stores.waiting.unknown()) == 1
    await prune(database, LONG)
    assert await rows(database) == {}


async def test_the_card_and_reminders_of_an_open_task_stay_and_those_of_a_done_one_go(database, branch, say):
    def give(stores):
        given = task.Task(TaskId(0), TaskId(0), branch.group.id, branch.li, branch.wang, Plan("巡检"), AT, AT)
        return stores.tasks.add(given, "1/1")

    given = await database.write(give)
    subjects = (cards.card(given), cards.round_in(given.group), cards.digest_of(given.owner.id), cards.formerly(given))
    for subject in subjects:
        await say(str(subject), subject)
    kept = {str(subject) for subject in subjects}
    await database.write(lambda stores: stores.outbox.edit(subjects[0], Message("task.done"), key="refresh"))
    await prune(database, LONG)
    assert {"refresh:1", *kept} == set(await rows(database)), "the change is not made yet"
    await database.write(lambda stores: stores.deliveries.sent(queued(stores)[0].id, Receipt()))
    await prune(database, LONG)
    assert kept == set(await rows(database))
    await database.write(lambda stores: stores.tasks.save(given.finished(AT)))
    await prune(database, LONG)
    assert await rows(database) == {}


async def test_a_survey_that_is_open_can_still_be_closed(database, branch):
    def ask(stores):
        question = Question("几点？", ("16:00", "17:00"))
        wanted = Survey(SurveyId(0), branch.group.id, branch.li, question, AT, AT + timedelta(days=1))
        asked = stores.surveys.add(wanted, "1/1")
        poll = Poll(question.text, question.options)
        stores.outbox.send_poll(branch.group.id, poll, key="ask", subject=asked.subject, urgent=True)
        stores.deliveries.sent(queued(stores)[0].id, Receipt(message=5, poll="P"))
        return asked

    asked = await database.write(ask)
    await prune(database, LONG)
    assert await database.read(lambda stores: stores.outbox.poll_subject("P")) == asked.subject
    assert await database.write(lambda stores: stores.outbox.close_poll(asked.subject, key="close"))
    await database.write(survey.publish, survey_id=asked.id, count=None, at=AT)
    await database.write(lambda stores: [stores.deliveries.sent(row.id, Receipt()) for row in queued(stores)])
    for _ in range(2):  # what closed the poll refers to it
        await prune(database, LONG)
    assert await rows(database) == {}


async def test_a_draft_that_goes_on_and_what_a_group_may_answer_for_ever_stay(database, branch, say):
    def begin(stores):
        begun = draft.Draft(draft.DraftId(0), "task", branch.li.id, branch.group.id, "owner", {})
        return stores.drafts.add(begun, AT)

    begun = await database.write(begin)
    stay = {begun.subject, Subject("suggestion.call", 1), Subject("welcome", 1)}
    for subject in stay:
        await say(str(subject), subject)
    await prune(database, LONG)
    assert set(await rows(database)) == {str(subject) for subject in stay}


async def test_it_is_done_in_portions(database, say, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for number in range(5):
        await say(f"answer:{number}")
    for left in (3, 1, 0, 0):
        await prune(database, WEEK)
        assert len(await rows(database)) == left
