"""Self-assessment: the figures are there already; who speaks for one adds words and points, and hands in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.life.evaluation import cards
from domain.life.evaluation.looking import both, in_stage, is_assessor
from domain.life.evaluation.model import MAX_WORDS_CHARS, Mark, Stage
from domain.life.evaluation.refusing import EvaluationNotFound, NoWords, TooManyPoints, WrongStage
from domain.life.evaluation.schemes import scheme_of
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.ids import EvaluatedId
    from domain.life.evaluation.model import Evaluated, Evaluation
    from domain.life.evaluation.scheme import Item
    from domain.life.features import Stores
    from domain.people.actor import Actor


def mine(stores: Stores, actor: Actor, *, number: EvaluatedId) -> tuple[Evaluation, Evaluated]:
    """One for whom somebody speaks, while they may. Raises EvaluationNotFound, WrongStage."""
    require(stores, actor, Permission.TAKE_PART)
    found, one = both(stores, number)
    if not is_assessor(stores, actor, one):
        raise EvaluationNotFound
    in_stage(found, Stage.SELF)
    if not one.is_in:
        raise WrongStage(evaluation=found)
    return found, one


def scored_item(stores: Stores, evaluation: Evaluation, place: int) -> Item:
    """An indicator by its place in the scheme, for which people give points. Raises EvaluationNotFound."""
    items = scheme_of(stores, evaluation.version).items
    if not 0 <= place < len(items) or not items[place].is_scored:
        raise EvaluationNotFound
    return items[place]


def asked_own(stores: Stores, actor: Actor, *, number: EvaluatedId, place: int) -> Item:
    """The indicator for which somebody wants to give themselves points. Raises EvaluationNotFound, WrongStage."""
    found, _ = mine(stores, actor, number=number)
    return scored_item(stores, found, place)


def check_points(item: Item, points: int) -> int:
    """Raises TooManyPoints."""
    if not 0 <= points <= item.points:
        raise TooManyPoints(most=item.points)
    return points


def give_own(stores: Stores, actor: Actor, *, number: EvaluatedId, place: int, points: int) -> Evaluated:
    """Give one's own points for an indicator. Raises EvaluationNotFound, WrongStage, TooManyPoints."""
    found, one = mine(stores, actor, number=number)
    item = scored_item(stores, found, place)
    check_points(item, points)
    before = stores.evaluations.marks_of(number).get(item.name, Mark(item.name))
    stores.evaluations.put_marks({number: [replace(before, own=points)]})
    cards.refresh(stores, found, one, key=f"own:{item.name}:{actor.heard_at.timestamp()}")
    return one


def write(stores: Stores, actor: Actor, *, number: EvaluatedId, words: str) -> Evaluated:
    """Say in words what the figures do not. Raises EvaluationNotFound, WrongStage, NoWords."""
    found, one = mine(stores, actor, number=number)
    text = plain.clean(words).strip()
    if not plain.line(text) or len(text) > MAX_WORDS_CHARS:
        raise NoWords(most=MAX_WORDS_CHARS)
    written = replace(one, words=text)
    stores.evaluations.save_subject(written)
    cards.refresh(stores, found, written, key=f"words:{actor.heard_at.timestamp()}")
    return written


def hand_in(stores: Stores, actor: Actor, *, number: EvaluatedId) -> Evaluated:
    """Hand in; it can be taken back until the stage is over. Raises EvaluationNotFound, WrongStage."""
    found, one = mine(stores, actor, number=number)
    done = replace(one, handed_in_by=actor.member.id, handed_in_at=actor.heard_at)
    return _save(stores, actor, found, done)


def take_back(stores: Stores, actor: Actor, *, number: EvaluatedId) -> Evaluated:
    """Take it back to change something. Raises EvaluationNotFound, WrongStage."""
    found, one = mine(stores, actor, number=number)
    return _save(stores, actor, found, replace(one, handed_in_by=None, handed_in_at=None))


def _save(stores: Stores, actor: Actor, found: Evaluation, one: Evaluated) -> Evaluated:
    stores.evaluations.save_subject(one)
    key = f"in:{actor.heard_at.timestamp()}"
    cards.refresh(stores, found, one, key=key)
    stores.hooks.changed(actor.member.id, f"evaluated:{one.id}:{key}", actor.heard_at)
    return one
