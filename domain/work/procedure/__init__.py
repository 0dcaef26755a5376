"""Standard procedures (标准流程): templates of steps that wait for others, and runs of them with their own card."""

from domain.work.procedure.feature import FEATURE
from domain.work.procedure.model import (
    Anchor,
    Fault,
    Kept,
    Procedure,
    Procedures,
    Run,
    RunState,
    RunStep,
    Step,
    StepState,
    WrongProcedure,
)

__all__ = [
    "FEATURE",
    "Anchor",
    "Fault",
    "Kept",
    "Procedure",
    "Procedures",
    "Run",
    "RunState",
    "RunStep",
    "Step",
    "StepState",
    "WrongProcedure",
]
