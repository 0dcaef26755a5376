"""`jingyi points check` and `points simulate`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from domain.points import points
from tests.points.events import LATE, ON_TIME, READ
from tests.stores import AT, only_sqlite

DOCS = Path(__file__).parents[2] / "docs" / "points"


@pytest.fixture
def jingyi(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", f"sqlite:///{tmp_path / 'jingyi.db'}")

    def run(*words):
        result = CliRunner().invoke(app, ["points", *map(str, words)])
        return result.exit_code, result.output

    return run


def test_a_sound_file_is_said_to_be_so(jingyi):
    assert jingyi("check", DOCS / "daily.toml") == (
        0,
        "规则没有错误：从 2027-01-01 起，5 条规则，0 个申报项目\n",
    )


def test_mistakes_are_said_line_by_line_and_the_exit_code_is_1(jingyi, tmp_path):
    file = tmp_path / "points.toml"
    file.write_text((DOCS / "daily.toml").read_text("utf-8").replace("study.read", "study.red"), "utf-8")
    code, said = jingyi("check", file)
    assert code == 1
    assert "积分规则有 1 处要改" in said
    assert "第 24 行：没有 study.red 这种事，有：action.finished, activity.came, " in said
    assert jingyi("simulate", file, "--since", "2026-07-01")[0] == 1


def test_wrong_usage_is_2_and_help_explains(jingyi, tmp_path):
    assert jingyi("check", tmp_path / "none.toml")[0] == 2
    assert jingyi("simulate", DOCS / "daily.toml")[0] == 2
    assert jingyi("simulate", DOCS / "daily.toml", "--since", "1 July")[0] == 2
    code, said = jingyi("simulate", "--help")
    assert code == 0
    assert "--since" in said


@only_sqlite
async def test_a_simulation_shows_people_and_branches_and_changes_nothing(engine, database, branch, monkeypatch):
    def live(stores):
        for number, (who, what) in enumerate([(branch.li, ON_TIME), (branch.li, READ), (branch.wang, LATE)]):
            points.award(stores, who.id, branch.group, *what, source=f"s:{number}", cause="x", at=AT)

    await database.write(live)
    await database.close()
    monkeypatch.setenv("JINGYI_DATABASE_URL", engine.url)
    import asyncio

    words = ["points", "simulate", str(DOCS / "quarterly.toml"), "--since", "2026-07-01"]
    result = await asyncio.to_thread(CliRunner().invoke, app, words)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "按新规则重算 2026-07-01 以来：合计 8 → 2（-6），2 人有变化",
        "不在名册　2 人　8 → 2（-6）",
        "王海燕　2 → -2（-4）",
        "李伟　6 → 4（-2）",
    ]
