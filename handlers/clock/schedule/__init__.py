"""/schedule: what the clock does and when, shown and changed; in a group for it, in private for the enterprise."""

from handlers.clock.schedule.chat import FEATURE

__all__ = ["FEATURE"]
