"""`/sandbox/chats/…/messages`."""

from sandbox.control.desk import Desk, Entry, Json
from sandbox.control.wish import Wish
from sandbox.errors import Refusal
from sandbox.views import message_view

PAGE_SIZE = 50
LARGEST_PAGE = 500


class MessageCalls(Desk):
    """Messages."""

    def entries(self) -> list[Entry]:
        """What is answered here."""
        return [
            ("GET", "chats/{chat}/messages", self.messages),
            ("POST", "chats/{chat}/messages", self.say),
            ("PATCH", "chats/{chat}/messages/{id}", self.edit),
            ("DELETE", "chats/{chat}/messages/{id}", self.delete),
            ("POST", "chats/{chat}/messages/{id}/forward", self.forward),
            ("POST", "chats/{chat}/messages/{id}/press", self.press),
            ("POST", "chats/{chat}/messages/{id}/vote", self.vote),
            ("POST", "chats/{chat}/messages/{id}/react", self.react),
        ]

    def messages(self, wish: Wish) -> list[Json]:
        """The newest messages, or the newest before one."""
        chat, person = self.place(wish)
        if person is None:
            raise Refusal('"as" must name the person who looks.')
        if chat.migrated_to is None and not chat.member(person).present:
            raise Refusal(f"{person.full_name} is not in this chat.", 403)
        before = wish.maybe_whole("before")
        limit = min(max(wish.maybe_whole("limit") or PAGE_SIZE, 1), LARGEST_PAGE)
        older = [message for message in chat.messages.values() if before is None or message.id < before]
        return [message_view(message, person) for message in older[-limit:]]

    def say(self, wish: Wish) -> Json:
        """A person writes, or sends a photo or a file."""
        chat, person = self.actor(wish)
        upload, kind = wish.file, wish.maybe_text("kind") or "document"
        if kind not in {"photo", "document"}:
            raise Refusal('"kind" is "photo" or "document".')
        said = self.sandbox.say(
            chat,
            person,
            wish.maybe_text("text") or wish.maybe_text("caption") or "",
            photo=upload if kind == "photo" else None,
            document=upload if kind == "document" else None,
            reply_to=wish.maybe_whole("reply_to"),
            thread=wish.maybe_whole("thread"),
            anonymous=wish.flag("anonymous"),
            mentions=wish.numbers("mentions"),
        )
        return message_view(chat.messages[said["message_id"]], person)

    def edit(self, wish: Wish) -> Json:
        """A person changes a message."""
        message, person = self.target(wish)
        self.sandbox.edit(message.chat, person, message.id, wish.text("text"))
        return message_view(message, person)

    def delete(self, wish: Wish) -> Json:
        """A person deletes a message."""
        message, person = self.target(wish)
        self.sandbox.delete(message.chat, person, message.id)
        return {}

    def forward(self, wish: Wish) -> Json:
        """A person forwards a message."""
        message, person = self.target(wish)
        to = self.sandbox.chat(wish.whole("to"), person)
        new = self.sandbox.forward(message.chat, person, message.id, to)
        return message_view(to.messages[new["message_id"]], person)

    async def press(self, wish: Wish) -> Json:
        """A person presses a button."""
        message, person = self.target(wish)
        row, column = wish.whole("row"), wish.whole("column")
        return await self.sandbox.press(message.chat, person, message.id, row, column)

    def vote(self, wish: Wish) -> Json:
        """A person votes."""
        message, person = self.target(wish)
        self.sandbox.vote(message.chat, person, message.id, wish.numbers("options"))
        return message_view(message, person)

    def react(self, wish: Wish) -> Json:
        """A person reacts."""
        message, person = self.target(wish)
        self.sandbox.react(message.chat, person, message.id, wish.maybe_text("emoji") or "")
        return message_view(message, person)
