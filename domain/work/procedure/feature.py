"""What procedures contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import ProcedureId, RunId
from domain.today import Today
from domain.work.procedure.card import current_card, refresh
from domain.work.procedure.keeping import KEPT, REMOVED
from domain.work.procedure.looking_back import PROCEDURE_CHANGED
from domain.work.procedure.running import STARTED, STOPPED, starter_left, task_ended
from domain.work.procedure.today import tell

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.work.features import Stores


MOVED = ("reassigned:", "postponed:")  # causes of changes that a card shows


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.procedures.pass_on(awaited, known)
    stores.lessons.pass_on(awaited, known)


def _changed(stores: Stores, member: MemberId, cause: str, at: datetime) -> None:
    """A task was given to somebody else, or is due later: a card that names it is shown anew."""
    if cause.startswith(MOVED):
        for run in stores.procedures.open_for(member):
            refresh(stores, run, at, cause)


def _procedure(stores: Stores, number: int) -> str | None:
    kept = stores.procedures.get(ProcedureId(number))
    return None if kept is None else kept.procedure.title


def _run(stores: Stores, number: int) -> str | None:
    run = stores.procedures.run(RunId(number))
    return None if run is None else run.title


FEATURE = Feature(
    "procedure",
    merged=_merged,
    left=starter_left,
    changed=_changed,
    today=(Today(28, tell),),
    audit=(KEPT, REMOVED, PROCEDURE_CHANGED, STARTED, STOPPED),
    named={"procedure": _procedure, "procedure_run": _run},
    current={"procedure_run": current_card},
    task_ended=task_ended,
)
