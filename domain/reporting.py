"""What features contribute to reports on a group's work: parts of the weekly summary, tables of an export."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from domain.messaging.chat import Chat
    from domain.messaging.message import Button, Text
    from domain.report.features import Stores
    from domain.table import Table


@dataclass(frozen=True, slots=True)
class Week:
    """A group between two moments of a week, or of a month.

    `counts` are what the features' storage counts (`task_late`), all of it in one statement.
    """

    group: Chat
    since: datetime
    until: datetime
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is compared with the one before.

    One with a `brief` also stands in the line of a group among others: that text says it. One that is `of` so many
    people is an average of theirs; others add up.
    """

    value: int
    brief: str | None = None
    of: int = 0


@dataclass(frozen=True, slots=True)
class Next:
    """Something to do next for whoever is in charge; the most urgent has the lowest number."""

    urgency: int
    text: Text
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a feature says of a week. A summary is posted where something has `happened`, by any feature.

    `topics` are what people spoke about, and how often. The text gets one value more, `step`: by how much each of the
    `figures` differs from the period before.
    """

    text: Text
    happened: bool
    figures: Mapping[str, Figure] = field(default_factory=dict)
    next: Sequence[Next] = ()
    topics: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A feature's part of the weekly summary; those of a low `order` come first.

    `tell` gives nothing where there is nothing to say.
    """

    order: int
    tell: Callable[[Stores, Week], Told | None]


@dataclass(frozen=True, slots=True)
class Span:
    """A group's work between two moments, as it is read at the moment `at`.

    At most `max_rows` of a kind are read. `named` is false where points are told without names.
    """

    group: Chat
    since: datetime
    until: datetime
    at: datetime
    max_rows: int
    named: bool


@dataclass(frozen=True, slots=True)
class Material:
    """What a feature has read of a span: `rows` of the kind of which there is most; `tables` makes its tables."""

    rows: int
    tables: Callable[[], Sequence[Table]]


@dataclass(frozen=True, slots=True)
class Export:
    """A feature's tables in the export of a group's work; those of a low `order` come first.

    `read` reads in the transaction; the tables are made of it outside of the transaction, in a thread.
    """

    order: int
    read: Callable[[Stores, Span], Material]
