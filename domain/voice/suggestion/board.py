"""The public board: what became of each suggestion of a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.people.permission import Permission, require
from domain.refusal import Refusal
from domain.voice.suggestion.life import KEPT, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.voice.features import Stores
    from domain.voice.suggestion.life import Case

SHOWN = 6  # suggestions of a page
ON_BOARD = frozenset(set(Stage) - {Stage.OVER})


class NoBoard(Refusal):
    """Somebody in private who is in no group."""

    text = "suggestion_life.no_board"


@dataclass(frozen=True, slots=True)
class Board:
    """A page of a group's board, from the suggestion at the place `first` on; `total` are on it."""

    group: Chat
    cases: Sequence[Case]
    first: int
    total: int
    adopted: int
    done: int
    refused: int

    @property
    def further(self) -> int | None:
        """Where the next page begins."""
        after = self.first + len(self.cases)
        return after if self.cases and after < self.total else None


def show(stores: Stores, actor: Actor, *, first: int = 0) -> Board:
    """A page of the board: in a group the group's, in private that of one's own. Raises NoBoard.

    What was suggested without a name stands there without an author.
    """
    require(stores, actor, Permission.TAKE_PART)
    home = actor.chat.id if actor.chat.is_group else stores.members.home(actor.member.id)
    if home is None:
        raise NoBoard
    counts = stores.suggestion_lives.count(home)
    cases = stores.suggestion_lives.board(home, ON_BOARD, first, SHOWN)
    done = _sum(counts, Stage.DONE, Stage.CONFIRMED)
    total = _sum(counts, *ON_BOARD)
    return Board(stores.chats.get(home), cases, first, total, _sum(counts, *KEPT), done, _sum(counts, Stage.REFUSED))


def _sum(counts: Mapping[Stage, int], *stages: Stage) -> int:
    return sum(counts.get(stage, 0) for stage in stages)
