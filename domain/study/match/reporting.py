"""Matches in reports: the place of a group's team, and all teams of the matches that have ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.study.match.card import standing
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.reporting import Span, Week
    from domain.study.features import Stores
    from domain.study.match.model import Match
    from domain.study.match.scoring import Standing

COLUMNS = ("number", "match", "team", "people", "players", "right", "possible", "score", "rank")


def _tell(stores: Stores, week: Week) -> Told | None:
    """The place of the group's team in the newest match that has ended; nothing of one that nobody played."""
    for match in reversed(stores.matches.ended_between(week.group.id, week.since, week.until)):
        found = standing(stores, match, match.ends_at)
        own = next((one for one in found if one.count.team.group == week.group.id), None)
        if own is not None and any(one.count.players for one in found):
            values = {"name": match.name, "rank": own.rank, "teams": len(found)}
            return Told(Text("match.summary", values), happened=True)
    return None


def _read(stores: Stores, span: Span) -> Material:
    ended = stores.matches.ended_between(span.group.id, span.since, span.until)
    found = [(match, standing(stores, match, match.ends_at)) for match in ended]
    return Material(sum(len(teams) for _, teams in found), partial(_tables, found))


def _tables(found: Sequence[tuple[Match, Sequence[Standing]]]) -> list[Table]:
    """A team a row; how a person has answered is in none."""
    rows = [
        (
            match.id,
            match.name,
            one.count.team.name,
            one.count.people,
            one.count.players,
            one.count.right,
            one.count.possible,
            one.score / 10,
            one.rank,
        )
        for match, teams in found
        for one in teams
    ]
    return [Table("matches", COLUMNS, rows)] if rows else []


SECTION, EXPORT = Section(21, _tell), Export(42, _read)
