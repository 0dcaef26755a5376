"""The ledger of rectification (整改台账) of a group as a document."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from domain.life.rectification import overview
from domain.messaging.message import Document, Message
from handlers import documents
from handlers.arguments import BadArguments
from sheets.documents.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.life.rectification.model import Finding
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from handlers.context import Context


async def send(context: Context, there: Actor) -> None:
    """Send the ledger of the actor's group to whoever asks. Raises BadArguments where there is nothing in it."""
    found = await context.read(partial(overview.ledger, actor=there))
    if not found:
        raise BadArguments("rectification.no_findings")
    words = "\n".join(_lines(found, there.group, context))
    content = await asyncio.to_thread(write, words)
    values = {"group": there.group, "day": there.today}
    document = Document("rectification.file_name", "docx", content, values)
    await documents.send(context, document, Message("rectification.sent", {**values, "count": len(found)}))


def _lines(found: Sequence[tuple[Finding, str]], group: Chat, context: Context) -> Iterator[str]:
    yield context.label("rectification.document_title", group=group, day=group.day(context.now), count=len(found))
    for finding, owner in found:
        yield context.label("rectification.document_heading", finding=finding)
        yield context.label("rectification.document_lines", finding=finding, owner=owner)
