"""Activated schemes in the store, and what each process knows of them."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from weakref import finalize

from sqlalchemy import Connection, bindparam, insert, select

from domain.ids import MemberId
from domain.points.scheme import default
from domain.points.scheme.model import Scheme
from domain.points.scheme.reading import read
from domain.points.scheme.versions import Version, Versions
from storage.feature import Feature
from storage.points.tables import points_schemes

scheme = points_schemes.c
COLUMNS = (scheme.id, scheme.from_day, scheme.text, scheme.activated_by, scheme.at, scheme.stamp)
ALL = select(*COLUMNS).order_by(scheme.id)
NEWEST = select(*COLUMNS).order_by(scheme.id.desc()).limit(1)
ADD = insert(points_schemes).values(
    {one.name: bindparam(f"new_{one.name}", type_=one.type) for one in COLUMNS if one.name != "id"}
)
NONE = Versions(None, ())
KNOWN: dict[int, Versions] = {}  # by engine, as long as there is one


def to_version(row: Sequence[Any]) -> Version:
    """A row of ALL as the domain's."""
    number, since, text, by, at, _ = row
    return Version(number, since, text, None if by is None else MemberId(by), at)


class Schemes:
    """See `domain.points.scheme.versions.Schemes`.

    What a process knows is kept for each engine. A stamp is that of a version and all before it, so that one which was
    undone is never taken for another of the same number.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def versions(self) -> Versions:
        """What this process knows."""
        known = KNOWN.get(id(self.connection.engine))
        return self.reload() if known is None else known

    def reload(self) -> Versions:
        """What the store has now."""
        rows, known = self.connection.execute(ALL).all(), KNOWN.get(id(self.connection.engine))
        if known is not None and known.stamp == (rows[-1].stamp if rows else None):
            return known
        schemes = tuple(_read(row.text, row.from_day) for row in rows)
        found = Versions(rows[-1].stamp, schemes) if rows else NONE
        engine = self.connection.engine
        if id(engine) not in KNOWN:
            finalize(engine, KNOWN.pop, id(engine), None)
        KNOWN[id(engine)] = found
        return found

    def newest(self) -> Version | None:
        """The one that was activated last."""
        row = self.connection.execute(NEWEST).one_or_none()
        return None if row is None else to_version(row)

    def listed(self) -> list[Version]:
        """All of them, the oldest first."""
        return [to_version(row) for row in self.connection.execute(ALL)]

    def add(self, since: date, text: str, by: MemberId | None, at: datetime) -> Version:
        """Activate one."""
        before = self.connection.execute(NEWEST).one_or_none()
        stamp = hashlib.sha256(f"{before.stamp if before else ''}|{since}|{text}".encode()).hexdigest()
        values = {"from_day": since, "text": text, "activated_by": by, "at": at, "stamp": stamp}
        self.connection.execute(ADD, {f"new_{name}": value for name, value in values.items()})
        version = self.newest()
        assert version is not None  # noqa: S101 - it has just been added
        return version


def _read(text: str, since: date) -> Scheme:
    """A version as it stands in the store. It was checked when it was activated."""
    found = read(text)
    return found if found.since == since else default.scheme()


FEATURE = Feature(
    tables=(points_schemes,),
    not_shown={"points_schemes": "rules; who activated them is in the audit log"},
    not_erased={"points_schemes": "published rules, activated under a number"},
)
