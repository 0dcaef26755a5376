"""What procedures contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import ProcedureId, RunId
from domain.today import Today
from domain.work.procedure.card import redrawn
from domain.work.procedure.keeping import KEPT, REMOVED
from domain.work.procedure.looking_back import PROCEDURE_CHANGED
from domain.work.procedure.running import STARTED, STOPPED, task_ended
from domain.work.procedure.today import tell

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.work.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.procedures.pass_on(awaited, known)
    stores.lessons.pass_on(awaited, known)


def _procedure(stores: Stores, number: int) -> str | None:
    kept = stores.procedures.get(ProcedureId(number))
    return None if kept is None else kept.procedure.title


def _run(stores: Stores, number: int) -> str | None:
    run = stores.procedures.run(RunId(number))
    return None if run is None else run.title


FEATURE = Feature(
    "procedure",
    merged=_merged,
    today=(Today(28, tell),),
    audit=(KEPT, REMOVED, PROCEDURE_CHANGED, STARTED, STOPPED),
    named={"procedure": _procedure, "procedure_run": _run},
    drawn={"procedure_run": redrawn},
    task_ended=task_ended,
)
