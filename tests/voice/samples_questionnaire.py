from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from domain.ids import ChatId, RoundId
from domain.points.event import RuleName
from domain.points.points import Credit
from domain.voice.questionnaire.model import Condition, Option, Question, QuestionKind, Questionnaire, fits
from domain.voice.questionnaire.round import Audience, Confidence, Every, Round
from domain.voice.questionnaire.today import SHOWN
from handlers.voice.questionnaire_card import End, Plan, pages_of
from tests.samples import AT, BOTH, MILLION, Samples, Values, Words, somebody


def options(words: Words, count: int) -> tuple[Option, ...]:
    """With the longest words."""
    return tuple(Option(f"o{place}", f"{place:02}{words(98)}") for place in range(count))


def question(words: Words, kind: QuestionKind, number: int = 1) -> Question:
    """One with the longest words."""
    choice = kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING}
    rating = kind is QuestionKind.RATING
    return Question(
        f"q{number}",
        kind,
        words(300),
        options(words, 30) if choice else (),
        required=number % 2 == 0,
        most=29 if kind is QuestionKind.MULTIPLE else None,
        low=0 if rating else None,
        high=10 if rating else None,
        when=Condition("q1", frozenset({"o1"})) if number > 1 else None,
    )


@cache
def questionnaire(words: Words) -> Questionnaire:
    """The longest one."""
    kinds = [QuestionKind.SINGLE, *QuestionKind]
    questions = tuple(question(words, kinds[place % len(kinds)], place + 1) for place in range(60))
    return Questionnaire(words(60), questions, words(1000))


def round_of(words: Words, confidence: Confidence = Confidence.NAMED, **changes: object) -> Round:
    """One that asks it."""
    made = {"posted_at": AT, "again_at": AT, "every": Every.WEEK, **changes}
    return Round(
        RoundId(MILLION),
        questionnaire(words),
        somebody(words),
        ChatId(1),
        Audience(group=ChatId(1)),
        confidence,
        AT,
        AT,
        AT,
        **made,
    )


def answer(words: Words, one: Question) -> object:
    """The longest answer."""
    match one.kind:
        case QuestionKind.SINGLE:
            return ("o1",)
        case QuestionKind.MULTIPLE | QuestionKind.RANKING:
            return tuple(each.key for each in one.options)
        case QuestionKind.RATING:
            return 10
        case QuestionKind.NUMBER:
            return Decimal("123456789012345.123456")
        case QuestionKind.DATE:
            return date(2026, 11, 25)
        case QuestionKind.TEXT:
            return words(1000)


@cache
def values(words: Words) -> Values:
    rounds = [round_of(words, one) for one in Confidence]
    gone = [round_of(words, closed_at=AT), round_of(words, withdrawn_at=AT), round_of(words, posted_at=None)]
    whole = rounds[0].questionnaire
    kinds = [question(words, kind) for kind in QuestionKind]
    return {
        "again": BOTH,
        "answers": [[(one, answer(words, one)) for one in whole.questions[:48]], [(kinds[0], None)]],
        "at": [AT],
        "column": ["number", "title", "asked_at", "closes_at", "progress", "answer", "at"],
        "count": [60],
        "credit": [Credit(RuleName("survey.answered"), 1, False, MILLION), None],
        "days": [92],
        "source": ["earlier", "kept", "template"],
        "end": list(End),
        "line": [MILLION],
        "mark": ["", words(60), 10],
        "more": [0, MILLION],
        "most": [100, None],
        "number": [1, 60],
        "on": BOTH,
        "option": [Option("o1", words(100))],
        "page": pages_of(whole.questions)[:2],
        "people": [1, MILLION],
        "plan": [
            Plan(
                whole,
                one,
                people,
                below=at_once,
                role=words(60),
                workdays=workdays,
                closes_at=closes_at,
                opens_at=closes_at,
                every=every,
                results_at_once=at_once,
                urgent=at_once,
            )
            for one, people, at_once, workdays, closes_at, every in [
                (Confidence.NAMED, 1, True, 3, None, None),
                (Confidence.CONFIDENTIAL, 1, False, 0, AT, Every.WEEK),
                (Confidence.ANONYMOUS, 1, True, 0, AT, Every.MONTH),
                (Confidence.ANONYMOUS, MILLION, True, 0, AT, Every.MONTH),
            ]
        ],
        "field": [one for one, _ in FIELDS],
        "question": kinds,
        "reason": [one.value for one in QuestionKind],
        "role": [words(60)],
        "value": [answer(words, one) for one in kinds],
        "round": [*rounds, *gone],
        "rounds": [[(round_of(words), begun)] * SHOWN for begun in BOTH],
        "several": BOTH,
        "sheet": ["rounds"],
        "skips": BOTH,
        "submitted": [MILLION],
        "threshold": [5],
        "title": [words(60)],
        "turn": ["earlier", "later"],
        "words": [words(4000)],
    }


FAULTS = [
    *("title", "introduction", "questions", "key", "text", "no_options", "options", "option", "same_option", "most"),
    *("scale", "range", "condition", "heading", "number", "kind", "mark"),
]
FIELDS = [
    ("confidence", "named"),
    ("confidence", "anonymous"),
    ("audience", "group"),
    ("role", "everybody"),
    ("closing", "3"),
    ("opening", "no"),
    ("every", "month"),
    ("results", "yes"),
    ("urgent", "yes"),
]


def faults(_: Words) -> Values:
    """Each fault of a questionnaire."""
    return {"reason": FAULTS, "question": [7, None], "most": [100, None], "mark": ["", "多选一"]}


def occurs(text: str, values: Mapping[str, Any]) -> bool:
    """An answer belongs to its question, and a value to its field."""
    if text == "question":
        one, value = values["question"], values["value"]
        return value is None or fits(one, value)
    if text == "wrong_answer":
        return values["reason"] == values["question"].kind
    return text != "choice" or (values["field"], values["value"]) in FIELDS


SAMPLES = Samples(
    "questionnaire",
    values,
    occurs,
    differing={
        "wrong": faults,
        "bad_line": faults,
        "choice": lambda _: {"value": [value for _, value in FIELDS]},
        "rating_button": lambda _: {"mark": [0, 10]},
    },
)
