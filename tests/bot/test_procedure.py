"""`jingyi import procedure` and `export procedure`."""

from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app

YAML = """\
title: 走访慰问
steps:
  - {key: a, title: 列名单, who: 组织委员, when: 启动后1天}
  - {key: b, title: 走访, who: 书记, when: 轮到后5天内}
"""


def run(*words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words], input=answer)


def test_a_procedure_is_shown_asked_about_kept_and_written_again(folder: Path) -> None:
    file = folder / "a.yaml"
    file.write_text(YAML, encoding="utf-8")
    told = run("import", "procedure", str(file), answer="n\n")
    assert told.exit_code == 1
    assert "2. 走访（书记，轮到后 5 天内）" in told.output
    assert "没有保存" in told.output
    assert "保存好了，2 步" in run("import", "procedure", str(file), "--yes").output
    assert "没有变化" in run("import", "procedure", str(file), "--yes").output
    file.write_text(YAML.replace("5天", "7天"), encoding="utf-8")
    assert "更新为第 2 版" in run("import", "procedure", str(file), "--yes").output
    assert run("export", "procedure", "b.xlsx", "--of", "走访慰问").exit_code == 0
    assert "没有变化" in run("import", "procedure", "b.xlsx", "--yes").output
    assert run("export", "procedure", "b.xlsx").exit_code == 1, "it is not overwritten"


def test_mistakes_are_told_with_their_lines(folder: Path) -> None:
    file = folder / "a.yaml"
    file.write_text(YAML.replace("轮到后5天内", "很快"), encoding="utf-8")
    told = run("import", "procedure", str(file), "--yes")
    assert told.exit_code == 1
    assert "第 4 行：“很快”看不出时间" in told.output
    file.write_text(YAML.replace("启动后1天}", "启动后1天, waits: b}"), encoding="utf-8")
    told = run("import", "procedure", str(file), "--yes")
    assert told.exit_code == 1
    assert "互相等，谁也办不了：列名单 → 走访 → 列名单" in told.output


def test_a_sample_and_an_empty_form_are_written(folder: Path) -> None:
    assert run("export", "procedure", "a.yaml", "--of", "发展党员").exit_code == 0
    assert (folder / "a.yaml").read_text(encoding="utf-8").count("- key:") == 25
    assert run("export", "procedure", "b.xlsx").exit_code == 0
    assert run("export", "procedure", "c.xlsx", "--of", "没有这个").exit_code == 1
    assert run("export", "procedure", "c.txt").exit_code == 2
