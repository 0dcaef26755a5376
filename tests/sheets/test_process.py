"""A reader may do what it will in its child: the parent has one refusal, goes on, and leaves no process behind."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator

import pytest

from sheets.child import Limits
from sheets.process import Busy, Files
from sheets.reader import Reader
from sheets.reading import Reason, WrongFile
from sheets.roster import ROSTER
from tests.sheets import harmful
from tests.sheets.harmful import Found, children, reader

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, and limits memory")
SHORT = Limits(processor_seconds=2, seconds=20, output=4_000_000)
NOW = Limits(seconds=1)


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    """Others' children may be there: a worker of the test run keeps a database."""
    before = children()
    yield
    assert children() <= before


async def refusal(files: Files, kind: Reader[list[Found]], data: bytes = b"x") -> WrongFile:
    with pytest.raises(WrongFile) as caught:
        await files.read(kind, data)
    return caught.value


async def test_what_a_reader_finds_comes_with_its_types_and_its_progress():
    told = []
    found = await Files().read(reader("good"), "李伟".encode(), progress=lambda *steps: told.append(steps))
    assert found[0] == Found("李伟", harmful.date(2026, 11, 28), (1, 2))
    assert told == [(1, 2)]


async def test_a_child_has_no_environment_and_nothing_open_but_its_own():
    _, about = await Files().read(reader("good"), b"")
    names, digits = about.words.rstrip("0123456789"), about.words[len(about.words.rstrip("0123456789")) :]
    assert set(names.split()) <= {"LC_CTYPE"}  # Python sets it itself
    assert int(digits) <= 6


@pytest.mark.parametrize(
    ("name", "limits", "cause"),
    [
        ("hangs", NOW, "out of time"),
        ("spins", SHORT, "SIG"),
        ("allocates", SHORT, "MemoryError"),
        ("reserves", SHORT, "MemoryError"),
        ("killed", SHORT, "SIGKILL"),
        ("leaves", SHORT, "exit code 0"),
        ("fails", SHORT, "KeyError at harmful.py"),
        ("recurses", SHORT, "RecursionError"),
        ("tells_without_end", SHORT, "too much output"),
        ("writes", SHORT, "OSError"),
        ("missing", SHORT, "exit code 1"),
    ],
)
async def test_a_reader_that_does_harm_is_one_refusal(name, limits, cause, caplog):
    files = Files(limits)
    assert (await refusal(files, reader(name), "张三".encode())).reason is Reason.TOO_COSTLY
    assert cause in caplog.text
    assert "张三" not in caplog.text
    assert await Files().read(reader("good"), b"next")


async def test_what_a_refusal_says_is_cut():
    refused = await refusal(Files(), reader("refuses"))
    assert (refused.reason, len(refused.detail)) == (Reason.BROKEN, 1000)


@pytest.mark.parametrize(
    "said",
    [
        b"\n",
        b"hello\n",
        b"\xff\xfe\x00\n",
        b"[" * 500_000 + b"\n",
        b"x" * 3_000_000,
        b"9" * 10_000 + b"\n",
        b'["end"',
        b'["wrong","no such reason",""]\n',
        b'["wrong","broken"]\n',
        b'["progress","1",2]\n',
        b'["fault",1,2]\n',
        b'[["Nobody",[]]]\n',
        b'[["Found",["a",null]]]\n',
        b'[["Found",[1,null,[]]]]\n',
        b'[["Found",["\\ud800",null,[]]]]\n',
        b'[["Found",["a","2026-13-01",[]]]]\n',
        b'[["Found",["a",null,[true]]]]\n',
        b'[["Found",["a",null,["1"]]]]\n',
        b'{"Found":1}\n',
        b"null\n",
    ],
    ids=range(20),
)
async def test_a_child_that_tells_garbage_is_refused(said):
    assert (await refusal(Files(), reader("says"), said)).reason is Reason.TOO_COSTLY


async def test_a_roster_without_its_head_is_refused():
    headless = Reader("tests.sheets.harmful:says", ROSTER.kinds, ROSTER.build)
    with pytest.raises(WrongFile) as caught:
        await Files().read(headless, b'["end"]\n')
    assert caught.value.reason is Reason.TOO_COSTLY


async def test_who_is_cancelled_leaves_no_child_and_no_place_behind():
    files, before = Files(), children()
    for wait in (0, 0.01, 0.05, 0.2, 0.5, 1):
        task = asyncio.create_task(files.read(reader("hangs"), b"x" * 5_000_000, owner=1))
        await asyncio.sleep(wait)
        begun = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - begun < 5
        assert children() <= before
    assert await files.read(reader("good"), b"", owner=1)


async def test_two_at_once_and_two_of_each_person():
    files, before = Files(), children()
    running = [asyncio.create_task(files.read(reader("hangs"), b"", owner=who)) for who in (1, 1, 2, 2, 3)]
    await asyncio.sleep(1)
    assert len(children() - before) == 2
    for who in (1, 2):
        with pytest.raises(Busy):
            await files.read(reader("good"), b"", owner=who)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    assert await files.read(reader("good"), b"", owner=1)


async def test_a_file_that_is_too_large_starts_no_child():
    with pytest.raises(WrongFile) as caught:
        await Files().read(reader("missing"), bytes(20 * 1024 * 1024 + 1))
    assert caught.value.reason is Reason.TOO_LARGE


def test_an_event_loop_of_uvloop_does_as_well():
    import uvloop

    async def run() -> None:
        assert (await refusal(Files(NOW), reader("hangs"))).reason is Reason.TOO_COSTLY
        assert await Files().read(reader("good"), b"x" * 200_000)
        task = asyncio.create_task(Files().read(reader("hangs"), b""))
        await asyncio.sleep(0.3)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


def test_limits_are_plain_numbers():
    assert Limits(*json.loads(json.dumps(SHORT))) == SHORT
