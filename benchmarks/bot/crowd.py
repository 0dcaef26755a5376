"""Who presses: people of many groups, all known to the bot, each with study items that they have not read yet."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from math import ceil
from typing import Any

from sqlalchemy import Connection, func, insert, literal, select, true

from benchmarks.result import WorkNotDone
from bot.sample import enterprise
from domain.messaging.chat import Admission, ChatKind, ChatProfile, Locale
from domain.points.scheme import default
from domain.study import study
from storage.people.member import members
from storage.people.membership import memberships
from storage.points.tables import points_entries, points_totals, points_weeks
from storage.stores import Stores

LOCALE = Locale("Asia/Shanghai", "zh")
ITEMS = 3  # open in each group: today's and those of two days before; as many as a day brings points for
GROUPS = 50
FIRST_GROUP = -1001000000000
BOT = {"id": 5, "is_bot": True, "first_name": "Bot", "username": "benchmark_bot"}
PRESSED = select(members.c.platform_id, points_entries.c.group_id, points_entries.c.source, points_entries.c.points)
READ = PRESSED.join(points_entries, points_entries.c.member_id == members.c.id).where(
    points_entries.c.event == study.READ.name
)


@dataclass(frozen=True, slots=True)
class Open:
    """A prompt that waits for presses: where, which button, and the source of the credit that it brings."""

    group: int  # the store's id
    place: int  # the platform's id
    prompt: int
    source: str
    shown: str


@dataclass(frozen=True, slots=True)
class Press:
    """Who presses which button."""

    person: int
    prompt: Open

    def update(self, number: int) -> bytes:
        """The update, as the platform tells it: with the whole message that the button hangs on."""
        button = {"text": "已学习", "callback_data": f"study.read:{self.prompt.prompt}"}
        message = {
            "message_id": self.prompt.prompt,
            "from": BOT,
            "chat": _chat(self.prompt.place),
            "date": 1700000000,
            "text": self.prompt.shown,
            "reply_markup": {"inline_keyboard": [[button]]},
        }
        query = {"id": str(number), "from": _person(self.person), "chat_instance": "7", "message": message}
        return _bytes({"callback_query": {**query, "data": button["callback_data"]}})


@dataclass(frozen=True, slots=True)
class Crowd:
    """Fifty groups of so many people, every one of whom may press each of their group's buttons once."""

    people: int
    prompts: Sequence[Open] = ()

    @classmethod
    def for_presses(cls, presses: int) -> "Crowd":
        """As many people as so many presses need; not in a store yet."""
        return cls(ceil(presses / ITEMS / GROUPS))

    def enter(self, stores: Stores, *, at: datetime) -> "Crowd":
        """Put groups, people and open prompts into a store; the same crowd with its prompts."""
        study.load_first(stores, lessons=enterprise.lessons())
        prompts = [prompt for group in range(GROUPS) for prompt in _enter_group(stores, group, self.people, at)]
        return Crowd(self.people, prompts)

    def presses(self, count: int) -> list[Press]:
        """Different presses in a mixed order, which is the same each time."""
        every = [Press(_number(p.place, who), p) for p, who in product(self.prompts, range(self.people))]
        return random.Random(7).sample(every, count)  # noqa: S311 - an order, not a secret


def _enter_group(stores: Stores, number: int, size: int, at: datetime) -> list[Open]:
    place = FIRST_GROUP - number
    group = stores.chats.add(ChatProfile(place, ChatKind.GROUP, _chat(place)["title"]), LOCALE, at)
    stores.chats.decide(group, Admission.ADMITTED, None, at)
    people = [_person(_number(place, who)) for who in range(size)]
    named = [
        {
            "platform_id": person["id"],
            "name": person["first_name"],
            "username": person["username"],
            "language": person["language_code"],
            "met_at": at,
        }
        for person in people
    ]
    stores.connection.execute(insert(members), named)
    belonging = select(literal(group.id), members.c.id, members.c.met_at, true()).where(
        members.c.platform_id.in_([person["id"] for person in people])
    )
    stores.connection.execute(
        insert(memberships).from_select(["group_id", "member_id", "joined_at", "spoke"], belonging)
    )
    prompts = []
    for back in range(ITEMS):
        shown_at = at - timedelta(days=back)
        found = stores.studies.candidates(group.id, group.day(at))
        if not found:
            raise WorkNotDone("no study item")
        item = found[0].item
        made = stores.studies.add_prompt(stores.chats.get(group.id), item, group.day(shown_at), shown_at)
        prompts.append(Open(group.id, place, made.id, made.source, item.lesson.text))
    return prompts


def _number(place: int, who: int) -> int:
    """The platform's id of a group's person."""
    return 10_000_000 + who * GROUPS + FIRST_GROUP - place


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "is_bot": False,
        "first_name": f"员工{number}",
        "username": f"p{number}",
        "language_code": "zh-hans",
    }


def _chat(place: int) -> dict[str, Any]:
    return {"id": place, "type": "supergroup", "title": f"第{FIRST_GROUP - place + 1}党支部"}


def message(number: int, words: str, people: int = 20) -> bytes:
    """Somebody writes something in one of the groups, which have so many people each."""
    place = FIRST_GROUP - number % GROUPS
    person = _person(_number(place, number // GROUPS % people))
    told: dict[str, Any] = {"message_id": number + 1, "from": person, "chat": _chat(place), "date": 1700000000}
    if words.startswith("/"):
        told["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words)}]
    return _bytes({"message": {**told, "text": words}})


def _bytes(update: dict[str, Any]) -> bytes:
    return json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode()


def check_ledger(connection: Connection, presses: Sequence[Press]) -> None:
    """Whether the ledger holds exactly these presses, each with its point, and the totals what it adds up to.

    Raises WorkNotDone.
    """
    worth = next(rule.points for rule in default.scheme().rules if rule.event == study.READ.name)
    wanted = Counter((p.person, p.prompt.group, p.prompt.source, worth) for p in presses)
    found = Counter(tuple(row) for row in connection.execute(READ))
    if found != wanted:
        raise WorkNotDone(
            f"of {len(presses)} presses {(found & wanted).total()} are in the ledger, beside "
            f"{(found - wanted).total()} entries that nobody pressed for"
        )
    entered = connection.execute(select(func.sum(points_entries.c.points))).scalar_one()
    for kept in (points_totals, points_weeks):
        total = connection.execute(select(func.sum(kept.c.points))).scalar_one()
        if total != entered:
            raise WorkNotDone(f"{kept.name} adds up to {total}, the ledger to {entered}")
