"""How somebody stands with a training, and what is due: pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.life.training.model import SOON, Record, Training
from domain.life.training.quarter import Quarter, months_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from domain.ids import TrainingId


class Standing(StrEnum):
    """How somebody stands with a training on a day."""

    DONE = "done"
    SOON = "soon"  # done, and running out within 60 days
    EXPIRED = "expired"
    MISSING = "missing"

    @property
    def holds(self) -> bool:
        """Whether it counts as done today."""
        return self in (Standing.DONE, Standing.SOON)


@dataclass(frozen=True, slots=True)
class State:
    """How somebody stands, and the record by which they do; none where they have never done it."""

    standing: Standing
    record: Record | None = None


def valid_until(training: Training, got_on: date) -> date | None:
    """The last day on which a certificate of a day holds; for ever without one."""
    return None if training.valid_months is None else months_on(got_on, training.valid_months)


def state(training: Training, records: Iterable[Record], day: date) -> State:
    """How somebody stands with a training by their records of it, and those of others about the same that run out."""
    counted = [one for one in records if one.training == training.id or one.valid_until is not None]
    if not counted:
        return State(Standing.MISSING)
    best = max(counted, key=lambda one: (one.valid_until is None, one.valid_until or one.got_on, one.got_on))
    if best.valid_until is None or best.valid_until > day + SOON:
        return State(Standing.DONE, best)
    return State(Standing.SOON if best.valid_until >= day else Standing.EXPIRED, best)


def in_force(trainings: Iterable[Training], day: date) -> list[Training]:
    """The required trainings that have begun to be due; of several about the same the newest."""
    newest: dict[str, Training] = {}
    for one in sorted(trainings, key=lambda each: (each.quarter, each.id)):
        if one.required and one.withdrawn_at is None and one.quarter <= Quarter.of(day):
            newest[one.key] = one
    return sorted(newest.values(), key=lambda each: (each.quarter, each.id))


def alike(trainings: Sequence[Training]) -> Mapping[str, frozenset[TrainingId]]:
    """The trainings about the same subject, by its key."""
    found: dict[str, set[TrainingId]] = {}
    for one in trainings:
        found.setdefault(one.key, set()).add(one.id)
    return {key: frozenset(numbers) for key, numbers in found.items()}
