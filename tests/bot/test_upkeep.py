"""Commands that look after the store, as they are typed."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.encryption_keys import KeyFolder
from storage import lock, migrate
from tests.patience import PATIENCE

HOLD = """
import sys
from pathlib import Path
from storage import lock
with lock.hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
LESSON = '[[item]]\ncode = "a"\ntitle = "安全"\ntext = "先停机，再清理。"\nsource = "规程"\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "jingyi.db"
    migrate.upgrade(f"sqlite:///{file}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("JINGYI_TOKEN", "123456:upkeep")
    return file


@pytest.fixture
def another(file: Path):
    """Another process that holds the store as a running bot does."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait(PATIENCE)
    process.stdin.close()
    process.stdout.close()


def jingyi(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_totals_that_are_right_are_said_to_be(file):
    done = jingyi("verify")
    whole = "操作日志完整：0 条，末条校验码 0000000000000000。\n"
    assert (done.exit_code, done.stdout) == (0, f"累计分和每周积分都与台账相符。\n{whole}")


def test_a_total_that_is_wrong_is_named_and_fails(file, monkeypatch):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO members (id, name, met_at) VALUES (7, '李伟', 0)")
        connection.execute("INSERT INTO points_totals VALUES (7, 12)")
    monkeypatch.setenv("JINGYI_LANGUAGE", "en")
    done = jingyi("verify")
    assert done.exit_code == 1
    assert done.stdout == "Member 7, in all: 12 points are kept, the ledger adds up to 0\n"


def test_a_backup_says_how_large_it_is_and_can_be_restored(file, tmp_path):
    done = jingyi("backup", tmp_path / "kept.db")
    assert done.exit_code == 0
    assert "MB" in done.stdout
    done = jingyi("restore", tmp_path / "kept.db")
    assert done.exit_code == 0
    assert len(list(tmp_path.glob("jingyi-*.db"))) == 1


@pytest.mark.parametrize("is_there", [True, False])
def test_a_restored_backup_of_an_open_round_says_how_many_answers_cannot_be_read(file, tmp_path, is_there):
    keys = KeyFolder(tmp_path / "jingyi.db.keys")
    kept, other = keys.make(), keys.make()
    with closing(sqlite3.connect(file)) as connection, connection:
        for member, key in enumerate((kept, other, other, None), start=1):
            connection.execute("INSERT INTO members (id, name, met_at) VALUES (?, '李伟', 0)", (member,))
            body = "{}" if key is None else f"~{key}:AAAA"
            connection.execute("INSERT INTO responses VALUES (1, ?, 'submitted', NULL, ?)", (member, body))
    assert jingyi("backup", tmp_path / "kept.db").exit_code == 0
    if not is_there:
        keys.destroy(other)
    done = jingyi("restore", tmp_path / "kept.db")
    assert done.exit_code == 0
    assert ("有 2 份不记名答卷" in done.stdout) is not is_there


@pytest.mark.parametrize("command", ["verify", "backup"])
def test_a_store_that_is_not_there_is_said_in_words_and_not_made(file, command, tmp_path):
    file.unlink()
    done = jingyi(command, *([tmp_path / "kept.db"] if command == "backup" else []))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "没有找到数据文件" in done.stderr
    assert not file.exists()


def test_a_folder_that_is_not_there_is_said_in_words(file, tmp_path):
    done = jingyi("backup", tmp_path / "nowhere" / "kept.db")
    assert done.exit_code == 1
    assert "nowhere" in done.stderr


def test_a_second_bot_on_a_store_refuses_in_words(file, another):
    done = subprocess.run([sys.executable, "-m", "bot", "run"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"正由另一个程序使用（进程 {another.pid}）" in done.stderr


def test_a_store_is_not_replaced_under_a_running_bot(file, another, tmp_path):
    assert jingyi("backup", tmp_path / "kept.db").exit_code == 0
    done = jingyi("restore", tmp_path / "kept.db")
    assert done.exit_code == 1
    assert "请先停掉它" in done.stderr


def test_a_kill_gives_the_store_back(file, another):
    os.kill(another.pid, signal.SIGKILL)
    another.wait(10)
    with lock.hold(file):
        assert lock.beside(file).read_text() == str(os.getpid())


def test_items_can_be_imported_while_a_bot_runs(file, another, tmp_path):
    (tmp_path / "study.toml").write_text(LESSON, encoding="utf-8")
    assert jingyi("import", "study", tmp_path / "study.toml", "--yes").exit_code == 0


def test_a_broken_chain_is_named_and_fails(file):
    chained = (
        "INSERT INTO audit (id, at, action, subject, previous, hash) VALUES (1, 0, 'role.granted', 'member:1', '', '')"
    )
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(chained)
    done = jingyi("verify")
    assert done.exit_code == 1
    assert done.stdout.startswith("操作日志从第 1 条起对不上")
