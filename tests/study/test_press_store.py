"""What the most frequent press costs: 我学完了 is pressed by everybody every day, so each statement more shows.

A feature that hooks into it (`Feature.changed`) adds one; then it is asked here whether it is worth that.
"""

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from domain.ids import PromptId
from domain.messaging.chat import Admission
from domain.people.actor import Actor
from domain.study import study
from domain.study.item import Lesson
from storage import prepared
from tests.stores import AT, only_postgresql, only_sqlite

MAX_STATEMENTS = 7  # the item, the note, what an award depends on, line, week, total, nudges
STATEMENTS_OF_ROUND_TRIPS = [1, 2, 2]  # the item; the note, what an award depends on; line and totals, nudges


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is executed meanwhile, by SQLAlchemy or past it."""
    seen: list[str] = []
    run = prepared._run

    def note(connection, text, values):
        seen.append(text)
        return run(connection, text, values)

    def note_usual(_connection, _cursor, text, *_):
        seen.append(text)

    event.listen(Engine, "before_cursor_execute", note_usual)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(prepared, "_run", note)
            yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note_usual)


@pytest.fixture
async def prompt(database, branch):
    """An item that the group was given today."""

    def give(stores):
        stores.chats.decide(branch.group, Admission.ADMITTED, None, AT)
        study.load(stores, lessons=[Lesson("helmet", "安全帽", "safety", "进现场前先扣好下颏带。", "公司安全手册")])
        group = stores.chats.get(branch.group.id)
        (found,) = stores.studies.candidates(group.id, group.day(AT))
        return stores.studies.add_prompt(group, found.item, group.day(AT), AT).id

    return await database.write(give)


@pytest.fixture
async def press(database, branch, prompt, monkeypatch, round_trips):
    """What it asks of the store when somebody presses who is not the first: statements, and round trips."""

    def unit(stores, member):
        actor = Actor(member, stores.chats.get(branch.group.id), AT)
        round_trips.clear()
        with statements(monkeypatch) as seen:
            study.read(stores, actor, prompt_id=PromptId(prompt))
        return seen, [*round_trips]

    await database.write(unit, branch.li)  # learns the scheme of points
    return await database.write(unit, branch.wang)


@only_sqlite
def test_a_press_takes_few_statements(press):
    seen, _ = press
    assert len(seen) <= MAX_STATEMENTS, "\n".join(seen)
    assert len(seen) > 3, "they were counted"


@only_postgresql
def test_a_press_takes_few_round_trips(press):
    seen, round_trips = press
    assert [len(asked) for asked in round_trips] == STATEMENTS_OF_ROUND_TRIPS
    assert len(seen) <= len(round_trips), "nothing was asked past them"


async def test_a_press_leaves_nothing_to_garbage_collection(database, branch, prompt):
    def unit(stores):
        study.read(stores, Actor(branch.li, stores.chats.get(branch.group.id), AT), prompt_id=PromptId(prompt))
        return weakref.ref(stores)

    gc.disable()
    try:
        assert (await database.write(unit))() is None
    finally:
        gc.enable()
