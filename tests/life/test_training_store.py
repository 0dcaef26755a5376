"""Trainings in the store on both engines: plan, sessions, tests, certificates, coverage, needs."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from domain.life.meeting import holding
from domain.life.training import certificates, coverage, needs, planning, sessions, today
from domain.life.training.coverage import By
from domain.life.training.model import (
    AllDone,
    CertificateNotFound,
    Exam,
    NobodyToTest,
    NoSubject,
    NotHeldYet,
    Scope,
    TrainingNotFound,
    UnknownAudience,
    Whom,
    WithdrawnAlready,
    WrongHours,
    WrongPassMark,
    WrongQuarter,
    WrongValidity,
)
from domain.life.training.planning import Wish
from domain.life.training.quarter import Quarter
from domain.life.training.reporting import EXPORT, SECTION
from domain.life.training.standing import Standing
from domain.life.training.upcoming import UPCOMING
from domain.messaging.chat import ChatKind, ChatProfile
from domain.people import branch as branches
from domain.people.actor import Actor
from domain.people.branch import BranchKind
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.people.person import Entry
from domain.refusal import NoMore
from domain.reporting import Span, Week
from domain.study.asking.opening import open_set
from domain.study.attempt import Attempt, Occasion, OccasionKind
from domain.study.sets import testing
from domain.study.sets.service import SetOver, TooFewQuestions
from domain.upcoming import Days
from domain.voice.questionnaire import service as questionnaire
from domain.voice.questionnaire.round import Audience, Confidence
from handlers.voice.questionnaire_templates import template
from tests.life.trainings import record
from tests.stores import AT, LOCALE
from tests.study.questions import RIGHT, single

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = Quarter(2026, 4)
WISH = Wish("有限空间", Whom(), 120, NOW, required=True, valid_months=12)
ROLES = {"a": "书记", "b": "电工", "c": "电工", "d": "焊工"}  # of the first branch; d has no account


@dataclass
class Office:
    """A committee with two branches below it, each with a group; `chief` leads the first, `top` all of it."""

    company: Any
    branch: Any
    other: Any
    actors: dict[str, Actor]
    persons: dict[str, Any]

    @property
    def chief(self) -> Actor:
        return self.actors["a"]

    @property
    def top(self) -> Actor:
        return self.actors["t"]

    def at(self, name: str, at: Any) -> Actor:
        return replace(self.actors[name], now=at)


def set_up(stores: Any) -> Office:
    company = branches.add(stores, parent=None, kind=BranchKind.COMMITTEE, name="党委")
    first, second = (
        branches.add(stores, parent=company.id, kind=BranchKind.BRANCH, name=name) for name in ("甲支部", "乙支部")
    )
    groups = {}
    for number, branch in enumerate((company, first, second)):
        chat = stores.chats.add(ChatProfile(-100 - number, ChatKind.GROUP, branch.name), LOCALE, AT)
        groups[branch.id] = branches.bind(stores, chat=chat, branch=branch.id)
    entries = [Entry(name, name, first.id, role) for name, role in ROLES.items()]
    entries += [Entry("t", "t", company.id, "主任"), Entry("x", "x", second.id, "电工")]
    actors, persons = {}, {}
    for person in stores.people.add(entries):
        persons[person.name] = person
        if person.name != "d":
            known = stores.members.add(PersonProfile(ord(person.name), person.name), AT)
            stores.people.link(person.id, known.id)
            stores.members.speak(groups[person.branch].id, known.id, AT)
            actors[person.name] = Actor(known, groups[person.branch], AT)
    for name, branch in (("a", first), ("t", company), ("x", second)):
        stores.grants.add(actors[name].member, Role.SECRETARY, Area(branch=branch.id), None, AT)
    return Office(company, first, second, actors, persons)


@pytest.fixture
async def office(database: Any) -> Office:
    made: Office = await database.write(set_up)
    return made


def plan(stores: Any, actor: Actor, source: str = "draft:1", **more: Any) -> Any:
    return planning.plan(stores, actor, wish=replace(WISH, **more), source=source)


def library(stores: Any, count: int = 5) -> None:
    for number in range(count):
        stores.questions.put(replace(single(f"q{number}", f"第{number}条？", (RIGHT, "看心情"), 0), topic="安全"))


def own(stores: Any, office: Office, name: str, at: Any) -> Any:
    """What somebody has to do themselves."""
    return coverage.duties_of(stores, office.actors[name].member, at.date())


def hold(stores: Any, office: Office, training: Any, names: str, source: str = "draft:8") -> Any:
    """A session at which some people are, and which has ended."""
    starts_at = AT + HOUR
    _, roll = sessions.schedule(
        stores, office.chief, number=training.id, starts_at=starts_at, place="一楼", source=source
    )
    number = roll.meeting.id
    holding.open_(stores, office.chief, number=number)
    for one in roll.people:
        if one.name in names:
            holding.mark(stores, office.chief, number=number, who=one.id)
    holding.end(stores, office.chief, number=number)
    return stores.trainings.session_of(number)


async def test_a_training_is_planned_once_and_bad_input_is_refused(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        made = plan(stores, office.chief)
        assert plan(stores, office.chief) == made
        assert stores.trainings.get(made.id) == made
        for refusal, wrong in (
            (NoSubject, {"subject": " \u200b"}),
            (WrongHours, {"minutes": 0}),
            (WrongHours, {"minutes": 60 * 1000}),
            (WrongQuarter, {"quarter": Quarter(2026, 3)}),
            (WrongQuarter, {"quarter": Quarter(2036, 1)}),
            (WrongValidity, {"valid_months": 0}),
            (WrongPassMark, {"test": Exam("", 0)}),
            (WrongPassMark, {"test": Exam("", 101)}),
            (UnknownAudience, {"whom": Whom(Scope.ROLE, name="飞行员")}),
            (UnknownAudience, {"whom": Whom(Scope.BRANCH, office.other.id, "乙支部")}),
            (TooFewQuestions, {"test": Exam("安全")}),
        ):
            with pytest.raises(refusal):
                plan(stores, office.chief, "draft:2", **wrong)
        assert stores.trainings.of_group(office.chief.chat.id) == [made]

    await database.write(unit)


async def test_a_plan_from_above_is_held_below_and_others_do_not_see_it(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        above = plan(stores, office.top)
        own = plan(stores, office.chief, "draft:2", whom=Whom(Scope.ROLE, name="电工"), subject="用电")
        assert [one.id for one in planning.show(stores, office.chief).trainings] == [above.id, own.id]
        assert [one.id for one in planning.show(stores, office.top).trainings] == [above.id]
        assert planning.detail(stores, office.chief, number=above.id).people == 4
        assert planning.detail(stores, office.top, number=above.id).people == 6
        assert planning.detail(stores, office.chief, number=own.id).people == 2
        x = office.actors["x"]
        for use_case in (planning.detail, sessions.ready, planning.withdraw):
            with pytest.raises(TrainingNotFound):
                use_case(stores, x, number=own.id)
        with pytest.raises(TrainingNotFound):  # it is not theirs to take out
            planning.withdraw(stores, office.chief, number=above.id)
        planning.withdraw(stores, office.chief, number=own.id)
        for use_case in (planning.detail, sessions.ready, planning.withdraw):
            with pytest.raises(WithdrawnAlready):
                use_case(stores, office.chief, number=own.id)
        assert [one.id for one in planning.show(stores, office.chief).trainings] == [above.id]

    await database.write(unit)


async def test_who_was_there_has_done_it_and_coverage_has_their_names(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        training = plan(stores, office.top)
        assert [one.training.id for one in own(stores, office, "b", AT)] == [training.id]
        assert today.tell(stores, office.actors["b"]) is not None
        assert today.tell(stores, office.chief).text.values["led"] == [("甲支部", 4)]
        session = hold(stores, office, training, "abd")
        assert own(stores, office, "b", AT) == []
        assert [one.got_on for one in stores.trainings.records([training.id])] == [AT.date()] * 3
        found = coverage.coverage(stores, office.chief)
        assert (found.holds, found.of, found.percent) == (3, 4, 75)
        assert {one.name: one.percent for one in found.lines[By.ROLE]} == {"书记": 100, "电工": 50, "焊工": 100}
        whole = coverage.coverage(stores, office.top)
        assert {one.name: (one.holds, one.of) for one in whole.lines[By.BRANCH]} == {
            "党委": (0, 1),
            "甲支部": (3, 4),
            "乙支部": (0, 1),
        }
        electricians = next(one for one in whole.lines[By.ROLE] if one.name == "电工")
        names = coverage.names(stores, office.top, by=By.ROLE, number=electricians.number)
        assert sorted(one.learner.name for one in names.duties) == ["c", "x"]
        below = coverage.names(stores, office.top, by=By.BRANCH, number=office.branch.id)
        assert [one.learner.name for one in below.duties] == ["c"]
        with pytest.raises(NoMore):
            coverage.names(stores, office.top, by=By.BRANCH, number=999)
        again = hold(stores, office, training, "c", "draft:9")
        assert [one.name for one in stores.meetings.people(again.meeting)] == ["c"]
        with pytest.raises(AllDone):
            sessions.ready(stores, office.chief, number=training.id)
        assert sessions.held(stores, office.chief, number=session.id).left == []
        with pytest.raises(TrainingNotFound):
            sessions.held(stores, office.actors["x"], number=session.id)

    await database.write(unit)


async def test_what_runs_out_is_due_again_and_who_has_left_is_not(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        training = plan(stores, office.chief)
        hold(stores, office, training, "abcd")
        for days, due in ((304, 0), (306, 4), (366, 4)):
            later = AT + timedelta(days=days)
            assert len(coverage.due(stores, office.at("a", later)).duties) == due
            assert len(own(stores, office, "b", later)) == min(due, 1)
        standings = {one.state.standing for one in coverage.due(stores, office.at("a", AT + 366 * DAY)).duties}
        assert standings == {Standing.EXPIRED}
        assert coverage.coverage(stores, office.at("a", AT + 306 * DAY)).percent == 100
        stores.people.leave(office.persons["b"].id, AT.date())
        assert len(coverage.due(stores, office.at("a", AT + 366 * DAY)).duties) == 3
        assert own(stores, office, "b", AT + 366 * DAY) == []

    await database.write(unit)


async def test_a_test_is_for_those_who_were_there(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        library(stores)
        training = plan(stores, office.chief, test=Exam("安全", 80))
        session = hold(stores, office, training, "bd")
        held = sessions.held(stores, office.chief, number=session.id)
        assert held.test is not None
        assert [one.finished for one in held.results] == [False, False]
        with pytest.raises(SetOver):
            open_set(stores, office.actors["c"], number=held.test.id, key="1")
        assert stores.sets.tests_of(office.actors["c"].member.id, AT) == []
        b = office.actors["b"].member.id
        assert [one.id for one in stores.sets.tests_of(b, AT)] == [held.test.id]
        assert stores.sets.open_of(office.chief.chat.id, AT) == []
        for number, question in enumerate(held.test.questions):
            stores.attempts.note(Attempt(b, question, held.test.occasion, (0,), number > 1, AT))
        sessions.test_done(stores, held.test, b, 60, AT)
        assert [one.percent for one in sessions.held(stores, office.chief, number=session.id).results] == [60, None]
        assert sessions.test_again(stores, office.chief, number=session.id).test != held.test
        sessions.test_done(stores, held.test, b, 80, AT)
        sessions.test_done(stores, held.test, b, 90, AT)
        assert [one.percent for one in stores.trainings.records([training.id])] == [80]
        with pytest.raises(NobodyToTest):  # d has no account
            sessions.test_again(stores, office.chief, number=session.id)
        d = sessions.held(stores, office.chief, number=session.id).left[0].who.id
        assert sessions.mark_passed(stores, office.chief, number=session.id, who=d).left == []
        with pytest.raises(TrainingNotFound):
            sessions.mark_passed(stores, office.chief, number=session.id, who=d)

    await database.write(unit)


async def test_a_library_that_got_too_small_gives_no_test_and_says_so(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        library(stores)
        training = plan(stores, office.chief, test=Exam("安全"))
        for number in range(5):
            question = next(one for one in stores.questions.by_codes([f"q{number}"]))
            stores.questions.put(replace(question.question, topic="别的"))
        session = hold(stores, office, training, "b")
        assert sessions.held(stores, office.chief, number=session.id).short

    await database.write(unit)


async def test_a_certificate_is_shown_to_its_holder_and_their_secretaries(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        training = plan(stores, office.chief)
        hold(stores, office, training, "b")
        (record,) = stores.trainings.records([training.id])
        for name in "bat":
            found = certificates.certificate(stores, office.actors[name], number=record.id)
            assert (found.name, found.issuer, found.record.number) == ("b", "甲支部", "20261125-0001")
            assert found.as_picture().values["until"] == "2027-11-25"
        for name in "cx":
            with pytest.raises(CertificateNotFound):
                certificates.certificate(stores, office.actors[name], number=record.id)
        own = certificates.own(stores, office.actors["b"])
        assert ([one.id for one, _ in own.records], own.hours, own.duties) == ([record.id], 2, [])

    await database.write(unit)


async def test_a_session_that_goes_on_has_no_result_yet(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        training = plan(stores, office.chief)
        _, roll = sessions.schedule(
            stores, office.chief, number=training.id, starts_at=AT + HOUR, place="一楼", source="draft:8"
        )
        session = stores.trainings.session_of(roll.meeting.id)
        with pytest.raises(NotHeldYet):
            sessions.held(stores, office.chief, number=session.id)
        assert all(not one.entitled for one in roll.people)

    await database.write(unit)


async def test_the_calendar_has_the_last_day_of_the_quarter_and_what_runs_out(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        training = plan(stores, office.chief)
        days = Days(AT, AT + 14 * DAY)
        group, b = office.chief.chat.id, office.actors["b"].member.id
        (line,) = UPCOMING.in_group(stores, group, days)
        assert (office.chief.chat.day(line.at), line.text.values["people"]) == (NOW.last, 4)
        assert [one.about for one in UPCOMING.of_member(stores, b, days)] == [line.about]
        hold(stores, office, training, "abcd")
        assert UPCOMING.in_group(stores, group, days) == []
        later = Days(AT + 350 * DAY, AT + 364 * DAY)
        (ends,) = UPCOMING.of_member(stores, b, later)
        assert office.chief.chat.day(ends.at) == AT.date().replace(year=2027)

    await database.write(unit)


async def test_weak_topics_are_needs_where_enough_have_answered(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        library(stores)
        assert needs.needs(stores, office.top).weak == []
        group = office.top.chat
        (asked,) = stores.questions.by_codes(["q0"])
        members = [one.member.id for one in office.actors.values()]

        for place, member in enumerate(members):
            occasion = Occasion(OccasionKind.CHALLENGE, place + 1, group.id)
            stores.attempts.note(Attempt(member, asked.id, occasion, (0,), place == 0, AT - HOUR))
        (need,) = needs.needs(stores, office.top).weak
        assert (need.subject, need.share.right, need.share.answered) == ("安全", 1, 5)
        assert need.can_be_tested
        again = needs.one(stores, office.top, source=need.source, number=need.number, place=need.place)
        assert again == need

    await database.write(unit)


async def test_what_people_asked_for_is_a_need_once_the_survey_is_closed(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        asked = template("training", "zh")
        wish = questionnaire.Wish(asked, Audience(group=office.top.chat.id), Confidence.CONFIDENTIAL)
        one = questionnaire.ask(stores, office.top, wish=wish, source="draft:1")
        for place, actor in enumerate(office.actors.values()):
            wanted = ("safety",) if place else ("safety", "digital")
            said = {"topics": wanted, "way": ("site", "course", "online", "visit"), "time": ("any",)}
            stores.responses.keep(one, actor.member.id, said, AT)
            stores.responses.submit(one, actor.member.id, None, AT)
        assert needs.needs(stores, office.top).survey is None
        questionnaire.finish(stores, stores.rounds.get(one.id), AT + HOUR)
        found = needs.needs(stores, office.top)
        assert found.survey is not None
        assert (found.wanted[0].subject, found.wanted[0].share.right) == ("安全生产和应急", 5)
        assert not found.wanted[0].can_be_tested

    await database.write(unit)


async def test_reports_tell_what_was_held_and_finished(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:
        group = office.chief.chat
        week = Week(group, AT - DAY, AT + 6 * DAY, {})
        assert SECTION.tell(stores, week) is None
        hold(stores, office, plan(stores, office.chief), "ab")
        told = SECTION.tell(stores, week)
        assert told.text.values == {"sessions": 1, "finished": 2, "percent": 50, "of": 4}
        tables = EXPORT.read(stores, Span(group, AT - DAY, AT + DAY, AT, 100, named=True)).tables()
        assert [(one.name, len(one.rows)) for one in tables] == [("plan", 1), ("finished", 2)]
        assert all(len(row) == len(one.columns) for one in tables for row in one.rows)

    await database.write(unit)


async def test_two_accounts_that_are_one_have_done_it_once(database: Any, office: Office) -> None:
    def unit(stores: Any) -> None:

        library(stores)
        training = plan(stores, office.chief)
        b, c = office.actors["b"].member.id, office.actors["c"].member.id
        record(stores, training, b, AT)
        record(stores, training, c, AT)
        record(stores, training, b, AT + DAY)
        test = testing.give(
            stores,
            office.chief.chat,
            testing.Wanted("安全", "安全", (b, c), AT + DAY),
            maker=b,
            source="test:1",
            at=AT,
        )
        stores.sets.pass_on(b, c)
        assert stores.sets.get(test.id).maker == c
        assert [stores.sets.is_for(test.id, one) for one in (b, c)] == [False, True]
        stores.trainings.hand_over(b, c)
        assert [one.member for one in stores.trainings.records([training.id])] == [c, c]

    await database.write(unit)
