"""Where people of a sandbox meet: groups, their members and topics, and private chats."""

from collections.abc import Iterable
from typing import Literal

from sandbox import membership, speaking
from sandbox.accounts import SomeUser
from sandbox.chats import Chat, Kind, Status, Topic
from sandbox.errors import Refusal
from sandbox.world import World

SomeChat = int | Chat


class Gatherings:
    """Opening chats, and who is in them."""

    world: World

    def add_group(
        self,
        title: str,
        *,
        by: SomeUser,
        members: Iterable[SomeUser] = (),
        bots: Iterable[SomeUser] = (),
        kind: Literal["supergroup", "group"] = "supergroup",
        is_forum: bool = False,
    ) -> Chat:
        """A group whose owner is `by`, who adds the members and the bots; bots hear of it."""
        if not title.strip():
            raise Refusal("A group needs a title.")
        if is_forum and kind != "supergroup":
            raise Refusal("Only a supergroup can be a forum.")
        world = self.world
        owner, people = world.person(by), [world.person(member) for member in members]
        added = [world.bot(bot) for bot in bots]
        chat = world.new_group(Kind(kind), title.strip(), is_forum=is_forum)
        membership.found(world, chat, owner, people, added)
        return chat

    def open_private(self, person: SomeUser, bot: SomeUser) -> Chat:
        """A person's chat with a bot. The bot can't write in it before the person has."""
        chat = self.world.open_private(self.world.person(person), self.world.bot(bot))
        self.world.tell_chat(chat)
        return chat

    def chat(self, chat: SomeChat, person: SomeUser | None = None) -> Chat:
        """A chat by its id; the person tells apart their chats with several bots."""
        return self.world.chat(chat, None if person is None else self.world.person(person))

    def add_member(self, chat: SomeChat, user: SomeUser, *, by: SomeUser | None = None) -> None:
        """Bring a person or a bot into a group; without `by` they join by themselves."""
        joining = self.world.user(user)
        membership.add(self.world, self.chat(chat), joining, joining if by is None else self.world.user(by))

    def remove_member(self, chat: SomeChat, user: SomeUser, *, by: SomeUser | None = None) -> None:
        """Remove somebody from a group; without `by` they leave by themselves."""
        leaving = self.world.user(user)
        membership.remove(self.world, self.chat(chat), leaving, leaving if by is None else self.world.user(by))

    def promote(
        self, chat: SomeChat, user: SomeUser, *, by: SomeUser | None = None, is_anonymous: bool = False
    ) -> None:
        """Make somebody an administrator; `by` is the owner unless given."""
        self.change_member(chat, user, by=by, status="administrator", is_anonymous=is_anonymous)

    def demote(self, chat: SomeChat, user: SomeUser, *, by: SomeUser | None = None) -> None:
        """Make an administrator a plain member again; `by` is the owner unless given."""
        self.change_member(chat, user, by=by, status="member")

    def change_member(
        self,
        chat: SomeChat,
        user: SomeUser,
        *,
        by: SomeUser | None = None,
        status: Literal["administrator", "member"] | None = None,
        is_anonymous: bool | None = None,
    ) -> None:
        """Change what a member is; `by` is the owner unless given. What is None stays as it is."""
        group = self.chat(chat)
        membership.require_group(group)
        membership.change(
            self.world,
            group,
            self.world.user(user),
            next(group.present()).user if by is None else self.world.user(by),
            status=Status(status) if status else None,
            is_anonymous=is_anonymous,
        )

    def add_topic(self, chat: SomeChat, name: str, *, by: SomeUser) -> Topic:
        """Open a topic in a forum."""
        return membership.add_topic(self.world, self.chat(chat), self.world.person(by), name)

    def migrate(self, chat: SomeChat, *, by: SomeUser) -> Chat:
        """Make a supergroup of a group; gives the new chat."""
        return membership.migrate(self.world, self.chat(chat), self.world.person(by))

    def block(self, person: SomeUser, bot: SomeUser) -> None:
        """Let a person block a bot, which hears of it and gets 403 from then on."""
        speaking.block(self.world, self.open_private(person, bot))

    def unblock(self, person: SomeUser, bot: SomeUser) -> None:
        """Let a person take a block back."""
        speaking.unblock(self.world, self.open_private(person, bot))
