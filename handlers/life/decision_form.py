"""The forms of decisions: a proposal that is put to the vote, and the count of ballots on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import plain
from domain.ids import DecisionId, MeetingId
from domain.life.meeting import deciding, looking
from domain.life.meeting.deciding import Proposal
from domain.life.meeting.decision import MAX_GROUNDS_CHARS, MAX_TITLE_CHARS, Way
from domain.life.meeting.decision_card import desk, shown_of
from domain.life.meeting.quorum import Choice, Count
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.form import WORDS, Codec, Ending, Field, Fill, Filled, Form, Told, hear_press
from handlers.form import Choice as Offered
from handlers.life.fields import asks
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
ABOUT = "about"  # the draft's key for the meeting, or the decision, that a form is about
NONE, OFFERED = "none", 8
NUMBERS = re.compile(r"\d{1,4}")
WAY_CODEC: Codec[Way] = Codec(str, Way)
COUNTS: Codec[tuple[int, ...]] = Codec(
    lambda counts: " ".join(map(str, counts)), lambda kept: tuple(map(int, kept.split()))
)


async def begin(context: Context, a_form: Form, there: Actor, about: int) -> None:
    """Begin a form in private for a group, about something of it."""
    await form.begin_at(context, a_form, there, known={ABOUT: str(about)})


def offer_titles(stores: Stores, _: Actor, filled: Filled) -> Sequence[Offered]:
    """The items of the agenda."""
    meeting = stores.meetings.get(MeetingId(filled.number(ABOUT)))
    items = () if meeting is None else meeting.agenda[:OFFERED]
    return [Offered(Text("decision.title_button", {"title": one}), str(place)) for place, one in enumerate(items)]


def pick_title(_: Actor, value: str) -> Fill:
    """An item of the agenda was tapped. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        meeting = stores.meetings.get(MeetingId(filled.number(ABOUT)))
        if meeting is None or not value.isdecimal() or int(value[:3]) >= len(meeting.agenda):
            raise ButtonExpired
        return filled.with_(TITLE, meeting.agenda[int(value[:3])])

    return fill


async def hear_title(context: Context) -> Fill:
    """Read the proposal. Raises BadArguments."""
    words = plain.tidy(visible(context.text))
    if not words or len(words) > MAX_TITLE_CHARS:
        raise BadArguments("decision.no_title", most=MAX_TITLE_CHARS)
    return lambda _, filled: filled.with_(TITLE, words)


def offer_none(_: Stores, __: Actor, ___: Filled) -> Sequence[Offered]:
    """Grounds may be left out."""
    return [Offered(Text("decision.no_grounds_button"), NONE)]


def pick_grounds(_: Actor, value: str) -> Fill:
    """None was tapped. Raises ButtonExpired."""
    if value != NONE:
        raise ButtonExpired
    return lambda _, filled: filled.with_(GROUNDS, "")


async def hear_grounds(context: Context) -> Fill:
    """Read the grounds."""
    words = plain.tidy(visible(context.text))[:MAX_GROUNDS_CHARS]
    return lambda _, filled: filled.with_(GROUNDS, words)


def offer_ways(_: Stores, __: Actor, ___: Filled) -> Sequence[Offered]:
    """Openly, or on paper."""
    return [Offered(Text("decision.way_button", {"way": way}), way) for way in Way]


def pick_way(_: Actor, value: str) -> Fill:
    """A way was tapped. Raises ButtonExpired."""
    if value not in set(Way):
        raise ButtonExpired
    return lambda _, filled: filled.with_(WAY, Way(value))


def preview(stores: Stores, filled: Filled) -> Message:
    """The proposal, and whether enough are there."""
    found = stores.meetings.get(MeetingId(filled.number(ABOUT)))
    if found is None:
        raise ButtonExpired
    quorum = looking.roll_of(stores, found).quorum
    values = {"title": filled[TITLE], "grounds": filled[GROUNDS], "way": filled[WAY], "quorum": quorum}
    return Message("decision.preview", values)


async def put(context: Context, filled: Filled) -> Ending:
    """Put it to the vote; whoever does gets the private card by which it is ended."""
    wish = Proposal(MeetingId(filled.number(ABOUT)), filled[TITLE], filled[GROUNDS], filled[WAY])
    actor, private = context.actor, filled.draft.chat

    def put_it(stores: Stores) -> Told:
        decision = deciding.propose(stores, actor, wish=wish, source=f"draft:{filled.draft.id}")
        stores.outbox.send(private, desk(shown_of(stores, decision)), key=str(decision.desk), urgent=True)
        return Told()

    return put_it


TITLE = Field("title", WORDS, "decision.field_title", asks("decision.ask_title"), hear_title, offer_titles, pick_title)
GROUNDS = Field(
    "grounds", WORDS, "decision.field_grounds", asks("decision.ask_grounds"), hear_grounds, offer_none, pick_grounds
)
WAY = Field("way", WAY_CODEC, "decision.field_way", asks("decision.ask_way"), hear_press, offer_ways, pick_way)
FORM = Form("decision", (TITLE, GROUNDS, WAY), PLAN, put, preview)


def ask_count(stores: Stores, filled: Filled) -> Message:
    """Ask for the three numbers."""
    return Message("decision.ask_count", {"decision": stores.decisions.get(DecisionId(filled.number(ABOUT)))})


def counts_in(text: str) -> tuple[int, ...]:
    """The numbers of ballots for, against and abstaining, in this order. Raises BadArguments."""
    found = tuple(map(int, NUMBERS.findall(plain.line(text))))
    if len(found) != len(Choice):
        raise BadArguments("decision.no_count")
    return found


async def hear_count(context: Context) -> Fill:
    """Read three numbers. Raises BadArguments, and what `deciding.check_count` does."""
    counts, actor = counts_in(context.text), context.actor

    def fill(stores: Stores, filled: Filled) -> Filled:
        counted = filled.with_(COUNT, counts)
        deciding.check_count(stores, actor, number=DecisionId(filled.number(ABOUT)), found=_count(counted, 0))
        return counted

    return fill


def preview_count(stores: Stores, filled: Filled) -> Message:
    """What would be published."""
    decision = stores.decisions.get(DecisionId(filled.number(ABOUT)))
    if decision is None:
        raise ButtonExpired
    return Message("decision.preview_count", {"decision": decision, "count": _count(filled, decision.count.entitled)})


def _count(filled: Filled, entitled: int) -> Count:
    for_, against, abstained = filled[COUNT]
    return Count(entitled, for_, against, abstained)


async def put_count(context: Context, filled: Filled) -> Ending:
    """Enter the ballots and publish what came of it."""
    actor, number, count = context.actor, DecisionId(filled.number(ABOUT)), _count(filled, 0)

    def unit(stores: Stores) -> Told:
        deciding.count_paper(stores, actor, number=number, found=count)
        return Told()

    return unit


COUNT = Field("count", COUNTS, "decision.field_count", ask_count, hear_count)
COUNT_FORM = Form("decision_count", (COUNT,), PLAN, put_count, preview_count)
