"""What administrators should hear: noted when it happens, told in private, all that came up in one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import ChatId
from domain.messaging.administrators import private_chats
from domain.messaging.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.stores import Stores

LISTED = 5
KEPT = timedelta(days=7)  # where no administrator can be written to


class Trouble(StrEnum):
    """What has gone wrong."""

    SET_ASIDE = "set_aside"  # an update that kept failing; its subject is the update's id
    REMOVED = "removed"  # the bot is in a group no more; its subject is the chat's id
    CHAIN = "chain"  # the audit log does not hold together; its subject is the number of the record
    SEAL = "seal"  # what is kept is not what was sealed; its subject names it
    DIFFERS = "differs"  # a total is not what the ledger adds up to; its subject names it


@dataclass(frozen=True, slots=True)
class Alarm:
    """A trouble that nobody was told of yet."""

    id: int
    trouble: Trouble
    subject: str
    at: datetime


class Alarms(Protocol):
    """Troubles in the store."""

    def note(self, trouble: Trouble, subject: str, at: datetime) -> None:
        """Remember one; what is remembered already is not remembered twice."""

    def all(self) -> list[Alarm]:
        """Those that nobody was told of yet, oldest first."""

    def forget(self, last: int) -> None:
        """Forget all up to one."""

    def forget_old(self, before: datetime) -> None:
        """Forget those from before a moment."""


@dataclass(frozen=True, slots=True)
class Found:
    """Subjects of one kind of trouble: the first few, and how many there are."""

    listed: tuple[str, ...]
    count: int


def note(stores: Stores, trouble: Trouble, subject: object, at: datetime) -> None:
    """Something that administrators should hear of."""
    stores.alarms.note(trouble, str(subject), at)


def tell(stores: Stores, slot: datetime) -> None:
    """Tell administrators, in one message, of all that came up since the last; say nothing where nothing did.

    Where none can be written to, it waits for a week. It is told however old it is: a clock may have been ahead.
    """
    chats = private_chats(stores)
    if not chats:
        stores.alarms.forget_old(slot - KEPT)
    alarms = stores.alarms.all()
    if not alarms or not chats:
        return
    stores.alarms.forget(alarms[-1].id)
    values = {
        "set_aside": _found(alarms, Trouble.SET_ASIDE),
        "removed": _removed(stores, alarms),
        "differs": _found(alarms, Trouble.DIFFERS),
        "chain": _found(alarms, Trouble.CHAIN),
        "seal": _found(alarms, Trouble.SEAL),
    }
    if any(found.count for found in values.values()):
        for member, chat in chats:
            stores.outbox.send(chat, Message("alarm.told", values), key=f"alarm:{alarms[-1].id}:{member}", urgent=True)


def _found(alarms: Sequence[Alarm], trouble: Trouble) -> Found:
    subjects = [alarm.subject for alarm in alarms if alarm.trouble is trouble]
    return Found(tuple(subjects[:LISTED]), len(subjects))


def _removed(stores: Stores, alarms: Sequence[Alarm]) -> Found:
    """The groups' names, save those that the bot is back in."""
    ids = [ChatId(int(alarm.subject)) for alarm in alarms if alarm.trouble is Trouble.REMOVED]
    titles = [chat.title for chat in map(stores.chats.get, ids) if not chat.active]
    return Found(tuple(titles[:LISTED]), len(titles))


# By day, every few minutes. A missed moment is skipped: made up for at night it would wake administrators, and by day
# the next one is minutes away.
TELLING = Schedule("alarm.told", cron="*/5 7-21 * * *", scope=Scope.ENTERPRISE, late=Late.SKIP)
FEATURE = Feature("alarm", jobs=(EnterpriseJob(TELLING, tell),))
