"""The forms of front-line actions: opening one, a figure, its end."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Protocol

import plain
from domain.ids import ActionId
from domain.life.action import service
from domain.life.action.model import LARGEST, MAX_NOTE_CHARS, MAX_PROBLEM_CHARS, MAX_UNIT_CHARS, Kind, Page
from domain.life.action.service import Wish
from domain.messaging.message import Action, Button, Message, Text
from domain.people.permission import Permission
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, working, wrong_day
from handlers.form import (
    DAY,
    WORDS,
    AskAgain,
    Choice,
    Codec,
    Ending,
    Field,
    Fill,
    Filled,
    Form,
    Told,
    ending,
    hear_press,
)
from handlers.life.fields import asks, hears_words
from handlers.life.groups import in_group_of
from handlers.people import drafted
from handlers.people.drafted import CHOSEN
from handlers.points import choosing
from language import amount, deadline
from language.deadline import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.people.actor import Actor
    from domain.people.naming import Chosen
    from handlers.context import Context
    from handlers.form import AllStores as Stores

ABOUT = "about"
KIND_CODEC: Codec[Kind] = Codec(str, Kind)
NUMBER: Codec[Decimal] = Codec(str, Decimal)
WRONG = dict.fromkeys(Reason, "action.no_day") | {Reason.PAST: "action.past", Reason.JUST_GONE: "action.past"}


def offer_kinds(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """All kinds."""
    return [Choice(Text("action.kind_button", {"kind": kind}), kind) for kind in Kind]


def pick_kind(_: Actor, value: str) -> Fill:
    """A kind was tapped. Raises ButtonExpired."""
    if value not in set(Kind):
        raise ButtonExpired
    return lambda _, filled: filled.with_(KIND, Kind(value))


def read_amount(words: str) -> tuple[Decimal, str]:
    """A number, and its unit where one is said. Raises BadArguments."""
    found = amount.read(plain.line(words))
    if found is None or found.number >= LARGEST:
        raise BadArguments("action.no_number")
    return found.number, found.unit[:MAX_UNIT_CHARS]


async def hear_baseline(context: Context) -> Fill:
    """Read how it stands, with its unit. Raises BadArguments."""
    number, unit = read_amount(context.text)
    return lambda _, filled: filled.with_(BASELINE, number).with_(UNIT, unit)


def ask_target(_: Stores, filled: Filled) -> Message:
    """Ask for the target."""
    return Message("action.ask_target", {"baseline": filled[BASELINE], "unit": filled[UNIT]})


async def hear_target(context: Context) -> Fill:
    """Read the target; it differs from how it stands. Raises BadArguments."""
    number, _ = read_amount(context.text)

    def fill(_: Stores, filled: Filled) -> Filled:
        if number == filled[BASELINE]:
            raise BadArguments("action.same_figure")
        return filled.with_(TARGET, number)

    return fill


async def hear_day(context: Context) -> Fill:
    """Read the last day. Raises BadArguments."""
    group = context.actor.chat
    try:
        found = deadline.read(context.text, group.local(context.now), working=await working(context))
    except deadline.DeadlineError as error:
        raise wrong_day(error, WRONG) from error
    if found is None:
        raise BadArguments("action.no_day", written=plain.line(context.text)[:20])
    day = group.day(found.due)
    return lambda _, filled: filled.with_(UNTIL, day)


def ask_team(_: Stores, filled: Filled) -> Message:
    """Ask for the team, or whom an unclear name means."""
    which = drafted.unclear(filled)
    return Message("action.ask_team") if which is None else choosing.ask_which(which)


async def hear_team(context: Context) -> Fill:
    """Read names; the first leads. Raises BadArguments, and those of names."""
    if not plain.line(context.text):
        raise BadArguments("action.ask_team")
    return await choosing.hear(context, TEAM)


def pick_team(actor: Actor, value: str) -> Fill:
    """A name was tapped. Raises ButtonExpired."""
    return choosing.pick(actor, value, TEAM)


def wish_of(filled: Filled) -> Wish:
    """What the form asks for."""
    return Wish(
        filled[KIND], filled[PROBLEM], filled[UNIT], filled[BASELINE], filled[TARGET], filled[UNTIL], filled[TEAM]
    )


def preview(stores: Stores, filled: Filled) -> Message:
    """What the group will read."""
    return Message("action.preview", {"wish": wish_of(filled), "team": choosing.shown(stores, filled, TEAM)})


async def open_(context: Context, filled: Filled) -> Ending:
    """Open it. Raises AskAgain where its last day has passed meanwhile."""
    if filled[UNTIL] <= context.actor.today:
        raise AskAgain(UNTIL, BadArguments("action.past"))
    use_case = partial(service.open_, actor=context.actor, wish=wish_of(filled), source=f"draft:{filled.draft.id}")
    key = context.key

    def unit(stores: Stores) -> Told:
        page = use_case(stores)
        private = filled.draft.chat
        if not stores.chats.get(private).is_group:
            stores.outbox.send(private, Message("action.opened", {"page": page}), key=key, urgent=True)
        return Told()

    return unit


KIND = Field(
    "kind", KIND_CODEC, "action.field_kind", asks("action.ask_kind"), hear_press, offer_kinds, pick_kind, a_row=2
)
PROBLEM: Field[str] = Field(
    "problem",
    WORDS,
    "action.field_problem",
    asks("action.ask_problem"),
    hears_words(lambda: PROBLEM, "action.no_problem", MAX_PROBLEM_CHARS),
)
BASELINE = Field("baseline", NUMBER, "action.field_baseline", asks("action.ask_baseline"), hear_baseline)
UNIT = Field("unit", WORDS, "action.field_baseline", asks("action.ask_baseline"), hear_baseline)
TARGET = Field("target", NUMBER, "action.field_target", ask_target, hear_target)
UNTIL = Field("until", DAY, "action.field_until", asks("action.ask_until"), hear_day)
TEAM: Field[tuple[Chosen, ...]] = Field(
    "team", CHOSEN, "action.field_team", ask_team, hear_team, choosing.offer, pick_team, a_row=choosing.A_ROW
)
FORM = Form(
    "action",
    (KIND, PROBLEM, BASELINE, TARGET, UNTIL, TEAM),
    Permission.PLAN_WORK,
    open_,
    preview,
    for_groups=True,
)


def about(filled: Filled) -> ActionId:
    """The action that a form was begun for. Raises ButtonExpired."""
    return ActionId(filled.number(ABOUT))


def ask_value(stores: Stores, filled: Filled) -> Message:
    """Ask how it stands."""
    action = stores.actions.get(about(filled))
    return Message("action.ask_value", {"page": None if action is None else service.page_of(stores, action)})


async def hear_value(context: Context) -> Fill:
    """Read a figure, and a remark behind a comma. Raises BadArguments."""
    said, note = amount.remarked(context.text)
    number, _ = read_amount(said)
    words = plain.tidy(note)[:MAX_NOTE_CHARS]
    return lambda _, filled: filled.with_(NOTE, words).with_(VALUE, number)


async def report(context: Context, filled: Filled) -> Ending:
    """Report it. Raises ActionNotFound."""
    number = about(filled)
    actor = replace(await there(context, number), chat=context.actor.chat)
    use_case = partial(service.report, actor=actor, number=number, value=filled[VALUE], note=filled[NOTE])
    return ending(use_case, lambda page: Message("action.reported", {"page": page}))


async def there(context: Context, number: ActionId) -> Actor:
    """The sender as an actor in the group of an action. Raises ActionNotFound, NotSureWho."""
    return await in_group_of(context, partial(service.group_of, number=number))


NOTE = Field("note", WORDS, "action.field_value", ask_value, hear_value)
VALUE = Field("value", NUMBER, "action.field_value", ask_value, hear_value)
REPORT = Form("action_report", (VALUE,), Permission.TAKE_PART, report)


async def finish(context: Context, filled: Filled) -> Ending:
    """End it with its newest figure; an honour is offered."""
    return _closing(context, filled, service.finish, say_finished)


async def stop(context: Context, filled: Filled) -> Ending:
    """Stop it without a result."""
    return _closing(context, filled, service.stop, lambda page: Message("action.stopped", {"page": page}))


class Closing(Protocol):
    """A use case that ends an action."""

    def __call__(self, stores: Stores, actor: Actor, *, number: ActionId, words: str) -> Page:
        """The action as it has ended."""


def _closing(context: Context, filled: Filled, use_case: Closing, present: Callable[[Page], Message]) -> Ending:
    run, key = partial(use_case, actor=context.actor, number=about(filled), words=filled[RESULT]), context.key

    def unit(stores: Stores) -> Told:
        stores.outbox.send(filled.draft.chat, present(run(stores)), key=key, urgent=True)
        return Told()

    return unit


def say_finished(page: Page) -> Message:
    """What came of it, with the way to an honour."""
    honour = Button("action.honour_button", Action("action.honour", page.action.id))
    return Message("action.finished", {"page": page}, [[honour]] if page.is_met else [])


RESULT: Field[str] = Field(
    "result",
    WORDS,
    "action.field_result",
    asks("action.ask_result"),
    hears_words(lambda: RESULT, "action.no_result", MAX_NOTE_CHARS),
)
FINISH = Form("action_finish", (RESULT,), Permission.PLAN_WORK, finish)
STOP = Form("action_stop", (RESULT,), Permission.PLAN_WORK, stop)
FORMS = (FORM, REPORT, FINISH, STOP)
