from datetime import date, timedelta
from decimal import Decimal

from domain.ids import BranchId, ChatId, RoundId, TaskId
from domain.messaging.chat import Chat, ChatKind
from domain.voice.questionnaire.counting import Counted, Part
from domain.voice.questionnaire.figures import Figure
from domain.voice.questionnaire.links import FollowUp
from domain.voice.questionnaire.model import (
    MAX_OPTION_CHARS,
    MAX_OPTIONS,
    MAX_QUESTION_CHARS,
    MAX_TEXT_CHARS,
    MAX_TITLE_CHARS,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
)
from domain.voice.questionnaire.results import Shown, Text
from domain.voice.questionnaire.round import Audience, Confidence, Round
from domain.voice.questionnaire.standing_out import Line, stand_out
from domain.work.task import Plan, Task
from handlers.voice.results_pages import BRANCHES_A_PAGE, QUESTIONS_A_PAGE, TEXTS_A_PAGE
from tests.samples import AT, MILLION, Samples, Values, Words, somebody

CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING)


def question(words: Words, kind: QuestionKind) -> Question:
    """One with the longest words and the most options."""
    options = [Option(str(one), f"{one:2}{words(MAX_OPTION_CHARS - 2)}") for one in range(MAX_OPTIONS)]
    scaled = {"low": 0, "high": 10} if kind is QuestionKind.RATING else {}
    text = words(MAX_QUESTION_CHARS)
    return Question(kind.value, kind, text, tuple(options) if kind in CHOICES else (), **scaled)


def figures(words: Words) -> list[Figure]:
    """A figure of each kind, and a hidden one."""
    asked = {kind: question(words, kind) for kind in QuestionKind}
    many = (MILLION,) * MAX_OPTIONS
    return [
        Figure(asked[QuestionKind.SINGLE], 2 * MILLION, MILLION, many),
        Figure(asked[QuestionKind.MULTIPLE], MILLION, MILLION, many),
        Figure(asked[QuestionKind.RATING], MILLION, MILLION, (MILLION,) * 11),
        Figure(asked[QuestionKind.RANKING], MILLION, MILLION, places=many),
        Figure(asked[QuestionKind.NUMBER], MILLION, MILLION, spread=(Decimal("1.50"), Decimal(2), Decimal(MILLION))),
        Figure(asked[QuestionKind.DATE], MILLION, MILLION, spread=(date(2026, 11, 1),)),
        Figure(asked[QuestionKind.TEXT], MILLION, MILLION),
        Figure(asked[QuestionKind.SINGLE], 0, 0, hidden=True),
    ]


def asked(words: Words, confidence: Confidence) -> Round:
    """A closed round with the longest title."""
    questions = tuple(question(words, kind) for kind in QuestionKind)
    return Round(
        RoundId(1),
        Questionnaire(words(MAX_TITLE_CHARS), questions),
        somebody(words),
        ChatId(1),
        Audience(ChatId(1)),
        confidence,
        AT,
        AT,
        AT,
        closed_at=AT,
    )


def values(words: Words) -> Values:
    group = Chat(ChatId(1), -1, ChatKind.GROUP, words(255), "Asia/Shanghai", "zh", active=True)
    task = Task(TaskId(1), TaskId(1), ChatId(1), somebody(words), somebody(words), Plan(words(60)), AT, AT)
    found, named = figures(words), asked(words, Confidence.NAMED)
    rating = found[2]
    below = Figure(rating.question, MILLION, MILLION, (MILLION,) * 10 + (0,))
    lines = [Line(one) for one in found]
    lines[0] = Line(found[0], Figure(found[0].question, MILLION, MILLION, (1,) * MAX_OPTIONS))
    lines[2] = Line(below, rating)
    counted = Counted(MILLION, 2 * MILLION, tuple(found), (Part(BranchId(1), rating),))
    follow_ups = [FollowUp(task, True), FollowUp(task, False)] * 4
    shown = Shown(named, counted, lines, follow_ups, MILLION, 5, published=True, at=AT)
    bare = Shown(asked(words, Confidence.ANONYMOUS), Counted(2, None), [], [], 0, 5, published=False, at=AT)
    return {
        "at": [AT],
        "change": [0, -3, 5],
        "closes_at": [AT + timedelta(days=1)],
        "column": ["question", "median"],
        "counted": [counted, Counted(2, None), Counted(3, 2)],
        "first": [1, 58],
        "follow_ups": [follow_ups],
        "group": [group],
        "high": [10],
        "invited": [None, MILLION],
        "least": [5, 1],
        "lines": [
            lines[:QUESTIONS_A_PAGE],
            [Line(rating), lines[2], lines[3]],
            lines[3 : 3 + QUESTIONS_A_PAGE],
            lines[6:],
            [],
        ],
        "mean": [None, "4.3"],
        "more": [0, MILLION],
        "name": ["results"],
        "option": [None, words(MAX_OPTION_CHARS)],
        "parts": [[(words(60), rating)] * BRANCHES_A_PAGE, [(words(60), found[0])], []],
        "question": [rating.question, None],
        "returned": [0, MILLION],
        "round": [named, asked(words, Confidence.CONFIDENTIAL), asked(words, Confidence.ANONYMOUS)],
        "rounds": [[(named, MILLION)] * 4],
        "sheet": ["questions", "answers"],
        "shown": [shown, bare],
        "standing_out": [stand_out(lines), []],
        "step": [{}],
        "task": [task],
        "texts": [[Text(rating.question, words(MAX_TEXT_CHARS))] * TEXTS_A_PAGE, []],
        "topics": [[(words(40), MILLION)] * 5, []],
        "total": [MILLION],
        "value": [1, MILLION],
        "view": ["questions", "branches", "texts"],
    }


def of_list(words: Words) -> Values:
    return {"rounds": [[asked(words, Confidence.NAMED)], []]}


SAMPLES = Samples("results", values, differing={"listed": of_list})
