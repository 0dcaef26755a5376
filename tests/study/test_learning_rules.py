"""Figures of learning: intervals, what is hardest, what several groups have learnt together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import QuestionId
from domain.people.person import Rate
from domain.study.learning.figures import Asked, Learnt, Share, hardest, together, wilson
from domain.study.learning.letter import LISTED, letter
from domain.study.learning.service import rolled_up, tellable
from tests.samples import MONDAY, TUESDAY


def asked(number, right, answered, text="?"):
    return Asked(QuestionId(number), text, Share(right, answered))


def learnt(name, took_part, of, *, first=(0, 0), kept=(0, 0), questions=(), unopened=()):
    return Learnt(name, Rate(took_part, of), Share(*first), Share(*kept), questions, unopened)


@pytest.mark.parametrize(
    ("right", "answered", "low", "high"),
    [  # Brown, Cai and DasGupta (2001), and R: prop.test(…, correct = FALSE)
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 20, 0.0089, 0.2361),
        (72, 100, 0.6251, 0.7986),
    ],
)
def test_an_interval_is_wilsons(right, answered, low, high):
    found = wilson(right, answered)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_the_share_and_narrows_with_more_answers(right, wrong):
    answered = right + wrong
    found, more = wilson(right, answered), wilson(4 * right, 4 * answered)
    assert 0 <= found.low <= found.high <= 1
    if answered:
        assert found.low - 1e-9 <= right / answered <= found.high + 1e-9
        assert more.high - more.low <= found.high - found.low


def test_the_hardest_question_is_that_of_which_most_is_known_to_be_wrong():
    few, many, easy = asked(1, 0, 4), asked(2, 10, 40), asked(3, 38, 40)
    once = asked(4, 1, 5)
    assert hardest([few, easy, many, once], people=30) == [once, many, easy]
    assert hardest([asked(5, 0, 5), asked(6, 0, 50)], people=30)[0].question == 6, "it is surer"
    assert hardest([asked(7, 9, 9)], people=30) == [], "one that all know is not hard"


@pytest.mark.parametrize("people", [0, 1, 4])
def test_questions_of_few_people_are_not_told(people):
    questions = [asked(1, 0, 5)]
    assert hardest(questions, people) == []
    assert tellable(learnt("a", 0, max(1, people), questions=questions)) == []


def test_answers_to_a_question_of_several_groups_are_added_up():
    assert together([[asked(1, 1, 3), asked(2, 2, 2)], [asked(1, 4, 5)]]) == [asked(1, 5, 8), asked(2, 2, 2)]


def test_a_branch_has_learnt_what_its_groups_have_and_keeps_a_small_ones_questions_to_itself():
    large = learnt("a", 6, 10, first=(8, 10), kept=(1, 2), questions=[asked(1, 8, 10)], unopened=["x"])
    small = learnt("b", 2, 4, first=(0, 6), kept=(1, 1), questions=[asked(1, 0, 6)], unopened=["x", "y"])
    found = rolled_up("all", [large, small])
    assert (found.reach, found.first, found.kept) == (Rate(8, 14), Share(8, 16), Share(2, 3))
    assert found.asked == [asked(1, 8, 10)]
    assert found.unopened == ["x", "y"]


def test_a_letter_tells_of_what_happened_alone():
    quiet = learnt("quiet", 0, 9, unopened=["x"])
    assert letter(MONDAY, TUESDAY, [quiet]) is None
    busy = [learnt(f"{number:02}", number, 20) for number in range(1, LISTED + 3)]
    found = letter(MONDAY, TUESDAY, [quiet, *busy])
    assert found is not None
    assert [one.name for one in found.listed][:2] == ["10", "09"]
    assert (len(found.listed), found.more) == (LISTED, 2)
    assert len(found.picture.values["lines"]) == LISTED


def test_the_picture_of_one_group_shows_what_it_read_answered_and_kept():
    one = learnt("a", 6, 10, first=(8, 10), questions=[asked(1, 2, 6, "x" * 90)])
    found = letter(MONDAY, TUESDAY, [one])
    assert found is not None
    lines = found.picture.values["lines"]
    assert [(line["kind"], line["part"], line["of"]) for line in lines] == [
        ("reach", 6, 10),
        ("first", 8, 10),
        ("question", 2, 6),
    ]
    assert found.listed == ()
