"""Pictures are painted before their messages have a turn.

So the row of a picture that is being painted still waits in the store, where nothing gets lost, and takes nothing of
the pace that answers to people need.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import structlog
from structlog.contextvars import bind_contextvars

from bot import captions
from bot.metrics import Metrics
from domain.messaging.composing import PICTURE
from domain.messaging.delivery import Call, Delivery

log = structlog.get_logger()
MAX_HELD = 64  # pictures that are painted, or wait for their call
KEPT = 60.0  # seconds that a painted picture waits for its call; later it is painted anew
Stored: TypeAlias = Mapping[str, Any]
Paint: TypeAlias = Callable[[Stored], Awaitable[bytes | None]]


@dataclass(frozen=True, slots=True)
class Painted:
    """What came of a picture: nothing, if it could not be painted."""

    picture: Stored
    content: bytes | None
    at: float  # on the loop's clock


class Painting:
    """The pictures of what waits in the outbox, by delivery."""

    def __init__(self, paint: Paint | None, *, done: Callable[[], None], metrics: Metrics) -> None:
        """`done` is told when a message may have its turn. Without `paint` there are no pictures."""
        self._paint = paint
        self._done = done
        self._metrics = metrics
        self._tasks: dict[int, asyncio.Task[bytes | None]] = {}
        self._places: dict[int, int] = {}  # of the chats whose pictures are being painted, by delivery
        self._painted: Mapping[int, Painted] = {}  # never changed but replaced: the store's thread reads it as it was

    def ready(self) -> Callable[[Delivery], bool]:
        """Tells of a delivery whether it can be sent, as things stand now."""
        oldest = asyncio.get_running_loop().time() - KEPT
        self._painted = {row: one for row, one in self._painted.items() if one.at > oldest}
        return partial(_is_ready, self._painted) if self._paint else lambda _: True

    def places(self) -> frozenset[int]:
        """The chats (the platform's ids) whose next message waits for its picture."""
        return frozenset(self._places.values())

    def begin(self, rows: Iterable[Delivery]) -> int:
        """Paint the pictures of these, as far as there is room; how many were begun."""
        new = [row for row in rows if row.id not in self._tasks]
        some = new[: max(0, MAX_HELD - len(self._tasks) - len(self._painted))]
        for row in some:
            picture = row.body[PICTURE]
            self._places[row.id] = row.place
            task = asyncio.create_task(self._make(row.id, picture), name=f"picture {row.id}")
            self._tasks[row.id] = task
            task.add_done_callback(partial(self._made, row.id, picture))
        return len(some)

    def take(self, row: Delivery) -> bytes | None:
        """The picture that a delivery is sent with; `None` where it is sent as text."""
        painted = self._painted.get(row.id)
        self._painted = {one: kept for one, kept in self._painted.items() if one != row.id}
        return painted.content if painted is not None and _has_picture(row) else None

    async def idle(self) -> bool:
        """Wait for the pictures that are being painted; whether there were any."""
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks)
        return bool(tasks)

    async def stop(self) -> None:
        """Paint no more; the messages wait in the store."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, row: int, picture: Stored) -> bytes | None:
        bind_contextvars(delivery=row)  # in every line that this task logs
        return await self._paint(picture) if self._paint else None

    def _made(self, row: int, picture: Stored, task: asyncio.Task[bytes | None]) -> None:
        """Whatever the painter had, the message may have its turn now."""
        del self._tasks[row], self._places[row]
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            log.error("a picture could not be painted", delivery=row, picture=picture["kind"], exc_info=error)
        content = task.result() if error is None else None
        self._metrics.painted("failed" if content is None else "painted")
        self._painted = {**self._painted, row: Painted(picture, content, asyncio.get_running_loop().time())}
        self._done()


def _is_ready(painted: Mapping[int, Painted], row: Delivery) -> bool:
    """Whether a delivery has no picture, or the one that it has now is painted."""
    if not _has_picture(row):
        return True
    one = painted.get(row.id)
    return one is not None and one.picture == row.body[PICTURE]


def _has_picture(row: Delivery) -> bool:
    """Whether a delivery's call takes a picture: a message with one, or the change of such a message."""
    if row.body.get(PICTURE) is None:
        return False
    return (row.call is Call.SEND and captions.fits(row.body["text"])) or (
        row.call is Call.EDIT and row.target_has_picture
    )
