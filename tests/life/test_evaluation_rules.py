"""Schemes of an evaluation, and its rules: scores, ranks, quotas, vetoes, caps, ties."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.life.evaluation.flaw import WrongScheme
from domain.life.evaluation.reading import Known, read
from domain.life.evaluation.rules import Because, Facts, place, score
from domain.life.evaluation.scheme import Kind, Quota, Scheme
from domain.people.branch import BranchKind

DOCS = Path("texts/zh/samples")
STARS = (DOCS / "stars.toml").read_text(encoding="utf-8")
KNOWN = Known(("attendance", "study", "tasks_on_time", "suggestions_answered"))
FULL = {name: Fraction(100) for name in ("attendance", "study", "tasks", "suggestions")}
BEST = {**FULL, "feature": Fraction(10), "masses": Fraction(10)}


def scheme(text: str = STARS) -> Scheme:
    return read(text, KNOWN)


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(WrongScheme) as caught:
        read(text, KNOWN)
    return [(one.fault, one.name) for one in caught.value.problems]


def test_the_samples_can_be_read() -> None:
    found = scheme()
    assert (found.title, found.kind, len(found.items)) == ("星级党支部", Kind.BRANCH, 6)
    assert [one.least for one in found.grades] == [90, 80, 70, 60]
    assert found.levels == {BranchKind.BRANCH}
    assert read((DOCS / "teams.toml").read_text(encoding="utf-8"), KNOWN).kind is Kind.TEAM
    assert read((DOCS / "members.toml").read_text(encoding="utf-8"), KNOWN).kind is Kind.PERSON


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("weight = 15", "weight = 12", ("sum", "94")),
        ("weight = 25", "weight = 22", ("sum", "97")),
        ('from = "study"', 'from = "studies"', ("unknown_indicator", "studies")),
        ('"people", "number"]', '"people"]', ("tie_end", "number")),
        ('"people", "number"]', '"size", "number"]', ("unknown_tie", "size")),
        ('kind = "branch"  ', 'kind = "city"', ("unknown_kind", "city")),
        ("percent = 20", "percent = 120", ("out_of_range", "percent")),
        ("percent = 20", "", ("quota_empty", "")),
        ("least = 80", "least = 95", ("order", "95")),
        ("stars = 2\ntitle", "stars = 3\ntitle", ("twice", "3")),
        ("zero = 60\nfull = 95", "zero = 95\nfull = 95", ("same", "95")),
        ('indicator = "masses"', 'indicator = "people"', ("unknown_item", "people")),
        ("weight = 15\npoints = 10", "weight = 15", ("source_or_points", "feature")),
        ('title = "五星"', 'title = "五星', ("syntax", "")),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, fault: tuple[str, str]) -> None:
    assert old in STARS
    found = faults(STARS.replace(old, new, 2 if "12" in new else 1))
    assert fault[0] in {one for one, _ in found}
    assert fault in found or fault[0] == "syntax"


def test_weights_of_97_are_refused_with_the_sum_at_the_line_of_the_indicators() -> None:
    with pytest.raises(WrongScheme) as caught:
        scheme(STARS.replace("weight = 25", "weight = 22"))
    (problem,) = caught.value.problems
    assert (problem.name, problem.other) == ("97", "22 + 15 + 20 + 10 + 15 + 15")
    assert STARS.splitlines()[problem.line - 1] == "[[indicator]]"


def test_the_full_score_the_middle_and_what_there_is_nothing_of() -> None:
    assert score(scheme(), Facts(1, BEST)) == 10000
    assert score(scheme(), Facts(1, {})) == 0
    half = {**BEST, "tasks": Fraction(80)}
    assert score(scheme(), Facts(1, half)) == 9000
    nothing = {**half, "suggestions": None}
    assert score(scheme(), Facts(1, nothing)) == 8889  # 80 of 90


def test_less_is_better_where_zero_is_above_full() -> None:
    text = STARS.replace("zero = 60\nfull = 100", "zero = 5\nfull = 0")
    assert score(scheme(text), Facts(1, {**BEST, "tasks": Fraction(0)})) == 10000
    assert score(scheme(text), Facts(1, {**BEST, "tasks": Fraction(5)})) == 8000


def test_a_tie_at_the_quota_is_decided_by_the_written_rule() -> None:
    same = [Facts(number, BEST, previous=number == 3) for number in (1, 2, 3, 4, 5)]
    placed = place(scheme(), same)
    assert [one.number for one in placed] == [3, 1, 2, 4, 5]
    assert [one.stars for one in placed] == [5, 4, 4, 3, 3]
    assert {one.rank for one in placed} == {1}
    assert [one.tied_by for one in placed] == ["", "previous", "number", "number", "number"]
    assert placed[1].because == [Because.QUOTA]


def test_a_quota_of_zero_means_nobody() -> None:
    text = STARS.replace("percent = 20", "most = 0")
    assert [one.stars for one in place(scheme(text), [Facts(1, BEST)] * 1)] == [3]  # 40 % of one is nobody, too


def test_vetoes_and_satisfaction_cap() -> None:
    low = {**BEST, "masses": Fraction(7)}
    facts = [Facts(1, BEST, vetoes=("accident",)), Facts(2, BEST, vetoes=("discipline",)), Facts(3, low)]
    placed = {one.number: one for one in place(scheme(), facts)}
    assert (placed[1].stars, placed[1].because) == (0, [Because.VETO])
    assert (placed[2].stars, placed[2].because) == (2, [Because.VETO])
    assert (placed[3].stars, placed[3].because) == (3, [Because.SATISFACTION])


FREE = scheme()
QUOTAS = st.builds(
    Quota,
    st.integers(2, 5),
    st.none() | st.integers(0, 3),
    st.integers(0, 100),
    st.none() | st.sampled_from([BranchKind.BRANCH, BranchKind.GROUP]),
)
VALUES = st.fixed_dictionaries(
    {name: st.integers(0, 4).map(lambda n: Fraction(25 * n)) | st.none() for name in FULL}
    | {name: st.integers(5, 10).map(Fraction) for name in ("feature", "masses")}
)
FACTS = st.builds(
    Facts,
    st.just(0),
    VALUES,
    st.sampled_from([BranchKind.BRANCH, BranchKind.GROUP]),
    st.lists(st.sampled_from(["accident", "discipline"]), max_size=1),
    st.integers(0, 5),
    st.integers(0, 3),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(QUOTAS, max_size=4), st.lists(FACTS, max_size=12), st.integers())
def test_quotas_hold_and_the_order_given_does_not_matter(quotas: list[Quota], facts: list[Facts], seed: int) -> None:
    ours = Scheme(FREE.title, FREE.kind, FREE.items, FREE.grades, FREE.ties, FREE.levels, quotas, FREE.vetoes)
    numbered = [Facts(n, f.values, f.level, f.vetoes, f.previous, f.people) for n, f in enumerate(facts)]
    placed = place(ours, numbered)
    mixed = list(numbered)
    Random(seed).shuffle(mixed)  # noqa: S311 - no secret
    assert place(ours, mixed) == placed
    level = {one.number: one.level for one in numbered}
    for quota in quotas:
        meant = [one for one in placed if quota.level in (None, level[one.number])]
        count = Counter(one.stars for one in meant)[quota.stars]
        assert count <= quota.places(len(meant))
    for better, worse in pairwise(placed):
        assert better.score >= worse.score
    free = [one for one in placed if not {Because.VETO, Because.SATISFACTION} & set(one.because)]
    for number, better in enumerate(free):
        for worse in free[number + 1 :]:
            if level[better.number] == level[worse.number]:
                assert better.stars >= worse.stars


@settings(max_examples=60, deadline=None)
@given(FACTS, st.sampled_from(sorted(BEST)), st.integers(0, 100))
def test_a_better_value_never_lowers_the_score(facts: Facts, name: str, more: int) -> None:
    value = facts.values[name]
    if value is None:
        return
    better = Facts(0, {**facts.values, name: value + more}, facts.level)
    assert score(FREE, better) >= score(FREE, facts)
