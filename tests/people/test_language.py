"""Two languages a person: private chats speak their owner's, notices the presser's, groups the group's."""

import pytest

from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened


@pytest.fixture
def english(world: World) -> None:
    """Li's telephone speaks English, Wang's a language that the bot has no words in."""
    world.people[LI].language_code = "en-GB"
    world.people[WANG].language_code = "kk"


@pytest.mark.usefixtures("english")
async def test_a_private_chat_speaks_the_language_of_its_owners_telephone(group: Place, world: World) -> None:
    assert "Hello 李伟" in (await opened(world, LI)).shown()


@pytest.mark.usefixtures("english")
async def test_it_speaks_the_enterprises_where_there_are_no_words_in_theirs(group: Place, world: World) -> None:
    assert "王海燕，您好" in (await opened(world, WANG)).shown()


@pytest.mark.usefixtures("english")
async def test_a_notice_is_in_the_language_of_whoever_presses(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 下周五18:00前 提交学习心得")
    await group.says(WANG, "早")
    assert "负责，请本人来完成" in await group.presses(WANG, "完成")
    assert await group.presses(LI, "完成") == "Done: +5, 5 in all; wrong? /done undo"
    assert "进行中的任务" in await group.says(LI, "/tasks"), "the group goes on in its own language"


@pytest.mark.usefixtures("english")
async def test_a_reminder_in_private_is_in_the_language_of_its_reader(group: Place, world: World) -> None:
    private = await opened(world, LI)
    await group.says(SECRETARY, "/task @li 今天18:00前 交心得")
    said = await private.hears_until("2026-11-25 16:00")
    assert "李伟, 1 task is due soon:" in said
    assert "due Wed 25 Nov 18:00" in said, "the hour is the group's"


async def test_somebody_chooses_a_language_and_keeps_it(private: Place) -> None:
    assert private.shown().startswith("李伟，您好")
    await private.presses(LI, "English")
    assert private.newest() == "All right, English from now on. /help shows what you can do."
    assert "You have no open tasks." in await private.says(LI, "/tasks")
    private.person(LI).language_code = "zh-hans"
    assert "You have no open tasks." in await private.says(LI, "/tasks"), "what was chosen goes before the telephone's"
    await private.presses(LI, "中文")
    assert "您手上没有进行中的任务" in await private.says(LI, "/tasks")


async def test_a_private_chat_follows_a_telephone_that_changes_its_language(private: Place) -> None:
    assert "您手上没有" in await private.says(LI, "/tasks")
    private.person(LI).language_code = "en"
    assert "You have no open tasks." in await private.says(LI, "/tasks")


@pytest.mark.parametrize("data", ["language.choose:1", "language.choose:x", "language.choose"])
async def test_a_button_that_names_no_language_changes_none(private: Place, data: str) -> None:
    await private.receives_press(LI, private.bot_messages()[-1], data)
    assert "您手上没有" in await private.says(LI, "/tasks")


async def test_a_group_keeps_its_language_whoever_presses_there(group: Place) -> None:
    await group.says(LI, "早")
    await group.receives_press(LI, group.bot_messages()[-1], "language.choose:1")
    assert "群里没有进行中的任务" in await group.says(LI, "/tasks")
