"""What waits to be said: once, in order, and no other way than it stands when it goes out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import NoResultFound

from domain.ids import TaskId
from domain.messaging import delivery, refused
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.delivery import DRAWN, Call, IfUnknown, Receipt, State
from domain.messaging.message import Action, Button, Document, Message, Picture, Poll, Subject, Thread
from domain.messaging.outbox import AT_ONCE, CARD_EVERY
from domain.messaging.refused import Why
from domain.work.task import Plan, Task, cards
from storage.messaging import inbox, sending, tables
from storage.prepared import Prepared
from tests.stores import AT, LOCALE, only_sqlite, queued

MIDNIGHT = AT + timedelta(hours=13, minutes=59)  # nearly, in Shanghai
TASK, SURVEY, STUDY = Subject("task", 1), Subject("survey", 1), Subject("study", 1)
POLL = Poll("几点开始？", ("16:00", "17:00"), closes_at=AT)


@pytest.fixture
def put(database, branch):
    """Say something, and bring it to a state."""

    async def put_in(state, *, subject=TASK, key="first", **more):
        def unit(stores):
            stores.outbox.send(branch.group.id, Message("task.given", subject=subject), key=key, **more)
            row = queued(stores)[-1]
            bring(stores, row.id, state)
            return row.id

        return await database.write(unit)

    return put_in


def bring(stores, row, state):
    if state is State.SENT:
        stores.deliveries.sent(row, Receipt(message=501, poll="P1"))
    elif state is not State.QUEUED:
        stores.deliveries.set_state(row, state)


def due(stores, at=AT, limit=100):
    return stores.deliveries.due(at, limit)


def take(stores, at):
    """What is claimed at a moment, and sent at once."""
    claimed = delivery.claim(stores, holder="w", at=at, limit=100)
    for row in claimed:
        delivery.mark_sent(stores, delivery=row, receipt=Receipt(message=row.id))
    return claimed


async def test_what_is_said_under_one_key_is_said_once_for_ever(database, branch):
    def say(stores, words):
        stores.outbox.send(branch.group.id, Message(words), key="study:1")

    await database.write(say, "first")
    await database.write(say, "second")
    (row,) = await database.read(due)
    assert "first" in row.body["text"]
    await database.write(lambda stores: stores.deliveries.sent(row.id, Receipt(message=1)))
    await database.write(say, "third")
    assert await database.read(due) == []


async def test_a_row_has_all_that_the_sender_needs(database, branch):
    buttons = ((Button("task.done_button", Action("task.done", 1), {"n": 1}),), ())
    await database.write(
        lambda stores: stores.outbox.send(
            branch.group.id,
            Message("task.given", {"n": 1}, buttons=buttons, subject=TASK),
            key="a",
            thread=Thread(7, 8),
            urgent=True,
        )
    )
    (row,) = await database.read(due)
    assert (row.chat, row.place, row.call, row.subject, row.urgent, row.tries, row.target) == (
        branch.group.id, -1001, Call.SEND, TASK, True, 0, None,
    )  # fmt: skip
    assert row.body == {
        "text": "zh task.given {'n': 1}",
        "buttons": [[["zh task.done_button {'n': 1}", "task.done:1"]], []],
        "reply_to": 7,
        "topic": 8,
        "silent": True,
    }


async def test_a_poll_has_all_that_the_sender_needs(database, branch):
    await database.write(lambda stores: stores.outbox.send_poll(branch.group.id, POLL, key="a", subject=SURVEY))
    (row,) = await database.read(due)
    assert row.call is Call.SEND_POLL
    assert row.body == {
        "question": "几点开始？", "options": ["16:00", "17:00"], "anonymous": False, "correct": None,
        "explanation": "", "closes_at": int(AT.timestamp()), "silent": True, "reply_to": None,
        "topic": None, "multiple": False,
    }  # fmt: skip


async def test_answers_to_people_go_first_and_the_rest_in_its_order(database, branch):
    def say(stores):
        for number in range(6):
            stores.outbox.send(branch.group.id, Message(f"{number}"), key=f"{number}", urgent=number in (3, 5))

    await database.write(say)
    assert [row.body["text"].split()[1] for row in await database.read(queued)] == ["3", "5", "0", "1", "2", "4"]
    heard = []
    while turns := await database.write(take, at=AT):
        heard += [row.body["text"].split()[1] for row in turns]
    assert heard == ["3", "5", "0", "1", "2", "4"]


async def test_each_chat_is_given_one_turn_and_answers_overtake_thousands_of_pushes(database, branch):
    def say(stores):
        chats = [stores.chats.add(ChatProfile(-2000 - n, ChatKind.GROUP, "g"), LOCALE, AT).id for n in range(50)]
        for number in range(40):
            for chat in chats:
                stores.outbox.send(chat, Message("push"), key=f"{chat}/{number}")
        stores.outbox.send(branch.group.id, Message("answer"), key="answer", urgent=True)

    await database.write(say)
    turns = await database.read(due, limit=10)
    assert turns[0].urgent
    assert len({row.chat for row in turns}) == 10
    assert len(await database.read(due, limit=100)) == 51


async def test_a_chat_with_a_long_queue_holds_up_no_other(database, branch):
    def say(stores):
        other = stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "第二党支部"), LOCALE, AT)
        for number in range(300):
            stores.outbox.send(branch.group.id, Message("push"), key=f"{number}")
        stores.outbox.send(other.id, Message("push"), key="other")
        return other.id

    other = await database.write(say)
    assert [row.chat for row in await database.read(due, limit=2)] == [branch.group.id, other]


async def test_chats_that_are_barred_are_passed_over(database, branch):
    def say(stores):
        other = stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "第二党支部"), LOCALE, AT)
        for chat in (branch.group.id, other.id):
            stores.outbox.send(chat, Message("push"), key=f"{chat}")

    await database.write(say)
    claimed = await database.write(delivery.claim, holder="w", at=AT, limit=1, barred={-1001})
    assert [row.place for row in claimed] == [-1002]
    assert await database.write(delivery.claim, holder="w", at=AT, limit=1, barred={-1001}) == []


async def test_what_is_put_off_holds_its_chat_and_no_other(database, branch):
    def say(stores):
        other = stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "第二党支部"), LOCALE, AT)
        for number, chat in enumerate((branch.group.id, branch.group.id, other.id)):
            stores.outbox.send(chat, Message(f"{number}"), key=f"{number}", urgent=number == 1)
        first = queued(stores)[1]
        stores.deliveries.put_off(first.id, AT + timedelta(seconds=3), "flood")

    def texts(stores, at):
        return [row.body["text"].split()[1] for row in due(stores, at)]

    await database.write(say)
    assert await database.read(texts, AT) == ["2"]
    assert await database.read(texts, AT + timedelta(seconds=2)) == ["2"]
    assert await database.read(texts, AT + timedelta(seconds=3)) == ["1", "2"]
    assert [row.tries for row in await database.read(queued)] == [0, 1, 0]


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.FAILED, State.UNKNOWN, State.WITHDRAWN])
async def test_only_what_is_queued_is_due(database, put, state):
    await put(state)
    assert await database.read(due) == []


async def test_a_message_that_waits_is_rewritten_where_it_waits_and_keeps_its_place(database, put):
    row = await put(State.QUEUED, thread=Thread(7, 8))
    await database.write(lambda stores: stores.outbox.edit(TASK, Message("task.done"), key="refresh"))
    (found,) = await database.read(due)
    assert (found.id, found.call, found.body["text"]) == (row, Call.SEND, "zh task.done {}")
    assert (found.body["reply_to"], found.body["topic"]) == (7, 8)


@pytest.mark.parametrize(("state", "target"), [(State.SENDING, None), (State.SENT, 501), (State.UNKNOWN, None)])
async def test_a_message_that_may_be_out_is_rewritten_by_a_row_of_its_own(database, put, state, target):
    await put(state)
    for _ in range(2):
        await database.write(lambda stores: stores.outbox.edit(TASK, Message("task.done"), key="refresh"))
    (found,) = await database.read(queued)
    assert (found.call, found.target, found.body["text"]) == (Call.EDIT, target, "zh task.done {}")


def refresh(stores, words, key, every=CARD_EVERY):
    stores.outbox.edit(TASK, Message(words), key=key, every=every)


async def test_a_card_that_many_press_is_edited_at_once_and_then_at_most_every_few_seconds(database, put):
    await put(State.SENT)
    for press in range(50):
        await database.write(refresh, words=f"task.n{press}", key=f"refresh:{press}")
    (found,) = await database.read(queued)
    assert (found.call, found.body["text"]) == (Call.EDIT, "zh task.n49 {}"), "one edit waits, with the newest words"
    assert [row.id for row in await database.write(take, at=AT)] == [found.id]
    for press in range(50, 100):
        await database.write(refresh, words=f"task.n{press}", key=f"refresh:{press}")
    assert await database.write(take, at=AT + CARD_EVERY - timedelta(milliseconds=1)) == []
    (found,) = await database.write(take, at=AT + CARD_EVERY)
    assert found.body["text"] == "zh task.n99 {}"
    assert await database.read(queued) == []


@pytest.mark.parametrize(("call", "last"), [(Call.EDIT, "zh task.over {}"), (Call.DELETE, None)])
async def test_an_edit_that_waits_never_comes_after_what_was_changed_later(database, put, call, last):
    await put(State.SENT)
    await database.write(refresh, words="task.first", key="1")
    await database.write(take, at=AT)
    await database.write(refresh, words="task.second", key="2")
    if call is Call.EDIT:
        await database.write(refresh, words="task.over", key="3", every=AT_ONCE)
    else:
        await database.write(lambda stores: stores.outbox.delete(TASK, key="3"))
    (found,) = await database.write(take, at=AT + timedelta(minutes=1))
    assert (found.call, found.body.get("text")) == (call, last)
    assert await database.read(queued) == []


@pytest.mark.parametrize("state", [State.FAILED, State.WITHDRAWN])
async def test_a_message_that_never_came_is_neither_rewritten_nor_taken_back(database, put, state):
    await put(state)

    def change(stores):
        stores.outbox.edit(TASK, Message("task.done"), key="refresh")
        stores.outbox.delete(TASK, key="gone")
        return stores.outbox.close_poll(TASK, key="close")

    assert await database.write(change) is False
    assert await database.read(due) == []


async def test_a_message_that_waits_is_taken_back_before_it_is_said(database, put, branch):
    await put(State.QUEUED)
    await database.write(lambda stores: stores.outbox.delete(TASK, key="gone"))
    assert await database.read(due) == []
    assert not await database.read(lambda stores: stores.deliveries.waits_in(branch.group.id))


@pytest.mark.parametrize(("state", "target"), [(State.SENDING, None), (State.SENT, 501), (State.UNKNOWN, None)])
async def test_a_message_that_may_be_out_is_taken_back_once_and_stands_no_more(database, put, state, target):
    await put(state)
    for turn in range(2):
        await database.write(lambda stores, turn=turn: stores.outbox.delete(TASK, key=f"gone {turn}"))
    await database.write(lambda stores: stores.outbox.edit(TASK, Message("task.done"), key="refresh"))
    (found,) = await database.read(queued)
    assert (found.call, found.target) == (Call.DELETE, target)
    assert await database.read(lambda stores: stores.outbox.message_about(TASK)) is None


@pytest.mark.parametrize(
    ("state", "stands"),
    [(State.QUEUED, False), (State.SENDING, True), (State.SENT, True), (State.UNKNOWN, True), (State.FAILED, False)],
)
async def test_a_poll_is_closed_where_it_may_stand(database, branch, state, stands):
    def unit(stores):
        stores.outbox.send_poll(branch.group.id, POLL, key="survey:1", subject=SURVEY)
        bring(stores, due(stores)[0].id, state)
        return stores.outbox.close_poll(SURVEY, key="close")

    assert await database.write(unit) is stands
    assert [(row.call, row.subject) for row in await database.read(queued)] == [(Call.CLOSE_POLL, SURVEY)] * stands


async def test_nothing_is_claimed_in_a_chat_where_a_call_is_under_way(database, put):
    await put(State.QUEUED, key="first")
    await put(State.QUEUED, key="second")
    (first,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    assert await database.write(delivery.claim, holder="w", at=AT, limit=9) == []
    assert await database.write(delivery.mark_sent, delivery=first, receipt=Receipt(1)), "there is more"
    (second,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    assert (first.id < second.id, await database.write(delivery.mark_sent, delivery=second, receipt=Receipt(2))) == (
        True,
        False,
    )


async def test_nothing_is_claimed_in_a_chat_that_was_put_off_since(database, put):
    await put(State.QUEUED, key="first")
    await put(State.QUEUED, key="second")
    (first,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    until = AT + timedelta(seconds=3)
    await database.write(delivery.retry, delivery=first, until=until, error="flood")
    assert await database.write(delivery.claim, holder="w", at=AT, limit=9) == []
    assert [row.id for row in await database.write(delivery.claim, holder="w", at=until, limit=9)] == [first.id]


async def test_what_was_claimed_and_not_called_is_handed_back_to_its_turn(database, put):
    await put(State.QUEUED)
    claimed = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    await database.write(delivery.release, at=AT - timedelta(seconds=1), alive=())
    await database.write(delivery.release, at=AT, alive={claimed[0].id})
    assert await database.write(delivery.claim, holder="x", at=AT, limit=9) == []
    await database.write(delivery.release, at=AT, alive=())
    assert [row.id for row in await database.write(delivery.claim, holder="x", at=AT, limit=9)] == [claimed[0].id]
    assert await database.write(delivery.resume, at=AT) == 1


async def test_what_is_changed_while_it_is_sent_is_changed_after_it_though_it_is_sent_again(database, put):
    """A push that has to be sent again must not fall behind its own change, which is urgent."""
    said = await put(State.QUEUED)
    (claimed,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    await database.write(lambda stores: stores.outbox.edit(TASK, Message("task.done"), key="refresh"))
    await database.write(delivery.retry, delivery=claimed, until=AT, error="502")
    assert [row.id for row in await database.read(due)] == [said]


async def test_a_posted_message_is_found_again(database, put, branch):
    await put(State.SENT, subject=STUDY, key="old")

    def look(stores):
        return (
            stores.outbox.subject(branch.group.id, 501),
            stores.outbox.poll_subject("P1"),
            stores.outbox.poll_chat("P1"),
            stores.outbox.message_about(STUDY),
        )

    assert await database.read(look) == (STUDY, STUDY, branch.group.id, 501)
    assert await database.read(lambda stores: stores.outbox.poll_chat("P2")) is None
    assert await database.read(lambda stores: stores.outbox.poll_subject("P2")) is None
    assert await database.read(lambda stores: stores.outbox.subject(branch.group.id, 502)) is None


async def test_the_newest_message_about_a_subject_is_the_one(database, put):
    await put(State.SENT, key="old")
    newer = await put(State.QUEUED, key="new")
    await database.write(lambda stores: stores.deliveries.sent(newer, Receipt(message=777)))
    assert await database.read(lambda stores: stores.outbox.message_about(TASK)) == 777


async def lost(database, put, **kind):
    """A message that was claimed and whose answer never came; its row afterwards, or `None` where it is left."""
    await put(State.QUEUED, **kind)
    (claimed,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    await database.write(delivery.mark_unknown, delivery=claimed, error="answer lost", at=AT)
    return next(iter(await database.read(queued)), None)


async def test_an_answer_that_may_have_been_said_is_said_once_more_and_stays_marked(database, put):
    again = await lost(database, put, urgent=True)
    assert (again.unknown_at, again.if_unknown) == (AT, IfUnknown.AGAIN)
    (claimed,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    await database.write(delivery.mark_unknown, delivery=claimed, error="answer lost", at=AT)
    assert await database.read(queued) == [], "never a third time"


async def test_a_push_that_may_have_been_said_is_left(database, put):
    assert await lost(database, put) is None
    assert await lost(database, put, key="other", if_unknown=IfUnknown.AGAIN) is not None


async def test_what_was_said_again_stands_in_the_count_of_the_unknown(database, put):
    again = await lost(database, put, urgent=True)
    await database.write(delivery.claim, holder="w", at=AT, limit=9)
    await database.write(delivery.mark_sent, delivery=again, receipt=Receipt(7))
    await lost(database, put, key="push")
    assert await database.read(lambda stores: stores.waiting.unknown()) == 2


async def test_a_change_that_may_have_been_made_is_made_again(database, put):
    await put(State.SENT)
    for _ in range(3):
        await database.write(lambda stores: stores.outbox.edit(TASK, Message("task.done"), key="refresh"))
        (change,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
        await database.write(delivery.mark_unknown, delivery=change, error="answer lost", at=AT)
    assert await database.read(lambda stores: stores.waiting.unknown()) == 0


async def test_after_a_start_whatever_was_under_way_is_lost(database, put):
    said = await put(State.QUEUED)
    await database.write(delivery.claim, holder="gone", at=AT, limit=9)
    await database.write(lambda stores: stores.outbox.edit(TASK, Message("task.done"), key="refresh"))
    assert await database.read(lambda stores: stores.deliveries.any_under_way())
    assert await database.write(delivery.resume, at=AT) == 1
    assert not await database.read(lambda stores: stores.deliveries.any_under_way())
    (change,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    assert (change.call, change.target) == (Call.EDIT, None), "its change goes on, though it can't be made"
    assert said != change.id


async def test_a_lease_that_is_over_is_lost_unless_somebody_waits_for_it(database, put):
    said = await put(State.QUEUED, urgent=True)
    await database.write(delivery.claim, holder="w", at=AT, limit=9)
    late = AT + delivery.LEASE + timedelta(seconds=1)
    assert await database.write(delivery.expire_leases, at=AT, alive=()) == 0
    assert await database.write(delivery.expire_leases, at=late, alive={said}) == 0
    assert await database.write(delivery.expire_leases, at=late, alive=()) == 1
    assert [row.id for row in await database.read(queued)] == [said]


async def test_a_push_is_held_while_it_is_quiet_and_lets_answers_pass(database, put):
    await put(State.QUEUED)
    night, morning = AT + timedelta(hours=12), AT + timedelta(hours=21, minutes=30)
    await database.write(lambda stores: stores.deliveries.put_off(1, night, "Flood control exceeded"))
    assert await database.write(take, at=night) == []
    assert await database.write(take, at=morning - timedelta(seconds=1)) == []
    (said,) = await database.write(take, at=morning)
    assert said.tries == 0


@pytest.mark.parametrize(
    ("hours", "says_so"),
    [(0, False), (13, False), (14, True), (40, True)],  # midnight comes after fourteen hours
)
async def test_what_comes_on_another_day_says_so(database, put, hours, says_so):
    await put(State.QUEUED)
    await database.write(lambda stores: stores.quiet.choose(None, None))
    (said,) = await database.write(delivery.claim, holder="w", at=AT + timedelta(hours=hours), limit=9)
    assert said.body["text"].startswith("zh general.belated") is says_so
    assert said.body["text"].endswith("zh task.given {}")


async def test_what_crosses_midnight_in_time_says_nothing(database, put):
    await put(State.QUEUED)
    await database.write(lambda stores: stores.quiet.choose(None, None))
    await database.write(lambda stores: stores.connection.execute(tables.outbox.update().values(put_at=MIDNIGHT)))
    (said,) = await database.write(delivery.claim, holder="w", at=MIDNIGHT + timedelta(minutes=59), limit=9)
    assert said.body["text"] == "zh task.given {}"


@only_sqlite
async def test_looking_for_work_does_not_read_what_was_sent(database):
    """SQLite would read the whole table, once a second, were the index's condition not in the statement."""

    def plan(stores, statement):
        plain = statement.statement if isinstance(statement, Prepared) else statement
        compiled = plain.compile(dialect=sqlite.dialect())
        values = tuple(1 for _ in compiled.positiontup)
        return [row[3] for row in stores.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)]

    for statement, index, read in (
        (sending.DUE, "ix_outbox_queue", ("outbox", "other")),
        (sending.UNDER_WAY, "ix_outbox_queue", ("outbox",)),
        (sending.ANY_UNDER_WAY, "ix_outbox_queue", ("outbox",)),
        (sending.WAITS_IN, "ix_outbox_queue_of_chat", ("outbox",)),
        (inbox.OPEN.statement, "ix_inbox_open", ("inbox",)),
    ):
        told = await database.read(plan, statement)
        assert not [line for line in told if "TEMP B-TREE" in line], told
        for table in read:
            assert [line for line in told if line.startswith((f"SCAN {table}", f"SEARCH {table}")) and index in line], (
                told
            )


SHOWN = {"kind": "points.weekly", "language": "zh", "zone": "Asia/Shanghai"}


def chart(figure, words="summary"):
    return Message(words, subject=TASK, picture=Picture("points.weekly", {"rows": (("王\u202e芳", figure, None),)}))


async def test_a_picture_waits_as_what_it_is_painted_from(database, branch):
    await database.write(lambda stores: stores.outbox.send(branch.group.id, chart(1), key="a"))
    (row,) = await database.read(due)
    assert (row.call, row.body["picture"]) == (Call.SEND, SHOWN | {"values": {"rows": [["王芳", 1, None]]}})


@pytest.mark.parametrize("has_picture", [True, False])
async def test_a_change_knows_whether_its_message_was_sent_with_a_picture(database, branch, has_picture):
    def edit(stores):
        stores.outbox.edit(TASK, Message("changed"), key="b")

    await database.write(lambda stores: stores.outbox.send(branch.group.id, chart(1), key="a"))
    (row,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    receipt = Receipt(7, has_picture=has_picture)
    await database.write(delivery.mark_sent, delivery=row, receipt=receipt)
    await database.write(edit)
    (change,) = await database.read(due)
    assert (change.target, change.target_has_picture, "picture" in change.body) == (7, has_picture, False)


async def test_a_message_that_waits_is_changed_with_its_picture_or_keeps_the_one_it_has(database, branch):
    await database.write(lambda stores: stores.outbox.send(branch.group.id, chart(1), key="a"))
    await database.write(lambda stores: stores.outbox.edit(TASK, Message("words"), key="b"))
    (row,) = await database.read(due)
    assert (row.body["text"], row.body["picture"]["values"]["rows"][0][1]) == ("zh words {}", 1)
    await database.write(lambda stores: stores.outbox.edit(TASK, chart(2), key="c"))
    (row,) = await database.read(due)
    assert row.body["picture"]["values"]["rows"][0][1] == 2


async def test_what_is_not_ready_is_given_and_not_leased(database, branch):
    """Its picture is painted first: nobody counts its call as under way meanwhile."""
    await database.write(lambda stores: stores.outbox.send(branch.group.id, chart(1), key="a"))
    (row,) = await database.write(delivery.claim, holder="w", at=AT, limit=9, ready=lambda one: False)
    assert await database.write(delivery.resume, at=AT) == 0
    assert await database.read(due) == [row]


async def test_a_picture_waits_for_the_end_of_quiet_hours_and_says_once_that_it_is_late(database, branch):
    await database.write(lambda stores: stores.outbox.send(branch.group.id, chart(1), key="a"))
    night, morning = AT + timedelta(hours=14), AT + timedelta(hours=24)
    assert await database.write(delivery.claim, holder="w", at=night, limit=9) == []
    (late,) = await database.write(delivery.claim, holder="w", at=morning, limit=9)
    assert late.body["text"].startswith("zh general.belated")
    await database.write(refused.move_or_fail, delivery=late, why=Why.PICTURES, error="no", at=morning)
    (again,) = await database.write(delivery.claim, holder="w", at=morning, limit=9)
    assert ("picture" in again.body, again.body["text"]) == (False, late.body["text"])


FILE = Document("privacy.file", "xlsx", b"PK\x00\xff")


def send(stores, branch, key="file"):
    stores.outbox.send_document(branch.group.id, FILE, Message("privacy.sent"), key=key)
    return stores.deliveries.due(AT, 100)


async def test_a_file_waits_with_its_name_and_what_is_in_it(database, branch):
    (row,) = await database.write(send, branch)
    assert row.call is Call.SEND_DOCUMENT
    assert row.body["name"] == "zh privacy.file {}.xlsx"
    assert await database.read(delivery.content, delivery=row.id) == FILE.content


@pytest.mark.parametrize(
    "end",
    [
        lambda stores, row: delivery.mark_sent(stores, delivery=row, receipt=Receipt(7)),
        lambda stores, row: delivery.fail(stores, delivery=row, error="gone"),
        lambda stores, row: delivery.mark_unknown(stores, delivery=row, error="no answer", at=AT),
    ],
    ids=["sent", "failed", "unknown"],
)
async def test_what_was_in_a_file_is_forgotten_however_its_sending_ended(database, branch, end):
    (row,) = await database.write(send, branch)
    await database.write(end, row)
    await database.write(send, branch)
    with pytest.raises(NoResultFound):
        await database.read(delivery.content, delivery=row.id)


async def test_a_file_that_is_tried_again_keeps_what_is_in_it(database, branch):
    (row,) = await database.write(send, branch)
    await database.write(delivery.retry, delivery=row, until=AT, error="later")
    assert await database.read(delivery.content, delivery=row.id) == FILE.content


async def test_a_file_whose_sending_was_cut_off_is_not_sent_again_and_forgotten(database, branch):
    await database.write(send, branch)
    (row,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    assert await database.write(delivery.resume, at=AT) == 1
    assert await database.read(due) == []
    with pytest.raises(NoResultFound):
        await database.read(delivery.content, delivery=row.id)


def give(stores, branch):
    """Two tasks of one command, with their card."""
    one = Task(TaskId(0), TaskId(0), branch.group.id, branch.li, branch.zhao, Plan("巡检"), AT, AT)
    given = stores.tasks.add_batch([one, replace(one, owner=branch.wang)], "1/1")
    stores.outbox.send(branch.group.id, cards.drawn(given), key="card")
    return given


def finish(stores, task, every=CARD_EVERY):
    """A task is finished, and its card is to be refreshed."""
    stores.tasks.save(task.finished(AT))
    stores.outbox.refresh(cards.card(task), key=f"done:{task.id}", every=every)


async def test_a_card_that_is_refreshed_says_what_is_so_when_the_call_is_made(database, branch):
    first, second = await database.write(give, branch=branch)
    (sent,) = await database.write(take, at=AT)
    for task in (first, second):
        await database.write(lambda stores, task=task: stores.tasks.save(task.finished(AT)))
        await database.write(lambda stores, task=task: stores.outbox.refresh(cards.card(task), key=f"done:{task.id}"))
    (waiting,) = await database.read(queued)
    assert (waiting.call, dict(waiting.body)) == (Call.EDIT, {DRAWN: str(sent.subject)}), "nothing is made before"
    (found,) = await database.write(take, at=AT)
    assert "done=2" in found.body["text"]
    assert found.body["buttons"] == []
    await database.write(lambda stores: [stores.tasks.withdraw(one.id, AT) for one in (first, second)])
    await database.write(lambda stores: stores.outbox.refresh(sent.subject, key="withdrawn"))
    assert await database.write(take, at=AT + CARD_EVERY) == [], "a card of tasks that are withdrawn stays as it is"
    assert await database.read(queued) == []


async def test_a_card_that_was_not_sent_yet_is_drawn_when_it_is(database, branch):
    task, other = await database.write(give, branch=branch)
    await database.write(finish, task=task)
    (said,) = await database.write(take, at=AT)
    assert said.call is Call.SEND
    assert "done=1" in said.body["text"]
    assert DRAWN not in said.body
    assert await database.read(queued) == []
    await database.write(finish, task=other)
    (changed,) = await database.write(take, at=AT)
    assert (changed.call, "done=2" in changed.body["text"]) == (Call.EDIT, True)


async def test_a_card_that_was_not_sent_yet_is_sent_though_nothing_is_left_to_draw(database, branch):
    tasks = await database.write(give, branch=branch)
    await database.write(finish, task=tasks[0])
    await database.write(lambda stores: [stores.tasks.withdraw(one.id, AT) for one in tasks])
    (said,) = await database.write(take, at=AT)
    assert said.call is Call.SEND
    assert "done=0" in said.body["text"], "as it stood"


async def test_a_card_that_is_refreshed_while_it_is_sent_still_goes_before_its_change(database, branch):
    task, _ = await database.write(give, branch=branch)
    (claimed,) = await database.write(delivery.claim, holder="w", at=AT, limit=9)
    await database.write(finish, task=task)
    await database.write(delivery.retry, delivery=claimed, until=AT, error="502")
    assert [row.id for row in await database.read(due)] == [claimed.id]


@pytest.mark.parametrize(("every", "waits"), [(CARD_EVERY, True), (AT_ONCE, False)])
async def test_a_card_is_refreshed_at_most_every_few_seconds_unless_at_once(database, branch, every, waits):
    first, second = await database.write(give, branch=branch)
    await database.write(take, at=AT)
    await database.write(finish, task=first, every=every)
    assert len(await database.write(take, at=AT)) == 1
    await database.write(finish, task=second, every=every)
    early = await database.write(take, at=AT + CARD_EVERY - timedelta(milliseconds=1))
    assert (early == []) is waits
    later = await database.write(take, at=AT + CARD_EVERY)
    assert ["done=2" in row.body["text"] for row in [*early, *later]] == [True]


async def test_a_change_with_words_of_its_own_that_waits_is_drawn_instead(database, branch):
    task, _ = await database.write(give, branch=branch)
    await database.write(take, at=AT)
    for words in ("first", "second"):
        change = {"message": Message(words), "key": words, "every": CARD_EVERY}
        await database.write(lambda stores, change=change: stores.outbox.edit(cards.card(task), **change))
        if words == "first":
            await database.write(take, at=AT)
    await database.write(finish, task=task)
    (waiting,) = await database.read(queued)
    assert dict(waiting.body) == {DRAWN: str(cards.card(task))}
    (found,) = await database.write(take, at=AT + CARD_EVERY)
    assert "done=1" in found.body["text"]
