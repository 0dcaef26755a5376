"""What all calls of `/sandbox/…` have in common: a sandbox, and finding whom and what they are about."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.chats import Chat
from sandbox.control.wish import Wish
from sandbox.errors import Refusal
from sandbox.messages import Message
from sandbox.people import Bot, User
from sandbox.views import chat_view

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

Json = dict[str, Any]
# A verb, a path below /sandbox/, and what answers it with something that becomes JSON.
Entry = tuple[str, str, Callable[[Wish], Any]]


class Desk:
    """Calls on one sandbox."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox

    def person(self, wish: Wish, name: str = "as") -> User:
        """The person whom a value names."""
        return self.sandbox.world.person(wish.whole(name))

    def place(self, wish: Wish) -> tuple[Chat, User | None]:
        """A chat, and the person who looks at it if one is named."""
        person = self.person(wish) if wish.has("as") else None
        return self.sandbox.chat(wish.path("chat"), person), person

    def actor(self, wish: Wish) -> tuple[Chat, User]:
        """A chat, and the person who acts in it."""
        person = self.person(wish)
        return self.sandbox.chat(wish.path("chat"), person), person

    def target(self, wish: Wish) -> tuple[Message, User]:
        """A message, and the person who does something with it. Raises Refusal 403: they are not in its chat."""
        chat, person = self.actor(wish)
        if not chat.member(person).present:
            raise Refusal(f"{person.full_name} is not in this chat.", 403)
        return self.sandbox.message(chat, wish.path("id")), person

    def seen_by(self, chat: Chat, wish: Wish, name: str) -> Json:
        """A ChatView for the person whom a value names."""
        number = wish.maybe_whole(name)
        viewer = self.sandbox.world.users.get(number) if number is not None else None
        return chat_view(chat, None if viewer is None or isinstance(viewer, Bot) else viewer)
