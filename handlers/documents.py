"""Files that people send, and answers that are files.

Answers are made outside the event loop, and queued in the transaction of the use case.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from telegram import Document as Sent
from telegram import Message as Incoming
from telegram import PhotoSize
from telegram.error import BadRequest

import plain
from domain.messaging.message import Document, Message
from domain.refusal import Refusal
from handlers.arguments import BadArguments
from handlers.context import Context, nothing
from sheets import MAX_FILE_BYTES, Reason, WrongFile
from sheets.process import Busy
from sheets.reader import Reader
from sheets.reading import ZIPPED

if TYPE_CHECKING:
    from domain.report.features import Stores

T = TypeVar("T")
TOO_BIG = "too big"  # what the platform says, and our transport, of a file that cannot be fetched
MAX_NAME_CHARS = 120
PATIENCE = 40  # seconds for a file to be read: less than a handler is given
NOT_OF_A_KIND = frozenset({Reason.WRONG_KIND, Reason.ENCODING, Reason.EMPTY, Reason.NO_HEADER})


def plain_name(name: str) -> str:
    """A file's name as it may be shown and kept: without folders, line breaks, and marks that turn it round."""
    last = plain.tidy(name).replace("\\", "/").rpartition("/")[2].strip()
    return last if len(last) <= MAX_NAME_CHARS else f"{last[: MAX_NAME_CHARS - 1]}…"


async def download(context: Context, file_id: str, size: int | None) -> bytes:
    """What is in a file that somebody sent; `size` is what the message says of it.

    Raises WrongFile, BadRequest.
    """
    _check_size(size)
    try:
        kept = await context.bot.get_file(file_id)
        _check_size(kept.file_size)
        return bytes(await kept.download_as_bytearray())
    except BadRequest as error:
        if TOO_BIG in error.message.lower():
            raise WrongFile(Reason.TOO_LARGE) from error
        raise


async def read(
    context: Context,
    reader: Reader[T],
    content: bytes,
    *,
    unreadable: Callable[[WrongFile], Refusal],
    busy: Callable[[], Refusal] | None = None,
) -> T:
    """What is in a file that somebody sent.

    Raises what `unreadable` makes of the reason, and what `busy` makes where too many files wait (without it that is
    a reason, too: TOO_COSTLY).
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await context.services.files.read(reader, content, owner=context.actor.member.id)
    except WrongFile as error:
        raise unreadable(error) from error
    except Busy as error:
        raise (busy() if busy else unreadable(WrongFile(Reason.TOO_COSTLY))) from error
    except TimeoutError as error:
        raise unreadable(WrongFile(Reason.TOO_COSTLY)) from error


def attached(message: Incoming | None, *, too_big: str) -> PhotoSize | Sent | None:
    """The photo of a message, in its largest size, or its document. Raises BadArguments with the text `too_big`."""
    if message is None:
        return None
    found = message.photo[-1] if message.photo else message.document
    if found is not None and found.file_size and found.file_size > MAX_FILE_BYTES:
        raise BadArguments(too_big)
    return found


async def taken(context: Context, document: Sent, content: bytes) -> bool:
    """Whether a feature has taken a file in private as its own."""
    for feature in context.services.features:
        if feature.takes is not None and await feature.takes(context, document, content):
            return True
    return False


def is_nobodys(content: bytes, wrong: Reason) -> bool:
    """Whether a file that a feature cannot read need not be meant for it: a workbook, or what is none of its kinds.

    What is read last, the roster, says then what is wrong.
    """
    return content.startswith(ZIPPED) or wrong in NOT_OF_A_KIND


def _check_size(size: int | None) -> None:
    """Raises WrongFile."""
    if size is not None and size > MAX_FILE_BYTES:
        raise WrongFile(Reason.TOO_LARGE)


async def send(
    context: Context,
    document: Document,
    caption: Message,
    *,
    use_case: Callable[["Stores"], T] = nothing,  # type: ignore[assignment]  # then T is None
) -> None:
    """Run a use case and answer with a file, in one transaction that also closes the update."""

    def unit(stores: "Stores") -> None:
        use_case(stores)
        stores.outbox.send_document(context.actor.chat.id, document, caption, key=context.key, urgent=True)

    await context.run(unit)
