"""The benchmark of questionnaires loses nothing."""

from benchmarks.domain import answers


async def test_everybodys_answers_are_kept():
    rate, slowest = await answers.measure(answers.Size(people=12, questions=4, at_once=6), lambda _: None)
    assert rate.value and rate.value > 0
    assert slowest.value and slowest.unit == "ms"
