"""What the card of triage says, and who reads it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import SuggestionId
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import Permission
from domain.voice.suggestion import triage
from domain.voice.suggestion.life import OPEN, Stage
from handlers import access

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.voice.suggestion.figures import Month
    from domain.voice.suggestion.triage import Card, Outcome
    from handlers.context import Context
    from handlers.form import AllStores as Stores

ANSWER = Permission.ANSWER_SUGGESTIONS
LABELS = {
    "adopt": "triage.adopt_button",
    "transfer": "triage.transfer_button",
    "refuse": "triage.refuse_button",
    "later": "triage.later_button",
    "task": "triage.task_button",
    "finish": "triage.finish_button",
    "reconsider": "triage.reconsider_button",
}


def about(member: MemberId) -> Subject:
    """What somebody's triage card is about: there is one."""
    return Subject("triage", member)


async def desks(context: Context) -> list[Actor]:
    """The sender as an actor in each group whose suggestions they answer."""
    return await access.where_allowed(context, ANSWER)


async def at(context: Context, number: SuggestionId) -> Actor:
    """The sender as an actor in the group that a suggestion is in. Raises NoMore."""
    group = await context.read(partial(triage.place_of, number=number))
    return context.actor if group is None else await access.in_group(context, group, ANSWER)


def say_card(card: Card) -> Message:
    """The suggestion that comes next, with what can be done with it."""
    month = Button("triage.figures_button", Action("triage.figures"))
    if card.case is None:
        return Message("triage.card", {"card": card}, [[month]])
    number, version = card.case.suggestion.id, card.case.life.version
    later = _button("later", number, version)
    rows: list[list[Button]]
    if card.case.life.stage in OPEN:
        merge = Button("triage.alike_button", Action("suggestion.alike", number))
        rows = [[_button(name, number, version) for name in ("adopt", "transfer", "refuse")], [merge, later]]
    else:
        rows = [
            [_button("task", number, version), _button("finish", number, version)],
            [_button("reconsider", number, version), later],
        ]
    retag = Button("tagging.open_button", Action("tagging.open", number))
    rows.append([Button("triage.write_button", Action("suggestion.write", number)), retag, *card.further])
    if card.case.suggestion.hidden:
        rows.append([Button("triage.let_show_button", Action("suggestion.let_show", number))])
    return Message("triage.card", {"card": card}, rows)


def _button(name: str, number: int, version: int) -> Button:
    return Button(LABELS[name], Action(f"triage.{name}", number, version))


def say_shown(card: Card) -> Message:
    """A suggestion to be read, with what has become of it elsewhere."""
    return Message("triage.card", {"card": card}, [card.further] if card.further else [])


def say_outcome(outcome: Outcome) -> Message:
    """What became of one, with what can still be done about it, and the way to the next."""
    life = outcome.case.life
    names: tuple[str, ...] = ()
    if life.stage is Stage.ADOPTED:
        names = ("finish", "reconsider") if life.task else ("task", "finish", "reconsider")
    elif life.stage is Stage.REFUSED:
        names = ("reconsider",)
    row = [*(_button(name, life.suggestion, life.version) for name in names), *outcome.further]
    further = [Button("triage.next_button", Action("triage.next", life.suggestion))]
    rows = [some for some in (row, further if outcome.waiting else []) if some]
    return Message("triage.outcome", {"outcome": outcome}, rows)


def refresh(stores: Stores, actor: Actor, number: SuggestionId, own: Sequence[Actor], key: str) -> None:
    """Somebody's card shows what has become of a suggestion elsewhere; nothing where no card stands."""
    case, subject = stores.suggestion_lives.get(number), about(actor.member.id)
    if case is not None and stores.outbox.stands(subject):
        message = say_outcome(triage.outcome(stores, actor, case=case, there=own))
        stores.outbox.edit(subject, replace(message, subject=subject), key=f"{subject}:{key}")


def say_figures(month: Month) -> Message:
    """This month's figures."""
    return Message("triage.figures", {"month": month}, [[Button("triage.open_button", Action("triage.next", 0))]])


def pressed(context: Context) -> tuple[SuggestionId, int]:
    """The suggestion of a pressed button, and the step that it was made for."""
    number, version = context.pressed.numbers(2)
    return SuggestionId(number), version
