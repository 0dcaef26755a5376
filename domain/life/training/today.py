"""Trainings on today's card: what somebody has to do themselves, and one line for whoever plans a group's work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.life.training.coverage import duties, duties_of
from domain.messaging.message import Action, Button, Text
from domain.people import leading
from domain.people.permission import Permission, allows
from domain.today import Part

if TYPE_CHECKING:
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

MAX_DUTIES, MAX_GROUPS = 3, 3
MAX_BRANCHES = 20  # below the group: whoever leads more looks it up, a card is drawn too often for that


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The required trainings that somebody has to do, or to do anew soon; and how many people of theirs have to."""
    mine, led = duties_of(stores, actor.member, actor.today), _groups_led(stores, actor)
    if not mine and not led:
        return None
    values = {"duties": mine[:MAX_DUTIES], "more": max(0, len(mine) - MAX_DUTIES), "led": led}
    return Part(Text("training.today", values), [[Button("training.open_button", Action("training.home"))]])


def _groups_led(stores: Stores, actor: Actor) -> list[tuple[str, int]]:
    """The groups whose work somebody plans, with how many people are due; whoever leads many looks it up."""
    groups = leading.groups(stores, actor, permission=Permission.PLAN_WORK)
    if len(groups) > MAX_GROUPS:
        return []
    found = []
    for group in groups:
        if not _is_large(stores, group) and allows(stores, replace(actor, chat=group), Permission.PLAN_WORK):
            people = {
                (one.learner.person, one.learner.member) for one in duties(stores, group, actor.today) if one.is_due
            }
            if people:
                found.append((group.title, len(people)))
    return found


def _is_large(stores: Stores, group: Chat) -> bool:
    return group.branch is not None and len(stores.branches.subtree(group.branch)) > MAX_BRANCHES
