"""Boards of any period: what was rolled up and the ledger behind it give what the ledger does."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from domain.admin.setting import Name, Ranking, Scope, Where
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.points import board, verify
from domain.points.board import RANKED, Asked
from domain.points.event import RuleName
from domain.points.period import Every, Period, containing
from domain.points.points import Entry
from domain.points.verify import Difference
from storage.points import months
from storage.points.tables import points_entries
from storage.schema import metadata
from storage.stores import Stores
from tests.dialogue import LI, WANG, Place, World, keyboard
from tests.stores import AT, LOCALE, Renderer

NEW_YEAR = date(2026, 12, 27)
ON_TIME, READ = RuleName("task.on_time"), RuleName("study.read")
LINE = st.tuples(
    st.integers(0, 2),
    st.integers(0, 1),
    st.sampled_from(["task.late", "task.on_time", "study.read", "bare"]),
    st.integers(-3, 5),
    st.integers(-40, 60),
    st.integers(0, 9),
)


@pytest.mark.parametrize(
    ("every", "day", "first", "end"),
    [
        (Every.WEEK, "2026-12-31", "2026-12-28", "2027-01-04"),
        (Every.MONTH, "2026-12-31", "2026-12-01", "2027-01-01"),
        (Every.QUARTER, "2027-01-01", "2027-01-01", "2027-04-01"),
        (Every.QUARTER, "2026-12-31", "2026-10-01", "2027-01-01"),
        (Every.YEAR, "2028-02-29", "2028-01-01", "2029-01-01"),
    ],
)
def test_a_period_is_that_of_the_calendar(every: Every, day: str, first: str, end: str) -> None:
    found = containing(every, date.fromisoformat(day))
    assert found == Period(every, date.fromisoformat(first), date.fromisoformat(end) - timedelta(days=1))
    assert found.before.end == found.first
    assert found.before.every is every


@settings(max_examples=25, deadline=None)
@given(lines=st.lists(LINE, max_size=25), cuts=st.lists(st.integers(0, 24), max_size=5))
@example(lines=[(0, 0, "task.late", 2, 0, 9)] * 3, cuts=[0, 1])  # one month, rolled up twice
def test_a_board_is_what_the_ledger_adds_up_to_whenever_it_was_rolled_up(lines: list, cuts: list) -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        stores = Stores(connection, Renderer(), AT)
        groups = [stores.chats.add(ChatProfile(-n, ChatKind.GROUP, "g"), LOCALE, AT) for n in (1, 2)]
        people = [stores.members.add(PersonProfile(n, "m"), AT).id for n in (1, 2, 3)]
        for number, (who, where, rule, worth, days, most) in enumerate(lines):
            day = NEW_YEAR + timedelta(days=days)
            at = datetime.combine(day, datetime.min.time(), UTC)
            entry = Entry(people[who], groups[where].id, RuleName(rule), f"x:{number}", "x", worth, day, at)
            stores.points.enter(entry, 0)
            if number in cuts:
                stores.boards.roll_up(most)
        rows = [row._mapping for row in connection.execute(points_entries.select())]
        for every in RANKED:
            period = containing(every, NEW_YEAR + timedelta(days=7))
            for category in (None, "task", "study", "bare", "none"):
                assert scores(stores, Asked(groups[0].id, period, category)) == added_up(
                    rows, groups[0].id, period, category
                )
        assert verify.differences(stores) == []
    engine.dispose()


def scores(stores: Stores, asked: Asked) -> dict:
    found = stores.boards.standings(asked, 20)
    best = sorted((one.points for one in found), reverse=True)
    assert [one.rank for one in found] == [1 + sum(other > one.points for other in best) for one in found]
    assert stores.boards.ranked(asked) == len(found)
    assert stores.boards.ranks(asked, [one.member.id for one in found]) == {one.member.id: one.rank for one in found}
    return {one.member.id: one.points for one in found}


def added_up(rows: list, group: int, period: Period, category: str | None) -> dict:
    sums: Counter = Counter()
    for row in rows:
        there = row["group_id"] == group and period.first <= row["day"] < period.end
        if there and category in (None, row["rule"].partition(".")[0]):
            sums[row["member_id"]] += row["points"]
    return {member: worth for member, worth in sums.items() if worth > 0}


@pytest.fixture
def earn(database, branch):
    async def earn(who, worth, at=AT, rule=ON_TIME):
        def unit(stores):
            day, number = (
                branch.group.day(at),
                stores.boards.ranked(Asked(branch.group.id, containing(Every.YEAR, at.date()))),
            )
            source = f"x:{who.id}:{at.isoformat()}:{worth}:{number}"
            stores.points.enter(Entry(who.id, branch.group.id, rule, source, "x", worth, day, at), 0)

        await database.write(unit)

    return earn


async def test_boards_on_both_engines_before_and_after_the_night(database, branch, earn):
    await earn(branch.li, 5, AT - timedelta(days=40))
    await earn(branch.li, 2, rule=READ)
    await earn(branch.wang, 4)
    month, year = (Asked(branch.group.id, containing(every, AT.date())) for every in (Every.MONTH, Every.YEAR))
    study = Asked(branch.group.id, containing(Every.WEEK, AT.date()), "study")

    def seen(stores):
        lines = [
            [(s.rank, s.member.name, s.points) for s in stores.boards.standings(one, 9)] for one in (month, year, study)
        ]
        return lines, stores.boards.categories(year), stores.boards.categories(study)

    expected = (
        [[(1, "王海燕", 4), (2, "李伟", 2)], [(1, "李伟", 7), (2, "王海燕", 4)], [(1, "李伟", 2)]],
        ["study", "task"],
        ["study", "task"],
    )
    assert await database.read(seen) == expected
    for most, up_to in ((1, 1), (1, 2), (500, 3), (500, 3)):
        await database.write(lambda stores, most=most: stores.boards.roll_up(most))
        assert await database.read(lambda stores: months.up_to(stores.connection)) == up_to
        assert await database.read(seen) == expected
    await earn(branch.zhao, 9)
    assert (await database.read(seen))[0][0][0] == (1, "赵敏", 9)
    await earn(branch.wang, 3)
    await database.write(lambda stores: stores.boards.roll_up(500))
    assert (await database.read(seen))[0][0] == [(1, "赵敏", 9), (2, "王海燕", 7), (3, "李伟", 2)], "added to the month"
    assert await database.read(verify.differences) == []
    await database.write(lambda stores: stores.connection.execute(text("UPDATE points_months SET points = points + 1")))
    wrong = await database.read(verify.differences)
    assert Difference(branch.wang.id, 8, 7, branch.group.id, date(2026, 11, 1), "task") in wrong
    assert len(wrong) == 4


async def test_a_week_of_a_category_begins_at_midnight_of_the_group(database, branch, earn):
    monday = datetime(2026, 11, 22, 16, tzinfo=UTC)  # midnight in Shanghai
    await earn(branch.li, 5, monday)
    await earn(branch.wang, 3, monday - timedelta(seconds=1))
    asked = Asked(branch.group.id, containing(Every.WEEK, date(2026, 11, 23)), "task")
    assert await database.read(scores, asked=asked) == {branch.li.id: 5}
    assert await database.read(lambda stores: stores.boards.categories(asked)) == ["task"]


def weeks_board(stores, branch):
    found = board.board(stores, group=branch.group, monday=AT.date(), viewer=branch.li.id)
    return board.compared(stores, branch.group, found)


async def test_a_board_tells_who_moved_and_who_stands_beside(database, branch, earn):
    """Twelve people; Li was first, and is thirteenth; who opted out is nowhere."""
    await earn(branch.li, 30, AT - timedelta(days=7))
    await earn(branch.wang, 20, AT - timedelta(days=7))
    await earn(branch.wang, 40)
    for number in range(11):
        member = await database.write(lambda stores, n=number: stores.members.add(PersonProfile(900 + n, f"m{n}"), AT))
        await earn(member, 30 - number)
    await earn(branch.li, 1)
    found = await database.read(weeks_board, branch)
    assert [(one.rank, one.before) for one in found.standings][:2] == [(1, 2), (2, None)]
    assert found.compared
    assert [(one.rank, one.member.name, one.before) for one in found.near] == [(12, "m10", None), (13, "李伟", 1)]
    where = Where(Scope.MEMBER, branch.wang.id)
    await database.write(lambda stores: stores.settings.put(where, Name.ON_BOARD, "no"))
    found = await database.read(weeks_board, branch)
    assert branch.wang.id not in {one.member.id for one in found.standings}
    assert found.own is not None
    assert found.own.rank == 12


async def test_a_first_board_calls_nobody_new_and_a_group_of_one_has_one(database, branch, earn):
    await earn(branch.li, 1)
    found = await database.read(weeks_board, branch)
    assert (found.compared, found.own, [one.rank for one in found.standings]) == (False, None, [1])


async def test_private_boards_show_nobody_in_any_period(database, branch, earn):
    await earn(branch.li, 1)
    await database.write(
        lambda stores: stores.settings.put(Where(Scope.CHAT, branch.group.id), Name.RANKING, Ranking.PRIVATE)
    )
    actor = Actor(branch.li, branch.group, AT)
    for every in RANKED:
        found = await database.read(board.current, actor, every=every, category="study")
        assert (found.standings, found.branches, found.near, found.own) == ((), (), (), None)


async def test_the_board_is_turned_in_place_by_whoever_presses(group: Place, world: World) -> None:
    for who in (LI, WANG):
        await world.earns(group.chat, who, 1)
    said = await group.says(LI, "/rank")
    labels = [button["text"] for row in keyboard(group.bot_messages()[-1]) for button in row]
    assert labels == ["本月", "本季", "本年"]
    before = len(group.bot_messages())
    await group.presses(WANG, "本月")
    assert "11月积分榜" in group.bot_messages()[-1]["text"]
    assert len(group.bot_messages()) == before
    assert "本周积分榜" in said
