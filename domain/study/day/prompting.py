"""What the clock says of a group's day: the item, in private to who wants it; to secretaries, that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging import burden
from domain.messaging.administrators import secretaries
from domain.messaging.message import Action, Button, DeepLink, Message
from domain.study import study
from domain.study.asking import daily
from domain.study.day import card
from domain.study.day.model import PlanState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.ids import ChatId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.study.features import Stores
    from domain.study.study import Prompt


def post(stores: Stores, group: Chat, slot: datetime) -> Prompt | None:
    """Show a group its item: not where its people have had enough prompts this week.

    Where there is none, nobody but who is in charge hears of it: once, until there was one again.
    """
    if burden.is_spent(stores, group, slot):
        return None
    given = study.prompt(stores, group, slot)
    if given is None:
        _tell_secretaries(stores, group, slot)
    else:
        _send_in_private(stores, given, slot)
    return given


def _send_in_private(stores: Stores, given: Prompt, slot: datetime) -> None:
    for member, chat in _readers(stores, given, slot):
        values = {"lesson": given.item.lesson, "day": given.day}
        asked = daily.question_of(stores, given) is not None and not daily.has_answered(stores, given, member.id)
        answer = Button("asking.answer_button", DeepLink(f"{daily.ANSWER}{given.id}"))
        buttons = [*given.buttons, *([[answer]] if asked else [])]
        message = Message("study.prompt_alone", values, buttons, subject=given.private)
        whole = card.with_file(message, given.item.lesson)
        stores.outbox.send(chat, whole, key=f"{given.private}:{member.id}")
        card.send_file(stores, given, chat, key=f"{given.file}:{member.id}", urgent=False)


def _readers(stores: Stores, given: Prompt, slot: datetime) -> Iterator[tuple[Member, ChatId]]:
    """Who is at home in the group, is there today, wants it in private, and has not had enough this week."""
    group = given.group
    found = stores.plans.private_readers(group)
    away = stores.people.away([one.id for one in found], given.day) if found else ()
    for one in found:
        chat = one.private
        if chat is None or one.id in away or stores.members.home(one.id) != group.id:
            continue
        if _is_today(stores, chat, given, slot) and not burden.is_spent_for(stores, one.id, group, slot):
            yield one, chat


def _is_today(stores: Stores, chat: ChatId, given: Prompt, slot: datetime) -> bool:
    """Whether their quiet hours end on the day of the item: it is not said on the next."""
    known = stores.chats.get(chat)
    return known.active and given.group.day(stores.quiet.of(chat).end(known, slot)) == given.day


def _tell_secretaries(stores: Stores, group: Chat, slot: datetime) -> None:
    """Say in private that the group has nothing today: of a withdrawn day once, of an empty library once at its begin.

    A key is used once for ever: that of an empty library names what the group was shown last.
    """
    day = group.day(slot)
    planned = stores.plans.since(group.id, day).get(day)
    withdrawn = planned is not None and planned.state is PlanState.WITHDRAWN
    why = f"{day}" if withdrawn else f"after:{stores.plans.last_prompt(group.id) or 0}"
    buttons = [[Button("day.plan_button", Action("day.open", group.id))]]
    message = Message("day.nothing", {"group": group, "day": day, "withdrawn": withdrawn}, buttons)
    for one in {one.id: one for one in secretaries(stores, group)}.values():
        if one.private is not None:
            stores.outbox.send(one.private, message, key=f"study.nothing:{group.id}:{why}:{one.id}")
