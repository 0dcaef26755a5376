"""What was learnt in a week, for the letter that people in charge read in private on Monday, and its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Picture
from domain.study.learning.service import rolled_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.messaging.message import Storable
    from domain.study.learning.figures import Learnt

LISTED = 8  # groups in the letter and on its picture
UNOPENED = 3  # items that are named
MAX_NAME_CHARS = 40  # of a question on the picture


@dataclass(frozen=True, slots=True)
class Letter:
    """A week's learning: of the only group, or of each of several, and of `all` of them together."""

    first: date
    last: date
    groups: Sequence[Learnt]
    all: Learnt

    @property
    def listed(self) -> Sequence[Learnt]:
        """The groups that are told one by one; none where there is only one."""
        return self.groups[:LISTED] if len(self.groups) > 1 else ()

    @property
    def more(self) -> int:
        """How many are not."""
        return len(self.groups[LISTED:])

    @property
    def unopened(self) -> Sequence[str]:
        """The first items that nobody has opened."""
        return self.all.unopened[:UNOPENED]

    @property
    def picture(self) -> Picture:
        """Bars: how many were reached in each group, or how one group has read, answered and kept."""
        lines = [_reached(one) for one in self.listed] or _of_one(self.all)
        days: dict[str, Storable] = {"monday": str(self.first), "sunday": str(self.last)}
        return Picture("learning.told", {**days, "lines": lines, "more": self.more})


def letter(first: date, last: date, learnt: Sequence[Learnt]) -> Letter | None:
    """The letter about some groups, those that learnt most first; nothing where nothing has happened."""
    happened = [one for one in learnt if one.happened]
    if not happened:
        return None
    happened.sort(key=lambda one: (-one.reach.took_part / one.reach.of, one.name))
    return Letter(first, last, happened, rolled_up("", happened))


def _reached(one: Learnt) -> dict[str, Storable]:
    return _line("group", one.reach.took_part, one.reach.of, one.name)


def _of_one(one: Learnt) -> list[dict[str, Storable]]:
    lines = [_line("reach", one.reach.took_part, one.reach.of)]
    if one.first.answered:
        lines.append(_line("first", one.first.right, one.first.answered))
    if one.kept.answered:
        lines.append(_line("kept", one.kept.right, one.kept.answered))
    hard = [_line("question", each.share.right, each.share.answered, each.text) for each in one.hardest]
    return [*lines, *hard]


def _line(kind: str, took_part: int, of: int, name: str = "") -> dict[str, Storable]:
    return {"kind": kind, "name": plain.tidy(name)[:MAX_NAME_CHARS], "part": took_part, "of": of}
