"""The benchmark of evaluations has a figure of every kind for every branch."""

from benchmarks.domain import evaluation


def test_every_branch_has_every_figure():
    row, one = evaluation.measure(evaluation.Size(branches=3, rounds=1), lambda _: None)
    assert row.met
    assert one.value
    assert set(row.figures) == {one.word for one in evaluation.counted()}
