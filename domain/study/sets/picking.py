"""Which questions are asked: never seen ones, then those that went wrong, then the rest; the same for the same seed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.ids import QuestionId
    from domain.study.attempt import Result
    from domain.study.question import StoredQuestion


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
