"""The benchmark of pictures draws one of each kind, and tells what is too slow."""

from benchmarks.charts import pictures
from benchmarks.charts.pictures import Seen, Size


async def test_each_kind_is_drawn_and_the_worker_is_measured() -> None:
    time, memory, lag = await pictures.measure(Size(rounds=1, warm_up=1), lambda _: None)
    assert set(time.figures) == set(pictures.pictures())
    assert all(one > 0 for one in time.figures.values())
    assert memory.value
    assert memory.value > 20
    assert lag.met is None


def test_what_is_too_slow_or_too_large_is_told() -> None:
    time, memory, _ = pictures.rows(Seen({"a": [10, 99, 70], "b": [61, 61], "c": [1]}, 121, 3))
    assert (time.value, time.met) == (61, False)
    assert time.note == "a 70, b 61, c 1"
    assert memory.met is False
    time, memory, _ = pictures.rows(Seen({"a": [59]}, 119, 3))
    assert (time.met, memory.met) == (True, True)
