"""The benchmark of questionnaires loses nothing."""

from benchmarks.domain import answers


async def test_everybodys_answers_are_kept_on_both_engines():
    rows = await answers.measure(answers.Size(people=12, questions=4, at_once=6), lambda _: None)
    assert [row.unit for row in rows] == ["/s", "ms"] * 2
    assert all(row.value and row.value > 0 for row in rows)
