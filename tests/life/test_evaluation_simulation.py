"""`jingyi evaluation simulate`: what a scheme would have given, from the store; and the words that it may weigh."""

import asyncio
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from domain.life.evaluation import schemes, simulation
from domain.life.evaluation.indicator import INDICATORS
from domain.life.evaluation.reading import read
from domain.life.evaluation.simulation import NothingCounted
from domain.life.meeting.kinds import Kind
from tests.life import figure_world as life
from tests.life.figure_world import World
from tests.life.test_evaluation_indicators_store import MARCH, on
from tests.stores import only_sqlite

DOCS = Path(__file__).parents[2] / "texts" / "zh" / "samples"


def lived(stores: Any) -> World:
    """The first branch comes to its meeting and does its task, half of the second comes."""
    world = life.settle(stores)
    life.meet(stores, world, on(3, 5), 0, Kind.ASSEMBLY, came=6)
    life.meet(stores, world, on(3, 6), 1, Kind.THEME_DAY, came=4)
    life.finish(stores, on(3, 4), life.give(stores, world, on(3, 1), 1, 5).id)
    return world


async def test_those_who_were_there_at_the_end_are_placed(database: Any) -> None:
    scheme = read((DOCS / "stars.toml").read_text("utf-8"), schemes.known())

    def unit(stores: Any) -> None:
        world = lived(stores)
        found = simulation.run(stores, scheme=scheme, period=MARCH)
        assert [one.name for one in found.lines] == ["一支部", "二支部"]
        best = found.lines[0]
        assert best.figures["attendance"].value == 1
        assert best.figures["suggestions"].value is None
        # 25 for attendance, 0 of 15 for study, 20 for tasks; nothing to count of suggestions.
        assert best.placed.score == 100 * round(Fraction(4500, 60)), "weights are scaled up to 100"
        assert found.left_out, "what people give points for"
        stores.branches.save(replace(world.second, closed_at=on(3, 20)))
        again = simulation.run(stores, scheme=scheme, period=MARCH)
        assert [one.name for one in again.lines] == ["一支部"]

    await database.write(unit)


async def test_persons_are_simulated_too(database: Any) -> None:
    members = read((DOCS / "members.toml").read_text("utf-8"), schemes.known())
    items = [one for one in read((DOCS / "stars.toml").read_text("utf-8")).counted if one.name != "suggestions"]
    scheme = replace(members, items=items)

    def unit(stores: Any) -> None:
        lived(stores)
        with pytest.raises(NothingCounted):
            simulation.run(stores, scheme=members, period=MARCH)
        found = simulation.run(stores, scheme=scheme, period=MARCH)
        assert len(found.lines) == 11
        assert found.lines[0].name == "人1"

    await database.write(unit)


@only_sqlite
async def test_the_command_prints_a_line_for_each_branch(engine: Any, database: Any, monkeypatch: Any) -> None:
    await database.write(lived)
    await database.close()
    monkeypatch.setenv("JINGYI_DATABASE_URL", engine.url)
    words = ["evaluation", "simulate", str(DOCS / "stars.toml"), "--since", "2025-03-01", "--until", "2025-03-31"]
    result = await asyncio.to_thread(CliRunner().invoke, app, words)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].startswith("按“星级党支部”试算 2025-03-01 至 2025-03-31：2 个参评；由人打分的不算：")
    assert lines[-2].startswith("1　一支部　75.00 分　三星　三会一课出勤 100.0%　学习参与 0.0%")
    assert "建议按期答复 无数据" in lines[-1]


@pytest.fixture
def jingyi(monkeypatch: Any, tmp_path: Path) -> Any:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", f"sqlite:///{tmp_path / 'jingyi.db'}")

    def run(*words: object) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["evaluation", *map(str, words)])
        return result.exit_code, result.output

    return run


def test_wrong_usage_is_2_and_a_wrong_scheme_is_1(jingyi: Any, tmp_path: Path) -> None:
    stars = DOCS / "stars.toml"
    assert jingyi("simulate", stars)[0] == 2
    assert jingyi("simulate", stars, "--since", "2025-03-02", "--until", "2025-03-01")[0] == 2
    assert jingyi("simulate", tmp_path / "none.toml", "--since", "2025-03-01")[0] == 2
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(stars.read_text("utf-8").replace("weight = 25", "weight = 22", 1), "utf-8")
    code, said = jingyi("simulate", wrong, "--since", str(date(2025, 3, 1)))
    assert code == 1
    assert "97" in said


def test_the_words_that_a_scheme_may_weigh_are_listed(jingyi: Any) -> None:
    code, said = jingyi("indicators")
    assert code == 0
    assert all(one.word in said for one in INDICATORS)


@pytest.mark.parametrize(
    "days", [("0001-01-01", "0001-02-01"), ("9999-01-01", "9999-12-31"), ("2000-01-01", "2099-12-31")]
)
def test_days_that_no_clock_has_or_that_are_too_many_are_refused_in_words(days: tuple[str, str]) -> None:
    since, until = days
    said = CliRunner().invoke(
        app, ["evaluation", "simulate", str(DOCS / "stars.toml"), "--since", since, "--until", until]
    )
    assert said.exit_code == 2, said.output
    assert "between 2000 and 2099" in " ".join(said.output.replace("│", " ").split())
