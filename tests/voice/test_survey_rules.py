"""When a survey closes that names no time, and who may end it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from domain.clock import calendar
from domain.clock.calendar import Day
from domain.ids import SurveyId
from domain.messaging.chat import ChatKind, ChatProfile
from domain.messaging.poll import PollGone, Tally
from domain.people.actor import Actor
from domain.people.member import PersonProfile
from domain.people.permission import Area, Role
from domain.refusal import NotAllowed
from domain.voice import survey
from domain.voice.survey import AlreadyNudged, CannotNudge, Question, Survey, SurveyOver
from tests.stores import AT, LOCALE

KNOWN = [
    *(Day(date(2026, 10, number), is_workday=False) for number in range(1, 8)),
    Day(date(2026, 2, 14), is_workday=True),
]
QUESTION = Question("几点？", ("16:00", "17:00"))


def met(stores):
    """A group, its secretary, and somebody who was secretary of another."""
    group, other = (stores.chats.add(ChatProfile(-n, ChatKind.GROUP, str(n)), LOCALE, AT) for n in (1, 2))
    chen, li = (stores.members.add(PersonProfile(n, str(n)), AT) for n in (1, 2))
    for chat, member in ((group, chen), (group, li), (other, li)):
        stores.members.speak(chat.id, member.id, AT)
    stores.grants.add(chen, Role.SECRETARY, Area(group=group.id), None, AT)
    stores.grants.add(li, Role.SECRETARY, Area(group=other.id), None, AT)
    return group, other, Actor(chen, group, AT), Actor(li, group, AT)


def asked(stores, actor, question=QUESTION, closes_at=AT + timedelta(days=1)):
    made = Survey(SurveyId(0), actor.chat.id, actor.member, question, AT, closes_at)
    return stores.surveys.add(made, "1").id


@pytest.mark.parametrize(
    ("day", "closing"),
    [
        ("2026-11-23", "2026-11-26"),  # a Thursday
        ("2026-11-25", "2026-11-30"),  # from a Saturday on
        ("2026-09-28", "2026-10-08"),  # the National Day's week
        ("2026-02-11", "2026-02-14"),  # a Saturday that is worked
        ("2027-12-30", "2028-01-03"),  # a year that nobody has published yet
        ("2031-09-29", "2031-10-08"),
    ],
)
async def test_the_usual_closing_is_on_a_workday_also_in_years_that_are_not_known(database, day, closing):
    def unit(stores):
        group, *_ = met(stores)
        calendar.load(stores, days=KNOWN)
        at = datetime.fromisoformat(f"{day}T02:00:00+00:00")
        return group.local(survey.usual_closing(stores, group, at))

    found = await database.write(unit)
    if day.startswith("2031"):
        assert date(2031, 10, 2) <= found.date() <= date(2031, 10, 8)
    else:
        assert f"{found:%Y-%m-%d %H}" == f"{closing} 18"


async def test_a_calendar_without_workdays_keeps_within_what_a_poll_can_stay_open(database):
    def unit(stores):
        group, *_ = met(stores)
        calendar.load(stores, days=[Day(AT.date() + timedelta(days=n), is_workday=False) for n in range(30)])
        return survey.usual_closing(stores, group, AT) - AT

    assert await database.write(unit) <= survey.MAX_OPEN_TIME


async def test_its_asker_ends_it_without_a_role_and_a_stranger_to_the_group_does_not(database):
    def unit(stores):
        _, other, chen, li = met(stores)
        number = asked(stores, li)
        with pytest.raises(NotAllowed):
            survey.close_early(stores, li, survey_id=asked_by(stores, chen))
        with pytest.raises(SurveyOver):
            survey.withdraw(stores, replace(li, chat=other), survey_id=number)
        survey.withdraw(stores, li, survey_id=number)
        with pytest.raises(SurveyOver):
            survey.close_early(stores, chen, survey_id=number)
        return stores.surveys.get(number)

    def asked_by(stores, actor):
        made = Survey(SurveyId(0), actor.chat.id, actor.member, QUESTION, AT, AT + timedelta(days=1))
        return stores.surveys.add(made, "2").id

    found = await database.write(unit)
    assert (found.withdrawn_at, found.published_at) == (AT, None)


async def test_a_withdrawn_survey_is_in_no_list_and_takes_neither_votes_nor_results(database):
    def unit(stores):
        group, _, chen, li = met(stores)
        number = asked(stores, chen)
        survey.answer(stores, survey_id=number, by=li.member.id, options=[0], at=AT)
        before = stores.points.total(li.member.id)
        survey.withdraw(stores, chen, survey_id=number)
        survey.answer(stores, survey_id=number, by=li.member.id, options=[1], at=AT)
        survey.count(stores, survey_id=number, tally=Tally((0, 9), 9))
        survey.publish(stores, survey_id=number, count=Tally((0, 9), 9), at=AT)
        survey.close_due(stores, AT + timedelta(days=9))
        open_ones = stores.surveys.open_in([group.id], AT), stores.surveys.open_of(chen.member.id, AT)
        return before, stores.points.total(li.member.id), stores.surveys.get(number), open_ones, number

    before, after, found, open_ones, _ = await database.write(unit)
    assert (before, after) == (1, 0)
    assert (found.tally, found.published_at) == (None, None)
    assert open_ones == ([], [])


@pytest.mark.parametrize("count", [Tally((0, 0), 0), PollGone()])
async def test_without_votes_or_poll_the_group_hears_nothing(database, count):
    def unit(stores):
        _, _, chen, _ = met(stores)
        number = asked(stores, chen)
        survey.publish(stores, survey_id=number, count=count, at=AT)
        said = stores.connection.execute(text("SELECT count(*) FROM outbox")).scalar_one()
        return stores.surveys.get(number).published_at, said

    assert await database.write(unit) == (AT, 0)


async def test_nobody_is_reminded_twice_and_of_an_anonymous_survey_nobody(database):
    def unit(stores):
        _, _, chen, _ = met(stores)
        secret = asked(stores, chen, Question("几点？", ("16:00", "17:00"), anonymous=True))
        with pytest.raises(CannotNudge):
            survey.nudge(stores, chen, survey_id=secret)
        open_one = stores.surveys.get(secret)
        stores.surveys.save(replace(open_one, nudged_at=AT))
        return stores.surveys.get(secret).nudged_at

    assert await database.write(unit) == AT


async def test_of_an_anonymous_survey_no_answer_is_kept_whatever_is_told(database):
    def unit(stores):
        _, _, chen, li = met(stores)
        secret = asked(stores, chen, Question("几点？", ("16:00", "17:00"), anonymous=True, multiple=True))
        survey.answer(stores, survey_id=secret, by=li.member.id, options=[0, 1], at=AT)
        return stores.surveys.voters(secret), stores.points.total(li.member.id), stores.surveys.get(secret).question

    voters, total, question = await database.write(unit)
    assert (voters, total, question.multiple) == (set(), 0, True)


async def test_who_was_reminded_once_is_not_again(database):
    def unit(stores):
        _, _, chen, li = met(stores)
        private = stores.chats.add(ChatProfile(2, ChatKind.PRIVATE, "2"), LOCALE, AT)
        stores.members.save(replace(li.member, private=private.id))
        number = asked(stores, chen)
        told = survey.nudge(stores, chen, survey_id=number)
        with pytest.raises(AlreadyNudged):
            survey.nudge(stores, chen, survey_id=number)
        return told.reminded, told.others

    assert await database.write(unit) == (1, 0)
