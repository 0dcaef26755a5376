"""What the inbox keeps of updates that replace each other, and of those of several bots."""

from typing import Any

from pydantic import SecretStr

from tests.dialogue import LI, SECRETARY, WANG, Place, World

OTHER = 777
ANSWERS = "key LIKE 'answer:%' AND state = 'sent'"
COUNTS = "body LIKE '%\"total_voter_count\"%'"


async def test_the_inbox_does_not_grow_with_each_vote_of_an_anonymous_survey(group: Place, world: World) -> None:
    await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00 | 匿名 | 截止：今天18:00")
    for who, option in ((LI, 0), (WANG, 0), (LI, 1), (SECRETARY, 1), (WANG, 1)):
        await group.votes(who, option)
    assert await world.rows("inbox", COUNTS) == 1
    assert "17:00：3 票（100%）" in await group.hears_until("2026-11-25 18:05")
    assert await world.rows("inbox", COUNTS) == 1


async def test_updates_of_another_bot_are_not_taken_for_those_that_were_handled(group: Place, world: World) -> None:
    await hear(world, group, 1, 900, "建议：食堂晚班加个热菜")
    await change_bot(world, group)
    before = await world.rows("outbox", ANSWERS)
    for number, words in ((1, "建议：车棚装灯"), (0, "建议：早班加豆浆")):
        await hear(world, group, number, 901 + number, words)
    assert await world.rows("suggestions") == 3
    assert await world.rows("outbox", ANSWERS) == before + 2, "each was answered"


async def test_what_the_other_bot_left_is_set_aside_and_its_own_bot_goes_on_where_it_was(
    group: Place, world: World
) -> None:
    old = world.settings
    await hear(world, group, 1, 900, "建议：食堂晚班加个热菜")
    await change_bot(world, group)
    await hear(world, group, 1, 901, "建议：车棚装灯")
    await world.stop()
    world.settings = old
    await world.start()
    await hear(world, group, 1, 900, "建议：食堂晚班加个热菜")
    assert await world.rows("suggestions") == 2, "it was handled before"
    assert await world.rows("alarms") == 0, "nothing was left"


async def change_bot(world: World, group: Place) -> None:
    token = f"{OTHER}:other"
    bot = world.sandbox.add_bot(token, username="other_bot", can_read_all_group_messages=True)
    await world.stop()
    world.sandbox.add_member(group.chat, bot, by=group.person(SECRETARY))
    world.settings = world.settings.model_copy(update={"token": SecretStr(token)})
    await world.start()
    await world.program.idle()


async def hear(world: World, group: Place, update: int, message: int, words: str) -> None:
    """The platform delivers an update under a number."""
    said: dict[str, Any] = {"message_id": message, "date": 1795572000, "chat": group.chat.as_dict()}
    said |= {"from": group.person(LI).as_dict(), "text": words}
    await world.program.intake.receive([{"update_id": update, "message": said}])
    await world.program.idle()
