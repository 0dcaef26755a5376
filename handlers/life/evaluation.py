"""Evaluations in chat: /evaluate, the office's card, who reviews whom, how all stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import BranchId, EvaluatedId, EvaluationId, MemberId
from domain.life.evaluation import cards, history, looking, opening, overview, reviewing, running
from domain.life.evaluation.model import Stage
from domain.life.evaluation.scheme import Kind
from domain.messaging.message import Action, Button, DeepLink, Message, in_rows
from domain.people.permission import Permission, require
from handlers import pages
from handlers.access import TAKE_PART
from handlers.command import Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help
from handlers.life import evaluated, evaluated_form, evaluation_files, objection
from handlers.life.evaluation_form import FORM
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.life.evaluation.model import Evaluation, Star
    from domain.life.evaluation.opening import Standings
    from domain.life.evaluation.overview import Overview
    from domain.life.evaluation.reviewing import Assigning, Pairs
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

OWN, LINK, PAGE, MANAGED = Permission.SEE_OWN, "evaluate", 15, 6


async def show(_: Update, context: Context) -> None:
    """/evaluate: in a group the stars of its branch; in private what somebody runs, has to assess or to review."""
    if context.actor.chat.is_group:
        await context.answer(partial(_stars, actor=context.actor), say_stars)
        return
    await pages.show(context, partial(overview.overview, actor=context.actor), say_overview)


def _stars(stores: Stores, *, actor: Actor) -> Sequence[Star]:
    require(stores, actor, Permission.TAKE_PART)
    branch = actor.group.branch
    return [] if branch is None else history.history(stores, BranchId(branch))


def say_stars(found: Sequence[Star]) -> Message:
    """The stars of a group's branch; all else is in private."""
    link = Button("evaluation.private_button", DeepLink(LINK))
    return Message("evaluation.stars", {"stars": found}, [[link]], silent=True)


def say_overview(found: Overview) -> Message:
    """What somebody runs, has to assess, has to review."""
    rows = [
        *([Button("evaluated.open_button", Action("evaluated.card", one.id), {"evaluated": one})] for one in found.own),
        *(
            [Button("evaluation.reviews_button", Action("evaluation.reviews", one.id), {"evaluation": one})]
            for one in found.reviews
        ),
        *(
            [Button("evaluation.desk_button", Action("evaluation.desk", one.id), {"evaluation": one})]
            for one in found.run[:MANAGED]
        ),
    ]
    if found.may_begin and found.schemes:
        rows.append([Button("evaluation.new_button", Action("evaluation.new"))])
    if found.may_begin:
        rows.append(
            [Button("evaluation.sample_button", Action("evaluation.sample", kind), {"kind": kind}) for kind in Kind]
        )
    return Message("evaluation.overview", {"found": found}, rows)


async def start(context: Context, payload: str) -> bool:
    """A deep link from a group: to what somebody has to do, or to object."""
    if payload == LINK and not context.actor.chat.is_group:
        await pages.show(context, partial(overview.overview, actor=context.actor), say_overview)
        return True
    return await objection.start(context, payload)


async def press_new(_: Update, context: Context) -> None:
    """Button: begin an evaluation."""
    context.pressed.having(0)
    await form.begin(context, FORM)
    context.acknowledge()


def _number(context: Context) -> EvaluationId:
    return EvaluationId(context.pressed.numbers(1)[0])


async def press_desk(_: Update, context: Context) -> None:
    """Button: the office's card, at the end of the chat."""
    number, actor = _number(context), context.actor

    def unit(stores: Stores) -> None:
        cards.show_desk(stores, looking.run_by(stores, actor, number=number), actor.chat.id, key=context.key)

    await context.run(unit)
    context.acknowledge()


async def press_reviews(_: Update, context: Context) -> None:
    """Button: what somebody has to review, at the end of the chat."""
    number, actor = _number(context), context.actor

    def unit(stores: Stores) -> None:
        mine = reviewing.to_review(stores, actor, number=number)
        stores.outbox.delete(mine.evaluation.reviews(actor.member.id), key=f"{context.key}:before")
        stores.outbox.send(actor.chat.id, cards.reviews(mine, actor.member.id), key=context.key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def press_advance(_: Update, context: Context) -> None:
    """Button: go on to the next stage before its day; asks first."""
    number = _number(context)
    await pages.show(context, partial(looking.run_by, actor=context.actor, number=number), ask_advance)
    context.acknowledge()


def ask_advance(evaluation: Evaluation) -> Message:
    """The question whether to go on."""
    yes = Button("evaluation.advanced_button", Action("evaluation.advanced", evaluation.id))
    no = Button("evaluation.not_button", Action("evaluation.not"))
    return Message("evaluation.ask_advance", {"evaluation": evaluation}, [[yes, no]])


async def press_advanced(_: Update, context: Context) -> None:
    """Button: go on."""
    await pages.close(context, partial(running.advance, actor=context.actor, number=_number(context)))


async def press_cancel(_: Update, context: Context) -> None:
    """Button: call it off; asks first."""
    number = _number(context)
    await pages.show(context, partial(looking.run_by, actor=context.actor, number=number), ask_cancel)
    context.acknowledge()


def ask_cancel(evaluation: Evaluation) -> Message:
    """The question whether it is called off."""
    yes = Button("evaluation.cancelled_button", Action("evaluation.cancelled", evaluation.id))
    no = Button("evaluation.not_button", Action("evaluation.not"))
    return Message("evaluation.ask_cancel", {"evaluation": evaluation}, [[yes, no]])


async def press_cancelled(_: Update, context: Context) -> None:
    """Button: call it off."""
    await pages.close(context, partial(running.cancel, actor=context.actor, number=_number(context)))


async def press_not(_: Update, context: Context) -> None:
    """Button: leave it as it is."""
    await pages.close(context, lambda _: None)


async def press_result(_: Update, context: Context) -> None:
    """Button: how all stand."""
    number, page = context.pressed.numbers(2)
    use_case = partial(opening.standings, actor=context.actor, number=EvaluationId(number))
    await pages.show(context, use_case, partial(say_result, page=page))
    context.acknowledge()


async def press_result_page(_: Update, context: Context) -> None:
    """Button: another page of it."""
    number, page = context.pressed.numbers(2)
    use_case = partial(opening.standings, actor=context.actor, number=EvaluationId(number))
    await pages.turn(context, use_case, partial(say_result, page=page))


def say_result(found: Standings, *, page: int) -> Message:
    """A page of how all stand; each opens."""
    number, lines = found.evaluation.id, found.lines[page * PAGE : (page + 1) * PAGE]
    opens = [
        Button("evaluation.line_button", Action("evaluated.sheet", one.id), {"evaluated": one, "placed": placed})
        for one, placed in lines
    ]
    more = len(found.lines) > (page + 1) * PAGE
    turns = pages.page_buttons(
        first=Action("evaluation.result_page", number, 0) if page else None,
        further=Action("evaluation.result_page", number, page + 1) if more else None,
    )
    values = {"standings": found, "lines": lines, "page": page}
    return Message("evaluation.result", values, [*in_rows(opens, 3), *turns])


async def press_reviewers(_: Update, context: Context) -> None:
    """Button: who reviews whom."""
    number, page = context.pressed.numbers(2)
    use_case = partial(reviewing.reviewers, actor=context.actor, number=EvaluationId(number))
    await pages.show(context, use_case, partial(say_reviewers, page=page))
    context.acknowledge()


async def press_reviewers_page(_: Update, context: Context) -> None:
    """Button: another page of who reviews whom."""
    number, page = context.pressed.numbers(2)
    use_case = partial(reviewing.reviewers, actor=context.actor, number=EvaluationId(number))
    await pages.turn(context, use_case, partial(say_reviewers, page=page))


def say_reviewers(found: Pairs, *, page: int) -> Message:
    """Who reviews whom; those without a reviewer first."""
    evaluation, pairs = found
    ordered = sorted(pairs, key=lambda pair: pair[1] is not None)
    lines = ordered[page * PAGE : (page + 1) * PAGE]
    buttons = [
        Button("evaluation.assign_button", Action("evaluation.assigning", one.id), {"evaluated": one})
        for one, _ in lines
    ]
    more = len(ordered) > (page + 1) * PAGE
    turns = pages.page_buttons(
        first=Action("evaluation.reviewers_page", evaluation.id, 0) if page else None,
        further=Action("evaluation.reviewers_page", evaluation.id, page + 1) if more else None,
    )
    rows = [*in_rows(buttons, 3), *turns] if evaluation.stage in (Stage.SELF, Stage.REVIEW) else turns
    return Message("evaluation.reviewers", {"evaluation": evaluation, "lines": lines}, rows)


async def press_assigning(_: Update, context: Context) -> None:
    """Button: who may review one."""
    number = EvaluatedId(context.pressed.numbers(1)[0])
    await pages.turn(context, partial(reviewing.assigning, actor=context.actor, number=number), say_assigning)


def say_assigning(found: Assigning) -> Message:
    """Who may review one; nobody of its own branch is among them."""
    buttons = [
        Button("evaluation.candidate_button", Action("evaluation.assign", found.evaluated.id, who.id), {"who": who})
        for who in found.candidates
    ]
    back = [Button("evaluation.reviewers_button", Action("evaluation.reviewers_page", found.evaluation.id, 0))]
    return Message("evaluation.assigning", {"assigning": found}, [*in_rows(buttons, 2), back])


async def press_assign(_: Update, context: Context) -> None:
    """Button: this is the reviewer."""
    number, member = context.pressed.numbers(2)
    actor = context.actor

    def unit(stores: Stores) -> Pairs:
        done = reviewing.assign(stores, actor, number=EvaluatedId(number), reviewer=MemberId(member))
        return reviewing.reviewers(stores, actor, number=done.evaluated.evaluation)

    await pages.turn(context, unit, partial(say_reviewers, page=0))


FEATURE = Feature(
    "evaluation",
    handlers=(
        Command("evaluate", show, TAKE_PART),
        PrivatePress("evaluation.new", press_new, OWN),
        PrivatePress("evaluation.desk", press_desk, OWN),
        PrivatePress("evaluation.reviews", press_reviews, OWN),
        PrivatePress("evaluation.advance", press_advance, OWN),
        PrivatePress("evaluation.advanced", press_advanced, OWN),
        PrivatePress("evaluation.cancel", press_cancel, OWN),
        PrivatePress("evaluation.cancelled", press_cancelled, OWN),
        PrivatePress("evaluation.not", press_not, OWN),
        PrivatePress("evaluation.result", press_result, OWN),
        PrivatePress("evaluation.result_page", press_result_page, OWN),
        PrivatePress("evaluation.reviewers", press_reviewers, OWN),
        PrivatePress("evaluation.reviewers_page", press_reviewers_page, OWN),
        PrivatePress("evaluation.assigning", press_assigning, OWN),
        PrivatePress("evaluation.assign", press_assign, OWN),
        *evaluation_files.PRESSES,
        *evaluated.PRESSES,
        *objection.PRESSES,
    ),
    entries=(
        Entry(
            "evaluate",
            "evaluation",
            TAKE_PART,
            34,
            frozenset({Audience.SECRETARIES, Audience.PRIVATE}),
            help=Help(34),
        ),
    ),
    start=start,
    takes=evaluation_files.take,
    forms=(FORM, evaluation_files.FORM, *evaluated_form.FORMS, *objection.FORMS),
)
