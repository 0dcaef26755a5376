"""Suggestions that ask for the same: measured on labelled pairs, and what must never be taken for the same."""

from pathlib import Path

import pytest

from language.similar import MAX_FOUND, are_similar, nearest

TABLE = Path(__file__).with_name("similar.tsv")
PRECISION, RECALL = 0.95, 0.7


def pairs():
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [(label == "same", one, other) for label, one, other in (line.split("\t") for line in lines)]


@pytest.mark.parametrize("half", [0, 1])
def test_pairs_are_told_apart(half):
    rows = pairs()[half::2]
    found = [row for row in rows if are_similar(row[1], row[2])]
    right = [row for row in found if row[0]]
    assert len(right) >= PRECISION * len(found), [row for row in found if not row[0]]
    assert len(right) >= RECALL * sum(row[0] for row in rows)


def test_the_table_is_large_enough():
    assert len(pairs()) >= 120
    assert sum(not same for same, *_ in pairs()) >= 60


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5米", "15米"),
        ("+5度", "-5度"),
        ("C++", "C#"),
        ("三号", "五号"),
        ("张伟", "李伟"),
        ("左", "右"),
        ("上", "下"),
        ("有", "没有"),
        ("A3号行车", "B3号行车"),
        ("10-1号皮带机", "10-2号皮带机"),
        ("M12螺栓", "M16螺栓"),
        ("饮水机", "打印机"),
        ("周三", "周四"),
        ("两次", "三次"),
        ("10%", "10‰"),
        ("≤60度", "≥60度"),
        ("早班", "夜班"),
    ],
)
@pytest.mark.parametrize(
    "around", ["建议{}这里尽快处理", "车间里{}的情况大家都反映了很多次，希望领导能够尽快安排人处理一下"]
)
def test_what_differs_in_one_place_is_another_suggestion(one, other, around):
    assert are_similar(around.format(one), around.format(one))
    assert not are_similar(around.format(one), around.format(other))
    assert not are_similar(around.format(other), around.format(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("三号皮带机跑偏", "3号皮带机跑偏"), ("护栏1.5米", "护栏1．5米"), ("学Ｃ++", "学c++"), ("加一个热菜", "加个热菜")],
)
def test_two_ways_of_writing_are_one(one, other):
    assert are_similar(one, other)


@pytest.mark.parametrize("text", ["", "😀" * 4096, "。。。", "建议希望", "一" * 4096, "\u200b" * 100])
def test_what_has_no_content_is_similar_to_nothing(text):
    assert not are_similar(text, text)


def test_the_most_similar_are_found_first_and_at_most_three():
    others = [(number, "食堂晚班加个热菜") for number in range(10)]
    others += [(20, "希望食堂夜班加一道热菜，辣一点"), (21, "停车场加装充电桩")]
    found = nearest("食堂夜班增加热菜", others)
    assert len(found) == MAX_FOUND
    assert not {20, 21} & set(found)
