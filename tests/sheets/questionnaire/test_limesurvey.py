"""LimeSurvey: what its structures become, of old and new versions, and what of them is listed as lost."""

import pytest

from sheets import Reason, WrongFile
from sheets.questionnaire import Found, Kind, Loss, Mistake
from sheets.questionnaire.reader import read
from tests.sheets.questionnaire.lss_making import Survey, lss

SEVERAL = (("A1", "满意"), ("A2", "<b>一般</b>"), ("A3", "不满意"))
PARTS = (("SQ001", "口味"), ("SQ002", "价格"))


def found(survey: Survey, language: str = "zh") -> Found:
    return read(survey.file(), language)


def losses(made: Found) -> list[tuple[str, Loss, str]]:
    return [(one.place.element, one.loss, one.detail) for one in made.lost]


def whole(*, modern: bool) -> Survey:
    """A survey with every kind of question."""
    made = Survey(modern=modern)
    made.settings("食堂<br/>满意度", description="<p>请如实回答。</p>", welcometext="三分钟", endtext="谢谢")
    group = made.group("饭菜")
    made.ask(group, "L", "Q1", "<p>总的来说？</p>", answers=SEVERAL, mandatory="Y", attributes={"random_order": "1"})
    made.ask(group, "!", "Q2", "哪个窗口？", answers=SEVERAL, other="Y")
    made.ask(group, "M", "Q3", "哪里不好？", parts=PARTS, attributes={"max_answers": "1", "min_answers": "1"})
    made.ask(group, "P", "Q4", "哪里好？", parts=PARTS)
    made.ask(group, "5", "Q5", "打分")
    made.ask(group, "N", "Q6", "几次？", attributes={"min_num_value_n": "0", "max_num_value_n": "21"})
    made.ask(group, "K", "Q7", "花多少？", parts=PARTS)
    made.ask(group, "D", "Q8", "哪天？")
    made.ask(group, "R", "Q9", "排一排", answers=SEVERAL)
    made.ask(group, "S", "Q10", "短")
    made.ask(group, "T", "Q11", "长")
    made.ask(group, "U", "Q12", "更长")
    made.ask(group, "Y", "Q13", "还来吗？")
    made.ask(group, "F", "Q14", "各项", answers=SEVERAL, parts=PARTS, mandatory="S")
    made.ask(group, "A", "Q15", "五分", parts=PARTS)
    made.ask(group, "X", "Q16", "休息一下")
    made.ask(group, "|", "Q17", "照片")
    made.ask(group, "*", "Q18", "{Q5 * 2}")
    return made


@pytest.mark.parametrize("modern", [True, False])
def test_every_kind_becomes_what_it_can(modern):
    made = found(whole(modern=modern))
    assert not made.wrong
    assert (made.head.title, made.head.introduction) == ("食堂 满意度", "请如实回答。\n三分钟")
    assert [(one.key, one.kind) for one in made.questions] == [
        ("Q1", Kind.SINGLE),
        ("Q2", Kind.SINGLE),
        ("Q3", Kind.MULTIPLE),
        ("Q4", Kind.MULTIPLE),
        ("Q5", Kind.RATING),
        ("Q6", Kind.NUMBER),
        ("Q7_SQ001", Kind.NUMBER),
        ("Q7_SQ002", Kind.NUMBER),
        ("Q8", Kind.DATE),
        ("Q9", Kind.RANKING),
        ("Q10", Kind.TEXT),
        ("Q11", Kind.TEXT),
        ("Q12", Kind.TEXT),
        ("Q13", Kind.SINGLE),
        ("Q14_SQ001", Kind.SINGLE),
        ("Q14_SQ002", Kind.SINGLE),
        ("Q15_SQ001", Kind.RATING),
        ("Q15_SQ002", Kind.RATING),
    ]
    asked = {one.key: one for one in made.questions}
    assert asked["Q1"].text == "总的来说？"
    assert [one.text for one in asked["Q1"].options] == ["满意", "一般", "不满意"]
    assert (asked["Q1"].required, asked["Q1"].shuffled, asked["Q2"].required) == (True, True, False)
    assert [one.text for one in asked["Q2"].options] == ["满意", "一般", "不满意", "其他"]
    assert ([one.text for one in asked["Q3"].options], asked["Q3"].most) == (["口味", "价格"], 1)
    assert (asked["Q5"].low, asked["Q5"].high) == (1, 5)
    assert (asked["Q6"].low, asked["Q6"].high) == (0, 21)
    assert [one.text for one in asked["Q13"].options] == ["是", "否"]
    assert (asked["Q14_SQ002"].text, asked["Q14_SQ002"].required) == ("各项：价格", True)


@pytest.mark.parametrize("modern", [True, False])
def test_what_is_not_carried_over_is_listed_with_its_place(modern):
    told = losses(found(whole(modern=modern)))
    assert told == [
        ("", Loss.WORDS, "谢谢"),
        ("饭菜", Loss.HEADING, ""),
        ("Q2", Loss.FREE_TEXT, ""),
        ("Q3", Loss.CHECK, "min_answers"),
        ("Q4", Loss.FREE_TEXT, ""),
        ("Q16", Loss.WORDS, "休息一下"),
        ("Q17", Loss.KIND, "|"),
        ("Q18", Loss.KIND, "*"),
    ]


@pytest.mark.parametrize(
    ("relevance", "question", "options"),
    [
        ('Q1.NAOK == "A1"', "Q1", ("A1",)),
        ("((Q1.NAOK == 'A1'))", "Q1", ("A1",)),
        ('((Q1.NAOK == "A1" or Q1.NAOK == "A3"))', "Q1", ("A1", "A3")),
        ('Q1 eq "A2"', "Q1", ("A2",)),
        ('Q1.NAOK != "A1"', "Q1", ("A2", "A3")),
        ('Q3_SQ002.NAOK == "Y"', "Q3", ("SQ002",)),
        ('Q3_SQ001 == "Y" || Q3_SQ002 == "Y"', "Q3", ("SQ001", "SQ002")),
        ("Q5.NAOK >= 4", "Q5", ("4", "5")),
        ('Q14_SQ001.NAOK == "A3"', "Q14_SQ001", ("A3",)),
        ('Q13.NAOK == "N"', "Q13", ("N",)),
    ],
)
def test_simple_relevance_is_carried_over(relevance, question, options):
    made = whole(modern=True)
    made.ask(made.group(""), "T", "Q20", "为什么？", relevance=relevance)
    last = found(made).questions[-1]
    assert last.when is not None
    assert (last.when.question, last.when.options) == (question, options)


@pytest.mark.parametrize(
    "relevance",
    [
        'Q1.NAOK == "A1" and Q2.NAOK == "A1"',
        "!is_empty(Q1.NAOK)",
        "count(that.Q3) > 1",
        'Q1.NAOK == "A9"',
        "Q6.NAOK > 3",
        'Q99 == "A1"',
        'Q3_SQ001 == "N"',
        "0",
    ],
)
def test_other_relevance_is_listed(relevance):
    made = whole(modern=True)
    made.ask(made.group(""), "T", "Q20", "为什么？", relevance=relevance)
    read_ = found(made)
    assert read_.questions[-1].when is None
    assert losses(read_)[-1] == ("Q20", Loss.CONDITION, relevance)


def test_a_groups_relevance_holds_for_its_questions():
    made = Survey()
    made.settings("t")
    made.ask(made.group(""), "L", "Q1", "?", answers=SEVERAL)
    inner = made.group("", grelevance='Q1.NAOK == "A3"')
    made.ask(inner, "T", "Q2", "为什么？")
    made.ask(inner, "T", "Q3", "还有？", relevance='Q1.NAOK == "A1"')
    read_ = found(made)
    assert [one.when and one.when.options for one in read_.questions] == [None, ("A3",), None]
    assert losses(read_) == [("Q3", Loss.CONDITION, 'Q1.NAOK == "A3" & Q1.NAOK == "A1"')]


def test_conditions_by_numbers_are_those_of_old_versions():
    made = Survey(modern=False)
    made.settings("t")
    group = made.group("")
    qid = made.ask(group, "L", "Q1", "?", answers=SEVERAL)
    made.ask(group, "T", "Q2", "为什么？", relevance=f'((1X{group}X{qid}.NAOK == "A3"))')
    when = found(made).questions[1].when
    assert when is not None
    assert when.options == ("A3",)


@pytest.mark.parametrize("modern", [True, False])
def test_of_several_languages_the_readers_is_taken(modern):
    made = Survey(modern=modern, languages=("en", "zh-Hans"))
    made.settings("t")
    made.ask(made.group(""), "Y", "Q1", "来吗？")
    for section in made.sections.values():
        for row in section:
            if row.get("language") == "en":
                row.update({name: "Coming?" for name in ("question",) if name in row})
    chinese, english = found(made), found(made, "en")
    assert (chinese.questions[0].text, english.questions[0].text) == ("来吗？", "Coming?")
    assert [one.text for one in english.questions[0].options] == ["Yes", "No"]
    assert losses(chinese) == [("", Loss.LANGUAGE, "en")]


def test_quotas_scripts_and_pictures_are_listed():
    made = Survey()
    made.settings("t")
    text = '来吗？<img src="a.png"><script>alert(1)</script>'
    made.ask(made.group("", randomization_group="a"), "Y", "Q1", text, attributes={"em_validation_q": "Q1 == 1"})
    made.sections["quota"].append({"id": "1", "name": "一半女工"})
    read_ = found(made)
    assert read_.questions[0].text == "来吗？"
    assert losses(read_) == [
        ("", Loss.ORDER, ""),
        ("Q1", Loss.IMAGE, ""),
        ("Q1", Loss.SCRIPT, ""),
        ("Q1", Loss.SCRIPT, "em_validation_q"),
        ("一半女工", Loss.QUOTA, ""),
    ]


def test_broken_xml_is_refused_with_its_line():
    (wrong,) = read(whole(modern=True).file().replace(b"</questions>", b""), "zh").wrong
    assert wrong.mistake is Mistake.SYNTAX
    assert wrong.place.line > 100


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (b'<!DOCTYPE document [<!ENTITY a "aa">]><document>&a;</document>', Mistake.REFERENCE),
        (b"<document>" + b"<a>" * 100_000, Mistake.TOO_DEEP),
        (lss({"groups": []}), Mistake.NO_QUESTIONS),
    ],
    ids=["entities", "depth", "empty"],
)
def test_what_is_no_honest_structure_is_refused(content, mistake):
    (wrong,) = read(content, "zh").wrong
    assert wrong.mistake is mistake


@pytest.mark.parametrize("content", [b"<html><body>x</body></html>", lss({}).replace(b">Survey<", b">Group<")])
def test_another_xml_is_of_the_wrong_kind(content):
    with pytest.raises(WrongFile) as caught:
        read(content, "zh")
    assert caught.value.reason is Reason.WRONG_KIND
