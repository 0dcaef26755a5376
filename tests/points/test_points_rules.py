"""Small rules with sharp edges: limits of a survey, what counts as the same words, what a week adds up to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.messaging.chat import monday
from domain.messaging.message import NOWHERE
from domain.people.actor import Actor
from domain.points import points
from domain.report import summary
from domain.reporting import Week
from domain.study import study
from domain.voice import suggestion, survey
from domain.voice.suggestion import Became, Empty, Tagging, TooLong, TooManySuggestions, fingerprint
from domain.voice.survey import (
    MAX_OPEN_TIME,
    MAX_OPTION_CHARS,
    MAX_OPTIONS,
    MAX_QUESTION_CHARS,
    ClosesTooLate,
    Question,
    SameOption,
    TooFewOptions,
    TooManyOptions,
)
from tests.points.events import ANSWERED, LATE, READ
from tests.stores import AT, queued

OPTIONS = tuple(f"{number}" for number in range(MAX_OPTIONS))


@pytest.mark.parametrize(
    ("text", "options", "refusal"),
    [
        ("?", (), TooFewOptions),
        ("?", ("a",), TooFewOptions),
        ("?", (*OPTIONS, "x"), TooManyOptions),
        ("?" * (MAX_QUESTION_CHARS + 1), ("a", "b"), survey.TooLong),
        ("?", ("a", "b" * (MAX_OPTION_CHARS + 1)), survey.TooLong),
        ("?", ("a", "b", "a"), SameOption),
    ],
)
def test_a_poll_that_cannot_be_shown_is_refused(text, options, refusal):
    with pytest.raises(refusal):
        Question(text, options)


def test_a_poll_at_its_limits_is_taken():
    assert Question("?" * MAX_QUESTION_CHARS, ("b" * MAX_OPTION_CHARS, *OPTIONS[1:])).options[1] == "1"


async def test_a_survey_stays_open_for_a_month_at_most_and_a_minute_at_least(database, branch):
    actor = Actor(branch.li, branch.group, AT, is_platform_admin=True)
    asking = {"actor": actor, "question": Question("?", ("a", "b")), "thread": NOWHERE}
    with pytest.raises(ClosesTooLate):
        await database.write(survey.ask, closes_at=AT + MAX_OPEN_TIME + timedelta(seconds=1), source="1", **asking)
    longest = await database.write(survey.ask, closes_at=AT + MAX_OPEN_TIME, source="1", **asking)
    shortest = await database.write(survey.ask, closes_at=AT + timedelta(seconds=1), source="2", **asking)
    usual = await database.write(survey.ask, closes_at=None, source="3", **asking)
    assert [one.closes_at - AT for one in (longest, shortest)] == [MAX_OPEN_TIME, timedelta(minutes=1)]
    assert branch.group.local(usual.closes_at).isoformat() == "2026-11-30T18:00:00+08:00", "the 28th is a Saturday"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("加个热菜！", "加个热菜"),
        ("ＡＢ１", "ab1"),
        ("食堂 热菜", "食堂，热菜\n"),
        ("Straße", "STRASSE"),
        ("热\u200b菜", "热菜"),
    ],
)
def test_the_same_words_have_one_fingerprint(one, other):
    assert fingerprint(one) == fingerprint(other) != ""


@pytest.mark.parametrize(("one", "other"), [("三号皮带机", "五号皮带机"), ("3号", "5号"), ("热菜", "凉菜")])
def test_other_words_have_another(one, other):
    assert fingerprint(one) != fingerprint(other)


@given(st.text())
def test_a_fingerprint_is_its_own(text):
    assert fingerprint(fingerprint(text)) == fingerprint(text)


def make(stores, actor, text, number, at=AT):
    return suggestion.make(stores, replace(actor, now=at), text=text, tagging=Tagging(), source=f"1/{number}")


@pytest.fixture
def actor(branch):
    return Actor(branch.li, branch.group, AT)


@pytest.mark.parametrize(("text", "refusal"), [("", Empty), (" \n", Empty), ("！？…🙂", Empty), ("字" * 2001, TooLong)])
async def test_what_is_no_suggestion_is_refused(database, actor, text, refusal):
    with pytest.raises(refusal):
        await database.write(make, actor, text, 1)


async def test_the_same_words_are_counted_and_an_edit_corrects(database, actor):
    first = await database.write(make, actor, "加个热菜", 1)
    again = await database.write(make, actor, "加个 热菜！", 2)
    edited = await database.write(make, actor, "加个凉菜", 1)
    assert (first.became, first.credit.points) == (Became.NEW, 2)
    assert (again.became, again.credit, again.suggestion.repeats) == (Became.COUNTED, None, 1)
    assert (edited.became, edited.credit, edited.suggestion.text) == (Became.CORRECTED, None, "加个凉菜")
    assert {again.suggestion.id, edited.suggestion.id} == {first.suggestion.id}


async def test_ten_an_hour_are_enough(database, actor):
    for number in range(suggestion.MAX_PER_HOUR):
        await database.write(make, actor, f"第{number}条", number)
    with pytest.raises(TooManySuggestions):
        await database.write(make, actor, "还有一条", 99)
    later = await database.write(make, actor, "还有一条", 99, AT + timedelta(hours=1, microseconds=1))
    assert later.became is Became.NEW


async def test_what_goes_over_a_days_cap_is_noted_without_points_and_the_next_day_counts_again(database, branch):
    def award(stores, number, at):
        return points.award(stores, branch.li.id, branch.group, *READ, source=f"s:{number}", cause="x", at=at)

    midnight = datetime(2026, 11, 25, 16, tzinfo=UTC)  # in Shanghai
    given_ = [await database.write(award, number, midnight - timedelta(minutes=5)) for number in range(4)]
    assert [(credit.points, credit.capped, credit.total) for credit in given_] == [
        (1, False, 1),
        (1, False, 2),
        (1, False, 3),
        (0, True, 3),
    ]
    assert await database.write(award, 3, midnight) is None, "noted once, however little it gave"
    assert (await database.write(award, 4, midnight)).points == 1


async def test_what_is_reversed_can_be_earned_again(database, branch):
    def award(stores):
        return points.award(stores, branch.li.id, branch.group, *ANSWERED, source="s:1", cause="x", at=AT)

    def reverse(stores):
        points.reverse(stores, branch.li.id, ANSWERED[0], source="s:1", at=AT)
        return stores.points.total(branch.li.id)

    assert (await database.write(award)).total == 1
    assert [await database.write(reverse) for _ in range(2)] == [0, 0]
    assert (await database.write(award)).total == 1


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_weeks_monday_is_a_monday_within_the_last_seven_days(day):
    assert monday(day).weekday() == 0
    assert timedelta() <= day - monday(day) < timedelta(days=7)


NAMES = (
    "points_active",
    "study_items",
    "study_read",
    "study_answered",
    "study_right",
    "study_challengers",
    "study_longest",
)
NAMES += ("follow_reported", "task_on_time", "task_late", "task_open", "task_overdue", "thanks_given")


@pytest.mark.parametrize(
    ("counted", "happened"),
    [({"study_items": 5, "task_open": 3}, False), ({"points_active": 1}, True), ({"task_on_time": 1}, True),
     ({"task_late": 1}, True), ({"task_open": 1, "task_overdue": 1}, True)],
)  # fmt: skip
async def test_a_week_is_empty_until_something_happened(database, branch, counted, happened):
    week = Week(branch.group, AT, AT, {**dict.fromkeys(NAMES, 0), **counted})
    told = await database.read(lambda stores: stores.hooks.told(week))
    assert any(one.happened for one in told) is happened


async def test_a_published_survey_and_a_suggestion_have_happened(database, branch, actor):
    week = Week(branch.group, AT, AT + timedelta(days=1), dict.fromkeys(NAMES, 0))

    def unit(stores):
        make(stores, actor, "加个热菜", 1)
        asker = replace(actor, is_platform_admin=True)
        question = Question("?", ("a", "b"))
        asked = survey.ask(stores, asker, question=question, closes_at=None, source="2", thread=NOWHERE)
        survey.publish(stores, survey_id=asked.id, count=None, at=AT)
        return [(one.text.text, one.happened) for one in stores.hooks.told(week)]

    assert await database.write(unit) == [("survey.summary", True), ("suggestion.summary", True)]


async def test_the_weekly_post_tells_the_week_before_once_and_nothing_of_an_empty_one(database, branch):
    monday_morning = datetime(2026, 11, 30, 1, tzinfo=UTC)

    def post(stores, slot):
        summary.post(stores, branch.group, slot)
        return [row.body["text"] for row in queued(stores)]

    assert await database.write(post, monday_morning) == []
    await database.write(
        lambda stores: points.award(stores, branch.li.id, branch.group, *LATE, source="t", cause="x", at=AT)
    )
    (said,) = await database.write(post, monday_morning)
    assert "monday=datetime.date(2026, 11, 23), sunday=datetime.date(2026, 11, 29)" in said
    assert "Text(text='points.summary', values={'active': 1, 'rate': None, 'step': {}})" in said
    assert len(await database.write(post, monday_morning + timedelta(hours=2))) == 1
    assert len(await database.write(post, monday_morning + timedelta(days=7))) == 1


async def test_a_week_so_far_ends_now(database, branch):
    await database.write(
        lambda stores: points.award(stores, branch.li.id, branch.group, *LATE, source="t", cause="x", at=AT)
    )
    before = await database.read(summary.this_week, Actor(branch.li, branch.group, AT, is_platform_admin=True))
    later = Actor(branch.li, branch.group, AT + timedelta(seconds=1), is_platform_admin=True)
    after = await database.read(summary.this_week, later)
    assert [part.values["active"] for part in after.parts] == [1]
    assert (before.parts, after.so_far) == ([], True)


async def test_an_item_is_given_once_a_day_and_the_old_button_expires(database, branch):
    await database.write(study.load, lessons=[study.Lesson("a", "t", "", "x", "s")])
    given_ = await database.write(lambda stores: study.prompt(stores, branch.group, AT))
    await database.write(lambda stores: study.prompt(stores, branch.group, AT + timedelta(hours=3)))
    assert len(await database.read(queued)) == 1
    week = timedelta(days=7)
    over, last = (Actor(branch.li, branch.group, AT + week + past) for past in (timedelta(microseconds=1), timedelta()))
    with pytest.raises(study.PromptOver):
        await database.write(study.read, over, prompt_id=given_.id)
    assert (await database.write(study.read, last, prompt_id=given_.id)).credit.points == 1
    with pytest.raises(study.AlreadyRead):
        await database.write(study.read, Actor(branch.li, branch.group, AT), prompt_id=given_.id)
