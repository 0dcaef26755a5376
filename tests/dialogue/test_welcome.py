"""How the bot and its people get to know each other."""

from tests.dialogue.conftest import BOT, LI, SECRETARY, Place, World


async def added(world: World) -> Place:
    """A group to which the bot has just been added."""
    chat = world.sandbox.add_group("二支部", by=world.people[SECRETARY], members=[world.people[LI]], bots=[BOT])
    await world.settle()
    return Place(world, chat)


async def in_privacy_mode(world: World) -> None:
    """The bot hears commands and replies only, wherever it is no administrator."""
    world.sandbox.change_bot(BOT, can_read_all_group_messages=False)
    await world.restart()


async def test_the_bot_introduces_itself_to_a_group_in_one_message(group: Place) -> None:
    assert len(group.bot_messages()) == 1
    assert "大家好，我是精益" in group.newest()


async def test_it_says_what_it_misses_in_privacy_mode(world: World) -> None:
    await in_privacy_mode(world)
    place = await added(world)
    assert "只收得到指令和对我的回复" in place.newest()
    assert "请把我设为群管理员" in place.newest()


async def test_it_says_what_it_misses_where_it_hears_everything(world: World) -> None:
    place = await added(world)
    assert "谁进群、谁退群不一定知道" in place.newest()
    assert "只收得到" not in place.newest()


async def test_the_request_goes_once_it_is_granted_and_comes_back_with_the_need(world: World) -> None:
    await in_privacy_mode(world)
    place = await added(world)
    world.sandbox.promote(place.chat, BOT)
    await world.settle()
    assert "大家好，我是精益" in place.newest()
    assert "管理员" not in place.newest()
    world.sandbox.demote(place.chat, BOT)
    await world.settle()
    assert "只收得到指令和对我的回复" in place.newest()
    assert len(place.bot_messages()) == 1


async def test_start_in_a_group_says_what_the_bot_is_for(group: Place) -> None:
    assert "大家好，我是<b>精益</b>" in await group.says(LI, "/start@jingyi_bot")


async def test_when_telegram_does_not_say_what_the_bot_is_it_asks_for_nothing(group: Place) -> None:
    group.sandbox.fault("getChatMember", kind="error")
    assert "管理员" not in await group.says(LI, "/start")


async def test_start_in_private_greets_by_name(private: Place) -> None:
    assert private.newest().startswith("李伟，您好。我是精益")
    assert "/tasks" in private.newest()
