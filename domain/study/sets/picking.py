"""Which questions are asked: never seen ones, then those that went wrong, then the rest; the same for the same seed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from domain.study.audience import includes_group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from domain.ids import QuestionId
    from domain.messaging.chat import Chat
    from domain.study.attempt import Result
    from domain.study.features import Stores
    from domain.study.question import StoredQuestion


def askable(stores: Stores, group: Chat, day: date, topics: Collection[str]) -> list[StoredQuestion]:
    """The questions of topics, of all if none is named, that may be asked in a group on a day.

    What belongs to an item may where the item may be shown: it is valid, not withdrawn, and for the group.
    """
    shown = [one.item for one in stores.studies.candidates(group.id, day)]
    fits = {audience: includes_group(stores, audience, group) for audience in {one.lesson.audience for one in shown}}
    items = {item.id for item in shown if fits[item.lesson.audience]}
    return [one for one in stores.questions.of_topics(topics) if one.item is None or one.item in items]


def pick(
    candidates: Iterable[StoredQuestion], seen: Mapping[QuestionId, Result], most: int, seed: str
) -> list[StoredQuestion]:
    """At most so many of the candidates, each once; those that went wrong most often first among what was seen."""
    once = {one.id: one for one in candidates}

    def key(one: StoredQuestion) -> tuple[bool, float, bytes]:
        result = seen.get(one.id)
        lot = sha256(f"{seed}:{one.id}".encode()).digest()
        return (result is not None, result.right / result.answers if result else 0.0, lot)

    return sorted(once.values(), key=key)[:most]
