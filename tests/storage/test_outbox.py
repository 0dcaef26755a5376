"""What waits to be said: once, in order, and no other way than it stands when it goes out."""

from datetime import timedelta

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import NoResultFound

from domain import delivery
from domain.chat import ChatKind, ChatSeen
from domain.delivery import Action, Receipt, State
from domain.message import Button, Document, Poll, Thread
from storage import inbox, outbox
from tests.storage.conftest import AT, HABITS, only_sqlite

POLL = Poll("几点开始？", ("16:00", "17:00"), closes_at=AT)


@pytest.fixture
def put(store, branch):
    """Say something, and bring it to a state."""

    async def put_in(state, *, about="task:1", key="first", **more):
        def unit(stores):
            stores.outbox.say(branch.group.id, "task.given", {}, key=key, about=about, **more)
            row = stores.outbox.due(AT, 100)[-1]
            bring(stores, row.id, state)
            return row.id

        return await store.write(unit)

    return put_in


def bring(stores, row, state):
    if state is State.SENT:
        stores.outbox.sent(row, Receipt(message=501, poll="P1"))
    elif state is not State.QUEUED:
        stores.outbox.set_state(row, state)


def due(stores, at=AT, limit=100):
    return stores.outbox.due(at, limit)


async def test_what_is_said_under_one_key_is_said_once_for_ever(store, branch):
    def say(stores, words):
        stores.outbox.say(branch.group.id, words, {}, key="study:1")

    await store.write(say, "first")
    await store.write(say, "second")
    (row,) = await store.read(due)
    assert "first" in row.body["text"]
    await store.write(lambda stores: stores.outbox.sent(row.id, Receipt(message=1)))
    await store.write(say, "third")
    assert await store.read(due) == []


async def test_a_row_has_all_that_the_sender_needs(store, branch):
    buttons = ((Button("task.done_button", "task.done:1", {"n": 1}),), ())
    await store.write(
        lambda stores: stores.outbox.say(
            branch.group.id,
            "task.given",
            {"n": 1},
            key="a",
            about="task:1",
            buttons=buttons,
            thread=Thread(7, 8),
            urgent=True,
        )
    )
    (row,) = await store.read(due)
    assert (row.chat, row.place, row.action, row.about, row.urgent, row.tries, row.target) == (
        branch.group.id, -1001, Action.SAY, "task:1", True, 0, None,
    )  # fmt: skip
    assert row.body == {
        "text": "zh task.given {'n': 1}",
        "buttons": [[["zh task.done_button {'n': 1}", "task.done:1"]], []],
        "reply_to": 7,
        "topic": 8,
    }


async def test_a_poll_has_all_that_the_sender_needs(store, branch):
    await store.write(lambda stores: stores.outbox.ask(branch.group.id, POLL, key="a", about="survey:1"))
    (row,) = await store.read(due)
    assert row.action is Action.ASK
    assert row.body == {
        "question": "几点开始？", "options": ["16:00", "17:00"], "anonymous": False, "correct": None,
        "explanation": "", "closes_at": int(AT.timestamp()), "reply_to": None, "topic": None,
    }  # fmt: skip


async def test_answers_to_people_go_first_and_the_rest_in_its_order(store, branch):
    def say(stores):
        for number in range(6):
            stores.outbox.say(branch.group.id, f"{number}", {}, key=f"{number}", urgent=number in (3, 5))

    await store.write(say)
    assert [row.body["text"].split()[1] for row in await store.read(due)] == ["3", "5", "0", "1", "2", "4"]
    assert len(await store.read(due, limit=2)) == 2


async def test_what_is_put_off_holds_its_chat_and_no_other(store, branch):
    def say(stores):
        other = stores.chats.add(ChatSeen(-1002, ChatKind.GROUP, "第二党支部"), HABITS, AT)
        for number, chat in enumerate((branch.group.id, branch.group.id, other.id)):
            stores.outbox.say(chat, f"{number}", {}, key=f"{number}", urgent=number == 1)
        first = due(stores)[1]
        stores.outbox.put_off(first.id, AT + timedelta(seconds=3), "flood")

    def texts(stores, at):
        return [row.body["text"].split()[1] for row in due(stores, at)]

    await store.write(say)
    assert await store.read(texts, AT) == ["2"]
    assert await store.read(texts, AT + timedelta(seconds=2)) == ["2"]
    assert await store.read(texts, AT + timedelta(seconds=3)) == ["1", "0", "2"]
    assert [row.tries for row in await store.read(due, AT + timedelta(seconds=3))] == [0, 1, 0]


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.FAILED, State.UNKNOWN, State.WITHDRAWN])
async def test_only_what_is_queued_is_due(store, put, state):
    await put(state)
    assert await store.read(due) == []


async def test_a_message_that_waits_is_rewritten_where_it_waits_and_keeps_its_place(store, put):
    row = await put(State.QUEUED, thread=Thread(7, 8))
    await store.write(lambda stores: stores.outbox.rewrite("task:1", "task.done", {}, key="redraw"))
    (found,) = await store.read(due)
    assert (found.id, found.action, found.body["text"]) == (row, Action.SAY, "zh task.done {}")
    assert (found.body["reply_to"], found.body["topic"]) == (7, 8)


@pytest.mark.parametrize(("state", "target"), [(State.SENDING, None), (State.SENT, 501), (State.UNKNOWN, None)])
async def test_a_message_that_may_be_out_is_rewritten_by_a_row_of_its_own(store, put, state, target):
    await put(state)
    for _ in range(2):
        await store.write(lambda stores: stores.outbox.rewrite("task:1", "task.done", {}, key="redraw"))
    (found,) = await store.read(due)
    assert (found.action, found.target, found.body["text"]) == (Action.REWRITE, target, "zh task.done {}")


@pytest.mark.parametrize("state", [State.FAILED, State.WITHDRAWN])
async def test_a_message_that_never_came_is_neither_rewritten_nor_taken_back(store, put, state):
    await put(state)

    def change(stores):
        stores.outbox.rewrite("task:1", "task.done", {}, key="redraw")
        stores.outbox.take_back("task:1", key="gone")
        return stores.outbox.close_poll("task:1", key="close")

    assert await store.write(change) is False
    assert await store.read(due) == []


async def test_a_message_that_waits_is_taken_back_before_it_is_said(store, put, branch):
    await put(State.QUEUED)
    await store.write(lambda stores: stores.outbox.take_back("task:1", key="gone"))
    assert await store.read(due) == []
    assert await store.read(lambda stores: stores.outbox.next_in(branch.group.id, AT)) is None


@pytest.mark.parametrize(("state", "target"), [(State.SENDING, None), (State.SENT, 501), (State.UNKNOWN, None)])
async def test_a_message_that_may_be_out_is_taken_back_once_and_stands_no_more(store, put, state, target):
    await put(state)
    for turn in range(2):
        await store.write(lambda stores, turn=turn: stores.outbox.take_back("task:1", key=f"gone {turn}"))
    await store.write(lambda stores: stores.outbox.rewrite("task:1", "task.done", {}, key="redraw"))
    (found,) = await store.read(due)
    assert (found.action, found.target) == (Action.TAKE_BACK, target)
    assert await store.read(lambda stores: stores.outbox.message_about("task:1")) is None


@pytest.mark.parametrize(
    ("state", "stands"),
    [(State.QUEUED, False), (State.SENDING, True), (State.SENT, True), (State.UNKNOWN, True), (State.FAILED, False)],
)
async def test_a_poll_is_closed_where_it_may_stand(store, branch, state, stands):
    def unit(stores):
        stores.outbox.ask(branch.group.id, POLL, key="survey:1", about="survey:1")
        bring(stores, due(stores)[0].id, state)
        return stores.outbox.close_poll("survey:1", key="close")

    assert await store.write(unit) is stands
    assert [(row.action, row.about) for row in await store.read(due)] == [(Action.CLOSE_POLL, "survey:1")] * stands


async def test_what_is_being_sent_is_what_stands_by_then(store, put):
    """Between looking for work and its turn a row may wait for a minute: what changes meanwhile counts."""
    row = await put(State.QUEUED)
    (stale,) = await store.read(due)
    await store.write(lambda stores: stores.outbox.rewrite("task:1", "task.done", {}, key="redraw"))
    begun = await store.write(delivery.begin, chat=stale.chat, at=AT)
    assert (begun.id, begun.body["text"]) == (row, "zh task.done {}")
    assert await store.write(delivery.begin, chat=stale.chat, at=AT) is None, "it is under way already"


async def test_nothing_is_begun_in_a_chat_that_was_put_off_since(store, put):
    await put(State.QUEUED, key="first")
    await put(State.QUEUED, key="second")
    first, second = await store.read(due)
    await store.write(lambda stores: stores.outbox.put_off(first.id, AT + timedelta(seconds=3), "flood"))
    assert await store.write(delivery.begin, chat=second.chat, at=AT) is None
    begun = await store.write(delivery.begin, chat=second.chat, at=AT + timedelta(seconds=3))
    assert begun.id == first.id


async def test_an_answer_that_came_meanwhile_has_its_turn_first(store, put):
    await put(State.QUEUED, key="push")
    (push,) = await store.read(due)
    await store.write(lambda stores: stores.outbox.say(push.chat, "answer", {}, key="answer", urgent=True))
    assert (await store.write(delivery.begin, chat=push.chat, at=AT)).urgent


async def test_what_was_taken_back_is_not_begun(store, put):
    await put(State.QUEUED)
    (stale,) = await store.read(due)
    await store.write(lambda stores: stores.outbox.take_back("task:1", key="gone"))
    assert await store.write(delivery.begin, chat=stale.chat, at=AT) is None


async def test_a_posted_message_is_found_again(store, put, branch):
    await put(State.SENT, about="study:1", key="old")

    def look(stores):
        return (
            stores.outbox.subject(branch.group.id, 501),
            stores.outbox.poll_subject("P1"),
            stores.outbox.message_about("study:1"),
        )

    assert await store.read(look) == ("study:1", "study:1", 501)
    assert await store.read(lambda stores: stores.outbox.poll_subject("P2")) is None
    assert await store.read(lambda stores: stores.outbox.subject(branch.group.id, 502)) is None


async def test_the_newest_message_about_a_subject_is_the_one(store, put):
    await put(State.SENT, key="old")
    newer = await put(State.QUEUED, key="new")
    await store.write(lambda stores: stores.outbox.sent(newer, Receipt(message=777)))
    assert await store.read(lambda stores: stores.outbox.message_about("task:1")) == 777


async def test_after_a_crash_what_was_said_is_unknown_and_changes_are_made_again(store, put):
    said = await put(State.SENDING)
    await store.write(lambda stores: stores.outbox.rewrite("task:1", "task.done", {}, key="redraw"))
    (change,) = await store.read(due)
    await store.write(delivery.begin, chat=change.chat, at=AT)
    assert await store.read(lambda stores: stores.outbox.any_under_way())
    assert await store.write(delivery.resume) == 2
    assert [row.id for row in await store.read(due)] == [change.id]
    assert not await store.read(lambda stores: stores.outbox.any_under_way())
    assert said not in [row.id for row in await store.read(due)]


@only_sqlite
async def test_looking_for_work_does_not_read_what_was_sent(store):
    """SQLite would read the whole table, once a second, were the index's condition not in the statement."""

    def plan(stores, statement):
        compiled = statement.compile(dialect=sqlite.dialect())
        values = tuple(1 for _ in compiled.positiontup)
        return [row[3] for row in stores.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)]

    for statement, index, tables in (
        (outbox.DUE, "ix_outbox_queue", ("outbox", "held")),
        (outbox.UNDER_WAY, "ix_outbox_queue", ("outbox",)),
        (inbox.OPEN, "ix_inbox_open", ("inbox",)),
    ):
        told = await store.read(plan, statement)
        for table in tables:
            assert [line for line in told if line.startswith((f"SCAN {table}", f"SEARCH {table}")) and index in line], (
                told
            )


FILE = Document("privacy.file", "xlsx", b"PK\x00\xff")


def send(stores, branch, key="file"):
    stores.outbox.send(branch.group.id, FILE, "privacy.sent", {}, key=key)
    return stores.outbox.due(AT, 100)


async def test_a_file_waits_with_its_name_and_what_is_in_it(store, branch):
    (row,) = await store.write(send, branch)
    assert row.action is Action.DOCUMENT
    assert row.body["name"] == "zh privacy.file {}.xlsx"
    assert await store.read(delivery.content, delivery=row.id) == FILE.content


@pytest.mark.parametrize(
    "end",
    [
        lambda stores, row: delivery.settle(stores, delivery=row, receipt=Receipt(7)),
        lambda stores, row: delivery.fail(stores, delivery=row, error="gone"),
        lambda stores, row: delivery.lose(stores, delivery=row, error="no answer"),
    ],
    ids=["sent", "failed", "unknown"],
)
async def test_what_was_in_a_file_is_forgotten_however_its_sending_ended(store, branch, end):
    (row,) = await store.write(send, branch)
    await store.write(end, row)
    await store.write(send, branch)
    with pytest.raises(NoResultFound):
        await store.read(delivery.content, delivery=row.id)


async def test_a_file_that_is_tried_again_keeps_what_is_in_it(store, branch):
    (row,) = await store.write(send, branch)
    await store.write(delivery.retry, delivery=row, until=AT, error="later")
    assert await store.read(delivery.content, delivery=row.id) == FILE.content


async def test_a_file_whose_sending_was_cut_off_is_not_sent_again_and_forgotten(store, branch):
    (row,) = await store.write(send, branch)
    await store.write(delivery.begin, chat=branch.group.id, at=AT)
    assert await store.write(delivery.resume) == 1
    assert await store.read(due) == []
    with pytest.raises(NoResultFound):
        await store.read(delivery.content, delivery=row.id)
