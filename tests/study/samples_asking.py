"""Values of the texts about asked questions."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.ids import ChatId, MemberId, QuestionId, QuestionSetId, SheetId
from domain.messaging.message import Text
from domain.points.event import RuleName
from domain.points.points import Credit
from domain.study.asking.sheet import Sheet
from domain.study.asking.showing import letters_of
from domain.study.attempt import Occasion, OccasionKind
from domain.study.question import Blank, Question, QuestionKind
from domain.study.sets.model import QuestionSet, SetKind
from domain.study.sets.service import Progress, Tally
from tests.samples import AT, BOTH, MILLION, MONDAY, Samples, Values, Words, group_of

SHEET = Sheet(SheetId(1), MemberId(7), ChatId(1), Occasion(OccasionKind.WEEKLY, 3, ChatId(2)), QuestionId(5), 1, AT)
DONE, BEGUN = Progress(5, 4, 5), Progress(3, 1, 5)


def questions(words: Words) -> list[Question]:
    """One of each kind, as long as may be."""
    text, short, told = words(1000), words(100), {"explanation": words(1000), "source": words(200)}
    options = tuple(f"{number}{words(290)}" for number in range(12))
    pairs = tuple((f"{number}{words(290)}", f"{number}{words(290)}") for number in range(8))
    return [
        Question("a", QuestionKind.SINGLE, text, options, (3,), **told),
        Question("b", QuestionKind.MULTIPLE, text, options, tuple(range(12)), **told),
        Question("c", QuestionKind.TRUE_FALSE, text, right=(1,), **told),
        Question("d", QuestionKind.FILL_IN, text, blanks=(Blank((short,)), Blank(("3",), Decimal(1))), **told),
        Question("e", QuestionKind.MATCHING, text, pairs=pairs, **told),
        Question("f", QuestionKind.ORDERING, words(40), options[:3]),
    ]


def letters(words: Words) -> list[dict[int, str]]:
    return [letters_of(SHEET, question) for question in questions(words)]


def values(words: Words) -> Values:
    asked = questions(words)
    group = QuestionSet(QuestionSetId(4), SetKind.SPECIAL, ChatId(1), words(30), [], AT, AT)
    answers: list[Any] = [one.right_answer for one in asked]
    return {
        "answer": answers,
        "best": [0, 12],
        "column": ["question", "answer", "right", "at", "occasion", "given", "asked_at", "title", "day", "length"],
        "count": [1, 20],
        "credit": [Credit(RuleName("quiz.right"), 1, False, MILLION), None],
        "given": [(), (), (), (), (0, 1), (2, 0)],
        "has_changed": BOTH,
        "has_ended": BOTH,
        "is_first": BOTH,
        "is_right": BOTH,
        "kind": list(SetKind),
        "last_day": [MONDAY, date(2026, 12, 31)],
        "length": [0, 12, 30],
        "letter": ["A", "L"],
        "letters": letters(words),
        "mark": [0, 1],
        "progress": [DONE, BEGUN],
        "question": asked,
        "sheet": ["study_attempts", "study_sheets", "question_sets", "challenges"],
        "done": [[], [group_of(words)] * 30],
        "short": [[], [group_of(words)] * 30],
        "offered": [0, 12],
        "group": [group_of(words)],
        "tally": [Tally(0, 0, 0, 0), Tally(12, 10, 43, 55)],
        "there": [0, 1, 3],
        "title": [words(30), ""],
        "told": [None, Text("asking.challenge", {"length": 3, "best": 3, "has_ended": False})],
        "topic": [words(30), ""],
        "wanted": [20],
        "days": [92],
        "sets": [[(group, BEGUN), (group, DONE)]],
        "more": [0, 10],
        "questions": [asked],
    }


def occurs(text: str, of: dict[str, Any]) -> bool:
    """A question stands with the letters, the answer and what was chosen of its own kind."""
    asked = of.get("question")
    if asked is None or "letters" not in of:
        return True
    if of["letters"] != letters_of(SHEET, asked):
        return False
    if "answer" in of and of["answer"] != asked.right_answer:
        return False
    given = of.get("given", ())
    return not given or asked.kind in (QuestionKind.MATCHING, QuestionKind.ORDERING)


SAMPLES = Samples(
    "asking",
    values,
    occurs,
    {
        "not_understood": lambda _: {"kind": list(QuestionKind), "count": [1, 8]},
        "why": lambda words: {"question": [one for one in questions(words) if one.right]},
        "menu": lambda _: {"sets": [0, 1, 3]},
    },
)
