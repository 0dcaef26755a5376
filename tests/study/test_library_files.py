"""The library in files: what is written is read back as the same; what is wrong is told, all of it, with its place."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import bot
from domain.people.permission import Role
from domain.study.audience import Audience
from domain.study.campaign import Campaign
from domain.study.course import Course
from domain.study.item import Lesson, Media, MediaKind
from domain.study.library import Library, Reason, WrongLibrary
from domain.study.question import Blank, Question, QuestionKind
from handlers.study import library_files
from handlers.study.library_files import FORMATS, lost_of
from sheets import study

SAMPLE = Path(bot.__file__).parent / "sample" / "study.toml"
WELDERS = Audience(("机加工车间/一支部", "三支部"), (Role.SECRETARY, Role.EMPLOYEE), ("焊工，一级",))


def lesson(code, kind=None, **content):
    question = kind and Question(
        code, kind, "问\n什么？", explanation="因为：a|b", source="源", topic="安全", **content
    )
    return Lesson(code, f"题 {code}", "安全", "文。", "源", question)


LESSONS = (
    lesson("none"),
    lesson("single", QuestionKind.SINGLE, options=("甲，一", "乙"), right=(1,)),
    lesson("many", QuestionKind.MULTIPLE, options=("甲", "乙", "丙"), right=(0, 2)),
    lesson("true", QuestionKind.TRUE_FALSE, right=(0,)),
    lesson("false", QuestionKind.TRUE_FALSE, right=(1,)),
    lesson("blank", QuestionKind.FILL_IN, blanks=(Blank(("2.5",), Decimal("0.10")), Blank(("米", "m|±=")))),
    lesson("pairs", QuestionKind.MATCHING, pairs=(("a=b", "一"), ("乙", "二")), distractors=("三",)),
    lesson("order", QuestionKind.ORDERING, options=("先", "后")),
    Lesson(
        *("full", "都有：的", "安全", "第一行\n\n---\n  缩进 <b>\n\\---\n=1+1", "《源》"),
        expires=date(2027, 12, 31),
        more_topics=("焊接", "动火；一级"),
        media=Media(MediaKind.DOCUMENT, "BQACAgQ-_1", "规程.pdf", 12345),
        url="https://example.org/a?b=1&c=2#d",
        effective=date(2026, 1, 1),
        audience=WELDERS,
    ),
)
WHOLE = Library(
    LESSONS,
    (Course("c", "课", ("none", "full"), WELDERS),),
    (Campaign("k", "学", date(2026, 7, 1), date(2026, 7, 31), 40, ("full",), ("安全",)),),
    {"full": "10023"},
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_written_is_read_back_as_the_same(ending, language):
    whole = Library(WHOLE.lessons, owners=WHOLE.owners) if ending == "csv" else WHOLE
    content = library_files.write(whole, ending, language)
    assert study.looks_like(content)
    assert library_files.read(content) == whole


@pytest.mark.parametrize("ending", FORMATS)
def test_the_sample_comes_back_from_each_format(ending):
    sample = library_files.read(SAMPLE.read_bytes())
    back = library_files.read(library_files.write(sample, ending, "zh"))
    assert back.lessons == sample.lessons


def faults(text):
    with pytest.raises(WrongLibrary) as caught:
        library_files.read(text.encode())
    return [(one.place.line or one.place.cell, one.item, one.field, one.reason) for one in caught.value.faults]


TOML = """# 两条
[[item]]
code = "a"
title = "题"
text = "文"

[[item]]
code = "b"
title = "题"
text = "文"
source = "源"
url = "javascript:alert(1)"
expires = "明年"
roles = ["书记", "国王"]
kind = "oral"
question = "问？"

[[course]]
code = "c"
title = "课"

[[campaign]]
title = "学"
from = 2026-07-02
until = 2026-07-01
share = 140
topics = ["安全"]
"""


def test_all_that_is_wrong_is_told_with_its_line():
    read = library_files.as_library
    told = TOML.replace('expires = "明年"', "expires = 2026-02-01\neffective = 2026-03-01")
    assert read  # the file's own mistakes are told before anybody looks at what it says
    assert faults(TOML) == [(7, "b", "expires", Reason.FILE)]
    assert faults(told) == [
        (2, "a", "source", Reason.MISSING),
        (7, "b", "expires", Reason.ENDS_BEFORE),
        (7, "b", "kind", Reason.NOT_A_KIND),
        (7, "b", "url", Reason.NOT_A_LINK),
        (7, "b", "roles", Reason.NOT_A_ROLE),
        (19, "c", "items", Reason.NO_ITEMS),
        (23, "学", "until", Reason.ENDS_BEFORE),
        (23, "学", "share", Reason.SHARE),
    ]


MARKDOWN = """---
title: 甲
topics: [安全, 消防]
source: 源
author: 某人
---
# 甲

正文。

---
title: 乙
expires: 后天
question: 问？
options: [一, 二]
answer: C
---
"""


def test_a_markdown_file_holds_several_documents_and_tells_the_line_of_a_field():
    assert faults(MARKDOWN) == [
        (11, "乙", "text", Reason.MISSING),
        (11, "乙", "source", Reason.MISSING),
        (13, "乙", "expires", Reason.NOT_A_DATE),
        (16, "乙", "answer", Reason.NO_SUCH_OPTION),
    ]


def test_an_item_without_a_code_has_the_same_one_each_time_and_what_means_nothing_is_listed():
    text = MARKDOWN.partition("\n---\ntitle: 乙")[0]
    found = study.read(text.encode())
    (first,) = library_files.as_library(found).lessons
    assert (first.topics, first.text) == (("安全", "消防"), "# 甲\n\n正文。")
    assert [one.field for one in lost_of(found)] == ["author"]
    (again,) = library_files.read(text.replace("正文", "新的正文").encode()).lessons
    (other,) = library_files.read(text.replace("源", "别的源").encode()).lessons
    assert again.code == first.code != other.code


CSV = """学习内容表,,,,
标题,正文,出处,类别,选项A,选项B,正确答案,题目,到期,备注
甲,文,源,安全；消防,一,二,B,问？,2027年1月5日,x
乙,文,,安全,一,二,丙,问？,2027/13/1,
"""


def test_a_table_of_somebodys_own_is_read_by_its_headings():
    assert faults(CSV) == [
        ("A4", "乙", "source", Reason.MISSING),
        ("I4", "乙", "expires", Reason.NOT_A_DATE),
        ("G4", "乙", "answer", Reason.NO_SUCH_OPTION),
    ]
    found = study.read("\n".join(CSV.splitlines()[:3]).encode("gbk"))
    (one,) = library_files.as_library(found).lessons
    assert (one.topics, one.expires, one.question.right) == (("安全", "消防"), date(2027, 1, 5), (1,))
    assert [lost.field for lost in lost_of(found)] == ["备注"]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: &a x\nsource: *a\n---\n",
        "---\ntitle: !!python/object:os.system x\n---\n",
        "---\ntitle: 甲\n",
        "---\ntitle: [[[[[[[[[[[x]]]]]]]]]]]\n---\n",
        "---\n- title: x\ncode: y\n---\n",
        "---\ntitle: a\ntitle: b\n---\n",
        "[[item]]\ncode = 'a'\ncode = 'b'\n",
        "[[item]]\na = " + "[" * 5000,
        "title,text,source\n",
        "[[item]]\n" * 5001,
    ],
)
def test_a_harmful_or_broken_file_is_refused_in_words(text):
    assert len(faults(text)) == 1


def test_no_more_than_twenty_mistakes_are_told():
    assert len(faults('[[item]]\ntitle = ""\n' * 40)) == 20


@pytest.mark.parametrize(
    "content",
    [
        "姓名,工号,党支部\n李伟,1,一支部\n".encode(),
        b"title: x\nquestions:\n  - text: y\n",
        b"---\ntitle: x\nquestions:\n  - text: y\n---\n",
        "题干,题型,选项,答案\n问,单选,一,A\n".encode(),
        b"[rules]\nname = 'x'\n",
        b"",
        b"::Q1:: 2+2 { =4 ~5 }",
    ],
)
def test_files_meant_for_others_are_left_to_them(content):
    assert not study.looks_like(content)
