"""The roster from a file: what it would change, shown before anything is done, and done all at once or not at all."""

from domain.people.roster.feature import FEATURE
from domain.people.roster.importing import bring_in
from domain.people.roster.listing import Listed, listed
from domain.people.roster.model import Change, Imported, Leave, Move, Plan, PlanChanged, Roster, Row, Unclear, Why
from domain.people.roster.planning import Known, known, plan

__all__ = [
    "FEATURE",
    "Change",
    "Imported",
    "Known",
    "Leave",
    "Listed",
    "Move",
    "Plan",
    "PlanChanged",
    "Roster",
    "Row",
    "Unclear",
    "Why",
    "bring_in",
    "known",
    "listed",
    "plan",
]
