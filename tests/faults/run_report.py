"""What the store and the chats hold in the end, against what people may rely on."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from sandbox import Sandbox
from storage.dialects import address
from storage.messaging.tables import outbox
from tests.faults.crowd import Owed

SPOKEN = ("say", "ask")
ANSWERS = ("say", "react")
KINDS = ("text", "photo", "poll")  # of messages that are said


# The member's id on the platform, the rule and the cause of each entry of the ledger.
LEDGER = """
    SELECT m.platform_id, e.rule, e.cause, c.platform_id FROM points_entries e
    JOIN members m ON m.id = e.member_id JOIN chats c ON c.id = e.group_id
"""
VOTES = """
    SELECT o.poll_id, m.platform_id FROM study_attempts a
    JOIN members m ON m.id = a.member_id
    JOIN study_prompts p ON p.id = a.occasion_id AND a.occasion = 'daily'
    JOIN outbox o ON o.about = 'quiz:' || p.id AND o.poll_id IS NOT NULL
"""
PUSHES = "SELECT c.platform_id FROM study_prompts p JOIN chats c ON c.id = p.group_id"
OPEN = "SELECT count(*) FROM inbox WHERE done_at IS NULL"
TO_SEND = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
DUE = "SELECT count(*) FROM schedules WHERE next_at IS NULL OR next_at <= :now"
Identity = tuple[int, int | None, str]


@dataclass
class RunReport:
    """The figures of a run; `lost` and `doubled` name each thing."""

    updates: int = 0
    messages: int = 0
    unknown: int = 0
    left: int = 0  # of these, how many were not said again
    arrived: int = 0  # of those left, how many stand in their chats all the same
    doubled_messages: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def compare(self, what: str, expected: Iterable[Any], found: Iterable[Any]) -> None:
        """Everything expected is to be found exactly once."""
        counted = Counter(found)
        for one in expected:
            if counted[one] == 0:
                self.lost.append(f"{what} {one}")
            elif counted[one] > 1:
                self.doubled.append(f"{what} {one}: {counted[one]} times")

    @property
    def right(self) -> bool:
        """Whether nothing is lost, nothing doubled, and no more said twice than is marked unknown."""
        return not self.lost and not self.doubled and self.doubled_messages <= self.unknown

    def __str__(self) -> str:
        head = (
            f"updates {self.updates}, messages {self.messages}, lost {len(self.lost)}, "
            f"doubled effects {len(self.doubled)}, doubled messages {self.doubled_messages}, "
            f"unknown {self.unknown} (left at that: {self.left}, of which arrived: {self.arrived})"
        )
        return "\n  ".join([head, *(f"lost: {one}" for one in self.lost), *(f"doubled: {one}" for one in self.doubled)])


class Books:
    """The store, read (and here and there changed) from outside of the program."""

    def __init__(self, url: str) -> None:
        # No connection is kept: SQLite puts its log of changes away when the last one is closed.
        self.engine: Engine = create_engine(address(url), poolclass=NullPool)

    def close(self) -> None:
        self.engine.dispose()

    def rows(self, statement: str, **values: Any) -> list[Any]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values)]

    def count(self, statement: str, **values: Any) -> int:
        return int(self.rows(statement, **values)[0][0])

    def is_idle(self) -> bool:
        """Whether everything that came in is handled and everything to be said is said."""
        return self.count(OPEN) == 0 and self.count(TO_SEND) == 0


def report(books: Books, sandbox: Sandbox, owed: Owed, pushed: Iterable[int]) -> RunReport:
    """Compare. `pushed` are the groups whose study item was due."""
    found = RunReport(updates=len(owed.updates))
    _updates(found, books, owed)
    _effects(found, books, owed, pushed)
    with books.engine.connect() as connection:
        _messages(found, connection, sandbox)
        _answers(found, connection, owed)
    return found


def _updates(found: RunReport, books: Books, owed: Owed) -> None:
    rows = books.rows("SELECT id FROM inbox WHERE done_at IS NOT NULL AND error IS NULL")
    latest = {update["poll"]["id"]: update["update_id"] for update in owed.updates if "poll" in update}
    others = [update["update_id"] for update in owed.updates if "poll" not in update]
    done = {id_ for (id_,) in rows} & {*others, *latest.values()}  # a count takes the place of those before it
    found.compare("update", [*others, *latest.values()], done)


def _effects(found: RunReport, books: Books, owed: Owed, pushed: Iterable[int]) -> None:
    found.compare("suggestion", owed.suggestions, [t for (t,) in books.rows("SELECT text FROM suggestions")])
    found.compare("task", owed.tasks, [title for (title,) in books.rows("SELECT title FROM tasks")])
    ledger = books.rows(LEDGER)
    of = {rule: [entry for entry in ledger if entry[1] == rule] for rule in {entry[1] for entry in ledger}}
    suggested = [(cause, who) for who, _, cause, _ in of.get("suggestion.made", [])]
    found.compare("credit of a suggestion", owed.suggestions.items(), suggested)
    finished = [(cause, who) for who, _, cause, _ in of.get("task.on_time", [])]
    found.compare("credit of a task", owed.done.items(), finished)
    found.compare("credit of reading", owed.read, [(chat, who) for who, _, _, chat in of.get("study.read", [])])
    found.compare("push", pushed, [group for (group,) in books.rows(PUSHES)])
    known = {poll for (poll,) in books.rows("SELECT poll_id FROM outbox WHERE poll_id IS NOT NULL")}
    votes = [vote for vote in owed.votes if vote[0] in known]  # of a poll that is unknown nobody can tell what it was
    found.compare("vote", votes, books.rows(VOTES))


def _messages(found: RunReport, connection: Connection, sandbox: Sandbox) -> None:
    """Each row that was said stands in its chat; what stands there more often than it was said is doubled."""
    places = _places(connection)
    said: Counter[Identity] = Counter()
    surely: Counter[Identity] = Counter()
    left = 0
    for row in connection.execute(outbox.select().where(outbox.c.action.in_(SPOKEN))).mappings():
        who = (places[row["chat_id"]], row["body"]["reply_to"], row["action"])
        said[who] += row["state"] in {"sent", "unknown"}
        surely[who] += row["state"] == "sent"
        found.unknown += row["unknown_at"] is not None
        left += row["state"] == "unknown"
        if row["state"] not in {"sent", "unknown", "withdrawn"}:
            found.lost.append(f"message {row['key']}: {row['state']}, {row['error']}")
    real = Counter(identity(message) for chat in places.values() for message in spoken(sandbox, chat))
    found.messages = real.total()
    found.doubled_messages = (real - said).total()
    # Of what was left some never arrived; what was said again arrived twice, or the first time not.
    found.unknown_arrived = left - (said - real).total() + found.doubled_messages
    found.lost += [f"message {who} of {count}" for who, count in (surely - real).items()]


def _places(connection: Connection) -> dict[int, int]:
    """The chats' ids on the platform, by those of the store."""
    return dict(tuple(row) for row in connection.execute(text("SELECT id, platform_id FROM chats")))


def spoken(sandbox: Sandbox, chat: int) -> list[dict[str, Any]]:
    """What the bot has said in a chat."""
    return [one for one in sandbox.messages(chat) if one["from"]["is_bot"] and not one.keys().isdisjoint(KINDS)]


def identity(message: dict[str, Any]) -> Identity:
    """What tells a message from others that the bot has said: its place, what it answers, and its kind."""
    answers = message.get("reply_to_message")
    reply = answers["message_id"] if answers else None
    return message["chat"]["id"], reply, "ask" if "poll" in message else "say"


def _answers(found: RunReport, connection: Connection, owed: Owed) -> None:
    """Each command has its answer, or a row that says that nobody knows."""
    places = _places(connection)
    rows = connection.execute(outbox.select().where(outbox.c.action.in_(ANSWERS))).mappings()
    found.compare("answer to", owed.commands, [(places[row["chat_id"]], row["body"]["reply_to"]) for row in rows])
