"""The form of a meeting reads who prepares what: names in brackets behind an item, asked about where unclear."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.life.meeting.model import MAX_LINE_CHARS
from domain.life.meeting.preparing import Preparing
from domain.messaging.message import Message, Text
from domain.people import naming
from domain.people.member import Mention
from domain.people.naming import Called, Chosen, Kind
from handlers.action import ButtonExpired
from handlers.arguments import NAME, BadArguments, visible
from handlers.form import Choice, Codec, Field, Fill, Filled
from handlers.people import drafted
from handlers.people.drafted import unclear
from handlers.work.unclear import ask_which, offer_which
from language import meeting as spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.meeting.calling import Wish
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.naming import Directory, Somebody, Wanted, Whole
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from handlers.people.drafted import Settled

NONE = "none"
AGENDA = "agenda"  # the draft's key for the items themselves
ITEMS = "items"  # the draft's key for the items of names that are not all clear
NEVER = datetime(1, 1, 1, tzinfo=UTC)  # no member is met in this look-up
MAX_NAMES = 20  # in an agenda


def _load(kept: str) -> tuple[Preparing, ...]:
    read = ((item, Chosen.read(who)) for item, who in json.loads(kept))
    return tuple(Preparing(item, who) for item, who in read if who is not None)


CODEC: Codec[tuple[Preparing, ...]] = Codec(
    lambda wishes: json.dumps([[one.item, str(one.who)] for one in wishes]), _load
)


def read_items(lines: Sequence[str], names: Directory) -> tuple[tuple[str, ...], list[tuple[int, Wanted]]]:
    """The items of an agenda, and who prepares them, by their numbers from 1.

    Brackets whose words are no names belong to the item, unless they are said to be.
    """
    items: list[str] = []
    wanted: list[tuple[int, Wanted]] = []
    for place, line in enumerate(lines, 1):
        title, words, is_said = spoken.prepared(line)
        people = [_wanted(one) for one in words]
        is_meant = bool(people) and (is_said or all(_is_known(one, names) for one in people))
        items.append((title if is_meant else line)[:MAX_LINE_CHARS])
        wanted += [(place, one) for one in people] if is_meant else []
    return tuple(items), wanted[:MAX_NAMES]


def _wanted(words: str) -> Mention | Called:
    mention = NAME.fullmatch(words)
    return Mention(mention[1]) if mention else Called(words)


def _is_known(one: Mention | Called, names: Directory) -> bool:
    return isinstance(one, Mention) or bool(names.called(one.words))


def with_preparers(filled: Filled, items: Sequence[int], wanted: Sequence[Settled]) -> Filled:
    """The draft with who prepares what, if all are clear; else the next unclear name is asked about."""
    clear = [one for one in wanted if isinstance(one, Chosen)]
    if len(clear) < len(wanted):
        kept = {drafted.WANTED: drafted.keep(wanted), ITEMS: json.dumps(list(items))}
        return Filled(filled.draft.without(PREPARERS.name).filled(**kept))
    if any(one.kind not in (Kind.MEMBER, Kind.PERSON) for one in clear):
        raise BadArguments("meeting.one_person")
    wishes = tuple(Preparing(item, who) for item, who in zip(items, clear, strict=True))
    return Filled(filled.draft.without(drafted.WANTED).without(ITEMS)).with_(PREPARERS, wishes)


def ask(_: Stores, filled: Filled) -> Message:
    """Ask whom an unclear name means; else who prepares what."""
    which = unclear(filled)
    return Message("meeting.ask_preparers") if which is None else ask_which(which)


def offer(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """The people whom an unclear name may mean; else nobody."""
    which = unclear(filled)
    if which is None:
        return [Choice(Text("meeting.no_preparers_button"), NONE)]
    return offer_which(stores, which, actor.group, actor.now)


def pick(actor: Actor, value: str) -> Fill:
    """Somebody was tapped, or nobody. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        which = unclear(filled)
        if which is None and value == NONE:
            return with_preparers(filled, [], [])
        offered = [] if which is None else naming.choices(stores, which, actor.group, actor.now)
        chosen = next((one.chosen for one in offered if str(one.chosen) == value), None)
        if chosen is None:
            raise ButtonExpired
        return with_preparers(filled, _items(filled), drafted.answered(filled, [chosen]))

    return fill


def _items(filled: Filled) -> list[int]:
    kept: list[int] = json.loads(filled.draft.values.get(ITEMS, "[]"))
    return kept


def _count(filled: Filled) -> int:
    """How many items the agenda has."""
    return len(json.loads(filled.draft.values.get(AGENDA, "[]")))


async def hear(context: Context) -> Fill:
    """Read a clearer name, or lines such as `2 李伟`. Raises BadArguments, and what `naming.settled` does."""
    text, group, at = visible(context.text), context.actor.group, context.now

    def fill(stores: Stores, filled: Filled) -> Filled:
        if unclear(filled) is not None:
            (answer,) = naming.settled(stores, [_wanted(text.strip())], group, at)
            return with_preparers(filled, _items(filled), drafted.answered(filled, [answer]))
        wanted = [(item, one) for item, names in spoken.numbered_names(text) for one in names][:MAX_NAMES]
        if not wanted or any(not 0 < item <= _count(filled) for item, _ in wanted):
            raise BadArguments("meeting.no_preparers")
        settled = naming.settled(stores, [_wanted(one) for _, one in wanted], group, at)
        return with_preparers(filled, [item for item, _ in wanted], settled)

    return fill


def items_of(stores: Stores, group: Chat, wish: Wish) -> list[tuple[str, list[Somebody | Whole]]]:
    """Each item of a wish with those who prepare it."""
    who = [[one.who for one in wish.preparers if one.item == place] for place in range(1, len(wish.agenda) + 1)]
    people = [naming.shown(stores, some, group, NEVER) if some else [] for some in who]
    return list(zip(wish.agenda, people, strict=True))


PREPARERS = Field("preparers", CODEC, "meeting.field_preparers", ask, hear, offer, pick)
