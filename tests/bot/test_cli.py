"""The command line as a shell sees it: exit codes, and one line that says what is wrong."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import bot
from bot.cli import app
from sandbox import Sandbox
from storage.migrate import upgrade
from tests.bot.forked import commands as commands_of
from tests.patience import PATIENCE, STOPPED_WITHIN

SAMPLE = Path(bot.__file__).parent / "sample" / "study.toml"
TOKEN = "123456:cli"
ROOT = Path(bot.__file__).parents[1]


def commands(group=None, path=()):
    """Every command, as it is typed."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


@pytest.fixture(scope="module")
def started():
    """A program that is imported, for each command to be forked from."""
    with commands_of(ROOT) as made:
        yield made


@pytest.fixture
def here(tmp_path, started):
    """A folder of its own, and an environment without this machine's settings."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("JINGYI_")}
    env |= {
        "JINGYI_TOKEN": TOKEN,
        "JINGYI_DATABASE_URL": "sqlite:///jingyi.db",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "200",
    }

    def run(*arguments, **changes):
        return started.run([*map(str, arguments)], folder=tmp_path, env=env | changes)

    run.folder, run.env = tmp_path, env
    return run


@pytest.mark.parametrize("command", [(), *commands()], ids=" ".join)
def test_every_command_has_its_help(command):
    told = CliRunner().invoke(app, [*command, "--help"])
    assert told.exit_code == 0
    words = " ".join(told.output.split())
    assert "Usage:" in words
    assert len(words) > 80, "help that says nothing"


HEAVY = ("aiohttp", "bot.program", "charts", "handlers", "language", "telegram")


def test_commands_import_only_what_they_need():
    told = f"import sys, bot.cli; print([one for one in {HEAVY} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_contracts_commands_are_there():
    assert {"run", "demo", "sandbox", "migrate", "import"} <= {command[0] for command in commands()}


def failed(done):
    """The one line of a failure."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_done_is_nought(here):
    assert here("migrate").returncode == 0
    done = here("import", "study", SAMPLE, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "38 new" in done.stdout or "新增 38 条" in done.stdout


WRONG = [
    *([], ["no-such-command"], ["run", "--no-such-option"], ["demo", "--port", "x"], ["demo", "--port", "70000"]),
    *(["import", "study"], ["import", "study", "nowhere.toml"], ["import", "nothing", "x"]),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_two(arguments):
    assert CliRunner().invoke(app, arguments).exit_code == 2


@pytest.mark.parametrize(
    ("variable", "value"),
    [("JINGYI_TOKEN", "nonsense-secret"), ("JINGYI_TOKEN", ""), ("JINGYI_HTTP", "8080"), ("JINGYI_TIMEZONE", "Peking")],
)
def test_a_wrong_setting_stops_the_start_with_one_line(here, variable, value):
    line = failed(here("run", **{variable: value}))
    assert line.startswith(f"{variable}: ")
    assert f"for example {variable}=" in line
    assert "nonsense-secret" not in line


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[[item]]\ncode = 'a'\n", ["第 1 行 「a」：标题 没有写", "正文 没有写", "出处 没有写"]),
        (b"[[item]\n", ["第 1 行：这里写法不对"]),
        (b"", ["这个文件读不了"]),
        ("[[item]]\ncode = '安'\ntitle='a'\ntext='b'".encode("gb18030"), ["「安」：出处 没有写"]),
    ],
)
def test_a_wrong_library_is_told_line_by_line_and_changes_nothing(here, content, told):
    file = here.folder / "wrong.toml"
    file.write_bytes(content)
    done = here("import", "study", file, "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert len(lines) == len(told)
    assert all(words in line for words, line in zip(told, lines, strict=True))
    assert not list(here.folder.glob("*.db"))


GOALS = "编号,上级编号,目标,期限,组织\nY1,,安全年,2026-12-31,江北精工党委\nM1,{},查隐患,2026-11-30,\n"


def test_goals_come_in_from_a_table_and_go_out_to_one(here):
    assert here("import", "roster", SAMPLE.with_name("roster.csv"), "--yes").returncode == 0
    file, out = here.folder / "goals.csv", here.folder / "out.xlsx"
    file.write_text(GOALS.format("X9"), encoding="utf-8")
    wrong = here("import", "goals", file, "--yes")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "第 3 行「查隐患」：上级编号 没有「X9」这项目标" in wrong.stderr
    file.write_text(GOALS.format("Y1"), encoding="utf-8")
    assert "新增 2 项" in here("import", "goals", file, "--yes").stdout
    assert here("export", "goals", out).returncode == 0
    assert "没有要改的" in here("import", "goals", out, "--yes").stdout
    assert "已" in failed(here("export", "goals", out))


def test_a_scheme_of_evaluations_is_shown_and_kept_and_a_wrong_one_refused_with_its_lines(here):
    file, sample = here.folder / "stars.toml", (ROOT / "texts/zh/samples/stars.toml").read_text(encoding="utf-8")
    file.write_text(sample.replace("weight = 25", "weight = 22"), encoding="utf-8")
    wrong = here("import", "scheme", file, "--yes")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "权重合计是 97%（22 + 15 + 20 + 10 + 15 + 15），必须是 100%" in wrong.stderr
    file.write_text(sample.replace('from = "study"', 'from = "studies"'), encoding="utf-8")
    wrong = here("import", "scheme", file, "--yes")
    assert "没有 studies 这个统计指标，有：" in wrong.stderr
    assert "attendance" in wrong.stderr
    file.write_bytes(sample.encode("gb18030"))
    assert "不是 UTF-8 文字" in failed(here("import", "scheme", file, "--yes"))
    file.write_text(sample, encoding="utf-8")
    done = here("import", "scheme", file, "--yes")
    assert "一票否决：发生责任安全事故，不评星" in done.stdout
    assert "已启用“星级党支部”（第 1 版）" in done.stdout
    assert "不用再导入" in here("import", "scheme", file, "--yes").stdout
    members = here("import", "scheme", ROOT / "texts/zh/samples/members.toml", "--yes")
    assert "已启用“民主评议党员”（第 2 版）" in members.stdout


@pytest.mark.parametrize("command", [["run"], ["migrate"], ["import", "study", SAMPLE]], ids=lambda command: command[0])
def test_a_damaged_store_is_one_line(here, command):
    (here.folder / "jingyi.db").write_bytes(b"no database at all, just words, " * 64)
    assert "not a database" in failed(here(*command))


@pytest.mark.parametrize("command", [["run"], ["migrate"], ["import", "study", SAMPLE]], ids=lambda command: command[0])
def test_a_newer_store_is_one_line(here, command):
    upgrade(f"sqlite:///{here.folder / 'jingyi.db'}")
    with sqlite3.connect(here.folder / "jingyi.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "newer" in failed(here(*command))


async def test_the_bot_runs_and_stops_when_it_is_asked_to(here):
    """Soon, with 0, and without a secret in what it logs."""
    async with Sandbox() as sandbox:
        bot_ = sandbox.add_bot(TOKEN)
        wang = sandbox.add_person("王芳")
        env = here.env | {"JINGYI_API_URL": sandbox.url, "JINGYI_HTTP": "127.0.0.1:0", "JINGYI_CACHE": str(here.folder)}
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=here.folder, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            said = sandbox.start(wang, bot_)
            await sandbox.wait_for_message(sandbox.open_private(wang, bot_), after=said, within=PATIENCE)
            running.send_signal(signal.SIGTERM)
            async with asyncio.timeout(STOPPED_WITHIN):
                output, errors = await running.communicate()
        finally:
            if running.returncode is None:
                running.kill()
                await running.wait()
    assert running.returncode == 0, errors.decode()
    assert b"stopped" in errors
    assert TOKEN.encode() not in output + errors
