"""The order in which somebody sees the options of a question: their own, and the same whenever they look."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from domain.study.question import QuestionKind

if TYPE_CHECKING:
    from domain.ids import MemberId, QuestionId
    from domain.study.attempt import Occasion
    from domain.study.question import Question

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def order(member: MemberId, question: QuestionId, occasion: Occasion, count: int) -> tuple[int, ...]:
    """The places of `count` options in somebody's order: by a hash, so that nothing is stored."""
    about = f"{member}:{question}:{occasion.kind}:{occasion.id}"
    return tuple(sorted(range(count), key=lambda place: sha256(f"{about}:{place}".encode()).digest()))


def shown_places(member: MemberId, id_: QuestionId, question: Question, occasion: Occasion) -> tuple[int, ...]:
    """The places of what a question has to choose from, in somebody's order; true always stands before false."""
    match question.kind:
        case QuestionKind.FILL_IN:
            return ()
        case QuestionKind.TRUE_FALSE:
            return (0, 1)
        case QuestionKind.MATCHING:
            return order(member, id_, occasion, len(question.sides))
        case _:
            return order(member, id_, occasion, len(question.options))
