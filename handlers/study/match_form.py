"""The form of a team match: its name, who plays, which week; topics and questions a day have usual values."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import plain
from domain.ids import ChatId
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.study.match import opening
from domain.study.match.card import desk
from domain.study.match.model import MAX_A_DAY, MAX_NAME_CHARS, MIN_TEAMS, NoName, TooFewTeams
from domain.study.match.opening import Wish
from domain.study.match.outline import campaigns, outline
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.form import DAY, NUMBER, WORDS, Choice, Codec, Ending, Field, Fill, Filled, Form, Told, hear_press

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

OFFERED = "offered"  # the draft's key for the groups that the list numbers
CAMPAIGN = "campaign:"  # a sign of a campaign is made of this and its code
ALL, SHOWN_TOPICS, MAX_READ_CHARS = "all", 6, 300
NUMBERS = re.compile(r"\d{1,3}")
BETWEEN = re.compile(r"[,，、;；\s]+")
GROUPS: Codec[Sequence[ChatId]] = Codec(
    lambda groups: " ".join(map(str, groups)), lambda kept: [ChatId(int(one)) for one in kept.split()]
)
LIST: Codec[Sequence[str]] = Codec(lambda topics: json.dumps(list(topics), ensure_ascii=False), json.loads)


def known(groups: Sequence[Chat]) -> Mapping[str, str]:
    """What the form knows when it begins: the groups among which the teams are."""
    return {OFFERED: GROUPS.keep([one.id for one in groups])}


def _offered(filled: Filled) -> Sequence[ChatId]:
    return GROUPS.load(filled.draft.values.get(OFFERED, ""))


def ask_name(_: Stores, __: Filled) -> Message:
    """Ask what it is called."""
    return Message("match.ask_name")


async def hear_name(context: Context) -> Fill:
    """Read the name. Raises NoName."""
    words = plain.tidy(visible(context.text))
    if not words or len(words) > MAX_NAME_CHARS:
        raise NoName(most=MAX_NAME_CHARS)
    return lambda _, filled: filled.with_(NAME, words)


def ask_teams(stores: Stores, filled: Filled) -> Message:
    """Ask who plays: a numbered list."""
    teams = [opening.team_of(stores, stores.chats.get(one)) for one in _offered(filled)]
    return Message("match.ask_teams", {"teams": teams})


def choose_teams(_: Stores, __: Actor, filled: Filled) -> Sequence[Choice]:
    """All of them."""
    return [Choice(Text("match.all_button", {"count": len(_offered(filled))}), ALL)]


def pick_teams(_: Actor, value: str) -> Fill:
    """All were tapped. Raises ButtonExpired."""
    if value != ALL:
        raise ButtonExpired
    return lambda _, filled: filled.with_(TEAMS, _offered(filled))


def numbers_in(text: str) -> list[int]:
    """The numbers in a text; words between them do not count."""
    return [int(one) for one in BETWEEN.split(plain.line(text, MAX_READ_CHARS)) if NUMBERS.fullmatch(one)]


async def hear_teams(context: Context) -> Fill:
    """Read the numbers of the list. Raises BadArguments, TooFewTeams."""
    numbers = numbers_in(context.text)

    def fill(_: Stores, filled: Filled) -> Filled:
        offered = _offered(filled)
        if not numbers or not all(0 < one <= len(offered) for one in numbers):
            raise BadArguments("match.bad_teams", count=len(offered))
        chosen = list(dict.fromkeys(offered[one - 1] for one in numbers))
        if len(chosen) < MIN_TEAMS:
            raise TooFewTeams
        return filled.with_(TEAMS, chosen)

    return fill


def ask_week(_: Stores, __: Filled) -> Message:
    """Ask in which week."""
    return Message("match.ask_week")


def choose_week(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The weeks that have not begun."""
    found = [(one, opening.days_of(stores, one)) for one in opening.weeks(stores, actor.now)]
    return [Choice(Text("match.week_button", {"first": days[0], "last": days[-1]}), str(one)) for one, days in found]


def pick_week(_: Actor, value: str) -> Fill:
    """A week was tapped; whether it has begun is looked at when the match is opened. Raises ButtonExpired."""
    try:
        week = date.fromisoformat(value)
    except ValueError as error:
        raise ButtonExpired from error
    return lambda _, filled: filled.with_(WEEK, week)


def ask_topics(_: Stores, __: Filled) -> Message:
    """Ask what the questions are about."""
    return Message("match.ask_topics")


def choose_topics(stores: Stores, _: Actor, filled: Filled) -> Sequence[Choice]:
    """All topics, the week's campaigns, and the topics with most questions."""
    return [
        Choice(Text("match.every_topic"), ALL),
        *(
            Choice(Text("match.campaign_button", {"title": one.title}), _sign(f"{CAMPAIGN}{one.code}"))
            for one, _ in campaigns(stores, monday=filled[WEEK])
        ),
        *(Choice(Text("match.topic_button", {"topic": one}), _sign(one)) for one in _topics(stores)),
    ]


def _topics(stores: Stores) -> list[str]:
    counted = Counter(one.question.topic for one in stores.questions.of_topics(()) if one.question.topic)
    return sorted(counted, key=lambda topic: (-counted[topic], topic))[:SHOWN_TOPICS]


def _sign(topic: str) -> str:
    """What stands for a topic on a button."""
    return sha256(topic.encode()).hexdigest()[:12]


def pick_topics(_: Actor, value: str) -> Fill:
    """One topic or campaign by its sign, or all. Raises ButtonExpired."""

    def fill(stores: Stores, filled: Filled) -> Filled:
        if value == ALL:
            return filled.with_(TOPICS, [])
        of = {_sign(one): [one] for one in _topics(stores)}
        told = campaigns(stores, monday=filled[WEEK])
        of |= {_sign(f"{CAMPAIGN}{one.code}"): list(topics) for one, topics in told}
        if value not in of:
            raise ButtonExpired
        return filled.with_(TOPICS, of[value])

    return fill


async def hear_topics(context: Context) -> Fill:
    """Read topics, with marks between them. Raises BadArguments for what the library has no question about."""
    words = [one for one in BETWEEN.split(plain.line(visible(context.text), MAX_READ_CHARS)) if one]

    def fill(stores: Stores, filled: Filled) -> Filled:
        if not words or not stores.questions.of_topics(words):
            raise BadArguments("match.bad_topics", topics=words)
        return filled.with_(TOPICS, words)

    return fill


def ask_a_day(_: Stores, __: Filled) -> Message:
    """Ask how many questions a day has."""
    return Message("match.ask_a_day")


def choose_a_day(_: Stores, __: Actor, ___: Filled) -> Sequence[Choice]:
    """One to five."""
    return [Choice(Text("match.a_day_button", {"count": number}), str(number)) for number in range(1, MAX_A_DAY + 1)]


def pick_a_day(_: Actor, value: str) -> Fill:
    """A number was tapped. Raises ButtonExpired."""
    if value not in map(str, range(1, MAX_A_DAY + 1)):
        raise ButtonExpired
    return lambda _, filled: filled.with_(A_DAY, int(value))


def wish_of(filled: Filled) -> Wish:
    """What the form asks for."""
    return Wish(filled[NAME], filled[TEAMS], filled[TOPICS], filled[A_DAY], filled[WEEK])


def preview(stores: Stores, filled: Filled) -> Message:
    """What will go out, and to whom."""
    return Message("match.preview", {"outline": outline(stores, wish=wish_of(filled))})


async def post(context: Context, filled: Filled) -> Ending:
    """Open it; whoever does gets a message by which they can withdraw it."""
    private = filled.draft.chat

    def open_it(stores: Stores) -> Told:
        match = opening.open_(stores, context.actor, wish=wish_of(filled), source=f"draft:{filled.draft.id}")
        stores.outbox.send(private, desk(match), key=str(match.desk), urgent=True)
        return Told()

    return open_it


NAME = Field("name", WORDS, "match.field_name", ask_name, hear_name)
TEAMS = Field("teams", GROUPS, "match.field_teams", ask_teams, hear_teams, choose_teams, pick_teams)
WEEK = Field("week", DAY, "match.field_week", ask_week, hear_press, choose_week, pick_week)
TOPICS = Field("topics", LIST, "match.field_topics", ask_topics, hear_topics, choose_topics, pick_topics, a_row=2)
A_DAY = Field("a_day", NUMBER, "match.field_a_day", ask_a_day, hear_press, choose_a_day, pick_a_day, a_row=5)
FORM = Form(
    "match",
    (NAME, TEAMS, WEEK, TOPICS, A_DAY),
    Permission.ASK_SURVEYS,
    post,
    preview,
    usual={"topics": "[]", "a_day": "3"},
)
