"""The forms of trainings: a line of the plan, and a session, of which all but time and place is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.ids import TrainingId
from domain.life.meeting.holding import send_desk
from domain.life.meeting.model import InThePast
from domain.life.training import planning, sessions
from domain.life.training.model import USUAL_PASS, Exam
from domain.life.training.planning import Wish
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import Permission
from handlers import pages
from handlers.action import ButtonExpired
from handlers.form import NUMBER, AskAgain, Ending, Filled, Form, Told
from handlers.life import meeting_form
from handlers.life.preparing import items_of
from handlers.life.training_fields import (
    BOOL,
    MAYBE,
    MINUTES,
    PASS,
    QUARTER,
    REQUIRED,
    SUBJECT,
    TOPIC,
    TOPIC_CODEC,
    VALID,
)
from handlers.life.training_whom import WHOM, group_of

if TYPE_CHECKING:
    from domain.life.training.model import Training
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
ABOUT, NEED = "training", "need"  # the draft's keys: the training of a session; what asked for a training


def wish_of(filled: Filled) -> Wish:
    """What the form asks for."""
    topic = filled[TOPIC]
    return Wish(
        filled[SUBJECT],
        filled[WHOM],
        filled[MINUTES],
        filled[QUARTER],
        filled[REQUIRED],
        filled[VALID],
        None if topic is None else Exam(topic, filled[PASS]),
        filled.draft.values.get(NEED, ""),
    )


def preview(stores: Stores, filled: Filled) -> Message:
    """The line as it will stand in the plan."""
    return Message("training.preview", {"outline": planning.outline(stores, group_of(stores, filled), wish_of(filled))})


async def plan(context: Context, filled: Filled) -> Ending:
    """Plan the training; whoever does is told so in private, the group nothing."""
    actor, private, source = context.actor, filled.draft.chat, f"draft:{filled.draft.id}"

    def plan_it(stores: Stores) -> Told:
        made = planning.plan(stores, actor, wish=wish_of(filled), source=source)
        said = replace(say_planned(made, actor), subject=Subject(pages.PAGE, context.update_id))
        stores.outbox.send(private, said, key=f"training:{made.id}:planned", urgent=True)
        return Told()

    return plan_it


def say_planned(training: Training, actor: Actor) -> Message:
    """The confirmation, with the way to a session."""
    group = actor.group.id
    rows = [
        [
            Button("training.schedule_button", Action("training.schedule", training.id, group)),
            Button("training.plan_button", Action("training.plan", group, *training.quarter)),
        ]
    ]
    return Message("training.planned", {"training": training}, rows)


FORM = Form(
    "training",
    (SUBJECT, WHOM, MINUTES, QUARTER, REQUIRED, VALID, TOPIC, PASS),
    PLAN,
    plan,
    preview,
    for_groups=True,
    usual={
        REQUIRED.name: BOOL.keep(False),
        VALID.name: MAYBE.keep(None),
        TOPIC.name: TOPIC_CODEC.keep(None),
        PASS.name: NUMBER.keep(USUAL_PASS),
    },
)


def _about(filled: Filled) -> TrainingId:
    return TrainingId(filled.number(ABOUT))


def ask_when(stores: Stores, filled: Filled) -> Message:
    """Ask for day, time and place of a session."""
    return Message("training.ask_when", {"training": stores.trainings.get(_about(filled))})


def preview_session(stores: Stores, filled: Filled) -> Message:
    """What the group will see: it is called for those who have still to do the training."""
    training, group = stores.trainings.get(_about(filled)), group_of(stores, filled)
    if training is None:
        raise ButtonExpired
    when, where = filled[WHEN], filled[WHERE]
    found = sessions.outlined(stores, group, training, starts_at=when, place=where)
    return Message("meeting.preview", {"outline": found, "agenda": items_of(stores, group, found.wish)})


async def schedule(context: Context, filled: Filled) -> Ending:
    """Call the session. Raises AskAgain where its time has come meanwhile."""
    if filled[WHEN] <= context.now:
        raise AskAgain(WHEN, InThePast())
    actor, private, source = context.actor, filled.draft.chat, f"draft:{filled.draft.id}"

    def call_it(stores: Stores) -> Told:
        when, where = filled[WHEN], filled[WHERE]
        _, roll = sessions.schedule(stores, actor, number=_about(filled), starts_at=when, place=where, source=source)
        if not stores.chats.get(private).is_group:
            send_desk(stores, roll, key=str(roll.meeting.desk))
        return Told()

    return call_it


WHEN, WHERE = replace(meeting_form.WHEN, ask=ask_when), meeting_form.PLACE
SESSION = Form("training_session", (WHEN, WHERE), PLAN, schedule, preview_session, for_groups=True)
