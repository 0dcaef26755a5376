"""The features of party life in the store, and their stores; a new one is a line in each list."""

from storage.feature import Keyed, Lazy, declared_in
from storage.life import ballot, decision, meeting, meeting_personal, preparing

FEATURES = declared_in(vars())


class Stores:
    """The stores of party life."""

    ballots = Keyed(ballot.Ballots)
    decisions = Lazy(decision.Decisions)
    meetings = Lazy(meeting.Meetings)
    preparers = Lazy(preparing.Preparers)
