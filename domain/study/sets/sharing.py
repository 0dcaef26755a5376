"""A special set for more groups: whoever gave it out to one gives the same to others that they are in charge of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.people.permission import Permission, require
from domain.study.sets.service import SetOver, TooFewQuestions, give_out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.ids import ChatId, QuestionSetId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.study.features import Stores
    from domain.study.sets.model import QuestionSet

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shared:
    """A special set, the groups that have it besides the first, and those that may get it.

    `short` are groups for which the library has too few questions.
    """

    of: QuestionSet
    group: Chat
    done: Sequence[Chat]
    left: Sequence[Chat]
    short: Sequence[Chat] = ()

    @property
    def last_day(self) -> date:
        """The last day on which it can be answered."""
        return self.group.day(self.of.closes_at) - A_DAY


def shared(stores: Stores, actor: Actor, *, number: QuestionSetId, places: Sequence[Actor]) -> Shared:
    """One's own special set, with the groups in which one may give it out, `places`. Raises SetOver."""
    require(stores, actor, Permission.TAKE_PART)
    one = _own(stores, actor, number)
    others = [place.group for place in places if place.group.id != one.group]
    has = {group.id for group in others if stores.sets.made_by(_source(one, group.id)) is not None}
    done, left = ([group for group in others if (group.id in has) is there] for there in (True, False))
    return Shared(one, stores.chats.get(one.group), done, left)


def share(
    stores: Stores, actor: Actor, *, number: QuestionSetId, places: Sequence[Actor], groups: Sequence[ChatId]
) -> Shared:
    """Give one's own special set out to other groups, each of `places`: topic, number and last day are the same.

    A group that has it already gets nothing. Raises SetOver, NotAllowed.
    """
    found, short = shared(stores, actor, number=number, places=places), []
    for place in places:
        if place.group.id in groups and place.group in found.left:
            try:
                _give(stores, place, found)
            except TooFewQuestions:
                short.append(place.group)
    after = shared(stores, actor, number=number, places=places)
    return Shared(after.of, after.group, after.done, after.left, short)


def _give(stores: Stores, place: Actor, one: Shared) -> None:
    of = one.of
    source = _source(of, place.group.id)
    give_out(stores, place, topic=of.title, count=len(of.questions), last_day=one.last_day, source=source)


def _own(stores: Stores, actor: Actor, number: QuestionSetId) -> QuestionSet:
    """Raises SetOver: also for a set of somebody else."""
    one = stores.sets.get(number)
    if one is None or one.maker != actor.member.id or not one.is_open(actor.heard_at):
        raise SetOver
    return one


def _source(one: QuestionSet, group: ChatId) -> str:
    return f"set:{one.id}:{group}"
