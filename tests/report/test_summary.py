from typing import Any

from domain.admin.setting import Name, Ranking, Scope, Where
from domain.people.permission import Area, Role
from domain.study import study
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened, plain
from tests.study.test_study import HELMET

MONDAY = "2026-11-30 09:00"
FITS = 1024  # characters of a caption


async def a_week(group: Place) -> None:
    """What happens from Wednesday to Friday."""
    await group.world.program.database.write(study.load, lessons=[HELMET])
    await group.says(LI, "早")
    await group.says(WANG, "早")
    await group.says(SECRETARY, "/task @li 周五18:00前 巡检")
    await group.says(SECRETARY, "/task @王海燕 今天12:00前 报表")
    await group.says(SECRETARY, "/task @王海燕 下周五 讲课")
    await group.says(SECRETARY, "/task @li 今天13:00前 归档")
    await group.says(SECRETARY, "/survey 几点？| 16:00 | 17:00 | 截止：明天18:00")
    await group.votes(LI, 0)
    await group.says(LI, "建议：食堂晚班加个热菜")
    await group.says(WANG, "建议：食堂的汤再热一点")
    await group.hears_until("2026-11-26 08:30")
    await group.presses(LI, "我学完了")
    await group.votes(LI, 1)
    await group.hears_until("2026-11-26 18:00")
    await group.says(LI, "/done 1")
    await group.says(WANG, "/done 2")


async def test_monday_brings_last_weeks_summary_and_board(group: Place) -> None:
    await a_week(group)
    await group.hears_until("2026-11-30 08:59")
    said = await group.hears_until(MONDAY)
    assert said.splitlines() == [
        "<b>周小结</b>　11月23日至11月29日",
        "参与：2 人",
        "每日学习：1 条，已学 1 人次，答对 1/1",
        "任务：按时完成 1，迟完成 1，未完成 2（🔴 逾期 1）",
        "调查：1 次，1 人次",
        "建议：2 条，集中在食堂后勤（2）",
        "",
        "<b>积分榜</b>",
        "🥇 李伟　10",
        "🥈 王海燕　4",
    ]


async def test_the_summary_comes_once(group: Place) -> None:
    await a_week(group)
    assert "周小结</b>" in await group.hears_until(MONDAY)
    assert "周小结</b>" not in await group.hears_until("2026-11-30 09:01")
    await group.world.restart()
    assert "周小结</b>" not in await group.hears_until("2026-12-01 12:00")


async def test_a_roster_gives_the_participation_rate(group: Place) -> None:
    await group.world.roster(group.chat, SECRETARY, LI, WANG)
    await group.says(LI, "建议：食堂晚班加个热菜")
    assert "参与：1 人，参与率 33%" in await group.hears_until(MONDAY)


async def test_a_week_without_anything_is_passed_in_silence(group: Place) -> None:
    await group.says(LI, "早")
    assert await group.hears_until(MONDAY) == ""
    assert "还没有记录" in await group.says(SECRETARY, "/summary")


async def test_a_program_that_was_down_on_monday_morning_posts_it_late(group: Place, world: World) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    await world.stop()
    world.sandbox.clock.next("monday", "14:00", "Asia/Shanghai")
    await world.start()
    await world.idle()
    assert "周小结　11月23日至11月29日" in group.newest()


async def test_a_program_that_was_down_for_weeks_posts_the_newest_only(group: Place, world: World) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    await group.says(SECRETARY, "/task @li 周五 巡检")
    await world.stop()
    for _ in range(3):
        world.sandbox.clock.next("tuesday", "14:00", "Asia/Shanghai")
    await world.start()
    await world.idle()
    assert group.shown().count("周小结　") == 1
    assert "周小结　12月7日至12月13日" in group.shown()
    assert "逾期 1" in group.shown()


async def test_the_secretary_sees_the_week_so_far(group: Place) -> None:
    await group.says(LI, "建议：食堂晚班加个热菜")
    await group.hears_until("2026-11-25 10:01")
    said = await group.says(SECRETARY, "/summary")
    assert "<b>周小结</b>　11月23日至11月29日（到目前）" in said
    assert "参与：1 人" in said
    assert "推送" not in said
    assert "群管理员" in await group.says(LI, "/summary")


async def test_how_many_pushes_people_got_is_for_who_sets_their_cap(group: Place, world: World) -> None:
    """Not for the group, nor for a committee member, who sees the summary too."""
    await a_week(group)

    def appoint(stores):
        li = stores.members.find(world.people[LI].id)
        here = Area(group=stores.chats.find(group.chat.id).id)
        stores.grants.add(li, Role.COMMITTEE, here, None, world.sandbox.clock.now())

    await world.program.database.write(appoint)
    office, committee = await opened(world, SECRETARY), await opened(world, LI)
    assert "\n\n推送：每人约 3 条（群里不显示）" in await office.says(SECRETARY, "/summary")
    said = await committee.says(LI, "/summary")
    assert "周小结</b>" in said
    assert "推送" not in said
    assert "推送" not in await group.says(SECRETARY, "/summary")


async def test_the_week_is_one_message_with_a_picture_of_its_board(group: Place, drawn: list[Any]) -> None:
    await a_week(group)
    before = len(group.bot_messages())
    await group.hears_until(MONDAY)
    (said,) = [one for one in group.bot_messages()[before:] if "周小结" in plain(one)]
    assert ("photo" in said, len(said["caption"]) < FITS) == (True, True)
    assert len(drawn) == 1, "one summary, one picture"
    board, topics = drawn[0].board, drawn[0].topics
    assert [(one.rank, one.name, one.shown) for one in board.lines] == [(1, "李伟", "10 分"), (2, "王海燕", "4 分")]
    assert (drawn[0].trend, board.rest) == (None, ""), "one week is no trend"
    assert [(one.name, one.counts) for one in topics.topics] == [("食堂后勤", (2,))]
    await group.says(WANG, "建议：班车晚十分钟")
    await group.hears_until("2026-12-01 10:00")
    said = await group.says(SECRETARY, "/summary")
    assert "（到目前）" in said
    assert "（到目前）" in drawn[1].subtitle
    assert drawn[1].trend is None, "the running week is no point of the trend"
    await group.hears_until("2026-12-07 09:00")
    (week,) = drawn[2].trend.series
    assert (len(week.values), drawn[2].trend.labels) == (2, ("11/23", "11/30"))


async def test_where_people_are_not_ranked_the_picture_names_nobody(group: Place, drawn: list[Any]) -> None:
    await a_week(group)

    def hide(stores: Any, mode: Ranking) -> None:
        here = Where(Scope.CHAT, stores.chats.find(group.chat.id).id)
        stores.settings.put(here, Name.RANKING, mode)

    await group.world.roster(group.chat, SECRETARY, LI, WANG)
    await group.world.program.database.write(hide, Ranking.BRANCH)
    await group.says(SECRETARY, "/summary")
    assert [one.marked for one in drawn[0].board.lines] == [True]
    assert not any(name in repr(drawn) for name in ("李伟", "王海燕", "陈书记"))
    await group.world.program.database.write(hide, Ranking.PRIVATE)
    assert "周小结" in await group.hears_until(MONDAY)
    assert len(drawn) == 1, "no board and one week: a text"
    await group.says(WANG, "建议：班车晚十分钟")
    await group.hears_until("2026-12-07 09:00")
    assert (drawn[1].board, len(drawn[1].trend.labels)) == (None, 2)
    assert not any(name in repr(drawn[1]) for name in ("李伟", "王海燕", "陈书记"))
