import asyncio
import json

from telegram import Update

from domain.ids import UpdateId
from domain.messaging import inbox
from domain.messaging.chat import Locale
from domain.messaging.inbox import Received
from tests.dialogue import BOT, LI, SECRETARY, Place, World, moment


async def test_what_is_said_while_the_program_is_down_is_answered_after_its_start(group: Place, world: World) -> None:
    await world.stop()
    world.sandbox.say(group.chat, group.person(SECRETARY), "/task @li 明天 巡检")
    done = world.sandbox.say(group.chat, group.person(LI), "/done 1")
    await world.start()
    await world.idle()
    assert group.reaction(done) == "👍"
    assert await group.points_of(LI) == 5


async def test_an_update_that_was_stored_but_not_handled_is_handled_once_after_the_start(
    group: Place, world: World
) -> None:
    person = group.person(LI)
    said = {"message_id": 900, "date": 1795572000, "chat": group.chat.as_dict(), "from": person.as_dict()}
    body = {"update_id": 1, "message": {**said, "text": "建议：食堂晚班加个热菜"}}
    update = Received(UpdateId(1), json.dumps(body))
    at, locale = world.sandbox.clock.now(), Locale("Asia/Shanghai", "zh")
    await world.program.database.write(inbox.receive, updates=[update], locale=locale, at=at)
    await world.restart()
    await world.restart()
    assert group.shown().count("收到，建议 1 号") == 1
    assert await group.points_of(LI) == 2


async def test_an_update_that_comes_twice_is_handled_once(group: Place, world: World) -> None:
    person = group.person(LI)
    said = {"message_id": 900, "date": 1795572000, "chat": group.chat.as_dict(), "from": person.as_dict()}
    body = {"update_id": 1, "message": {**said, "text": "建议：食堂晚班加个热菜"}}
    for _ in range(2):
        await world.program.intake.receive([body])
        await world.idle()
    assert group.shown().count("建议 1 号") == 1


async def test_an_update_that_is_done_is_not_handled_again(group: Place, world: World) -> None:
    person = group.person(SECRETARY)
    said = {"message_id": 900, "date": 1795572000, "chat": group.chat.as_dict(), "from": person.as_dict()}
    body = {"update_id": 1, "message": {**said, "text": "/survey"}}
    await world.program.intake.receive([body])
    await world.idle()
    before = len(world.sandbox.calls)
    await world.program.application.process_update(Update.de_json(body, world.program.application.bot))
    await world.idle()
    assert not any(call.method.lower() == "sendmessage" for call in world.sandbox.calls[before:])


async def test_an_answer_that_was_not_sent_yet_is_sent_after_the_start(group: Place, world: World) -> None:
    world.sandbox.fault("sendMessage", kind="error", status=502)
    await group.says(LI, "/tasks")
    assert "没有进行中的任务" not in group.shown()
    await world.stop()
    world.sandbox.clock.move_by(120)
    await world.start()
    await world.idle()
    assert group.shown().count("没有进行中的任务") == 1


async def test_a_draft_survives_a_restart(group: Place, world: World) -> None:
    await group.says(LI, "早")
    await group.says(SECRETARY, "/task")
    await group.presses(SECRETARY, "李伟")
    await world.restart()
    await group.presses(SECRETARY, "明天")
    await world.restart()
    assert "📌 <b>巡检</b>" in await group.answers(SECRETARY, "巡检")


async def test_a_button_pressed_while_the_program_is_down_counts(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li 明天 巡检")
    await world.stop()
    press = world.sandbox.press(group.chat, group.person(LI), *group._button("完成", None))
    task = asyncio.ensure_future(press)
    await asyncio.sleep(0)
    await world.start()
    await task
    await world.idle()
    assert await group.points_of(LI) == 5


async def test_reminders_missed_while_the_program_was_down_come_once(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/task @li 今天18:00前 巡检")
    await world.stop()
    world.sandbox.clock.move_to(moment("2026-11-25 18:30"))
    await world.start()
    await world.idle()
    assert group.shown().count("任务提醒") == 1
    assert "已逾期" in group.newest()
    assert await group.hears_until("2026-11-25 19:00") == ""


async def test_a_survey_that_should_have_closed_meanwhile_is_published(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00 | 截止：今天18:00")
    await group.votes(LI, 1)
    await world.stop()
    world.sandbox.clock.move_to(moment("2026-11-25 18:30"))
    await world.start()
    await world.idle()
    assert group.shown().count("📊") == 1
    assert "17:00：1 票（100%）" in group.shown()


async def test_a_group_joined_while_the_program_was_down_is_greeted(world: World) -> None:
    await world.stop()
    chat = world.sandbox.add_group("二支部", by=world.people[SECRETARY], bots=[BOT])
    await world.start()
    await world.idle()
    assert "大家好，我是精益" in Place(world, chat).shown()
