"""Meetings in the store on both engines: who is to come, codes, votes, what is owed."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.life.meeting import (
    attending,
    calling,
    crediting,
    deciding,
    excusing,
    holding,
    looking,
    minutes,
    moving,
    owed,
    people,
    preparing,
)
from domain.life.meeting.calling import Wish
from domain.life.meeting.deciding import Proposal
from domain.life.meeting.decision import NoQuorum, NotEntitled, NotPresent, VoteRunning, Way, WrongCount
from domain.life.meeting.excusing import OnTime
from domain.life.meeting.holding import tend
from domain.life.meeting.kinds import Kind
from domain.life.meeting.minutes import Written
from domain.life.meeting.model import (
    Attendance,
    HasBegun,
    InThePast,
    Invited,
    MeetingNotFound,
    MeetingOver,
    NoReason,
    NotInvited,
    NotOpen,
    Reply,
    Standing,
    State,
    TooEarly,
    WrongCode,
)
from domain.life.meeting.preparing import Preparing
from domain.life.meeting.quorum import Choice, Count, Outcome
from domain.life.meeting.reporting import EXPORT, SECTION
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.naming import Chosen
from domain.people.naming import Kind as Kinds
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.reporting import Span, Week
from tests.stores import AT, LOCALE, queued

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMES = "abcd"  # a leads the branch; d has no account


@dataclass
class Office:
    """A branch of four with a group; actors of those whose accounts are known."""

    branch: Any
    actors: dict[str, Actor]
    persons: dict[str, Any]

    @property
    def chief(self) -> Actor:
        return self.actors["a"]

    def at(self, name: str, at: Any) -> Actor:
        return replace(self.actors[name], now=at)


def set_up(stores: Any) -> Office:
    group = stores.chats.add(ChatProfile(-100, ChatKind.GROUP, "甲"), LOCALE, AT)
    branch = branches.add(stores, parent=None, kind=BranchKind.BRANCH, name="甲")
    branches.bind(stores, chat=group, branch=branch.id)
    actors, persons = {}, {}
    for person in stores.people.add([Entry(name, name, branch.id) for name in NAMES]):
        persons[person.name] = person
        if person.name != "d":
            known = stores.members.add(PersonProfile(ord(person.name), person.name), AT)
            stores.people.link(person.id, known.id)
            stores.members.speak(group.id, known.id, AT)
            actors[person.name] = Actor(known, stores.chats.get(group.id), AT)
    stores.grants.add(actors["a"].member, Role.SECRETARY, Area(branch=branch.id), None, AT)
    return Office(branch, actors, persons)


def call(stores: Any, office: Office, kind: Kind = Kind.ASSEMBLY, source: str = "draft:1", **more: Any) -> Any:
    wish = replace(Wish(kind, AT + HOUR, "一楼", ("补助",)), **more)
    return calling.call(stores, office.chief, wish=wish, source=source)


@pytest.fixture
async def office(database: Any) -> Office:
    made: Office = await database.write(set_up)
    return made


async def test_a_meeting_is_called_once_and_not_in_the_past(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        first = call(stores, office)
        assert call(stores, office) == first
        assert [one.name for one in first.people] == list(NAMES)
        assert sum(str(one.subject) == str(first.meeting.card) for one in queued(stores)) == 1
        with pytest.raises(InThePast):
            call(stores, office, source="draft:2", starts_at=AT)
        clashes = calling.outline(stores, office.chief.chat, Wish(Kind.REGULAR, AT + 2 * HOUR, "", ())).clashes
        assert [one.name for one in clashes] == list(NAMES)
        assert not calling.outline(stores, office.chief.chat, Wish(Kind.REGULAR, AT + 3 * HOUR, "", ())).clashes

    await database.write(unit)


async def test_a_meeting_that_is_moved_asks_again_and_calendars_get_a_newer_revision(
    database: Any, office: Office
) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office).meeting.id
        attending.take_leave(stores, office.actors["b"], number=number, reason="夜班")
        with pytest.raises(InThePast):
            moving.move(stores, office.chief, number=number, starts_at=AT, place="二楼")
        moved = moving.move(stores, office.chief, number=number, starts_at=AT + HOUR, place="二楼")
        assert (moved.meeting.place, moved.meeting.revision, moved.people[1].reply) == ("二楼", 1, Reply.AWAY)
        moved = moving.move(stores, office.chief, number=number, starts_at=AT + DAY, place="二楼")
        assert (moved.meeting.starts_at, moved.meeting.revision) == (AT + DAY, 2)
        assert {(one.reply, one.reason) for one in moved.people} == {(Reply.NONE, "")}
        same = moving.move(stores, office.chief, number=number, starts_at=AT + DAY, place="二楼")
        assert same.meeting.revision == 2
        assert moving.planned(stores, moved.meeting, AT + DAY, "").clashes == []
        assert moving.for_calendar(stores, office.actors["b"], number=number).revision == 2
        stranger = stores.members.add(PersonProfile(900, "x"), AT)
        with pytest.raises(MeetingNotFound):
            moving.for_calendar(stores, replace(office.chief, member=stranger), number=number)
        calling.cancel(stores, office.chief, number=number)
        assert stores.meetings.get(number).revision == 3
        open_one = call(stores, office, source="draft:2").meeting.id
        holding.open_(stores, office.chief, number=open_one)
        with pytest.raises(HasBegun):
            moving.move(stores, office.chief, number=open_one, starts_at=AT + DAY, place="二楼")

    await database.write(unit)


async def test_who_prepares_an_item_is_told_once_and_has_it_on_the_card_of_the_day(
    database: Any, office: Office
) -> None:
    def unit(stores: Any) -> None:
        b, d = office.persons["b"], office.persons["d"]
        private = stores.chats.add(ChatProfile(7, ChatKind.PRIVATE, "p"), LOCALE, AT)
        stores.members.save(replace(office.actors["b"].member, private=private.id))
        wishes = tuple(
            Preparing(item, Chosen(Kinds.PERSON, who.id)) for item, who in ((1, b), (1, d), (0, d), (-1, d), (99, d))
        )
        roll = call(stores, office, preparers=wishes)
        call(stores, office, preparers=wishes)
        assert [(one.item, one.name) for one in roll.preparers] == [(1, "b"), (1, "d")]
        assert [one.chat for one in queued(stores)].count(private.id) == 1
        part = preparing.tell(stores, office.actors["b"])
        assert part.text.values["prepared"] == [(roll.meeting, ["补助"])]
        assert preparing.tell(stores, office.actors["c"]) is None
        assert preparing.tell(stores, office.at("b", AT + HOUR)) is None
        calling.cancel(stores, office.chief, number=roll.meeting.id)
        assert preparing.tell(stores, office.actors["b"]) is None

    await database.write(unit)


def reported(stores: Any, event: Any, number: Any, people: Any) -> list[bool]:
    """Of whom an event of a meeting stands in the ledger."""
    return [stores.points.count(one.member, event.name, f"meeting:{number}") % 2 == 1 for one in people]


async def test_absence_and_lateness_with_a_reason_are_told_apart(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = there(stores, office, "a")
        code = stores.meetings.get(number).code
        attending.check_in_by_code(stores, office.at("b", AT + 2 * HOUR), code=code)
        a, b, c, d = stores.meetings.people(number)
        excuse = partial(excusing.excuse, stores, office.chief, number=number)
        with pytest.raises(OnTime):
            excuse(who=a.id, reason="堵车")
        with pytest.raises(NoReason):
            excuse(who=b.id, reason=" ")
        with pytest.raises(MeetingNotFound):
            excuse(who=99, reason="堵车")
        assert excuse(who=b.id, reason="堵车").is_late
        holding.end(stores, office.chief, number=number)
        assert reported(stores, crediting.MISSED, number, (a, b, c, d)) == [False, False, True, False], (
            "of whom the account is known"
        )
        assert excuse(who=c.id, reason="出差").who.reply is Reply.AWAY
        roll = looking.roll_of(stores, stores.meetings.get(number))
        assert [[one.name for one in some] for some in (roll.late, roll.away, roll.missing)] == [["b"], ["c"], ["d"]]
        assert [one.id for one in excusing.without_reason(roll)] == [d.id]
        (line,) = [one for one in owed.ledger(stores, office.chief).lines if one.kind is Kind.ASSEMBLY]
        assert line.counts == [Attendance(4, 2, 1)]
        assert line.counts[0].missing == 1
        assert reported(stores, crediting.ATTENDED, number, (a, b, c, d)) == [True, True, False, False]
        assert reported(stores, crediting.MISSED, number, (a, b, c, d)) == [False] * 4

    await database.write(unit)


async def test_who_prepares_what_was_left_still_does(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        wishes = (Preparing(1, Chosen(Kinds.PERSON, office.persons["b"].id)),)
        number = call(stores, office, agenda=("补助", "计划"), preparers=wishes).meeting.id
        holding.open_(stores, office.chief, number=number)
        holding.end(stores, office.chief, number=number)
        keep = partial(minutes.keep, stores, office.chief, number=number, source="draft:1")
        keep(written=Written("2. 同意计划"))
        wishes = (Preparing(1, Chosen(Kinds.PERSON, office.persons["c"].id)),)
        roll = call(stores, office, source="draft:2", agenda=("选举",), preparers=wishes)
        assert [(item, [one.name for one in who]) for item, who in roll.agenda] == [("补助", ["b"]), ("选举", ["c"])]

    await database.write(unit)


async def test_an_awaited_member_who_is_known_now_comes_once(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number, b = call(stores, office).meeting.id, office.actors["b"].member.id
        awaited = stores.members.await_username("later", AT)
        stores.meetings.invite([Invited(0, number, None, one, "", entitled=True) for one in (awaited.id, b)])
        stores.meetings.hand_over(awaited.id, b)
        assert [one.member for one in stores.meetings.people(number) if one.person is None] == [b]

    await database.write(unit)


async def test_standing_is_fixed_when_check_in_begins(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office).meeting.id
        put = people.put_standing
        put(stores, office.chief, person=office.persons["b"].id, standing=Standing.PROBATIONARY)
        put(stores, office.chief, person=office.persons["c"].id, standing=Standing.NONE)
        roll = holding.open_(stores, office.chief, number=number)
        assert [(one.name, one.entitled) for one in roll.people] == [("a", True), ("b", False), ("d", True)]
        put(stores, office.chief, person=office.persons["b"].id, standing=Standing.FULL)
        assert [one.entitled for one in stores.meetings.people(number)] == [True, False, True]
        with pytest.raises(MeetingNotFound):
            put(stores, office.chief, person=99, standing=Standing.FULL)

    await database.write(unit)


async def test_codes_of_another_meeting_an_old_code_and_too_many_tries(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office).meeting.id
        b, c = office.actors["b"], office.actors["c"]
        with pytest.raises(NotOpen):
            attending.check_in_by_code(stores, b, code="0000")
        with pytest.raises(TooEarly):
            holding.open_(stores, office.at("a", AT - 2 * HOUR), number=number)
        old = holding.open_(stores, office.chief, number=number).meeting.code
        new = holding.change_code(stores, office.chief, number=number).meeting.code
        assert attending.check_in_by_code(stores, b, code=old).left == 4
        assert attending.check_in_by_code(stores, b, code=new).before is False
        assert attending.check_in_by_code(stores, b, code=new).before is True
        for _ in range(5):
            attending.check_in_by_code(stores, c, code=old)
        with pytest.raises(WrongCode):
            attending.check_in_by_code(stores, c, code=new)
        with pytest.raises(NotOpen):
            attending.check_in(stores, c, number=number)  # the group's card has no button
        assert [one.name for one in holding.mark(stores, office.chief, number=number, who=3).present] == ["b", "c"]
        assert [one.name for one in holding.mark(stores, office.chief, number=number, who=3).present] == ["b", "c"]
        assert [one.name for one in holding.unmark(stores, office.chief, number=number, who=3).present] == ["b"]
        stranger = stores.members.add(PersonProfile(900, "x"), AT)
        with pytest.raises(NotInvited):
            attending.check_in(stores, replace(b, member=stranger), number=number)
        holding.end(stores, office.chief, number=number)
        with pytest.raises(NotOpen):
            attending.check_in_by_code(stores, c, code=new)

    await database.write(unit)


async def test_a_code_from_elsewhere_opens_nothing(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office).meeting.id
        code = holding.open_(stores, office.chief, number=number).meeting.code
        other = stores.chats.add(ChatProfile(-200, ChatKind.GROUP, "乙"), LOCALE, AT)
        stranger = stores.members.add(PersonProfile(900, "x"), AT)
        stores.members.speak(other.id, stranger.id, AT)
        elsewhere = Actor(stranger, stores.chats.get(other.id), AT)
        with pytest.raises(NotOpen):
            attending.check_in_by_code(stores, elsewhere, code=code)
        with pytest.raises(MeetingNotFound):
            attending.check_in(stores, elsewhere, number=number)
        with pytest.raises(NotInvited):  # somebody else on the roster's group who is not to come
            attending.check_in_by_code(stores, replace(elsewhere, chat=office.chief.chat), code=code)
        assert not looking.roll_of(stores, stores.meetings.get(number)).present

    await database.write(unit)


async def test_leave_is_taken_before_and_who_is_late_is_told(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = call(stores, office).meeting.id
        attending.take_leave(stores, office.actors["b"], number=number, reason="夜班")
        attending.come(stores, office.actors["c"], number=number)
        holding.open_(stores, office.chief, number=number)
        with pytest.raises(MeetingOver):
            attending.take_leave(stores, office.actors["c"], number=number, reason="晚了")
        code = stores.meetings.get(number).code
        attending.check_in_by_code(stores, office.at("c", AT + HOUR + timedelta(minutes=6)), code=code)
        roll = holding.end(stores, office.chief, number=number)
        assert [one.reply for one in roll.people] == [Reply.NONE, Reply.AWAY, Reply.COMING, Reply.NONE]
        assert [[one.name for one in some] for some in (roll.away, roll.late, roll.missing)] == [
            ["b"],
            ["c"],
            ["a", "d"],
        ]

    await database.write(unit)


def there(stores: Any, office: Office, names: str) -> Any:
    number = call(stores, office).meeting.id
    roll = holding.open_(stores, office.chief, number=number)
    for one in roll.people:
        if one.name in names:
            holding.mark(stores, office.chief, number=number, who=one.id)
    return number


def propose(stores: Any, office: Office, number: Any, way: Way = Way.OPEN, source: str = "draft:9") -> Any:
    return deciding.propose(stores, office.chief, wish=Proposal(number, "补助", "", way), source=source)


async def test_a_vote_takes_a_quorum_and_counts_each_once(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        number = there(stores, office, "ab")
        with pytest.raises(NoQuorum):
            propose(stores, office, number)
        c = next(one.id for one in stores.meetings.people(number) if one.name == "c")
        holding.mark(stores, office.chief, number=number, who=c)
        decision = propose(stores, office, number)
        assert propose(stores, office, number) == decision
        with pytest.raises(VoteRunning):
            propose(stores, office, number, source="draft:10")
        for name, choice in (("a", Choice.FOR), ("b", Choice.AGAINST), ("b", Choice.FOR), ("c", Choice.FOR)):
            deciding.vote(stores, office.actors[name], number=decision.id, choice=choice)
        holding.unmark(stores, office.chief, number=number, who=c)  # leaves
        with pytest.raises(NotPresent):
            deciding.vote(stores, office.actors["c"], number=decision.id, choice=Choice.FOR)
        with pytest.raises(NoQuorum):
            deciding.end(stores, office.chief, number=decision.id)
        holding.mark(stores, office.chief, number=number, who=c)
        ended = deciding.end(stores, office.chief, number=decision.id)
        assert (ended.count, ended.outcome) == (Count(4, 3), Outcome.ADOPTED)
        assert stores.decisions.get(decision.id) == ended
        assert [one.id for one in deciding.search(stores, office.actors["b"], words="补").decisions] == [decision.id]
        assert deciding.search(stores, office.actors["b"], words="%").decisions == []
        assert deciding.search(stores, office.actors["b"], words="选举").decisions == []

    await database.write(unit)


async def test_who_is_on_probation_has_no_vote_and_ballots_fit_those_present(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        people.put_standing(stores, office.chief, person=office.persons["b"].id, standing=Standing.PROBATIONARY)
        number = there(stores, office, "abc")
        decision = propose(stores, office, number)
        with pytest.raises(NotEntitled):
            deciding.vote(stores, office.actors["b"], number=decision.id, choice=Choice.FOR)
        deciding.withdraw(stores, office.chief, number=decision.id)
        paper = propose(stores, office, number, Way.PAPER, "draft:10")
        for wrong in (Count(0, 3), Count(0)):
            with pytest.raises(WrongCount):
                deciding.count_paper(stores, office.chief, number=paper.id, found=wrong)
        ended = deciding.count_paper(stores, office.chief, number=paper.id, found=Count(0, 2))
        assert (ended.count.entitled, ended.outcome) == (3, Outcome.ADOPTED)
        assert stores.decisions.votes(paper.id) == {}

    await database.write(unit)


def reminders(stores: Any) -> int:
    return sum("⏰" in str(one.body) or "meeting.reminder" in str(one.body) for one in queued(stores))


async def test_the_clock_reminds_once_and_ends_what_nobody_ended(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        roll = call(stores, office, starts_at=AT + DAY)
        for later in (0, 10):
            tend(stores, AT + DAY - HOUR + timedelta(minutes=later))
        assert reminders(stores) == 1
        moving.move(stores, office.chief, number=roll.meeting.id, starts_at=AT + 2 * DAY, place="一楼")
        tend(stores, AT + 2 * DAY - HOUR)
        assert reminders(stores) == 2
        tend(stores, AT + 2 * DAY + timedelta(hours=12))
        assert stores.meetings.get(roll.meeting.id).state is State.ENDED
        assert stores.meetings.current() == []

    await database.write(unit)


async def test_the_branch_owes_what_was_not_attended(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        def missing() -> set[Kind]:
            return {one.kind for one in owed.ledger(stores, office.chief).lines if one.is_missing}

        number = call(stores, office, Kind.THEME_DAY).meeting.id
        every = {Kind.ASSEMBLY, Kind.COMMITTEE, Kind.LECTURE, Kind.THEME_DAY, Kind.LIFE, Kind.APPRAISAL}
        assert missing() == every
        holding.open_(stores, office.chief, number=number)
        assert missing() == every - {Kind.THEME_DAY}

    await database.write(unit)


async def test_reports_tell_how_many_came_and_an_export_has_no_vote_of_anybody(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        group = office.chief.chat
        week = Week(group, AT - DAY, AT + DAY, {})
        assert SECTION.tell(stores, week) is None
        number = there(stores, office, "abc")
        decision = propose(stores, office, number)
        for name in "abc":
            deciding.vote(stores, office.actors[name], number=decision.id, choice=Choice.FOR)
        deciding.end(stores, office.chief, number=decision.id)
        told = SECTION.tell(stores, week)
        assert told.text.values == {"held": 1, "present": 3, "invited": 4, "decided": 1}
        tables = EXPORT.read(stores, Span(group, AT - DAY, AT + DAY, AT, 100, named=True)).tables()
        assert [one.name for one in tables] == ["held", "attendance", "decisions"]
        assert [len(one.rows) for one in tables] == [1, 4, 1]
        assert all(len(row) == len(one.columns) for one in tables for row in one.rows)
        assert tables[0].rows[0][4:] == (4, 3, 0, 0, 1)

    await database.write(unit)
