"""Questionnaires as people write them, and the way through one."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from domain.ids import ChatId, MemberId, RoundId
from domain.people.member import Member
from domain.voice.questionnaire.data import PLACE, of_questionnaire, of_response, to_questionnaire, to_response
from domain.voice.questionnaire.model import (
    Condition,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    WrongQuestionnaire,
)
from domain.voice.questionnaire.round import Audience, Confidence, Round
from domain.voice.questionnaire.sheet import OVERVIEW, Sheet, options_named
from handlers.arguments import BadArguments
from handlers.voice.questionnaire_card import PAGE_CHARS, pages_of
from handlers.voice.questionnaire_lines import read

AT = datetime(2026, 11, 25, 2, tzinfo=UTC)
FORM = """车间调查（匿名）
占用两分钟，谢谢。
截止：周五18:00
1、您的性别（单选） A. 男 B. 女
2）您对食堂满意吗？（评分1-10）
第3题 最想改哪些？【多选，最多3项】（选项随机）
- 菜品
- 价格
• 卫生
4. 按重要排个序（排序）
A、安全
B、收入
C、假期
5．通勤多少分钟（数字0-180）（选填）
6. 何时入职？（日期）
7. 哪里不满意？（填空）（第2题选1、2、3时答）
8. 说说菜品（第3题选菜品时填写，填空）"""


def test_a_whole_questionnaire_is_read_from_lines() -> None:
    written = read(FORM)
    one = written.questionnaire
    assert (written.confidence, written.closing) == (Confidence.ANONYMOUS, "周五18:00")
    assert (one.title, one.introduction) == ("车间调查", "占用两分钟，谢谢。")
    assert [each.kind.value for each in one.questions] == [
        *("single", "rating", "multiple", "ranking", "number", "date", "text", "text"),
    ]
    sex, content, wishes, order, minutes, _, where, dishes = one.questions
    assert [each.text for each in sex.options] == ["男", "女"]
    assert sex.text == "您的性别"
    assert (content.low, content.high) == (1, 10)
    assert (wishes.most, wishes.shuffled, [each.text for each in wishes.options]) == (3, True, ["菜品", "价格", "卫生"])
    assert [each.text for each in order.options] == ["安全", "收入", "假期"]
    assert (minutes.low, minutes.high, minutes.required) == (0, 180, False)
    assert where.when == Condition("q2", frozenset({"1", "2", "3"}))
    assert dishes.when == Condition("q3", frozenset({"o1"}))


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ("标题\n1. 满意吗？", 2, "kind"),
        ("标题\n1. 满意吗？（多选，至少2项）\n是\n否", 2, "mark"),
        ("标题\n1. 满意吗？（单选）", 2, "options"),
        ("标题\n1. 满意吗？（单选）\n是\n是", 2, "same_option"),
        ("标题\n1. 满意吗？（评分5-1）", 2, "scale"),
        ("标题\n1. 满意吗？（填空）\n是\n否", 2, "no_options"),
        ("标题\n1. 满意吗？\n是\n否\n4. 哪里？（填空）", 5, "number"),
        ("标题\n1. 满意吗？\n是\n否\n二、其他\n2. 哪里？（填空）", 5, "heading"),
        ("标题\n1. 满意吗？\n是\n否\n2. 哪里？（填空）（第1题选大概时答）", 5, "condition"),
        ("标题\n1. 满意吗？\n是\n否\n2. 哪里？（填空）（第3题选是时答）", 5, "condition"),
        ("标题\n1. 满意吗？（最多5项）\n是\n否", 2, "most"),
        (f"标题\n1. 满意吗？\n是\n{'长' * 101}", 2, "option"),
    ],
)
def test_what_cannot_be_asked_names_its_line(lines: str, line: int, reason: str) -> None:
    with pytest.raises(BadArguments) as wrong:
        read(lines)
    assert (wrong.value.values["line"], wrong.value.values["reason"]) == (line, reason)


@pytest.mark.parametrize("lines", ["", "随便说说", "一\n二\n三", "1. ？（填空）", "标\n" * 3000])
def test_what_is_no_questionnaire_is_refused(lines: str) -> None:
    with pytest.raises((BadArguments, WrongQuestionnaire)):
        read(lines)


def test_brackets_that_belong_to_the_question_stay() -> None:
    (one,) = read("标题\n1. 您常加班吗（含夜班）\n是\n否").questionnaire.questions
    assert one.text == "您常加班吗（含夜班）"


def test_options_may_have_numbers() -> None:
    first, second = read(
        "标题\n1. 几点开会？（单选）\n1. 上午\n- 下午\n2. 去哪里？\n会议室\n车间"
    ).questionnaire.questions
    assert [one.text for one in first.options] == ["上午", "下午"]
    assert second.text == "去哪里？"


def test_instructions_are_no_options() -> None:
    written = read("标题\n1. 满意吗？\n是\n否\n（不记名）\n截止日期：12月4日")
    assert [one.text for one in written.questionnaire.questions[0].options] == ["是", "否"]
    assert (written.confidence, written.closing) == (Confidence.ANONYMOUS, "12月4日")


def test_a_questionnaire_is_the_same_as_data() -> None:
    one = read(FORM).questionnaire
    assert to_questionnaire(of_questionnaire(one)) == one
    kept = {PLACE: "q2", "q1": ("o1",)}
    assert to_response(one, of_response(kept)) == kept


def test_a_page_of_the_preview_has_room() -> None:
    options = tuple(Option(f"o{place}", f"{place:02}{'选' * 98}") for place in range(30))
    pages = pages_of([Question(f"q{place}", QuestionKind.SINGLE, "问" * 300, options) for place in range(60)])
    assert [page.first for page in pages] == list(range(1, 61))
    assert PAGE_CHARS < 4096


# The way through


def sheet(one: Questionnaire, place: str = "q1", **response: object) -> Sheet:
    li = Member(MemberId(7), 7, "李伟", None, "zh", None)
    group = ChatId(1)
    asked = Round(RoundId(3), one, li, group, Audience(group=group), Confidence.NAMED, AT, AT, AT)
    return Sheet(asked, li.id, dict(response), place)


def test_a_changed_answer_drops_what_is_no_longer_asked() -> None:
    form = read(FORM).questionnaire
    known = sheet(form, q2=2, q7="太咸", q3=("o1",), q8="再多些")
    changed = known.answered(form.questions[1], 9)
    assert changed.response == {"q2": 9, "q3": ("o1",), "q8": "再多些"}
    assert changed.answered(form.questions[2], None).response == {"q2": 9}


def test_from_the_overview_one_answer_is_changed_unless_another_question_comes_up() -> None:
    form = read(FORM).questionnaire
    known = sheet(form, OVERVIEW + "q2", q1=("o1",), q2=9, q3=("o2",), q4=("o1", "o2", "o3"), q6=AT.date())
    assert known.answered(form.questions[1], 8).further().place == OVERVIEW
    assert known.answered(form.questions[1], 2).further().place == OVERVIEW + "q7"
    assert known.back().place == OVERVIEW


def test_shuffled_options_stay_for_one_person_and_differ_among_people() -> None:
    options = tuple(Option(f"o{place}", str(place)) for place in range(8))
    form = Questionnaire("标题", (Question("q1", QuestionKind.SINGLE, "哪个？", options, shuffled=True),))
    one = sheet(form)
    assert one.options == sheet(form).options
    assert sorted(one.options, key=lambda each: each[0]) == list(enumerate(options))
    assert len({str(replace(one, member=MemberId(number)).options) for number in range(20)}) > 10


def test_every_way_through_ends_at_the_overview() -> None:
    """Whatever is answered, in whichever order one goes back and forth, nothing that is not asked is kept."""
    chance = Random(12)  # noqa: S311 - the same in every run
    form = read(FORM).questionnaire
    for _ in range(200):
        here, steps = sheet(form), 0
        while here.question is not None and steps < 100:
            steps += 1
            if chance.random() < 0.2 and here.number > 1:
                here = here.back()
                continue
            here = here.answered(here.question, some_answer(chance, here.question)).further()
            assert set(here.response) <= {one.key for one in here.asked}
        assert here.place == OVERVIEW
        assert here.missing is None
        assert form.complete(here.response) == here.response


def some_answer(chance: Random, one: Question) -> object:
    keys = [each.key for each in one.options]
    match one.kind:
        case QuestionKind.SINGLE:
            return (chance.choice(keys),)
        case QuestionKind.MULTIPLE:
            return tuple(chance.sample(keys, chance.randint(1, min(len(keys), one.most or len(keys)))))
        case QuestionKind.RANKING:
            return tuple(chance.sample(keys, len(keys)))
        case QuestionKind.RATING:
            return chance.randint(one.low or 0, one.high or 5)
        case QuestionKind.DATE:
            return AT.date()
        case _:
            return to_response(QUESTIONS_OF_NUMBER, {"n": "7"})["n"] if one.kind is QuestionKind.NUMBER else "好"


QUESTIONS_OF_NUMBER = Questionnaire("标题", (Question("n", QuestionKind.NUMBER, "几？"),))


def test_options_are_named_by_letter_number_or_words() -> None:
    one = read("标题\n1. 哪些？（多选）\n面食\n米饭\n小炒").questionnaire.questions[0]
    assert options_named(one, ["A", "3"]) == ("o1", "o3")
    assert options_named(one, ["米饭"]) == ("o2",)
    assert options_named(one, ["米"]) is None
