"""Rubrics are read with all their mistakes; strict and mild inspectors are measured and balanced; ties share a rank."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.admin.toml.outside import Sound
from domain.ids import BranchId, InspectionId, InspectionRoundId, MemberId, RubricId
from domain.life.inspection.figures import results
from domain.life.inspection.model import Correction, Inspection, Kept, Party, Round, Score, Sheet, Stage
from domain.life.inspection.outside import entry, rubric_of
from domain.life.inspection.rubric import Balance, Item, Rubric, WrongRubric, as_cells, of_cells, read
from domain.life.rectification.model import Kind
from tests.samples import AT

FOLDER = Path(__file__).parents[2] / "texts"
RUBRIC = Rubric("互查", (Item("一", 20, "看"),))


def sheet(inspector: int, branch: int, points: int, **more: object) -> Sheet:
    """One branch inspected by somebody."""
    kept = Kept(RubricId(1), 1, RUBRIC, AT)
    round_ = Round(InspectionRoundId(1), kept, MemberId(9), date(2026, 12, 1), date(2026, 12, 9), 1, AT)
    by, of = Party(BranchId(100 + inspector), f"b{inspector}"), Party(BranchId(branch), f"支部{branch}")
    values: dict[str, object] = {"stage": Stage.ACCEPTED, "handed_in_at": AT, **more}
    one = Inspection(InspectionId(branch), round_.id, by, of, MemberId(inspector), f"i{inspector}", **values)  # type: ignore[arg-type]
    return Sheet(round_, one, {1: Score(1, points)})


@pytest.mark.parametrize("name", ["zh/samples/party-work.toml", "en/samples/party-work.toml"])
def test_the_samples_are_rubrics(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    found = read(text)
    assert found.full in (50, 100)
    title, balance, items = as_cells(found).values()
    assert of_cells(title, balance, items) == found  # type: ignore[arg-type]
    assert list(entry(text.encode("utf-8-sig"), lambda *_: None)) == [Sound(text)]
    assert rubric_of([Sound(text)]) == found


def test_all_mistakes_are_named_with_their_lines() -> None:
    text = (
        'title = "互查"\nbalance = "fair"\n[[criterion]]\ntitle = "一"\npoints = 30\nchek = "看"\n'
        '[[criterion]]\ntitle = "一"\npoints = "3"\ncheck = "看"\nkind = "x"\n'
    )
    with pytest.raises(WrongRubric) as wrong:
        read(text)
    assert [(one.line, one.fault, one.name) for one in wrong.value.problems] == [
        (2, "wrong_type", "balance"),
        (3, "missing", "check"),
        (5, "too_large", "points"),
        (6, "unknown_key", "chek"),
        (8, "twice", "一"),
        (9, "wrong_type", "points"),
        (11, "wrong_type", "kind"),
    ]


@pytest.mark.parametrize(
    "text", ["", "title = ", 'title = "互查"', "[" * 5000, "criterion = 3\ntitle = 'a'", "a" * 70_000]
)
def test_what_is_no_rubric_is_refused(text: str) -> None:
    with pytest.raises(WrongRubric):
        read(text)


def test_an_item_has_a_kind_for_its_findings() -> None:
    found = read('title = "互查"\n[[criterion]]\ntitle = "一"\npoints = 3\ncheck = "看"\nkind = "site"\n')
    assert found.items[0].kind is Kind.SITE


def test_branches_are_ranked_and_ties_share_a_rank() -> None:
    found = results([sheet(1, 1, 20), sheet(2, 2, 15), sheet(3, 3, 20), sheet(4, 4, 10)], Balance.NONE)
    assert [(one.rank, one.branch.id, one.percent) for one in found.lines] == [
        (1, 1, 100.0),
        (1, 3, 100.0),
        (3, 2, 75.0),
        (4, 4, 50.0),
    ]
    assert next((one.name, one.deviation, one.is_compared) for one in found.measures) == ("i4", -31.2, False)


def test_what_was_corrected_to_all_its_points_is_no_finding() -> None:
    full = sheet(1, 1, 20)
    noted = Sheet(full.round, full.inspection, {1: Score(1, 20, "晚收")})
    assert [number for number, *_ in noted.noted] == [1]  # a remark beside all points
    corrected = Correction(full.inspection.id, 1, 17, 20, "找到了", MemberId(1), "i1", AT)
    assert not Sheet(full.round, full.inspection, noted.scores, [corrected]).findings
    less = Sheet(full.round, full.inspection, {1: Score(1, 18, "晚收")}, [corrected])
    assert [number for number, *_ in less.noted] == [1]
    assert Sheet(full.round, full.inspection, {1: Score(1, 18)}).unexplained == [1]
    assert full.answer_by == AT + timedelta(days=3)


def test_what_does_not_count_or_is_not_scored_is_left_out() -> None:
    closed = sheet(1, 1, 20)
    gone = Sheet(closed.round, sheet(1, 2, 20, stage=Stage.DROPPED).inspection, closed.scores)
    waits = Sheet(closed.round, sheet(1, 3, 20, stage=Stage.SCORING, handed_in_at=None).inspection, closed.scores)
    assert [one.branch.id for one in results([closed, gone, waits], Balance.NONE).lines] == [1]


def test_a_strict_inspector_is_balanced_and_one_of_a_single_branch_is_not() -> None:
    strict, mild = [sheet(1, 1, 10), sheet(1, 2, 14)], [sheet(2, 3, 18), sheet(2, 4, 20)]
    plain = results([*strict, *mild], Balance.NONE)
    assert [one.branch.id for one in plain.lines] == [4, 3, 2, 1]
    assert [(one.name, one.deviation) for one in plain.measures] == [("i1", -17.5), ("i2", 17.5)]
    mean = results([*strict, *mild], Balance.MEAN)
    assert {one.branch.id: one.percent for one in mean.lines} == {1: 67.5, 2: 87.5, 3: 72.5, 4: 82.5}
    spread = results([*strict, *mild], Balance.Z)
    assert spread.of(BranchId(2)) is not None
    assert {one.branch.id: one.percent for one in spread.lines} == {1: 58.3, 2: 96.7, 3: 58.3, 4: 96.7}
    single = results([*strict, *mild, sheet(3, 5, 9)], Balance.MEAN)
    assert [one.percent for one in single.lines if one.branch.id == 5] == [45.0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 12), st.integers(0, 20)), min_size=1, max_size=30),
    st.sampled_from(Balance),
)
def test_results_stay_within_bounds_and_name_each_branch_once(some: list[tuple[int, int, int]], way: Balance) -> None:
    found = results([sheet(*one) for one in some], way)
    assert sorted(one.branch.id for one in found.lines) == sorted({branch for _, branch, _ in some})
    assert all(0 <= one.percent <= 100 for one in found.lines)
    percents = [one.percent for one in found.lines]
    assert percents == sorted(percents, reverse=True)
    assert all(one.rank == 1 + sum(other > one.percent for other in percents) for one in found.lines)
