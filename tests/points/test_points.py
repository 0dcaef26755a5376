import pytest

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, keyboard


async def test_points_show_each_entry_and_why(group: Place) -> None:
    await group.says(SECRETARY, "/task @li 明天 整理 <实验室>")
    await group.says(LI, "/done 1")
    await group.says(LI, "建议：食堂晚班加个热菜")
    said = await group.does(LI, "/points")
    assert said.splitlines() == [
        "本周 <b>7</b> 分，累计 <b>7</b> 分",
        "+2 提建议「食堂晚班加个热菜」11月25日",
        "+5 按时完成「整理 &lt;实验室&gt;」11月25日",
        "",
        "今天还能得：学习 +3、答对 +3、提建议 +4、参与调查 +3",
    ]


async def test_somebody_without_points_is_told_how_to_earn_them(group: Place) -> None:
    said = await group.does(LI, "/points")
    assert "本周 <b>0</b> 分，累计 <b>0</b> 分" in said
    assert "还没有积分" in said


async def test_points_in_private_are_the_same(group: Place, private: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    assert "+2 提建议「食堂晚班加个热菜」" in await private.says(LI, "/points")


async def test_an_entry_over_the_days_cap_says_so(group: Place) -> None:
    for number in range(4):
        await group.says(LI, f"建议：第{number}条")
    assert "+0 提建议「第3条」11月25日（当天已到上限）" in await group.does(LI, "/points")
    await group.hears_until("2026-11-26 00:01")
    assert "+2 分" in await group.does(LI, "建议：新的一天")


async def test_last_weeks_points_are_in_the_total_only(group: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    await group.hears_until("2026-11-30 00:01")
    assert "本周 <b>0</b> 分（上周 2 分），累计 <b>2</b> 分" in await group.does(LI, "/points")


async def test_the_board_ranks_the_week_with_ties_sharing_a_rank(group: Place, world: World) -> None:
    for who, times in ((LI, 2), (WANG, 2), (SECRETARY, 1)):
        await world.earns(group.chat, who, times)
    said = await group.says(LI, "/rank")
    assert said.splitlines()[0] == "<b>本周积分榜</b>"
    assert [line.replace("　", " ") for line in said.splitlines()[1:]] == ["🥇 李伟 10", "🥇 王海燕 10", "🥉 陈 书记 5"]


async def test_the_eleventh_is_not_on_the_board_but_sees_their_own_line(group: Place, world: World) -> None:
    for number in range(11):
        world.people[f"p{number}"] = world.sandbox.add_person(f"员工{number}")
        world.sandbox.add_member(group.chat, world.people[f"p{number}"])
        await world.earns(group.chat, f"p{number}", 20 - number)
    said = await group.says("p10", "/rank")
    assert "员工9　" in said
    assert "员工10" not in said
    assert "另有 1 人有积分" in said
    assert said.endswith("您目前第 11 名，50 分")
    assert "您目前" not in await group.says("p0", "/rank")


async def test_all_who_share_the_tenth_rank_are_on_the_board(group: Place, world: World) -> None:
    for number in range(12):
        world.people[f"p{number}"] = world.sandbox.add_person(f"员工{number}")
        await world.earns(group.chat, f"p{number}", max(2, 11 - number))
    said = await group.says(LI, "/rank")
    assert [f"10. 员工{number}　10" in said for number in (9, 10, 11)] == [True, True, True]
    assert "另有" not in said


async def test_an_empty_board_says_how_to_begin(group: Place) -> None:
    assert "本周还没有人得分" in await group.says(LI, "/rank")


async def test_the_board_starts_anew_on_monday(group: Place, world: World) -> None:
    await world.earns(group.chat, LI, 1)
    await group.hears_until("2026-11-30 00:01")
    assert "本周还没有人得分" in await group.says(LI, "/rank")


async def test_rank_in_private_is_that_of_ones_group(group: Place, private: Place, world: World) -> None:
    await group.says(LI, "早")
    await world.earns(group.chat, WANG, 1)
    assert "王海燕　5" in await private.says(LI, "/rank")


async def test_a_board_holds_one_groups_points(group: Place, world: World) -> None:
    await world.earns(group.chat, LI, 1)
    chat = world.sandbox.add_group("二支部", by=world.people[SECRETARY], members=[world.people[LI]], bots=[BOT])
    await world.idle()
    assert "本周还没有人得分" in await Place(world, chat).says(LI, "/rank")


@pytest.mark.parametrize("name", ["<b>强</b> & 伙伴", "名" * 60, "\u202eabc", "换\n行"])
async def test_any_name_fits_on_the_board(group: Place, world: World, name: str) -> None:
    world.people["odd"] = world.sandbox.add_person(name)
    world.sandbox.add_member(group.chat, world.people["odd"])
    await world.earns(group.chat, "odd", 1)
    said = await group.says("odd", "/rank")
    assert len(said.splitlines()) == 2
    assert "\u202e" not in said


async def test_points_asked_for_in_a_group_are_shown_in_private(group: Place, private: Place) -> None:
    assert await group.says(LI, "/points") == ""
    assert group.reaction() == "👍"
    assert "还没有积分" in group.whispered(LI)
    assert "还没有积分" in private.shown()


async def test_whose_private_chat_is_not_open_gets_a_link_to_it(group: Place, world: World) -> None:
    said = await group.says(WANG, "/points")
    assert "积分只给您自己看" in said
    assert "分，累计" not in said
    (button,) = keyboard(group.bot_messages()[-1])[0]
    assert button["url"].endswith("?start=points")
    alone = Place(world, world.sandbox.open_private(world.people[WANG], BOT))
    assert "还没有积分" in await alone.says(WANG, "/start points")


async def test_where_the_sign_is_refused_nobody_else_reads_the_points(group: Place, private: Place) -> None:
    group.sandbox.fault("setMessageReaction", kind="error", status=400, description="Bad Request: REACTION_INVALID")
    assert "积分只给您自己看" in await group.says(LI, "/points")
    assert "累计" not in group.shown()
