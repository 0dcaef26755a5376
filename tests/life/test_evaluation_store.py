"""Evaluations in the store on both engines, from the beginning to final stars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from domain.life.evaluation import (
    assessing,
    history,
    objecting,
    overview,
    publicity,
    reviewing,
    running,
    schemes,
    standing,
    today,
)
from domain.life.evaluation.feature import FEATURE
from domain.life.evaluation.indicator import WITHHELD, Figure
from domain.life.evaluation.model import Evaluated, Publish, Stage
from domain.life.evaluation.objecting import Answer
from domain.life.evaluation.refusing import (
    AlreadyObjected,
    EvaluationNotFound,
    NoReason,
    NotInCharge,
    NotReviewed,
    ObjectionAnswered,
    PublicityOver,
    SameBranch,
    TooManyPoints,
    WrongStage,
)
from domain.life.meeting.model import State
from domain.people import branch as branches
from domain.people.branch import BranchKind
from domain.people.permission import Area, Role
from domain.people.person import Entry
from tests.life.evaluations import NAMES, PERSONS, SMALL, TEAMS, Committee, begin, set_up, somebody, subject
from tests.life.meetings import meeting
from tests.stores import AT, queued

DAY = timedelta(days=1)


@pytest.fixture
async def committee(database: Any) -> Committee:
    made: Committee = await database.write(set_up)
    return made


def morning(day: date) -> datetime:
    """20 past eight in Shanghai."""
    return datetime(day.year, day.month, day.day, 0, 20, tzinfo=UTC)


def reviewed(stores: Any, committee: Committee, points: dict[str, int]) -> Any:
    """An evaluation in which the office has given all branches points."""
    made = begin(stores, committee)
    moved = running.advance(stores, committee.office, number=made.id)
    for name, given in points.items():
        one = subject(stores, made, name)
        reviewing.give(stores, committee.office, number=one.id, place=1, points=given, reason="")
        reviewing.done(stores, committee.office, number=one.id)
    return moved


def published(stores: Any, committee: Committee, points: dict[str, int] | None = None) -> Any:
    """One whose result is on show."""
    found = reviewed(stores, committee, points or {"甲": 10, "乙": 10, "丙": 7})
    return running.advance(stores, committee.office, number=found.id)


def stars(stores: Any, evaluation: Any) -> dict[str, tuple[int, int]]:
    """Score and stars by the first character of the name."""
    found = (one for one in stores.evaluations.subjects(evaluation.id) if one.is_in)
    return {one.name[0]: (one.result.score, one.result.stars) for one in found}


async def test_it_is_begun_once_and_each_secretary_gets_one_card(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made = begin(stores, committee)
        assert begin(stores, committee) == made
        assert made.self_until == date(2026, 11, 27)
        assert made.review_until == date(2026, 12, 1)
        assert [one.name for one in stores.evaluations.subjects(made.id)] == [f"{name}支部" for name in NAMES]
        told = [one for one in queued(stores) if str(one.subject).startswith("evaluated_own")]
        assert {one.chat for one in told} == {one.chat.id for one in committee.secretaries.values()}
        with pytest.raises(NotInCharge):
            begin(stores, committee, actor=committee.secretaries["甲"], source="draft:2")

    await database.write(unit)


async def test_figures_that_were_taken_say_of_how_many_they_are_and_what_is_withheld(
    database: Any, committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unit(stores: Any) -> None:
        half = Figure(Fraction(1, 2), 12)

        def counted(_: Any, __: Any, ___: Any, subjects: Any) -> Any:
            return {one.id: {"attendance": WITHHELD if one.name.startswith("甲") else half} for one in subjects}

        monkeypatch.setattr(standing, "counted", counted)
        made = published(stores, committee)
        scheme, subjects = schemes.scheme_of(stores, made.version), stores.evaluations.subjects(made.id)
        found = standing.figures(stores, stores.evaluations.get(made.id), scheme, subjects)
        taken = {one.name[0]: found[one.id]["attendance"] for one in subjects}
        assert taken == {"甲": WITHHELD, "乙": half, "丙": half}

    await database.write(unit)


async def test_points_words_and_corrections(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made, me, other = begin(stores, committee), committee.secretaries["甲"], committee.secretaries["乙"]
        one = subject(stores, made, "甲")
        with pytest.raises(EvaluationNotFound):
            assessing.give_own(stores, other, number=one.id, place=1, points=9)
        with pytest.raises(TooManyPoints):
            assessing.give_own(stores, me, number=one.id, place=1, points=11)
        with pytest.raises(EvaluationNotFound):
            assessing.give_own(stores, me, number=one.id, place=0, points=1)  # the store's figure
        assessing.give_own(stores, me, number=one.id, place=1, points=9)
        assessing.write(stores, me, number=one.id, words="办了三件实事")
        assessing.hand_in(stores, me, number=one.id)
        assert not stores.evaluations.to_assess([one.branch], None)
        with pytest.raises(WrongStage):
            reviewing.give(stores, committee.office, number=one.id, place=1, points=7, reason="偏高")
        running.advance(stores, committee.office, number=made.id)
        with pytest.raises(WrongStage):
            assessing.take_back(stores, me, number=one.id)
        with pytest.raises(NoReason):
            reviewing.give(stores, committee.office, number=one.id, place=1, points=7, reason=" ")
        sheet = reviewing.give(stores, committee.office, number=one.id, place=1, points=7, reason="材料不足")
        (change,) = sheet.changes
        assert (change.old, change.new, change.reason, change.by_name) == ("9", "7", "材料不足", "办公室")
        assert sheet.placed.score == 7000  # nothing to count of attendance: 70 of 100
        with pytest.raises(NotReviewed):
            running.advance(stores, committee.office, number=made.id)

    await database.write(unit)


async def test_nobody_reviews_their_own_branch(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made, one = begin(stores, committee), None
        one = subject(stores, made, "甲")
        with pytest.raises(SameBranch):
            reviewing.assign(stores, committee.office, number=one.id, reviewer=committee.secretaries["甲"].member.id)
        offered = reviewing.assigning(stores, committee.office, number=one.id).candidates
        assert [who.name for who in offered] == ["办公室", "乙书记", "丙书记"]
        other = committee.secretaries["乙"]
        reviewing.assign(stores, committee.office, number=one.id, reviewer=other.member.id)
        running.advance(stores, committee.office, number=made.id)
        with pytest.raises(EvaluationNotFound):
            reviewing.give(stores, committee.office, number=one.id, place=1, points=1, reason="")
        stores.grants.add(other.member, Role.COMMITTEE, Area(branch=one.branch), None, AT)
        with pytest.raises(SameBranch):
            reviewing.give(stores, other, number=one.id, place=1, points=1, reason="")

    await database.write(unit)


async def test_publicity_objections_and_final_stars(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made, me = published(stores, committee), committee.secretaries["乙"]
        assert made.public_until == date(2026, 11, 27)
        assert stars(stores, made) == {"甲": (10000, 5), "乙": (10000, 4), "丙": (7000, 4)}
        boards = [one for one in queued(stores) if str(one.subject).startswith("evaluation_board")]
        assert {one.chat for one in boards} == {one.id for one in committee.groups.values()}
        one = subject(stores, made, "甲")
        shown = objecting.make(stores, me, number=one.id, words="甲支部有一项没有做")
        with pytest.raises(AlreadyObjected):
            objecting.make(stores, me, number=one.id, words="还是")
        running.tend(stores, morning(date(2026, 11, 30)))
        assert stores.evaluations.get(made.id).stage is Stage.PUBLIC  # it waits for the answer
        with pytest.raises(PublicityOver):
            objecting.make(stores, committee.at(me, AT + 3 * DAY), number=one.id, words="迟到的异议")
        answer = Answer("核实属实", place=1, points=8)
        with pytest.raises(NotInCharge):
            objecting.answer(stores, me, number=shown.objection.id, answer=answer)
        told = objecting.answer(stores, committee.office, number=shown.objection.id, answer=answer)
        assert told.objection.changed
        assert stars(stores, made) == {"甲": (8000, 4), "乙": (10000, 5), "丙": (7000, 4)}
        with pytest.raises(ObjectionAnswered):
            objecting.answer(stores, committee.office, number=shown.objection.id, answer=answer)
        running.tend(stores, morning(date(2026, 12, 1)))
        assert stores.evaluations.get(made.id).stage is Stage.FINAL
        (got,) = history.history(stores, committee.branches["乙"].id)
        assert (got.stars, got.grade, got.score, got.last.year) == (5, "五星", 10000, 2026)
        assert not publicity.unlogged(stores)
        better = replace(subject(stores, made, "丙").result, stars=5)
        stores.evaluations.save_results({subject(stores, made, "丙").id: better})
        assert [one.subject for one in publicity.unlogged(stores)] == [f"evaluation:{made.id}"]

    await database.write(unit)


async def test_stages_go_on_by_the_clock(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made = begin(stores, committee)
        running.tend(stores, morning(made.self_until))
        assert stores.evaluations.get(made.id).stage is Stage.SELF
        running.tend(stores, morning(made.self_until + DAY))
        assert stores.evaluations.get(made.id).stage is Stage.REVIEW
        running.tend(stores, morning(made.review_until + DAY))
        assert stores.evaluations.get(made.id).stage is Stage.REVIEW  # nothing is reviewed
        part = today.tell_office(stores, committee.at(committee.office, morning(made.review_until + DAY)))
        assert part is not None
        assert [(one.title, count) for one, count in part.text.values["stuck"]] == [("星级党支部", 3)]
        for name in NAMES:
            one = subject(stores, made, name)
            reviewing.give(stores, committee.office, number=one.id, place=1, points=5, reason="")
            reviewing.done(stores, committee.office, number=one.id)
        running.tend(stores, morning(made.review_until + 2 * DAY))
        assert stores.evaluations.get(made.id).stage is Stage.PUBLIC

    await database.write(unit)


async def test_a_veto_takes_a_reason_and_caps(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        found = reviewed(stores, committee, {"甲": 10, "丙": 9})
        one = subject(stores, found, "乙")
        reviewing.give(stores, committee.office, number=one.id, place=1, points=10, reason="")
        with pytest.raises(NoReason):
            reviewing.say_veto(stores, committee.office, number=one.id, place=0, reason="")
        sheet = reviewing.say_veto(stores, committee.office, number=one.id, place=0, reason="8月3日事故")
        assert sheet.placed.stars == 0
        reviewing.done(stores, committee.office, number=one.id)
        made = running.advance(stores, committee.office, number=found.id)
        assert stars(stores, made) == {"甲": (10000, 5), "乙": (10000, 0), "丙": (9000, 4)}

    await database.write(unit)


async def test_a_branch_is_closed_in_the_middle_and_comes_back(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made, closed = published(stores, committee), committee.branches["甲"].id
        FEATURE.branch_closed(stores, closed, None, AT)
        assert stars(stores, made) == {"乙": (10000, 5), "丙": (7000, 4)}
        FEATURE.branch_reopened(stores, closed, AT, None, AT + DAY)
        assert stars(stores, made)["甲"] == (10000, 5)
        FEATURE.branch_closed(stores, committee.root.id, None, AT)
        assert stores.evaluations.get(made.id).stage is Stage.CANCELLED

    await database.write(unit)


async def test_who_has_left_reviews_nothing_and_is_evaluated_no_more(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made, gone = begin(stores, committee), committee.secretaries["乙"].member.id
        one = subject(stores, made, "甲")
        reviewing.assign(stores, committee.office, number=one.id, reviewer=gone)
        persons = begin(stores, committee, PERSONS, source="draft:2")
        FEATURE.left(stores, gone, None, AT)
        assert subject(stores, made, "甲").reviewer is None
        assert not subject(stores, persons, "乙").is_in

    await database.write(unit)


async def test_people_of_a_branch_are_evaluated_by_the_same_rules(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made = begin(stores, committee, PERSONS, publish=Publish.OWN)
        assert {one.name for one in stores.evaluations.subjects(made.id)} == {"甲书记", "乙书记", "丙书记"}
        me = committee.secretaries["甲"]
        one = subject(stores, made, "甲")
        assessing.give_own(stores, me, number=one.id, place=0, points=10)
        running.advance(stores, committee.office, number=made.id)
        with pytest.raises(SameBranch):
            _assign(stores, committee, one)
        for name, points in (("甲", 10), ("乙", 9), ("丙", 9)):
            who = subject(stores, made, name)
            reviewing.give(stores, committee.office, number=who.id, place=0, points=points, reason="")
            reviewing.done(stores, committee.office, number=who.id)
        public = running.advance(stores, committee.office, number=made.id)
        assert stars(stores, public) == {"甲": (10000, 1), "乙": (9000, 0), "丙": (9000, 0)}
        others = objecting.choices(stores, me, number=made.id)
        assert [who.name for who in others] == ["甲书记"]

    await database.write(unit)


def _assign(stores: Any, committee: Committee, one: Evaluated) -> None:
    reviewing.assign(stores, committee.office, number=one.id, reviewer=committee.secretaries["甲"].member.id)


async def test_an_evaluation_that_is_called_off_stands_still(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made = begin(stores, committee)
        running.cancel(stores, committee.office, number=made.id)
        with pytest.raises(WrongStage):
            running.advance(stores, committee.office, number=made.id)
        with pytest.raises(WrongStage):
            assessing.hand_in(stores, committee.secretaries["甲"], number=subject(stores, made, "甲").id)
        assert replace(made, stage=Stage.CANCELLED, ended_at=AT) == stores.evaluations.get(made.id)

    await database.write(unit)


async def test_teams_are_the_lowest_units_below_a_branch(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        shop = branches.add(stores, parent=committee.branches["甲"].id, kind=BranchKind.UNIT, name="一车间")
        for name in ("一班", "二班"):
            branches.add(stores, parent=shop.id, kind=BranchKind.UNIT, name=name)
        made = begin(stores, committee, TEAMS)
        assert [one.name for one in stores.evaluations.subjects(made.id)] == ["一班", "二班"]
        leader = somebody(stores, 500, "班长")
        team = subject(stores, made, "一班")
        stores.grants.add(leader.member, Role.LEADER, Area(branch=team.branch), None, AT)
        assessing.give_own(stores, leader, number=team.id, place=1, points=8)
        assert [one.name for one in overview.to_assess(stores, leader.member.id)] == ["一班"]

    await database.write(unit)


async def test_who_has_left_without_an_account_is_out_when_the_stage_ends(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        (person,) = stores.people.add([Entry("99", "张三", committee.branches["甲"].id)])
        made = begin(stores, committee, PERSONS)
        assert subject(stores, made, "张三").is_in
        stores.people.leave(person.id, AT.date())
        running.advance(stores, committee.office, number=made.id)
        assert not subject(stores, made, "张三").is_in

    await database.write(unit)


async def test_an_evaluation_keeps_the_scheme_that_it_began_with(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made = begin(stores, committee)
        schemes.bring_in(stores, text=SMALL.replace("points = 10", "points = 20"), by=None, at=AT + DAY)
        (newest,) = stores.evaluations.schemes()
        assert newest.id != made.version
        one = subject(stores, made, "甲")
        with pytest.raises(TooManyPoints):
            assessing.give_own(stores, committee.secretaries["甲"], number=one.id, place=1, points=15)

    await database.write(unit)


async def test_counting_anew_takes_what_was_entered_late(database: Any, committee: Committee) -> None:
    def unit(stores: Any) -> None:
        made = published(stores, committee)
        one = subject(stores, made, "乙")
        assert stores.evaluations.marks_of(one.id)["attendance"].figure is None
        shown = objecting.make(stores, committee.secretaries["乙"], number=one.id, words="八月的会没有算")
        at = datetime(2026, 8, 3, 6, 0, tzinfo=UTC)
        who = committee.secretaries["乙"].member.id
        held = meeting(stores, committee.groups["乙"], who, at, state=State.ENDED)
        (invited,) = stores.meetings.people(held.id)
        stores.meetings.save_person(replace(invited, present_at=at))
        told = objecting.answer(
            stores, committee.office, number=shown.objection.id, answer=Answer("补录了", recount=True)
        )
        assert told.objection.changed
        assert stores.evaluations.marks_of(one.id)["attendance"].figure == 1
        (change,) = stores.evaluations.changes(one.id)
        assert (change.item, change.old, change.new) == ("attendance", "–", "100.0")

    await database.write(unit)
