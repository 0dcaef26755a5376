"""The features of party life in the store, and their stores; a new one is a line in each list."""

from storage.feature import Lazy, declared_in
from storage.life import action, activity, decision, meeting

FEATURES = declared_in(vars())


class Stores:
    """The stores of party life."""

    actions = Lazy(action.Actions)
    activities = Lazy(activity.Activities)
    decisions = Lazy(decision.Decisions)
    meetings = Lazy(meeting.Meetings)
