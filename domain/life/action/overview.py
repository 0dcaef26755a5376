"""What there is about front-line actions: those that go on, and what is asked for today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.life.action.model import ASKS_AFTER, WARNS_BEFORE, Action, Page
from domain.life.action.service import page_of
from domain.messaging.message import Action as Press
from domain.messaging.message import Button, Text
from domain.people.permission import Permission, allows, require
from domain.today import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.features import Stores
    from domain.people.actor import Actor

LISTED, MAX_ACTIONS = 8, 3


@dataclass(frozen=True, slots=True)
class Overview:
    """The actions that go on; `may_open` whoever plans work."""

    pages: Sequence[Page]
    more: int
    may_open: bool


def overview(stores: Stores, actor: Actor) -> Overview:
    """The actions that go on: in a group its own, in private those that somebody belongs to."""
    require(stores, actor, Permission.TAKE_PART)
    is_group = actor.chat.is_group
    found = stores.actions.running_in(actor.chat.id) if is_group else stores.actions.running_of(actor.member.id)
    pages = [page_of(stores, one) for one in found[:LISTED]]
    return Overview(pages, max(0, len(found) - LISTED), allows(stores, actor, Permission.PLAN_WORK))


def managing(stores: Stores, actor: Actor) -> list[Page]:
    """The actions of a group that go on, for whoever plans its work."""
    require(stores, actor, Permission.PLAN_WORK)
    return [page_of(stores, one) for one in stores.actions.running_in(actor.group.id)]


def with_managed(own: Overview, managed: Sequence[Page]) -> Overview:
    """One's own actions, and behind them those that one runs without being of the team."""
    known = {one.action.id for one in own.pages}
    return replace(own, pages=[*own.pages, *(one for one in managed if one.action.id not in known)])


def tell(stores: Stores, actor: Actor) -> Part | None:
    """On the card of whoever leads an action: it is due soon, or nobody has reported for two weeks."""
    mine = [one for one in stores.actions.running_of(actor.member.id) if one.lead == actor.member.id]
    pages = [page for page in (page_of(stores, one) for one in mine) if _asks(page, actor)][:MAX_ACTIONS]
    if not pages:
        return None
    buttons = [
        [Button("action.report_button_of", Press("action.report", one.action.id), {"page": one})] for one in pages
    ]
    return Part(Text("action.today", {"pages": pages}), buttons)


def _asks(page: Page, actor: Actor) -> bool:
    action: Action = page.action
    last = page.figures[-1].at if page.figures else action.opened_at
    is_near = action.until - WARNS_BEFORE <= actor.today and last < actor.now - WARNS_BEFORE
    return is_near or last < actor.now - ASKS_AFTER
