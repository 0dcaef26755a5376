"""Findings in the store on both engines: their way, who verifies, what follows when people or branches go."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from domain.ids import FindingId
from domain.life.rectification import looking_back, opening, overview, people, planning
from domain.life.rectification.escalating import escalate
from domain.life.rectification.figures import figures
from domain.life.rectification.model import (
    Finding,
    FindingNotFound,
    HasMeasure,
    Kind,
    NobodyVerifies,
    NotOpen,
    NotYourLook,
    NotYours,
    OwnVerifier,
    Source,
    State,
    TooLate,
)
from domain.life.rectification.opening import Discovery, Report, open_finding
from domain.life.rectification.planning import Measure
from domain.life.rectification.reporting import EXPORT, SECTION
from domain.life.rectification.upcoming import UPCOMING
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind, structure
from domain.people.member import PersonProfile
from domain.people.naming import Chosen
from domain.people.naming import Kind as Who
from domain.people.permission import Area, Role
from domain.reporting import Span, Week
from domain.upcoming import Days
from domain.work import task
from domain.work.task import Grade, Plan
from tests.life.test_meeting_store import set_up
from tests.stores import AT, LOCALE, queued

DAY = timedelta(days=1)


@dataclass
class Office:
    """A branch with a group; a leads it, b and c work there, x inspects from above."""

    actors: dict[str, Actor]
    branch: Any
    above: Any

    def at(self, name: str, after: timedelta = timedelta()) -> Actor:
        return replace(self.actors[name], now=AT + after)

    @property
    def group(self) -> Any:
        return self.actors["a"].chat


def opened(stores: Any, member: Any) -> Any:
    """Somebody with a private chat."""
    chat = stores.chats.add(ChatProfile(900 + member.id, ChatKind.PRIVATE, member.name), LOCALE, AT)
    stores.members.save(replace(stores.members.get(member.id), private=chat.id))
    return stores.members.get(member.id)


def begin(stores: Any) -> Office:
    made = set_up(stores)
    above = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
    structure.move(stores, branch=made.branch.id, to=above.id)
    x = stores.members.add(PersonProfile(700, "x"), AT)
    stores.grants.add(x, Role.SECRETARY, Area(branch=above.id), None, AT)
    chat = stores.chats.get(made.chief.chat.id)
    names = {name: one.member for name, one in made.actors.items()} | {"x": x}
    return Office({name: Actor(opened(stores, one), chat, AT) for name, one in names.items()}, made.branch, above)


@pytest.fixture
async def office(database: Any) -> Office:
    made: Office = await database.write(begin)
    return made


def found(stores: Any, office: Office, by: str = "a", key: str = "1", **more: Any) -> FindingId:
    wish = Discovery(f"test:{key}", office.group.id, "支委会记录不全", Source.INSPECTION, Kind.RECORDS, **more)
    return open_finding(stores, office.at(by), wish)


def measure(office: Office, owner: str = "b", after: timedelta = 3 * DAY, **more: Any) -> Measure:
    who = Chosen(Who.MEMBER, office.actors[owner].member.id)
    return Measure("没有交接", Plan("补齐记录"), (who,), AT + after, **more)


def planned(stores: Any, office: Office, number: FindingId, source: str = "draft:1", **more: Any) -> Any:
    given = planning.plan(stores, office.at("a"), number=number, measure=measure(office, **more), source=source)
    return given.task


def rectified(stores: Any, office: Office, one: Any, by: str, after: timedelta = DAY) -> None:
    """Its owner hands the result in, and somebody accepts it."""
    owner = next(name for name, actor in office.actors.items() if actor.member.id == one.owner.id)
    task.finish(stores, office.at(owner, after), number=one.id)
    task.accept(stores, office.at(by, after), number=one.id, grade=Grade.PASSED)


def closed(stores: Any, office: Office, by: str = "x") -> Finding:
    number = found(stores, office, by)
    rectified(stores, office, planned(stores, office, number), by)
    return stores.findings.get(number)  # type: ignore[no-any-return]


def told(stores: Any, office: Office, name: str) -> list[str]:
    """The texts that wait for somebody in private."""
    chat = office.actors[name].member.private
    return [str(one.body.get("text", "")) for one in queued(stores) if one.chat == chat]


async def test_the_same_discovery_opens_one_finding(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = found(stores, office, item="3.2", about=1)
        assert found(stores, office) == number
        one = stores.findings.get(number)
        assert (one.state, one.branch, one.round.number) == (State.OPEN, office.branch.id, 1)
        assert stores.findings.begun_in([office.group.id]) == [one]
        assert stores.findings.mine(office.at("a").member.id, 5) == [one]
        assert stores.findings.get(FindingId(99)) is None
        since, until = AT - DAY, AT + DAY
        known = figures(stores.findings, [office.branch.id], since, until)
        assert (known.found, known.open, known.closed, known.days) == (1, 1, 0, None)
        (entry,) = stores.findings.entries(since, until, [], [office.group.id])
        assert stores.findings.entries(since, until, [office.branch.id]) == [entry]

    await database.write(unit)


async def test_it_is_closed_by_who_did_not_rectify_it(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = found(stores, office, "x", due_at=AT + 2 * DAY)
        assert len([one for one in told(stores, office, "a") if "rectification.waiting" in one]) == 1
        with pytest.raises(TooLate):
            planned(stores, office, number)
        with pytest.raises(OwnVerifier):
            planned(stores, office, number, after=DAY, verifier=office.at("b").member.id)
        one = planned(stores, office, number, after=DAY)
        assert one.reviewer == office.at("x").member.id
        assert not told(stores, office, "a"), "nothing waits for a measure any more"
        with pytest.raises(HasMeasure):
            planned(stores, office, number, source="draft:2", after=DAY)
        task.finish(stores, office.at("b", DAY / 2), number=one.id)
        ready = stores.findings.get(number)
        assert ready.state is State.UNDERWAY
        assert ready.round.rectified_at == AT + DAY / 2
        assert not ready.round.is_late(AT + 2 * DAY), "it waits for its verifier"
        task.give_back(stores, office.at("x", DAY), number=one.id, reason="缺 9 月")
        assert stores.findings.get(number).round.is_late(AT + 2 * DAY)
        rectified(stores, office, stores.tasks.get(one.id), "x", 3 * DAY)
        last = stores.findings.get(number)
        assert (last.state, last.round.closed_by) == (State.CLOSED, office.at("x").member.id)
        assert not last.round.on_time
        assert last.round.look_on == (AT + 33 * DAY).date()
        known = figures(stores.findings, [office.branch.id], AT, AT + 9 * DAY)
        assert (known.found, known.closed, known.on_time, known.open, known.days) == (1, 1, 0, 0, 3.0)
        assert figures(stores.findings, [office.branch.id], AT, AT + 2 * DAY).overdue == 1

    await database.write(unit)


async def test_the_finder_who_rectifies_it_does_not_verify_it(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        one = planned(stores, office, found(stores, office, "a"), owner="a")
        assert one.reviewer == office.at("x").member.id, "the next level"
        stores.grants.end(next(iter(stores.grants.of_branch(office.above.id))).id, None, AT)
        number = found(stores, office, "a", "2")
        with pytest.raises(NobodyVerifies):
            planned(stores, office, number, "draft:2", owner="a")

    await database.write(unit)


async def test_withdrawn_tasks_leave_it_open_and_an_extension_counts(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = found(stores, office, "x")
        one = planned(stores, office, number)
        stores.tasks.save(replace(one, due_at=AT + 9 * DAY))
        assert stores.findings.get(number).round.due_at == AT + 9 * DAY
        other = Chosen(Who.MEMBER, office.at("c").member.id)
        task.reassign(stores, office.at("a"), number=one.id, to=[other])
        assert stores.findings.get(number).round.owner == office.at("c").member.id
        task.withdraw(stores, office.at("a"), number=one.id)
        again = stores.findings.get(number)
        assert (again.state, again.round.batch, again.round.number) == (State.OPEN, None, 1)
        rectified(stores, office, planned(stores, office, number, "draft:2"), "x")
        assert stores.findings.get(number).state is State.CLOSED

    await database.write(unit)


async def test_only_who_found_it_and_those_above_take_it_back(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = found(stores, office, "c")
        with pytest.raises(NotYours):
            planning.drop(stores, office.at("a"), number=number, reason="不是")
        planning.drop(stores, office.at("x"), number=number, reason="看错了")
        assert figures(stores.findings, [office.branch.id], AT, AT + DAY).found == 0
        with pytest.raises(NotOpen):
            planning.drop(stores, office.at("x"), number=number, reason="看错了")
        with pytest.raises(NotOpen):
            planned(stores, office, number)

    await database.write(unit)


async def test_who_has_found_it_moves_its_deadline_and_the_branch_does_not(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = found(stores, office, "x", due_at=AT + 2 * DAY)
        one = planned(stores, office, number, after=DAY)
        stores.tasks.save(replace(one, due_at=AT + 9 * DAY))
        assert stores.findings.get(number).round.is_late(AT + 3 * DAY), "an extension of the branch alone"
        with pytest.raises(NotYours):
            planning.extend(stores, office.at("a"), number=number, last_at=AT + 5 * DAY)
        planning.extend(stores, office.at("x"), number=number, last_at=AT + 5 * DAY)
        assert not stores.findings.get(number).round.is_late(AT + 3 * DAY)
        assert sum("rectification.extended" in line for line in told(stores, office, "a")) == 1
        rectified(stores, office, one, "x", 4 * DAY)
        assert stores.findings.get(number).round.on_time
        with pytest.raises(NotOpen):
            planning.extend(stores, office.at("x"), number=number, last_at=AT + 9 * DAY)

    await database.write(unit)


async def test_what_is_past_its_deadline_can_still_be_planned(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = found(stores, office, "x", due_at=AT + DAY)
        given = planning.plan(
            stores, office.at("a", 2 * DAY), number=number, measure=measure(office, after=5 * DAY), source="draft:1"
        )
        rectified(stores, office, given.task, "x", 3 * DAY)
        assert not stores.findings.get(number).round.on_time

    await database.write(unit)


async def test_looking_back_ends_it_or_begins_another_round(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number, x = closed(stores, office).id, office.at("x", 40 * DAY)
        with pytest.raises(NotYourLook):
            looking_back.holds(stores, x, number=number)
        looking_back.ask(stores, AT + 30 * DAY)
        assert not stores.findings.asked_of(x.member.id), "a day too early"
        for _ in range(2):
            looking_back.ask(stores, AT + 32 * DAY)
        assert sum("rectification.looks" in one for one in told(stores, office, "x")) == 1
        with pytest.raises(NotYourLook):
            looking_back.holds(stores, office.at("a"), number=number)
        opened_again = looking_back.came_back(stores, x, number=number, note="11 月又缺")
        assert (opened_again.state, opened_again.round.number) == (State.OPEN, 2)
        with pytest.raises(NotOpen):
            looking_back.came_back(stores, x, number=number, note="11 月又缺")
        with pytest.raises(NotYourLook):
            looking_back.holds(stores, x, number=number)
        assert not stores.findings.asked_of(x.member.id)
        first, second = stores.findings.rounds(number)
        assert (first.holds, first.note, second.measure) == (False, "11 月又缺", "")
        known = figures(stores.findings, [office.branch.id], AT, AT + 50 * DAY)
        assert (known.found, known.closed, known.repeated, known.open) == (2, 1, 1, 1)
        rectified(stores, office, planned(stores, office, number, "draft:9", after=45 * DAY), "x", 41 * DAY)
        looking_back.ask(stores, AT + 80 * DAY)
        assert looking_back.holds(stores, office.at("x", 81 * DAY), number=number).round.holds

    await database.write(unit)


async def test_others_take_over_when_the_verifier_leaves(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = closed(stores, office).id
        waiting = found(stores, office, "x", "2")
        looking_back.ask(stores, AT + 40 * DAY)
        people.left(stores, office.at("x").member.id, None, AT + 41 * DAY)
        assert stores.findings.get(number).verifier == office.at("a").member.id
        assert stores.findings.get(waiting).verifier == office.at("a").member.id
        assert sum("rectification.looks" in one for one in told(stores, office, "a")) == 1
        assert not any("rectification.looks" in one for one in told(stores, office, "x"))
        assert looking_back.holds(stores, office.at("a", 42 * DAY), number=number).round.looked_at is not None

    await database.write(unit)


async def test_without_a_measure_the_next_level_hears_once(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        for key in ("1", "2"):
            found(stores, office, "b", key)
        found(stores, office, "b", "3", due_at=AT + DAY)
        assert sum("rectification.waiting" in one for one in told(stores, office, "a")) == 1, "one message for all"
        escalate(stores, AT + 2 * DAY)
        (first,) = (one for one in told(stores, office, "x") if "rectification.late" in one)
        assert first.count("Finding(") == 1, "one is past its deadline"
        escalate(stores, AT + 8 * DAY)
        (second,) = (one for one in told(stores, office, "x") if "rectification.late" in one)
        assert second.count("Finding(") == 2
        escalate(stores, AT + 9 * DAY)
        assert [one for one in told(stores, office, "x") if "rectification.late" in one] == [second]

    await database.write(unit)


async def test_what_is_open_goes_with_the_group_of_a_closed_branch(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        done = closed(stores, office)
        number = found(stores, office, "b", "2")
        other = branches.add(stores, parent=office.above.id, kind=BranchKind.BRANCH, name="乙")
        branches.bind(stores, chat=office.group, branch=other.id)
        people.branch_closed(stores, office.branch.id, None, AT)
        assert stores.findings.get(number).branch == other.id
        assert stores.findings.get(done.id).branch == office.branch.id
        branches.bind(stores, chat=stores.chats.get(office.group.id), branch=office.branch.id)
        people.branch_reopened(stores, office.branch.id, AT, None, AT)
        assert stores.findings.get(number).branch == office.branch.id

    await database.write(unit)


async def test_the_coming_days_have_what_waits_for_a_measure_and_what_is_looked_at(
    database: Any, office: Office
) -> None:
    def unit(stores: Any) -> None:
        done, number = closed(stores, office), found(stores, office, "x", "2", due_at=AT + 3 * DAY)
        found(stores, office, "x", "3")
        near, far = Days(AT, AT + 14 * DAY), Days(AT + 20 * DAY, AT + 34 * DAY)
        (one,) = UPCOMING.of_member(stores, office.at("a").member.id, near)
        assert (one.at, one.about.ids) == (AT + 3 * DAY, (number,))
        (other,) = UPCOMING.of_member(stores, office.at("x").member.id, far)
        assert other.about.ids == (done.id,)
        assert not UPCOMING.in_group(stores, office.group.id, near)

    await database.write(unit)


async def test_others_findings_are_not_found(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = found(stores, office, "x")
        elsewhere = stores.chats.add(ChatProfile(-200, ChatKind.GROUP, "乙"), LOCALE, AT)
        for actor in (office.at("c"), replace(office.at("a"), chat=elsewhere)):
            with pytest.raises(FindingNotFound):
                planning.show(stores, actor, number=number)
        assert planning.show(stores, office.at("x"), number=number).id == number

    await database.write(unit)


async def test_reports_and_lists(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        done = closed(stores, office)
        wish = Report("三会一课少一次", Kind.PARTY_LIFE, Source.SELF_CHECK, AT + 2 * DAY)
        one = opening.report(stores, office.at("a"), wish=wish, source="draft:5")
        assert opening.report(stores, office.at("a"), wish=wish, source="draft:5").id == one.id
        week = SECTION.tell(stores, Week(office.group, AT - DAY, AT + 6 * DAY, {}))
        assert week is not None
        assert week.text.values == {"new": 2, "closed": 1, "open": 1, "overdue": 1}
        span = Span(office.group, AT - DAY, AT + 6 * DAY, AT, 100, named=True)
        (table,) = EXPORT.read(stores, span).tables()
        assert [row[0] for row in table.rows] == [done.id, one.id]
        private = replace(office.at("a", 3 * DAY), chat=stores.chats.get(office.at("a").member.private))
        there = [office.at("a", 3 * DAY)]
        listed = overview.of_groups(stores, private, there)
        assert ([line.finding.id for line in listed.lines], listed.overdue) == ([one.id], 1)
        seen = overview.figures_for(stores, private, there, days=90)
        assert (seen.total.found, seen.total.closed) == (2, 1)
        assert [name for name, _ in seen.branches] == ["甲"]
        assert [each.finding for each in overview.counted_as(seen, "overdue")] == [one.id]
        assert [name for _, name in overview.ledger(stores, office.at("a"))] == ["b", ""]
        stores.findings.hand_over(office.at("a").member.id, office.at("c").member.id)
        assert stores.findings.get(one.id).finder == office.at("c").member.id

    await database.write(unit)
