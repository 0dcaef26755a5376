"""Anonymous answers are kept under branches that hide them."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import BranchId
from domain.voice.questionnaire.rollup import rolled_up

COMMITTEE, FIRST, SECOND, THIRD, TEAM = map(BranchId, range(1, 6))
PARENTS = {COMMITTEE: None, FIRST: COMMITTEE, SECOND: COMMITTEE, THIRD: COMMITTEE, TEAM: FIRST}


def kept(least=5, parents=PARENTS, **counts):
    names = {"committee": COMMITTEE, "first": FIRST, "second": SECOND, "third": THIRD, "team": TEAM, "none": None}
    answers = [names[name] for name, count in counts.items() for _ in range(count)]
    return Counter(rolled_up(answers, parents, least))


def test_a_branch_of_which_enough_answered_keeps_its_answers():
    assert kept(first=5, second=7) == {FIRST: 5, SECOND: 7}


def test_two_small_branches_are_kept_under_the_one_above_them():
    assert kept(first=6, second=3, third=2) == {FIRST: 6, COMMITTEE: 5}


def test_one_small_branch_takes_the_smallest_beside_it_along_for_it_could_be_subtracted():
    assert kept(first=9, second=6, third=2) == {FIRST: 9, COMMITTEE: 8}


def test_a_small_branch_alone_is_kept_under_none_with_those_of_no_branch():
    assert kept(first=3, none=2) == {None: 5}


def test_too_few_in_all_are_of_no_branch():
    assert kept(first=2, second=2) == {None: 4}


def test_a_few_people_above_full_branches_take_one_along():
    assert kept(first=6, second=8, committee=1) == {SECOND: 8, COMMITTEE: 7}


def test_a_few_people_of_no_branch_take_one_along():
    assert kept(first=6, second=8, none=1) == {SECOND: 8, None: 7}


def test_a_team_is_kept_with_its_branch():
    assert kept(team=3, first=4, second=5) == {FIRST: 7, SECOND: 5}


def test_a_branch_that_nobody_knows_is_none():
    assert Counter(rolled_up([BranchId(99)] * 5, PARENTS, 5)) == {None: 5}


def test_branches_in_a_circle_end():
    assert sum(Counter(rolled_up([FIRST] * 3, {FIRST: SECOND, SECOND: FIRST}, 5)).values()) == 3


@st.composite
def trees(draw):
    """A tree of branches, and answers from all over it."""
    count = draw(st.integers(1, 12))
    parents = {BranchId(one): draw(st.sampled_from([None, *range(1, one)])) for one in range(1, count + 1)}
    answers = draw(st.lists(st.sampled_from([None, *parents]), max_size=60))
    return parents, answers, draw(st.integers(3, 7))


@settings(max_examples=60)
@given(trees())
def test_no_group_is_smaller_than_the_threshold(made):
    parents, answers, least = made
    sizes = Counter(rolled_up(answers, parents, least)).values()
    assert all(size >= least for size in sizes) or len(answers) < least
    assert sum(sizes) == len(answers)


@settings(max_examples=60)
@given(trees())
def test_no_sum_of_a_branch_and_all_below_it_tells_of_fewer(made):
    """The sums that results can show, and any difference of two of which one holds the other."""
    parents, answers, least = made
    if len(answers) < least:
        return
    groups = rolled_up(answers, parents, least)
    sums = {top: sum(top is None or top in above(one, parents) for one in groups) for top in [None, *parents]}
    for high in [None, *parents]:
        inside = [one for one in parents if one != high and (high is None or high in above(one, parents))]
        assert all(not 0 < sums[high] - sums[one] < least for one in inside)
        children = [one for one in parents if parents[one] == high]
        assert not 0 < sums[high] - sum(sums[one] for one in children) < least


@settings(max_examples=60)
@given(trees())
def test_an_answer_is_kept_under_its_own_branch_or_one_above(made):
    parents, answers, least = made
    for branch, place in zip(answers, rolled_up(answers, parents, least), strict=True):
        assert place is None or place in above(branch, parents)


@settings(max_examples=60)
@given(trees(), st.randoms())
def test_the_order_of_answers_does_not_matter(made, random):
    parents, answers, least = made
    mixed = random.sample(answers, len(answers))
    assert Counter(rolled_up(answers, parents, least)) == Counter(rolled_up(mixed, parents, least))


def above(branch, parents):
    """A branch and those above it."""
    found = []
    while branch is not None:
        found.append(branch)
        branch = parents[branch]
    return found
