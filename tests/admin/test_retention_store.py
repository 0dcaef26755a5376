"""The outbox forgets what was said long ago, and nothing that is still answered, changed or counted."""

from datetime import timedelta

import pytest

from domain.admin import retention
from domain.ids import TaskId
from domain.messaging import draft
from domain.messaging.delivery import Receipt, State
from domain.messaging.message import NOWHERE
from domain.voice import survey
from domain.voice.survey import Question
from domain.work import task
from domain.work.task import Plan
from domain.work.task.cards import reminder_about
from storage.schema import outbox
from tests.stores import AT, queued

WEEK = retention.WORDS_KEPT + timedelta(seconds=1)
LONG = retention.KEPT + timedelta(seconds=1)


async def prune(store, after):
    await store.write(retention.prune, AT + after)


async def rows(store):
    """What is left: key and words of each row."""

    def look(stores):
        return stores.connection.execute(outbox.select().order_by(outbox.c.id)).mappings().all()

    return {row["key"]: row["body"].get("text", "") for row in await store.read(look)}


@pytest.fixture
def say(store, branch):
    async def say(key, about=None, state=State.SENT, **more):
        def unit(stores):
            stores.outbox.say(branch.group.id, "task.given", {}, key=key, about=about, **more)
            row = queued(stores)[-1]
            if state is State.SENT:
                stores.outbox.sent(row.id, Receipt(message=row.id))
            elif state is State.UNKNOWN:
                stores.outbox.doubt(row.id, state, error="lost", at=AT)
            elif state is not State.QUEUED:
                stores.outbox.set_state(row.id, state)

        await store.write(unit)

    return say


async def test_an_answer_is_forgotten_after_a_week_and_not_before(store, say):
    await say("answer:1")
    await prune(store, retention.WORDS_KEPT)
    assert await rows(store) == {"answer:1": "zh task.given {}"}
    await prune(store, WEEK)
    assert await rows(store) == {}


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING])
async def test_what_was_not_sent_yet_is_kept_whole_for_ever(store, say, state):
    await say("answer:1", state=state)
    await prune(store, LONG)
    assert await rows(store) == {"answer:1": "zh task.given {}"}


async def test_of_what_is_found_again_the_words_go_first_and_the_row_later(store, say):
    await say("study:1", about="study:1")
    await prune(store, WEEK)
    assert await rows(store) == {"study:1": ""}
    await prune(store, LONG)
    assert await rows(store) == {}


async def test_what_may_have_been_doubled_is_counted_for_three_months(store, say):
    await say("answer:1", state=State.UNKNOWN)
    await prune(store, WEEK)
    assert await store.read(lambda stores: stores.waiting.unknown()) == 1
    await prune(store, LONG)
    assert await rows(store) == {}


async def test_the_card_and_reminder_of_an_open_task_stay_and_those_of_a_done_one_go(store, branch, say):
    def give(stores):
        given = task.Task(TaskId(0), TaskId(0), branch.group.id, branch.li, branch.wang, Plan("巡检"), AT, AT)
        return stores.tasks.add(given, "1/1")

    given = await store.write(give)
    about = (f"tasks:{given.batch}", reminder_about(given))
    for name in about:
        await say(name, about=name)
    await store.write(lambda stores: stores.outbox.rewrite(about[0], "task.done", {}, key="redraw"))
    await prune(store, LONG)
    assert {"redraw:1", *about} == set(await rows(store)), "the change is not made yet"
    await store.write(lambda stores: stores.outbox.sent(queued(stores)[0].id, Receipt()))
    await prune(store, LONG)
    assert set(about) == set(await rows(store))
    await store.write(lambda stores: stores.tasks.save(given.finished(AT)))
    await prune(store, LONG)
    assert await rows(store) == {}


async def test_a_survey_that_is_open_can_still_be_closed(store, branch):
    def ask(stores):
        asked = survey.ask(
            stores,
            group=branch.group,
            asker=branch.li,
            question=Question("几点？", ("16:00", "17:00")),
            closes_at=None,
            source="1/1",
            thread=NOWHERE,
            at=AT,
        )
        stores.outbox.sent(queued(stores)[0].id, Receipt(message=5, poll="P"))
        return asked

    asked = await store.write(ask)
    await prune(store, LONG)
    assert await store.read(lambda stores: stores.outbox.poll_subject("P")) == asked.about
    assert await store.write(lambda stores: stores.outbox.close_poll(asked.about, key="close"))
    await store.write(survey.publish, survey_id=asked.id, tally=None, at=AT)
    await store.write(lambda stores: [stores.outbox.sent(row.id, Receipt()) for row in queued(stores)])
    for _ in range(2):  # what closed the poll refers to it
        await prune(store, LONG)
    assert await rows(store) == {}


async def test_a_draft_that_goes_on_and_what_a_group_may_answer_for_ever_stay(store, branch, say):
    def begin(stores):
        begun = draft.Draft(draft.DraftId(0), draft.DraftKind.TASK, branch.li.id, branch.group.id, "owner", {})
        return stores.drafts.add(begun, AT)

    begun = await store.write(begin)
    stay = {begun.about, "suggestion.call:1", "welcome:1"}
    for name in stay:
        await say(name, about=name)
    await prune(store, LONG)
    assert set(await rows(store)) == stay


async def test_it_is_done_in_portions(store, say, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for number in range(5):
        await say(f"answer:{number}")
    for left in (3, 1, 0, 0):
        await prune(store, WEEK)
        assert len(await rows(store)) == left
