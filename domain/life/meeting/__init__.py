"""Meetings: called with a notice, attended by check-in, with a quorum that is counted before a vote."""

from domain.life.meeting.feature import FEATURE, HasMeetings

__all__ = ["FEATURE", "HasMeetings"]
