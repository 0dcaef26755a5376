"""Near-copies of reflections: measured on labelled pairs, half of which were kept aside."""

from pathlib import Path

import pytest

from language.copied import core, first_copied, is_copied

TABLE = Path(__file__).with_name("copied.tsv")
PRECISION, RECALL = 0.97, 0.9
LEFT_OUT = "paraphrase"  # the same thought in other words; by letters it is no nearer than two people's own words
WORDS = "以前我总觉得夏天戴帽子闷，巡检几分钟不戴也没事。上个月脚手架上掉下一个螺母，正好砸在老周的帽子上。"


def pairs():
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [line.split("\t") for line in lines]


def found(row):
    *_, official, earlier, later = row
    return is_copied(core(later, official), core(earlier, official))


@pytest.mark.parametrize("half", [0, 1])
def test_near_copies_are_told_from_own_words(half):
    topics = sorted({row[0] for row in pairs()}, key=[row[0] for row in pairs()].index)[half::2]
    rows = [row for row in pairs() if row[0] in topics]
    copied, taken = [row for row in rows if row[2] == "1"], [row for row in rows if found(row)]
    right = [row for row in taken if row[2] == "1"]
    assert len(right) >= PRECISION * len(taken), [row for row in taken if row[2] != "1"]
    assert len(right) >= RECALL * len(copied), [row for row in copied if not found(row)]
    assert {row[1] for row in copied if not found(row)} == {LEFT_OUT}


def test_the_table_is_large_enough():
    assert len(pairs()) >= 120
    assert sum(row[2] == "0" for row in pairs()) >= 60
    assert len({tuple(row) for row in pairs()}) == len(pairs())


@pytest.mark.parametrize(
    "changed",
    [
        WORDS.replace("，", ", "),
        WORDS.replace("。", "！！！"),
        " ".join(WORDS),
        "\u200b".join(WORDS),
        "💪" + WORDS + "👍👍",
        WORDS.replace("8", "８"),
        "同志们好，" + WORDS + "不忘初心，牢记使命！",
    ],
)
def test_signs_that_nobody_reads_make_no_other_text(changed):
    assert is_copied(core(changed), core(WORDS))


def test_a_quote_of_the_official_text_is_nobodys_own():
    official = "进入生产现场必须正确佩戴安全帽，帽带系紧，帽壳无裂纹。"
    assert core(f"学习原文：{official}我明天就换新帽子", official) == core("学习原文我明天就换新帽子")
    assert core(official, official) == ""
    assert not is_copied(core(official, official), core(official, official))


def test_a_short_text_within_a_long_one_of_ones_own_is_no_copy():
    longer = (
        WORDS + "所以我现在把帽子挂在车门把手上，下车先拿帽子。" + "我们班还约好互相看一眼帽带，谁没系紧谁请喝水。" * 2
    )
    assert is_copied(core(WORDS), core(longer))  # the other way round all of it was taken over
    assert not is_copied(core(longer), core(WORDS))


def test_the_first_one_is_named():
    assert first_copied(core(WORDS), [(3, core("别的话" * 9)), (5, core(WORDS)), (7, core(WORDS))]) == 5
    assert first_copied(core(WORDS), []) is None
    assert first_copied("", [(1, "")]) is None
