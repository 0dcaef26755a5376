"""The roster in chat: an administrator sends the file in private, sees what it would change, and agrees or not."""

from handlers.people.roster.chat import Preview, handlers
from handlers.people.roster.files import NotARoster, as_roster, export, template

__all__ = ["NotARoster", "Preview", "as_roster", "export", "handlers", "template"]
