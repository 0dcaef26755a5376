"""The benchmark of files of questions reads and writes every one."""

from benchmarks.domain import questions


def test_every_format_is_read_and_written():
    rows = questions.measure(questions.Size(24), lambda _: None)
    assert len(rows) == 10
    assert all(row.met for row in rows)
