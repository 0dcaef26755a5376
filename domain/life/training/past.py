"""Trainings that were done before the plan: a table of people, trainings and days is brought in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import RecordId
from domain.life.training import people
from domain.life.training.model import HUNDRED, Record
from domain.life.training.planning import applying
from domain.life.training.standing import valid_until
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.life.features import Stores
    from domain.life.training.model import Training
    from domain.life.training.people import Learner
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

IMPORTED = AuditAction("training.imported")
MAX_DIGITS = 9  # of a score, before it is read as a number


class Reason(StrEnum):
    """Why a line is left out."""

    NOBODY = "nobody"  # the roster of the branch has no such person
    SEVERAL = "several"  # it has several of that name, and the line no number
    NO_TRAINING = "no_training"  # the plan has no training of that name
    NO_DAY = "no_day"  # no day that was
    WRONG_SCORE = "wrong_score"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: who did what on which day, and with how many of a hundred right."""

    row: int
    number: str
    name: str
    training: str
    day: date | None
    score: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is left out, and the words that are wrong."""

    row: int
    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a table would bring in: new records, lines that are known already, and those that are left out."""

    new: Sequence[Record]
    known: int
    faults: Sequence[Fault]


class _Left(Exception):  # noqa: N818 - a line is left out, nothing is wrong with the program
    def __init__(self, reason: Reason, words: str) -> None:
        super().__init__(reason)
        self.reason, self.words = reason, words


def sort(stores: Stores, group: Chat, lines: Sequence[Line], today: date) -> Sorted:
    """What a table would bring in to a group."""
    everybody = people.of_group(stores, group)
    trainings = {one.key: one for one in applying(stores, group)}
    there = {_key(one) for one in stores.trainings.records([one.id for one in trainings.values()], group.branch)}
    new: list[Record] = []
    faults: list[Fault] = []
    known = 0
    for line in lines:
        try:
            made = _record(stores, everybody, trainings, line, today)
        except _Left as left:
            faults.append(Fault(line.row, left.reason, left.words))
            continue
        if _key(made) in there:
            known += 1
            continue
        there.add(_key(made))
        new.append(made)
    return Sorted(new, known, faults)


def _key(one: Record) -> tuple[object, ...]:
    return one.training, one.person, one.member, one.got_on


def _record(
    stores: Stores, everybody: Sequence[Learner], trainings: dict[str, Training], line: Line, today: date
) -> Record:
    """Raises _Left."""
    who = _who(stores, everybody, line)
    training = trainings.get(plain.key(line.training))
    if training is None:
        raise _Left(Reason.NO_TRAINING, line.training)
    if line.day is None or line.day > today:
        raise _Left(Reason.NO_DAY, "" if line.day is None else line.day.isoformat())
    score = plain.tidy(line.score).strip("%")
    if score and not (score.isdecimal() and len(score) <= MAX_DIGITS and int(score) <= HUNDRED):
        raise _Left(Reason.WRONG_SCORE, line.score)
    member = who.member if who.person is None else None
    until, percent = valid_until(training, line.day), int(score) if score else None
    return Record(RecordId(0), training.id, who.person, member, line.day, until, percent)


def _who(stores: Stores, everybody: Sequence[Learner], line: Line) -> Learner:
    """Raises _Left."""
    if line.number:
        person = stores.people.numbered(line.number)
        found = [one for one in everybody if person is not None and one.person == person.id]
    else:
        found = [one for one in everybody if plain.key(one.name) == plain.key(line.name)]
    if not found:
        raise _Left(Reason.NOBODY, f"{line.number} {line.name}".strip())
    if len(found) > 1:
        raise _Left(Reason.SEVERAL, line.name)
    return found[0]


def keep(stores: Stores, actor: Actor, *, lines: Sequence[Line]) -> Sorted:
    """Bring a table in; what is known or wrong is left out. Nobody earns anything by it."""
    require(stores, actor, Permission.PLAN_WORK)
    found = sort(stores, actor.group, lines, actor.today)
    for one in found.new:
        stores.trainings.record(one)
    if found.new:
        about, new = f"chat:{actor.group.id}", str(len(found.new))
        stores.audit.note(actor.member.id, IMPORTED, about, old=None, new=new, at=actor.heard_at)
    return found
