"""A team match in chat: opened in private with a preview, played in private, told on one card in each group."""

from tests.dialogue import BOT, LI, SECRETARY, WANG, Place, World, opened
from tests.study.questions import RIGHT


async def plays(place: Place, who: str, world: World) -> str:
    """Somebody opens the card's link."""
    before = len(world.sandbox.calls)
    world.sandbox.start(place.person(who), BOT, "match_1")
    await world.idle()
    return place._said_since(before)


async def answers(place: Place, who: str, world: World, *, right: bool) -> str:
    """Somebody reads the question that is shown, and answers it."""
    world.sandbox.clock.move_by(30)
    lines = [line for line in place.newest().splitlines() if RIGHT in line or "看心情" in line]
    line = next(one for one in lines if (RIGHT in one) == right)
    await place.presses(who, line.strip()[0])
    return place.newest()


async def test_a_match_is_opened_played_and_won(group: Place, second: Place, world: World) -> None:
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    assert "可以开一场" in await office.says(SECRETARY, "/match")
    await office.presses(SECRETARY, "开一场")
    assert "1. 第一党支部" in await office.says(SECRETARY, "安全周赛")
    await office.presses(SECRETARY, "全部 2 个")
    await office.presses(SECRETARY, "11月30日至12月4日")
    preview = office.newest()
    assert "每人每天 3 题" in preview
    assert "二支部　1 人" in preview
    assert "得分＝" in preview
    await office.presses(SECRETARY, "发出")
    assert "发到各群" in office.newest()
    assert "🏁" not in group.shown(), "before Monday the groups hear nothing"
    assert "团队赛「安全周赛」" in await second.hears_until("2026-11-30 08:50")
    assert "团队赛「安全周赛」" in group.shown()

    assert "怎么做？" in await plays(li, LI, world)
    assert "团队赛还有 2 题" in await answers(li, LI, world, right=True)
    for _ in range(2):
        await li.presses(LI, "下一题")
        await answers(li, LI, world, right=True)
    assert "下一个比赛日" in li.newest()
    assert "下一个比赛日" in await plays(li, LI, world)
    cards = len(group.bot_messages())
    await world.at("2026-11-30 09:10")
    assert "1. 第一党支部" in group.shown()
    assert len(group.bot_messages()) == cards, "the card is edited"

    result = await second.hears_until("2026-12-04 18:00")
    assert "🏆 <b>第一党支部</b> 第一" in result
    assert "已结束" in group.shown()
    assert "参加" not in group.buttons()
    assert await group.points_of(LI) == 5
    assert await second.points_of(WANG) == 0
    assert "已经结束" in await plays(li, LI, world)


async def test_a_match_is_withdrawn_after_a_question_and_only_by_those_in_charge(
    group: Place, second: Place, world: World
) -> None:
    office, li = await opened(world, SECRETARY), await opened(world, LI)
    await office.says(SECRETARY, "/match")
    await office.presses(SECRETARY, "开一场")
    await office.says(SECRETARY, "周赛")
    assert "1 到 2" in await office.says(SECRETARY, "3 4")
    await office.says(SECRETARY, "1、2")
    await office.presses(SECRETARY, "11月30日至12月4日")
    await office.presses(SECRETARY, "发出")
    await world.at("2026-11-30 08:50")
    assert "您在其中" in await li.says(LI, "/match")
    assert li.buttons() == ["答题：周赛"]
    await li.receives_press(LI, li.messages()[-1], "match.withdrawn:1")
    await office.presses(SECRETARY, "撤回")
    await office.presses(SECRETARY, "不撤")
    assert "已撤回" not in group.shown()
    await office.presses(SECRETARY, "撤回")
    await office.presses(SECRETARY, "撤回")
    assert "已撤回" in group.shown()
    assert "参加" not in group.buttons()
    assert "已经结束" in await plays(li, LI, world)
