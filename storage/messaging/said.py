"""What was said to somebody in private: theirs to see, and erased with them."""

import html
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from domain.messaging.delivery import State
from storage.columns import Json
from storage.feature import ERASED, ERASED_AT, PRIVATE, Feature, Personal
from storage.messaging.tables import documents, outbox

row = outbox.c
SAID = select(row.put_at, row.body.label("text")).where(row.chat_id == PRIVATE).order_by(row.id)
WITHDRAW = (
    update(outbox)
    .where(row.chat_id == ERASED, row.state == State.QUEUED.value)
    .values(state=State.WITHDRAWN.value, done_at=ERASED_AT)
)
NO_WORDS: dict[str, Any] = {}
ERASE_WORDS = (
    update(outbox)
    .where(row.chat_id == ERASED, row.state.not_in((State.QUEUED.value, State.SENDING.value)))
    .values(body=bindparam("no_words", NO_WORDS, type_=Json))
)
ERASE_FILES = delete(documents).where(documents.c.delivery_id.in_(select(row.id).where(row.chat_id == ERASED)))


TAG = re.compile(r"<[^>]*>")


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """A message by its words."""
    at, body = line
    return at, html.unescape(TAG.sub("", body["text"])) if body.get("text") else body.get("question") or ""


FEATURE = Feature(
    tables=(outbox, documents),
    personal=(Personal(800, "said", SAID, _told),),
    erase_chat=(WITHDRAW, ERASE_WORDS, ERASE_FILES),
)
