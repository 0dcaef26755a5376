"""What whoever asks a questionnaire is shown: the preview before it is asked, and the card by which it is ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message
from domain.voice.questionnaire import service
from domain.voice.questionnaire.round import USUAL_THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import DraftId
    from domain.voice.questionnaire.model import Question, Questionnaire
    from domain.voice.questionnaire.round import Confidence, Every, Round

PAGE_CHARS = 1600  # of the questions on a page of the preview
LINE_CHARS = 8  # what a line has beside its words


class End(StrEnum):
    """What whoever has asked a round may do about it."""

    CLOSE = "close"
    WITHDRAW = "withdraw"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Plan:
    """A round as its asker has it before it is asked. It closes at a moment, or so many workdays after it opens."""

    questionnaire: Questionnaire
    confidence: Confidence
    people: int
    below: bool  # whether those of branches below are asked
    role: str
    workdays: int
    closes_at: datetime | None
    opens_at: datetime | None
    every: Every | None
    results_at_once: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of questions; `first` is the number of its first one, from 1."""

    questions: Sequence[Question]
    first: int
    number: int
    of: int


def pages_of(questions: Sequence[Question]) -> list[Page]:
    """Questions, as many on a page as fit."""
    made: list[list[Question]] = [[]]
    room = PAGE_CHARS
    for one in questions:
        size = len(one.text) + LINE_CHARS * 4 + sum(len(each.text) + LINE_CHARS for each in one.options)
        if made[-1] and size > room:
            made.append([])
            room = PAGE_CHARS
        made[-1].append(one)
        room -= size
    first, found = 1, []
    for number, part in enumerate(made, start=1):
        found.append(Page(part, first, number, len(made)))
        first += len(part)
    return found


def say_preview(draft: DraftId, plan: Plan, page: int) -> Message:
    """A page of the questions as they will be asked, and above them the settings."""
    pages = pages_of(plan.questionnaire.questions)
    shown = pages[min(page, len(pages) - 1)]
    turns = [(number, name) for number, name in ((shown.number - 2, "earlier"), (shown.number, "later"))]
    row = [
        Button("questionnaire.page_button", Action("questionnaire.page", draft, number), {"turn": name})
        for number, name in turns
        if 0 <= number < len(pages)
    ]
    values = {"plan": plan, "threshold": USUAL_THRESHOLD, "page": shown}
    return Message("questionnaire.preview", values, buttons=[row] if row else [])


def say_card(one: Round) -> Message:
    """A round to whoever asked it, with what they can do."""
    if one.closed_at is not None or one.withdrawn_at is not None:
        return Message("questionnaire.card", {"round": one}, subject=service.card(one))
    ends = [End.CLOSE, End.WITHDRAW, *([End.STOP] if one.again_at is not None else [])]
    rows = [[Button("questionnaire.end_button", Action("round.end", one.id, end), {"end": end}) for end in ends]]
    return Message("questionnaire.card", {"round": one}, buttons=rows, subject=service.card(one))


def say_sure(one: Round, end: End) -> Message:
    """Whether something that cannot be undone is meant."""
    row = [
        Button("questionnaire.sure_button", Action("round.sure", one.id, end), {"end": end}),
        Button("questionnaire.keep_button", Action("round.keep", one.id)),
    ]
    return Message("questionnaire.sure", {"round": one, "end": end}, buttons=[row], subject=service.card(one))
