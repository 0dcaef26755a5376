import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Clock, Refusal
from tests.patience import PATIENCE

FRIDAY = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)


def test_a_clock_with_a_start_stands_still_until_it_is_moved():
    clock = Clock(FRIDAY)
    assert clock.now() == clock.now() == FRIDAY
    assert clock.timestamp() == 1772791200
    clock.move_by(90)
    assert clock.now() == FRIDAY + timedelta(seconds=90)


def test_a_clock_without_one_is_real_time_and_keeps_its_lead():
    clock = Clock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)
    clock.move_by(timedelta(days=2))
    first = clock.now()
    assert abs(first - datetime.now(UTC) - timedelta(days=2)) < timedelta(seconds=1)
    assert clock.now() >= first


def test_a_clock_can_go_on_from_a_start():
    clock = Clock(FRIDAY, frozen=False)
    first = clock.now()
    assert FRIDAY <= first < FRIDAY + timedelta(seconds=1)
    assert clock.now() > first


@pytest.mark.parametrize(
    ("weekday", "at", "zone", "expected"),
    [
        ("monday", "09:00", "Asia/Shanghai", datetime(2026, 3, 9, 1, 0, tzinfo=UTC)),
        ("Friday", "18:30", "Asia/Shanghai", datetime(2026, 3, 6, 10, 30, tzinfo=UTC)),
        ("friday", "18:00", "Asia/Shanghai", datetime(2026, 3, 13, 10, 0, tzinfo=UTC)),
        ("sunday", "02:00", "UTC", datetime(2026, 3, 8, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_next_such_moment_is_reckoned_in_its_zone(weekday, at, zone, expected):
    clock = Clock(FRIDAY)
    assert clock.next(weekday, at, zone) == expected
    assert clock.now() == expected


def test_time_only_goes_forward():
    clock = Clock(FRIDAY)
    with pytest.raises(Refusal, match="forward"):
        clock.move_by(-1)
    with pytest.raises(Refusal, match="zone"):
        clock.move_to(datetime(2027, 1, 1))  # noqa: DTZ001
    for wrong in (("noday", "09:00"), ("monday", "25:00"), ("monday", "09:00", "Mars/Base")):
        with pytest.raises(Refusal):
            clock.next(*wrong)
    with pytest.raises(Refusal, match="can't be moved") as refused:
        Clock(FRIDAY, movable=False).move_by(1)
    assert refused.value.status == 409


def test_listeners_hear_of_every_move_until_they_stop():
    clock, heard = Clock(FRIDAY), []
    stop = clock.listen(heard.append)
    clock.move_by(1)
    stop()
    clock.move_by(1)
    assert heard == [FRIDAY + timedelta(seconds=1)]


def test_what_falls_due_on_the_way_happens_at_its_own_moment():
    clock, rung = Clock(FRIDAY), []
    for hours in (2, 1, 30):
        clock.alarm(FRIDAY + timedelta(hours=hours), lambda: rung.append(clock.now()))
    clock.alarm(FRIDAY, lambda: rung.append("cancelled")).cancel()
    clock.move_by(timedelta(hours=3))
    assert rung == [FRIDAY + timedelta(hours=1), FRIDAY + timedelta(hours=2)]


def test_an_alarm_may_set_another_that_falls_due_on_the_same_way():
    clock, rung = Clock(FRIDAY), []

    def again() -> None:
        rung.append(clock.now())
        if len(rung) < 3:
            clock.alarm(clock.now() + timedelta(hours=1), again)

    clock.alarm(FRIDAY + timedelta(hours=1), again)
    clock.move_by(timedelta(hours=9))
    assert rung == [FRIDAY + timedelta(hours=hours) for hours in (1, 2, 3)]


async def test_alarms_ring_by_themselves_while_it_runs():
    clock, rung = Clock(), asyncio.Event()
    clock.alarm(clock.now() + timedelta(milliseconds=20), rung.set)
    clock.start()
    async with asyncio.timeout(PATIENCE):
        await rung.wait()
    clock.stop()


async def test_messages_carry_the_sandboxs_time(scene, program):
    scene.sandbox.clock.move_by(timedelta(days=7))
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="a")
    assert abs(sent["date"] - (datetime.now(UTC) + timedelta(days=7)).timestamp()) < 5
