"""/schedule: show and change when scheduled jobs run; in a group for that group, in private for the enterprise."""

from handlers.clock.schedule.chat import FEATURE

__all__ = ["FEATURE"]
