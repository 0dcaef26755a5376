"""The accounts of a sandbox: bots and people."""

from sandbox.errors import Refusal
from sandbox.people import TOKEN, Bot, User
from sandbox.world import World

SomeUser = int | User


class Accounts:
    """Adding and changing accounts."""

    world: World

    def add_bot(
        self,
        token: str,
        *,
        username: str | None = None,
        first_name: str | None = None,
        can_read_all_group_messages: bool = False,
    ) -> Bot:
        """A bot with a token such as `123456:test`, whose number is its id.

        Raises Refusal: the token is of another form, or its number or the username is taken.
        """
        if not TOKEN.fullmatch(token):
            raise Refusal("A token is a number, a colon and anything, e.g. 123456:test.")
        number = int(token.partition(":")[0])
        self._check_free(number, username)
        bot = Bot(
            id=number,
            token=token,
            username=username or f"bot{number}_bot",
            first_name=first_name or f"Bot {number}",
            can_read_all_group_messages=can_read_all_group_messages,
        )
        self.world.users[bot.id] = bot
        self.world.events.tell_all({"type": "people"})
        return bot

    def bot_with(self, token: str) -> Bot | None:
        """The bot with a token, made if need be; None if the number is another token's, or it is no token at all."""
        if not TOKEN.fullmatch(token):
            return None
        found = self.world.users.get(int(token.partition(":")[0]))
        if found is None:
            return self.add_bot(token)
        return found if isinstance(found, Bot) and found.token == token else None

    def change_bot(
        self,
        bot: SomeUser,
        *,
        first_name: str | None = None,
        username: str | None = None,
        can_read_all_group_messages: bool | None = None,
    ) -> Bot:
        """Rename a bot, or switch its privacy mode (which `can_read_all_group_messages` ends)."""
        changed = self.world.bot(bot)
        if username and username != changed.username:
            self._check_free(None, username)
        changed.first_name = first_name or changed.first_name
        changed.username = username or changed.username
        if can_read_all_group_messages is not None:
            changed.can_read_all_group_messages = can_read_all_group_messages
        self.world.events.tell_all({"type": "people"})
        return changed

    def add_person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        note: str | None = None,
        id: int | None = None,  # noqa: A002
    ) -> User:
        """A person. Raises Refusal: no name, or the id or the username is taken."""
        if not first_name.strip():
            raise Refusal("A person needs a first name.")
        self._check_free(id, username)
        person = User(
            id=self.world.new_person_id() if id is None else id,
            first_name=first_name.strip(),
            last_name=last_name,
            username=username,
            language_code=language_code,
            note=note,
        )
        self.world.users[person.id] = person
        self.world.events.tell_all({"type": "people"})
        return person

    def _check_free(self, number: int | None, username: str | None) -> None:
        if number is not None and number <= 0:
            raise Refusal("The id of a person or a bot is above 0.")
        if number in self.world.users:
            raise Refusal(f"The id {number} is taken.", 409)
        if username and self.world.named(username):
            raise Refusal(f"The username {username} is taken.", 409)
