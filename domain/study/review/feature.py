"""What review contributes to the rest of the domain: its line on today's card, and a quiet one on workdays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.feature import Feature, GroupJob
from domain.messaging import burden
from domain.messaging.message import Action, Button, Text
from domain.people import today
from domain.study.menu import StudyEntry
from domain.study.review.following import REVIEWED
from domain.study.review.service import day_of, standing
from domain.today import Part, Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.study.features import Stores


def _tell(stores: Stores, actor: Actor) -> Part | None:
    """How many questions are left of today's share; nothing while somebody has paused."""
    own = actor.member.id
    now = standing(stores, own, day_of(stores, own, actor.now))
    if now.is_paused or not now.left:
        return None
    begin = Button("review.begin_button", Action("review.begin"))
    return Part(
        Text("review.today", {"count": now.left}), [[begin, Button("review.pause_button", Action("review.pause"))]]
    )


def _menu(stores: Stores, actor: Actor) -> Part | None:
    """The same under the message of /study."""
    part = _tell(stores, actor)
    return part and replace(part, buttons=[[Button("review.begin_button", Action("review.begin"))]])


def bring(stores: Stores, group: Chat, slot: datetime) -> None:
    """Bring today's card to the people of a group who have something due: no more than one message, without a sound.

    Not to people on leave, nor to those who have had enough this week.
    """
    day = group.day(slot)
    due = [one for one in stores.reviews.people_due(group.id, day) if stores.members.home(one) == group.id]
    away = stores.people.away(due, day)
    for member in due:
        if member not in away and not burden.is_spent_for(stores, member, group, slot):
            today.bring(stores, member, slot, key=f"review:{member}:{day}")


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.reviews.hand_over(awaited, known)


DAILY = Schedule("review.daily", cron="45 8 * * *", scope=Scope.GROUP, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY)
FEATURE = Feature(
    "review",
    jobs=(GroupJob(DAILY, bring),),
    today=(Today(33, _tell),),
    study_menu=(StudyEntry(30, _menu),),
    events=(REVIEWED,),
    merged=_merged,
)
