"""The form of a questionnaire: its lines or a template, who is asked, in which confidence, until when."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from domain.ids import ChatId, KeptId, RoundId
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.voice.questionnaire import kept, service
from domain.voice.questionnaire.audience import people_of
from domain.voice.questionnaire.data import of_questionnaire, to_questionnaire
from domain.voice.questionnaire.model import Questionnaire
from domain.voice.questionnaire.round import Audience, Confidence, Every
from domain.voice.questionnaire.service import Wish
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, working
from handlers.form import WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, Told, hear_press
from handlers.messaging import asking
from handlers.voice import questionnaire_lines as lines
from handlers.voice.questionnaire_card import Plan, say_card, say_preview
from handlers.voice.questionnaire_templates import templates
from language import deadline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores


SHOWN_EARLIER, SHOWN_KEPT, MAX_ROLES, MAX_DIGITS = 3, 5, 8, 9
SOURCES = {"r": "earlier", "k": "kept", "t": "template"}  # by the first sign of a choice
GROUP, BRANCHES, EVERYBODY, NO, YES = "group", "branches", "everybody", "no", "yes"
WORKDAYS = ("1", "3", "5", "10")


def _keep(one: Questionnaire) -> str:
    return json.dumps(of_questionnaire(one), ensure_ascii=False, separators=(",", ":"))


def _load(kept: str) -> Questionnaire:
    return to_questionnaire(json.loads(kept))


WHOLE: Codec[Questionnaire] = Codec(_keep, _load)


def group_of(stores: Stores, filled: Filled) -> Chat:
    """The group that the form is for."""
    return stores.chats.get(ChatId(int(filled.draft.values.get(asking.PLACE, filled.draft.chat))))


def ask_questions(_: Stores, __: Filled) -> Message:
    """Ask for the questionnaire."""
    return Message("questionnaire.ask_questions")


def choose_questions(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """Earlier ones of the group, those that are kept, and the templates."""
    before = [(one.questionnaire, f"r{one.id}") for one in service.earlier(stores, actor.chat, most=SHOWN_EARLIER)]
    made = [(one, f"t{place}") for place, one in enumerate(templates(actor.reader.language))]
    own = [(one.questionnaire, f"k{one.id}") for one in kept.offered(stores, actor)[:SHOWN_KEPT]]
    return [
        Choice(Text("questionnaire.from_button", {"title": one.title, "source": SOURCES[value[0]]}), value)
        for one, value in (*before, *own, *made)
    ]


def pick_questions(actor: Actor, value: str) -> Fill:
    """One that was asked before, is kept, or a template. Raises ButtonExpired."""
    kind, digits = value[:1], value[1:]
    if kind not in SOURCES or not (digits.isdecimal() and len(digits) <= MAX_DIGITS):
        raise ButtonExpired
    number = int(digits)

    def fill(stores: Stores, filled: Filled) -> Filled:
        if kind == "r":
            one = stores.rounds.get(RoundId(number))
            if one is None or one.group != group_of(stores, filled).id:
                raise ButtonExpired
            return filled.with_(PREVIOUS, digits).with_(QUESTIONS, one.questionnaire)
        if kind == "k":
            found = kept.chosen(stores, actor, number=KeptId(number))
            return filled.with_(PREVIOUS, "").with_(QUESTIONS, found.questionnaire)
        made = templates(actor.reader.language)
        if number >= len(made):
            raise ButtonExpired
        return filled.with_(PREVIOUS, "").with_(QUESTIONS, made[number])

    return fill


async def hear_questions(context: Context) -> Fill:
    """Read the lines. Raises BadArguments, WrongQuestionnaire."""
    written = lines.read(context.text)
    closing = await _moment(context, written.closing) if written.closing else None

    def fill(_: Stores, filled: Filled) -> Filled:
        found = filled.with_(PREVIOUS, "").with_(QUESTIONS, written.questionnaire)
        if written.confidence is not None:
            found = found.with_(CONFIDENCE, written.confidence)
        return found if closing is None else found.with_(CLOSING, closing.isoformat())

    return fill


async def _moment(context: Context, words: str) -> datetime:
    """Raises BadArguments."""
    try:
        reading = deadline.read(words, context.actor.chat.local(context.now), working=await working(context))
    except deadline.DeadlineError as error:
        raise BadArguments("questionnaire.bad_closing") from error
    if reading is None or reading.rest:
        raise BadArguments("questionnaire.bad_closing")
    return reading.due


async def hear_moment(context: Context, *, name: str) -> Fill:
    """Read when it closes or opens. Raises BadArguments."""
    when = (await _moment(context, context.text)).isoformat()
    return lambda _, filled: Filled(filled.draft.filled(**{name: when}))


def ask_field(name: str, _: Stores, __: Filled) -> Message:
    """Ask for one of the settings."""
    return Message("questionnaire.ask_field", {"field": name})


def pick_value(name: str, values: Sequence[str], _: Actor, value: str) -> Fill:
    """One of a field's few values. Raises ButtonExpired."""
    if value not in values:
        raise ButtonExpired
    return lambda _, filled: Filled(filled.draft.filled(**{name: value}))


def _setting(name: str, values: Sequence[str], *, typed: bool = False) -> Field[str]:
    """A setting with a few values; `typed` ones may also be a moment in words."""
    choices = [Choice(Text("questionnaire.choice", {"field": name, "value": one}), one) for one in values]
    return Field(
        name,
        WORDS,
        f"questionnaire.field_{name}",
        partial(ask_field, name),
        partial(hear_moment, name=name) if typed else hear_press,
        lambda _, __, ___: choices,
        partial(pick_value, name, values),
    )


def choose_role(stores: Stores, actor: Actor, filled: Filled) -> Sequence[Choice]:
    """Everybody, or one of the roles that are most frequent on the roster of the group's branch."""
    roles = [Choice(Text("questionnaire.role_button", {"role": one}), _sign(one)) for one in _roles(stores, actor.chat)]
    return [Choice(Text("questionnaire.choice", {"field": "role", "value": EVERYBODY}), EVERYBODY), *roles]


def _roles(stores: Stores, group: Chat) -> list[str]:
    found: dict[str, int] = {}
    for person in [] if group.branch is None else stores.people.of(group.branch):
        if person.role:
            found[person.role] = found.get(person.role, 0) + 1
    return sorted(found, key=lambda role: (-found[role], role))[:MAX_ROLES]


def _sign(role: str) -> str:
    """What stands for a role on a button."""
    return sha256(role.encode()).hexdigest()[:12]


def pick_role(actor: Actor, value: str) -> Fill:
    """A role by its sign."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value == EVERYBODY:
            return filled.with_(ROLE, EVERYBODY)
        role = next((one for one in _roles(stores, actor.chat) if _sign(one) == value), None)
        if role is None:
            raise ButtonExpired
        return filled.with_(ROLE, f"={role}")

    return fill


def audience_of(stores: Stores, filled: Filled) -> Audience:
    """Who is asked."""
    group, kept = group_of(stores, filled), filled[ROLE]
    roles = frozenset({kept[1:]}) if kept.startswith("=") else frozenset[str]()
    if filled[AUDIENCE] == BRANCHES and group.branch is not None:
        return Audience(branches=frozenset({group.branch}), roles=roles)
    return Audience(group=group.id, roles=roles)


def wish_of(stores: Stores, filled: Filled, group: Chat, now: datetime) -> Wish:
    """What the form asks for."""
    opens_at = _opening(filled)
    previous, every = filled.draft.values.get(PREVIOUS.name, ""), filled[EVERY]
    return Wish(
        questionnaire=filled[QUESTIONS],
        audience=audience_of(stores, filled),
        confidence=Confidence(filled[CONFIDENCE]),
        closes_at=_closing(stores, filled, group, opens_at or now),
        opens_at=opens_at,
        every=None if every == NO else Every(every),
        results_at_once=filled[RESULTS] == YES,
        urgent=filled[URGENT] == YES,
        previous=RoundId(int(previous)) if previous else None,
    )


def _closing(stores: Stores, filled: Filled, group: Chat, at: datetime) -> datetime:
    kept = filled[CLOSING]
    if kept in WORKDAYS:
        return service.usual_closing(stores, group, at, workdays=int(kept))
    return service.on_workday(stores, group, datetime.fromisoformat(kept))


def preview(stores: Stores, filled: Filled) -> Message:
    """The first page of what people will be asked, and the settings."""
    return preview_page(stores, filled, 0)


def preview_page(stores: Stores, filled: Filled, page: int) -> Message:
    """A page of it."""
    return say_preview(filled.draft.id, _plan(stores, filled), page)


def _plan(stores: Stores, filled: Filled) -> Plan:
    closing, every, role = filled[CLOSING], filled[EVERY], filled[ROLE]
    return Plan(
        questionnaire=filled[QUESTIONS],
        confidence=Confidence(filled[CONFIDENCE]),
        people=len(people_of(stores, audience_of(stores, filled))),
        below=filled[AUDIENCE] == BRANCHES,
        role=role[1:] if role.startswith("=") else "",
        workdays=int(closing) if closing in WORKDAYS else 0,
        closes_at=None if closing in WORKDAYS else datetime.fromisoformat(closing),
        opens_at=_opening(filled),
        every=None if every == NO else Every(every),
        results_at_once=filled[RESULTS] == YES,
        urgent=filled[URGENT] == YES,
    )


def _opening(filled: Filled) -> datetime | None:
    return None if filled[OPENING] == NO else datetime.fromisoformat(filled[OPENING])


async def post(context: Context, filled: Filled) -> Ending:
    """Ask the round; whoever asks it gets a card by which they can end it."""
    private = filled.draft.chat

    def ask(stores: Stores) -> Told:
        wish = wish_of(stores, filled, context.actor.group, context.actor.heard_at)
        one = service.ask(stores, context.actor, wish=wish, source=f"draft:{filled.draft.id}")
        about = service.card(one)
        stores.outbox.send(private, say_card(one), key=str(about), urgent=True)
        return Told()

    return ask


QUESTIONS: Field[Questionnaire] = Field(
    "questions",
    WHOLE,
    "questionnaire.field_questions",
    ask_questions,
    hear_questions,
    choose_questions,
    pick_questions,
)
CONFIDENCE = _setting("confidence", tuple(Confidence))
AUDIENCE = _setting("audience", (GROUP, BRANCHES))
ROLE: Field[str] = Field(
    "role", WORDS, "questionnaire.field_role", partial(ask_field, "role"), hear_press, choose_role, pick_role
)
OPENING = _setting("opening", (NO,), typed=True)
CLOSING = _setting("closing", WORKDAYS, typed=True)
EVERY = _setting("every", (NO, *Every))
RESULTS = _setting("results", (NO, YES))
URGENT = _setting("urgent", (NO, YES))
PREVIOUS = Field("previous", WORDS, "questionnaire.field_questions", ask_questions, hear_questions)  # is never asked
FORM = Form(
    "questionnaire",
    (QUESTIONS, CONFIDENCE, AUDIENCE, ROLE, CLOSING, OPENING, EVERY, RESULTS, URGENT),
    Permission.ASK_SURVEYS,
    post,
    preview,
    for_groups=True,
    usual={
        "audience": GROUP,
        "role": EVERYBODY,
        "closing": WORKDAYS[1],
        "opening": NO,
        "every": NO,
        "results": NO,
        "urgent": NO,
    },
)
