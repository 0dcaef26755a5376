"""Several programs work on one database: each has a number, they tell each other what is new, and one of them leads."""

from collections.abc import Callable
from enum import StrEnum

from domain.ids import WorkerId
from domain.messaging.inbox import ALONE
from storage.database import SQLITE


class Word(StrEnum):
    """What workers tell each other, beside a worker's number: that it has been given updates."""

    SEND = "send"  # there is something to send
    LEFT = "left"  # updates were left to whoever leads
    MEMBERS = "members"  # somebody's place in a group has changed


class Worker:
    """One of the programs that work on a store; on a file the only one, which leads."""

    id = ALONE
    leads = False

    async def join(self, heard: Callable[[str], None], lost: Callable[[], None]) -> None:
        """Begin to work. `heard` gets the others' words; `lost` that they count one as dead. Raises StoreError."""
        self.leads = True

    async def leave(self) -> None:
        """Work no more; somebody else may lead."""
        self.leads = False

    async def lead(self) -> None:
        """Wait until nobody else leads; from then on this one does."""

    def tell(self, word: Word | WorkerId) -> None:
        """Tell the others, soon. A word may be lost: whoever waits for one looks from time to time, too."""

    async def living(self) -> frozenset[WorkerId]:
        """Who works on the store now. Raises StoreError."""
        return frozenset({self.id})


def worker_on(url: str) -> Worker:
    """A worker on the store at an address."""
    if url.startswith(SQLITE):
        return Worker()
    from storage.messaging.postgres_worker import PostgresWorker  # noqa: PLC0415 - its driver takes its time to import

    return PostgresWorker(url)
