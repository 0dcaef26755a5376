"""Keeping the store safe: what a backup, a restore or a second bot on one store may be refused for."""

from domain.refusal import Refusal


class NoStore(Refusal):
    """There is no store at that place; `file` names it."""

    text = "store.no_store"


class AlreadyThere(Refusal):
    """A backup would overwrite `file`."""

    text = "store.already_there"


class SameFile(Refusal):
    """`file` is the store itself."""

    text = "store.same_file"


class NotAStore(Refusal):
    """`file` cannot be restored; `reason` is the engine's own word, or the version that nobody here knows."""

    text = "store.not_a_store"


class StoreInUse(Refusal):
    """Another program has the store `file`; `process` is its number, or empty."""

    text = "store.in_use"


class OnlySQLite(Refusal):
    """The store is on an engine that has tools of its own for this."""

    text = "store.only_sqlite"
