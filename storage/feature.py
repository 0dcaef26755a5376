"""What a feature contributes to the store beside its own statements.

Each module with tables has one `FEATURE`; `FEATURES` in an area's `__init__` lists them; `storage/features.py` joins
the areas. What works over all features (`/export me`, erasing, retention, the weekly summary) takes them from there.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, Table, Text, bindparam, cast, literal
from sqlalchemy.sql.dml import Delete, Update

from storage.base import Id
from storage.columns import Moment
from storage.keys import Keyring

T = TypeVar("T")
# Values of the statements of `personal`: who asks, as member and as person, and their private chat; -1 where there is
# none.
MEMBER: BindParameter[int] = bindparam("member", type_=Id)
PERSON: BindParameter[int] = bindparam("person", type_=Id)
PRIVATE: BindParameter[int] = bindparam("private", type_=Id)
# Values of the statements that erase: the member, person or chat; the member to whom the words of erased people belong;
# and when. No column has one of these names, else SQLAlchemy would take the value for a change of that column.
ERASED: BindParameter[int] = bindparam("erased", type_=Id)
NOBODY: BindParameter[int] = bindparam("nobody", type_=Id)
ERASED_AT: BindParameter[Any] = bindparam("erased_at", type_=Moment)
# Values of the statements of `week`, beside those of `storage.dialects.within`.
GROUP: BindParameter[int] = bindparam("group", type_=Id)


class Attribute(ABC, Generic[T]):
    """A store as an attribute of the stores of one transaction, made when a use case first asks for it."""

    name = ""

    def __set_name__(self, _: type, name: str) -> None:
        self.name = name

    def __get__(self, stores: Any, _: type | None = None) -> T:
        """The store; from then on it stands in the place of this attribute."""
        made = self.made(stores)
        stores.__dict__[self.name] = made
        return made

    @abstractmethod
    def made(self, stores: Any) -> T:
        """The store of a transaction."""


class Lazy(Attribute[T]):
    """A store that needs the connection alone."""

    def __init__(self, make: Callable[[Connection], T]) -> None:
        self.make = make

    def made(self, stores: Any) -> T:
        """The store of a transaction."""
        return self.make(stores.connection)


class Keyed(Attribute[T]):
    """A store that needs the keys, too."""

    def __init__(self, make: Callable[[Connection, Keyring], T]) -> None:
        self.make = make

    def made(self, stores: Any) -> T:
        """The store of a transaction."""
        return self.make(stores.connection, stores.keyring)


@dataclass(frozen=True, slots=True)
class Personal:
    """One sheet of `/export me`.

    The texts `sheet` and `column` of the feature `texts` name it and the columns of its statement. `place` orders
    the sheets; `told` makes of a row what people read.
    """

    place: int
    name: str
    statement: Select[Any]
    told: Callable[[Sequence[Any]], tuple[Any, ...]] = tuple
    texts: str = "privacy"


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature's part of the store.

    `not_shown` and `not_erased` give the reason why a table that refers to members or people has no sheet, or keeps its
    rows when somebody is erased.
    """

    tables: Sequence[Table]
    personal: Sequence[Personal] = ()
    not_shown: Mapping[str, str] = field(default_factory=dict)
    erase_member: Sequence[Update | Delete] = ()
    erase_person: Sequence[Update | Delete] = ()
    erase_chat: Sequence[Update | Delete] = ()  # what was said in a private chat
    not_erased: Mapping[str, str] = field(default_factory=dict)
    open_subjects: Sequence[Select[Any]] = ()  # names of subjects whose messages are still changed or answered
    lasting_subjects: Sequence[str] = ()  # patterns (LIKE) of subjects whose messages are kept for ever
    # Counts of a group between two moments, each named `feature_what`: statements of one row, and columns over the
    # lines of the ledger, which is read once for all features.
    week: Sequence[Select[Any]] = ()
    ledger_week: Sequence[ColumnElement[Any]] = ()


def declared_in(names: Mapping[str, object]) -> tuple[Feature, ...]:
    """The features of the modules among names: an area's list is what it imports, in the order of the alphabet."""
    found = (getattr(one, "FEATURE", None) for one in names.values())
    return tuple(one for one in found if isinstance(one, Feature))


def subject(*parts: str | ColumnElement[Any]) -> ColumnElement[str]:
    """The name of what a message is about, made of texts and columns: `survey:7`."""
    name: ColumnElement[str] = literal("", Text)
    for part in parts:
        name = name.concat(part if isinstance(part, str) else cast(part, Text))
    return name


def sheets(features: Iterable[Feature]) -> tuple[Personal, ...]:
    """All personal data, in the order in which people look for it."""
    return tuple(sorted((one for feature in features for one in feature.personal), key=lambda one: one.place))
