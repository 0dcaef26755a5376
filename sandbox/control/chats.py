"""`/sandbox/chats`: chats, their members and topics."""

from sandbox.control.desk import Desk, Entry, Json
from sandbox.control.wish import Wish
from sandbox.errors import Refusal
from sandbox.methods.me import commands_for
from sandbox.views import chat_view, message_view


class ChatCalls(Desk):
    """Chats."""

    def entries(self) -> list[Entry]:
        """What is answered here."""
        return [
            ("GET", "chats", self.chats),
            ("POST", "chats", self.add_chat),
            ("POST", "chats/private", self.open_private),
            ("GET", "chats/{chat}", self.chat),
            ("POST", "chats/{chat}/members", self.add_member),
            ("PATCH", "chats/{chat}/members/{user}", self.change_member),
            ("DELETE", "chats/{chat}/members/{user}", self.remove_member),
            ("POST", "chats/{chat}/topics", self.add_topic),
            ("POST", "chats/{chat}/migrate", self.migrate),
            ("POST", "chats/{chat}/read", self.mark_read),
            ("POST", "chats/{chat}/start", self.start),
            ("GET", "chats/{chat}/commands", self.commands),
        ]

    def chats(self, wish: Wish) -> list[Json]:
        """A person's chats."""
        person = self.person(wish)
        return [chat_view(chat, person) for chat in self.sandbox.world.chats_of(person)]

    def add_chat(self, wish: Wish) -> Json:
        """A new group."""
        kind = wish.text("type")
        if kind not in {"group", "supergroup"}:
            raise Refusal('The type of a new chat is "group" or "supergroup".')
        owner = self.person(wish, "by")
        chat = self.sandbox.add_group(
            wish.text("title"),
            by=owner,
            members=wish.numbers("members"),
            bots=wish.numbers("bots"),
            kind="group" if kind == "group" else "supergroup",
            is_forum=wish.flag("is_forum"),
        )
        return chat_view(chat, owner)

    def open_private(self, wish: Wish) -> Json:
        """A person's chat with a bot."""
        person = self.person(wish)
        return chat_view(self.sandbox.open_private(person, wish.whole("bot")), person)

    def chat(self, wish: Wish) -> Json:
        """One chat."""
        chat, person = self.place(wish)
        return chat_view(chat, person)

    def add_member(self, wish: Wish) -> Json:
        """Somebody joins or is added."""
        chat = self.sandbox.chat(wish.path("chat"))
        self.sandbox.add_member(chat, wish.whole("user"), by=wish.maybe_whole("by"))
        return self.seen_by(chat, wish, "by")

    def change_member(self, wish: Wish) -> Json:
        """Somebody is promoted, demoted, or made anonymous."""
        chat, status = self.sandbox.chat(wish.path("chat")), wish.maybe_text("status")
        if status not in {None, "administrator", "member"}:
            raise Refusal('A member can be made "administrator" or "member".')
        self.sandbox.change_member(
            chat,
            wish.path("user"),
            by=wish.whole("by"),
            status=None if status is None else "administrator" if status == "administrator" else "member",
            is_anonymous=wish.maybe_flag("is_anonymous"),
        )
        return self.seen_by(chat, wish, "by")

    def remove_member(self, wish: Wish) -> Json:
        """Somebody leaves or is removed."""
        chat = self.sandbox.chat(wish.path("chat"))
        self.sandbox.remove_member(chat, wish.path("user"), by=wish.whole("by"))
        return self.seen_by(chat, wish, "by")

    def add_topic(self, wish: Wish) -> Json:
        """A new topic of a forum."""
        topic = self.sandbox.add_topic(wish.path("chat"), wish.text("name"), by=wish.whole("by"))
        return {"message_thread_id": topic.message_thread_id, "name": topic.name}

    def migrate(self, wish: Wish) -> Json:
        """A group becomes a supergroup."""
        return self.seen_by(self.sandbox.migrate(wish.path("chat"), by=wish.whole("by")), wish, "by")

    def mark_read(self, wish: Wish) -> Json:
        """A person has read."""
        chat, person = self.actor(wish)
        self.sandbox.read(chat, person, wish.whole("up_to"))
        return {}

    def start(self, wish: Wish) -> Json:
        """A person presses start, or follows a deep link."""
        chat, person = self.actor(wish)
        message = self.sandbox.start_in(chat, person, wish.maybe_text("payload") or "")
        return message_view(message, person)

    def commands(self, wish: Wish) -> list[Json]:
        """What the menu of commands shows."""
        chat, person = self.actor(wish)
        return [command | {"bot": bot.as_dict()} for bot in chat.bots() for command in commands_for(bot, chat, person)]
