"""Seals in the store, and what signs rows as they are written."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import BigInteger, Column, Connection, Select, String, Table, bindparam, select, text, update

from domain.admin.seal import Chain, Key, Seal
from storage.base import metadata
from storage.columns import Moment
from storage.dialects import upsert
from storage.feature import Feature
from storage.prepared import Prepared

T = TypeVar("T")

seals = Table(
    "seals",
    metadata,
    Column("chain", String(16), primary_key=True),
    Column("begun_at", Moment),
    Column("first", BigInteger, nullable=False),
    Column("first_hash", String(64), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("made_with", String(16), nullable=False),
    Column("mac", String(64), nullable=False),
)
seal = seals.c
FIELDS = ("begun_at", "first", "first_hash", "number", "hash", "made_with", "mac")
SEALS: Select[Any] = select(seal.chain, *(seal[name] for name in FIELDS)).order_by(seal.chain)
PUT = upsert(seals, ("chain",), **{name: bindparam(f"new_{name}", type_=seal[name].type) for name in FIELDS})
GO_ON = Prepared(
    update(seals)
    .where(seal.chain == bindparam("its_chain"))
    .values(number=bindparam("new_number"), hash=bindparam("new_hash"), mac=bindparam("new_mac"))
)
TRIGGERS = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"),
}
GUARDS = {"sqlite": ("audit_no_delete", "audit_no_update"), "postgresql": ("audit_no_change",)}


def end_of(newest: Select[Any]) -> Prepared:
    """The statement for the end of a chain: its seal, and the highest number there is, which `newest` selects."""
    return Prepared(SEALS.add_columns(newest.scalar_subquery()).where(seal.chain == bindparam("its_chain")))


def to_seal(row: Sequence[Any]) -> Seal:
    """A row of SEALS as the domain's."""
    chain, *rest = row
    return Seal(Chain(chain), *rest)


class End(NamedTuple):
    """The end of a chain as a transaction has it: what the next row follows."""

    seal: Seal
    number: int
    hash: str


class Sealing:
    """Signs the rows of one connection that writes.

    The ends of the chains are read once in a transaction and written once, when it is committed. A unit that is undone
    takes back how far it went on.
    """

    def __init__(self, key: Key | None = None) -> None:
        self.key = key
        self._ends: dict[Chain, End | None] = {}
        self._kept: dict[Chain, End | None] = {}
        self._written: set[Chain] = set()

    def begin(self) -> None:
        """A transaction begins: others may have written since the last."""
        if self._ends or self._kept:
            self._ends, self._kept, self._written = {}, {}, set()

    def keep(self) -> None:
        """A unit is well."""
        if self._ends:
            self._kept = self._ends.copy()

    def undo(self) -> None:
        """A unit is undone."""
        self._ends = self._kept.copy()

    def end(self, connection: Connection, chain: Chain, statement: Prepared) -> End | None:
        """What the next row of a chain follows; `None` where nothing is sealed: no key, or no seal that it has made.

        A seal that was changed by hand is not signed again, so that it is found. A row put in by hand behind the end
        keeps its number: the next one goes behind that, and the row that does not fit stays to be found.
        """
        if self.key is None:
            return None
        if chain not in self._ends:
            self._ends[chain] = self._found(statement(connection, {"its_chain": chain.value}), self.key)
        return self._ends[chain]

    def _found(self, rows: Sequence[Sequence[Any]], key: Key) -> End | None:
        for *cells, highest in rows:
            known = to_seal(cells)
            if known.holds(key):
                return End(known, max(known.number, highest or 0), known.hash)
        return None

    def go_on(self, end: End, number: int, hash_: str) -> None:
        """A row was written."""
        chain = end.seal.chain
        self._ends[chain] = End(end.seal, number, hash_)
        self._written.add(chain)

    def renew(self, chain: Chain) -> None:
        """A chain's seal was set anew."""
        self._ends.pop(chain, None)
        self._kept.pop(chain, None)
        self._written.discard(chain)

    def commit(self, connection: Connection) -> None:
        """Sign the ends of the chains that went on in this transaction."""
        key = self.key
        for chain in sorted(self._written):
            end = self._kept.get(chain)
            if key is not None and end is not None:
                mac = end.seal.mac_at(key, end.number, end.hash)
                new = {"new_number": end.number, "new_hash": end.hash, "new_mac": mac}
                GO_ON(connection, {"its_chain": chain.value, **new})


class Sealed(Generic[T]):
    """`storage.feature.Lazy` for a store that signs what it writes."""

    def __init__(self, make: Callable[[Connection, Sealing], T]) -> None:
        self.make = make
        self.name = ""

    def __set_name__(self, _: type, name: str) -> None:
        self.name = name

    def __get__(self, stores: Any, _: type | None = None) -> T:
        """The store; from then on it stands in the place of this attribute."""
        made = self.make(stores.connection, stores.sealing)
        stores.__dict__[self.name] = made
        return made


class Seals:
    """See `domain.admin.seal.Seals`."""

    def __init__(self, connection: Connection, sealing: Sealing) -> None:
        self.connection = connection
        self.sealing = sealing

    @property
    def key(self) -> Key | None:
        """The key of this program."""
        return self.sealing.key

    def all(self) -> list[Seal]:
        """What there is."""
        return [to_seal(row) for row in self.connection.execute(SEALS)]

    def put(self, one: Seal) -> None:
        """Set a chain's seal."""
        values: Mapping[str, Any] = {name: getattr(one, name) for name in FIELDS}
        new = {f"new_{name}": value for name, value in values.items()}
        self.connection.execute(PUT, {"chain": one.chain.value, **values, **new})
        self.sealing.renew(one.chain)

    def missing_guards(self) -> list[str]:
        """The names of triggers that are not there."""
        engine = self.connection.dialect.name
        there = set(self.connection.execute(TRIGGERS[engine]).scalars())
        return [name for name in GUARDS[engine] if name not in there]


FEATURE = Feature(tables=(seals,))
