"""The features of party life, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import Protocol

from domain.feature import declared_in
from domain.life import action, activity, branch_card, inspection, meeting, rectification, training, upcoming
from domain.life.evaluation import feature as evaluation
from domain.life.evaluation import indicator
from domain.voice.features import Stores as Right

FEATURES = declared_in(vars())


class Stores(
    action.HasActions,
    activity.HasActivities,
    branch_card.HasBranchCards,
    evaluation.HasEvaluations,
    indicator.HasIndicators,
    inspection.HasInspections,
    meeting.HasMeetings,
    rectification.HasFindings,
    training.HasTrainings,
    Right,
    Protocol,
):
    """What party life may touch."""
