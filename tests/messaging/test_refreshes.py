"""Cards that are refreshed when a transaction ends: each once, and only what units that are kept have asked for."""

import asyncio
import threading
from datetime import timedelta

import pytest

from domain.messaging.delivery import DRAWN, Call, Receipt, State
from domain.messaging.message import Message, Subject
from domain.messaging.outbox import AT_ONCE
from domain.messaging.refreshes import Refresh, Refreshes
from tests.stores import queued

TASK, SURVEY = Subject("task", 1), Subject("survey", 1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def card(database, branch):
    """Post a card about a subject; its row."""

    async def post(subject=TASK, message=501):
        def unit(stores):
            stores.outbox.send(branch.group.id, Message("task.given", subject=subject), key=f"{subject}")
            row = queued(stores)[-1]
            stores.deliveries.sent(row.id, Receipt(message=message))
            return row.id

        return await database.write(unit)

    return post


@pytest.fixture
def one_commit(database):
    """Run units in one transaction, in their order; what each came to."""

    async def run(*units):
        begun, gate = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()

        def hold(_):
            loop.call_soon_threadsafe(begun.set)
            gate.wait()

        holding = asyncio.create_task(database.write(hold))
        await begun.wait()
        waiting = [asyncio.create_task(database.write(unit)) for unit in units]
        await asyncio.sleep(0)
        gate.set()
        await holding
        return await asyncio.gather(*waiting, return_exceptions=True)

    return run


def refresh(key, subject=TASK, every=AT_ONCE):
    return lambda stores: stores.outbox.refresh(subject, key=key, every=every)


async def edits(database):
    """The edits that wait: of which subject's card, and what it shows."""
    rows = await database.read(queued)
    return sorted((row.target, row.body.get(DRAWN, row.body.get("text"))) for row in rows if row.call is Call.EDIT)


@pytest.fixture
def commits(database):
    """How many units each commit held."""
    found = []
    database.on_commit(found.append)
    return found


async def test_a_card_is_refreshed_once_whatever_the_units_of_a_commit_ask_for(database, card, one_commit, commits):
    await card()
    await one_commit(refresh("li"), refresh("wang"), refresh("zhao", SURVEY))
    assert commits[-1] == 3, "they were one transaction"
    assert await edits(database) == [(501, "task:1")]


async def test_cards_of_several_subjects_are_refreshed_together(database, card, one_commit):
    await card()
    await card(SURVEY, 502)
    await one_commit(refresh("li"), refresh("li", SURVEY))
    assert await edits(database) == [(501, "task:1"), (502, "survey:1")]


async def test_what_a_unit_that_failed_has_asked_for_is_not_done(database, card, one_commit):
    await card()
    await card(SURVEY, 502)

    def fail(stores):
        stores.outbox.refresh(SURVEY, key="li")
        raise LookupError

    *_, failed = await one_commit(refresh("wang"), fail)
    assert isinstance(failed, LookupError)
    assert await edits(database) == [(501, "task:1")]


async def test_an_edit_that_comes_later_is_what_is_shown(database, card):
    await card()

    def unit(stores):
        stores.outbox.refresh(TASK, key="li")
        stores.outbox.edit(TASK, Message("task.done"), key="done")

    await database.write(unit)
    assert await edits(database) == [(501, "zh task.done {}")]


async def test_a_refresh_that_comes_later_is_what_is_shown(database, card):
    await card()

    def unit(stores):
        stores.outbox.edit(TASK, Message("task.done"), key="done")
        stores.outbox.refresh(TASK, key="li")

    await database.write(unit)
    assert await edits(database) == [(501, "task:1")]


async def test_an_edit_that_was_made_before_takes_no_refresh_with_it(database, card):
    await card()

    def edit(stores):
        stores.outbox.edit(TASK, Message("task.done"), key="done")

    def both(stores):
        stores.outbox.refresh(TASK, key="li")
        edit(stores)

    await database.write(edit)
    await database.write(lambda stores: stores.deliveries.sent(queued(stores)[-1].id, Receipt()))
    await database.write(both)
    assert await edits(database) == [(501, "task:1")]


@pytest.mark.parametrize("end", ["delete", "forget"])
async def test_a_card_that_goes_is_not_refreshed(database, card, end):
    await card()

    def unit(stores):
        stores.outbox.refresh(TASK, key="li")
        {"delete": lambda: stores.outbox.delete(TASK, key="over"), "forget": lambda: stores.outbox.forget(TASK)}[end]()

    await database.write(unit)
    assert await edits(database) == []


async def test_a_card_that_is_about_something_else_now_is_refreshed_as_that(database, card):
    await card()

    def unit(stores):
        stores.outbox.refresh(TASK, key="li")
        stores.outbox.rename(TASK, Subject("task_over", 1))

    await database.write(unit)
    assert await edits(database) == [(501, "task_over:1")]


async def test_a_card_that_still_waits_to_be_sent_is_drawn_when_it_is(database, branch):
    await database.write(
        lambda stores: stores.outbox.send(branch.group.id, Message("task.given", subject=TASK), key="first")
    )
    await database.write(refresh("li"))
    (row,) = await database.read(queued)
    assert (row.call, row.body[DRAWN]) == (Call.SEND, "task:1")


async def test_who_sends_hears_of_refreshed_cards_and_of_nothing_else(database, card):
    heard = []
    database.on_refresh(lambda: heard.append(True))
    await database.write(refresh("li"))
    assert not heard, "no card stands"
    await card()
    assert not heard
    await database.write(refresh("li"))
    assert heard == [True]
    await database.write(refresh("wang"))
    assert heard == [True], "the edit that waits shows it"


async def test_a_unit_uses_the_outbox_where_it_puts_something_there(database, card):
    def asks(stores):
        stores.outbox.refresh(TASK, key="li")
        return stores.used_outbox, stores.outbox.edit(TASK, Message("task.done"), key="done"), stores.used_outbox

    assert await database.write(asks) == (False, None, False), "nothing stands"
    await card()
    assert await database.write(asks) == (False, None, True)


async def test_a_transaction_begins_with_nothing_asked(database, card):
    await database.write(refresh("li"))
    await card()
    await database.write(lambda stores: None)
    assert await edits(database) == []


async def test_a_row_is_there_after_the_commit_alone(database, card):
    row = await card()
    await database.write(lambda stores: stores.deliveries.set_state(row, State.SENDING))

    def unit(stores):
        stores.outbox.refresh(TASK, key="li")
        return [one.call for one in queued(stores)]

    assert await database.write(unit) == []
    assert await edits(database) == [(501, "task:1")]


@pytest.mark.parametrize("keys", [("old", "new"), ("new", "old")], ids=["first", "last"])
async def test_a_key_that_was_used_before_takes_no_edit_from_others(database, card, one_commit, keys):
    await card()
    await database.write(refresh("old"))
    await database.write(lambda stores: stores.deliveries.sent(queued(stores)[-1].id, Receipt()))
    await database.write(refresh("old"))
    assert await edits(database) == [], "it was done once"
    await one_commit(*map(refresh, keys))
    assert await edits(database) == [(501, "task:1")]


def test_what_was_asked_is_taken_once_in_its_order():
    refreshes = Refreshes()
    for key, every in (("a", MINUTE), ("b", AT_ONCE)):
        refreshes.ask(TASK, Refresh(key, every))
    assert refreshes.take() == {TASK: (Refresh("a", MINUTE), Refresh("b", AT_ONCE))}
    assert refreshes.take() == {}


def test_what_is_renamed_takes_with_it_what_was_asked():
    refreshes = Refreshes()
    refreshes.ask(TASK, Refresh("a", MINUTE))
    refreshes.ask(SURVEY, Refresh("b", AT_ONCE))
    refreshes.rename(TASK, SURVEY)
    refreshes.rename(TASK, Subject("task", 2))
    assert refreshes.take() == {SURVEY: (Refresh("b", AT_ONCE), Refresh("a", MINUTE))}
