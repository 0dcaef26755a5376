"""The features of party life, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import Protocol

from domain.feature import declared_in
from domain.life import action, activity, meeting
from domain.voice.features import Stores as Right

FEATURES = declared_in(vars())


class Stores(action.HasActions, activity.HasActivities, meeting.HasMeetings, Right, Protocol):
    """What party life may touch."""
