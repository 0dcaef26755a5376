"""The card of a branch in chat."""

from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened
from tests.pictures import PNG


async def test_a_secretary_keeps_the_card_and_the_group_reads_it(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI, WANG)
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    said = await group.says(LI, "/card")
    assert "3 人" in said
    assert "理念还没写" in said
    await office.says(SECRETARY, "支部名片")
    await office.presses(SECRETARY, "写特色文化理念")
    assert "不超过 60 个字" in await office.says(SECRETARY, "安" * 61)
    assert "安全是最大的效益" in await office.says(SECRETARY, "安全是最大的效益")
    await office.presses(SECRETARY, "发出")
    await world.refreshed()
    assert "安全是最大的效益" in group.shown()
    assert group.shown().count("特色文化理念") == 1

    await office.presses(SECRETARY, "放照片")
    assert "不是文件" in await office.says(SECRETARY, "没有照片")
    assert "安全是最大的效益" in await office.says(SECRETARY, photo=PNG)
    assert "photo" in office.bot_messages()[-1]
    await office.presses(SECRETARY, "发出")
    assert "去掉照片" in office.buttons()
    assert "photo" in group.bot_messages()[-1]
    assert group.shown().count("安全是最大的效益") == 1

    assert "安全是最大的效益" in await li.says(LI, "我们支部")
    assert li.buttons() == ["其他支部"]
    await office.presses(SECRETARY, "去掉照片")
    assert "photo" not in office.bot_messages()[-1]
    assert "photo" not in group.bot_messages()[-1]
    await li.presses(LI, "其他支部")
    await li.presses(LI, li.buttons()[0])
    assert "安全是最大的效益" in li.newest()
    assert "看哪个支部" not in li.shown()
    assert "没有" in await li.says(LI, "/card 没有的支部")


async def test_another_branch_is_read_and_not_changed(group: Place, world: World) -> None:
    await world.roster(group.chat, SECRETARY, LI)
    li = await opened(world, LI)
    await li.says(LI, "/card")
    for button in ("motto", "photo", "drop_photo"):
        await li.receives_press(LI, li.bot_messages()[-1], f"branch_card.{button}:1")
    assert await world.rows("drafts") == 0
    assert await world.rows("branch_cards") == 0


async def test_a_group_without_a_branch_says_how_to_bind_it(group: Place, world: World) -> None:
    assert "先绑定支部" in await group.says(LI, "/card")
    assert "先绑定支部" in await (await opened(world, LI)).says(LI, "/card")
