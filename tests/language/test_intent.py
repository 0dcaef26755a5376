"""Plain words and the command that they mean: measured on how many people speak, and single rules."""

from pathlib import Path

import pytest

from language import intent
from language.intent import Intent, Kind

FOLDER = Path(__file__).parent
RIGHT = 0.95


def rows(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            said, command, *rest = line.split("\t")
            yield said, command, "".join(rest)


def is_right(said, command, rest):
    found = intent.read(said)
    return found is None if command == "-" else found is not None and (found.command, found.rest) == (command, rest)


def acts_wrongly(said, command, rest):
    found = intent.read(said)
    acts = found is not None and found.sure and intent.kinds()[found.command] is Kind.ACT
    return acts and not is_right(said, command, rest)


@pytest.mark.parametrize("name", ["utterances.tsv", "utterances_kept.tsv"])
def test_what_people_write_is_understood(name):
    found = list(rows(name))
    wrong = [row for row in found if not is_right(*row)]
    assert len(wrong) <= (1 - RIGHT) * len(found), wrong
    assert [row for row in found if row[1] == "-" and acts_wrongly(*row)] == []


def test_the_tables_are_large_enough():
    found = list(rows("utterances.tsv"))
    assert len(found) - len(nothing := [row for row in found if row[1] == "-"]) >= 200
    assert len(nothing) >= 60


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("完成 30", Intent("done", "30", place=3)),
        ("/完成 30", Intent("done", "30", place=4)),
        ("请假到周五", Intent("leave", "到周五", place=2)),
        ("提个建议 食堂早点开门", Intent("suggest", "食堂早点开门", place=5)),
        ("导出10月", Intent("export", "10月", place=2)),
        ("导出我的数据", Intent("export", "me")),
        ("交办任务 @li 周五 交表", Intent("task", "@li 周五 交表", place=5)),
        ("从12月1日请假到12月5日", Intent("leave", "从12月1日到12月5日")),
        ("机分", Intent("points", sure=False)),
        ("jifen", Intent("points", sure=False)),
        ("ponits", Intent("points", sure=False)),
        ("30号完成", Intent("done", "30", sure=False, place=0)),
    ],
)
def test_arguments_remain_as_they_were_written(said, meant):
    assert intent.read(said) == meant


@pytest.mark.parametrize(
    "said", ["", " ", "\u200b", "👍", "/", "?", "请", "a" * 4096, "我想要" * 2000, "请假到" * 1000, "任务" * 2000]
)
def test_nothing_is_no_order(said):
    assert intent.read(said) is None


@pytest.mark.parametrize(
    "said", ["\u200b积分", "积\u200b分", "积 分", "【积分】", "积分\n", "ＰＯＩＮＴＳ", "积分👍", "“积分”", "积分!!!"]
)
def test_signs_that_say_nothing_do_not_matter(said):
    assert intent.read(said) == Intent("points")


def test_what_changes_something_is_never_guessed():
    near = ["玩成30", "请嫁到周五", "导初10月", "取肖", "提个健议 食堂"]
    found = [one for one in map(intent.read, near) if one is not None]
    assert found, "some are asked about"
    assert [one for one in found if one.sure] == []


COMMANDS = ("tasks", "points", "rank", "settings", "help", "done", "study", "task", "summary")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("tsaks", "tasks"),
        ("ponits", "points"),
        ("rnak", "rank"),
        ("setings", "settings"),
        ("hepl", "help"),
        ("dnoe", "done"),
        ("sumary", "summary"),
    ],
)
def test_the_nearest_name_of_a_mistyped_command_is_found(name, meant):
    assert intent.nearest(name, COMMANDS)[0] == meant


@pytest.mark.parametrize("name", ["x", "weather", "thanks", "bank", "sturdyness", "two words"])
def test_what_is_near_no_command_has_no_nearest(name):
    assert intent.nearest(name, COMMANDS) == ()


@pytest.mark.parametrize("said", ["dnoe", "leaev", "exprot", "suggset", "canecl"])
def test_misspelt_english_that_changes_something_is_not_guessed(said):
    assert intent.read(said) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("怎么请假", Intent("leave")),
        ("建议在哪提", Intent("suggest")),
        ("请问如何交办任务", Intent("task")),
        ("请假流程", Intent("leave")),
        ("书记好，30号任务已办结", Intent("done", "30", place=4)),
        ("积分积分", Intent("points")),
        ("能不能导出9月份的积分", Intent("export", "9月份", place=5)),
        ("明天请假，孩子发烧", Intent("leave", "明天 孩子发烧")),
        ("今天还没学，学习内容在哪", Intent("study", sure=False)),
        ("wo de jifen duoshao", Intent("points", sure=False)),
        ("wancheng 12", Intent("done", sure=False)),
        ("给李伟布置个任务：周五交表", Intent("task", sure=False)),
    ],
)
def test_words_around_an_order_are_understood(said, meant):
    assert intent.read(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "怎么取消",
        "怎么导出不了",
        "bu zhi dao",
        "能请假吗",
        "30号完成怎么弄",
        "30号任务今天完成",
        "把30号任务做完",
        "意见：同意",
        "他排第几，真厉害",
    ],
)
def test_a_question_changes_nothing(said):
    found = intent.read(said)
    assert found is None or not found.sure


def test_what_a_text_may_be_about_is_named():
    assert intent.near("积分为什么少了")[0] == "points"
    assert intent.near("今天天气不错") == ()
