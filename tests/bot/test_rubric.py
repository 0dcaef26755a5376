"""`jingyi import rubric`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.life.inspections import TOML


def run(*words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words], input=answer)


def test_a_rubric_is_shown_asked_about_and_kept_as_a_new_version(folder: Path) -> None:
    file = folder / "a.toml"
    file.write_text(TOML, encoding="utf-8-sig")
    told = run("import", "rubric", str(file), answer="n\n")
    assert told.exit_code == 1
    assert "2 项，共 15 分" in told.output
    assert "没有存" in told.output
    assert "第 1 版" in run("import", "rubric", str(file), "--yes").output
    assert "没有变化" in run("import", "rubric", str(file), "--yes").output
    file.write_text(TOML.replace("points = 5", "points = 6"), encoding="utf-8")
    told = run("import", "rubric", str(file), "--yes")
    assert "改动：党费收缴" in told.output
    assert "第 2 版" in told.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TOML.replace("points = 5", "points = 0").encode(), "第 13 行：points 要在 1 到 24 之间"),
        (b"title = \xff", "第 1 行：不是 UTF-8 文字"),
        (b"title = [", "第 1 行：这里写法不对"),
    ],
)
def test_mistakes_are_told_with_their_lines(folder: Path, content: bytes, words: str) -> None:
    file = folder / "a.toml"
    file.write_bytes(content)
    told = run("import", "rubric", str(file), "--yes")
    assert told.exit_code == 1
    assert words in told.output
