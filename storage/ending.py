"""What a transaction of the writer does at its end, for all of its units together."""

from dataclasses import dataclass, field

from domain.admin.seal import Key
from domain.messaging.refreshes import Refreshes
from storage.admin.seal import Sealing
from storage.keys import Keyring, Keys


@dataclass(frozen=True, slots=True)
class Ending:
    """Seals what was written, destroys keys and refreshes cards; a unit that is undone takes its part of that back."""

    sealing: Sealing = field(default_factory=Sealing)
    keyring: Keyring = field(default_factory=Keyring)
    refreshes: Refreshes = field(default_factory=Refreshes)

    @classmethod
    def of_reader(cls, key: Key | None, keys: Keys) -> "Ending":
        """That of somebody who only reads: nothing is done, but what is kept under keys can be read."""
        return cls(Sealing(key), Keyring(keys))

    def begin(self) -> None:
        """A transaction begins."""
        self.sealing.begin()
        self.keyring.begin()
        self.refreshes.begin()

    def keep(self) -> None:
        """A unit is well."""
        self.sealing.keep()
        self.keyring.keep()
        self.refreshes.keep()

    def undo(self) -> None:
        """A unit is undone."""
        self.sealing.undo()
        self.keyring.undo()
        self.refreshes.undo()
