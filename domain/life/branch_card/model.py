"""What the card of a branch holds, what may be wrong with a wish about it, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import plain
from domain.messaging.message import Subject
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, ChatId, MemberId
    from domain.life.evaluation.model import Star
    from domain.people.branch import Branch
    from domain.points.honour import Honour

MAX_MOTTO_CHARS = 60
CARD = "branch_card"  # the kind of the subject


class NoBranch(Refusal):
    """The group, or whoever asks, belongs to no branch yet."""

    text = "branch_card.no_branch"
    helper = Helper.SECRETARY


class NoMotto(Refusal):
    """No words at all."""

    text = "branch_card.no_motto"


class MottoTooLong(Refusal):
    """More words than a motto has."""

    text = "branch_card.motto_too_long"


class NoPhoto(Refusal):
    """There is no photo to remove."""

    text = "branch_card.has_no_photo"


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody has written and chosen for a branch: its motto, and a photo by the platform's name for it."""

    branch: BranchId
    motto: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """How many people are in a branch and below it, and how many of them are in the Party, where that is known."""

    people: int
    party: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as it is read. `secretaries` are names; `more` honours are not listed.

    `star` is that of the newest evaluation that is final.
    """

    branch: Branch
    above: str
    size: Size
    secretaries: Sequence[str]
    card: Card
    honours: Sequence[Honour]
    more: int = 0
    star: Star | None = None


class BranchCards(Protocol):
    """Cards of branches in the store."""

    def get(self, branch: BranchId) -> Card:
        """A branch's card; an empty one where nothing was written."""

    def put(self, card: Card, by: MemberId, at: datetime) -> None:
        """Keep a card in place of the one before."""

    def size(self, branch: BranchId) -> Size:
        """How many people there are, in one statement.

        Somebody counts as in the Party unless they are marked otherwise, where anybody of the branch is marked; else
        those do of whom the roster says when they joined it.
        """

    def honours(self, branch: BranchId, limit: int) -> list[Honour]:
        """What the branch, one below it, or somebody in it holds, the newest first.

        Nothing of people who want to be on no board.
        """


def subject(group: ChatId) -> Subject:
    """What the card in a group is about."""
    return Subject(CARD, group)


def checked(words: str) -> str:
    """A motto on one line. Raises NoMotto, MottoTooLong."""
    motto = plain.tidy(words)
    if not plain.key(motto):
        raise NoMotto
    if len(motto) > MAX_MOTTO_CHARS:
        raise MottoTooLong(most=MAX_MOTTO_CHARS, length=len(motto))
    return motto
