"""The ledger and the totals beside it: whatever is awarded and reversed, they say the same."""

import asyncio
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import psycopg
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from domain.admin.seal import Key
from domain.ids import ChatId, MemberId
from domain.messaging.chat import ChatKind, ChatProfile, monday
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.points import account as accounts
from domain.points import board as boards
from domain.points import points, tampering, verify
from domain.points.board import BOARD_SIZE, Asked
from domain.points.event import RuleName
from domain.points.period import Every, containing
from domain.points.points import Entry
from storage.points.tables import points_entries, points_totals, points_weeks
from tests.points.events import ANSWERED, LATE, MADE, ON_TIME, READ
from tests.stores import AT, LOCALE, only_postgresql

KEY = Key(b"k" * 64)
MONDAY = date(2026, 11, 23)
WEEK = containing(Every.WEEK, MONDAY)
PEOPLE = st.sampled_from([0, 0, 0, 1])
GROUPS = st.integers(0, 1)
EARNING = ((READ, 1, 3), (MADE, 2, 6), (LATE, 2, None))  # what happens, its points, its cap a day
RULES = st.sampled_from(EARNING)
CAUSES = st.integers(0, 4).map("cause:{}".format)
HOURS = st.sampled_from([0, 13, 14, 24 * 5])  # both sides of midnight in Shanghai, and another week


class Ledger(RuleBasedStateMachine):
    """Awards and reversals in any order, beside a model that knows only what is credited now."""

    def __init__(self, stores, groups, members):
        super().__init__()
        self.stores, self.groups, self.members = stores, groups, members
        self.credited = {}

    @rule(who=PEOPLE, where=GROUPS, why=RULES, cause=CAUSES, hours=HOURS)
    def award(self, who, where, why, cause, hours):
        at, member = AT + timedelta(hours=hours), self.members[who]
        group = self.groups[where]
        (event, facts), worth, _ = why
        credit = points.award(self.stores, member, group, event, facts, source=cause, cause="x", at=at)
        assert (credit is None) == ((member, event, cause) in self.credited), "once for each cause"
        if credit is not None:
            assert 0 <= credit.points <= worth
            assert credit.capped == (credit.points < worth)
            self.credited[member, event, cause] = (credit.points, group, group.day(at))
            assert credit.total == self.total(member)

    @rule(who=PEOPLE, why=RULES, cause=CAUSES, hours=HOURS)
    def reverse(self, who, why, cause, hours):
        (event, _), *_ = why
        points.reverse(self.stores, self.members[who], event, source=cause, at=AT + timedelta(hours=hours))
        self.credited.pop((self.members[who], event, cause), None)

    def total(self, member):
        return sum(given for (who, *_), (given, *_) in self.credited.items() if who == member)

    @invariant()
    def totals_are_what_is_credited(self):
        for member in self.members:
            assert self.stores.points.total(member) == self.total(member)

    @invariant()
    def totals_are_what_the_ledger_adds_up_to(self):
        entries = [row._mapping for row in self.stores.connection.execute(points_entries.select())]
        totals, weeks = Counter(), Counter()
        for entry in entries:
            totals[entry["member_id"]] += entry["points"]
            weeks[entry["group_id"], monday(entry["day"]), entry["member_id"]] += entry["points"]
        kept = {row.member_id: row.points for row in self.stores.connection.execute(points_totals.select())}
        kept_weeks = {
            (r.group_id, r.monday, r.member_id): r.points for r in self.stores.connection.execute(points_weeks.select())
        }
        assert kept == dict(totals)
        assert kept_weeks == dict(weeks)
        credited = Counter()
        for (who, *_), (given, group, day) in self.credited.items():
            credited[group.id, monday(day), who] += given
        assert {key: worth for key, worth in weeks.items() if worth} == {
            k: worth for k, worth in credited.items() if worth
        }

    @invariant()
    def no_day_goes_over_a_cap(self):
        for member in self.members:
            for (event, _), _, cap in EARNING:
                given = Counter()
                for (who, what, _), (worth, _, day) in self.credited.items():
                    given[day] += worth if (who, what) == (member, event) else 0
                assert cap is None or all(0 <= worth <= cap for worth in given.values())

    @invariant()
    def an_odd_count_means_credited(self):
        for member in self.members:
            for (event, _), *_ in EARNING:
                for number in range(5):
                    cause = f"cause:{number}"
                    odd = self.stores.points.count(member, event.name, cause) % 2 == 1
                    assert odd == ((member, event, cause) in self.credited)

    def teardown(self):
        for table in (points_entries, points_totals, points_weeks):
            self.stores.connection.execute(table.delete())


def play(stores):
    groups = [stores.chats.add(ChatProfile(-n, ChatKind.GROUP, "g"), LOCALE, AT) for n in (1, 2)]
    members = [stores.members.add(PersonProfile(n, "m"), AT).id for n in (1, 2)]
    steps = settings(max_examples=20, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(partial(Ledger, stores, groups, members), settings=steps)


@pytest.fixture(params=["unsealed", "sealed"])
async def store(database, request):
    """A store whose ledger is sealed, and one whose is not."""
    if request.param == "sealed":
        database.seal_with(KEY)
        assert await database.write(tampering.take_over_once, at=AT)
    return database


async def test_the_ledger(store):
    await store.write(play)


def enter(stores, entry, ordinal):
    return stores.points.enter(entry, ordinal)()


def kept(stores):
    """How many lines there are, whether they bear marks, and the totals and weeks beside them."""
    ask = stores.connection.execute
    marks = [mark is not None for mark in ask(select(points_entries.c.mac)).scalars()]
    sums = [ask(select(table.c.points)).scalars().all() for table in (points_totals, points_weeks)]
    return marks, *sums


@pytest.fixture
def line(branch):
    return Entry(branch.li.id, branch.group.id, RuleName("x"), "task:1", "巡检", 5, date(2026, 11, 25), AT)


@pytest.mark.parametrize(
    ("change", "ordinal"),
    [({}, 0), ({"member": MemberId(999)}, 1), ({"group": ChatId(999)}, 1), ({"points": None}, 1)],
    ids=["it is there already", "nobody's", "of no group", "without points"],
)
async def test_a_line_that_cannot_be_written_leaves_week_and_total_alone(store, line, change, ordinal):
    async with asyncio.TaskGroup() as together:
        first = together.create_task(store.write(enter, line, 0))
        bad = together.create_task(refused(store.write(enter, replace(line, **change), ordinal)))
        last = together.create_task(store.write(enter, replace(line, points=-2), 1))
    assert isinstance(bad.result(), sqlite3.IntegrityError | psycopg.IntegrityError)
    assert (first.result(), last.result()) == (5, 3)
    assert await store.read(verify.differences) == []
    assert await store.read(tampering.findings) == []
    is_sealed = store._ending.sealing.key is not None
    assert await store.write(kept) == ([is_sealed] * 2, [3], [3])


async def refused(unit):
    try:
        return await unit
    except Exception as error:
        return error


@only_postgresql
async def test_a_line_and_its_totals_are_one_round_trip(store, line, round_trips):
    def enter_some(stores):
        enter(stores, line, 0)  # where it is sealed, the end of the chain is read first, once in a transaction
        round_trips.clear()
        return [enter(stores, line, ordinal) for ordinal in (1, 2, 3)]

    assert await store.write(enter_some) == [10, 15, 20]
    written = [asked for asked in round_trips if b"INSERT" in asked[0]]
    assert [len(asked) for asked in written] == [1, 1, 1]
    assert len(round_trips) - len(written) <= 1, "the seal is signed once, at the commit"


@pytest.fixture
def earn(database, branch):
    async def earn(member, worth, *, at=AT, group=None):
        """So many points, as tasks that were done on time (5) and late (2)."""
        where = group or branch.group.id

        def unit(stores):
            left, number = worth, stores.points.total(member) * 100
            while left:
                what, gives = (ON_TIME, 5) if left >= 5 and left not in (6, 8) else (LATE, 2)
                points.award(
                    stores, member, stores.chats.get(where), *what, source=f"task:{where}{number}", cause="x", at=at
                )
                left, number = left - gives, number + 1

        await database.write(unit)

    return earn


def standings(stores, group, limit=20):
    return [(s.rank, s.member.name, s.points) for s in stores.boards.standings(Asked(group, WEEK), limit)]


async def test_equal_points_share_a_rank_and_the_next_rank_is_skipped(database, branch, earn):
    for member, worth in ((branch.li, 5), (branch.wang, 7), (branch.zhao, 5)):
        await earn(member.id, worth)
    assert await database.read(standings, branch.group.id) == [(1, "王海燕", 7), (2, "李伟", 5), (2, "赵敏", 5)]
    near = await database.read(lambda stores: stores.boards.around(Asked(branch.group.id, WEEK), branch.zhao.id))
    assert [(one.rank, one.member.name) for one in near] == [(2, "李伟"), (2, "赵敏")]


async def test_a_board_is_one_groups_and_one_weeks(database, branch, earn):
    other = await database.write(
        lambda stores: stores.chats.add(ChatProfile(-5, ChatKind.GROUP, "other"), LOCALE, AT).id
    )
    await earn(branch.li.id, 5)
    await earn(branch.wang.id, 5, at=AT - timedelta(days=7))
    await earn(branch.zhao.id, 5, group=other)
    assert await database.read(standings, branch.group.id) == [(1, "李伟", 5)]
    assert await database.read(lambda stores: stores.boards.around(Asked(branch.group.id, WEEK), branch.wang.id)) == []
    assert await database.read(lambda stores: stores.boards.ranked(Asked(branch.group.id, WEEK))) == 1


async def test_the_week_begins_on_monday_midnight_of_the_group(database, branch, earn):
    sunday_night = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    await earn(branch.li.id, 2, at=sunday_night)
    await earn(branch.wang.id, 2, at=sunday_night + timedelta(minutes=1))
    assert await database.read(standings, branch.group.id) == [(1, "王海燕", 2)]


async def test_who_lost_all_points_is_on_no_board(database, branch):
    def unit(stores):
        award = {"source": "survey:1", "at": AT}
        points.award(stores, branch.li.id, branch.group, *ANSWERED, cause="x", **award)
        points.reverse(stores, branch.li.id, ANSWERED[0], **award)

    await database.write(unit)
    assert await database.read(standings, branch.group.id) == []


async def test_a_board_of_many_shows_all_who_are_ranked_ten_or_better(database, branch, earn):
    """Eleven share the second place: none of them is left out."""
    await earn(branch.li.id, 10)
    for number in range(11):
        member = await database.write(
            lambda stores, n=number: stores.members.add(PersonProfile(900 + n, f"m{n}"), AT).id
        )
        await earn(member, 5)
    await earn(branch.wang.id, 2)
    board = await database.read(boards.board, group=branch.group, monday=MONDAY, viewer=branch.wang.id)
    assert [s.rank for s in board.standings] == [1] + [2] * 11
    assert (board.others, board.own.rank, board.own.points) == (1, 13, 2)
    assert len(board.standings) > BOARD_SIZE


async def test_an_account_tells_each_entry_newest_first(database, branch, earn):
    await earn(branch.li.id, 5, at=AT - timedelta(days=8))
    await earn(branch.li.id, 2, at=AT)
    account = await database.read(accounts.account, Actor(branch.li, branch.group, AT))
    assert (account.total, account.week, [item.points for item in account.items]) == (7, 2, [2, 5])
