"""`jingyi export rubric` and `jingyi export scheme`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from domain.life.inspection.rubric import Balance, Item, Rubric, read, write
from domain.life.rectification.model import Kind
from handlers.life.samples import sample


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


@pytest.mark.parametrize(("kind", "name"), [("rubric", "party-work"), ("scheme", "stars")])
def test_what_is_written_is_what_was_brought_in(folder: Path, kind: str, name: str) -> None:
    (folder / "in.toml").write_bytes(sample(name, "zh"))
    assert run("export", kind, "out.toml").exit_code == 2, "there is none yet"
    assert run("import", kind, "in.toml", "--yes").exit_code == 0
    assert run("export", kind, "out.toml").exit_code == 0
    again = run("import", kind, "out.toml", "--yes")
    assert again.exit_code == 0
    assert "没有变化" in again.output or "一样" in again.output, again.output
    assert run("export", kind, "out.toml").exit_code == 1, "it is there"
    assert run("export", kind, "out.toml", "--force").exit_code == 0
    assert run("export", kind, "other.toml", "--of", "没有这个").exit_code == 2
    assert run("export", kind, "out.csv").exit_code == 2


def test_a_rubric_with_odd_signs_is_read_back() -> None:
    items = (
        Item('查"台账"\\记录', 12, "缺一次扣 3 分；#不是注释", "a = 'b'", "[组织]", Kind.RECORDS),
        Item("🚩 = 1", 1, "看"),
    )
    made = Rubric('互查"细则"', items, Balance.Z)
    assert read(write(made)) == made
