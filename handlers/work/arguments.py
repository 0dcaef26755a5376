"""What people type about tasks, as typed values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from telegram import Message

from domain.messaging.chat import Chat
from domain.people.member import Mention
from domain.people.naming import Called, Directory, Nobody, Wanted
from domain.work.task import MYSELF, Myself, Plan, Terms
from domain.work.task.terms import PLAIN
from handlers.arguments import (
    BAR,
    USUAL,
    BadArguments,
    arguments_begin,
    due,
    linked_mentions,
    replied_author,
    visible,
)
from handlers.origin import person_profile, text_of
from handlers.work import owners
from language.deadline import Working

LABEL = re.compile(
    r"(标准|成果|资源|验收|审核|协同|协助|standard|outcome|resources|review(?:er)?|help(?:ers)?)\s*+[:：]\s*+(.*)",
    re.IGNORECASE | re.DOTALL,
)
PARTS = {
    "标准": "standard",
    "成果": "outcome",
    "资源": "resources",
    "验收": "reviewer",
    "审核": "reviewer",
    "review": "reviewer",
    "协同": "helpers",
    "协助": "helpers",
    "help": "helpers",
}
OF_PLAN = ("standard", "outcome", "resources")
TOGETHER = frozenset({"一起", "共同", "共同完成", "together"})
BY_BRANCH = frozenset({"支部负责", "由支部负责", "小组负责", "由小组负责", "as a branch"})
SELF = frozenset({"我", "本人", "me", "myself"})
NAMES_END = re.compile(r"(?:[\s\u3000,，、;；]|(?<=[\s\u3000])(?:和|与|及|and)(?=[\s\u3000]))+", re.IGNORECASE)
MAX_NAMES = 20
Linked: TypeAlias = Mapping[int, tuple[Mention, int]]
NO_LINKS: Linked = {}
MAX_TITLE_CHARS, MAX_PART_CHARS = 200, 500


@dataclass(frozen=True, slots=True)
class TaskArguments:
    """What `/task` asks for."""

    owners: Sequence[Wanted]
    due_at: datetime
    plan: Plan
    terms: Terms = PLAIN


def task(
    message: Message,
    group: Chat,
    now: datetime,
    names: Directory,
    *,
    working: Working = USUAL,
    start: int | None = None,
) -> TaskArguments:
    """`NAME … [一起] DEADLINE TITLE [| 标准：…] [| 成果：…] [| 资源：…] [| 验收：NAME] [| 协同：NAME …]`.

    If nobody is named, the owner is the replied message's author. A name is a mention, one of the group's people
    (`names`), a party group, or everybody. The arguments begin behind the command, or at `start`. Raises BadArguments,
    Nobody.
    """
    begin = arguments_begin(text_of(message)) if start is None else start
    found, rest = owners.read(message, names, group.local(now), begin)
    answered = replied_author(message)
    if not found and answered:
        found = [Mention(answered.full_name, person_profile(answered))]
    if not found:
        raise BadArguments("task.no_owner")
    due_at, rest = due(rest, group, now, working)
    return TaskArguments(found, due_at, *planned(rest, linked_mentions(message)))


def named(message: Message, group: Chat, now: datetime, names: Directory) -> Sequence[Wanted]:
    """The names in an answer that has nothing else. Raises BadArguments, Nobody."""
    found, rest = owners.read(message, names, group.local(now), arguments_begin(text_of(message)))
    if rest and not found:
        raise Nobody(name=rest, nearest=names.nearest(rest))
    if not found:
        raise BadArguments("task.no_owner")
    return found


def plan(text: str) -> Plan:
    """`TITLE [| 标准：…] [| 成果：…] [| 资源：…]`, where nobody else can be named. Raises BadArguments."""
    plan, terms = planned(text)
    if terms != PLAIN:
        raise BadArguments("task_review.no_terms")
    return plan


def planned(text: str, linked: Linked = NO_LINKS) -> tuple[Plan, Terms]:
    """A title with its parts; `linked` are the mentions that the platform links in it. Raises BadArguments."""
    title, *parts = (visible(part) for part in BAR.split(text))
    title = visible(title.lstrip("，,：: \u3000"))
    if not title:
        raise BadArguments("task.no_title")
    _check_length(title, MAX_TITLE_CHARS)
    said: dict[str, str] = {}
    together = by_branch = False
    for part in filter(None, parts):
        if part.lower() in TOGETHER:
            together = True
            continue
        if part.lower() in BY_BRANCH:
            by_branch = True
            continue
        match = LABEL.fullmatch(part)
        if match is None:
            raise BadArguments("task.unknown_part", part=part)
        _check_length(match[2], MAX_PART_CHARS)
        said[part_of(match[1])] = match[2].strip()
    plan = Plan(title, **{name: said[name] for name in OF_PLAN if name in said})
    return plan, replace(_terms(said, linked), together=together, by_branch=by_branch)


def part_of(label: str) -> str:
    """The name of the part that a label stands for."""
    word = label.lower()
    return PARTS.get(word) or next((PARTS[one] for one in ("review", "help") if word.startswith(one)), word)


def _terms(said: Mapping[str, str], linked: Linked) -> Terms:
    reviewers, helpers = (people(said.get(part, ""), linked) for part in ("reviewer", "helpers"))
    if len(reviewers) > 1:
        raise BadArguments("task_review.one_reviewer")
    return Terms(reviewers[0] if reviewers else None, tuple(helpers))


def people(words: str, linked: Linked = NO_LINKS) -> list[Wanted | Myself]:
    """The people named in a part, between commas or blanks: 我 is whoever writes. Raises BadArguments."""
    found = [one for one in NAMES_END.split(words) if one.strip("@＠")]
    if len(found) > MAX_NAMES:
        raise BadArguments("task.too_many_owners", most=MAX_NAMES)
    return [_person(one, linked) for one in found]


def _person(word: str, linked: Linked) -> Wanted | Myself:
    if word.lower() in SELF:
        return MYSELF
    known = next((mention for mention, _ in linked.values() if mention.name.strip("@＠") == word.strip("@＠")), None)
    if known is not None:
        return known
    return Mention(word[1:]) if word[0] in "@＠" else Called(word)


def _check_length(words: str, most: int) -> None:
    if len(words) > most:
        raise BadArguments("task.too_long", length=len(words), most=most)
