"""What the one message of a sheet shows: the question with its buttons, then what was right, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, in_rows
from domain.study.asking.order import LETTERS
from domain.study.question import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.message import Buttons, Text
    from domain.points.points import Credit
    from domain.study.asking.sheet import Sheet
    from domain.study.attempt import Attempt
    from domain.study.question import Question

MAX_IN_A_ROW = 4  # letters
ON, OFF = "on", "off"  # what a button makes of an option


def say_question(sheet: Sheet, question: Question, *, has_changed: bool = False) -> Message:
    """A question that waits for an answer, with what was chosen so far."""
    values = {
        "question": question,
        "letters": letters_of(sheet, question),
        "given": sheet.given,
        "has_changed": has_changed,
    }
    return Message("asking.question", values, _buttons(sheet, question), sheet.subject)


def letters_of(sheet: Sheet, question: Question) -> dict[int, str]:
    """The letters of what there is to choose from, by place, in the order in which it is shown."""
    return {place: LETTERS[number] for number, place in enumerate(sheet.places(question))}


def _buttons(sheet: Sheet, question: Question) -> Sequence[Sequence[Button]]:
    letters = letters_of(sheet, question)
    match question.kind:
        case QuestionKind.FILL_IN:
            return ()
        case QuestionKind.SINGLE:
            return _in_even_rows([_pick(sheet, place, letter) for place, letter in letters.items()])
        case QuestionKind.TRUE_FALSE:
            texts = ("asking.true_button", "asking.false_button")
            return [[Button(text, _action(sheet, "pick", place)) for place, text in enumerate(texts)]]
        case QuestionKind.MATCHING:
            return [*_sides(sheet, question, letters), *_ends(sheet, len(question.pairs))]
        case _:
            least = len(question.options) if question.kind is QuestionKind.ORDERING else 1
            ticks = [_tick(sheet, place, letter) for place, letter in letters.items()]
            return [*_in_even_rows(ticks), *_ends(sheet, least)]


def _in_even_rows(letters: Sequence[Button]) -> Buttons:
    """Letters in as few rows as they fit into, none of which has one alone."""
    rows = -(-len(letters) // MAX_IN_A_ROW)
    return in_rows(letters, -(-len(letters) // max(rows, 1)))


def _action(sheet: Sheet, name: str, *more: int | str) -> Action:
    return Action(f"ask.{name}", sheet.id, sheet.question, *more)


def _pick(sheet: Sheet, place: int, letter: str) -> Button:
    return Button("asking.letter_button", _action(sheet, "pick", place), {"letter": letter, "mark": 0})


def _tick(sheet: Sheet, place: int, letter: str) -> Button:
    """An option to choose or take back; the button says which, so that two taps at once do it once."""
    mark = sheet.given.index(place) + 1 if place in sheet.given else 0
    action = _action(sheet, "tick", place, OFF if mark else ON)
    return Button("asking.letter_button", action, {"letter": letter, "mark": mark})


def _sides(sheet: Sheet, question: Question, letters: dict[int, str]) -> Sequence[Sequence[Button]]:
    """What the next pair can be matched with; none once all are."""
    pair = len(sheet.given)
    if pair == len(question.pairs):
        return ()
    row = [
        Button("asking.letter_button", _action(sheet, "match", pair, place), {"letter": letter, "mark": 0})
        for place, letter in letters.items()
    ]
    return _in_even_rows(row)


def _ends(sheet: Sheet, least: int) -> Sequence[Sequence[Button]]:
    """确定 where enough was chosen, and a way back."""
    row = [Button("asking.clear_button", _action(sheet, "clear"))] if sheet.given else []
    if len(sheet.given) >= least:
        row.append(Button("asking.done_button", _action(sheet, "done")))
    return [row] if row else []


def say_answered(
    sheet: Sheet,
    question: Question,
    attempt: Attempt,
    *,
    is_first: bool = True,
    credit: Credit | None = None,
    told: Text | None = None,
    goes_on: bool = False,
) -> Message:
    """Whether an answer was right, the right one, why, and where it stands; a button where there is more."""
    values = {
        "question": question,
        "letters": letters_of(sheet, question),
        "answer": attempt.answer,
        "is_right": attempt.is_right,
        "is_first": is_first,
        "credit": credit,
        "told": told,
    }
    more = [[Button("asking.next_button", _action(sheet, "next"))]] if goes_on else []
    return Message("asking.answered", values, more, sheet.subject)
