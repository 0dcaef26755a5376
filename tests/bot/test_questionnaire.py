"""`jingyi import survey` and `export survey`."""

from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.faults.files import MAKERS

YAML = """\
title: 食堂
questions:
  - kind: 单选
    text: 好吃吗？
    options: [好, 不好]
"""
SURVEYJS = '{"title": "食堂", "elements": [{"type": "text", "name": "a"}, {"type": "file", "name": "photo"}]}'
MB = 1024 * 1024


def run(*words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words], input=answer)


def test_a_questionnaire_is_shown_asked_about_kept_once_and_written_again(folder: Path) -> None:
    file = folder / "a.json"
    file.write_text(SURVEYJS, encoding="utf-8")
    told = run("import", "survey", str(file), answer="n\n")
    assert told.exit_code == 1
    assert "《食堂》，1 题" in told.output
    assert "- 这里没有的题型，整题未带：photo（file）" in told.output
    assert "没有保存" in told.output
    for _ in range(2):
        told = run("import", "survey", str(file), "--yes")
        assert told.exit_code == 0
        assert "已保存问卷《食堂》" in told.output
    told = run("export", "survey", "b.yaml")
    assert told.exit_code == 1
    assert told.output.count("食堂") == 1
    assert run("export", "survey", "b.yaml", "--of", "1").exit_code == 0
    assert (folder / "b.yaml").read_text(encoding="utf-8").startswith("title: 食堂\n")
    assert "已经存在" in run("export", "survey", "b.yaml", "--of", "1").output
    for name, of in (("c.xlsx", "1"), ("d.csv", "pulse"), ("e.xlsx", "appraisal"), ("f.yaml", "training")):
        assert run("export", "survey", name, "--of", of).exit_code == 0
        assert run("import", "survey", name, "--yes").exit_code == 0
    assert run("export", "survey", "g.xlsx", "--of", "blank").exit_code == 0
    assert run("export", "survey", "h.yaml", "--of", "blank").exit_code == 2
    assert "不在了" in run("export", "survey", "i.xlsx", "--of", "99").output


def test_mistakes_are_lines_and_the_exit_code_is_one(folder: Path) -> None:
    (folder / "a.yaml").write_text(YAML.replace("单选", "单多选").replace("text", "tekst"), encoding="utf-8")
    told = run("import", "survey", "a.yaml", "--yes")
    assert told.exit_code == 1
    assert told.output.splitlines() == [
        "第 4 行：没有 tekst 这一项",
        "第 3 行：没有“单多选”这种题型，有：单选、多选、打分、排序、数字、日期、文字",
        "第 3 行：缺少题目",
        "没有保存。",
    ]
    told = run("export", "survey", "b.yaml")
    assert "1" not in told.output


LAUGHS = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><document>&b;</document>'
DEEP = b"title: x\nquestions: " + b"[" * 100_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LAUGHS, "不能用引用"),
        (b"<document>" + b"<a>" * 4 * MB, "套得太深"),
        (b"<document><languages><language>" + b"x" * 18 * MB + b"</language></languages></document>", "读不了"),
        (DEEP, "套得太深"),
        (b"title: " + b"x" * 19 * MB, "文件太大"),
        (b'{"pages": ' + b"[" * 5 * MB, "套得太深"),
        (b'{"pages": [' + b"[]," * 2 * MB + b"1]}", ""),
        (b'{"title": "' + b"{a} = " * MB + b'"}', "没有一道能问的题"),
        (b'{"a": ' + b"1" * 7 * MB + b"}", "写法不对"),
        (b"{" * 20 * MB + b"x", "文件太大"),
        (b"title: a\0b\nquestions: x", "读不了"),
        ("标题：食堂".encode("gbk"), "读不了"),
        (b"questions:\n" + b"? " * 100_000, ""),
        (b"questions: {" + b"a: {" * 50_000, "套得太深"),
        (b"", "读不了"),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_a_harmful_file_is_one_line(folder: Path, content: bytes, words: str) -> None:
    (folder / "x.lss").write_bytes(content)
    told = run("import", "survey", "x.lss", "--yes")
    assert told.exit_code == 1
    assert words in told.output
    assert 1 <= len(told.output.splitlines()) <= 2


@pytest.mark.parametrize("name", ["zip bomb", "small address far out", "zips in zips", "sheet in UTF-16", "stray cell"])
def test_a_harmful_workbook_is_one_line(folder: Path, name: str) -> None:
    (folder / "x.xlsx").write_bytes(MAKERS[name](Random(4)))  # noqa: S311
    told = run("import", "survey", "x.xlsx", "--yes")
    assert told.exit_code == 1
    assert len(told.output.splitlines()) == 1


def test_a_file_without_end_is_not_read_to_its_end(folder: Path) -> None:
    told = run("import", "survey", "/dev/zero", "--yes")
    assert (told.exit_code, "文件太大" in told.output) == (1, True)
