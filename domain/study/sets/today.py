"""Sets on today's card and in the message of /study: those that one has not finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.study.sets.service import progress
from domain.today import Part

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.study.features import Stores
    from domain.study.sets.model import QuestionSet
    from domain.study.sets.service import Progress

SHOWN = 3  # sets


def tell(stores: Stores, actor: Actor) -> Part | None:
    """Open sets of one's own group, with a button to answer each."""
    waiting = unfinished(stores, actor)[:SHOWN]
    if not waiting:
        return None
    rows = [[_button(one, done)] for one, done in waiting]
    return Part(Text("asking.today", {"sets": waiting}), rows)


def _button(one: QuestionSet, done: Progress) -> Button:
    values = {"kind": one.kind, "title": one.title, "progress": done}
    return Button("asking.set_button", Action("sets.open", one.id), values)


def unfinished(stores: Stores, actor: Actor) -> list[tuple[QuestionSet, Progress]]:
    """The tests for somebody and the open sets of their own group that they have not finished."""
    home, mine = stores.members.home(actor.member.id), actor.member.id
    found = [*stores.sets.tests_of(mine, actor.now), *(stores.sets.open_of(home, actor.now) if home else ())]
    made = [(one, progress(stores, one, mine)) for one in found]
    return [(one, done) for one, done in made if not done.is_done]


def menu(stores: Stores, actor: Actor) -> Part | None:
    """每周一答, 专项 and 挑战 under today's item."""
    sets = [_button(one, done) for one, done in unfinished(stores, actor)[:SHOWN]]
    row = [Button("asking.challenge_button", Action("challenge.open"))] if stores.sets.is_there_a_question() else []
    if not sets and not row:
        return None
    return Part(Text("asking.menu", {"sets": len(sets)}), [*([one] for one in sets), row])
