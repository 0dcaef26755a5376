"""The optional questions of the form of /task: who reviews, who helps, whether the owners do it together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, Text
from domain.people import naming
from domain.people.naming import Chosen, Kind
from domain.work.task import Myself, Terms
from domain.work.task.terms import UnclearName
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments
from handlers.form import WORDS, Choice, Field, Filled
from handlers.people.drafted import CHOSEN
from handlers.work import arguments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.people.naming import Wanted
    from domain.work.features import Stores
    from handlers.context import Context
    from handlers.form import Fill

MAX_OFFERED, A_ROW = 12, 3
NONE, YES, BRANCH = "-", "yes", "branch"


def settled(stores: Stores, wanted: Sequence[Wanted | Myself], actor: Actor) -> tuple[Chosen, ...]:
    """Names in a part as choices. Raises UnclearName, and what `naming.settled` does."""
    own = Chosen(Kind.MEMBER, actor.member.id)
    others = [one for one in wanted if not isinstance(one, Myself)]
    found = [own] if len(others) < len(wanted) else []
    for one in naming.settled(stores, others, actor.group, actor.now) if others else []:
        if not isinstance(one, Chosen):
            raise UnclearName(name=getattr(one, "name", "") or getattr(one, "words", ""))
        found.append(one)
    return tuple(dict.fromkeys(found))


def kept(stores: Stores, terms: Terms, actor: Actor) -> dict[str, str]:
    """What a command says of its tasks, as the form keeps it. Raises what `settled` does."""
    reviewers = () if terms.reviewer is None else settled(stores, [terms.reviewer], actor)
    return {
        REVIEWER.name: CHOSEN.keep(reviewers),
        HELPERS.name: CHOSEN.keep(settled(stores, terms.helpers, actor)),
        TOGETHER.name: BRANCH if terms.by_branch else YES if terms.together else "",
    }


def fill(stores: Stores, filled: Filled, terms: Terms, actor: Actor) -> Filled:
    """The draft with what an answer says of them; what it does not say stays."""
    said = {name: value for name, value in kept(stores, terms, actor).items() if value}
    return Filled(filled.draft.filled(**said))


def terms_of(filled: Filled) -> Terms:
    """What was chosen."""
    reviewers: tuple[Chosen, ...] = filled[REVIEWER] if filled.has(REVIEWER) else ()
    helpers: tuple[Chosen, ...] = filled[HELPERS] if filled.has(HELPERS) else ()
    how = filled.draft.values.get(TOGETHER.name)
    return Terms(reviewers[0] if reviewers else None, helpers, how == YES, how == BRANCH)


def buttons(filled: Filled, *, several: bool) -> Buttons:
    """Under the preview: whatever was not said yet may be added."""
    terms, draft = terms_of(filled), filled.draft
    row = []
    if terms.reviewer is None:
        row.append(Button("task_review.add_reviewer_button", Action("form.change", draft.id, REVIEWER.name)))
    if not terms.helpers:
        row.append(Button("task_review.add_helpers_button", Action("form.change", draft.id, HELPERS.name)))
    if several and not (terms.together or terms.by_branch):
        row.append(Button("task_review.share_button", Action("form.change", draft.id, TOGETHER.name)))
    return [row] if row else []


def ask_reviewer(_: Stores, __: Filled) -> Message:
    """Ask who reviews the results."""
    return Message("task_review.ask_reviewer")


def ask_helpers(_: Stores, __: Filled) -> Message:
    """Ask who helps."""
    return Message("task_review.ask_helpers")


def ask_together(_: Stores, __: Filled) -> Message:
    """Ask whether the first one's word ends it for all."""
    return Message("task_review.ask_together")


def offer_reviewers(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """The sender, others of the group, or nobody."""
    own = Choice(Text("task_review.myself_button"), str(actor.member.id))
    return [own, *_others(stores, actor, MAX_OFFERED - 2), Choice(Text("task_review.nobody_button"), NONE)]


def offer_helpers(stores: Stores, actor: Actor, _: Filled) -> Sequence[Choice]:
    """People of the group, or nobody."""
    return [*_others(stores, actor, MAX_OFFERED - 1), Choice(Text("task_review.nobody_button"), NONE)]


def _others(stores: Stores, actor: Actor, most: int) -> list[Choice]:
    there = [one for one in stores.members.of(actor.chat.id) if one.is_person and one.id != actor.member.id]
    return [Choice(Text("task.owner_button", {"member": one}), str(one.id)) for one in there[:most]]


def offer_together(_: Stores, __: Actor, filled: Filled) -> Sequence[Choice]:
    """Together, each alone, or, of one party group or branch, whoever leads it."""
    both = [Choice(Text("task_review.together_button"), YES), Choice(Text("task_review.each_button"), NONE)]
    owners = CHOSEN.load(filled.draft.values.get("owners", ""))
    is_branch = [one.kind for one in owners] == [Kind.BRANCH]
    return [*both, Choice(Text("task_review.branch_button"), BRANCH)] if is_branch else both


def _pick(field: Field[tuple[Chosen, ...]], actor: Actor, value: str) -> Fill:
    """Somebody was tapped. Raises ButtonExpired if they are no longer in the group."""

    def choose(stores: Stores, filled: Filled) -> Filled:
        if value == NONE:
            return filled.with_(field, ())
        there = [actor.member.id, *(one.id for one in stores.members.of(actor.chat.id))]
        found = [one for one in there if str(one) == value]
        if not found:
            raise ButtonExpired
        return filled.with_(field, (Chosen(Kind.MEMBER, found[0]),))

    return choose


def pick_reviewer(actor: Actor, value: str) -> Fill:
    """See `_pick`."""
    return _pick(REVIEWER, actor, value)


def pick_helper(actor: Actor, value: str) -> Fill:
    """See `_pick`."""
    return _pick(HELPERS, actor, value)


def pick_together(_: Actor, value: str) -> Fill:
    """Together, or each alone."""
    return lambda _, filled: filled.with_(TOGETHER, value if value in (YES, BRANCH) else "")


async def hear_reviewer(context: Context) -> Fill:
    """Read one name. Raises BadArguments, and what `settled` does."""
    return _named(context, REVIEWER, most=1)


async def hear_helpers(context: Context) -> Fill:
    """Read some names. Raises BadArguments, and what `settled` does."""
    return _named(context, HELPERS, most=arguments.MAX_NAMES)


def _named(context: Context, field: Field[tuple[Chosen, ...]], *, most: int) -> Fill:
    actor, wanted = context.actor, arguments.people(context.text)
    if not wanted:
        raise BadArguments("task_review.ask_reviewer" if most == 1 else "task_review.ask_helpers")
    if len(wanted) > most:
        raise BadArguments("task_review.one_reviewer")
    return lambda stores, filled: filled.with_(field, settled(stores, wanted, actor))


async def hear_together(_: Context) -> Fill:
    """It is answered by a button. Raises BadArguments."""
    raise BadArguments("task_review.ask_together")


REVIEWER = Field(
    "reviewer",
    CHOSEN,
    "task_review.field_reviewer",
    ask_reviewer,
    hear_reviewer,
    offer_reviewers,
    pick_reviewer,
    a_row=A_ROW,
)
HELPERS = Field(
    "helpers", CHOSEN, "task_review.field_helpers", ask_helpers, hear_helpers, offer_helpers, pick_helper, a_row=A_ROW
)
TOGETHER = Field(
    "together", WORDS, "task_review.field_together", ask_together, hear_together, offer_together, pick_together, a_row=1
)
FIELDS = (REVIEWER, HELPERS, TOGETHER)
USUAL = {field.name: "" for field in FIELDS}
