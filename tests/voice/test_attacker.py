"""An attacker with all of the store's files, its backups and the logs, taken at several moments, wants to know who
answered what.

The same attacks on the same store succeed where a round is named: so it is the anonymity that defeats them, not the
attacker's clumsiness. What is asserted of the anonymous round would be wrong by chance in less than one run in 10,000
(`MANY_HITS`, `STRONG`: see there).
"""

import logging
import random
import re
import secrets
import sqlite3
from bisect import bisect
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from bot.encryption_keys import KeyFolder
from domain.ids import RoundId
from domain.voice.questionnaire.round import Confidence
from storage import backup
from storage.cipher import MARK
from storage.database import connect
from tests.stores import Engine, Renderer
from tests.voice.answering import Clock, Office, Person
from tests.voice.rounds import OPTIONS, answers, round_of

PEOPLE = 56
MOMENTS = 3  # at which files are taken while the round is open, beside its end
NEAR = 3000  # bytes between an answer and a name that is taken to be its author's
# Of 56 guesses at random about one is right; nine or more are in one case of 900,000 (Poisson's distribution, mean 1).
MANY_HITS = 9
# Spearman's coefficient of 56 independent ranks has a deviation of 1/sqrt(55): .68 is 5 of them, one case in two
# million; it is computed about a hundred times.
STRONG = 0.68
LENGTHS = text("SELECT member_id, length(body) FROM responses WHERE round_id = :n")
SIGN = {Confidence.NAMED: "公开", Confidence.ANONYMOUS: "心声"}
TOKEN = re.compile("(公开|心声)([0-9a-f]{12})".encode())
PLATFORM = re.compile(rb"7\d{9}(?!\d)")


@dataclass
class Loot:
    """What the attacker has: bytes by where they were found, and when."""

    files: dict[str, bytes] = field(default_factory=dict)

    def all(self, *, only_open: bool = False) -> list[tuple[str, bytes]]:
        return [(name, content) for name, content in self.files.items() if not only_open or name.startswith("open")]


@dataclass
class Case:
    """A store in which both rounds were answered by the same people, each in an order of its own."""

    engine: Engine
    loot: Loot
    people: list[Person]
    order: dict[Confidence, list[int]]  # people's numbers as they answered
    words: dict[Confidence, list[str]]  # each person's own sign in their answer
    keys: list[bytes] = field(default_factory=list)
    lengths: dict[Confidence, list[tuple[int, int]]] = field(default_factory=dict)  # of what is kept, of what was said

    def places(self, confidence: Confidence) -> list[dict[str, int]]:
        """Each sign's place among all, in the orders of people that an attacker knows of."""
        numbers = range(len(self.people))
        orders = (
            self.order[confidence],
            sorted(numbers, key=lambda one: self.people[one].actor.member.id),
            sorted(numbers, key=lambda one: self.people[one].platform),
            sorted(numbers, key=lambda one: self.people[one].name),
        )
        return [{self.words[confidence][person]: at for at, person in enumerate(order)} for order in orders]


def hits_by_nearness(case: Case, confidence: Confidence) -> int:
    """How many answers the attacker gives to the right person by the account's number that stands nearest to them."""
    owner = {word: case.people[number].platform for number, word in enumerate(case.words[confidence])}
    guesses: dict[str, tuple[int, int]] = {}
    for _, content in case.loot.all():
        accounts = [(found.start(), int(found[0])) for found in PLATFORM.finditer(content)]
        places = [place for place, _ in accounts]
        for found in TOKEN.finditer(content):
            word = found[2].decode()
            if word not in owner:
                continue
            after = bisect(places, found.start())
            for place, account in accounts[max(0, after - 1) : after + 1]:
                distance = abs(place - found.start())
                if distance < NEAR:
                    guesses[word] = min(guesses.get(word, (NEAR, 0)), (distance, account))
    return sum(owner[word] == account for word, (_, account) in guesses.items())


def strongest_order(case: Case, confidence: Confidence) -> float:
    """How far the order in which answers lie in any file is the one in which they were given, or one of people."""
    orders, found = case.places(confidence), [0.0]
    for _, content in case.loot.all():
        words = [word for sign, word in TOKEN.findall(content) if sign.decode() == SIGN[confidence]]
        for seen in (words, words[::-1]):
            first = [word.decode() for word in dict.fromkeys(seen)]
            if len(first) == PEOPLE:
                found += [abs(correlation(list(range(PEOPLE)), [known[word] for word in first])) for known in orders]
    return max(found)


def correlation(first: list[int], second: list[int]) -> float:
    """Spearman's, of two rankings; nothing where one of them tells nothing apart."""
    one, other = ranks(first), ranks(second)
    mean = (len(one) - 1) / 2
    spread = [sum((rank - mean) ** 2 for rank in each) for each in (one, other)]
    both = sum((a - mean) * (b - mean) for a, b in zip(one, other, strict=True))
    return both / (spread[0] * spread[1]) ** 0.5 if all(spread) else 0.0


def ranks(values: list[int]) -> list[float]:
    """The ranks of values; equal ones share the mean of theirs."""
    ordered = sorted(values)
    return [(ordered.index(one) + bisect(ordered, one) - 1) / 2 for one in values]


def words_seen(case: Case, confidence: Confidence, *, only_open: bool) -> set[str]:
    """The signs that stand readable in what was taken."""
    taken = case.loot.all(only_open=only_open)
    return {
        word.decode()
        for _, content in taken
        for sign, word in TOKEN.findall(content)
        if sign.decode() == SIGN[confidence]
    }


async def answered(engine: Engine, folder: Path, logs: pytest.LogCaptureFixture) -> Case:
    """Both rounds, answered and closed, with what was taken meanwhile."""
    chance, clock = random.Random(12), Clock()  # noqa: S311 - the test's own order
    database = connect(engine.url, Renderer(), clock)
    await database.open()
    engine.opened.append(database)
    keys = KeyFolder(folder / "keys")
    database.keep_keys_in(keys)
    numbers = chance.sample(range(10**9), PEOPLE)
    people = [Person(7_000_000_000 + number, f"职工{place}") for place, number in enumerate(numbers)]
    office = Office(database, clock=clock)
    await office.meets(people, chance)
    words = {kind: [secrets.token_hex(6) for _ in people] for kind in SIGN}
    order = {kind: chance.sample(range(PEOPLE), PEOPLE) for kind in SIGN}
    case = Case(engine, Loot(), people, order, words)
    thief = Thief(case, folder)
    for number, kind in enumerate(SIGN, start=1):
        group = people[0].actor.chat.id  # any chat: nothing is posted there
        one = replace(round_of(kind, people[0].actor.member, group), id=RoundId(number))
        said = {}
        for place, person in enumerate(order[kind]):
            sentence = f"{SIGN[kind]}{words[kind][person]}" + "很" * chance.randrange(200)
            said[people[person].actor.member.id] = len(sentence)
            response = {"where": (f"o{chance.randrange(len(OPTIONS))}",), "words": sentence}
            await office.answers(people[person], one, response)
            if kind is Confidence.ANONYMOUS and place % (PEOPLE // MOMENTS) == 0:
                await thief.takes(f"open {place}")
        kept = await database.read(
            lambda stores, number=number: stores.connection.execute(LENGTHS, {"n": number}).all()
        )
        case.lengths[kind] = [(length, said[member]) for member, length in kept]
        case.keys += [keys.find(key) for key in keys.all()]
        if kind is Confidence.ANONYMOUS:
            await thief.takes("open, at its end")
        await database.write(lambda stores, one=one: stores.responses.close(one))
    await thief.takes("closed")
    thief.goes()
    case.loot.files["logs"] = logs.text.encode()
    case.loot.files["keys"] = b"".join(file.read_bytes() for file in keys.folder.iterdir())
    return case


class Thief:
    """Takes every file of a store, at moments."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case, self.folder = case, folder
        if not case.engine.url.startswith("sqlite"):
            self.server = psycopg.connect(case.engine.url, autocommit=True)
            self.begin = self._one("SELECT pg_walfile_name(pg_current_wal_lsn())")

    def goes(self) -> None:
        if not self.case.engine.url.startswith("sqlite"):
            self.server.close()

    async def takes(self, moment: str) -> None:
        found = await self._sqlite(moment) if self.case.engine.url.startswith("sqlite") else self._postgresql(moment)
        self.case.loot.files |= {f"{moment}: {name}": content for name, content in found.items()}

    async def _sqlite(self, moment: str) -> dict[str, bytes]:
        file = self.case.engine.file
        copy = self.folder / f"{moment.replace(' ', '-')}.backup"
        found = {one.name: one.read_bytes() for one in file.parent.glob(f"{file.name}*") if one.is_file()}
        await backup.backup(file, copy)
        with closing(sqlite3.connect(copy)) as connection:
            found["rows"] = "\n".join(map(str, connection.execute("SELECT * FROM anonymous_answers"))).encode()
        return found | {copy.name: copy.read_bytes()}

    def _postgresql(self, moment: str) -> dict[str, bytes]:
        """The database's heaps and indexes with their dead rows, its log of changes, and what the server wrote."""
        self.server.execute("CHECKPOINT")
        data = Path(self._one("SHOW data_directory"))
        oid = self._one("SELECT oid FROM pg_database WHERE datname = current_database()")
        if moment.startswith("open") and not moment.endswith("end"):
            return {}  # nothing goes from there while the round is open
        heaps = [one for one in (data / "base" / str(oid)).iterdir() if one.is_file()]
        wal = [one for one in (data / "pg_wal").iterdir() if one.is_file() and one.name >= self.begin]
        notes = [one for one in data.iterdir() if one.is_file()]
        rows = self.server.execute("SELECT ctid, xmin, * FROM anonymous_answers").fetchall()
        content = b"".join(one.read_bytes() for one in heaps + notes)
        return {
            "heap": content,
            "wal": b"".join(one.read_bytes() for one in sorted(wal)),
            "rows": "\n".join(map(str, rows)).encode(),
        }

    def _one(self, statement: Any) -> Any:
        return self.server.execute(statement).fetchone()[0]


async def test_who_answered_what_cannot_be_found_out(engine, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    case = await answered(engine, tmp_path, caplog)
    named, anonymous = Confidence.NAMED, Confidence.ANONYMOUS

    # Of the named round the attacker learns all, in each of the ways.
    assert len(words_seen(case, named, only_open=True)) == PEOPLE
    assert hits_by_nearness(case, named) > PEOPLE * 0.9
    assert strongest_order(case, named) > 0.95
    assert correlation(*map(list, zip(*case.lengths[named], strict=True))) > 0.95

    # Of the anonymous one nothing is readable while it is open; and then what was said, not by whom.
    assert words_seen(case, anonymous, only_open=True) == set()
    assert len(words_seen(case, anonymous, only_open=False)) == PEOPLE
    assert hits_by_nearness(case, anonymous) < MANY_HITS
    assert strongest_order(case, anonymous) < STRONG
    assert correlation(*map(list, zip(*case.lengths[anonymous], strict=True))) == 0
    assert SIGN[anonymous].encode() not in case.loot.files["logs"]

    # What was encrypted stays so: the key was in no file that could be taken but its own, which is gone.
    (key,) = case.keys
    forms = (key, key.hex().encode(), key.hex().upper().encode())
    assert not any(form in content for _, content in case.loot.all() for form in forms)
    assert case.loot.files["keys"] == b""


async def test_an_attacker_who_has_the_key_before_the_end_reads_it(engine, tmp_path, caplog):
    """So the key is what anonymity hangs on while a round is open: docs/anonymity.md says so."""
    database = await engine.open()
    keys = KeyFolder(tmp_path / "keys")
    database.keep_keys_in(keys)
    office, people = Office(database), [Person(7_000_000_000 + number, "李伟") for number in range(5)]
    await office.meets(people, random.Random(1))  # noqa: S311 - the test's own order
    one = round_of(Confidence.ANONYMOUS, people[0].actor.member, people[0].actor.chat.id)
    for person in people:
        await office.answers(person, one, answers(1, 2, "心声"))
    statement = text("SELECT body FROM responses")
    bodies = await database.read(lambda stores: list(stores.connection.execute(statement).scalars()))
    assert all(body.startswith(MARK) for body in bodies)
    (name,) = keys.all()
    member = people[0].actor.member.id
    assert (await database.read(lambda stores: stores.responses.draft(one, member)))["words"] == "心声"
    keys.destroy(name)
    assert await database.read(lambda stores: stores.responses.draft(one, member)) == {}
