"""Matches on today's card and under /study: the questions that somebody has not answered; the way to open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.study.match.outline import overview
from domain.study.match.playing import unanswered
from domain.today import Part

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.study.features import Stores

MAX_MATCHES = 3


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The matches in which somebody plays and has questions left, with a button to each."""
    found = []
    for match in stores.matches.running():
        if match.is_played and actor.now < match.ends_at and stores.matches.team_of(match.id, actor.member.id):
            left = len(unanswered(stores, match, actor.member.id, actor.now))
            if left:
                found.append((match, left))
    if not found:
        return None
    buttons = [
        [Button("match.play_button", Action("match.play", one.id), {"match": one})] for one, _ in found[:MAX_MATCHES]
    ]
    return Part(Text("match.today", {"matches": found[:MAX_MATCHES]}), buttons)


def manage(stores: Stores, actor: Actor) -> Part | None:
    """The way to the matches of whoever may open or withdraw one."""
    found = overview(stores, actor)
    if not (found.may_open or found.managing):
        return None
    count = {"count": len(found.managing)}
    return Part(Text("match.desk_line", count), [[Button("match.desk_button", Action("match.list"))]], waits=False)
