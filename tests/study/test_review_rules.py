"""When a question comes back: the library's own figures, and ours."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import MemberId, QuestionId
from domain.study.attempt import Attempt, Occasion, OccasionKind
from domain.study.question import Question, QuestionKind
from domain.study.review import schedule
from domain.study.review.rating import comes_back, ends, rating_of, reading_time
from domain.study.review.schedule import KNOWN_DAYS, Memory, Rating

AGAIN, HARD, GOOD, EASY = Rating
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
ENDLESS = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)  # intervals may be of any length


def memories(ratings, after, scheduler=ENDLESS):
    """What is remembered after each of these answers, each some days after the one before."""
    found, day = [], MONDAY
    for rating, days in zip(ratings, after, strict=True):
        day += days * DAY
        found.append(schedule.after(found[-1] if found else None, rating, day, scheduler))
    return found


def intervals(found):
    return [(one.due_on - one.asked_on).days for one in found]


def in_time(ratings):
    """What is remembered where each answer is given on the day that it is due."""
    found = []
    for rating in ratings:
        found.append(schedule.after(found[-1] if found else None, rating, found[-1].due_on if found else MONDAY))
    return found


def test_the_reference_history_of_the_library_comes_out():
    """py-fsrs 6.3, tests/test_basic.py, test_review_card: [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21].

    Its noughts are steps of minutes, which we do not have: at those places a review is on the same day, and ours says
    in how many days the question comes back.
    """
    reference = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    found = intervals(memories([GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5, [0, *reference[:-1]]))
    assert [ours if known else 0 for ours, known in zip(found, reference, strict=True)] == reference


def test_the_reference_state_of_the_library_comes_out():
    """py-fsrs 6.3, tests/test_basic.py, test_memo_state."""
    last = memories([AGAIN] + [GOOD] * 5, [0, 0, 1, 3, 8, 21])[-1]
    assert last.stability == pytest.approx(53.62691, abs=1e-4)
    assert last.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_what_is_always_easy_gets_least_difficult_as_in_the_library():
    """py-fsrs 6.3, tests/test_basic.py, test_repeated_correct_reviews: ten times on a day."""
    assert memories([EASY] * 10, [0] * 10)[-1].difficulty == 1.0


@given(st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 400)), min_size=1, max_size=12))
def test_any_history_is_the_librarys_own(history):
    card, at = fsrs.Card(card_id=1), datetime(2026, 11, 23, tzinfo=UTC)
    found = memories([rating for rating, _ in history], [days for _, days in history])
    for ours, (rating, days) in zip(found, history, strict=True):
        at += days * DAY
        card, _ = ENDLESS.review_card(card, fsrs.Rating(rating), at)
        assert (ours.stability, ours.difficulty) == (card.stability, card.difficulty)
        assert ours.due_on == card.due.date()


@pytest.mark.parametrize(
    ("ratings", "days"),
    [
        ([AGAIN, GOOD, GOOD, GOOD, GOOD], [1, 2, 6, 17, 44]),
        ([HARD, GOOD, GOOD, GOOD], [1, 5, 17, 50]),
        ([AGAIN, AGAIN, GOOD, GOOD, GOOD, GOOD], [1, 1, 1, 2, 4, 8]),
        ([AGAIN, HARD, GOOD, GOOD, GOOD], [1, 1, 3, 8, 18]),
        ([AGAIN, EASY, EASY, EASY], [1, 3, 18, 101]),
    ],
)
def test_a_question_comes_back_after(ratings, days):
    assert intervals(in_time(ratings)) == days


def test_four_right_answers_within_a_month_end_it():
    found = in_time([AGAIN, GOOD, GOOD, GOOD, GOOD])
    assert [one.is_known for one in found] == [False, False, False, False, True]
    assert (found[-1].asked_on - found[0].asked_on).days < 31


@given(st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 4000)), min_size=1, max_size=12))
def test_nobody_is_asked_twice_on_a_day_and_nothing_waits_for_more_than_a_year(history):
    found = memories([rating for rating, _ in history], [days for _, days in history], schedule._SCHEDULER)
    assert all(1 <= days <= schedule.MAX_INTERVAL_DAYS for days in intervals(found))
    assert all(1 <= one.difficulty <= 10 for one in found)


def test_guesses_alone_never_end_it():
    ratings = [AGAIN] + [HARD] * 20
    found = in_time(ratings)
    assert found[-1].is_known
    assert not any(ends(rating, memory) for rating, memory in zip(ratings, found, strict=True))
    assert ends(GOOD, found[-1])


def test_an_answer_that_comes_late_is_not_before_the_last():
    first = schedule.after(None, AGAIN, MONDAY)
    assert schedule.after(first, GOOD, MONDAY - 3 * DAY) == schedule.after(first, GOOD, MONDAY)


def test_importing_the_schedule_loads_no_optimizer():
    asked = "import sys; import domain.study.review.schedule; print({'torch', 'fsrs.optimizer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


QUESTION = Question("a", QuestionKind.SINGLE, "问" * 60, ("对" * 20, "错" * 20), (0,))  # 25 seconds to read


def attempt(*, right=True, took=None, hasty=False, kind=OccasionKind.DAILY):
    seconds = None if took is None else timedelta(seconds=took)
    return Attempt(MemberId(1), QuestionId(1), Occasion(kind, 1, None), (0,), right, AT, seconds, hasty)


@pytest.mark.parametrize(
    ("given_answer", "rating"),
    [
        (attempt(right=False), AGAIN),
        (attempt(right=False, took=3, hasty=True), AGAIN),
        (attempt(took=3, hasty=True), HARD),
        (attempt(took=3, hasty=True, kind=OccasionKind.REVIEW), HARD),
        (attempt(), GOOD),
        (attempt(took=25), GOOD),
        (attempt(took=50), GOOD),
        (attempt(took=51), HARD),
        (attempt(took=601), GOOD),
        (attempt(took=25, kind=OccasionKind.REVIEW), EASY),
        (attempt(took=26, kind=OccasionKind.REVIEW), GOOD),
        (attempt(took=51, kind=OccasionKind.REVIEW), HARD),
    ],
)
def test_an_answer_is_rated(given_answer, rating):
    assert rating_of(given_answer, QUESTION) == rating


def test_what_was_known_at_once_does_not_come_back():
    assert [one for one in Rating if comes_back(one)] == [AGAIN, HARD]


def test_a_short_question_leaves_time():
    assert reading_time(Question("b", QuestionKind.TRUE_FALSE, "对吗？", right=(0,))) == timedelta(seconds=10)


def test_all_sides_of_pairs_are_read():
    pairs = Question("c", QuestionKind.MATCHING, "配" * 40, pairs=(("甲" * 10, "乙" * 10), ("丙" * 10, "丁" * 10)))
    assert reading_time(pairs) == timedelta(seconds=20)


def test_known_is_what_lasts_for_a_month():
    assert Memory(KNOWN_DAYS, 5.0, MONDAY, MONDAY).is_known
    assert not Memory(KNOWN_DAYS - 0.1, 5.0, MONDAY, MONDAY).is_known
