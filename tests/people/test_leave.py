"""Leave in chat, and what it spares people."""

import pytest

from tests.dialogue import LI, SECRETARY, WANG, Place, World

MONDAY = "2026-11-30 09:00"


@pytest.fixture
async def branch(world: World, group: Place) -> Place:
    """The group of a branch with all three on its roster."""
    await world.roster(group.chat, SECRETARY, LI, WANG)
    return group


async def test_one_takes_leave_for_oneself(branch: Place, private: Place) -> None:
    told = await private.says(LI, "/leave 到周五")
    assert "李伟：11月25日（周三）至11月27日（周五）请假" in told
    assert "11月25日（周三）至11月27日（周五）" in await private.says(LI, "/leave")
    assert "李伟：11月25日" in await branch.says(SECRETARY, "/leave")
    assert "已销假" in await private.says(LI, "/leave 销假")
    assert "没有在请假" in await private.says(LI, "/leave 销假")
    assert "没有请假" in await private.says(LI, "/leave")
    assert "没有人请假" in await branch.says(SECRETARY, "/leave")


@pytest.mark.parametrize("named", ["@王海燕", "@7000000003"], ids=["name", "number"])
async def test_a_secretary_notes_it_for_somebody_by_the_rosters_name_or_number(branch: Place, named: str) -> None:
    told = await branch.says(SECRETARY, f"/leave {named} 11-24 至 11-30")
    assert "王海燕：11月24日（周二）至11月30日（周一）请假" in told
    assert "已销假" in await branch.says(SECRETARY, f"/leave {named} 销假")


async def test_a_secretary_names_an_account(branch: Place) -> None:
    await branch.says(LI, "早")
    assert "李伟：12月1日（周二）起请假" in await branch.says(SECRETARY, "/leave @li 从12月1日起")


async def test_others_see_and_change_their_own_alone(branch: Place) -> None:
    assert "书记" in await branch.says(LI, "/leave @王海燕 到周五")
    await branch.says(SECRETARY, "/leave @王海燕 到周五")
    assert "王海燕" not in await branch.says(LI, "/leave")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/leave 探亲", "没看懂是哪几天"),
        ("/leave @王海燕", "没看懂是哪几天"),
        ("/leave @王海燕 @li 到周五", "没看懂是哪几天"),
        ("/leave @钱进 到周五", "名册里没有“钱进”"),
        ("/leave 2月30日", "没有"),
        ("/leave 2026-11-20 到 2026-11-10", "11月10日（周二）在11月20日（周五）之前"),
        ("/leave 2026-11-20 到 2036-11-10", "好几年"),
    ],
)
async def test_what_cannot_be_is_said(branch: Place, words: str, answer: str) -> None:
    assert answer in await branch.says(SECRETARY, words)
    assert await branch.world.rows("absences") == 0


async def test_who_is_not_on_a_roster_is_told(group: Place, world: World) -> None:
    assert "您的账号还没绑定名册" in await group.says(LI, "/leave 到周五")
    assert "还没绑定支部" in await group.says(SECRETARY, "/leave @王海燕 到周五")
    assert "还没绑定支部" in await group.says(SECRETARY, "/leave")


async def test_two_of_one_name_are_told_apart_by_number(branch: Place, world: World) -> None:
    from domain.people.person import Entry

    def add(stores):  # type: ignore[no-untyped-def]
        (place,) = stores.branches.all()
        stores.people.add([Entry("00123", "王海燕", place.id)])

    await world.program.database.write(add)
    assert "有几位“王海燕”" in await branch.says(SECRETARY, "/leave @王海燕 到周五")
    assert "至11月27日" in await branch.says(SECRETARY, "/leave @00123 到周五")


async def test_reminders_wait_for_the_first_workday_back(branch: Place) -> None:
    await branch.says(LI, "早")
    await branch.says(SECRETARY, "/task @li 明天18:00前 提交学习心得")
    await branch.says(LI, "/leave 到周五")
    assert await branch.hears_until("2026-11-27 20:00") == ""
    assert await branch.hears_until("2026-11-29 20:00") == ""
    assert "提交学习心得" in await branch.hears_until("2026-11-30 09:00")
    assert await branch.hears_until("2026-11-30 20:00") == ""


async def test_whoever_comes_back_early_is_reminded_by_the_next_morning(branch: Place) -> None:
    await branch.says(LI, "早")
    await branch.says(SECRETARY, "/task @li 明天18:00前 提交学习心得")
    await branch.says(LI, "/leave 从今天起")
    assert await branch.hears_until("2026-11-27 08:00") == ""
    await branch.says(LI, "/leave 销假")
    assert "提交学习心得" in await branch.hears_until("2026-11-27 09:00")


async def test_who_is_away_is_not_missed_in_a_rate(branch: Place) -> None:
    await branch.says(SECRETARY, "/leave @王海燕 11-23 至 11-29")
    await branch.says(LI, "建议：食堂晚班加个热菜")
    assert "参与：1 人，参与率 50%" in await branch.hears_until(MONDAY)


async def test_a_survey_does_not_miss_them_either(branch: Place) -> None:
    await branch.says(SECRETARY, "/leave @王海燕 到周五")
    await branch.says(SECRETARY, "/survey 几点？ | 16:00 | 17:00 | 截止：今天18:00")
    await branch.votes(LI, 0)
    assert (await branch.hears_until("2026-11-25 18:00")).endswith("共 1 人参与，参与率 50%")


async def test_an_anonymous_survey_has_a_rate_too(branch: Place) -> None:
    await branch.says(SECRETARY, "/survey 几点？ | 16:00 | 17:00 | 匿名 | 截止：今天18:00")
    await branch.votes(LI, 0)
    await branch.votes(WANG, 1)
    assert (await branch.hears_until("2026-11-25 18:00")).endswith("共 2 人参与，参与率 67%")


async def test_the_confirmation_shows_first_and_last_day_and_the_workdays(branch: Place) -> None:
    told = await branch.says(LI, "/leave 自11月28日起至12月2日止")
    assert "李伟：11月28日（周六）至12月2日（周三）请假，3 个工作日" in told
    assert "11月30日（周一）至12月6日（周日）请假，5 个工作日" in await branch.says(LI, "/leave 下周")
    assert "11月27日（周五）请假，1 个工作日" in await branch.says(LI, "/leave 本周五请一天")


async def test_a_year_that_is_not_this_one_is_shown(branch: Place) -> None:
    told = await branch.says(LI, "/leave 12-30 至 1-4")
    assert "12月30日（周三）至2027年1月4日（周一）请假，3 个工作日" in told
    assert "至2027年1月4日" in await branch.says(SECRETARY, "/leave")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/leave 11-20 至 11-23", "“11-20”是今年已经过去的 11月20日（周五），还是明年？"),
        ("/leave 11月20日", "/leave 2026-11-20 或 /leave 2027-11-20"),
        ("/leave 明天下午", "陈书记：11月26日（周四）全天还是只下午？"),
        ("/leave @王海燕 明天下午", "王海燕：11月26日（周四）全天还是只下午？"),
        ("/leave 周五左右", "“周五”到底是哪几天？"),
        ("/leave 周四和周五", "/leave 11-24 至 11-30"),
        ("/leave 周五请三天", "/leave 11-24 至 11-30"),
        ("/leave 2月30日", "日历上没有这一天。请再看看日期，例如：/leave 11-24 至 11-30"),
    ],
)
async def test_what_is_unclear_is_asked_with_an_example_of_leave(branch: Place, words: str, answer: str) -> None:
    told = await branch.says(SECRETARY, words)
    assert answer in told
    assert "/task" not in told
    assert await branch.world.rows("absences") == 0


async def test_a_tap_says_whether_the_whole_day_is_meant(branch: Place, private: Place) -> None:
    await private.says(LI, "/leave 明天下午")
    assert private.buttons() == ["全天", "只下午", "放弃"]
    question = private.bot_messages()[-1]
    await private.presses(LI, "全天")
    assert "李伟：11月26日（周四）请假，1 个工作日" in private.newest()
    await private.says(LI, "/leave 销假")
    await private.says(LI, "/leave 到周五上午")
    assert "李伟：11月25日（周三）起，11月27日（周五）全天还是只上午？" in private.newest()
    await private.presses(LI, "只上午")
    assert "11月25日（周三）至11月26日（周四）请假，2 个工作日" in private.newest()
    await private.says(LI, "/leave 销假")
    for label, rows in (("只下午", 0), ("放弃", 0)):
        await private.says(LI, "/leave 明天下午")
        await private.presses(LI, label)
        assert await branch.world.rows("absences", "until > since AND since > '2026-11-25'") == rows
    assert "只下午" not in private.newest()
    await private.hears_until("2026-12-10 09:00")
    await private.receives_press(LI, question, "leave.take:1:1:739946:739946")
    assert await branch.world.rows("absences", "since > '2026-11-25'") == 0


async def test_only_who_was_asked_taps(branch: Place) -> None:
    await branch.says(SECRETARY, "/leave @王海燕 明天下午")
    assert "请让本人来点" in await branch.presses(LI, "全天")
    assert await branch.world.rows("absences") == 0
    await branch.presses(SECRETARY, "全天")
    assert "王海燕：11月26日（周四）请假" in branch.newest()
