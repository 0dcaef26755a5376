"""The clock's part: matches begin, get the questions of a new day, and end with a result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.points import points
from domain.points.event import Event, EventName
from domain.study.match.card import day_of, finish_cards, refresh, send_cards, send_result, standing
from domain.study.match.model import Place
from domain.study.match.scoring import winners

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, MemberId, PersonId
    from domain.messaging.chat import Chat
    from domain.study.features import Stores
    from domain.study.match.model import Match
    from domain.study.match.scoring import Standing

WON = Event(EventName("study.match_won"), is_own=False)


def run(stores: Stores, slot: datetime) -> None:
    """Begin what is due, bring the cards up to date, end what is due; each once, however often it runs."""
    for match in stores.matches.running():
        if match.ends_at <= slot:
            _end(stores, match, slot)
        elif match.begun_at is None and match.begins_at <= slot:
            _begin(stores, match, slot)
        elif _has_changed(stores, match, slot):
            stores.matches.save(replace(match, shown_at=slot))
            refresh(stores, match, standing(stores, match, slot), key=str(slot.timestamp()))


def _has_changed(stores: Stores, match: Match, at: datetime) -> bool:
    """Whether the cards show something old: there were answers since, or it is another day."""
    if match.shown_at is None:
        return False
    last = stores.matches.last_answer(match.id)
    is_newer = last is not None and last >= match.shown_at
    return is_newer or day_of(stores, match, at) > day_of(stores, match, match.shown_at)


def _begin(stores: Stores, match: Match, at: datetime) -> None:
    """Fix the teams by the roster of this moment, and send the cards."""
    stores.matches.place(match.id, places(stores, match))
    match = replace(match, begun_at=at, shown_at=at)
    stores.matches.save(match)
    send_cards(stores, match, at)


def places(stores: Stores, match: Match) -> list[Place]:
    """Who is in which team. Where one branch is below another, its people are its own; everybody is in one team."""
    groups = [stores.chats.get(team.group) for team in match.teams]
    people: set[PersonId] = set()
    members: set[MemberId] = set()
    found: list[Place] = []
    for group in sorted(groups, key=lambda one: -_depth(stores, one)):
        branch = group.branch
        found += _of_group(stores, group, members) if branch is None else _of_branch(stores, group, branch, people)
    return found


def _depth(stores: Stores, group: Chat) -> int:
    return 0 if group.branch is None else len(stores.branches.ancestors(group.branch))


def _of_branch(stores: Stores, group: Chat, branch: BranchId, taken: set[PersonId]) -> list[Place]:
    """The people of a branch and below who are in no team yet."""
    own = [one.id for one in stores.people.of(branch) if one.id not in taken]
    taken.update(own)
    return [Place(group.id, person=one) for one in own]


def _of_group(stores: Stores, group: Chat, taken: set[MemberId]) -> list[Place]:
    """Those of a group without a branch who are on no roster, and in no team yet."""
    there = [one.id for one in stores.members.of(group.id) if one.is_person and one.id not in taken]
    on_roster = {one.member for one in stores.people.of_members(there)}
    own = [one for one in there if one not in on_roster]
    taken.update(own)
    return [Place(group.id, member=one) for one in own]


def _end(stores: Stores, match: Match, at: datetime) -> None:
    """Post the result, once; a match that nobody has played ends without a word."""
    match = replace(match, ended_at=at)
    stores.matches.save(match)
    found = standing(stores, match, match.ends_at)
    finish_cards(stores, match, found)
    if any(one.count.players for one in found):
        send_result(stores, match, found)
        _credit(stores, match, found, at)


def _credit(stores: Stores, match: Match, found: Sequence[Standing], at: datetime) -> None:
    """Those of the winning teams who have answered a question with care have won."""
    won = [one.count.team.group for one in winners(found)]
    for group, players in stores.matches.players(match.id, won).items():
        chat = stores.chats.get(group)
        for member in players:
            points.award(stores, member, chat, WON, {}, source=match.source, cause=match.name, at=at)
