"""Every mistake that files of questions know, told with its line or row; and what is carried over in spite of it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sheets import Reason, WrongFile
from sheets.process import Files
from sheets.questions import QUESTIONS, Format, Kind, Loss, Mistake
from sheets.questions.reader import looks_like_questions, read
from tests.sheets.making import csv, xlsx

OPTIONS = "\n".join(f"{letter}．{letter * 2}" for letter in "ABCDEFGHIJKLM")
SINGLE = "1．甲\nA．一\nB．二\n"


def wrong(text):
    found = read(text.encode() if isinstance(text, str) else text)
    return [(one.place.line or one.place.row, one.mistake, one.detail) for one in found.wrong]


CASES = {
    "no right answer": (SINGLE + "解析：答案在哪", 1, Mistake.NO_RIGHT, ""),
    "an answer with nothing in it": (SINGLE + "答案：", 1, Mistake.NO_RIGHT, ""),
    "two where one is asked": ("一、单选题\n" + SINGLE + "答案：AB", 2, Mistake.TWO_RIGHT, "AB"),
    "two answers": (SINGLE + "答案：A\n答案：B", 5, Mistake.TWO_RIGHT, "A B"),
    "a letter beyond the options": (SINGLE + "答案：E", 1, Mistake.NO_SUCH_OPTION, "E"),
    "words that are no option": (SINGLE + "答案：三", 4, Mistake.NOT_AN_ANSWER, "三"),
    "an option twice": ("1．甲\nA．一\nB．一\n答案：A", 1, Mistake.OPTION_TWICE, "一"),
    "a letter twice": ("1．甲\nA．一\nA．二\n答案：A", 1, Mistake.LETTER_TWICE, "A"),
    "a letter left out": ("1．甲\nA．一\nC．二\n答案：A", 1, Mistake.LETTER_TWICE, "C"),
    "an empty option": ("1．甲\nA．一\nB．\n答案：A", 1, Mistake.EMPTY_OPTION, "B"),
    "thirteen options": (f"1．甲\n{OPTIONS}\n答案：A", 1, Mistake.TOO_MANY_OPTIONS, "13"),
    "one option": ("1．甲\nA．一\n答案：A", 1, Mistake.ONE_OPTION, ""),
    "no options": ("1．【单选题】甲\n答案：A", 1, Mistake.NO_OPTIONS, ""),
    "no stem": ("1．\nA．一\nB．二\n答案：A", 1, Mistake.NO_TEXT, ""),
    "a long stem": (f"1．{'长' * 1001}\nA．一\nB．二\n答案：A", 1, Mistake.TOO_LONG, "1001"),
    "a long option": (f"1．甲\nA．{'长' * 301}\nB．二\n答案：A", 1, Mistake.OPTION_TOO_LONG, "A"),
    "more answers than blanks": ("1．____和____\n答案：一；二；三", 2, Mistake.BLANKS_DIFFER, "2 / 3"),
    "true and false": ("1．【判断题】甲\n答案：也许", 2, Mistake.NOT_AN_ANSWER, "也许"),
    "an order that leaves one out": ("1．【排序题】甲\nA．一\nB．二\n答案：AA", 4, Mistake.NOT_AN_ANSWER, "AA"),
    "two answers in brackets": ("1．（A）与（B）\nA．一\nB．二", 1, Mistake.NOT_AN_ANSWER, "（A） （B）"),
    "a code twice": (f"{SINGLE}答案：A\n编号：x\n2．乙\nA．一\nB．二\n答案：A\n编号：x", 6, Mistake.CODE_TWICE, "x"),
    "too few answers at the end": (
        f"{SINGLE}2．乙\nA．一\nB．二\n参考答案\n1-3 BA",
        8,
        Mistake.ANSWERS_DIFFER,
        "1-3 BA",
    ),
    "an answer at the end to no question": (f"{SINGLE}\n参考答案\n1.A 2.B", 6, Mistake.ANSWERS_DIFFER, "2. B"),
    "GIFT: an open brace": ("::a::甲{=一 ~二\n\n::b::乙{=一 ~二}", 1, Mistake.UNCLOSED, "甲{=一 ~二"),
    "GIFT: a brace within": ("甲{=一 ~{二}", 1, Mistake.UNCLOSED, "甲{=一 ~{二}"),
    "GIFT: an unknown escape": ("\n::a::甲\n乙\\x{=一 ~二}", 3, Mistake.ESCAPE, "\\x"),
    "GIFT: nothing is right": ("甲{~一 ~二}", 1, Mistake.NO_RIGHT, ""),
    "GIFT: two are right": ("甲{=一 =二 ~三}", 1, Mistake.TWO_RIGHT, "AB"),
    "GIFT: no number": ("甲{#三}", 1, Mistake.NOT_A_NUMBER, "三"),
    "GIFT: no answer": ("::a::甲{#}", 1, Mistake.NOT_A_NUMBER, ""),
    "Aiken: no answer": ("What?\nA. a\nB. b\n\nNext?\nA. a\nB. b\nANSWER: A", 1, Mistake.NO_RIGHT, ""),
    "Aiken: a letter beyond": ("What?\nA. a\nB. b\nANSWER: C", 4, Mistake.NO_SUCH_OPTION, "C"),
    "Aiken: two answers": ("What?\nA. a\nB. b\nANSWER: A, B", 4, Mistake.TWO_RIGHT, "AB"),
    "XML: not closed": ("<quiz>\n<question>", 2, Mistake.SYNTAX, "no element found"),
    "XML: a document type": ('<?xml version="1.0"?>\n<!DOCTYPE quiz>\n<quiz/>', 2, Mistake.DOCUMENT_TYPE, ""),
    "nothing": ("<quiz></quiz>", 0, Mistake.NO_QUESTIONS, ""),
}


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_told_with_its_line(name):
    text, line, mistake, detail = CASES[name]
    assert (line, mistake, detail) in wrong(text)


def test_all_mistakes_are_told_and_the_right_questions_kept():
    found = read((SINGLE + "答案：E\n\n2．乙\nA．一\nB．二\n答案：B\n3．丙\nA．一\nB．一\n答案：A").encode())
    assert [one.text for one in found.questions] == ["乙"]
    assert [(one.place.line, one.mistake) for one in found.wrong] == [
        (1, Mistake.NO_SUCH_OPTION),
        (10, Mistake.OPTION_TWICE),
    ]
    many = "\n".join(f"{number}．甲\nA．一\nB．二\n答案：E" for number in range(1, 50))
    assert len(read(many.encode()).wrong) == 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_the_encodings_of_offices_are_read(encoding):
    text = "一、判断题\r\n1、党员应当按月交纳党费。（√）\r\n2、工会不是群众组织。（×）\r\n"
    assert [one.right for one in read(text.encode(encoding)).questions] == [(0,), (1,)]


def test_two_encodings_in_one_file_are_told():
    good = "1．中国共产党成立于（ ）\nA．一九一九年\nB．一九二一年\n答案：B\n".encode()
    bad = "2．中国共产党成立于（ ）\nA．一九一九年\nB．一九二一年\n答案：B\n".encode("gbk")
    assert wrong(good + bad) == [(5, Mistake.ENCODING, "")]
    assert wrong(bad + good) == [(5, Mistake.ENCODING, "")]


def test_answers_at_the_end_and_in_sections():
    text = """党史知识竞赛
一、单项选择题（每题2分）
1.2021年是建党（ ）周年。
A、九十 B、一百 C、一百一
2．甲
A. 一
B. 二
二、多选题
1、乙
A．一　B．二　C．三
三、判断题
1、丙
参考答案：
一、单选题
1-2 BA
二、多选题
1.ABC
三、判断题
1.√
"""
    found = read(text.encode())
    assert not found.wrong
    assert [(one.kind, one.right) for one in found.questions] == [
        (Kind.SINGLE, (1,)),
        (Kind.SINGLE, (0,)),
        (Kind.MULTIPLE, (0, 1, 2)),
        (Kind.TRUE_FALSE, (0,)),
    ]
    assert found.questions[0].text == "2021年是建党（ ）周年。"
    assert found.questions[2].options == ("一", "二", "三")


def test_variants_of_chinese_texts():
    text = """（１）甲（Ｂ）
(A) 一
(B) 二
（2）乙____，____。【答案】一、二【解析】原文。
（3）丙（ ）
A.一
B.二
正确答案 AB
难度：中
出处：党章第一条
知识点：党章
编号：dz-3
（4）【简答题】丁
答：略
"""
    found = read(text.encode())
    assert not found.wrong
    first, second, third = found.questions
    assert (first.text, first.right) == ("甲（ ）", (1,))
    assert (second.kind, second.blanks, second.explanation) == (Kind.FILL_IN, (("一",), ("二",)), "原文。")
    assert (third.kind, third.source, third.topic, third.code) == (Kind.MULTIPLE, "党章第一条", "党章", "dz-3")
    assert [(one.loss, one.place.line) for one in found.lost] == [(Loss.SETTING, 9), (Loss.KIND, 13)]


GIFT = r"""// 题库
$CATEGORY: $course$/top/党史

::Q1:: 1+1\=2 {T}

::Q2:: Colour?
{ =yellow # right; good! ~red # wrong ~%50%blue }

Two plus {=two =2 =%50%to} equals four.

Mice? { =cat -> cat food =dog -> dog food = -> x}

3.14{#3.14:0.01####because}

multi{~%50%a ~%50%b ~%-100%c\~d}

range{#1..5}

[html]<p>a<b>b</b></p><img src="data:image/png;base64,AAAA"><script>x()</script>{=a ~b}

essay {}

description
"""


def test_all_kinds_of_gift():
    found = read(GIFT.encode("utf-8-sig"))
    assert found.format is Format.GIFT
    assert not found.wrong
    assert [one.kind for one in found.questions] == [
        Kind.TRUE_FALSE, Kind.SINGLE, Kind.FILL_IN, Kind.MATCHING, Kind.FILL_IN, Kind.MULTIPLE,
        Kind.FILL_IN, Kind.SINGLE,
    ]  # fmt: skip
    truth, colour, missing, mice, pi, multi, span, html = found.questions
    assert (truth.text, truth.code, truth.topic) == ("1+1=2", "Q1", "党史")
    assert (colour.options, colour.right, colour.explanation) == (("yellow", "red", "blue"), (0,), "right; good!")
    assert (missing.text, missing.blanks) == ("Two plus ____ equals four.", (("two", "2"),))
    assert (mice.pairs, mice.distractors) == ((("cat", "cat food"), ("dog", "dog food")), ("x",))
    assert (pi.blanks, str(pi.tolerance), pi.explanation) == ((("3.14",),), "0.01", "because")
    assert (multi.options[2], multi.right) == ("c~d", (0, 1))
    assert (span.blanks, str(span.tolerance)) == ((("3",),), "2")
    assert html.text == "ab"
    assert [one.loss for one in found.lost] == [
        Loss.WEIGHT, Loss.FEEDBACK, Loss.WEIGHT, Loss.IMAGE, Loss.SCRIPT, Loss.KIND, Loss.KIND,
    ]  # fmt: skip


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/党建</text></category></question>
<question type="multichoice"><name><text>n</text></name>
<questiontext format="html"><text><![CDATA[<p>甲 &lt; 乙<br>丙</p><table><tr><td>x</td></tr></table>
<img src="data:image/png;base64,{picture}">]]></text>
<file name="a.png" encoding="base64">{picture}</file></questiontext>
<generalfeedback format="html"><text>因为</text></generalfeedback><idnumber>m1</idnumber><single>true</single>
<answer fraction="100" format="html"><text><![CDATA[<b>一</b>]]></text><feedback><text></text></feedback></answer>
<answer fraction="0"><text>二</text><feedback><text>不对</text></feedback></answer>
</question>
<question type="numerical"><questiontext><text>数</text></questiontext>
<answer fraction="100"><text>3.0</text><tolerance>0.5</tolerance></answer></question>
<question type="ordering"><questiontext><text>序</text></questiontext>
<answer fraction="2.0"><text>后</text></answer><answer fraction="1.0"><text>先</text></answer></question>
<question type="essay"><name><text>作文</text></name></question>
<question type="cloze"><name><text>完形</text></name></question>
</quiz>"""


def test_moodle_xml_is_read_without_its_pictures():
    found = read(MOODLE.replace("{picture}", "QUJD" * 1_000_000).encode())
    assert not found.wrong
    choice, number, order = found.questions
    assert (choice.text, choice.options, choice.right) == ("甲 < 乙\n丙\n\nx", ("一", "二"), (0,))
    assert (choice.explanation, choice.code, choice.topic, choice.place.line) == ("因为", "m1", "党建", 4)
    assert (number.blanks, str(number.tolerance)) == ((("3.0",),), "0.5")
    assert order.options == ("先", "后")
    assert [one.loss for one in found.lost] == [
        Loss.FILE, Loss.IMAGE, Loss.TABLE, Loss.FEEDBACK, Loss.KIND, Loss.KIND,
    ]  # fmt: skip
    assert [one.detail for one in found.lost[-2:]] == ["essay 作文", "cloze 完形"]


BOMB = '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, BOMB.replace("?>", "?>" + " " * 30, 1)])
def test_entities_are_refused(text):
    assert [mistake for _, mistake, _ in wrong(text)] == [Mistake.DOCUMENT_TYPE]
    deep = "<quiz>" + "<question>" * 50
    assert [mistake for _, mistake, _ in wrong(deep)] == [Mistake.TOO_DEEP]


HEAD = ["序号", "题型", "题干", "选项A", "选项B", "选项C", "答案", "解析", "来源", "主题", "编号", "难度"]


def test_a_table_is_read_by_its_headings():
    rows = [
        ["党建题库"],
        HEAD,
        [1, "单选题", "甲", "一", "二", "", "B", "因为", "党章", "党史", "t1", "易"],
        [2, "多选", "乙", "一", "二", "三", "A,C", "", "", "", "t2", ""],
        [3, "判断题", "丙", "", "", "", "×", "", "", "", "t3", ""],
        [4, "填空题", "丁____", "", "", "", 1921, "", "", "", "t4", ""],
        [5, "简答题", "戊", "", "", "", "略", "", "", "", "", ""],
    ]
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    for content in (xlsx(rows), csv(*lines, encoding="gbk")):
        found = read(content)
        assert not found.wrong
        assert [(one.kind, one.right, one.place.row) for one in found.questions] == [
            (Kind.SINGLE, (1,), 3),
            (Kind.MULTIPLE, (0, 2), 4),
            (Kind.TRUE_FALSE, (1,), 5),
            (Kind.FILL_IN, (), 6),
        ]
        assert found.questions[3].blanks == (("1921",),)
        assert found.questions[0].code == "t1"
        assert [one.loss for one in found.lost] == [Loss.SETTING, Loss.KIND]


def test_mistakes_of_a_table_are_told_by_row():
    rows = [HEAD, [1, "猜谜", "甲", "一", "二", "", "B"], [2, "单选", "", "一", "", "二", "D"]]
    assert wrong(xlsx(rows)) == [
        (2, Mistake.NOT_A_KIND, "猜谜"),
        (3, Mistake.NO_TEXT, ""),
        (3, Mistake.EMPTY_OPTION, "B"),
        (3, Mistake.NO_SUCH_OPTION, "D"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "姓名,工号,党支部\n李伟,1,一支部",
        "title: 食堂\nquestions:\n- kind: 单选",
        '{"pages": [{"elements": {}}]}',
        "随便写几句话",
    ],
)
def test_other_files_are_not_taken(content):
    assert not looks_like_questions(content.encode())
    with pytest.raises(WrongFile) as refused:
        read(content.encode())
    assert refused.value.reason is Reason.WRONG_KIND


@pytest.mark.parametrize("content", [SINGLE + "答案：A", "甲{=一 ~二}", "What?\nA. a\nB. b\nANSWER: A", MOODLE])
def test_files_of_questions_are_known(content):
    assert looks_like_questions(content.encode())


async def test_five_thousand_questions_come_through_the_child_process():
    text = "\n".join(f"{at}．第{at}题（ ）\nA．一\nB．二\nC．三\nD．四\n答案：B\n解析：因为" for at in range(1, 5001))
    read(SINGLE.encode())  # what is loaded once
    begun = time.process_time()
    assert len(read(text.encode()).questions) == 5000
    assert time.process_time() - begun < 3
    found = await Files().read(QUESTIONS, text.encode())
    assert [one.right for one in found.questions] == [(1,)] * 5000


HOSTILE = {
    "options": "1．甲\n" + "A．x B．y\n" * 20_000 + "答案：A",
    "lines of an explanation": "1．甲（√）\n解析：\n" + "x\n" * 50_000,
    "lines of answers": "1．甲\nA．一\nB．二\n参考答案\n1.A\n" + "x\n" * 50_000,
    "answers": "1．甲\nA．一\nB．二\n答案：" + "A " * 50_000,
    "brackets": "1．" + "（A）" * 30_000 + "\nA．一\nB．二",
    "braces": "{=" * 50_000,
    "weights": "a{" + "~%50%x" * 30_000 + "}",
    "pictures": "<quiz><question type='truefalse'><questiontext><text>"
    + "&lt;img src=data:image/png;base64," * 5_000
    + "</text></questiontext></question></quiz>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_takes_long(name):
    content = HOSTILE[name].encode()
    begun = time.process_time()
    looks_like_questions(content)
    assert len(read(content).wrong) <= 20
    assert time.process_time() - begun < 3


HEADS = ("", "1．甲\n", "::a::甲{", "What?\nA. a\nB. b\n", "<quiz><question type='matching'>", "题干,答案\n")


@settings(max_examples=40)
@given(
    some.sampled_from(HEADS),
    some.text(alphabet="12．.A-C，。（）(){}=~#\\%:：<>&'\"_|；\n 答案解析参考一二题√×->é", max_size=200),
)
def test_no_words_break_the_readers(head, text):
    try:
        assert len(read(f"{head}{text}".encode()).wrong) <= 20
    except WrongFile as refused:
        assert refused.reason in Reason
