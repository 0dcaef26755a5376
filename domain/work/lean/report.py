"""Figures as they are told: of all, of each branch, of each kind, against those of the time before; and the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Picture
from domain.work.lean.figures import Lean, Phase, by_kind, figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.messaging.message import Storable
    from domain.work.lean.figures import Course, Kind

LISTED = 6  # branches
MAX_NAME_CHARS = 40  # on the picture
DIGITS = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A branch with all below it, or a group, and its figures."""

    name: str
    lean: Lean


@dataclass(frozen=True, slots=True)
class Report:
    """The figures from one day to another, both included. `before` are those of the same length of time before.

    `units` are the branches of which enough is known, those that take longest first; `more` others are not listed.
    """

    name: str
    first: date
    last: date
    all: Lean
    before: Lean
    units: Sequence[Unit]
    more: int
    kinds: Mapping[Kind, Lean]

    @property
    def told_kinds(self) -> Mapping[Kind, Lean]:
        """The kinds of which enough is known; none where there is only one kind."""
        return {kind: lean for kind, lean in self.kinds.items() if lean.enough} if len(self.kinds) > 1 else {}

    @property
    def picture(self) -> Picture | None:
        """Where the time went, else how long tasks took: of all, and of each branch or kind; `None` of too few."""
        if not self.all.enough:
            return None
        apart = self.all.enough_apart
        lines = [_line("all", "", self.all)]
        if self.units:
            lines += [_line("unit", one.name, one.lean) for one in self.units if one.lean.enough_apart or not apart]
        else:
            kinds = self.told_kinds.items()
            lines += [_line("kind", kind.value, lean) for kind, lean in kinds if lean.enough_apart or not apart]
        values: dict[str, Storable] = {"first": str(self.first), "last": str(self.last), "apart": apart}
        return Picture("lean.told", {**values, "title": plain.tidy(self.name)[:MAX_NAME_CHARS], "lines": lines})


def _line(what: str, name: str, lean: Lean) -> dict[str, Storable]:
    parts = [round(lean.each(phase), DIGITS) for phase in Phase]
    return {"what": what, "name": plain.tidy(name)[:MAX_NAME_CHARS], "lead": round(lean.lead, DIGITS), "parts": parts}


def unit(name: str, found: Sequence[Course]) -> Unit:
    """A branch with the figures of its tasks."""
    return Unit(plain.tidy(name), figures(found))


def report(
    name: str, days: tuple[date, date], found: Sequence[Course], before: Sequence[Course], units: Sequence[Unit]
) -> Report:
    """What is told of some tasks, from the first day to the last. One branch alone is not listed."""
    known = sorted((one for one in units if one.lean.enough), key=lambda one: (-one.lean.lead, one.name))
    listed = known[:LISTED] if len(known) > 1 else []
    more = sum(one.lean.done > 0 for one in units) - len(listed)
    return Report(name, *days, figures(found), figures(before), listed, more if listed else 0, by_kind(found))
