"""What a person wrote counts from when they wrote it, not from when it was heard."""

import json
from datetime import timedelta

import pytest

from domain.ids import UpdateId
from domain.messaging import inbox
from domain.messaging.chat import Locale
from domain.messaging.inbox import Received
from tests.dialogue import LI, SECRETARY, WANG, Place, World, moment

SUNDAY, DAY_BEFORE = "2026-11-29 23:30", "2026-11-25 23:30"


async def test_a_task_that_was_finished_in_time_is_on_time_however_late_it_is_heard(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    world.sandbox.clock.move_to(moment("2026-11-25 17:59:50"))
    async with world.away(until="2026-11-25 18:00:20"):
        group.writes(LI, "/done 1")
    assert await group.points_of(LI) == 5


async def test_a_task_that_was_finished_too_late_is_late(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    world.sandbox.clock.move_to(moment("2026-11-25 18:00:01"))
    async with world.away(until="2026-11-25 18:00:20"):
        group.writes(LI, "/done 1")
    assert await group.points_of(LI) == 2


async def test_a_day_away_makes_nobody_late(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    async with world.away(until="2026-11-26 12:00"):
        group.writes(LI, "/done 1")
        world.sandbox.fault("getUpdates", kind="slow", seconds=0.5)  # it takes a while to hear of it
    assert await group.points_of(LI) == 5
    assert "请留意" not in group.shown(), "what waited is heard before what is due is said"


async def test_votes_that_waited_are_heard_before_their_survey_closes(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00 | 截止：今天18:00")
    await group.says(WANG, "早")
    poll = group.bot_messages()[-1]
    async with world.away(until="2026-11-25 19:00"):
        world.sandbox.vote(group.chat, group.person(WANG), poll, [1])
        world.sandbox.fault("getUpdates", kind="slow", seconds=0.5)
    assert await group.points_of(WANG) == 1
    assert "17:00" in group.newest()


async def test_a_press_counts_when_it_comes(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    world.sandbox.clock.move_to(moment("2026-11-25 18:00:01"))
    await group.presses(LI, "完成")
    assert await group.points_of(LI) == 2


async def test_a_press_that_waited_in_the_store_counts_when_it_came(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    card = {"message_id": group.bot_messages()[-1]["message_id"], "date": 1795572000, "chat": group.chat.as_dict()}
    press = {
        "id": "1",
        "from": group.person(LI).as_dict(),
        "message": card,
        "chat_instance": "1",
        "data": "task.done:1",
    }
    body = {"update_id": 1, "callback_query": press}
    at, locale = moment("2026-11-25 17:59:50"), Locale("Asia/Shanghai", "zh")
    updates = [Received(UpdateId(1), json.dumps(body))]
    await world.program.database.write(inbox.receive, updates=updates, locale=locale, at=at)
    async with world.away(until="2026-11-25 18:00:20"):
        pass
    assert await group.points_of(LI) == 5


async def test_an_edit_counts_from_the_edit(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    await group.says(SECRETARY, "/task @li 今天18:00前 值班")
    world.sandbox.clock.move_to(moment("2026-11-25 17:59:00"))
    await group.says(LI, "/done 1")
    world.sandbox.clock.move_to(moment("2026-11-25 17:59:50"))
    async with world.away(until="2026-11-25 18:00:20"):
        world.sandbox.edit(group.chat, group.person(LI), group.last, "/done 2")
    assert await group.points_of(LI) == 10


async def test_an_edit_after_the_deadline_is_late_whenever_its_message_was_written(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    world.sandbox.clock.move_to(moment("2026-11-25 17:59:50"))
    await group.says(LI, "完成了1号")
    world.sandbox.clock.move_to(moment("2026-11-25 18:00:10"))
    await group.edits(LI, "/done 1")
    assert await group.points_of(LI) == 2


@pytest.mark.parametrize("start", [DAY_BEFORE])
async def test_tomorrow_is_the_day_after_it_was_written(world: World, group: Place) -> None:
    world.sandbox.clock.move_to(moment("2026-11-25 23:59:59"))
    async with world.away(until="2026-11-26 00:00:05"):
        group.writes(SECRETARY, "/task @li 明天18:00前 交表")
    assert await world.rows("tasks", f"due_at = {stored('2026-11-26 18:00')}") == 1


@pytest.mark.parametrize("start", [DAY_BEFORE])
async def test_a_deadline_in_a_form_is_read_by_when_it_was_written(world: World, group: Place) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    await group.presses(SECRETARY, "李伟")
    world.sandbox.clock.move_to(moment("2026-11-25 23:59:59"))
    async with world.away(until="2026-11-26 00:00:05"):
        group.writes(SECRETARY, "明天18:00前 交表", reply_to=group.bot_messages()[-1])
    assert "11月26日（周四）18:00" in group.newest()


@pytest.mark.parametrize("start", [DAY_BEFORE])
async def test_a_survey_closes_by_when_it_was_written(world: World, group: Place) -> None:
    world.sandbox.clock.move_to(moment("2026-11-25 23:59:59"))
    async with world.away(until="2026-11-26 00:00:05"):
        group.writes(SECRETARY, "/survey 几点？| 16:00 | 17:00 | 截止：明天18:00")
    assert await world.rows("surveys", f"closes_at = {stored('2026-11-26 18:00')}") == 1


async def test_a_survey_whose_closing_is_over_when_it_is_heard_is_not_posted(world: World, group: Place) -> None:
    async with world.away(until="2026-11-25 19:00"):
        group.writes(SECRETARY, "/survey 几点？| 16:00 | 17:00 | 截止：今天18:00")
    assert "截止时间已经过了" in group.newest()
    assert await world.rows("surveys") == 0


async def test_a_survey_that_waited_for_days_is_open_as_long_as_usual(world: World, group: Place) -> None:
    async with world.away(until="2026-12-01 10:00"):
        group.writes(SECRETARY, "/survey 几点？| 16:00 | 17:00")
    assert await world.rows("surveys", f"closes_at = {stored('2026-12-04 18:00')}") == 1


@pytest.mark.parametrize("start", [SUNDAY])
async def test_what_was_written_on_sunday_counts_for_that_week(world: World, group: Place) -> None:
    world.sandbox.clock.move_to(moment("2026-11-29 23:59:50"))
    async with world.away(until="2026-11-30 00:00:20"):
        group.writes(LI, "建议：食堂周五加菜")
        group.writes(SECRETARY, "/rank")
    assert await world.rows("points_weeks", "monday = '2026-11-23' AND points = 2") == 1
    assert "本周" not in await group.hears_until("2026-11-30 08:00")
    summary = await group.hears_until("2026-11-30 09:00")
    assert "建议" in summary
    assert "李伟" in summary


@pytest.mark.parametrize("start", [SUNDAY])
async def test_a_summary_that_was_posted_stands_and_the_week_still_gets_its_points(world: World, group: Place) -> None:
    await group.says(LI, "建议：食堂周五加菜")
    async with world.away(until="2026-11-30 09:30"):
        group.writes(LI, "建议：车间加装风扇")
    assert await world.rows("points_weeks", "monday = '2026-11-23' AND points = 4") == 1
    assert await world.rows("outbox", "key LIKE 'summary:%'") == 1


async def test_a_days_cap_is_that_of_the_day_when_it_was_written(world: World, group: Place) -> None:
    world.sandbox.clock.move_to(moment("2026-11-25 23:50"))
    async with world.away(until="2026-11-26 08:00"):
        for number in "一二三四":
            group.writes(LI, f"建议：第{number}食堂加菜")
    await group.says(LI, "建议：车间加装风扇")
    assert await group.points_of(LI) == 6 + 2


async def test_leave_begins_on_the_day_when_it_was_written(world: World, group: Place, private: Place) -> None:
    await world.roster(group.chat, LI)
    world.sandbox.clock.move_to(moment("2026-11-25 23:59:50"))
    async with world.away(until="2026-11-26 00:00:10"):
        private.writes(LI, "/leave 明天")
    assert await world.rows("absences", "since = '2026-11-26'") == 1


async def test_a_message_from_the_future_counts_when_it_came(world: World, group: Place) -> None:
    """One of the clocks is wrong, and nobody knows which: everything keeps to the program's."""
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    message = {**group.last, "text": "/done 1", "message_id": 999, "from": group.person(LI).as_dict()}
    message["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
    message["date"] = int((moment("2026-11-25 18:00") + timedelta(hours=1)).timestamp())
    await world.receives("message", message)
    assert await group.points_of(LI) == 5


async def test_a_task_is_not_finished_before_it_was_given(world: World, group: Place) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 交表")
    message = {**group.last, "text": "/done 1", "message_id": 999, "from": group.person(LI).as_dict()}
    message["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
    message["date"] -= 20
    await world.receives("message", message)
    assert await world.rows("tasks", "done_at = given_at") == 1
    assert await group.points_of(LI) == 5


async def test_the_audit_log_keeps_to_when_things_were_done(world: World, group: Place, private: Place) -> None:
    """A command that waited changes something now: a record of yesterday would stand after one of today."""
    await world.roster(group.chat, LI)
    async with world.away(until="2026-11-26 12:00"):
        private.writes(LI, "/leave 明天")
    assert await world.rows("audit", f"action = 'person.changed' AND at = {stored('2026-11-26 12:00')}") == 1


def stored(when: str) -> int:
    """A local moment as the store on SQLite has it."""
    return int(moment(when).timestamp() * 1_000_000)
