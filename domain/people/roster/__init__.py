"""The roster from a file: what it would change, shown before anything is done, and done all at once or not at all."""

from domain.people.roster.agreeing import FORM, Preview, agree, decline, propose, proposed
from domain.people.roster.feature import FEATURE
from domain.people.roster.importing import bring_in, carry_out
from domain.people.roster.listing import Listed, export, listed, note_export, show
from domain.people.roster.model import (
    Change,
    Imported,
    Leave,
    ManyLeave,
    Move,
    Plan,
    PlanChanged,
    Power,
    Roster,
    Row,
    Thinned,
    Unclear,
    Unused,
    Why,
)
from domain.people.roster.planning import Known, known, look, plan

__all__ = [
    "FEATURE",
    "FORM",
    "Change",
    "Imported",
    "Known",
    "Leave",
    "Listed",
    "ManyLeave",
    "Move",
    "Plan",
    "PlanChanged",
    "Power",
    "Preview",
    "Roster",
    "Row",
    "Thinned",
    "Unclear",
    "Unused",
    "Why",
    "agree",
    "bring_in",
    "carry_out",
    "decline",
    "export",
    "known",
    "listed",
    "look",
    "note_export",
    "plan",
    "propose",
    "proposed",
    "show",
]
