"""Trainings in chat: /training in private, the plan, needs, sessions; one's own certificates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ChatId, RecordId, TrainingId
from domain.life.training import certificates, needs, planning, sessions
from domain.life.training.model import Whom
from domain.life.training.needs import Source
from domain.life.training.quarter import QUARTERS, Quarter
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Permission
from handlers import access, pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.command import Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help
from handlers.form import NUMBER
from handlers.life import training_pages, training_past
from handlers.life.groups import in_group
from handlers.life.training_fields import MINUTES, QUARTER, QUARTER_CODEC, SUBJECT, TOPIC, TOPIC_CODEC
from handlers.life.training_form import ABOUT, FORM, NEED, SESSION
from handlers.life.training_whom import WHOM, WHOM_CODEC
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from domain.life.training.certificates import Certificate, Own
    from domain.life.training.planning import Detail, Plan
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
NEEDS = Needs(in_private=OWN)
GROUPS, LISTED, SESSIONS, CERTIFICATES = 10, 10, 5, 8
USUAL_MINUTES = 120


async def show(_: Update, context: Context) -> None:
    """/training: the plan of the group whose work one plans; which one, if there are several; else one's own."""
    there = await access.where_allowed(context, PLAN)
    if len(there) == 1:
        await pages.show(context, partial(planning.show, actor=there[0]), say_plan)
    elif there:
        await pages.show(context, lambda _: there, partial(say_groups, page=0))
    else:
        await pages.show(context, partial(certificates.own, actor=context.actor), say_own)


async def press_home(update: Update, context: Context) -> None:
    """Button of today's card: the same."""
    context.pressed.having(0)
    await show(update, context)
    context.acknowledge()


async def press_groups(_: Update, context: Context) -> None:
    """Button: a page of the groups whose plan may be looked at."""
    (page,) = context.pressed.numbers(1)
    there = await access.where_allowed(context, PLAN)
    await pages.turn(context, lambda _: there, partial(say_groups, page=page))


def say_groups(there: Sequence[Actor], *, page: int) -> Message:
    """The groups whose plan may be looked at."""
    shown = there[page * GROUPS : (page + 1) * GROUPS]
    rows = [
        [Button("training.group_button", Action("training.plan", one.group.id, 0, 0), {"group": one.group})]
        for one in shown
    ]
    turns = pages.page_buttons(
        first=Action("training.groups", 0) if page else None,
        further=Action("training.groups", page + 1) if len(there) > (page + 1) * GROUPS else None,
    )
    mine = Button("training.mine_button", Action("training.mine"))
    return Message("training.choose_group", {}, [*rows, *turns, [mine]])


async def press_mine(_: Update, context: Context) -> None:
    """Button: one's own trainings, in a message of its own."""
    context.pressed.having(0)
    await pages.show(context, partial(certificates.own, actor=context.actor), say_own)
    context.acknowledge()


def say_own(own: Own) -> Message:
    """One's own trainings, with a button for each certificate."""
    rows = [
        [
            Button(
                "training.certificate_button",
                Action("training.certificate", record.id),
                {"training": training, "record": record},
            )
        ]
        for record, training in own.records[:CERTIFICATES]
    ]
    return Message("training.own", {"own": own}, rows)


async def press_certificate(_: Update, context: Context) -> None:
    """Button: a certificate as a picture."""
    number = RecordId(context.pressed.numbers(1)[0])
    use_case = partial(certificates.certificate, actor=context.actor, number=number)
    await context.answer(use_case, say_certificate)
    context.acknowledge()


def say_certificate(found: Certificate) -> Message:
    """A certificate as a picture; its text says the same."""
    return Message("training.certificate", {"certificate": found}, picture=found.as_picture())


async def press_plan(_: Update, context: Context) -> None:
    """Button: the plan of a quarter; of the one that runs where it is 0."""
    group, year, number = context.pressed.numbers(3)
    actor = await in_group(context, ChatId(group))
    if number > QUARTERS or (year and not 2000 <= year < 3000):  # noqa: PLR2004 - years of calendars
        raise ButtonExpired
    quarter = Quarter(year, number) if year and number else None
    await pages.turn(context, partial(planning.show, actor=actor, quarter=quarter), say_plan)


def say_plan(plan: Plan) -> Message:
    """A quarter of the plan, with a button for each training."""
    group = plan.group.id

    def turn(step: int) -> Button:
        quarter = plan.quarter.later(step)
        return Button("training.turn_button", Action("training.plan", group, *quarter), {"quarter": quarter})

    rows = [
        [Button("training.detail_button", Action("training.detail", one.id, group), {"training": one})]
        for one in plan.trainings[:LISTED]
    ]
    plan_one = [
        Button("training.new_button", Action("training.new", group)),
        Button("training.needs_button", Action("training.needs", group)),
    ]
    look = [
        Button("training.due_button", Action("training.due", group)),
        Button("training.coverage_button", Action("training.coverage", group)),
        Button("training.mine_button", Action("training.mine")),
    ]
    return Message("training.plan", {"plan": plan}, [*rows, [turn(-1), turn(1)], plan_one, look])


async def press_new(_: Update, context: Context) -> None:
    """Button: plan a training."""
    there = await access.where_pressed(context, PLAN, context.pressed.numbers(1)[0])
    await form.begin_at(context, FORM, there, pressed=True)
    context.acknowledge()


async def press_needs(_: Update, context: Context) -> None:
    """Button: what people need to be trained in."""
    actor = await in_group(context, ChatId(context.pressed.numbers(1)[0]))
    await pages.turn(context, partial(needs.needs, actor=actor), training_pages.say_needs)


async def press_need(_: Update, context: Context) -> None:
    """Button: plan a training for a need: all of it is filled in, and can be changed at the preview."""
    pressed = context.pressed.having(4)
    there = await access.where_pressed(context, PLAN, pressed.number())
    source, number, place = pressed.member(Source, 1), pressed.number(2), pressed.number(3)
    need = await context.read(partial(needs.one, actor=there, source=source, number=number, place=place))
    if need is None:
        raise ButtonExpired
    coming = Quarter.of(there.today).later(1)
    known = {
        SUBJECT.name: SUBJECT.codec.keep(need.subject),
        WHOM.name: WHOM_CODEC.keep(Whom()),
        MINUTES.name: NUMBER.keep(USUAL_MINUTES),
        QUARTER.name: QUARTER_CODEC.keep(coming),
        NEED: need.words,
    }
    if need.can_be_tested:
        known[TOPIC.name] = TOPIC_CODEC.keep(need.topic)
    await form.begin_at(context, FORM, there, pressed=True, known=known)
    context.acknowledge()


async def press_detail(_: Update, context: Context) -> None:
    """Button: a training with its sessions."""
    number, group = context.pressed.numbers(2)
    actor = await in_group(context, ChatId(group))
    await pages.turn(context, partial(planning.detail, actor=actor, number=TrainingId(number)), say_detail)


def say_detail(found: Detail) -> Message:
    """A training, with its sessions and what can be done with it."""
    number, group = found.training.id, found.group.id
    sessions_ = [
        [Button("training.session_button", Action("training.held", session.id, group), {"meeting": meeting})]
        for session, meeting in found.sessions[-SESSIONS:]
        if session.settled_at is not None
    ]
    own = [Button("training.withdraw_button", Action("training.withdraw", number, group))] if found.is_own else []
    back = Button("training.back_button", Action("training.plan", group, *found.training.quarter))
    first = [Button("training.schedule_button", Action("training.schedule", number, group))]
    return Message("training.detail", {"found": found}, [first, *sessions_, [*own, back]])


async def press_schedule(_: Update, context: Context) -> None:
    """Button: call a session for those who have still to do it; time and place are asked for."""
    number, group = context.pressed.numbers(2)
    there = await access.where_pressed(context, PLAN, group)
    await context.read(partial(sessions.ready, actor=there, number=TrainingId(number)))
    await form.begin_at(context, SESSION, there, known={ABOUT: str(number)})
    context.acknowledge()


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: ask whether a training is taken out of the plan."""
    number, group = context.pressed.numbers(2)
    actor = await in_group(context, ChatId(group))
    await pages.turn(context, partial(planning.detail, actor=actor, number=TrainingId(number)), ask_withdraw)


def ask_withdraw(found: Detail) -> Message:
    """The question whether a training is taken out of the plan."""
    number, group = found.training.id, found.group.id
    yes = Button("training.withdrawn_button", Action("training.withdrawn", number, group))
    keep = Button("training.keep_button", Action("training.detail", number, group))
    return Message("training.ask_withdraw", {"training": found.training}, [[yes, keep]])


async def press_withdrawn(_: Update, context: Context) -> None:
    """Button: take it out; the plan is shown again."""
    number, group = context.pressed.numbers(2)
    actor = await in_group(context, ChatId(group))

    def unit(stores: Stores) -> Plan:
        training = planning.withdraw(stores, actor, number=TrainingId(number))
        return planning.show(stores, actor, quarter=training.quarter)

    await pages.turn(context, unit, say_plan)


FEATURE = Feature(
    "training",
    handlers=(
        Command("training", show, NEEDS),
        PrivatePress("training.home", press_home, OWN),
        PrivatePress("training.groups", press_groups, OWN),
        PrivatePress("training.mine", press_mine, OWN),
        PrivatePress("training.certificate", press_certificate, OWN),
        PrivatePress("training.plan", press_plan, OWN),
        PrivatePress("training.new", press_new, OWN),
        PrivatePress("training.needs", press_needs, OWN),
        PrivatePress("training.need", press_need, OWN),
        PrivatePress("training.detail", press_detail, OWN),
        PrivatePress("training.schedule", press_schedule, OWN),
        PrivatePress("training.withdraw", press_withdraw, OWN),
        PrivatePress("training.withdrawn", press_withdrawn, OWN),
        *training_pages.PRESSES,
        *training_past.PRESSES,
    ),
    entries=(Entry("training", "training", NEEDS, 31, frozenset({Audience.PRIVATE}), help=Help(31)),),
    forms=(FORM, SESSION, training_past.FORM),
)
