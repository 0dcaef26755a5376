"""The roster from the command line: what is printed, what is asked, and the exit codes."""

import time

import pytest
from typer.testing import CliRunner

from bot.cli import app
from sheets import read_roster
from tests.sheets.making import csv, xlsx

HEAD = ["姓名", "工号", "所在党组织", "职务", "手机", "入党日期", "请假开始", "请假结束", "籍贯"]
WEI = [
    "李伟",
    "0002",
    "集团党委/第一党支部",
    "+组长",
    "+8613800000002",
    "2019-07-01",
    "2026-11-02",
    "2099-11-13",
    "兰州",
]


@pytest.fixture
def run(folder):
    def run(*arguments, answer=None):
        return CliRunner().invoke(app, [*map(str, arguments)], input=answer)

    return run


def filled(folder, *rows):
    file = folder / "名册.xlsx"
    file.write_bytes(xlsx([HEAD, *rows]))
    return file


def test_it_shows_asks_and_brings_in(folder, run):
    file = filled(folder, WEI)
    told = run("import", "roster", file, answer="y\n")
    assert told.exit_code == 0
    assert "没有用到的列：籍贯" in told.output
    assert "新增 1 人" in told.output
    assert "✅ 名册已导入" in told.output
    again = run("import", "roster", file)
    assert again.exit_code == 0
    assert "没有要改的" in again.output


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_without_a_yes_nothing_is_done(folder, run, answer):
    file = filled(folder, WEI)
    assert run("import", "roster", file, answer=answer).exit_code == 1
    assert "新增 1 人" in run("import", "roster", file, "--yes").output


def test_faults_are_printed_one_by_one(folder, run):
    told = run("import", "roster", filled(folder, WEI, WEI, ["", "3", "一支部"]), "--yes")
    assert told.exit_code == 1
    assert "第 3 行 B 列：工号重复：0002 (2)" in told.output
    assert "第 4 行 A 列：没有姓名" in told.output
    assert "没有导入" in told.output


def test_another_file_is_refused_in_a_line(folder, run):
    file = folder / "x.xlsx"
    file.write_bytes(b"%PDF-1.7 \x00")
    told = run("import", "roster", file)
    assert told.exit_code == 1
    assert "我能读的是 XLSX 和 CSV" in told.output
    assert run("import", "roster", folder / "missing.xlsx").exit_code == 2


@pytest.mark.parametrize("kind", ["roster", "template"])
@pytest.mark.parametrize("name", ["out.xls", "out", "out.pdf"])
def test_a_file_is_what_its_name_says(folder, run, kind, name):
    assert run("export", kind, folder / name).exit_code == 2
    assert not (folder / name).exists()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_was_exported_comes_in_again_unchanged(folder, run, ending):
    run("import", "roster", filled(folder, WEI, ["王海燕", "0003", "集团党委/第二党支部"]), "--yes")
    out = folder / f"out.{ending}"
    told = run("export", "roster", out)
    assert told.exit_code == 0
    assert "已导出 2 人" in told.output
    again = run("import", "roster", out)
    assert "没有要改的" in again.output, again.output
    assert run("export", "roster", out).exit_code == 1
    assert run("export", "roster", out, "--force").exit_code == 0


@pytest.mark.parametrize(("ending", "language"), [("xlsx", "zh"), ("csv", "zh"), ("xlsx", "en"), ("csv", "en")])
def test_the_template_is_an_empty_roster(folder, run, monkeypatch, ending, language):
    monkeypatch.setenv("JINGYI_LANGUAGE", language)
    out = folder / f"template.{ending}"
    assert run("export", "template", out).exit_code == 0
    reading = read_roster(out.read_bytes())
    assert not reading.faults
    assert not reading.lines
    assert not reading.unused
    assert len(reading.told) == 8
    assert run("export", "template", out).exit_code == 1


def test_a_spreadsheet_takes_no_cell_of_a_csv_for_a_formula(folder, run):
    file = folder / "in.csv"
    file.write_bytes(csv("姓名,工号,支部,职务", "=cmd|x,1,一支部,@sum"))
    assert run("import", "roster", file, "--yes").exit_code == 0
    run("export", "roster", folder / "out.csv")
    assert "'=cmd|x" in (folder / "out.csv").read_text(encoding="utf-8-sig")


def test_three_hundred_people_are_in_within_seconds(folder, run):
    rows = [[f"张{n}", f"{n:06}", f"集团党委/第{n % 6}党总支/第{n % 30}党支部"] for n in range(300)]
    begun = time.process_time()  # a busy machine is no fault of ours
    told = run("import", "roster", filled(folder, *rows), "--yes")
    assert "新增 300 人" in told.output
    assert "新建 37 个组织" in told.output
    assert time.process_time() - begun < 10


def test_many_leavers_are_asked_about_by_name_and_not_skipped_by_yes(folder, run):
    others = [[f"张{number}", f"10{number}", *WEI[2:3], *[""] * 6] for number in range(3)]
    run("import", "roster", filled(folder, WEI, *others), "--yes")
    half = filled(folder, WEI, others[0])
    refused = run("import", "roster", half, "--yes")
    assert refused.exit_code == 1
    assert "张1（101）、张2（102）" in refused.output
    assert "--leavers 2" in refused.output
    assert run("import", "roster", half, "--yes", "--leavers", "1").exit_code == 1
    assert "没有导入" in run("import", "roster", half, answer="y\nn\n").output
    assert "离开 2 人" in run("import", "roster", half).output
    done = run("import", "roster", half, "--yes", "--leavers", "2")
    assert done.exit_code == 0
    assert "✅ 名册已导入" in done.output
