"""The benchmark of presses does what it says, and notices a ledger that does not hold what was pressed."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, delete, text, update

from benchmarks.bot import pressing
from benchmarks.bot.crowd import Crowd, Press, check_ledger
from benchmarks.bot.platform import Span
from benchmarks.bot.pressing import Size
from benchmarks.result import Row, WorkNotDone
from bot import clock
from bot.renderer import Renderer
from domain.ids import MemberId, PromptId
from domain.people.actor import Actor
from domain.study import study
from storage.database import SQLiteDatabase
from storage.points.tables import points_entries, points_totals

TINY = Size(warm_up=10, updates=40, rounds=1)


async def measured(*names: str) -> list[Row]:
    rows = await pressing.measure(TINY, lambda _: None, names)
    assert not [row.note for row in rows if row.value is None]
    return rows


async def test_the_contenders_answer_everything_and_are_set_against_each_other() -> None:
    rows = await measured("ptb", "aiogram", "sqlite", "mix")
    assert [row.least for row in rows] == [None, None, None, None, 2.5, 1.1]


async def test_the_program_does_its_work_on_postgresql_too() -> None:
    (row,) = await measured("postgresql")
    assert row.value


async def test_three_workers_are_set_against_one_and_against_three_programs_that_share_nothing() -> None:
    rows = await measured("one worker", "three workers", "three alone")
    assert [(row.against, row.most) for row in rows] == [
        ("one worker", 1.1),
        ("three programs on databases of their own", None),
    ]
    assert [list(row.figures) for row in rows] == [
        ["rounds", "three workers", "one worker"],
        ["rounds", "three workers", "three alone"],
    ]


async def test_a_target_is_missed_where_the_program_or_its_rival_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(track: pressing.Track, name: str) -> pressing.Lap:
        if name == "ptb":
            raise WorkNotDone("the echo bot is silent")
        return pressing.Lap(Span(10, 0.5 if name == "sqlite" else 1.0, 0.1), 1.0)

    monkeypatch.setattr(pressing.Track, "turn", fail)
    rows = await pressing.measure(TINY, lambda _: None, ["ptb", "aiogram", "sqlite"])
    against_ptb, against_aiogram = rows[-2:]
    assert (against_ptb.met, against_ptb.note) == (False, "WorkNotDone: the echo bot is silent")
    assert (against_aiogram.met, against_aiogram.value) == (True, 2.0)


@pytest.fixture
async def pressed(tmp_path: Path) -> tuple[Path, list[Press]]:
    """A store in which everybody has pressed what they pressed."""
    async with SQLiteDatabase(tmp_path / "crowd.db", Renderer(), clock.now) as database:
        crowd = await database.write(Crowd.for_presses(20).enter, at=clock.now())
        presses = crowd.presses(20)
        for press in presses:
            member = (await database.read(lambda stores, press=press: stores.members.find(press.person))).id
            prompt = PromptId(press.prompt.prompt)
            await database.write(read, member=MemberId(member), prompt=prompt, at=clock.now())
    return tmp_path / "crowd.db", presses


def check(file: Path, presses: list[Press], *changes: object) -> None:
    with create_engine(f"sqlite:///{file}").connect() as connection:
        assert isinstance(connection, Connection)
        for change in changes:
            connection.execute(change)  # type: ignore[call-overload]
        check_ledger(connection, presses)


async def test_a_ledger_of_all_presses_is_as_it_should_be(pressed: tuple[Path, list[Press]]) -> None:
    check(*pressed)


@pytest.mark.parametrize(
    "change",
    [
        delete(points_entries).where(points_entries.c.id == 7),
        update(points_entries).where(points_entries.c.id == 7).values(points=0),
        update(points_totals).values(points=9),
        text("DELETE FROM points_weeks"),
    ],
    ids=["an entry is missing", "an entry has no point", "a total is wrong", "no week"],
)
async def test_a_ledger_that_differs_is_noticed(pressed: tuple[Path, list[Press]], change: object) -> None:
    with pytest.raises(WorkNotDone):
        check(*pressed, change)


async def test_an_entry_that_nobody_pressed_for_is_noticed(pressed: tuple[Path, list[Press]]) -> None:
    file, presses = pressed
    with pytest.raises(WorkNotDone):
        check(file, presses[:-1])


def read(stores, *, member, prompt, at):
    who = stores.members.get(member)
    actor = Actor(who, stores.studies.prompt(prompt).group, at)
    study.read(stores, actor, prompt_id=prompt)
