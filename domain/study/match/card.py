"""The one card of a match in each group, and its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.messaging.message import Action, Button, DeepLink, Message, Thread
from domain.study.learning.figures import hardest
from domain.study.match.scoring import standings, winners

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.study.features import Stores
    from domain.study.learning.figures import Asked
    from domain.study.match.model import Match, Team
    from domain.study.match.scoring import Standing

LINK = "match_"
EVERY = timedelta(minutes=10)  # so often a card is edited at most
LISTED = 10  # teams on a card; the group's own is always there


@dataclass(frozen=True, slots=True)
class Board:
    """A match as it stands, for a team's group; `hardest` is only told at its end."""

    match: Match
    standings: Sequence[Standing]
    own: Team
    hardest: Sequence[Asked] = ()

    @property
    def listed(self) -> Sequence[Standing]:
        """The first teams, and the group's own."""
        return [one for place, one in enumerate(self.standings) if place < LISTED or one.count.team == self.own]

    @property
    def more(self) -> int:
        """How many teams are not listed."""
        return len(self.standings) - len(self.listed)

    @property
    def winners(self) -> Sequence[Standing]:
        """Who is first."""
        return winners(self.standings)

    @property
    def players(self) -> int:
        """How many have answered."""
        return sum(one.count.players for one in self.standings)

    @property
    def people(self) -> int:
        """Of how many."""
        return sum(one.count.people for one in self.standings)


def day_of(stores: Stores, match: Match, at: datetime) -> date:
    """The day of a match at a moment, on the enterprise's clock; its last one afterwards."""
    return min(at.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date(), match.last)


def standing(stores: Stores, match: Match, at: datetime) -> Sequence[Standing]:
    """How a match stands."""
    day = day_of(stores, match, at)
    return standings(stores.matches.counts(match, day), len(match.opened(day)))


def hardest_of(stores: Stores, match: Match, found: Sequence[Standing]) -> Sequence[Asked]:
    """What was hardest for all teams together."""
    return hardest(stores.matches.asked(match), sum(one.count.people for one in found))


def card(match: Match, own: Team, found: Sequence[Standing]) -> Message:
    """The card of a group: how the teams stand, how that is counted, and the way in."""
    values = {"board": Board(match, found, own)}
    buttons = [[Button("match.join_button", DeepLink(f"{LINK}{match.id}"))]] if match.is_played else []
    return Message("match.card", values, buttons, match.card(own.group), silent=True)


def refresh(stores: Stores, match: Match, found: Sequence[Standing], *, key: str) -> None:
    """The cards are edited, without a sound, at most every ten minutes."""
    for team in match.teams:
        about = match.card(team.group)
        stores.outbox.edit(about, card(match, team, found), key=f"{about}:{key}", every=EVERY)


def send_cards(stores: Stores, match: Match, at: datetime) -> None:
    """Each group gets its card."""
    found = standing(stores, match, at)
    for team in match.teams:
        stores.outbox.send(team.group, card(match, team, found), key=str(match.card(team.group)))


def finish_cards(stores: Stores, match: Match, found: Sequence[Standing]) -> None:
    """The cards say that it is over, and lead nowhere any more."""
    for team in match.teams:
        about = match.card(team.group)
        stores.outbox.edit(about, card(match, team, found), key=f"{about}:over")
    stores.outbox.edit(match.desk, desk(match), key=f"{match.desk}:over")


def send_result(stores: Stores, match: Match, found: Sequence[Standing]) -> None:
    """Each group reads once who has won and what was hardest, below its card."""
    hard = hardest_of(stores, match, found)
    for team in match.teams:
        about = match.card(team.group)
        message = Message("match.result", {"board": Board(match, found, team, hard)})
        thread = Thread(reply_to=stores.outbox.message_about(about))
        stores.outbox.send(team.group, message, key=f"{about}:result", thread=thread)


def desk(match: Match) -> Message:
    """A match to whoever has opened it, with the way to withdraw it."""
    buttons = [] if match.is_over else [[Button("match.withdraw_button", Action("match.withdraw", match.id))]]
    return Message("match.desk", {"match": match}, buttons, match.desk)
