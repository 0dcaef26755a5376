"""Rules of trainings without a store: quarters, how long a certificate holds, what is due, what people write."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import MemberId, PersonId, RecordId, TrainingId
from domain.life.training.model import SOON, Record, Training
from domain.life.training.people import Learner
from domain.life.training.quarter import Quarter, months_on
from domain.life.training.standing import Standing, in_force, state, valid_until
from language import training as spoken
from tests.life.samples_training import training as sample
from tests.samples import lifelike

DAY = date(2026, 11, 25)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
YEARLY = replace(sample(lifelike), valid_months=12)


def got(on: date, of: Training = YEARLY) -> Record:
    return Record(RecordId(1), of.id, PersonId(1), None, on, valid_until(of, on))


@given(DAYS, st.integers(-40, 40))
def test_a_quarter_holds_its_day_and_can_be_counted_on_and_back(day: date, steps: int) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.later(1).first == quarter.last + timedelta(days=1)
    assert quarter.later(steps).later(-steps) == quarter


@given(DAYS, st.integers(1, 120))
def test_months_on_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    later = months_on(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 3000))
def test_a_certificate_holds_until_its_last_day_and_is_told_before(got_on: date, later: int) -> None:
    day, until = got_on + timedelta(days=later), months_on(got_on, 12)
    standing = state(YEARLY, [got(got_on)], day).standing
    assert standing.holds == (day <= until)
    assert (standing is Standing.DONE) == (day + SOON < until)
    for_good = replace(YEARLY, valid_months=None)
    assert state(for_good, [got(got_on, for_good)], day).standing is Standing.DONE


def test_the_certificate_that_holds_longest_counts() -> None:
    old, new = got(date(2025, 1, 1)), got(date(2026, 10, 1))
    assert state(YEARLY, [new, old], DAY).record == new
    assert state(YEARLY, [], DAY).standing is Standing.MISSING


def test_a_certificate_of_the_same_subject_counts_while_it_runs_out_at_all() -> None:
    for_good = replace(YEARLY, id=TrainingId(8), valid_months=None)
    other = replace(YEARLY, id=TrainingId(8))
    assert state(YEARLY, [got(DAY, other)], DAY).standing is Standing.DONE
    assert state(YEARLY, [got(DAY, for_good)], DAY).standing is Standing.MISSING


def test_what_is_required_is_due_from_its_quarter_on_and_once_a_subject() -> None:
    later = replace(YEARLY, id=TrainingId(8), quarter=Quarter(2027, 1))
    voluntary = replace(YEARLY, id=TrainingId(9), required=False, subject="急救")
    assert in_force([YEARLY, later, voluntary], DAY) == [YEARLY]
    assert in_force([later, YEARLY], date(2027, 1, 1)) == [later]
    assert in_force([YEARLY], date(2026, 9, 30)) == []


def test_a_record_is_somebodys_by_person_or_by_account() -> None:
    learner = Learner(PersonId(1), MemberId(2), "李伟")
    assert learner.has(got(DAY))
    assert learner.has(replace(got(DAY), person=None, member=MemberId(2)))
    assert not learner.has(replace(got(DAY), person=PersonId(3)))
    assert not Learner(None, None, "").has(replace(got(DAY), person=None))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("1.5小时", 90),
        ("90分钟", 90),
        ("半天", 240),
        ("0", 0),
        ("2 学时", 120),
        ("两三个", None),
        ("-1", None),
    ],
)
def test_a_length_is_read(text: str, minutes: int | None) -> None:
    assert spoken.minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("下季度", (2027, 1)),
        ("本季度", (2026, 4)),
        ("第一季度", (2027, 1)),
        ("四季度", (2026, 4)),
        ("2026年第二季度", (2026, 2)),
        ("明年三季度", (2027, 3)),
        ("Q2 2027", (2027, 2)),
        ("五季度", None),
        ("春天", None),
    ],
)
def test_a_quarter_is_read(text: str, found: object) -> None:
    assert spoken.quarter(text, DAY) == found


@pytest.mark.parametrize(("text", "months"), [("12个月", 12), ("3年", 36), ("24", 24), ("很久", None), ("0", 0)])
def test_months_are_read(text: str, months: int | None) -> None:
    assert spoken.months(text) == months
