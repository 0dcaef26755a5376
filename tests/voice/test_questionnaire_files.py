"""What a file holds, as a questionnaire that can be asked: rules, losses, templates."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plain
from domain.voice.questionnaire.model import (
    CHOICES,
    Condition,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    WrongQuestionnaire,
)
from handlers.voice.questionnaire_files.files import FaultyQuestionnaire, as_questionnaire, as_yaml
from handlers.voice.questionnaire_files.fitting import fit, found_of, grouped
from handlers.voice.questionnaire_templates import NAMES, appraisal_of, forms, template, templates
from sheets import write
from sheets.questionnaire import Loss, Mistake, table
from sheets.questionnaire.own import KEY
from sheets.questionnaire.reader import read
from sheets.questionnaire.words import lines, one_line

WORDS = st.text(min_size=1, max_size=40).map(one_line).filter(lambda text: text and plain.appearance(text))
KEYS = (
    st.text(st.characters(min_codepoint=33, max_codepoint=0x9FFF, categories=["L", "N", "P"]), min_size=1, max_size=8)
).filter(KEY.fullmatch)


@st.composite
def choices(draw, kind):
    texts = draw(st.lists(WORDS, min_size=2, max_size=6, unique_by=plain.appearance))
    keys = draw(st.lists(KEYS, min_size=len(texts), max_size=len(texts), unique=True))
    if draw(st.booleans()):
        keys = [str(number + 1) for number in range(len(texts))]
    most = draw(st.none() | st.integers(1, len(texts))) if kind is QuestionKind.MULTIPLE else None
    options = tuple(Option(key, text) for key, text in zip(keys, texts, strict=True))
    return {"options": options, "shuffled": draw(st.booleans()), "most": most}


def numbers(kind):
    if kind is QuestionKind.RATING:
        return st.sampled_from([{"low": 1, "high": 5}, {"low": 0, "high": 10}])
    if kind is QuestionKind.NUMBER:
        return st.sampled_from([{}, {"low": -3}, {"high": 10**8}, {"low": 0, "high": 0}])
    return st.just({})


@st.composite
def questionnaires(draw):
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=True))
    questions: list[Question] = []
    for key in keys:
        kind = draw(st.sampled_from(QuestionKind))
        more = draw(choices(kind) if kind in CHOICES else numbers(kind))
        text = draw(st.text(min_size=1, max_size=80).map(lines).filter(plain.tidy))
        made = Question(key, kind, text, required=draw(st.booleans()), **more)
        branches = [one for one in questions if one.options or one.kind is QuestionKind.RATING]
        if branches and draw(st.booleans()):
            asked = draw(st.sampled_from(branches))
            named = [one.key for one in asked.options] or ["2", "3"]
            chosen = draw(st.sets(st.sampled_from(named), min_size=1))
            made = replace(made, when=Condition(asked.key, frozenset(chosen)))
        questions.append(made)
    return Questionnaire(draw(WORDS), tuple(questions), draw(st.text(max_size=200).map(lines)))


@settings(max_examples=60, deadline=None)
@given(questionnaires())
def test_whatever_is_written_as_yaml_is_read_as_the_same(one):
    assert fit(read(as_yaml(one), "zh"), "x").questionnaire == one


def numbered(one: Questionnaire) -> Questionnaire:
    """With keys of options as a table gives them: it has only their words."""
    keys = {
        question.key: {each.key: str(n) for n, each in enumerate(question.options, 1)} for question in one.questions
    }

    def when(condition: Condition | None) -> Condition | None:
        if condition is None:
            return None
        known = keys[condition.question]
        return Condition(condition.question, frozenset(known.get(key, key) for key in condition.options))

    return replace(
        one,
        questions=tuple(
            replace(
                question,
                options=tuple(Option(keys[question.key][each.key], each.text) for each in question.options),
                when=when(question.when),
            )
            for question in one.questions
        ),
    )


@settings(max_examples=12, deadline=None)
@given(questionnaires(), st.sampled_from(["zh", "en"]))
def test_whatever_is_written_as_a_table_is_read_as_the_same_but_for_keys_of_options(one, language):
    data = write([table(found_of(one), "问卷", language)], as_csv=False)
    made = fit(read(data, language), "x")
    assert not made.wrong
    assert made.questionnaire == numbered(one)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_words_break_the_readers(data):
    for head in (b"", b"title: x\n", b'{"pages": [', b"<document>", "题目,题型\n".encode()):
        try:
            fit(read(head + data, "zh"), "x")
        except ValueError as refusal:
            assert type(refusal).__name__ == "WrongFile"


NAMES_IN_JSON = (
    "type name title elements pages choices value text rows columns visibleIf rateMin rateMax rateStep rateValues "
    "items choicesMin choicesMax min max inputType isRequired maxSelectedChoices choicesOrder description default zh "
    "otherText hasOther labelTrue valueTrue"
)
SAID_IN_JSON = ("radiogroup", "rating", "matrix", "boolean", "text", "number", "panel", "{a} = 1", "random", "a")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(SAID_IN_JSON),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES_IN_JSON.split()), inner, max_size=8)
    ),
    max_leaves=30,
)


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(st.sampled_from(["title", "pages", "elements", "description", "triggers"]), JSON, min_size=1))
def test_no_json_breaks_the_reader(made):
    try:
        fit(read(json.dumps(made).encode(), "zh"), "x")
    except ValueError as refusal:
        assert type(refusal).__name__ == "WrongFile"


def own(*questions: str) -> bytes:
    return f"title: 食堂\nquestions:\n{''.join(questions)}".encode()


TEXT = "  - {kind: text, text: 说说}\n"


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (own(TEXT * 61), 0, "questions"),
        (own(TEXT, "  - {kind: single, text: 选, options: [一个]}\n"), 4, "options"),
        (own("  - {kind: single, text: 选, options: [是, 是]}\n"), 3, "same_option"),
        (own("  - {kind: rating, text: 打分}\n"), 3, "scale"),
        (own("  - {kind: number, text: 几, low: 3, high: 1}\n"), 3, "range"),
        (own("  - {kind: multiple, text: 选, options: [a, b], most: 3}\n"), 3, "most"),
        (own("  - {kind: text, text: 说, options: [a, b]}\n"), 3, "no_options"),
        (own(f"  - {{kind: text, text: {'长' * 301}}}\n"), 3, "text"),
        (own(TEXT).replace("食堂".encode(), ("长" * 61).encode()), 1, "title"),
    ],
)
def test_in_our_own_files_a_broken_rule_is_told_by_its_line(data, line, reason):
    with pytest.raises(FaultyQuestionnaire) as caught:
        as_questionnaire(read(data, "zh"), "x.yaml")
    told = [(one.place.line, one.mistake, one.detail) for one in caught.value.values["faults"]]
    assert told == [(line, Mistake.RULE, reason)]


def surveyjs(*elements: dict[str, object]) -> bytes:
    return json.dumps({"elements": elements}).encode()


def test_of_another_programs_file_what_does_not_fit_is_left_out_and_told():
    asked = {"type": "radiogroup", "name": "q", "title": "长" * 400, "choices": ["a"]}
    follow = {"type": "comment", "name": "why", "visibleIf": "{q} = 'a'"}
    many = {"type": "checkbox", "name": "many", "choices": [str(number) for number in range(40)]}
    made = as_questionnaire(read(surveyjs(asked, follow, many), "zh"), "调查 2026.json")
    assert made.questionnaire is not None
    assert made.questionnaire.title == "调查 2026"
    assert [one.key for one in made.questionnaire.questions] == ["why"]
    assert made.questionnaire.questions[0].when is None
    assert [(one.place.element, one.loss, one.detail[:7]) for one in made.lost] == [
        ("q", Loss.CUT, "长" * 7),
        ("q", Loss.UNFIT, "options"),
        ("why", Loss.CONDITION, "{q} = '"),
        ("many", Loss.UNFIT, "options"),
    ]


def test_questions_over_sixty_are_told_one_by_one():
    made = as_questionnaire(read(surveyjs(*({"type": "text", "name": f"n{n}"} for n in range(63))), "zh"), "x.json")
    assert made.questionnaire is not None
    assert len(made.questionnaire.questions) == 60
    (group,) = grouped(made.lost)
    assert (group.loss, [one.place.element for one in group.lost]) == (Loss.TOO_MANY, ["n60", "n61", "n62"])


def test_a_file_without_anything_to_ask_is_a_mistake():
    with pytest.raises(FaultyQuestionnaire):
        as_questionnaire(read(surveyjs({"type": "file", "name": "f"}), "zh"), "x.json")


@pytest.mark.parametrize("name", NAMES)
def test_a_template_asks_the_same_in_both_languages(name):
    chinese, english = template(name, "zh"), template(name, "en")

    def shape(one: Questionnaire) -> list[object]:
        return [
            replace(question, text="", options=tuple(Option(each.key, "") for each in question.options))
            for question in one.questions
        ]

    assert shape(chinese) == shape(english)
    assert chinese.introduction
    assert english.introduction
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in as_yaml(english).decode())


def test_the_pulse_has_three_questions():
    assert len(template("pulse", "zh").questions) == 3
    assert [one.title for one in templates("zh")] == ["职工满意度调查", "民主评议党员测评", "培训需求调查", "三问"]
    assert [len(one.questions) for one in templates("fr")] == [len(one.questions) for one in templates("en")]


def test_an_appraisal_asks_once_for_each_person_by_the_four_grades():
    made = appraisal_of(["李伟", "王海燕"], "zh")
    assert [one.text for one in made.questions[1:3]] == ["对李伟的评议等次", "对王海燕的评议等次"]
    assert [one.text for one in made.questions[1].options] == ["优秀", "合格", "基本合格", "不合格"]
    assert len({one.key for one in made.questions}) == 4
    with pytest.raises(WrongQuestionnaire):
        appraisal_of([f"张{number}" for number in range(59)], "zh")
    assert all(
        "{name}" not in one.text for each in (templates("zh"), forms("zh")) for form in each for one in form.questions
    )


def test_the_page_on_files_shows_a_file_that_is_read():
    page = (Path(__file__).parents[2] / "docs" / "questionnaire-files.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    made = as_questionnaire(read(shown.encode(), "zh"), "x.yaml").questionnaire
    assert made is not None
    assert {one.kind for one in made.questions} == set(QuestionKind)
    assert [one.when is not None for one in made.questions] == [False, True, False, False, False, False, True]
    assert (made.questions[1].required, made.questions[1].shuffled, made.questions[1].most) == (False, True, 2)
