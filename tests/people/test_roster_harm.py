"""A file that would kill its reader is one line to its sender, and the bot goes on."""

import asyncio
from random import Random

import pytest

from handlers import documents
from sandbox.files import Upload
from sheets.child import Limits
from sheets.reader import Reader
from sheets.roster import ROSTER
from tests.dialogue import BOT, LI, SECRETARY, Place, World
from tests.faults.files import MAKERS
from tests.sheets.harmful import children
from tests.sheets.making import csv

GOOD = Upload("名册.csv", "text/csv", csv("姓名,工号,支部", "李伟,1,一支部"))


@pytest.fixture
def admins() -> frozenset[int]:
    """The secretary, who has the id of the local Telegram's first person."""
    return frozenset({7000000001})


@pytest.fixture
async def office(world: World, group: Place) -> Place:
    """The administrator's private chat with the bot."""
    chat = world.sandbox.open_private(world.people[SECRETARY], BOT)
    world.sandbox.start(world.people[SECRETARY], BOT)
    await world.idle()
    return Place(world, chat)


def told(said: str) -> list[str]:
    return [line for line in said.splitlines() if line]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("small address far out", "文件坏了"),
        ("address far out", "最多 100,000 行"),
        ("commas below a heading", "最多 1,000 列"),
        ("zip bomb", "最多 200 MB"),
        ("one long cell", "最多 32,767 个字"),
        ("stray cell", "最多 2,000,000"),
    ],
)
async def test_a_harmful_file_is_one_line_and_the_next_is_answered(office: Place, name: str, words: str) -> None:
    said = await office.says(SECRETARY, document=Upload("名册", "", MAKERS[name](Random(3))))  # noqa: S311
    assert words in said
    assert len(told(said)) == 1
    assert "新增 1 人" in await office.says(SECRETARY, document=GOOD)


@pytest.mark.parametrize("harm", ["hangs", "allocates", "killed", "says", "fails"])
async def test_a_reader_that_dies_is_one_line_and_the_file_is_not_tried_again(
    world: World, office: Place, private: Place, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    evil = Reader(f"tests.sheets.harmful:{harm}", ROSTER.kinds, ROSTER.build)
    short = Limits(seconds=5)
    monkeypatch.setattr("handlers.people.roster.chat.ROSTER", evil)
    monkeypatch.setattr(world.program.application.bot_data.files, "_limits", short)
    said = await office.says(SECRETARY, document=GOOD)
    assert "太多时间或内存" in said
    assert len(told(said)) == 1
    assert "积分" in await private.says(LI, "/points")
    monkeypatch.undo()
    shown = len(office.bot_messages())
    await world.restart()
    assert len(office.bot_messages()) == shown
    assert "新增 1 人" in await office.says(SECRETARY, document=GOOD)


async def test_a_stop_does_not_wait_for_a_reader(world: World, office: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = Reader("tests.sheets.harmful:hangs", ROSTER.kinds, ROSTER.build)
    monkeypatch.setattr("handlers.people.roster.chat.ROSTER", hangs)
    before = children()
    world.sandbox.say(office.chat, world.people[SECRETARY], document=GOOD)
    while children() <= before:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    monkeypatch.undo()
    await world.restart()  # the file was not done, so it is read after the start
    assert "新增 1 人" in office.newest()


async def test_a_files_name_is_shown_without_folders_and_hidden_marks(office: Place) -> None:
    evil = Upload("../../etc/\u202egnp.\x07名\n册.csv", "text/csv", GOOD.data)
    await office.says(SECRETARY, document=evil)
    await office.presses(SECRETARY, "导入")
    assert "✅ 名册已导入" in office.newest()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("名册.xlsx", "名册.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\名册.xlsx", "名册.xlsx"),
        ("名\u202excod.exe\n", "名xcod.exe"),
        ("\x1b[2J名册", "[2J名册"),
        ("x" * 500, "x" * 119 + "…"),
        ("/", ""),
    ],
)
def test_a_name_is_plain(name: str, plain: str) -> None:
    assert documents.plain_name(name) == plain
