"""People who use the bot as people do, at random, and what each of their deeds has to lead to."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox import Sandbox
from sandbox.chats import Chat
from sandbox.people import Bot, User
from tests.faults.worker import TOKEN

MEMBERS = 4  # people in a group, beside its secretary
MAX_SUGGESTIONS = 2  # of one person: below the day's cap on points, so that each must be credited
ONCE_MORE = 0.2  # how many presses come twice
Json = dict[str, Any]


@dataclass
class Owed:
    """What people may rely on, by what they did: people and chats by their ids on the platform."""

    commands: set[tuple[int, int]] = field(default_factory=set)  # (chat, message): answered once
    suggestions: dict[str, int] = field(default_factory=dict)  # text: author; stored and credited once
    tasks: dict[str, int] = field(default_factory=dict)  # title: owner; given once
    done: dict[str, int] = field(default_factory=dict)  # title: owner; finished and credited once
    read: set[tuple[int, int]] = field(default_factory=set)  # (chat, person): credited once
    votes: set[tuple[str, int]] = field(default_factory=set)  # (poll, person): noted once
    updates: list[Json] = field(default_factory=list)  # all that Telegram had for the bot


class Crowd:
    """Groups full of people in a sandbox; `act` lets somebody do something."""

    def __init__(
        self,
        sandbox: Sandbox,
        rng: random.Random,
        groups: int,
        kind: Literal["supergroup", "group"] = "supergroup",
    ) -> None:
        self.sandbox = sandbox
        self.owed = Owed()
        self._rng = rng
        self._numbers = iter(range(1, 1_000_000))
        self.bot: Bot = sandbox.add_bot(TOKEN, username="jingyi_bot", first_name="精益")
        self._kind = kind
        self._tap = self.bot.inbox.tap()
        self._secretaries: dict[int, User] = {}
        self._members: dict[int, list[User]] = {}
        self._suggested: dict[int, int] = {}
        self._pressing: set[asyncio.Task[Json]] = set()
        self.groups = [self._gather(number) for number in range(1, groups + 1)]
        self._deeds = (self.suggest, self.suggest, self.ask_points, self.give_task, self.finish, self.read, self.vote)

    def _gather(self, number: int) -> Chat:
        secretary = self.sandbox.add_person(f"书记{number}")
        members = [self.sandbox.add_person(f"组员{number}之{n}", username=f"m{number}_{n}") for n in range(MEMBERS)]
        group = self.sandbox.add_group(
            f"第{number}党支部", by=secretary, members=members, bots=[self.bot], kind=self._kind
        )
        self.sandbox.promote(group, self.bot, by=secretary)
        self._secretaries[group.id], self._members[group.id] = secretary, members
        return group

    @property
    def admins(self) -> str:
        """Who has added the bot to the groups, as a setting: they are administrators, so that it works there."""
        return ",".join(str(one.id) for one in self._secretaries.values())

    def secretary(self, group: Chat) -> User:
        """Who a group belongs to."""
        return self._secretaries[group.id]

    def act(self) -> None:
        """Somebody does something; where it cannot be done yet, somebody suggests something or asks for points."""
        group = self._rng.choice(self.groups)
        if not self._rng.choice(self._deeds)(group) and not self.suggest(group):
            self.ask_points(group)

    def suggest(self, group: Chat) -> bool:
        person = self._rng.choice(self._members[group.id])
        if self._suggested.get(person.id, 0) >= MAX_SUGGESTIONS:
            return False
        self._suggested[person.id] = self._suggested.get(person.id, 0) + 1
        text = f"{next(self._numbers)} 号皮带机加装急停"
        opening = self._rng.choice(("/suggest ", "建议："))
        said = self.sandbox.say(group, person, opening + text)
        self.owed.suggestions[text] = person.id
        self.owed.commands.add((group.id, said["message_id"]))
        return True

    def ask_points(self, group: Chat) -> bool:
        people = self._members.get(group.id) or list(group.people())
        said = self.sandbox.say(group, self._rng.choice(people), "/points")
        self.owed.commands.add((group.id, said["message_id"]))
        return True

    def give_task(self, group: Chat) -> bool:
        owner, title = self._rng.choice(self._members[group.id]), f"巡检 {next(self._numbers)} 号"
        words = f"/task {owner.full_name} 明天18:00前 {title}"  # linked, since some have never spoken
        said = self.sandbox.say(group, self._secretaries[group.id], words, mentions=[owner])
        self.owed.tasks[title] = owner.id
        self.owed.commands.add((group.id, said["message_id"]))
        return True

    def finish(self, group: Chat) -> bool:
        """The owner presses 完成 under a task's card."""
        for message in self._with_button(group, "task.done"):
            title = next((title for title in self.owed.tasks if title in message["text"]), None)
            if title is not None and title not in self.owed.done:
                owner = self.owed.done[title] = self.owed.tasks[title]
                self._press(group, owner, message)
                return True
        return False

    def read(self, group: Chat) -> bool:
        """Somebody presses 我学完了 under the study item."""
        for message in self._with_button(group, "study.read"):
            for person in self._members[group.id]:
                if (group.id, person.id) not in self.owed.read:
                    self.owed.read.add((group.id, person.id))
                    self._press(group, person.id, message)
                    return True
        return False

    def vote(self, group: Chat) -> bool:
        """Somebody answers the study item's question."""
        for message in self.sandbox.messages(group):
            for person in self._members[group.id] if "poll" in message else ():
                if (message["poll"]["id"], person.id) not in self.owed.votes:
                    self.owed.votes.add((message["poll"]["id"], person.id))
                    self.sandbox.vote(group, person, message, [0])
                    return True
        return False

    def _with_button(self, group: Chat, action: str) -> list[Json]:
        found = []
        for message in self.sandbox.messages(group):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            if any(button.get("callback_data", "").startswith(action) for row in rows for button in row):
                found.append(message)
        return found

    def _press(self, group: Chat, person: int, message: Json) -> None:
        """Press the first button, sometimes twice; what is shown then is not waited for."""
        for _ in range(2 if self._rng.random() < ONCE_MORE else 1):
            task = asyncio.create_task(self.sandbox.press(group, person, message))
            self._pressing.add(task)
            task.add_done_callback(self._pressing.discard)

    def all_taken(self) -> bool:
        """Whether Telegram has nothing more for the bot."""
        return not self.bot.inbox.pending

    def go_home(self) -> Owed:
        """Nobody waits for a notice any more; what is owed, with every update that there was."""
        for task in self._pressing:
            task.cancel()
        while not self._tap.empty():
            self.owed.updates.append(self._tap.get_nowait())
        return self.owed
