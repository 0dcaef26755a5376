"""The roster in chat: an administrator sends the file in private, sees the changes, and confirms or cancels."""

from handlers.people.roster.chat import FEATURE
from handlers.people.roster.files import NotARoster, as_roster, export, template

__all__ = ["FEATURE", "NotARoster", "as_roster", "export", "template"]
