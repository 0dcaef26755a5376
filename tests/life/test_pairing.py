"""Who inspects whom: the rules hold for any round, and what is impossible is said with its reason."""

import time
from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import BranchId
from domain.life.inspection.pairing import pair
from domain.life.inspection.pairing_rules import Impossible, Rule, Wish, rule_against


def branches(count: int) -> list[BranchId]:
    return [BranchId(number) for number in range(1, count + 1)]


def arc(one: int, other: int) -> tuple[BranchId, BranchId]:
    return BranchId(one), BranchId(other)


def check(wish: Wish, arcs: tuple[tuple[BranchId, BranchId], ...]) -> None:
    """All rules, counted anew."""
    assert len(set(arcs)) == len(arcs)
    assert not set(arcs) & {(other, one) for one, other in arcs}
    assert wish.wanted <= set(arcs)
    assert all(rule_against(wish, one, other) is None for one, other in arcs)
    inspected, inspects = Counter(other for _, other in arcs), Counter(one for one, _ in arcs)
    for branch in wish.branches:
        assert inspected[branch] == wish.each
        if branch not in wish.idle:
            assert abs(inspects[branch] - inspected[branch]) <= 1


def possible(wish: Wish) -> bool:
    """Whether any choice of one inspector each keeps the rules, tried one after another."""
    for chosen in product(wish.branches, repeat=len(wish.branches)):
        arcs = tuple(zip(chosen, wish.branches, strict=True))
        try:
            check(wish, arcs)
        except AssertionError:
            continue
        return True
    return False


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 400), st.integers(0, 2**31), st.data())
def test_any_round_without_history_is_paired(count: int, seed: int, data: st.DataObject) -> None:
    each = data.draw(st.integers(1, min(3, (count - 1) // 2)))
    wish = Wish(branches(count), seed, each)
    arcs = pair(wish)
    check(wish, arcs)
    assert Counter(one for one, _ in arcs) == dict.fromkeys(wish.branches, each)
    assert pair(wish) == arcs


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 5), st.integers(0, 99), st.data())
def test_a_small_round_is_paired_if_and_only_if_it_can_be(count: int, seed: int, data: st.DataObject) -> None:
    some = st.frozensets(st.tuples(st.sampled_from(branches(count)), st.sampled_from(branches(count))), max_size=6)
    wish = Wish(branches(count), seed, before=data.draw(some), conflicts=data.draw(some))
    try:
        arcs = pair(wish)
    except Impossible as refusal:
        assert not possible(wish)
        assert refusal.reasons
        assert not any(one.given_up for one in refusal.reasons)
    else:
        check(wish, arcs)


@settings(max_examples=15, deadline=None)
@given(st.integers(12, 120), st.integers(0, 99), st.integers(1, 4))
def test_rounds_one_after_another_repeat_nothing(count: int, seed: int, rounds: int) -> None:
    before: frozenset[tuple[BranchId, BranchId]] = frozenset()
    for number in range(rounds):
        wish = Wish(branches(count), seed + number, before=before)
        arcs = pair(wish)
        check(wish, arcs)
        before |= set(arcs)


def test_two_branches_are_too_few_and_three_inspect_in_a_circle() -> None:
    with pytest.raises(Impossible) as two:
        pair(Wish(branches(2), 1))
    assert [(one.rule, one.needed) for one in two.value.reasons] == [(Rule.FEW, 3)]
    assert set(pair(Wish(branches(3), 1))) in ({arc(1, 2), arc(2, 3), arc(3, 1)}, {arc(2, 1), arc(3, 2), arc(1, 3)})


def test_the_reason_names_rule_and_branch() -> None:
    everybody = frozenset(arc(one, 1) for one in (2, 3, 4))
    with pytest.raises(Impossible) as year:
        pair(Wish(branches(4), 1, before=everybody))
    (reason,) = year.value.reasons
    assert (reason.rule, reason.branch) == (Rule.YEAR, BranchId(1))
    assert reason.blocked == ((BranchId(2), Rule.YEAR), (BranchId(3), Rule.YEAR), (BranchId(4), Rule.YEAR))
    with pytest.raises(Impossible) as both:
        pair(Wish(branches(4), 1, wanted=frozenset({arc(1, 2), arc(2, 1)})))
    assert {one.rule for one in both.value.reasons} == {Rule.MUTUAL}
    with pytest.raises(Impossible) as conflict:
        pair(Wish(branches(3), 1, conflicts=frozenset({arc(1, 2)})))
    assert conflict.value.reasons[0].rule is Rule.CONFLICT


def test_what_is_wanted_is_there_and_who_has_nobody_inspects_nobody() -> None:
    wish = Wish(branches(9), 7, wanted=frozenset({arc(4, 5), arc(5, 6)}), idle=frozenset({BranchId(9)}))
    arcs = pair(wish)
    check(wish, arcs)
    assert BranchId(9) not in {one for one, _ in arcs}


def test_four_hundred_branches_take_less_than_a_second() -> None:
    before: frozenset[tuple[BranchId, BranchId]] = frozenset()
    for seed in range(4):
        began = time.process_time()
        arcs = pair(Wish(branches(400), seed, before=before))
        assert time.process_time() - began < 1
        before |= set(arcs)


def test_what_is_impossible_for_four_hundred_is_said_in_seconds() -> None:
    everybody = frozenset(arc(one, other) for one in range(3, 401) for other in (1, 2))
    began = time.process_time()
    with pytest.raises(Impossible) as refusal:
        pair(Wish(branches(400), 1, before=everybody))
    assert time.process_time() - began < 5
    assert refusal.value.reasons[0].rule is Rule.YEAR
