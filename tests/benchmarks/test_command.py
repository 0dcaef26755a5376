"""`python -m benchmarks`: what it offers, what it writes, and what its exit code says."""

import json

import pytest
from typer.testing import CliRunner

from benchmarks import __main__ as command
from benchmarks.__main__ import BENCHMARKS, app
from benchmarks.report import BEGIN, END
from benchmarks.result import Row, WorkNotDone
from tests.architecture.source import ROOT

REACHED = Row("points", "a total", "a small ledger", 1.04, "×", most=1.5, note="15 µs, 16 µs")
MISSED = Row("sender", "pushes", "the limit", 0.5, "×", least=0.97)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_each_benchmark_is_offered_and_has_help():
    offered = run("--help").output
    for name in BENCHMARKS:
        assert name in offered
        assert "--short" in run(name, "--help").output


@pytest.mark.parametrize("arguments", [("pressing", "--only", "nobody"), ("pressing", "--rounds", 0), ("everything",)])
def test_wrong_usage_is_told_apart(arguments):
    assert run(*arguments).exit_code == 2


def measuring(monkeypatch, **benchmarks):
    monkeypatch.setattr(command, "BENCHMARKS", benchmarks)


def test_all_results_are_a_table_and_json(monkeypatch, tmp_path):
    measuring(monkeypatch, points=lambda _: [REACHED])
    done = run("all", "--results", tmp_path / "made" / "latest.json")
    assert done.exit_code == 0
    assert "1.04 × (15 µs, 16 µs) | ≤ 1.5 ×    | yes |" in done.output
    told = json.loads((tmp_path / "made" / "latest.json").read_text("utf-8"))
    assert [(row["value"], row["target"], row["met"]) for row in told["rows"]] == [(1.04, "≤ 1.5 ×", True)]
    assert told["machine"]["cores"] >= 1


def test_one_that_misses_and_one_that_fails_are_told_and_hold_up_nobody(monkeypatch, tmp_path):
    def broken(_):
        raise WorkNotDone("7 of 8 presses are in the ledger")

    measuring(monkeypatch, sender=lambda _: [MISSED], pressing=broken, points=lambda _: [REACHED])
    done = run("all", "--results", tmp_path / "latest.json")
    assert done.exit_code == 1
    told = json.loads((tmp_path / "latest.json").read_text("utf-8"))
    assert [row["met"] for row in told["rows"]] == [False, False, True]
    assert "not measured (WorkNotDone: 7 of 8 presses are in the ledger)" in done.output


def test_results_say_nothing_of_whose_machine_it_was(monkeypatch, tmp_path):
    measuring(monkeypatch, points=lambda _: [REACHED])
    run("all", "--results", tmp_path / "latest.json")
    machine = json.loads((tmp_path / "latest.json").read_text("utf-8"))["machine"]
    assert not [value for value in machine.values() if "/" in str(value)]


def test_the_report_replaces_what_stands_between_the_marks(monkeypatch, tmp_path):
    measuring(monkeypatch, points=lambda _: [REACHED])
    run("all", "--short", "--results", tmp_path / "latest.json")
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    assert run("report", "--results", tmp_path / "latest.json", "--document", page).exit_code == 0
    written = page.read_text("utf-8")
    assert written.startswith(f"before\n{BEGIN}\n| what")
    assert "old" not in written
    assert "not to quote" in written
    assert written.endswith(f"{END}\nafter\n")


def test_the_page_of_the_benchmarks_has_a_place_for_results():
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    assert page.index(BEGIN) < page.index(END)
