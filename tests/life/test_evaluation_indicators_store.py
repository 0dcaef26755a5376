"""The figures of an evaluation on both engines: counted for all branches at once, and opened to what happened."""

import random
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from domain.ids import InspectionId, InspectionRoundId
from domain.life.evaluation.indicator import (
    ADOPTED,
    ANSWERED,
    ATTENDANCE,
    BY_WORD,
    FOR_GOOD,
    INDICATORS,
    INSPECTION,
    MEETINGS,
    NO_DATA,
    ON_TIME,
    QUESTIONS,
    SATISFACTION,
    STUDY,
    TASKS,
    TRAINING,
    WITHHELD,
    Figure,
    Indicator,
    Page,
    Period,
    Reach,
    Window,
    satisfaction,
)
from domain.life.evaluation.indicator.model import Asked
from domain.life.inspection.model import Inspection, Party, Round, RoundState, Score
from domain.life.inspection.model import Stage as Stages
from domain.life.inspection.rubric import Item, Rubric
from domain.life.meeting.kinds import Kind
from domain.life.meeting.model import Standing
from domain.life.rectification import looking_back
from domain.life.training.model import Scope, Whom
from domain.people.person import Absence
from domain.voice.questionnaire.counting import count, of_counted
from domain.voice.questionnaire.model import Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.results import Kept
from domain.voice.questionnaire.round import Audience, Returned
from domain.voice.suggestion.life import Stage, Step
from domain.work.task import amending, review
from tests.life import figure_world as life
from tests.life import trainings
from tests.life.figure_world import YEAR, ZONE, World
from tests.voice import result_rounds as rounds

MARCH = Period(date(2025, 3, 1), date(2025, 3, 31), ZONE)
SATISFACTION_OF = Questionnaire(life.TITLE, (Question("all", QuestionKind.RATING, "您满意吗？", low=1, high=5),))
QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31), ZONE)


def on(month: int, day: int, hour: int = 9, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


def share(part: int, of: int) -> Figure:
    return Figure(Fraction(part, of), of)


@pytest.fixture
async def world(database: Any) -> World:
    made: World = await database.write(life.settle)
    return made


def read(stores: Any, world: World, word: Any, period: Period = MARCH, reach: Reach = Reach.BELOW) -> list[Figure]:
    """Of the committee, the first and the second branch."""
    return list(BY_WORD[word].read(stores, world.branches, period, reach=reach).values())


def whole(indicator: Indicator, stores: Any, world: World, branch: Any, period: Period, **more: Any) -> list[Any]:
    """All entries, a few at a time."""
    found: list[Any] = []
    while True:
        page: Page = indicator.entries(stores, branch, period, window=Window(len(found), 7), **more)
        found += page.entries
        if not page.entries:
            assert len(found) == page.total
            return found


async def test_attendance_of_branches_and_people(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        life.meet(stores, world, on(3, 5), 0, Kind.ASSEMBLY, came=3, away=1)
        life.meet(stores, world, on(3, 6), 1, Kind.THEME_DAY, came=5)
        life.meet(stores, world, on(4, 6), 1, Kind.THEME_DAY, came=0)
        assert read(stores, world, ATTENDANCE) == [share(8, 10), share(3, 5), share(5, 5)]
        assert read(stores, world, ATTENDANCE, reach=Reach.OWN)[0] == NO_DATA
        page = BY_WORD[ATTENDANCE].entries(stores, world.first.id, MARCH)
        assert [(one.who, one.part, one.of) for one in page.entries] == [
            *(("人5", 0, 1), ("人4", 0, 1), ("人3", 0, 0), ("人2", 1, 1), ("人1", 1, 1), ("人0", 1, 1)),
        ]
        assert {(one.what, one.at) for one in page.entries} == {("meeting.assembly", on(3, 5))}
        people = BY_WORD[ATTENDANCE].read_people(stores, [one.id for one in world.people], MARCH)
        assert [one.value for one in people.values()] == [1, 1, 1, None, 0, 0, 1, 1, 1, 1, 1]

    await database.write(unit)


async def test_meetings_that_are_owed_by_the_rules_of_their_kind(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        # Of a branch in March: assembly and lecture of the quarter, committee and theme day of the month.
        assert read(stores, world, MEETINGS) == [share(0, 8), share(0, 4), share(0, 4)]
        life.meet(stores, world, on(1, 20), 0, Kind.ASSEMBLY, came=3)
        life.meet(stores, world, on(3, 20), 0, Kind.COMMITTEE, came=3)
        life.meet(stores, world, on(3, 27), 0, Kind.COMMITTEE, came=3)
        life.meet(stores, world, on(3, 20), 0, Kind.REGULAR, came=3)
        assert read(stores, world, MEETINGS) == [share(2, 8), share(2, 4), share(0, 4)]
        assert read(stores, world, MEETINGS, QUARTER)[1] == share(2, 8)
        assert read(stores, world, MEETINGS, YEAR)[1] == share(2, 34)
        lines = whole(BY_WORD[MEETINGS], stores, world, world.first.id, MARCH)
        assert {(one.what, one.part) for one in lines} == {
            *(("meeting.assembly", 1), ("meeting.committee", 1), ("meeting.lecture", 0), ("meeting.theme_day", 0))
        }
        stores.branches.save(replace(stores.branches.get(world.second.id), closed_at=on(3, 15)))
        assert read(stores, world, MEETINGS)[2] == NO_DATA, "it was closed before March was over"
        assert read(stores, world, MEETINGS, QUARTER)[2] == share(0, 4), "January and February were owed"

    await database.write(unit)


async def test_tasks_are_judged_as_they_were_at_the_end(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        on_time, late = (life.give(stores, world, on(3, 1), who, 5).id for who in (1, 2))
        life.finish(stores, on(3, 4), on_time)
        life.finish(stores, on(3, 9), late)
        life.give(stores, world, on(3, 1), 3, 5, own=True)  # one's own does not count
        moved, waits, back, over = (life.give(stores, world, on(3, 20), who, 5, reviewed=True) for who in (1, 2, 3, 4))
        for one in (waits, back):
            life.finish(stores, on(3, 22), one.id)
        review.give_back(stores, world.chief(0, on(3, 23)), number=back.id, reason="重做")
        withdrawn = life.give(stores, world, on(3, 20), 7, 5)
        amending.take_back(stores, world.chief(7, on(3, 21)), batch=withdrawn.batch)
        expected = [share(2, 6), share(2, 6), NO_DATA]
        assert read(stores, world, TASKS) == expected
        # All of this is after March, and changes nothing about March.
        amending.postpone(stores, world.chief(0, on(4, 2)), batch=moved.batch, due_at=on(4, 20))
        life.finish(stores, on(4, 3), moved.id)
        review.give_back(stores, world.chief(0, on(4, 2)), number=waits.id, reason="重做")
        life.finish(stores, on(4, 3), waits.id)
        life.finish(stores, on(4, 3), back.id)
        amending.take_back(stores, world.chief(0, on(4, 5)), batch=over.batch)
        assert read(stores, world, TASKS) == expected
        assert read(stores, world, TASKS, Period(date(2025, 4, 1), date(2025, 4, 30), ZONE))[1] == share(1, 1)
        lines = whole(BY_WORD[TASKS], stores, world, world.first.id, MARCH)
        assert [(one.who, one.part) for one in lines if one.at == on(3, 25)] == [
            *(("人4", 0), ("人3", 0), ("人2", 1), ("人1", 0)),
        ]
        of_person = BY_WORD[TASKS].entries_of_person(stores, world.people[1].id, MARCH)
        assert [(one.about, one.part) for one in of_person.entries] == [(f"task:{moved.id}", 0), (f"task:{on_time}", 1)]

    await database.write(unit)


async def test_what_somebody_does_counts_where_they_were_then(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        for day in (3, 20):
            one = life.give(stores, world, on(3, 1), 1, day)
            life.finish(stores, on(3, 2), one.id)
        stores.people.place(world.people[1].id, world.second.id, date(2025, 3, 10))
        assert read(stores, world, TASKS) == [share(2, 2), share(1, 1), share(1, 1)]
        assert BY_WORD[TASKS].read_people(stores, [world.people[1].id], MARCH) == {world.people[1].id: share(2, 2)}

    await database.write(unit)


async def test_study_by_month_without_months_on_leave(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        life.study(stores, world, on(2, 3), 1)
        life.study(stores, world, on(3, 3), 1)
        life.answer(stores, world, on(3, 8), 1, 0, right=False)
        life.answer(stores, world, on(3, 31, 23), 2, 0, right=True)
        life.answer(stores, world, on(4, 1, 0), 3, 0, right=True)
        assert read(stores, world, STUDY) == [share(2, 11), share(2, 6), share(0, 5)]
        stores.people.absent([Absence(world.people[4].id, date(2025, 2, 20), date(2025, 4, 1))])
        assert read(stores, world, STUDY)[1] == share(2, 5)
        assert read(stores, world, STUDY, QUARTER)[1] == share(3, 17)
        lines = whole(BY_WORD[STUDY], stores, world, world.first.id, MARCH)
        told = [(one.who, one.what, one.at) for one in lines if one.part]
        assert told == [("人1", "第0题？", on(3, 8)), ("人2", "第0题？", on(3, 31, 23))]
        assert {one.what for one in lines if not one.part} == {"not_studied"}

    await database.write(unit)


async def test_first_answers_and_no_list_of_a_few(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        for who in range(4):
            life.answer(stores, world, on(3, 3), who, 0, right=who < 3)
        life.answer(stores, world, on(3, 4), 3, 0, right=True)  # the second time
        assert read(stores, world, QUESTIONS)[:2] == [share(3, 4)] * 2
        page = BY_WORD[QUESTIONS].entries(stores, world.first.id, MARCH)
        assert page.withheld and not page.entries
        life.answer(stores, world, on(3, 5), 4, 0, right=True)
        (line,) = BY_WORD[QUESTIONS].entries(stores, world.first.id, MARCH).entries
        assert (line.what, line.who, line.part, line.of) == ("第0题？", "", 4, 5)

    await database.write(unit)


async def test_suggestions_answered_in_time_and_adopted(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        good, bad, slow, open_ = (life.suggest(stores, world, on(3, 1), who) for who in (1, 2, 3, 7))
        life.step(stores, on(3, 3), good, Step.ADOPT, Stage.ADOPTED)
        life.step(stores, on(3, 4), bad, Step.REFUSE, Stage.REFUSED)
        life.step(stores, on(3, 9), slow, Step.ESCALATE, Stage.RECEIVED)
        life.step(stores, on(3, 10), slow, Step.ADOPT, Stage.ADOPTED)
        assert read(stores, world, ANSWERED) == [share(2, 3), share(2, 3), NO_DATA]
        assert read(stores, world, ADOPTED)[1] == share(2, 3)
        for number, done, stage in ((bad, Step.RECONSIDER, Stage.CONSIDERED), (bad, Step.ADOPT, Stage.ADOPTED)):
            life.step(stores, on(4, 2), number, done, stage)
        life.step(stores, on(4, 2), open_, Step.ADOPT, Stage.ADOPTED)
        assert read(stores, world, ADOPTED)[1] == share(2, 3)
        april = Period(date(2025, 4, 1), date(2025, 4, 30), ZONE)
        assert read(stores, world, ANSWERED, april) == [share(1, 1), NO_DATA, share(1, 1)]
        assert read(stores, world, ADOPTED, april)[1] == share(1, 1)

    await database.write(unit)


async def test_findings_on_time_and_for_good(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        numbers = [life.find(stores, world, on(3, 1), 0) for _ in range(5)]
        good, bad, open_, waits, _ = numbers
        tasks = [life.agree(stores, world, on(3, 2), one, 0, days=5) for one in (good, bad, open_, waits)]
        for one, day in ((tasks[0], 5), (tasks[1], 9), (tasks[3], 6)):
            life.finish(stores, on(3, day), one.id)
        for one in tasks[:2]:
            life.accept(stores, world, on(3, 12), one.id, 0)
        assert read(stores, world, ON_TIME) == [share(1, 3), share(1, 3), NO_DATA]
        assert read(stores, world, FOR_GOOD)[1] == share(2, 2)
        lines = whole(BY_WORD[ON_TIME], stores, world, world.first.id, MARCH)
        assert [(one.about, one.part, one.who) for one in lines] == [
            *((f"finding:{bad}", 0, "人1"), (f"finding:{good}", 1, "人1"), (f"finding:{open_}", 0, "人1")),
        ]
        amending.postpone(stores, world.above(0, on(4, 1)), batch=tasks[2].batch, due_at=on(5, 1))
        review.give_back(stores, world.above(0, on(4, 1)), number=tasks[3].id, reason="重做")
        looking_back.ask(stores, on(4, 20))
        looking_back.came_back(stores, world.above(0, on(4, 21)), number=good, note="又缺")
        assert read(stores, world, ON_TIME)[1] == share(1, 3)
        assert read(stores, world, FOR_GOOD)[1] == share(2, 2)
        assert read(stores, world, FOR_GOOD, YEAR)[1] == share(1, 2), "by the end of the year one has come back"

    await database.write(unit)


def inspect(stores: Any, world: World, at: datetime, *points: int) -> None:
    """A final round in which the committee has given points, of ten, to the first and the second branch."""
    who = world.inspector.member.id
    rubric = stores.inspections.bring(Rubric("支部互查", (Item("记录", 10, "查台账"),)), world.next(), who, at)
    new = Round(InspectionRoundId(0), rubric, who, at.date(), at.date(), 7, at)
    made = stores.inspections.add_round(new, f"i{world.next()}")
    parties = [Party(one.id, one.name) for one in (world.top, world.first, world.second)]
    zero = InspectionId(0)
    stores.inspections.add([Inspection(zero, made.id, parties[0], of, who) for of in parties[1:]])
    for one, given in zip(stores.inspections.of_round(made.id), points, strict=True):
        stores.inspections.save(replace(one, stage=Stages.ACCEPTED, handed_in_at=at))
        stores.inspections.put_score(one.id, Score(1, given))
    stores.inspections.save_round(replace(made, state=RoundState.FINAL, ended_at=at))


async def test_cross_inspections_that_became_final(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        inspect(stores, world, on(3, 9), 9, 6)
        inspect(stores, world, on(3, 20), 10, 8)
        inspect(stores, world, on(4, 2), 0, 0)
        found = [Figure(Fraction(33, 40), 4), Figure(Fraction(19, 20), 2), Figure(Fraction(7, 10), 2)]
        assert read(stores, world, INSPECTION) == found
        lines = whole(BY_WORD[INSPECTION], stores, world, world.second.id, MARCH)
        assert [(one.what, one.at, one.part) for one in lines] == [
            *(("支部互查", on(3, 20), Fraction(4, 5)), ("支部互查", on(3, 9), Fraction(3, 5))),
        ]
        stores.branches.save(replace(world.second, closed_at=on(4, 9)))
        assert read(stores, world, INSPECTION) == found, "it was there when the rounds became final"

    await database.write(unit)


async def test_required_trainings_that_hold_on_the_last_day(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        planner, party = world.inspector.member.id, Whom(Scope.PARTY)
        first = trainings.training(stores, world.groups[0], planner, on(1, 5), whom=party)
        gone = trainings.training(stores, world.groups[0], planner, on(1, 5), subject="旧课")
        trainings.training(stores, world.groups[1], planner, on(4, 5), subject="二季度的课")
        for who, day in ((1, on(2, 1)), (2, on(3, 31)), (3, on(4, 1))):
            trainings.record(stores, first, world.actors[who].member.id, day)
        stores.meetings.put_standing(world.people[4].id, Standing.NONE)
        stores.trainings.withdraw(gone.id, on(3, 1))
        assert read(stores, world, TRAINING) == [share(2, 5), share(2, 5), NO_DATA]
        stores.trainings.withdraw(first.id, on(4, 2))
        assert read(stores, world, TRAINING)[1] == share(2, 5)
        lines = whole(BY_WORD[TRAINING], stores, world, world.first.id, MARCH)
        assert [(one.who, one.at) for one in lines if one.part] == [("人2", on(3, 31, 0)), ("人1", on(2, 1, 0))]
        of_people = BY_WORD[TRAINING].read_people(stores, [one.id for one in world.people], MARCH)
        assert [one.value for one in of_people.values()] == [0, 1, 1, 0, None, 0, None, None, None, None, None]

    await database.write(unit)


def ask(stores: Any, world: World, at: datetime, ratings: dict[Any, list[int]], least: int = 5, **more: Any) -> Any:
    """A round of the questionnaire that was closed, with what the people of branches have given."""
    asked = replace(rounds.asked(world.groups[0], world.actors[0].member), closes_at=at, **more)
    made = stores.rounds.add(replace(asked, questionnaire=SATISFACTION_OF), f"r{world.next()}")
    stores.rounds.save(replace(made, closed_at=at))
    given = [Returned({"all": one}, branch, None) for branch, some in ratings.items() for one in some]
    known = count(made.questionnaire, given, stores.indicators.parents(), invited=None, least=least)
    stores.results.keep(made.id, Kept(made.group, of_counted(known), final=True))
    return made


async def test_satisfaction_of_as_many_as_may_be_told(database: Any, world: World) -> None:
    def unit(stores: Any) -> None:
        top, first, second = world.branches
        both = {"audience": Audience(branches=frozenset({top}))}
        ask(stores, world, on(3, 9), {first: [5, 5, 3, 1, 4], second: [1] * 4}, **both)
        # With the first branch told, the rest of the committee would be the four of the second: neither is.
        assert read(stores, world, SATISFACTION) == [NO_DATA] * 3, "another questionnaire"
        found = BY_WORD[SATISFACTION].read(stores, world.branches, MARCH, about=life.TITLE)
        assert found == {top: Figure(Fraction(13, 36), 9), first: WITHHELD, second: WITHHELD}
        assert BY_WORD[SATISFACTION].entries(stores, second, MARCH, about=life.TITLE).withheld
        named = ask(stores, world, on(3, 12), {first: [5] * 6, second: [1] * 2}, least=1, **both)
        ratings = [one.ratings for one in satisfaction.rated(stores, [named])]
        assert [one.answered for one in ratings] == [8], "of a named round too, though those in charge see all of it"
        stores.rounds.save(replace(named, closed_at=on(2, 1)))
        ask(stores, world, on(3, 20), {first: [5] * 5, second: [3] * 5}, **both)
        found = BY_WORD[SATISFACTION].read(stores, world.branches, MARCH, about=life.TITLE)
        assert [one.of for one in found.values()] == [19, 5, 5]
        assert found[second].value == Fraction(1, 2)
        (line,) = BY_WORD[SATISFACTION].entries(stores, second, MARCH, about=life.TITLE).entries
        assert (line.what, line.who, line.of) == ("您满意吗？", "", 5)

    await database.write(unit)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_last_year_comes_out_the_same_whatever_happens_since(database: Any, world: World, seed: int) -> None:
    any_ = random.Random(seed)  # noqa: S311
    await database.write(life.live, world, date(2024, 11, 1), date(2026, 1, 1), any_)
    before = await database.read(life.figures, YEAR, world)
    told = sum(one.value is not None for found in before.values() for one in found.values())
    assert told > 30, "something has happened"
    await database.write(life.live, world, date(2026, 1, 1), date(2026, 11, 1), any_)
    assert await database.read(life.figures, YEAR, world) == before


@pytest.mark.parametrize("seed", [4, 5])
async def test_entries_add_up_to_their_figure(database: Any, world: World, seed: int) -> None:
    await database.write(life.live, world, date(2024, 12, 1), date(2026, 2, 1), random.Random(seed))  # noqa: S311

    def unit(stores: Any) -> None:
        for one in INDICATORS:
            for reach in Reach:
                found = one.read(stores, world.branches, YEAR, reach=reach, about=life.TITLE)
                everything = one.branches.read(stores, Asked(YEAR, reach, life.TITLE))
                assert found == {branch: everything.get(branch, NO_DATA) for branch in found}, "some as all"
                for branch, figure in found.items():
                    lines = whole(one, stores, world, branch, YEAR, reach=reach, about=life.TITLE)
                    check(one, figure, lines)
            people = [person.id for person in world.people]
            of_all = {} if one.people is None else one.people.read(stores, Asked(YEAR))
            for person, figure in one.read_people(stores, people, YEAR).items():
                assert of_all.get(person, NO_DATA) == figure
                check(one, figure, one.entries_of_person(stores, person, YEAR, window=Window(0, 1000)).entries)

    await database.read(unit)


def check(indicator: Indicator, figure: Figure, lines: Any) -> None:
    of = sum(one.of for one in lines)
    if indicator.word == QUESTIONS and not lines:
        return  # of too few people
    assert of == figure.of, indicator.word
    assert figure.value == (sum(one.part for one in lines) / of if of else None)
    assert [one.at for one in lines] == sorted((one.at for one in lines), reverse=True) or indicator.word == STUDY
