"""The order in which somebody sees the options of a question: their own, and the same whenever they look."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from domain.study.question import QuestionKind
from plain.options import names_letters, sums_up

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
        case QuestionKind.ORDERING:
            return order(member, id_, occasion, len(question.options))
        case _:
            return _mixed(member, id_, question, occasion)


def _mixed(member: MemberId, id_: QuestionId, question: Question, occasion: Occasion) -> tuple[int, ...]:
    """Options in somebody's order: one that sums the others up stays last, and letters in options stay right."""
    options = question.options
    if any(map(names_letters, options)):
        return tuple(range(len(options)))
    mixed = order(member, id_, occasion, len(options))
    return tuple(sorted(mixed, key=lambda place: (sums_up(options[place]), place if sums_up(options[place]) else 0)))
