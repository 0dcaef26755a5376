"""The form of a finding that is written down; what the forms about findings have in common."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Document

import plain
from domain.ids import ChatId, DecisionId, FindingId, SuggestionId
from domain.life.rectification import opening, sources
from domain.life.rectification.card import shown_to
from domain.life.rectification.model import (
    MAX_DETAIL_CHARS,
    MAX_TITLE_CHARS,
    Finding,
    Kind,
    NoPhotoWords,
    Source,
    check_detail,
    check_words,
)
from domain.life.rectification.opening import Report
from domain.messaging.message import Attached, AttachedKind, Message, Text
from domain.people.permission import Permission
from handlers import documents
from handlers.action import ButtonExpired
from handlers.arguments import due as read_due
from handlers.arguments import visible, working
from handlers.form import MOMENT, Choice, Codec, Ending, Field, Fill, Filled, Form, Told, hear_press
from handlers.life.fields import asks
from handlers.messaging.asking import PLACE
from handlers.voice import triage_card

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

SEE = Permission.SEE_SUMMARY
FROM = "from"  # the draft's key for what becomes the finding: `suggestion:12:3` (number, step), `decision:5`
ABOUT = "finding"  # the draft's key for the finding that a form is about
NONE, LINE = "-", "\n"
A_ROW = 2
KIND_CODEC: Codec[Kind] = Codec(str, Kind)
SOURCE_CODEC: Codec[Source] = Codec(str, Source)
MAYBE: Codec[datetime | None] = Codec(
    lambda at: NONE if at is None else MOMENT.keep(at), lambda kept: None if kept == NONE else MOMENT.load(kept)
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found: a line, what more is to be said, a photo or a document of it."""

    title: str
    detail: str = ""
    file: Attached | None = None


def _keep(seen: Seen) -> str:
    file = seen.file
    return json.dumps([seen.title, seen.detail, file and [file.kind.value, file.id]], ensure_ascii=False)


def _load(kept: str) -> Seen:
    title, detail, file = json.loads(kept)
    return Seen(title, detail, Attached(AttachedKind(file[0]), file[1]) if file else None)


SEEN: Codec[Seen] = Codec(_keep, _load)


def about(filled: Filled) -> FindingId:
    """The finding that a form is about. Raises ButtonExpired."""
    return FindingId(filled.number(ABOUT))


def finding_of(stores: Stores, filled: Filled) -> Finding | None:
    """The same, from the store."""
    return stores.findings.get(about(filled))


def from_source(place: ChatId, came: str, text: str, source: Source) -> dict[str, str]:
    """What the form knows of something that becomes a finding: all of it, so that its preview comes first."""
    words = visible(text)
    first, _, rest = words.partition(LINE)
    title = plain.tidy(first)
    if len(title) > MAX_TITLE_CHARS:
        title, rest = f"{title[: MAX_TITLE_CHARS - 1]}…", words
    return {
        PLACE: str(place),
        FROM: came,
        TITLE.name: SEEN.keep(Seen(title, plain.tidy(rest)[:MAX_DETAIL_CHARS])),
        KIND.name: Kind.OTHER,
        SOURCE.name: source,
        LAST.name: NONE,
    }


async def hear_title(context: Context) -> Fill:
    """Read what was found: a line, what more is to be said below it, a photo. Raises NoWords, NoPhotoWords."""
    first, _, rest = visible(context.text).partition(LINE)
    file = documents.attached(context.message, too_big="inspection.too_big")
    if file is not None and not plain.tidy(first):
        raise NoPhotoWords
    kind = AttachedKind.DOCUMENT if isinstance(file, Document) else AttachedKind.PICTURE
    attached = None if file is None else Attached(kind, file.file_id)
    seen = Seen(check_words(first, MAX_TITLE_CHARS), check_detail(rest), attached)
    return lambda _, filled: filled.with_(TITLE, seen)


def offer_kinds(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """All kinds."""
    return [Choice(Text("rectification.kind_button", {"kind": kind}), kind) for kind in Kind]


def pick_kind(_: Actor, value: str) -> Fill:
    """A kind was tapped. Raises ButtonExpired."""
    if value not in set(Kind):
        raise ButtonExpired
    return lambda _, filled: filled.with_(KIND, Kind(value))


def offer_sources(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """All sources."""
    return [Choice(Text("rectification.source_button", {"source": one}), one) for one in Source]


def pick_source(_: Actor, value: str) -> Fill:
    """A source was tapped. Raises ButtonExpired."""
    if value not in set(Source):
        raise ButtonExpired
    return lambda _, filled: filled.with_(SOURCE, Source(value))


def offer_no_last(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """The branch may say so itself."""
    return [Choice(Text("rectification.no_last_button"), NONE)]


def pick_last(_: Actor, value: str) -> Fill:
    """None was tapped. Raises ButtonExpired."""
    if value != NONE:
        raise ButtonExpired
    return lambda _, filled: filled.with_(LAST, None)


async def hear_last(context: Context) -> Fill:
    """Read a deadline. Raises BadArguments."""
    due_at, _ = read_due(context.text, context.actor.group, context.now, await working(context))
    return lambda _, filled: filled.with_(LAST, due_at)


def _wish(filled: Filled) -> Report:
    seen = filled[TITLE]
    return Report(seen.title, filled[KIND], filled[SOURCE], filled[LAST], seen.detail, seen.file)


def preview_report(stores: Stores, filled: Filled) -> Message:
    """What will be kept, and for which group."""
    place = filled.draft.values.get(PLACE)
    group = None if place is None else stores.chats.get(ChatId(int(place)))
    return Message("rectification.preview_report", {"wish": _wish(filled), "group": group})


def _open(stores: Stores, actor: Actor, filled: Filled) -> Finding:
    came, *numbers = filled.draft.values.get(FROM, "").split(":")
    if came == "suggestion":
        number, version = numbers
        return sources.from_suggestion(
            stores, actor, number=SuggestionId(int(number)), version=int(version), wish=_wish(filled)
        )
    if came == "decision":
        return sources.from_decision(stores, actor, number=DecisionId(int(numbers[0])), wish=_wish(filled))
    return opening.report(stores, actor, wish=_wish(filled), source=f"draft:{filled.draft.id}")


async def report(context: Context, filled: Filled) -> Ending:
    """Keep the finding, and show its page in private."""
    actor, private, key = context.actor, filled.draft.chat, context.key
    own = await triage_card.desks(context)

    def unit(stores: Stores) -> Told:
        found = _open(stores, actor, filled)
        stores.outbox.send(private, shown_to(stores, actor, found), key=key, urgent=True)
        if found.source is Source.SUGGESTION and found.about is not None:
            triage_card.refresh(stores, actor, SuggestionId(found.about), own, key)
        return Told()

    return unit


TITLE = Field("title", SEEN, "rectification.field_title", asks("rectification.ask_title"), hear_title, takes_files=True)
KIND = Field(
    "kind",
    KIND_CODEC,
    "rectification.field_kind",
    asks("rectification.ask_kind"),
    hear_press,
    offer_kinds,
    pick_kind,
    a_row=A_ROW,
)
SOURCE = Field(
    "source",
    SOURCE_CODEC,
    "rectification.field_source",
    asks("rectification.ask_source"),
    hear_press,
    offer_sources,
    pick_source,
    a_row=A_ROW,
)
LAST = Field(
    "last", MAYBE, "rectification.field_last", asks("rectification.ask_last"), hear_last, offer_no_last, pick_last
)
REPORT = Form("finding", (TITLE, KIND, SOURCE, LAST), SEE, report, preview_report, for_groups=True)
