"""A group's work in a period as tables, for whoever reports on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin import setting
from domain.admin.audit import FILE_EXPORTED
from domain.admin.setting import Ranking
from domain.messaging.message import Message
from domain.people.permission import Permission, require
from domain.refusal import NoMore, Refusal
from domain.reporting import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.messaging.chat import Chat
    from domain.messaging.message import Document
    from domain.people.actor import Actor
    from domain.report.features import Stores
    from domain.reporting import Material
    from domain.table import Table

MAX_ROWS = 50_000  # of one kind: a month of a group of 500 people has some 20,000 entries in the ledger
MAX_GROUPS = 20  # to choose from


class NothingToExport(Refusal):
    """Nothing happened in the period."""

    text = "export.nothing"


class TooMuch(Refusal):
    """More than one file should hold."""

    text = "export.too_much"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both of them included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Found:
    """What the store has of a group's period, of which `work` makes tables.

    `named` is false where points are told without names.
    """

    group: Chat
    period: Period
    materials: Sequence[Material]
    named: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What a group has done in a period; `named` is false where points are told without names."""

    group: Chat
    period: Period
    tables: Sequence[Table]
    named: bool


def own_groups(stores: Stores, actor: Actor) -> list[Chat]:
    """The groups that somebody is in; whether they may export their work is another question."""
    require(stores, actor, Permission.SEE_OWN)
    return stores.members.groups_of(actor.member.id, MAX_GROUPS)


def look(stores: Stores, actor: Actor, *, period: Period) -> Found:
    """All that there is of a period in the group. Raises NotAllowed, TooMuch."""
    require(stores, actor, Permission.EXPORT)
    group, named = actor.group, setting.ranking_of(stores, actor.group) is Ranking.PUBLIC
    since, until = group.start_of(period.first), group.start_of(period.last + timedelta(days=1))
    found = stores.hooks.exported(Span(group, since, until, actor.heard_at, MAX_ROWS + 1, named))
    if max(one.rows for one in found) > MAX_ROWS:
        raise TooMuch(most=MAX_ROWS)
    return Found(group, period, found, named)


def work(found: Found) -> Work:
    """A table for each kind of thing of which there is any; it takes long. Raises NothingToExport, TooMuch."""
    made = [table for material in found.materials for table in material.tables()]
    tables = [table for table in made if table.rows]
    if not tables:
        raise NothingToExport(first=found.period.first, last=found.period.last)
    if max(len(table.rows) for table in tables) > MAX_ROWS:
        raise TooMuch(most=MAX_ROWS)
    return Work(found.group, found.period, tables, found.named)


def deliver(stores: Stores, actor: Actor, *, work: Work, document: Document, key: str) -> None:
    """Send a group's work to whoever asked, in private, and note that they have it.

    Raises NotAllowed, and NoMore where they have blocked the bot meanwhile.
    """
    require(stores, actor, Permission.EXPORT)
    private, period = stores.members.get(actor.member.id).private, work.period
    if private is None:
        raise NoMore
    values = {"name": work.group.title, "first": period.first, "last": period.last, "named": work.named}
    stores.outbox.send_document(private, document, Message("export.file", values), key=key, urgent=True)
    subject, days = f"work chat:{work.group.id}", f"{period.first} {period.last}"
    stores.audit.note(actor.member.id, FILE_EXPORTED, subject, old=None, new=days, at=actor.heard_at)
