"""Settlements: whatever is entered, late or taken back, final ones never change and together are the ledger."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import create_engine, update

from domain.admin.enterprise import DEFAULT
from domain.admin.seal import Fault
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import EVERYWHERE, Area, Role
from domain.people.person import Entry as Roster
from domain.points import account, adjustment, appeal, asking, points, publicity, reply, settlement
from domain.points.period import Every, Period, containing
from domain.points.settlement import AlreadySettled, IsFinal, NotOver
from storage.points.tables import points_entries, settlement_lines
from storage.schema import metadata
from storage.stores import Stores
from tests.points.events import ON_TIME, READ, RIGHT
from tests.stores import AT, LOCALE, Branch, Renderer

SEPTEMBER = containing(Every.MONTH, date(2026, 9, 1))
OCTOBER = containing(Every.MONTH, date(2026, 10, 1))
DECEMBER = datetime(2026, 12, 1, 2, tzinfo=UTC)
MONTHS = [containing(Every.MONTH, date(2026, month, 1)) for month in (8, 9, 10)]
DAYS = st.dates(date(2026, 8, 1), date(2026, 10, 31))
CAUSES = st.integers(0, 5).map("cause:{}".format)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


class Settling(RuleBasedStateMachine):
    """Awards and reversals of any day, between settlements of any month in any order."""

    @initialize()
    def begin(self):
        self.engine = create_engine("sqlite://")
        metadata.create_all(self.engine)
        self.connection = self.engine.connect()
        enterprise = replace(DEFAULT, root_admins=frozenset({9}))
        self.stores = Stores(self.connection, Renderer(), DECEMBER, enterprise)
        self.group = self.stores.chats.add(ChatProfile(-1, ChatKind.GROUP, "g"), LOCALE, AT)
        self.members = [self.stores.members.add(PersonProfile(n, "m"), AT) for n in (1, 2)]
        admin = self.stores.members.add(PersonProfile(9, "admin"), AT)
        private = self.stores.chats.add(ChatProfile(9, ChatKind.PRIVATE, "admin"), LOCALE, AT)
        self.admin = Actor(admin, private, DECEMBER, is_root_admin=True)
        self.final = {}

    @rule(who=st.integers(0, 1), day=DAYS, cause=CAUSES)
    def award(self, who, day, cause):
        member = self.members[who].id
        points.award(self.stores, member, self.group, *ON_TIME, source=cause, cause="x", at=at_noon(day))

    @rule(who=st.integers(0, 1), cause=CAUSES)
    def reverse(self, who, cause):
        points.reverse(self.stores, self.members[who].id, ON_TIME[0], source=cause, at=DECEMBER)

    @rule(period=st.sampled_from(MONTHS), cancelled=st.booleans())
    def settle(self, period, cancelled):
        if period in self.final:
            with pytest.raises(AlreadySettled):
                publicity.begin(self.stores, self.admin, period=period)
            return
        begun = publicity.begin(self.stores, self.admin, period=period)
        if cancelled:
            publicity.cancel(self.stores, self.admin, number=begun.id, reason="算错了")
            return
        publicity.end(self.stores, DECEMBER + timedelta(days=60))
        self.final[period] = self.stores.settlements.get(begun.id)
        assert self.final[period].is_final
        with pytest.raises(IsFinal):
            publicity.cancel(self.stores, self.admin, number=begun.id, reason="算错了")

    @invariant()
    def a_final_one_never_changes(self):
        for kept in getattr(self, "final", {}).values():
            assert self.stores.settlements.get(kept.id) == kept
            assert settlement.digest(kept, self.stores.settlements.lines(kept.id)) == kept.hash
        assert not hasattr(self, "stores") or settlement.unlogged(self.stores) == []

    @invariant()
    def all_together_are_the_ledger_as_far_as_it_was_settled(self):
        if not getattr(self, "final", {}):
            return
        lines = [line for one in self.final.values() for line in self.stores.settlements.lines(one.id)]
        upto = max(one.upto for one in self.final.values())
        entries = self.connection.execute(points_entries.select().where(points_entries.c.id <= upto)).all()
        for member in self.members:
            settled = sum(line.points for line in lines if line.member == member.id)
            held = [e for e in entries if e.member_id == member.id and _holds(self.final, e.day)]
            assert settled == sum(entry.points for entry in held)
            assert all(sum(line.by_rule.values()) == line.points for line in lines)

    def teardown(self):
        if hasattr(self, "connection"):
            self.connection.close()
            self.engine.dispose()


def _holds(periods, day: date) -> bool:
    return any(one.first <= day <= one.last for one in periods)


Settling.TestCase.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
test_settling = Settling.TestCase


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        (Every.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (Every.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (Every.QUARTER, date(2027, 1, 1), date(2027, 1, 1), date(2027, 3, 31)),
        (Every.QUARTER, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (Every.YEAR, date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_its_days(kind, day, first, last):
    assert containing(kind, day) == Period(kind, first, last)
    assert containing(kind, last + timedelta(days=1)).before == containing(kind, first)


def administrator(stores) -> Actor:
    member = stores.members.add(PersonProfile(9, "管理员"), AT)
    private = stores.chats.add(ChatProfile(9, ChatKind.PRIVATE, "管理员"), LOCALE, AT)
    return Actor(member, private, DECEMBER, is_root_admin=True)


def earn(stores, branch: Branch, member, day: date, source: str) -> None:
    points.award(stores, member.id, branch.group, *ON_TIME, source=source, cause="巡检", at=at_noon(day))


async def test_only_what_is_over_is_settled_and_by_the_branch_of_the_time(database, branch):
    def settled(stores):
        one, two, empty = (
            branches.add(stores, parent=None, kind=BranchKind.BRANCH, name=name) for name in ("一", "二", "空")
        )
        li, wang = stores.people.add([Roster("1", "李伟", one.id), Roster("2", "王海燕", one.id)])
        stores.people.link(li.id, branch.li.id)
        stores.people.link(wang.id, branch.wang.id)
        stores.people.place(li.id, two.id, date(2026, 11, 1))
        stores.people.place(wang.id, two.id, date(2026, 10, 15))
        earn(stores, branch, branch.li, date(2026, 10, 31), "a")
        earn(stores, branch, branch.li, date(2026, 11, 1), "b")
        earn(stores, branch, branch.zhao, date(2026, 10, 1), "c")
        admin = administrator(stores)
        with pytest.raises(NotOver):
            settlement.begin(stores, admin, period=containing(Every.MONTH, date(2026, 12, 1)))
        with pytest.raises(NotOver):
            settlement.begin(stores, admin, period=Period(Every.MONTH, date(2026, 10, 2), date(2026, 10, 31)))
        begun = settlement.begin(stores, admin, period=OCTOBER)
        lines = stores.settlements.lines(begun.id)
        return begun, {one.member: one for one in lines}, stores.settlements.by_branch(begun.id), (one, two, empty)

    begun, lines, by_branch, (one, two, _) = await database.write(settled)
    assert begun.people == 3
    assert begun.until == date(2026, 12, 8)
    assert (lines[branch.li.id].points, lines[branch.li.id].branch) == (5, one.id)
    assert (lines[branch.wang.id].points, lines[branch.wang.id].branch) == (0, two.id)
    assert (lines[branch.zhao.id].points, lines[branch.zhao.id].branch) == (5, None)
    assert by_branch == {one.id: (1, 5), two.id: (1, 0)}, "a branch without people is not there"


async def test_what_comes_late_counts_in_the_next_one(database, branch):
    def settled(stores):
        admin = administrator(stores)
        earn(stores, branch, branch.li, date(2026, 9, 1), "a")
        earn(stores, branch, branch.wang, date(2026, 9, 1), "b")
        settlement.begin(stores, admin, period=SEPTEMBER)
        publicity.end(stores, DECEMBER + timedelta(days=30))
        earn(stores, branch, branch.li, date(2026, 9, 30), "late")
        points.reverse(stores, branch.wang.id, ON_TIME[0], source="b", at=DECEMBER)
        next_ = settlement.begin(stores, admin, period=OCTOBER)
        return [[(one.points, one.late) for one in stores.settlements.lines(number)] for number in (1, next_.id)]

    assert await database.write(settled) == [[(5, 0), (5, 0)], [(5, 5), (-5, -5)]]


async def test_two_who_begin_at_once_begin_one(database, branch):
    admin = await database.write(administrator)

    def begin(stores):
        try:
            return publicity.begin(stores, admin, period=OCTOBER)
        except AlreadySettled:
            return None

    begun = await asyncio.gather(*(database.write(begin) for _ in range(4)))
    assert len([one for one in begun if one is not None]) == 1
    assert len(await database.read(lambda stores: stores.settlements.newest(9))) == 1


async def test_a_score_that_was_changed_by_hand_is_found(database, branch):
    def settled(stores):
        earn(stores, branch, branch.li, date(2026, 10, 1), "a")
        settlement.begin(stores, administrator(stores), period=OCTOBER)
        publicity.end(stores, DECEMBER + timedelta(days=30))
        before = settlement.unlogged(stores)
        stores.connection.execute(update(settlement_lines).values(points=500))
        return before, settlement.unlogged(stores)

    before, after = await database.write(settled)
    assert before == []
    assert [(one.finding.fault, one.finding.named) for one in after] == [(Fault.STATE, "settlement:1")]


async def test_a_correction_after_the_end_is_of_today_and_names_the_settlement(database, branch):
    def corrected(stores):
        admin, own = administrator(stores), {"member": branch.li.id, "reason": "补记"}
        earn(stores, branch, branch.li, date(2026, 10, 1), "a")
        settlement.begin(stores, admin, period=OCTOBER)
        october = date(2026, 10, 1)
        shown = adjustment.add(stores, admin, points=2, source="x", about=october, **own)
        publicity.end(stores, DECEMBER + timedelta(days=30))
        after = adjustment.add(stores, admin, points=3, source="y", about=october, **own)
        other = adjustment.add(stores, admin, points=4, source="z", about=date(2026, 6, 1), **own)
        entries = [account.item(stores, one.number).lines[0].entry for one in (shown, after, other)]
        return stores.settlements.line(1, branch.li.id), entries

    line, entries = await database.write(corrected)
    assert line.points == 7, "what was changed while it was on show counts"
    assert [(one.rule, one.day, one.source) for one in entries] == [
        ("adjustment.made", date(2026, 10, 1), "x"),
        ("adjustment.corrected", date(2026, 12, 1), "settlement:1:y"),
        ("adjustment.made", date(2026, 12, 1), "z"),
    ]


async def test_entries_of_one_cause_are_one_item_and_all_of_it_is_taken_back(database, branch):
    def looked(stores):
        admin, li = administrator(stores), branch.li
        for one in (READ, RIGHT):
            points.award(stores, li.id, branch.group, *one, source="study:1", cause="先通风", at=AT)
        earn(stores, branch, li, date(2026, 11, 24), "task:1")
        actor = Actor(li, branch.group, AT)
        before = account.account(stores, actor)
        adjustment.take_back(stores, admin, number=before.items[0].number, reason="重复")
        with pytest.raises(adjustment.TakenBack):
            adjustment.take_back(stores, admin, number=before.items[0].number, reason="重复")
        return before, account.account(stores, actor)

    before, after = await database.write(looked)
    worth = 2
    assert [(one.cause, one.points, len(one.lines)) for one in before.items] == [("先通风", worth, 2), ("巡检", 5, 1)]
    assert [(one.points, one.reason) for one in after.items] == [(0, "重复"), (5, "")]
    assert (before.week, after.week) == (worth + 5, 5)


async def test_a_group_of_one_reads_no_ranking_and_who_left_the_board_is_not_on_it(database, branch):
    def shown(stores):
        alone = stores.chats.add(ChatProfile(-1002, ChatKind.GROUP, "一个人"), LOCALE, AT)
        stores.members.speak(alone.id, branch.li.id, AT)
        earn(stores, branch, branch.li, date(2026, 10, 1), "a")
        begun = settlement.begin(stores, administrator(stores), period=OCTOBER)
        found = (stores.settlements.in_group(begun.id, one.id) for one in (alone, branch.group))
        return list(found), publicity.board(stores, begun, alone, {}), publicity.board(stores, begun, branch.group, {})

    counted, alone, many = await database.write(shown)
    assert counted == [1, 1]
    assert alone is not None
    assert not alone.standings
    assert many is not None
    assert not many.standings, "one of the three has a score"


async def test_an_answer_in_words_is_in_the_audit_log(database, branch):
    def answered(stores):
        asked = asking.ask(stores, Actor(branch.li, branch.group, AT), number=None, words="漏记").appeal
        reply.explain(stores, administrator(stores), number=asked.id, words="已经记了")
        return [(one.action, one.subject, one.new) for one in stores.audit.chain()][-1]

    assert await database.write(answered) == ("appeal.explained", "appeal:1", f"member:{branch.li.id}")


async def test_appeals_are_kept_and_erased(database, branch):
    def kept(stores):
        earn(stores, branch, branch.li, date(2026, 10, 1), "a")
        number = stores.accounts.about(branch.li.id, "a")[0].number
        actor = Actor(branch.li, replace(branch.group, kind=ChatKind.PRIVATE), AT)
        made = [asking.ask(stores, actor, number=one, words="不对").appeal for one in (number, None)]
        found = [
            stores.appeals.open_within(*span) for span in (((OCTOBER.first), OCTOBER.last), (date(2026, 1, 1),) * 2)
        ]
        stores.privacy.forget_member(branch.li.id, branch.zhao.id, AT)
        return made, found, [stores.appeals.get(one.id) for one in made], stores.appeals.open_of(branch.li.id)

    made, within, erased, still = await database.write(kept)
    assert within == [2, 1], "what is missing may be of any day"
    assert [one.text for one in made] == ["不对", "不对"]
    assert [(one.text, one.state) for one in erased] == [("", appeal.State.ERASED)] * 2
    assert still == []


async def test_what_waits_for_a_secretary_who_leaves_goes_to_the_administrators(database, branch):
    def left(stores):
        place = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="一")
        li, wang = stores.people.add([Roster("1", "李伟", place.id), Roster("2", "王海燕", place.id)])
        stores.people.link(li.id, branch.li.id)
        stores.people.link(wang.id, branch.wang.id)
        private = stores.chats.add(ChatProfile(77, ChatKind.PRIVATE, "王海燕"), LOCALE, AT)
        secretary = replace(branch.wang, private=private.id)
        stores.members.save(secretary)
        stores.grants.add(secretary, Role.SECRETARY, Area(branch=place.id), None, AT)
        boss = administrator(stores)
        stores.members.save(replace(boss.member, private=boss.chat.id))
        stores.grants.add(boss.member, Role.ADMINISTRATOR, EVERYWHERE, None, AT)
        actor = Actor(branch.li, replace(branch.group, kind=ChatKind.PRIVATE), AT)
        made = asking.ask(stores, actor, number=None, words="漏记").appeal
        before = stores.appeals.answerers(made.id)
        stores.hooks.left(secretary.id, None, AT)
        return (
            made,
            before,
            stores.appeals.get(made.id),
            stores.appeals.answerers(made.id),
            boss.member.id,
            secretary.id,
        )

    made, before, after, answerers, boss, secretary = await database.write(left)
    assert (made.level, before) == (appeal.Level.SECRETARY, [secretary])
    assert (after.level, answerers) == (appeal.Level.ADMINISTRATORS, [boss])
