"""What is chosen for a day, whatever there is to choose from."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import StudyItemId
from domain.study.choosing import (
    AGAIN_AFTER,
    MANY_WRONG,
    REVIEW_AFTER,
    Campaign,
    Candidate,
    Choice,
    Reason,
    after,
    ahead,
    choose,
    ranked,
)

MONDAY = date(2026, 11, 23)
A_DAY = timedelta(days=1)
few = settings(max_examples=30)
REVIEWS = (Reason.WRONG,)
near = st.integers(-120, 60).map(lambda days: MONDAY + days * A_DAY)


@st.composite
def candidate(draw: st.DrawFn, number: int) -> Candidate:
    answered = draw(st.integers(0, 9))
    course = draw(st.sampled_from([None, None, 1, 2]))
    shown = draw(st.one_of(st.none(), st.integers(1, 120).map(lambda days: MONDAY - days * A_DAY)))
    return Candidate(
        StudyItemId(number),
        for_group=draw(st.integers(0, 5)) > 0,
        effective=draw(st.one_of(st.none(), near)),
        expires=draw(st.one_of(st.none(), near)),
        withdrawn=draw(st.integers(0, 5)) == 0,
        last_shown=shown,
        answered=answered if shown else 0,
        wrong=draw(st.integers(0, answered)) if shown else 0,
        course=course,
        lesson=draw(st.integers(1, 3)) if course else 0,
        campaigns=draw(st.frozensets(st.sampled_from([1, 2]), max_size=1)),
    )


@st.composite
def library(draw: st.DrawFn) -> list[Candidate]:
    return [draw(candidate(number)) for number in range(1, draw(st.integers(0, 8)) + 1)]


@st.composite
def campaign(draw: st.DrawFn, number: int) -> Campaign:
    begins = MONDAY + draw(st.integers(-10, 5)) * A_DAY
    held = tuple(draw(st.lists(st.booleans(), max_size=8))) if begins < MONDAY else ()
    share = Fraction(draw(st.integers(1, 5)), 5)
    return Campaign(number, "主题教育", begins, begins + draw(st.integers(0, 30)) * A_DAY, share, held)


campaigns = st.integers(0, 2).flatmap(lambda count: st.tuples(*(campaign(number) for number in range(1, count + 1))))


def lawful(one: Candidate) -> bool:
    """Whether an item is in force on the day, and for this group."""
    begun = one.effective is None or one.effective <= MONDAY
    return one.for_group and not one.withdrawn and begun and (one.expires is None or one.expires >= MONDAY)


def is_review_or_old(one: Candidate, reason: Reason) -> bool:
    """Whether an item has not come within 90 days, but as a review of what came a week ago or more."""
    age = AGAIN_AFTER if one.last_shown is None else MONDAY - one.last_shown
    return age >= AGAIN_AFTER or (reason in REVIEWS and age >= REVIEW_AFTER)


def is_next(one: Candidate, items: list[Candidate]) -> bool:
    """Whether a lesson is the first of its course that is left."""
    left = [other for other in items if other.course == one.course and other.last_shown is None and lawful(other)]
    return one.lesson == min(other.lesson for other in left)


@few
@given(library(), campaigns, st.randoms(use_true_random=False))
def test_whatever_there_is_the_choice_keeps_the_rules(
    items: list[Candidate], going: tuple[Campaign, ...], dice: Random
) -> None:
    by_id = {one.id: one for one in items}
    found = ranked(MONDAY, items, going)
    for choice in found:
        one = by_id[choice.item]
        assert lawful(one)
        assert is_review_or_old(one, choice.reason)
        assert choice.reason is not Reason.COURSE or is_next(one, items)
    mixed, others = list(items), list(going)
    dice.shuffle(mixed)
    dice.shuffle(others)
    assert ranked(MONDAY, mixed, others) == found, "the order of rows does not matter"
    assert choose(MONDAY, mixed, others) == next(iter(found), None)
    assert ahead([MONDAY], items, going, {}) == [choose(MONDAY, items, going)]
    by_itself = [by_id[choice.item] for choice in ranked(MONDAY, items, ())]
    seen = [one.last_shown is not None for one in by_itself]
    assert seen == sorted(seen), "what is unseen comes first"
    shares = [one.share_wrong for one in by_itself if one.last_shown and one.share_wrong >= MANY_WRONG]
    assert shares == sorted(shares, reverse=True), "then what most got wrong"


@few
@given(library(), campaigns)
def test_over_a_plan_nothing_comes_twice_within_ninety_days_but_as_a_review(
    items: list[Candidate], going: tuple[Campaign, ...]
) -> None:
    days = [MONDAY + number * A_DAY for number in range(12)]
    last = {one.id: one.last_shown for one in items}
    for day, choice in zip(days, ahead(days, items, going, {}), strict=True):
        if choice is None:
            continue
        before = last[choice.item]
        assert before is None or day - before >= AGAIN_AFTER or choice.reason in REVIEWS
        last[choice.item] = day


@few
@given(st.integers(1, 20).flatmap(lambda whole: st.integers(1, whole).map(lambda part: Fraction(part, whole))))
def test_a_campaign_has_its_share_of_the_days_in_every_stretch(share: Fraction) -> None:
    days = [MONDAY + number * A_DAY for number in range(25)]
    own = [Candidate(StudyItemId(number), campaigns=frozenset({1})) for number in range(1, 26)]
    others = [Candidate(StudyItemId(number)) for number in range(101, 126)]
    plan = ahead(days, [*own, *others], [Campaign(1, "主题教育", MONDAY, days[-1], share)], {})
    had = [choice is not None and choice.reason is Reason.CAMPAIGN for choice in plan]
    for first in range(len(days)):
        for last in range(first + 1, len(days) + 1):
            assert abs(sum(had[first:last]) - share * (last - first)) <= 1


@few
@given(st.lists(st.booleans(), max_size=40), st.integers(1, 5))
def test_a_campaign_never_asks_for_more_than_its_share_afterwards(missed: list[bool], fifths: int) -> None:
    """Days on which it had nothing to show, or somebody chose otherwise, are made up for by one day at most."""
    share, held, had = Fraction(fifths, 5), (), []
    for blocked in missed:
        turn = Campaign(1, "", MONDAY, MONDAY, share, held).credit() >= 1 and not blocked
        held, had = (*held, turn), [*had, turn]
    for first in range(len(had)):
        for last in range(first + 1, len(had) + 1):
            assert sum(had[first:last]) <= share * (last - first) + 1


ONE, TWO, THREE = (Candidate(StudyItemId(number)) for number in (1, 2, 3))


def test_each_choice_has_its_reason() -> None:
    lesson = replace(ONE, course=7, course_title="党章", lesson=3)
    assert choose(MONDAY, [TWO, lesson], ()) == Choice(ONE.id, Reason.COURSE, 3, "党章")
    assert choose(MONDAY, [THREE, TWO], ()) == Choice(TWO.id, Reason.UNSEEN)
    wrong = replace(ONE, last_shown=MONDAY - REVIEW_AFTER, answered=3, wrong=1)
    assert choose(MONDAY, [wrong], ()) == Choice(ONE.id, Reason.WRONG)
    assert choose(MONDAY, [replace(ONE, last_shown=MONDAY - AGAIN_AFTER)], ()) == Choice(ONE.id, Reason.AGAIN)
    going = Campaign(4, "主题教育", MONDAY - 2 * A_DAY, MONDAY, Fraction(1), (True, True))
    assert choose(MONDAY, [ONE, replace(TWO, campaigns=frozenset({4}))], [going]) == Choice(
        TWO.id, Reason.CAMPAIGN, 3, "主题教育"
    )


def test_what_somebody_chose_is_kept_for_its_day() -> None:
    days = [MONDAY, MONDAY + A_DAY, MONDAY + 2 * A_DAY]
    assert ahead(days, [ONE, TWO, THREE], (), {days[1]: ONE.id}) == [
        Choice(TWO.id, Reason.UNSEEN),
        Choice(ONE.id, Reason.SECRETARY),
        Choice(THREE.id, Reason.UNSEEN),
    ]
    assert ahead(days[:1], [ONE], (), {MONDAY: None}) == [None]
    expired = replace(ONE, expires=MONDAY - A_DAY)
    assert ahead(days[:1], [expired, TWO], (), {MONDAY: ONE.id}) == [Choice(TWO.id, Reason.UNSEEN)]


def test_the_next_choice_goes_round() -> None:
    choices = ranked(MONDAY, [ONE, TWO, THREE], ())
    assert [after(one, choices) for one in (1, 2, 3, None, 9)] == [choices[place] for place in (1, 2, 0, 0, 0)]
    assert after(ONE.id, choices[:1]) is None


def test_a_lesson_that_is_not_in_force_yet_holds_up_its_course_and_an_expired_one_does_not() -> None:
    first, second = replace(ONE, course=1, lesson=1), replace(TWO, course=1, lesson=2)
    assert choose(MONDAY, [replace(first, effective=MONDAY + A_DAY), second], ()) is None
    assert choose(MONDAY, [replace(first, expires=MONDAY - A_DAY), second], ()) == Choice(TWO.id, Reason.COURSE, 2)
