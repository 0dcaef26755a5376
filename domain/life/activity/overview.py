"""What there is about activities: those to come, those one runs, and what a quarter has brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.life.activity.looking import SHOWN, managed, sheet_of
from domain.life.activity.model import MAX_LENGTH, Activity, Sheet, Signup
from domain.people.permission import Permission, allows, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ActivityId
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

LISTED, GROUPS_OF_ONE, SHOWN_AFTERWARDS = 8, 20, 3
LATELY = timedelta(days=21)  # what was held in this time is offered, for its cost and photos
MONTHS_OF_QUARTER, QUARTERS = 3, 4


@dataclass(frozen=True, slots=True)
class Overview:
    """The activities to come, each with one's own sign-up; `may_propose` whoever plans work."""

    activities: Sequence[tuple[Sheet, Signup | None]]
    more: int
    may_propose: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a group's activities of a quarter have brought and cost; `first` is its first day."""

    group: Chat
    first: date
    sheets: Sequence[Sheet]

    @property
    def number(self) -> int:
        """Which quarter of its year."""
        return (self.first.month - 1) // MONTHS_OF_QUARTER + 1

    @property
    def planned(self) -> int:
        """All budgets, in yuan."""
        return sum(one.activity.budget for one in self.sheets)

    @property
    def spent(self) -> int:
        """What was spent, in yuan, as far as it was noted."""
        return sum(one.activity.spent or 0 for one in self.sheets)

    @property
    def came(self) -> int:
        """How many came, with families."""
        return sum(one.effect.came for one in self.sheets)


def overview(stores: Stores, actor: Actor) -> Overview:
    """The activities to come: in a group its own, in private those of one's groups."""
    require(stores, actor, Permission.TAKE_PART)
    found = [one for one in _to_come(stores, actor) if one.state in SHOWN]
    sheets = [sheet_of(stores, one) for one in found[:LISTED]]
    shown = [(one, one.of(actor.member.id)) for one in sheets]
    return Overview(shown, max(0, len(found) - LISTED), allows(stores, actor, Permission.PLAN_WORK))


def _to_come(stores: Stores, actor: Actor) -> list[Activity]:
    if actor.chat.is_group:
        return stores.activities.in_group(actor.chat.id, LISTED * 2)
    groups = stores.members.groups_of(actor.member.id, GROUPS_OF_ONE)
    found = [one for group in groups for one in stores.activities.in_group(group.id, LISTED)]
    mine = [one for one in stores.activities.of_member(actor.member.id) if one.id not in {each.id for each in found}]
    return sorted([*found, *mine], key=lambda one: (one.starts_at, one.id))


def managing(stores: Stores, actor: Actor) -> list[Activity]:
    """The activities of a group that are to be looked after, those to come first, for whoever plans its work."""
    require(stores, actor, Permission.PLAN_WORK)
    group = actor.group
    held = stores.activities.in_span(group.id, actor.now - LATELY, actor.now + MAX_LENGTH)
    return [*stores.activities.in_group(group.id, LISTED), *reversed(held[-SHOWN_AFTERWARDS:])]


def desk(stores: Stores, actor: Actor, *, number: ActivityId) -> Sheet:
    """One of them. Raises ActivityNotFound."""
    return managed(stores, actor, number=number)


def quarter_of(day: date, back: int) -> date:
    """The first day of the quarter of a day, or of one so many before it."""
    count = day.year * QUARTERS + (day.month - 1) // MONTHS_OF_QUARTER - back
    return date(count // QUARTERS, count % QUARTERS * MONTHS_OF_QUARTER + 1, 1)


def quarter(stores: Stores, actor: Actor, *, back: int) -> Quarter:
    """What the group has done in this quarter, or so many before it."""
    require(stores, actor, Permission.PLAN_WORK)
    group = actor.group
    first, after = quarter_of(actor.today, back), quarter_of(actor.today, back - 1)
    found = stores.activities.in_span(group.id, group.start_of(first), group.start_of(after))
    return Quarter(group, first, [sheet_of(stores, one) for one in found])
