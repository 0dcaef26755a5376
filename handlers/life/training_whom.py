"""The question of a training's form for whom it is: everybody, party members, a branch, a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plain
from domain.ids import BranchId, ChatId, PersonId
from domain.life.training import people
from domain.life.training.model import Scope, Whom
from domain.messaging.message import Text
from handlers.action import ButtonExpired
from handlers.form import Choice, Codec, Field, Fill, Filled
from handlers.life.fields import asks
from handlers.messaging.asking import PLACE as GROUP
from language import training as spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

OFFERED = 6  # roles or branches


def _keep_whom(whom: Whom) -> str:
    return f"{whom.scope}:{whom.branch or 0}:{whom.name}"


def _load_whom(kept: str) -> Whom:
    scope, branch, name = kept.split(":", 2)
    return Whom(Scope(scope), BranchId(int(branch)) if int(branch) else None, name)


WHOM_CODEC: Codec[Whom] = Codec(_keep_whom, _load_whom)


def group_of(stores: Stores, filled: Filled) -> Chat:
    """The group that the form is for."""
    return stores.chats.get(ChatId(int(filled.draft.values.get(GROUP, filled.draft.chat))))


def offer_whom(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """Everybody, party members, branches below, the most common roles; a role is told by somebody who has it."""
    group = actor.group
    found = [(Whom(), "e"), (Whom(Scope.PARTY), "p")]
    below = [stores.branches.get(one) for one in people.below(stores, group)[:OFFERED]]
    found += [(Whom(Scope.BRANCH, one.id, one.name), f"b{one.id}") for one in below]
    holders = {one.role: one.person for one in reversed(people.of_group(stores, group))}
    found += [(Whom(Scope.ROLE, name=one), f"r{holders[one]}") for one in people.roles(stores, group)[:OFFERED]]
    return [Choice(Text("training.whom_button", {"whom": whom}), value) for whom, value in found]


def pick_whom(actor: Actor, value: str) -> Fill:
    """A list was tapped. Raises ButtonExpired."""
    sign, number = value[:1], value[1:]
    if sign in ("e", "p") and not number:
        whom = Whom(Scope.EVERYBODY if sign == "e" else Scope.PARTY)
        return lambda _, filled: filled.with_(WHOM, whom)
    if sign not in ("b", "r") or not number.isdecimal():
        raise ButtonExpired

    def fill(stores: Stores, filled: Filled) -> Filled:
        group = group_of(stores, filled)
        if sign == "b" and BranchId(int(number)) in people.below(stores, group):
            branch = stores.branches.get(BranchId(int(number)))
            return filled.with_(WHOM, Whom(Scope.BRANCH, branch.id, branch.name))
        holder = next((one for one in people.of_group(stores, group) if one.person == PersonId(int(number))), None)
        if sign == "b" or holder is None or not holder.role:
            raise ButtonExpired
        return filled.with_(WHOM, Whom(Scope.ROLE, name=holder.role))

    return fill


async def hear_whom(context: Context) -> Fill:
    """Read the name of a role or a branch. Raises UnknownAudience."""
    words = plain.line(context.text)
    scope = spoken.whom(words)
    if scope is not None:
        whom = Whom(Scope(scope))
        return lambda _, filled: filled.with_(WHOM, whom)
    return lambda stores, filled: filled.with_(WHOM, people.named(stores, group_of(stores, filled), words))


WHOM = Field(
    "whom", WHOM_CODEC, "training.field_whom", asks("training.ask_whom"), hear_whom, offer_whom, pick_whom, a_row=2
)
