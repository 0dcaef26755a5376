"""A local Telegram: the Bot API over HTTP, and a chat page in the browser."""

from sandbox.calls import Call
from sandbox.chats import Chat, Topic
from sandbox.clock import Clock
from sandbox.errors import Refusal
from sandbox.faults import Fault
from sandbox.files import Upload
from sandbox.limits import Limits
from sandbox.people import Bot, User
from sandbox.sandbox import Sandbox

__all__ = ["Bot", "Call", "Chat", "Clock", "Fault", "Limits", "Refusal", "Sandbox", "Topic", "Upload", "User"]
