"""`/sandbox/…`: the people's side and control, over HTTP. Each call parses, does one thing, and answers."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.chats import Chat
from sandbox.errors import ApiError, Refusal
from sandbox.faults import Kind as FaultKind
from sandbox.messages import Message
from sandbox.methods.me import commands_for
from sandbox.origin import guarded
from sandbox.people import Bot, User
from sandbox.views import chat_view, message_view
from sandbox.wish import Wish, read

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

Json = dict[str, Any]
Handler = Callable[[Wish], Any]

PAGE_SIZE = 50
LARGEST_PAGE = 500


class Control:
    """The calls of `/sandbox/…`, on one sandbox."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def routes(self) -> list[web.RouteDef]:
        """What to serve."""
        message = "chats/{chat}/messages/{id}"
        calls: list[tuple[str, str, Handler]] = [
            ("GET", "people", self.people),
            ("POST", "people", self.add_person),
            ("POST", "people/{person}/block", self.block),
            ("POST", "people/{person}/unblock", self.unblock),
            ("GET", "bots", self.bots),
            ("PATCH", "bots/{id}", self.change_bot),
            ("GET", "chats", self.chats),
            ("POST", "chats", self.add_chat),
            ("POST", "chats/private", self.open_private),
            ("GET", "chats/{chat}", self.chat),
            ("POST", "chats/{chat}/members", self.add_member),
            ("PATCH", "chats/{chat}/members/{user}", self.change_member),
            ("DELETE", "chats/{chat}/members/{user}", self.remove_member),
            ("POST", "chats/{chat}/topics", self.add_topic),
            ("POST", "chats/{chat}/migrate", self.migrate),
            ("GET", "chats/{chat}/messages", self.messages),
            ("POST", "chats/{chat}/messages", self.say),
            ("PATCH", message, self.edit),
            ("DELETE", message, self.delete),
            ("POST", f"{message}/forward", self.forward),
            ("POST", f"{message}/press", self.press),
            ("POST", f"{message}/vote", self.vote),
            ("POST", f"{message}/react", self.react),
            ("POST", "chats/{chat}/read", self.mark_read),
            ("POST", "chats/{chat}/start", self.start),
            ("GET", "chats/{chat}/commands", self.commands),
            ("GET", "clock", self.clock),
            ("POST", "clock", self.move_clock),
            ("GET", "limits", self.limits),
            ("POST", "limits", self.change_limits),
            ("GET", "faults", self.faults),
            ("POST", "faults", self.add_fault),
            ("DELETE", "faults", self.clear_faults),
            ("GET", "calls", self.calls),
            ("DELETE", "calls", self.clear_calls),
            ("POST", "reset", self.reset),
        ]
        routes = [web.route(verb, f"/sandbox/{path}", answering(handler)) for verb, path, handler in calls]
        lost = web.route("*", "/sandbox{path:(/.*)?}", answering(self.lost))
        return [*routes, web.get("/sandbox/files/{file_id}", self._file), lost]

    # People and bots

    def people(self, _: Wish) -> list[Json]:
        """All people."""
        return [person.as_dict() for person in self._sandbox.world.people()]

    def add_person(self, wish: Wish) -> Json:
        """A new person."""
        return self._sandbox.add_person(
            wish.text("first_name"),
            last_name=wish.maybe_text("last_name"),
            username=wish.maybe_text("username"),
            language_code=wish.maybe_text("language_code"),
            id=wish.maybe_whole("id"),
        ).as_dict()

    def block(self, wish: Wish) -> Json:
        """A person blocks a bot."""
        self._sandbox.block(wish.path("person"), wish.whole("bot"))
        return {}

    def unblock(self, wish: Wish) -> Json:
        """A person takes a block back."""
        self._sandbox.unblock(wish.path("person"), wish.whole("bot"))
        return {}

    def bots(self, _: Wish) -> list[Json]:
        """All bots."""
        return [bot.as_me() for bot in self._sandbox.world.bots()]

    def change_bot(self, wish: Wish) -> Json:
        """Another name, or another privacy mode."""
        return self._sandbox.change_bot(
            wish.path("id"),
            first_name=wish.maybe_text("first_name"),
            username=wish.maybe_text("username"),
            can_read_all_group_messages=wish.maybe_flag("can_read_all_group_messages"),
        ).as_me()

    # Chats

    def chats(self, wish: Wish) -> list[Json]:
        """A person's chats."""
        person = self._person(wish)
        return [chat_view(chat, person) for chat in self._sandbox.world.chats_of(person)]

    def add_chat(self, wish: Wish) -> Json:
        """A new group."""
        kind = wish.text("type")
        if kind not in {"group", "supergroup"}:
            raise Refusal('The type of a new chat is "group" or "supergroup".')
        owner = self._person(wish, "by")
        chat = self._sandbox.add_group(
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
        person = self._person(wish)
        return chat_view(self._sandbox.open_private(person, wish.whole("bot")), person)

    def chat(self, wish: Wish) -> Json:
        """One chat."""
        chat, person = self._place(wish)
        return chat_view(chat, person)

    def add_member(self, wish: Wish) -> Json:
        """Somebody joins or is added."""
        chat = self._sandbox.chat(wish.path("chat"))
        self._sandbox.add_member(chat, wish.whole("user"), by=wish.maybe_whole("by"))
        return self._seen_by(chat, wish, "by")

    def change_member(self, wish: Wish) -> Json:
        """Somebody is promoted, demoted, or made anonymous."""
        chat, status = self._sandbox.chat(wish.path("chat")), wish.maybe_text("status")
        if status not in {None, "administrator", "member"}:
            raise Refusal('A member can be made "administrator" or "member".')
        self._sandbox.change_member(
            chat,
            wish.path("user"),
            by=wish.whole("by"),
            status=None if status is None else "administrator" if status == "administrator" else "member",
            is_anonymous=wish.maybe_flag("is_anonymous"),
        )
        return self._seen_by(chat, wish, "by")

    def remove_member(self, wish: Wish) -> Json:
        """Somebody leaves or is removed."""
        chat = self._sandbox.chat(wish.path("chat"))
        self._sandbox.remove_member(chat, wish.path("user"), by=wish.whole("by"))
        return self._seen_by(chat, wish, "by")

    def add_topic(self, wish: Wish) -> Json:
        """A new topic of a forum."""
        topic = self._sandbox.add_topic(wish.path("chat"), wish.text("name"), by=wish.whole("by"))
        return {"message_thread_id": topic.message_thread_id, "name": topic.name}

    def migrate(self, wish: Wish) -> Json:
        """A group becomes a supergroup."""
        return self._seen_by(self._sandbox.migrate(wish.path("chat"), by=wish.whole("by")), wish, "by")

    # Messages

    def messages(self, wish: Wish) -> list[Json]:
        """The newest messages, or the newest before one."""
        chat, person = self._place(wish)
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
        chat, person = self._actor(wish)
        upload, kind = wish.file, wish.maybe_text("kind") or "document"
        if kind not in {"photo", "document"}:
            raise Refusal('"kind" is "photo" or "document".')
        said = self._sandbox.say(
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
        message, person = self._target(wish)
        self._sandbox.edit(message.chat, person, message.id, wish.text("text"))
        return message_view(message, person)

    def delete(self, wish: Wish) -> Json:
        """A person deletes a message."""
        message, person = self._target(wish)
        self._sandbox.delete(message.chat, person, message.id)
        return {}

    def forward(self, wish: Wish) -> Json:
        """A person forwards a message."""
        message, person = self._target(wish)
        to = self._sandbox.chat(wish.whole("to"), person)
        new = self._sandbox.forward(message.chat, person, message.id, to)
        return message_view(to.messages[new["message_id"]], person)

    async def press(self, wish: Wish) -> Json:
        """A person presses a button."""
        message, person = self._target(wish)
        row, column = wish.whole("row"), wish.whole("column")
        return await self._sandbox.press(message.chat, person, message.id, row, column)

    def vote(self, wish: Wish) -> Json:
        """A person votes."""
        message, person = self._target(wish)
        self._sandbox.vote(message.chat, person, message.id, wish.numbers("options"))
        return message_view(message, person)

    def react(self, wish: Wish) -> Json:
        """A person reacts."""
        message, person = self._target(wish)
        self._sandbox.react(message.chat, person, message.id, wish.maybe_text("emoji") or "")
        return message_view(message, person)

    def mark_read(self, wish: Wish) -> Json:
        """A person has read."""
        chat, person = self._actor(wish)
        self._sandbox.read(chat, person, wish.whole("up_to"))
        return {}

    def start(self, wish: Wish) -> Json:
        """A person presses start, or follows a deep link."""
        chat, person = self._actor(wish)
        message = self._sandbox.start_in(chat, person, wish.maybe_text("payload") or "")
        return message_view(message, person)

    def commands(self, wish: Wish) -> list[Json]:
        """What the menu of commands shows."""
        chat, person = self._actor(wish)
        return [command | {"bot": bot.as_dict()} for bot in chat.bots() for command in commands_for(bot, chat, person)]

    # Control

    def clock(self, _: Wish) -> Json:
        """The sandbox's time."""
        clock = {"now": self._sandbox.clock.now().isoformat(), "movable": self._sandbox.clock.movable}
        return clock | ({"zone": self._sandbox.zone} if self._sandbox.zone else {})

    def move_clock(self, wish: Wish) -> Json:
        """Move it forward: to a moment, by seconds, or to the next such moment of a week."""
        clock = self._sandbox.clock
        if coming := wish.maybe_text("next"):
            weekday, _, at = coming.strip().partition(" ")
            clock.next(weekday, at, wish.maybe_text("zone") or self._sandbox.zone or "UTC")
        elif to := wish.maybe_text("to"):
            clock.move_to(_moment(to))
        else:
            clock.move_by(wish.number("by"))
        return self.clock(wish)

    def limits(self, _: Wish) -> Json:
        """The flood limits."""
        return self._sandbox.limits.as_dict()

    def change_limits(self, wish: Wish) -> Json:
        """Let them hold or not, or allow more."""
        limits = self._sandbox.limits
        enforced, factor = wish.maybe_flag("enforced"), wish.maybe_number("factor")
        if factor is not None and factor <= 0:
            raise Refusal('"factor" is above 0.')
        limits.enforced = limits.enforced if enforced is None else enforced
        limits.factor = limits.factor if factor is None else factor
        limits.forget()
        return limits.as_dict()

    def faults(self, _: Wish | None = None) -> list[Json]:
        """The faults that wait."""
        return [fault.as_dict() for fault in self._sandbox.faults.all()]

    def add_fault(self, wish: Wish) -> list[Json]:
        """Let something go wrong."""
        values = {
            "times": wish.maybe_whole("times"),
            "token": wish.maybe_text("token"),
            "seconds": wish.maybe_number("seconds"),
            "status": wish.maybe_whole("status"),
            "description": wish.maybe_text("description"),
            "retry_after": wish.maybe_whole("retry_after"),
        }
        given = {name: value for name, value in values.items() if value is not None}
        kind = wish.text("kind")
        if kind not in set(FaultKind):
            raise Refusal(f"A fault is one of {', '.join(FaultKind)}.")
        self._sandbox.fault(wish.text("method"), kind=kind, **given)  # type: ignore[arg-type]
        return self.faults()

    def clear_faults(self, _: Wish) -> list[Json]:
        """Let all go right."""
        self._sandbox.faults.clear()
        return []

    def calls(self, wish: Wish) -> list[Json]:
        """Calls of the Bot API."""
        return [call.as_dict() for call in self._sandbox.record.after(wish.maybe_whole("after") or 0)]

    def clear_calls(self, _: Wish) -> Json:
        """Forget them."""
        self._sandbox.record.clear()
        return {}

    def reset(self, _: Wish) -> Json:
        """Start anew."""
        self._sandbox.reset()
        return {}

    async def _file(self, http: web.Request) -> web.StreamResponse:
        file = self._sandbox.world.files.by_id(http.match_info["file_id"])
        if file is None:
            return web.json_response({"error": "There is no such file."}, status=404)
        # A file that somebody sent must not run in the page: only pictures are shown, all else is downloaded.
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if not file.is_photo:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type=file.mime_type, headers=headers)

    def lost(self, _: Wish) -> Json:
        """Anything else."""
        raise Refusal("There is no such call; docs/sandbox.md lists them.", 404)

    # Who and where

    def _person(self, wish: Wish, name: str = "as") -> User:
        return self._sandbox.world.person(wish.whole(name))

    def _place(self, wish: Wish) -> tuple[Chat, User | None]:
        person = self._person(wish) if wish.has("as") else None
        return self._sandbox.chat(wish.path("chat"), person), person

    def _actor(self, wish: Wish) -> tuple[Chat, User]:
        person = self._person(wish)
        return self._sandbox.chat(wish.path("chat"), person), person

    def _target(self, wish: Wish) -> tuple[Message, User]:
        chat, person = self._actor(wish)
        if not chat.member(person).present:
            raise Refusal(f"{person.full_name} is not in this chat.", 403)
        return self._sandbox.message(chat, wish.path("id")), person

    def _seen_by(self, chat: Chat, wish: Wish, name: str) -> Json:
        number = wish.maybe_whole(name)
        viewer = self._sandbox.world.users.get(number) if number is not None else None
        return chat_view(chat, None if viewer is None or isinstance(viewer, Bot) else viewer)


def answering(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler as aiohttp calls it: its result becomes JSON, a refusal a 4xx with `{"error": sentence}`."""

    async def answer(http: web.Request) -> web.StreamResponse:
        try:
            guarded(http)
            result = handler(await read(http))
            return web.json_response(await result if isinstance(result, Awaitable) else result)
        except Refusal as refusal:
            return web.json_response({"error": refusal.sentence}, status=refusal.status)
        except ApiError as error:
            return web.json_response({"error": error.description}, status=error.code)

    return answer


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{text!r} is no moment; one is 2026-03-02T09:00:00+08:00.") from None
