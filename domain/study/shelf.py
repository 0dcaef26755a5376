"""What the library contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import EnterpriseJob, Feature
from domain.messaging.message import Action, Button, Text
from domain.people.permission import Permission, allows
from domain.study.expiring import EXPIRING, tell
from domain.study.keeping import RETURNED, WITHDRAWN, called
from domain.study.menu import StudyEntry
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


FEATURE = Feature(
    "library",
    jobs=(EnterpriseJob(EXPIRING, tell),),
    study_desk=(StudyEntry(90, _offer),),
    merged=_merged,
    audit=(WITHDRAWN, RETURNED),
    named={"study_item": called},
)
