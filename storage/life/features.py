"""The features of party life in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.life import decision, evaluation, indicators, inspection, meeting, rectification, training

FEATURES = declared_in(vars())


class Stores:
    """The stores of party life."""

    decisions = Lazy(decision.Decisions)
    evaluations = Lazy(evaluation.Evaluations)
    findings = Lazy(rectification.Findings)
    indicators = Lazy(indicators.Indicators)
    inspections = Lazy(inspection.Inspections)
    meetings = Lazy(meeting.Meetings)
    trainings = Lazy(training.Trainings)
