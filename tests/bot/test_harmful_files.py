"""Harmful files from the command line: one line, exit code 1, nothing in the store."""

from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from bot import cli, importing, library
from bot.cli import app
from sheets.child import Limits
from sheets.process import Files
from tests.faults.files import MAKERS

MB = 1024 * 1024
TOO_LARGE = "The file is too large: at most 20 MB."
LESSON = '[[item]]\ncode = "a"\ntitle = "t"\nsource = "s"\ntext = "'


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("small address far out", "文件坏了"),
        ("commas", "最多 1,000 列"),
        ("many rows", "最多 100,000 行"),
        ("billion laughs", "文件坏了"),
    ],
)
def test_a_harmful_roster_is_one_line(folder: Path, name: str, words: str) -> None:
    file = folder / "名册.xlsx"
    file.write_bytes(MAKERS[name](Random(4)))  # noqa: S311
    told = CliRunner().invoke(app, ["import", "roster", str(file), "--yes"])
    assert told.exit_code == 1
    assert words in told.output
    assert len(told.output.splitlines()) == 1


def test_a_roster_without_end_is_not_read_to_its_end(folder: Path) -> None:
    told = CliRunner().invoke(app, ["import", "roster", "/dev/zero", "--yes"])
    assert (told.exit_code, "最多 20 MB" in told.output) == (1, True)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("study.toml", b" " * (20 * MB + 1), "最多 20 MB"),
        ("study.toml", "题".encode("gbk"), "没找到表头"),
        ("study.toml", b"[[item]]\na = " + b"[" * 5_000_000, "这里写法不对"),
        ("study.toml", LESSON.encode() + b"x" * (5 * MB) + b'"', "正文 太长，最多 1000 个字"),
        ("study.toml", b"[" + b"a." * (5 * MB) + b"b]", ""),
        ("calendar.csv", b" " * (20 * MB + 1), TOO_LARGE),
        ("calendar.csv", b"x" + b"," * (5 * MB), "line 1"),
        ("calendar.csv", b'"' * (19 * MB), ""),
        ("calendar.toml", b"off = " + b"[" * 5_000_000, ""),
        ("calendar.toml", b"off = [" + b"1" * (10 * MB) + b"]", ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_harmful_file_is_one_line(
    *, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, name: str, content: bytes, words: str
) -> None:
    (folder / name).write_bytes(content)
    for module in (importing, library):
        monkeypatch.setattr(module, "Files", partial(Files, Limits(processor_seconds=10)))
    monkeypatch.setattr("sys.argv", ["jingyi", "import", name.partition(".")[0], name])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = ended.value.code if isinstance(ended.value.code, str) else capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert words in said
