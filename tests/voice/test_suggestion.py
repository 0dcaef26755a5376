import pytest

from tests.dialogue import BOT, LI, WANG, Place, World

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x06\x00\x00\x00"


WAYS = (
    "/suggest {}",
    "建议：{}",
    "建议: {}",
    "  建议 ： {}",
    "{} #建议",
    "Suggestion: {}",
    "#suggestion {}",
    "#建议 {}",
    "#建议{}",
    "＃建议：{}",
    "{}#建议",
)
TOPICS = ("食堂晚班加个热菜", "车间加一台饮水机", "停车场加装充电桩")  # three a day earn points


@pytest.mark.parametrize("ways", [WAYS[first : first + 3] for first in range(0, len(WAYS), 3)])
async def test_a_suggestion_is_made_in_many_ways(group: Place, ways: tuple[str, ...]) -> None:
    for number, (way, words) in enumerate(zip(ways, TOPICS, strict=False), 1):
        said = await group.does(LI, way.format(words))
        assert said.startswith(f"收到，建议 {number} 号。")
        assert "+2 分" in said
        assert await group.points_of(LI) == 2 * number
    assert "#建议" not in await group.does(LI, "/points")


async def test_a_suggestion_is_a_reply_to_the_bots_call(group: Place) -> None:
    assert "您有什么建议" in await group.says(LI, "/suggest")
    call = group.bot_messages()[-1]
    assert "建议 1 号" in await group.does(LI, "食堂晚班加个热菜", reply_to=call)
    assert "建议 2 号" in await group.does(WANG, "车间加一台饮水机", reply_to=call)


async def test_plain_talk_is_no_suggestion_and_a_suggestion_may_stand_under_a_picture(group: Place) -> None:
    assert await group.says(LI, "我没什么建议") == ""
    assert await group.says(LI, "大家的建议：都不错") == ""
    assert (await group.world.stored())["suggestions"] == 0
    assert "建议 1 号" in await group.does(LI, "建议：这里加个扶手", photo=PNG)
    assert "归到：食堂后勤" in await group.does(LI, "建议：食堂晚班加个热菜")


async def test_in_private_the_next_message_is_the_suggestion(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    assert "会看到的人" in await private.says(LI, "/suggest")
    await private.presses(LI, "署名")
    assert "会看到的人" not in private.shown()
    assert "您有什么建议" in private.shown()
    assert "收到，建议 1 号。" in await private.says(LI, "食堂晚班加个热菜")
    assert "您有什么建议" not in private.shown()
    assert await group.points_of(LI) == 2
    assert "没看懂这句话" in await private.says(LI, "还有一句")


async def test_a_suggestion_in_private_needs_no_command(private: Place) -> None:
    assert "署名" in await private.says(LI, "建议：食堂晚班加个热菜")
    assert (await private.world.stored())["suggestions"] == 0
    assert "建议 1 号" in await private.says(LI, "实名")


async def test_in_private_the_author_is_told_who_will_see_it(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    said = await private.says(LI, "建议：食堂晚班加个热菜")
    assert f"会看到的人：{group.chat.title}的群管理员、督查员，以及管理员" in said
    await private.presses(LI, "匿名")
    assert "收到，建议 1 号（匿名）" in private.shown()


async def test_the_same_words_in_private_are_counted_without_a_question(group: Place, private: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    assert "已为它再记一次" in await private.says(LI, "建议：食堂晚班加个热菜")


async def test_before_the_choice_nothing_is_kept_and_words_are_no_choice(private: Place) -> None:
    for words in ("建议：", f"建议：{'热' * 2001}"):
        assert "会看到的人" not in await private.says(LI, words)
    await private.says(LI, "建议：食堂晚班加个热菜")
    await private.says(LI, "/cancel")
    assert (await private.world.stored())["suggestions"] == 0
    await private.says(LI, "建议：食堂晚班加个热菜")
    assert "请点上面的按钮" in await private.says(LI, "随便")
    await private.presses(LI, "匿名")
    assert "（匿名）" in private.shown()


async def test_who_is_in_no_group_may_suggest_without_points(world: World) -> None:
    world.people["stranger"] = world.sandbox.add_person("路人")
    place = Place(world, world.sandbox.open_private(world.people["stranger"], BOT))
    assert "暂时没有人会看到" in await place.says("stranger", "建议：门口加个路灯")
    assert "建议 1 号" in await place.says("stranger", "实名")
    assert await place.points_of("stranger") == 0


async def test_the_same_words_again_are_counted_not_stored(group: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    assert "已为它再记一次" in await group.does(LI, "建议：食堂，晚班加个热菜！")
    assert (await group.world.stored())["suggestions"] == 1
    assert await group.points_of(LI) == 2
    assert "记作您附议，共 1 人附议" in await group.does(WANG, "建议：食堂晚班加个热菜")
    assert "记作您附议，共 1 人附议" in await group.does(WANG, "建议：食堂晚班加个热菜。")
    assert await group.points_of(WANG) == 0


async def test_an_edit_corrects_a_suggestion(group: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热采")
    said = await group.corrects(LI, "建议：车间安全通道清理杂物")
    assert "建议 1 号已按修改后的内容更新" in said
    assert "安全" in said
    assert (await group.world.stored())["suggestions"] == 1
    assert await group.points_of(LI) == 2


async def test_an_edit_of_a_repeated_suggestion_is_a_correction_too(group: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    first = group.last
    await group.says(LI, "建议：食堂晚班加个热菜")
    assert "已按修改后的内容更新" in await group.corrects(LI, "建议：食堂晚班加个热汤", first)


async def test_the_corrected_words_again_are_counted_not_stored(group: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热采")
    await group.edits(LI, "建议：食堂晚班加个热菜")
    assert "已为它再记一次" in await group.does(LI, "建议：食堂晚班加个热菜")
    assert await group.points_of(LI) == 2


async def test_a_suggestion_made_in_private_is_corrected_by_an_edit(group: Place, private: Place) -> None:
    await group.says(LI, "早")
    await private.says(LI, "/suggest")
    await private.presses(LI, "署名")
    await private.says(LI, "食堂晚班加个热采")
    source = private.last
    assert "建议 1 号已按修改后的内容更新" in await private.edits(LI, "食堂晚班加个热菜", source)


async def test_an_edit_makes_a_suggestion_of_what_was_none(group: Place) -> None:
    assert await group.says(LI, "食堂晚班加个热菜") == ""
    assert "建议 1 号" in await group.corrects(LI, "建议：食堂晚班加个热菜")


async def test_ten_an_hour_are_enough(group: Place) -> None:
    for number in range(10):
        assert f"建议 {number + 1} 号" in await group.does(LI, f"建议：第{number}条")
    said = await group.says(LI, "建议：再来一条")
    assert "一小时内最多收 10 条" in said
    assert "\n" not in said
    assert "建议 11 号" in await group.does(WANG, "建议：我也有一条")
    await group.hears_until("2026-11-25 11:01")
    assert "建议 12 号" in await group.does(LI, "建议：再来一条")


async def test_suggestions_earn_at_most_six_points_a_day(group: Place) -> None:
    for number in range(3):
        assert "+2 分" in await group.does(LI, f"建议：第{number}条")
    assert "今天建议积分已到上限，建议照样记下" in await group.does(LI, "建议：第四条")
    assert await group.points_of(LI) == 6


@pytest.mark.parametrize("words", ["建议：", "/suggest   \u200b", "#建议", "建议：😀😀", "建议：……"])
async def test_a_suggestion_without_words_is_asked_for(group: Place, words: str) -> None:
    said = await group.says(LI, words)
    assert "例如：/suggest 食堂晚班加个热菜" in said
    assert "\n" not in said
    assert (await group.world.stored())["suggestions"] == 0


async def test_a_picture_in_reply_to_the_call_needs_words(group: Place) -> None:
    await group.says(LI, "/suggest")
    call = group.bot_messages()[-1]
    assert "请写上建议的内容" in await group.says(LI, "", photo=PNG, reply_to=call)


async def test_too_long_a_suggestion_is_refused(group: Place) -> None:
    said = await group.says(LI, f"建议：{'长' * 2001}")
    assert "2001 字，最多 2000 字" in said
    assert "\n" not in said
    assert "建议 1 号" in await group.corrects(LI, f"建议：{'长' * 2000}")
