"""Certificates: one's own, and those of the people of a group whose work one plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.life.training import coverage, people
from domain.life.training.model import CertificateNotFound
from domain.messaging.message import Picture
from domain.people.permission import Area, Permission, allows_over, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.ids import RecordId
    from domain.life.features import Stores
    from domain.life.training.coverage import Duty
    from domain.life.training.model import Record, Training
    from domain.people.actor import Actor

LISTED = 20


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says."""

    record: Record
    training: Training
    name: str
    issuer: str

    def as_picture(self) -> Picture:
        """As a message has it."""
        until = self.record.valid_until
        return Picture(
            "training.certificate",
            {
                "name": plain.tidy(self.name),
                "subject": plain.tidy(self.training.subject),
                "hours": self.training.hours,
                "percent": self.record.percent,
                "number": self.record.number,
                "day": self.record.got_on.isoformat(),
                "until": None if until is None else until.isoformat(),
                "issuer": plain.tidy(self.issuer),
            },
        )


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody has done, the newest first, how many hours that were, and what they have to do."""

    records: Sequence[tuple[Record, Training]]
    hours: float
    duties: Sequence[Duty]
    day: date


def own(stores: Stores, actor: Actor) -> Own:
    """One's own trainings."""
    require(stores, actor, Permission.SEE_OWN)
    person = stores.people.of_member(actor.member.id)
    found = []
    for record in reversed(stores.trainings.records_of(None if person is None else person.id, actor.member.id)):
        training = stores.trainings.get(record.training)
        if training is not None:
            found.append((record, training))
    hours = sum(training.minutes for _, training in found) / 60
    return Own(found[:LISTED], hours, coverage.duties_of(stores, actor.member, actor.today), actor.today)


def certificate(stores: Stores, actor: Actor, *, number: RecordId) -> Certificate:
    """The certificate of somebody, for them and for whoever plans the work of their branch.

    Raises CertificateNotFound.
    """
    require(stores, actor, Permission.SEE_OWN)
    record = stores.trainings.get_record(number)
    training = None if record is None else stores.trainings.get(record.training)
    if record is None or training is None or not _may_see(stores, actor, record, training):
        raise CertificateNotFound
    return Certificate(record, training, holder(stores, record), _issuer(stores, training))


def _may_see(stores: Stores, actor: Actor, record: Record, training: Training) -> bool:
    person = stores.people.of_member(actor.member.id)
    if record.member == actor.member.id or (person is not None and record.person == person.id):
        return True
    if allows_over(stores, actor, Permission.PLAN_WORK, Area(group=training.group)):
        return True
    holder = None if record.person is None else stores.people.find(record.person)
    return holder is not None and allows_over(stores, actor, Permission.PLAN_WORK, Area(branch=holder.branch))


def holder(stores: Stores, record: Record) -> str:
    """The name of whoever has a certificate."""
    if record.person is not None:
        return people.of_person(stores.people.get(record.person)).name
    return "" if record.member is None else stores.members.get(record.member).name


def _issuer(stores: Stores, training: Training) -> str:
    """Who has planned it: the branch by its name, else the group."""
    if training.branch is not None:
        return stores.branches.get(training.branch).name
    return stores.chats.get(training.group).title
