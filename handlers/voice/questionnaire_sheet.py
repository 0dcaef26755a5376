"""The one message of somebody who answers a round: each question, the overview, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, in_rows
from domain.voice.questionnaire.model import QuestionKind
from domain.voice.questionnaire.sheet import OVERVIEW, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.voice.questionnaire.answering import Submitted
    from domain.voice.questionnaire.model import Question

RATINGS_A_ROW, NUMBERS_A_ROW = 6, 8


def say_sheet(sheet: Sheet) -> Message:
    """Where the dialogue stands."""
    if not sheet.is_begun:
        start = Button("questionnaire.start_button", Action("round.start", sheet.round.id))
        return Message("questionnaire.introduction", {"round": sheet.round}, [[start]], sheet.subject)
    question = sheet.question
    if question is None:
        return say_overview(sheet)
    values = {
        "question": question,
        "number": sheet.number,
        "count": len(sheet.asked),
        "value": sheet.value,
    }
    rows = [*_answers(sheet, question), *_ways(sheet, question)]
    return Message("questionnaire.question", values, rows, sheet.subject)


def _answers(sheet: Sheet, question: Question) -> Sequence[Sequence[Button]]:
    """The buttons that answer a question."""
    number, index = sheet.round.id, sheet.index
    if question.kind is QuestionKind.RATING and question.low is not None and question.high is not None:
        marks = range(question.low, question.high + 1)
        return in_rows([_rating(sheet, mark) for mark in marks], RATINGS_A_ROW)
    if question.kind is QuestionKind.RANKING:
        rest = [(place, one) for place, one in sheet.options if one.key not in _chosen(sheet)]
        return [
            [
                Button(
                    "questionnaire.option_button",
                    Action("round.rank", number, index, place),
                    {"option": one, "on": False, "several": False},
                )
            ]
            for place, one in rest
        ]
    several = question.kind is QuestionKind.MULTIPLE
    return [[_option(sheet, place, several=several)] for place, _ in sheet.options]


def _rating(sheet: Sheet, mark: int) -> Button:
    values = {"mark": mark, "on": sheet.value == mark}
    return Button("questionnaire.rating_button", Action("round.pick", sheet.round.id, sheet.index, mark), values)


def _option(sheet: Sheet, place: int, *, several: bool) -> Button:
    one = sheet.round.questionnaire.questions[sheet.index].options[place]
    on = one.key in _chosen(sheet)
    number, index = sheet.round.id, sheet.index
    if several:
        action = Action("round.tick", number, index, place, "off" if on else "on")
    else:
        action = Action("round.pick", number, index, place)
    return Button("questionnaire.option_button", action, {"option": one, "on": on, "several": several})


def _chosen(sheet: Sheet) -> tuple[str, ...]:
    return sheet.value if isinstance(sheet.value, tuple) else ()


def _ways(sheet: Sheet, question: Question) -> Sequence[Sequence[Button]]:
    """The buttons that lead on, back and out."""
    number, index = sheet.round.id, sheet.index
    row = []
    if sheet.number > 1 or sheet.place.startswith(OVERVIEW):
        row.append(Button("questionnaire.back_button", Action("round.back", number)))
    if question.kind is QuestionKind.RANKING and _chosen(sheet):
        row.append(Button("questionnaire.clear_button", Action("round.clear", number, index)))
    if sheet.may_go_on:
        skips = not sheet.has_answered(question)
        row.append(Button("questionnaire.next_button", Action("round.next", number, index), {"skips": skips}))
    return [*([row] if row else []), [Button("questionnaire.pause_button", Action("round.pause", number))]]


def say_overview(sheet: Sheet) -> Message:
    """All answers, a button to change each, and the one that submits them."""
    number, questions = sheet.round.id, sheet.round.questionnaire.questions
    places = {one.key: place for place, one in enumerate(questions)}
    changes = [
        Button("questionnaire.change_button", Action("round.change", number, places[one.key]), {"number": shown})
        for shown, one in enumerate(sheet.asked, start=1)
    ]
    last = [
        Button("questionnaire.submit_button", Action("round.submit", number)),
        Button("questionnaire.pause_button", Action("round.pause", number)),
    ]
    values = {"round": sheet.round, "answers": [(one, sheet.response.get(one.key)) for one in sheet.asked]}
    return Message("questionnaire.overview", values, [*in_rows(changes, NUMBERS_A_ROW), last], sheet.subject)


def say_paused(sheet: Sheet) -> Message:
    """That it goes on whenever one likes, until it closes."""
    on = Button("questionnaire.resume_button", Action("round.open", sheet.round.id))
    return Message("questionnaire.paused", {"round": sheet.round}, [[on]], sheet.subject)


def say_submitted(done: Submitted) -> Message:
    """That it was counted, and can be changed."""
    sheet = done.sheet
    values = {"round": sheet.round, "credit": done.credit, "again": done.again}
    change = Button("questionnaire.edit_button", Action("round.open", sheet.round.id))
    return Message("questionnaire.submitted", values, [[change]], sheet.subject)
