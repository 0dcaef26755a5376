"""After an activity: who came is credited and asked how it was; what it has cost is noted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.life.activity.looking import at_stage, known, sheet_of
from domain.life.activity.model import BEST, MAX_YUAN, QUESTIONS, Activity, Sheet, Signup, State
from domain.life.activity.refusing import ActivityNotFound, ActivityOver
from domain.messaging.message import Action, Button, Message, Subject
from domain.points import points
from domain.points.event import Event, EventName

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ActivityId, MemberId
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor

CAME = Event(EventName("activity.came"))


def credit(stores: Stores, activity: Activity, group: Chat, member: MemberId, at: datetime) -> None:
    """Somebody came."""
    source = f"activity:{activity.id}"
    points.award(stores, member, group, CAME, {}, source=source, cause=activity.title, at=at)


def take_back(stores: Stores, activity: Activity, member: MemberId, at: datetime) -> None:
    """Somebody did not come after all."""
    points.reverse(stores, member, CAME, source=f"activity:{activity.id}", at=at)


def feedback(activity: Activity, who: Signup) -> Message:
    """Three questions in one message, answered by its buttons and edited in place."""
    rows = [
        [
            Button(
                "activity.mark_button",
                Action("activity.rate", activity.id, question, mark),
                {"question": question, "value": mark, "chosen": who.marks[question] == mark},
            )
            for mark in range(1, BEST + 1)
        ]
        for question in range(QUESTIONS)
    ]
    photo = [Button("activity.photo_button", Action("activity.photos", activity.id))]
    values = {"activity": activity, "who": who}
    return Message(
        "activity.feedback", values, [*rows, photo], Subject("activity_feedback", activity.id, who.member), silent=True
    )


def ask(stores: Stores, activity: Activity, who: Signup) -> None:
    """Ask somebody how it was, once, where they can be written to."""
    private = stores.members.get(who.member).private
    if private is not None:
        stores.outbox.send(private, feedback(activity, who), key=f"activity:{activity.id}:feedback:{who.member}")


def rate(stores: Stores, actor: Actor, *, number: ActivityId, question: int, mark: int) -> Activity:
    """Somebody who came answers a question, or changes their answer.

    Raises ActivityNotFound for whoever did not come, ActivityOver before the end.
    """
    sheet = known(stores, actor, number=number)
    mine = sheet.of(actor.member.id)
    if mine is None or not mine.is_present or not (0 <= question < QUESTIONS and 1 <= mark <= BEST):
        raise ActivityNotFound
    if sheet.activity.state is not State.ENDED:
        raise ActivityOver(activity=sheet.activity)
    first, second, third = (mark if one == question else before for one, before in enumerate(mine.marks))
    said = replace(mine, marks=(first, second, third))
    stores.activities.save_signup(said)
    message = feedback(sheet.activity, said)
    moment = actor.heard_at.timestamp()
    if message.subject is not None:
        stores.outbox.edit(message.subject, message, key=f"{message.subject}:{question}:{mark}:{moment}")
    stores.outbox.refresh(sheet.activity.desk, key=f"rated:{mine.id}:{question}:{mark}:{moment}")
    return sheet.activity


def put_cost(stores: Stores, actor: Actor, *, number: ActivityId, spent: int) -> Sheet:
    """Note what it has cost (yuan). Raises ActivityNotFound, ActivityOver."""
    sheet = at_stage(stores, actor, number, State.HELD, State.ENDED)
    stores.activities.save(replace(sheet.activity, spent=min(spent, MAX_YUAN)))
    stores.outbox.refresh(sheet.activity.desk, key=f"spent:{spent}:{actor.heard_at.timestamp()}")
    return sheet_of(stores, stores.activities.get(number) or sheet.activity)
