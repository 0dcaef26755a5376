"""Rounds for tests of what is answered: as the store of rounds would give them."""

from datetime import timedelta
from decimal import Decimal

from domain.ids import RoundId
from domain.voice.questionnaire.model import Option, Question, QuestionKind, Questionnaire
from domain.voice.questionnaire.round import Audience, Round
from tests.stores import AT

OPTIONS = ("食堂", "宿舍", "班车", "浴室")
QUESTIONS = (
    Question(
        "where", QuestionKind.SINGLE, "哪里最该改进？", tuple(Option(f"o{n}", text) for n, text in enumerate(OPTIONS))
    ),
    Question("mark", QuestionKind.RATING, "给食堂打几分？", low=1, high=5),
    Question("hours", QuestionKind.NUMBER, "每周加班几小时？", required=False),
    Question("words", QuestionKind.TEXT, "还想说什么？", required=False),
)
QUESTIONNAIRE = Questionnaire("后勤满意度", QUESTIONS)


def answers(option=0, mark=3, words="", hours=None):
    """A response."""
    found = {"where": (f"o{option}",), "mark": mark}
    found |= {} if hours is None else {"hours": Decimal(hours)}
    return found | ({"words": words} if words else {})


def round_of(confidence, asker, group, number=1, threshold=5):
    """An open round."""
    closes_at = AT + timedelta(days=3)
    return Round(
        RoundId(number),
        QUESTIONNAIRE,
        asker,
        group,
        Audience(group),
        confidence,
        AT,
        AT,
        closes_at,
        threshold=threshold,
    )
