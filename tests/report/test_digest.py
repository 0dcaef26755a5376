"""What people in charge read in private, and the values of the weekly picture."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

import texts
from bot.drawings import DRAWINGS
from domain.admin.setting import Name, Ranking, Scope, Where
from domain.messaging.chat import Admission, ChatKind, ChatProfile
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.permission import EVERYWHERE, Area, Role
from domain.points import points
from domain.points.board import Board, BranchStanding
from domain.points.period import Every, containing
from domain.report import digest, picture, summary
from domain.report.together import together, units
from domain.reporting import Figure
from domain.voice import suggestion
from domain.voice.suggestion import Tagging
from tests.dialogue import LI, SECRETARY, WANG, Place, World, opened
from tests.points.events import ON_TIME
from tests.stores import AT, LOCALE, queued

MONDAY = datetime(2026, 11, 30, 1, 10, tzinfo=UTC)  # 09:10 in Shanghai
READER = texts.Reader("zh", "Asia/Shanghai")
FIRST_OF_DECEMBER = MONDAY + timedelta(days=1)  # a Tuesday


@pytest.fixture
async def office(database, branch):
    """Wang leads the group, Zhao is administrator; both can be written to."""

    def begin(stores):
        for who, role, area in (
            (branch.wang, Role.SECRETARY, Area(group=branch.group.id)),
            (branch.zhao, Role.ADMINISTRATOR, EVERYWHERE),
        ):
            private = stores.chats.add(ChatProfile(100 + who.id, ChatKind.PRIVATE, "p"), LOCALE, AT)
            stores.members.save(replace(stores.members.get(who.id), private=private.id))
            stores.grants.add(stores.members.get(who.id), role, area, None, AT)

    await database.write(begin)
    return branch


def earn(stores, branch, at, source="task:1"):
    points.award(stores, branch.li.id, branch.group, *ON_TIME, source=source, cause="x", at=at)


async def told(database):
    """What waits: to whom, and by which key."""

    def read(stores):
        return [(one.chat, one.body["text"], one.body.get("silent")) for one in queued(stores)]

    return await database.read(read)


async def test_a_week_and_a_month_are_told_once_and_together_where_they_fall_together(database, office):
    monday = datetime(2027, 2, 1, 1, 10, tzinfo=UTC)  # the first workday of February
    await database.write(lambda stores: earn(stores, office, monday - timedelta(days=4)))
    await database.write(digest.weekly, monday)
    assert len(await told(database)) == 2, "one to the secretary, one to the administrator"
    await database.write(digest.weekly, monday)
    await database.write(digest.monthly, monday)
    await database.write(digest.monthly, monday + timedelta(days=1))
    assert len(await told(database)) == 2


async def test_a_month_is_told_on_its_first_workday_or_soon_after(database, office):
    await database.write(lambda stores: earn(stores, office, AT))
    for late in (0, 1, 2):
        await database.write(digest.monthly, FIRST_OF_DECEMBER + timedelta(days=late))
        assert len(await told(database)) == 2


async def test_a_month_is_not_told_before_its_first_workday_nor_in_the_middle(database, office):
    await database.write(lambda stores: earn(stores, office, datetime(2026, 12, 5, tzinfo=UTC)))
    for day in (1, 2, 3):  # New Year's holidays
        await database.write(digest.monthly, datetime(2027, 1, day, 1, 10, tzinfo=UTC))
    await database.write(digest.monthly, datetime(2027, 1, 15, 1, 10, tzinfo=UTC))
    assert await told(database) == []


async def test_nothing_to_say_is_not_said(database, office):
    await database.write(digest.weekly, MONDAY)
    await database.write(digest.monthly, FIRST_OF_DECEMBER)
    assert await told(database) == []


async def test_of_several_groups_each_has_a_line_compared_with_what_was_told(database, office):
    def another(stores):
        group = stores.chats.add(ChatProfile(-77, ChatKind.GROUP, "🎉" * 64), LOCALE, AT)
        points.award(stores, office.wang.id, group, *ON_TIME, source="task:9", cause="x", at=AT)
        return group

    group = await database.write(another)
    assert group.admission is Admission.ADMITTED
    await database.write(lambda stores: earn(stores, office, AT))
    week = containing(Every.WEEK, date(2026, 11, 16))
    kept = {"points:active": Figure(3, "points.figure")}
    await database.write(lambda stores: stores.figures.put(office.group.id, week, {}))
    await database.write(lambda stores: stores.figures.put(office.group.id, week, kept))
    assert await database.read(lambda stores: stores.figures.get(office.group.id, week)) == kept
    found = await database.read(
        lambda stores: digest._digest(digest.Desk(stores, MONDAY), stores.chats.groups(), week_of(MONDAY))
    )
    assert found is not None
    assert {row.name for row in found.rows} == {"第一党支部", "🎉" * 64}
    changes = {row.name: [one.values["change"] for one in row.figures] for row in found.rows}
    assert changes == {"第一党支部": [-2], "🎉" * 64: [0]}
    assert [(one.values["value"], one.values["change"]) for one in found.all] == [(2, -1)], "all of them together"


def test_counts_add_up_and_averages_are_weighed_by_people():
    first = {"points:rate": Figure(50, "points.figure", of=10), "suggestion:made": Figure(2)}
    second = {"points:rate": Figure(100, "points.figure", of=30), "task:overdue": Figure(1, "task.figure")}
    assert together([first, second]) == {
        "points:rate": Figure(88, "points.figure", of=40),
        "suggestion:made": Figure(2),
        "task:overdue": Figure(1, "task.figure"),
    }
    assert together([]) == {}


async def test_many_groups_are_told_by_the_branches_that_they_are_below(database, branch):
    def read(stores):
        top = stores.branches.add(None, BranchKind.COMMITTEE, "公司党委")
        mines = [stores.branches.add(top.id, BranchKind.GENERAL_BRANCH, name) for name in ("一矿", "二矿")]
        groups = []
        for number in range(5):
            below = stores.branches.add(mines[number % 2].id, BranchKind.BRANCH, f"支部{number}")
            group = stores.chats.add(ChatProfile(-100 - number, ChatKind.GROUP, f"群{number}"), LOCALE, AT)
            groups.append(replace(group, branch=below.id))
        alone = stores.chats.add(ChatProfile(-99, ChatKind.GROUP, "机关群"), LOCALE, AT)
        by_branch = [(one.name, len(one.groups)) for one in units(stores, [*groups, alone], most=4)]
        each = [one.name for one in units(stores, groups, most=5)]
        nowhere = [one.name for one in units(stores, [alone, alone], most=1)]
        return by_branch, each, nowhere

    by_branch, each, nowhere = await database.write(read)
    assert by_branch == [("一矿", 3), ("二矿", 2), ("机关群", 1)]
    assert each == [f"支部{number}" for number in range(5)]
    assert nowhere == ["机关群", "机关群"]


def week_of(moment):
    return containing(Every.WEEK, moment.date()).before


async def test_a_picture_has_the_board_the_trend_and_topics_and_fits_into_json(database, branch):
    def live(stores):
        for weeks in (0, 1, 7, 8):
            earn(stores, branch, AT - timedelta(weeks=weeks), source=f"task:{weeks}")
        author = stores.members.get(branch.li.id)
        suggestion.make(
            stores, Actor(author, branch.group, AT), text="汤太凉", tagging=Tagging((), ("食堂后勤",)), source="m:1"
        )

    await database.write(live)

    def draw(stores):
        return picture.of_week(stores, branch.group, summary.week(stores, branch.group, date(2026, 11, 23), MONDAY))

    drawn = await database.read(draw)
    assert [one.value for one in drawn.trend] == [5, 0, 0, 0, 0, 0, 5, 7]
    assert [(one.rank, one.name, one.value) for one in drawn.lines] == [(1, "李伟", 7)]
    assert [(one.name, one.count) for one in drawn.topics] == [("食堂后勤", 1)]
    kept = json.loads(json.dumps(drawn.as_picture().values))
    assert kept["lines"] == [{"rank": 1, "name": "李伟", "value": 7, "change": 0, "own": False}]
    private = Where(Scope.CHAT, branch.group.id)
    await database.write(lambda stores: stores.settings.put(private, Name.RANKING, Ranking.PRIVATE))
    assert (await database.read(draw)).lines == ()


async def test_of_400_branches_the_first_are_drawn_with_ones_own_and_the_others_counted(database, branch):
    lines = [
        BranchStanding(rank, f"{rank}支部", 500.0 - rank, own=rank == 20, before=rank + 1) for rank in range(1, 21)
    ]
    board = Board(date(2026, 11, 23), (), 380, ranking=Ranking.BRANCH, branches=lines)

    def draw(stores):
        told = summary.week(stores, branch.group, date(2026, 11, 23), MONDAY)
        return picture.of_week(stores, branch.group, replace(told, board=board))

    drawn = await database.read(draw)
    assert [one.rank for one in drawn.lines] == [*range(1, picture.LINES + 1), 20]
    assert len(drawn.lines) + drawn.more == 400
    assert (drawn.lines[0].change, drawn.lines[-1].own) == (1, True)
    shown = DRAWINGS["summary.week"](drawn.as_picture().values, lambda text, /, **more: texts.label(text, READER, more))
    assert shown.board.rest == "另有 391 个支部"


async def test_names_in_a_picture_are_cleaned_and_may_be_of_any_signs(database, branch):
    odd = "👩‍🔧" * 16 + "\u202e李\n伟"

    def live(stores):
        stores.members.save(replace(stores.members.get(branch.li.id), name=odd))
        earn(stores, branch, AT)
        summary.post(stores, branch.group, MONDAY)
        return [one.body["picture"]["values"] for one in queued(stores)]

    (values,) = await database.write(live)
    (line,) = values["lines"]
    assert "\u202e" not in line["name"]
    assert "\n" not in line["name"]
    assert "👩‍🔧" in line["name"]


async def test_the_secretary_reads_the_week_and_what_to_do_next_in_private(group: Place, world: World) -> None:
    def appoint(stores):
        who = stores.members.find(world.people[SECRETARY].id)
        here = Area(group=stores.chats.find(group.chat.id).id)
        stores.grants.add(who, Role.SECRETARY, here, None, world.sandbox.clock.now())

    await group.says(LI, "早")
    await group.says(WANG, "早")
    await group.says(SECRETARY, "早")
    office = await opened(world, SECRETARY)
    await world.program.database.write(appoint)
    await group.says(LI, "建议：食堂晚班加个热菜")
    await group.says(SECRETARY, "/task @li 周五18:00前 巡检")
    await world.at("2026-11-30 09:00")
    before = len(office.bot_messages())
    await world.at("2026-11-30 09:10")
    said = [one for one in office.bot_messages()[before:] if "周小结" in one["text"]]
    assert len(said) == 1
    text = said[0]["text"]
    assert "接下来" in text
    assert "· 1 项任务逾期，问问卡在哪里" in text
    assert "· 1 条建议，逐条给个答复" in text
    assert group.shown().count("周小结　11月23日") == 1
    assert "接下来" not in group.newest()
    await group.says(WANG, "建议：班车晚十分钟")
    await group.says(WANG, "建议：更衣室加柜子")
    group_said = await group.hears_until("2026-12-07 09:00")
    assert "建议：2 条（↑1）" in group_said
    assert len(group_said.splitlines()) <= summary.MAX_LINES
