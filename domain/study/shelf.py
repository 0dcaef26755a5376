"""What the library contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import EnterpriseJob, Feature
from domain.messaging.message import Action, Button, Text
from domain.people.permission import Permission, allows
from domain.study.expiring import EXPIRING, tell
from domain.study.keeping import ATTACHED, RETURNED, WITHDRAWN, called, own_progress
from domain.study.menu import StudyEntry
from domain.study.series import CAMPAIGN_ENDED, COURSE_ENDED
from domain.today import Part

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.study.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.studies.pass_on(awaited, known)


def _offer(stores: Stores, actor: Actor) -> Part | None:
    """The way to the library, for whoever keeps it."""
    if not allows(stores, actor, Permission.KEEP_LIBRARY):
        return None
    return Part(Text("library.manage"), [[Button("library.manage_button", Action("library.page", 0))]], waits=False)


def _courses(stores: Stores, actor: Actor) -> Part | None:
    """How far somebody is in the courses that they have begun and not ended."""
    found = [(course, made) for course, made in own_progress(stores, actor) if made.done < made.of]
    return Part(Text("library.courses", {"courses": found}), waits=False) if found else None


FEATURE = Feature(
    "library",
    study_menu=(StudyEntry(40, _courses),),
    jobs=(EnterpriseJob(EXPIRING, tell),),
    study_desk=(StudyEntry(90, _offer),),
    merged=_merged,
    audit=(WITHDRAWN, RETURNED, ATTACHED, COURSE_ENDED, CAMPAIGN_ENDED),
    named={"study_item": called},
)
