"""Who has a suggestion: the secretaries of its group, those above them, or the administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import MemberId
from domain.messaging.administrators import administrators, grants_over, secretaries_among
from domain.people.permission import (
    EVERYWHERE,
    Area,
    Permission,
    allows,
    allows_over,
    require,
    require_everywhere,
)
from domain.points.charge import reachable, secretaries_above
from domain.refusal import NoMore
from domain.voice.suggestion.life import MAX_HEIGHT, Desk, WrongStep, known
from domain.voice.suggestion.oversight import oversees

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.ids import ChatId, SuggestionId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.voice.features import Stores
    from domain.voice.suggestion.life import Case, Life

ANSWER = Permission.ANSWER_SUGGESTIONS
NOBODY = MemberId(0)  # nobody has that number


def levels(stores: Stores, group: Chat) -> list[list[Member]]:
    """Who is in charge of a group: its own secretaries, those of each branch above it, the administrators."""
    own = [one for one in grants_over(stores, group) if one.area == Area(group=group.id)]
    found = [secretaries_among(own), *secretaries_above(stores, group.branch), administrators(stores)]
    return [level for level in found if level]


def chain(stores: Stores, group: Chat) -> list[list[Member]]:
    """Who has a suggestion of a group, then to whom it goes up: levels where nobody can be written to are left out.

    The first stays in any case; so do all where nobody above can be written to. Administrators are last.
    """
    found = levels(stores, group)
    above = [level for level in found[1:] if reachable(level, NOBODY)] or found[1:]
    return [*found[:1], *above[: MAX_HEIGHT - 1], *above[MAX_HEIGHT - 1 :][-1:]]


def may_go_up(stores: Stores, life: Life) -> bool:
    """Whether somebody is above those who have a suggestion."""
    return life.group is not None and life.height + 1 < len(chain(stores, stores.chats.get(life.group)))


def holders(stores: Stores, life: Life) -> list[Member]:
    """Who has a suggestion now."""
    if life.group is None:
        return administrators(stores)
    found = chain(stores, stores.chats.get(life.group))
    return found[min(life.height, len(found) - 1)] if found else []


def reached(stores: Stores, life: Life) -> list[Member]:
    """Those of them who can be written to."""
    return reachable(holders(stores, life), NOBODY)


def desk(stores: Stores, actor: Actor, there: Iterable[Actor]) -> Desk:
    """What somebody answers, of the groups in which they may."""
    own: list[ChatId] = []
    below: dict[int, list[ChatId]] = {}
    for one in there:
        if not allows(stores, one, ANSWER):
            continue
        place = _place_among(actor, chain(stores, one.chat))
        if place == 0 or (place is None and _stands_in(stores, one)):
            own.append(one.chat.id)
        elif place is not None:
            below.setdefault(place, []).append(one.chat.id)
    return Desk(own, below, homeless=allows_over(stores, actor, ANSWER, EVERYWHERE))


def _stands_in(stores: Stores, there: Actor) -> bool:
    """Whether nobody is secretary of the group, so that its administrators on the platform act for one."""
    return not stores.grants.held(there.member.id, there.chat).has_secretary


def _place_among(actor: Actor, found: Sequence[Sequence[Member]]) -> int | None:
    """How far above a group somebody is; `None` for who is at no level."""
    places = (place for place, level in enumerate(found) if actor.member.id in {one.id for one in level})
    return next(places, None)


def held(stores: Stores, actor: Actor, number: SuggestionId, version: int | None = None) -> Case:
    """A suggestion that somebody may answer. Raises NotAllowed, NotEverywhere, NoMore, WrongStep for an old button."""
    require(stores, actor, ANSWER)
    found = known(stores.suggestion_lives, number)
    if found.life.group is None:
        require_everywhere(stores, actor, ANSWER)
    elif actor.chat.id != found.life.group or (
        found.suggestion.above and not oversees(stores, actor, found.suggestion)
    ):
        raise NoMore  # another group's, or for the next level alone: it is not told that there is such a one
    if version is not None and version != found.life.version:
        raise changed(stores, found.life)
    return found


def changed(stores: Stores, life: Life) -> WrongStep:
    """Somebody was faster: who, and what became of it."""
    history = stores.suggestion_lives.history(life.suggestion)
    by = history[-1].by if history else None
    return WrongStep(stage=life.stage, by=None if by is None else stores.members.get(by))
