"""SurveyJS: what its JSON becomes, and what of it is listed as lost."""

import json
from pathlib import Path

import pytest

from sheets.questionnaire import Found, Kind, Loss, Mistake, When
from sheets.questionnaire.reader import read

CANTEEN = (Path(__file__).parent / "samples" / "canteen.json").read_bytes()


def found(**more: object) -> Found:
    """A questionnaire of these elements."""
    return read(json.dumps(more).encode(), "zh")


def of(*elements: dict[str, object]) -> Found:
    return found(title="t", elements=list(elements))


def losses(made: Found) -> dict[Loss, list[tuple[str, str]]]:
    return {
        loss: [(one.place.element, one.detail) for one in made.lost if one.loss is loss]
        for loss in {one.loss for one in made.lost}
    }


def test_questions_keep_their_kind_words_and_order():
    made = read(CANTEEN, "zh")
    assert not made.wrong
    assert (made.head.title, made.head.introduction) == ("食堂满意度", "三分钟。")
    assert [(one.key, one.kind) for one in made.questions] == [
        ("visits", Kind.SINGLE),
        ("why", Kind.MULTIPLE),
        ("queue_where", Kind.TEXT),
        ("food_taste", Kind.SINGLE),
        ("food_portion", Kind.SINGLE),
        ("portion_more", Kind.NUMBER),
        ("stars", Kind.RATING),
        ("since", Kind.DATE),
        ("order", Kind.RANKING),
        ("day", Kind.SINGLE),
        ("dishes", Kind.MULTIPLE),
        ("again", Kind.SINGLE),
        ("mail", Kind.TEXT),
        ("nps", Kind.RATING),
    ]
    asked = {one.key: one for one in made.questions}
    assert [(one.key, one.text) for one in asked["visits"].options] == [
        ("daily", "每天"),
        ("weekly", "每周"),
        ("never", "从不"),
    ]
    assert asked["visits"].required
    assert not asked["why"].required
    assert (asked["why"].shuffled, asked["why"].most) == (True, 2)
    assert asked["why"].options[-1].text == "别的"
    assert asked["food_taste"].text == "饭菜：口味"
    assert asked["food_taste"].required
    assert (asked["portion_more"].low, asked["portion_more"].high) == (0, 500)
    assert asked["stars"].text == "总的来说？（1 = 差，5 = 好）"
    assert (asked["nps"].low, asked["nps"].high) == (0, 10)
    assert [one.text for one in asked["day"].options] == ["1", "2", "3", "4", "5"]
    assert [one.text for one in asked["again"].options] == ["会", "不会"]


def test_simple_conditions_are_carried_over():
    asked = {one.key: one for one in read(CANTEEN, "zh").questions}

    def when(key: str) -> tuple[str, tuple[str, ...]] | None:
        one = asked[key].when
        return None if one is None else (one.question, one.options)

    assert when("why") == ("visits", ("never", "weekly"))
    assert when("queue_where") == ("why", ("queue",))
    assert when("food_taste") == ("visits", ("daily", "weekly"))
    assert when("portion_more") == ("food_portion", ("3",))
    assert when("stars") == ("visits", ("daily", "weekly"))
    assert when("mail") is None


def test_what_is_not_carried_over_is_listed_with_its_place():
    told = losses(read(CANTEEN, "zh"))
    assert told[Loss.KIND] == [("table", "matrixdynamic"), ("photo", "file")]
    assert ("nps", "{visits} != 'never' & {stars} >= 4 and {again} = true") in told[Loss.CONDITION]
    assert ("since", "{visits} != 'never' & {stars} < 3") in told[Loss.CONDITION]
    assert told[Loss.SCRIPT] == [("", "triggers"), ("", "calculatedValues"), ("total", "{stars} * 2")]
    assert told[Loss.FREE_TEXT] == [("why", "")]
    assert set(told[Loss.CHECK]) == {("why", "minSelectedChoices"), ("mail", "email")}
    assert told[Loss.HEADING] == [("eating", "吃饭")]
    assert told[Loss.WORDS] == [("", "谢谢！"), ("hint", "接下来是打分")]
    assert told[Loss.IMAGE] == [("", "logo"), ("hint", "")]
    assert told[Loss.SETTING] == [("dishes", "choicesByUrl")]


def test_the_readers_language_is_taken_and_the_others_are_told():
    made = read(CANTEEN, "en")
    assert made.head.title == "Canteen"
    assert ("", "zh-cn") in losses(made)[Loss.LANGUAGE]
    assert read(CANTEEN, "zh").questions[2].text == "Where is the queue?"


@pytest.mark.parametrize(
    ("condition", "options"),
    [
        ("{q} = 'a'", ("a",)),
        ('{q} == "a"', ("a",)),
        ("{q} equal 'a'", ("a",)),
        ("({q} = 'a') || (({q} = 'b'))", ("a", "b")),
        ("{q} anyof ['a','c']", ("a", "c")),
        ("{q} <> 'a'", ("b", "c")),
        ("{q}='a'", ("a",)),
    ],
)
def test_forms_of_conditions(condition, options):
    asked = {"type": "radiogroup", "name": "q", "choices": ["a", "b", "c"], "isRequired": True}
    made = of(asked, {"type": "comment", "name": "then", "visibleIf": condition})
    assert made.questions[1].when == When("q", options, condition)
    assert not made.lost


@pytest.mark.parametrize(
    "condition",
    [
        "{q} = 'a' and {q} = 'b'",
        "{q} = 'z'",
        "{other} = 'a'",
        "{q} notempty",
        "!({q} = 'a')",
        "{q} = 'a' or {p} = 'x'",
        "{q} > 'a'",
        "iif({q} = 'a', 1, 2) = 1",
        "{q} contains 'a'",
        "{q} = ",
        "((((((((((((((({q} = 'a')))))))))))))))",
        "{q} = 'a",
        "{q} anyof []",
        "{q.length} > 1",
        "{q} anyof 'a' 'b'",
        "x" * 3000,
    ],
)
def test_other_conditions_are_listed_and_the_question_is_asked_of_all(condition):
    asked = {"type": "radiogroup", "name": "q", "choices": ["a", "b", "c"], "isRequired": True}
    other = {"type": "radiogroup", "name": "p", "choices": ["x", "y"]}
    made = of(asked, other, {"type": "comment", "name": "then", "visibleIf": condition})
    assert made.questions[2].when is None
    assert [(one.place.element, one.loss) for one in made.lost] == [("then", Loss.CONDITION)]


def test_not_equal_is_no_condition_where_the_question_may_be_left_out():
    """In SurveyJS it holds for those who left it out, too."""
    asked = {"type": "radiogroup", "name": "q", "choices": ["a", "b", "c"]}
    made = of(asked, {"type": "comment", "name": "then", "visibleIf": "{q} != 'a'"})
    assert made.questions[1].when is None
    assert made.lost[0].loss is Loss.CONDITION


@pytest.mark.parametrize("condition", ["{r} > 3", "{r} >= 4", "{r} anyof [4, 5]", "{r} = 4 or {r} = 5"])
def test_conditions_on_ratings(condition):
    made = of({"type": "rating", "name": "r"}, {"type": "comment", "name": "c", "visibleIf": condition})
    assert made.questions[1].when == When("r", ("4", "5"), condition)


@pytest.mark.parametrize(
    ("rating", "options"),
    [
        ({"rateMax": 12}, [str(one) for one in range(1, 13)]),
        ({"rateMin": 0, "rateMax": 100, "rateStep": 25}, ["0", "25", "50", "75", "100"]),
        ({"rateValues": [{"value": 1, "text": "差"}, "好"]}, ["差", "好"]),
    ],
)
def test_a_rating_that_is_no_scale_becomes_a_choice(rating, options):
    (one,) = of({"type": "rating", "name": "r", **rating}).questions
    assert one.kind is Kind.SINGLE
    assert [each.text for each in one.options] == options


def test_names_that_are_no_keys_are_numbered_and_never_twice():
    made = of(*({"type": "text", "name": name} for name in ("第一题", "q1", "q1", "a b")))
    assert [one.key for one in made.questions] == ["q1", "q1_2", "q1_3", "q4"]
    assert [one.text for one in made.questions] == ["第一题", "q1", "q1", "a b"]


@pytest.mark.parametrize(
    ("content", "mistake", "line"),
    [
        (b'{\n"title": "x",\n}', Mistake.SYNTAX, 3),
        (b'{"title": "x"', Mistake.SYNTAX, 1),
        (b'{"title": "x",\n"title": "y"}', Mistake.TWICE, 1),
        (b'{"a":' * 200_000, Mistake.TOO_DEEP, 1),
        (b'{"pages": NaN}', Mistake.SYNTAX, 1),
        (b'{"min": ' + b"9" * 5000 + b"}", Mistake.SYNTAX, 1),
    ],
    ids=str,
)
def test_broken_json_is_refused_with_its_line(content, mistake, line):
    (wrong,) = read(content, "zh").wrong
    assert (wrong.mistake, wrong.place.line) == (mistake, line)


@pytest.mark.parametrize(
    ("elements", "element"),
    [
        ({"pages": "x"}, "pages"),
        ({"pages": [1]}, "pages[1]"),
        ({"elements": [1]}, "[1]"),
        ({"pages": [{"name": "p", "elements": [[]]}]}, "p[1]"),
        ({"elements": [{"type": "radiogroup", "name": "q", "choices": [{"text": "x"}]}]}, "q"),
        ({"elements": [{"type": "radiogroup", "name": "q", "choices": "a,b"}]}, "q"),
    ],
)
def test_a_wrong_shape_is_refused_by_its_element(elements, element):
    (wrong,) = found(**elements).wrong
    assert wrong.place.element == element


def test_panels_in_panels_without_end_are_refused():
    inner: dict[str, object] = {"type": "text", "name": "x"}
    for number in range(20):
        inner = {"type": "panel", "name": f"p{number}", "elements": [inner]}
    (wrong,) = found(elements=[inner]).wrong
    assert wrong.mistake is Mistake.TOO_DEEP
