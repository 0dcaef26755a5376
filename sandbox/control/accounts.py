"""`/sandbox/people`, `/sandbox/bots`."""

from sandbox.control.desk import Desk, Entry, Json
from sandbox.control.wish import Wish
from sandbox.views import person_view


class AccountCalls(Desk):
    """People and bots."""

    def entries(self) -> list[Entry]:
        """What is answered here."""
        return [
            ("GET", "people", self.people),
            ("POST", "people", self.add_person),
            ("POST", "people/{person}/block", self.block),
            ("POST", "people/{person}/unblock", self.unblock),
            ("GET", "bots", self.bots),
            ("PATCH", "bots/{id}", self.change_bot),
        ]

    def people(self, _: Wish) -> list[Json]:
        """All people, with what they are where."""
        world = self.sandbox.world
        return [person_view(person, world.groups.values()) for person in world.people()]

    def add_person(self, wish: Wish) -> Json:
        """A new person."""
        return self.sandbox.add_person(
            wish.text("first_name"),
            last_name=wish.maybe_text("last_name"),
            username=wish.maybe_text("username"),
            language_code=wish.maybe_text("language_code"),
            note=wish.maybe_text("note"),
            id=wish.maybe_whole("id"),
        ).as_dict()

    def block(self, wish: Wish) -> Json:
        """A person blocks a bot."""
        self.sandbox.block(wish.path("person"), wish.whole("bot"))
        return {}

    def unblock(self, wish: Wish) -> Json:
        """A person takes a block back."""
        self.sandbox.unblock(wish.path("person"), wish.whole("bot"))
        return {}

    def bots(self, _: Wish) -> list[Json]:
        """All bots."""
        return [bot.as_me() for bot in self.sandbox.world.bots()]

    def change_bot(self, wish: Wish) -> Json:
        """Another name, or another privacy mode."""
        return self.sandbox.change_bot(
            wish.path("id"),
            first_name=wish.maybe_text("first_name"),
            username=wish.maybe_text("username"),
            can_read_all_group_messages=wish.maybe_flag("can_read_all_group_messages"),
        ).as_me()
