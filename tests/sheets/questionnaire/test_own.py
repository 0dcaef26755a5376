"""Our own YAML and tables: what they may hold, and mistakes by their line or cell."""

import pytest

from sheets import Reason, WrongFile, write
from sheets.questionnaire import Kind, Mistake, table, yaml_of
from sheets.questionnaire.reader import looks_like_table, read
from sheets.questionnaire.tabular import parted
from tests.sheets.making import Formula, csv, xlsx

YAML = """\
# 食堂
title: 食堂满意度
introduction: |
  三分钟。

  谢谢！
questions:
  - kind: 单选
    text: 您多久去一次？
    options: [每天, 每周, 从不]
  - key: why
    kind: multiple
    text: 为什么不去？
    options:
      - {key: taste, text: 口味}
      - {key: price, text: 价格}
    required: 否
    shuffled: yes
    most: 1
    when: {question: q1, options: [从不, "2"]}
  - kind: rating
    text: 打分
    low: 1
    high: 5
  - kind: text
    text: 是哪里不好？
    when: {question: q3, options: [1, 2]}
"""
HEAD = ["题目", "题型", "选项", "必答", "选项乱序", "最多选几项", "最小值", "最大值", "什么情况下问", "编号"]


def test_a_yaml_is_read_as_its_page_says():
    made = read(YAML.encode(), "zh")
    assert not made.wrong
    assert (made.head.title, made.head.introduction) == ("食堂满意度", "三分钟。\n\n谢谢！")
    first, why, stars, words = made.questions
    assert (first.key, first.kind, first.required) == ("q1", Kind.SINGLE, True)
    assert [(one.key, one.text) for one in first.options] == [("1", "每天"), ("2", "每周"), ("3", "从不")]
    assert (why.key, why.required, why.shuffled, why.most) == ("why", False, True, 1)
    assert why.when is not None
    assert (why.when.question, why.when.options) == ("q1", ("2", "3"))
    assert (stars.low, stars.high) == (1, 5)
    assert words.when is not None
    assert words.when.options == ("1", "2")


def test_what_is_written_is_read_back_in_both_formats():
    made = read(YAML.encode(), "zh")
    again = read(yaml_of(made), "zh")
    assert again.head.title == made.head.title
    assert [(one.key, one.options, one.when) for one in again.questions] == [
        (one.key, one.options, one.when) for one in made.questions
    ]
    for language in ("zh", "en"):
        for as_csv in (True, False):
            back = read(write([table(made, "问卷", language)], as_csv=as_csv), language)
            assert not back.wrong
            assert back.head.introduction == made.head.introduction
            assert [(one.key, one.kind, one.text, one.required) for one in back.questions] == [
                (one.key, one.kind, one.text, one.required) for one in made.questions
            ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_a_yaml_in_any_encoding_of_an_office_is_read(encoding):
    assert read(YAML.encode(encoding), "zh").head.title == "食堂满意度"


@pytest.mark.parametrize(
    ("change", "line", "mistake", "detail"),
    [
        (("title: 食堂满意度", "titel: x"), 2, Mistake.UNKNOWN, "titel"),
        (("key: why", "key: q1"), 11, Mistake.TWICE, "q1"),
        (("key: why", "key: w y"), 11, Mistake.RULE, "key"),
        (("kind: 单选", "kind: 单选多选"), 8, Mistake.NOT_A_KIND, "单选多选"),
        (("required: 否", "required: 也许"), 17, Mistake.NOT_A_TRUTH, "required"),
        (("most: 1", "most: 一"), 19, Mistake.NOT_A_NUMBER, "most"),
        (("question: q1", "question: q9"), 20, Mistake.NO_SUCH_QUESTION, "when"),
        (("[从不,", "[有时,"), 20, Mistake.NO_SUCH_OPTION, "有时"),
        (("options: [每天, 每周, 从不]", "options: 每天"), 10, Mistake.NOT_A_LIST, "options"),
        (("text: 打分", "txt: 打分"), 22, Mistake.UNKNOWN, "txt"),
        (("    text: 打分\n", ""), 21, Mistake.MISSING, "text"),
        (("most: 1", "most: 1\n    most: 2"), 20, Mistake.TWICE, "most"),
        (("text: 打分", "text: &a 打分"), 22, Mistake.REFERENCE, "&a"),
        (("text: 打分", "text: *a"), 22, Mistake.REFERENCE, "*a"),
        (("text: 打分", "text: !python/name:os.system x"), 22, Mistake.REFERENCE, "!python/name:os.system"),
        (("low: 1", "low: [[[[[[[[[1]]]]]]]]]"), 23, Mistake.TOO_DEEP, ""),
        (("low: 1", "low: [1"), 24, Mistake.SYNTAX, None),
        (("low: 1", "\tlow: 1"), 23, Mistake.SYNTAX, None),
        (("low: 1", "low: 1\x07"), 23, Mistake.SYNTAX, "U+0007"),
        (("introduction: |", "---\nintroduction: |"), 3, Mistake.SYNTAX, "---"),
        (("when: {question: q3, options: [1, 2]}", "when: [q3]"), 27, Mistake.NOT_A_MAP, "when"),
        (("when: {question: q3, options: [1, 2]}", "{a: b}: c"), 27, Mistake.NOT_A_TEXT, ""),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_a_mistake_is_told_by_its_line(change, line, mistake, detail):
    assert change[0] in YAML
    wrong = read(YAML.replace(*change).encode(), "zh").wrong
    assert wrong
    told = [(one.place.line, one.mistake, one.detail) for one in wrong if detail is not None] or [
        (one.place.line, one.mistake, None) for one in wrong
    ]
    assert (line, mistake, detail) in told


def test_all_mistakes_are_told_at_once():
    broken = YAML.replace("单选", "x").replace("most: 1", "most: 一").replace("key: why", "kee: why")
    assert [one.place.line for one in read(broken.encode(), "zh").wrong] == [8, 11, 19]


@pytest.mark.parametrize(
    "content", ["title: x\nquestions: []\n", "title: x\nquestions:\n", "title: [x]\n", "---\n- title:\n"]
)
def test_without_questions_there_is_nothing(content):
    assert read(content.encode(), "zh").wrong


def test_aliases_multiply_nothing():
    bomb = "title: x\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (wrong,) = read(bomb.encode(), "zh").wrong
    assert (wrong.mistake, wrong.place.line) == (Mistake.REFERENCE, 2)


def test_a_table_is_read():
    made = read(
        xlsx(
            [
                ["标题", "食堂满意度"],
                ["说明：", "三分钟"],
                [],
                HEAD,
                ["您多久去一次？", "单选题", "每天\n每周\n从不", "是", "", "", "", "", "", ""],
                ["为什么不去？", "多选", "口味、价格、排队", "否", "是", 2.0, "", "", "第1题：从不", "why"],
                ["打分", "评分", "", "", "", "", 1, 5, "", ""],
                ["", "", "", "", "", "", "", "", "", ""],
                ["是哪里不好？", "问答", "", "", "", "", "", "", "q3=1；2", ""],
            ],
            sheet="问卷",
        ),
        "zh",
    )
    assert not made.wrong
    assert (made.head.title, made.head.introduction) == ("食堂满意度", "三分钟")
    assert [(one.key, one.kind, one.place.cell) for one in made.questions] == [
        ("q1", Kind.SINGLE, "A5"),
        ("why", Kind.MULTIPLE, "A6"),
        ("q3", Kind.RATING, "A7"),
        ("q4", Kind.TEXT, "A9"),
    ]
    why = made.questions[1]
    assert [one.text for one in why.options] == ["口味", "价格", "排队"]
    assert (why.required, why.shuffled, why.most) == (False, True, 2)
    assert why.when is not None
    assert (why.when.question, why.when.options) == ("q1", ("3",))


def test_headings_in_any_order_and_language_and_options_in_columns_of_their_own():
    made = read(
        xlsx(
            [
                ["Type", "Question", "Option A", "Option B", "Option C", "备注"],
                ["single", "Coming?", "Yes", "No", "", "x"],
            ],
            sheet="Party",
        ),
        "en",
    )
    assert not made.wrong
    assert made.head.title == "Party"
    assert [one.text for one in made.questions[0].options] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("row", "cell", "mistake"),
    [
        (["", "单选", "a|b"], "A2", Mistake.MISSING),
        (["?", "", "a|b"], "B2", Mistake.MISSING),
        (["?", "选一个吧", "a|b"], "B2", Mistake.NOT_A_KIND),
        (["?", "单选", "a|b", "可能"], "D2", Mistake.NOT_A_TRUTH),
        (["?", "单选", "a|b", "", "", "两项"], "F2", Mistake.NOT_A_NUMBER),
        (["?", "单选", "a|b", "", "", 1.5], "F2", Mistake.NOT_A_NUMBER),
        (["?", "单选", "a|b", "", "", "", "", "", "7=a"], "I2", Mistake.NO_SUCH_QUESTION),
        (["?", "单选", "a|b", "", "", "", "", "", "满意才问"], "I2", Mistake.NO_SUCH_QUESTION),
        ([Formula("=A1"), "单选", "a|b"], "A2", Mistake.NOT_COMPUTED),
    ],
)
def test_a_mistake_is_told_by_its_cell(row, cell, mistake):
    wrong = read(xlsx([HEAD, row], sheet="问卷"), "zh").wrong
    assert (cell, mistake) in [(one.place.cell, one.mistake) for one in wrong]


def test_a_condition_names_an_option_that_there_is():
    rows = [HEAD, ["?", "单选", "a|b"], ["!", "文字", "", "", "", "", "", "", "1=c"]]
    (wrong,) = read(xlsx(rows, sheet="问卷"), "zh").wrong
    assert (wrong.place.cell, wrong.mistake, wrong.detail) == ("I3", Mistake.NO_SUCH_OPTION, "c")


def test_a_column_that_is_there_twice_is_a_mistake():
    (wrong,) = read(xlsx([["题目", "题型", "问题"], ["a", "文字", "b"]], sheet="问卷"), "zh").wrong
    assert (wrong.place.cell, wrong.mistake) == ("C1", Mistake.TWICE)


def test_a_title_is_needed():
    (wrong,) = read(xlsx([["题目", "题型"], ["a", "文字"]], sheet="Sheet1"), "zh").wrong
    assert (wrong.place.cell, wrong.mistake, wrong.detail) == ("A1", Mistake.MISSING, "title")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_csv_is_read_as_well(encoding):
    data = csv("标题,食堂", "题目,题型,选项", "好吃吗？,单选,好；不好").decode().encode(encoding)
    made = read(data, "zh")
    assert (made.head.title, made.questions[0].options[1].text) == ("食堂", "不好")


@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ("a\nb、c\n", ["a", "b、c"]),
        ("a | b；c", ["a", "b；c"]),
        ("a；b, c", ["a", "b, c"]),
        ("口味、价格", ["口味", "价格"]),
        ("yes, no", ["yes", "no"]),
        ("一个", ["一个"]),
        ("", []),
    ],
)
def test_options_in_a_cell(cell, options):
    assert parted(cell) == options


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"\0" * 100, Reason.EMPTY),
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3", Reason.WRONG_KIND),
        ("通知：周五开会".encode(), Reason.WRONG_KIND),
        (b"\xd0\xcf\x11\xe0abc", Reason.OLD_OR_PROTECTED),
        (xlsx([["姓名", "工号"], ["李伟", "1"]]), Reason.NO_HEADER),
        (b"title: a\0b", Reason.WRONG_KIND),
        (b"title: x\n" + b"#" * 500_000, Reason.TOO_LARGE),
    ],
    ids=["empty", "nulls", "pdf", "text", "old", "roster", "null", "large"],
)
def test_what_is_no_questionnaire_is_refused_by_its_reason(data, reason):
    with pytest.raises(WrongFile) as caught:
        read(data, "zh")
    assert caught.value.reason is reason


def test_the_content_tells_what_may_be_a_roster():
    assert looks_like_table(xlsx([["题目"]]))
    assert looks_like_table("姓名,工号\n李伟,1\n".encode())
    assert not looks_like_table(YAML.encode())
    assert not looks_like_table(b'\xef\xbb\xbf {"pages": []}')
    assert not looks_like_table(b"<?xml version='1.0'?><document/>")
