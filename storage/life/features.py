"""The features of party life in the store, and their stores; a new one is a line in each list."""

from storage.feature import Keyed, Lazy, declared_in
from storage.life import (
    action,
    activity,
    activity_personal,
    ballot,
    branch_card,
    decision,
    evaluation,
    indicators,
    inspection,
    meeting,
    meeting_personal,
    preparing,
    rectification,
    rectification_personal,
    training,
)

FEATURES = declared_in(vars())


class Stores:
    """The stores of party life."""

    branch_cards = Lazy(branch_card.BranchCards)
    ballots = Keyed(ballot.Ballots)
    actions = Lazy(action.Actions)
    activities = Lazy(activity.Activities)
    decisions = Lazy(decision.Decisions)
    findings = Lazy(rectification.Findings)
    inspections = Lazy(inspection.Inspections)
    evaluations = Lazy(evaluation.Evaluations)
    indicators = Lazy(indicators.Indicators)
    meetings = Lazy(meeting.Meetings)
    preparers = Lazy(preparing.Preparers)
    trainings = Lazy(training.Trainings)
