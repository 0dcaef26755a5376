"""What is answered to questionnaires, in the store. See docs/anonymity.md."""

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)

from domain.ids import BranchId, MemberId
from domain.messaging.encryption import KeyId
from domain.table import Code
from domain.voice.questionnaire.data import of_response, to_response
from domain.voice.questionnaire.model import Question, QuestionKind, Questionnaire, Response
from domain.voice.questionnaire.rollup import rolled_up
from domain.voice.questionnaire.round import Confidence, Progress, Returned, Round
from storage.base import Id, metadata
from storage.cipher import Cipher, is_encrypted, key_of
from storage.dialects import upsert
from storage.feature import ERASED, MEMBER, Feature, Personal
from storage.keys import Keyring
from storage.messaging.encryption import Encryption
from storage.messaging.tables import encryption_keys
from storage.people.branch import branches

# Rounds have their own feature, whose table is made apart: a round's number stands here without a foreign key.
round_keys = Table(
    "round_keys",
    metadata,
    Column("round_id", Id, primary_key=True, autoincrement=False),
    Column("key_id", String(32), ForeignKey("encryption_keys.id"), nullable=False),
)

responses = Table(
    "responses",
    metadata,
    Column("round_id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True, index=True),
    Column("state", String(16), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),  # of an anonymous one it is encrypted with the answers
    Column("body", Text),
)

# No column says when, and no number in what order: rows lie by their random keys.
anonymous_answers = Table(
    "anonymous_answers",
    metadata,
    Column("round_id", Id, primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

response = responses.c
OF_ROUND = response.round_id == bindparam("round")
ONE = (OF_ROUND, response.member_id == bindparam("member"))
BEGUN = response.state == Progress.BEGUN.value
SUBMITTED = response.state == Progress.SUBMITTED.value
GET = select(response.state, response.body).where(*ONE)
KEEP = upsert(responses, ("round_id", "member_id"), body=bindparam("new_body"))
SUBMIT = (
    update(responses)
    .where(*ONE)
    .values(
        state=Progress.SUBMITTED.value,
        branch_id=bindparam("new_branch", type_=Id),
        body=bindparam("new_body"),
    )
)
ALL_SUBMITTED = select(response.member_id, response.branch_id, response.body).where(OF_ROUND, SUBMITTED)
CLEAR = update(responses).where(OF_ROUND).values(body=None, branch_id=None)
BODIES = select(response.body).where(OF_ROUND, response.body.is_not(None))
DROP_BEGUN = delete(responses).where(OF_ROUND, BEGUN)
DROP_ONE = delete(responses).where(*ONE)
DROP_ALL = delete(responses).where(OF_ROUND)
DROP_BEGUN_OF = delete(responses).where(response.member_id == bindparam("member"), BEGUN)
known = responses.alias("known")
TAKE_OVER = (
    update(responses)
    .where(
        response.member_id == bindparam("awaited"),
        ~exists().where(known.c.round_id == response.round_id, known.c.member_id == bindparam("known")),
    )
    .values(member_id=bindparam("known"))
)
DROP_OF = delete(responses).where(response.member_id == bindparam("awaited"))
KEY = (
    select(round_keys.c.key_id, encryption_keys.c.destroyed)
    .join(encryption_keys)
    .where(round_keys.c.round_id == bindparam("round"))
)
PUT_KEY = upsert(round_keys, ("round_id",), key_id=bindparam("new_key"))
PARENTS = select(branches.c.id, branches.c.parent_id)
ADD_ANONYMOUS = insert(anonymous_answers)
ANONYMOUS = (
    select(anonymous_answers.c.body, anonymous_answers.c.branch_id)
    .where(anonymous_answers.c.round_id == bindparam("round"))
    .order_by(anonymous_answers.c.key)
)
DROP_ANONYMOUS = delete(anonymous_answers).where(anonymous_answers.c.round_id == bindparam("round"))

ABOUT = "response"  # what is encrypted is for
# Bytes that an answer takes at most, compressed: words in the widest signs, a number or date, what stands around all.
ROOM_OF_TEXT, ROOM_OF_OTHERS, ROOM_OF_ALL, QUOTES = 3000, 60, 200, 3
SHUFFLE = secrets.SystemRandom().shuffle


class Responses:
    """See `domain.voice.questionnaire.round.Responses`."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self.connection = connection
        self.cipher = Cipher(keyring)
        self.encryption = Encryption(connection, keyring)

    def key(self, one: Round) -> KeyId:
        """The key of an anonymous round; a new one where it was lost.

        Raises ValueError once it is closed, StoreError.
        """
        row = self.connection.execute(KEY, {"round": one.id}).one_or_none()
        found, destroyed = row or (None, False)
        if destroyed:
            raise ValueError(f"round {one.id} is over")
        if found is None or not self.cipher.has(found):
            found = self.encryption.new_key()
            self.connection.execute(PUT_KEY, {"round_id": one.id, "key_id": found, "new_key": found})
        return found

    def _key(self, one: Round) -> KeyId | None:
        row = self.connection.execute(KEY, {"round": one.id}).one_or_none()
        return row and KeyId(row[0])

    def draft(self, one: Round, member: MemberId) -> Response:
        """What a member has answered so far."""
        _, found = self._get(one, member)
        return to_response(one.questionnaire, found["response"]) if found else {}

    def progress(self, one: Round, member: MemberId) -> Progress | None:
        """How far a member is."""
        return self._get(one, member)[0]

    def _get(self, one: Round, member: MemberId) -> tuple[Progress | None, dict[str, Any] | None]:
        """How far a member is, and what is kept of it; as if they had not begun where nobody can read that any more."""
        row = self.connection.execute(GET, {"round": one.id, "member": member}).one_or_none()
        if row is None:
            return None, None
        state, body = row
        found = self._read(body)
        return (None, None) if body is not None and found is None else (Progress(state), found)

    def _read(self, body: str | None) -> dict[str, Any] | None:
        words = self.cipher.decrypt(body, ABOUT) if body is not None and is_encrypted(body) else body
        found: dict[str, Any] | None = None if words is None else json.loads(words)
        return found

    def _written(self, one: Round, response: Response, branch: BranchId | None) -> str:
        """What was answered, in the order of the questions and not of the answers."""
        places = {question.key: place for place, question in enumerate(one.questionnaire.questions)}
        answers = {key: response[key] for key in sorted(response, key=lambda key: places.get(key, len(places)))}
        if one.confidence is not Confidence.ANONYMOUS:
            return _json({"response": of_response(answers)})
        words = _json({"response": of_response(answers), "branch": branch})
        return self.cipher.encrypt(self.key(one), words, ABOUT, room_for(one.questionnaire))

    def keep(self, one: Round, member: MemberId, response: Response, at: datetime) -> None:
        """Remember what a member has answered so far; of an anonymous round not when. A submitted one stays so."""
        progress, found = self._get(one, member)
        body = self._written(one, response, found.get("branch") if found else None)
        row = {"round_id": one.id, "member_id": member, "state": Progress.BEGUN, "body": body, "new_body": body}
        if progress is None:  # there may be one that nobody can read any more
            self.connection.execute(DROP_ONE, {"round": one.id, "member": member})
        self.connection.execute(KEEP, row)

    def submit(self, one: Round, member: MemberId, branch: BranchId | None, at: datetime) -> None:
        """Count what a member has answered; nothing where they have not begun."""
        _, found = self._get(one, member)
        if found is None:
            return
        body = self._written(one, to_response(one.questionnaire, found["response"]), branch)
        plain = None if one.confidence is Confidence.ANONYMOUS else branch
        self.connection.execute(SUBMIT, {"round": one.id, "member": member, "new_branch": plain, "new_body": body})

    def submitted(self, one: Round) -> set[MemberId]:
        """Who has submitted; not those whose answers are lost, who may answer anew."""
        rows = self.connection.execute(ALL_SUBMITTED, {"round": one.id})
        return {MemberId(member) for member, _, body in rows if not self._is_lost(body)}

    def _is_lost(self, body: str | None) -> bool:
        return body is not None and is_encrypted(body) and not self.cipher.has(key_of(body))

    def returned(self, one: Round) -> Sequence[Returned]:
        """All submitted responses, in no order; of an anonymous round none before it is closed."""
        if one.confidence is Confidence.ANONYMOUS:
            rows = self.connection.execute(ANONYMOUS, {"round": one.id})
            found = [(None, branch, json.loads(body)) for body, branch in rows]
        else:
            submitted = self.connection.execute(ALL_SUBMITTED, {"round": one.id})
            found = [(member, branch, json.loads(body)["response"]) for member, branch, body in submitted]
            SHUFFLE(found)
        is_named = one.confidence is Confidence.NAMED
        return [
            Returned(to_response(one.questionnaire, answers), branch, member if is_named else None)
            for member, branch, answers in found
        ]

    def close(self, one: Round) -> None:
        """Make what was answered final; a second time nothing happens. Whose an anonymous answer is gets lost here."""
        if one.confidence is Confidence.ANONYMOUS:
            keys = self._keys(one)
            self._part(one)
            self._destroy(keys)
        self.connection.execute(DROP_BEGUN, {"round": one.id})

    def _part(self, one: Round) -> None:
        """Put what was answered apart from who did; where too few have, none of it could ever be shown."""
        rows = self.connection.execute(ALL_SUBMITTED, {"round": one.id}).all()
        found = [kept for kept in (self._read(body) for *_, body in rows) if kept is not None]
        self.connection.execute(CLEAR, {"round": one.id})
        if len(found) < max(one.threshold, 1):
            return
        parents = {BranchId(branch): parent for branch, parent in self.connection.execute(PARENTS)}
        places = rolled_up([kept["branch"] for kept in found], parents, one.threshold)
        lines = [
            {"branch_id": place, "body": _json(kept["response"])} for place, kept in zip(places, found, strict=True)
        ]
        SHUFFLE(lines)
        named = [{"round_id": one.id, "key": secrets.token_hex(16), **line} for line in lines]
        self.connection.execute(ADD_ANONYMOUS, named)

    def _keys(self, one: Round) -> set[KeyId]:
        """The round's key, and those that it had before and that were lost."""
        bodies = self.connection.execute(BODIES, {"round": one.id}).scalars()
        own = self._key(one)
        return {key_of(body) for body in bodies if is_encrypted(body)} | ({own} if own else set())

    def _destroy(self, keys: Iterable[KeyId]) -> None:
        for key in keys:
            self.encryption.destroy(key)

    def forget(self, one: Round) -> None:
        """Remove all that was answered."""
        keys = self._keys(one)
        self.connection.execute(DROP_ALL, {"round": one.id})
        self.connection.execute(DROP_ANONYMOUS, {"round": one.id})
        self._destroy(keys)

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What an awaited member has answered is the known one's, unless that one has answered, too."""
        self.connection.execute(TAKE_OVER, {"awaited": awaited, "known": known})
        self.connection.execute(DROP_OF, {"awaited": awaited})

    def drop_begun(self, member: MemberId) -> None:
        """Remove what a member has begun to answer and not submitted."""
        self.connection.execute(DROP_BEGUN_OF, {"member": member})


def room_for(questionnaire: Questionnaire) -> int:
    """Bytes that whatever is answered to a questionnaire fits in: so each response has the same size."""
    return ROOM_OF_ALL + sum(map(_room, questionnaire.questions))


def _room(question: Question) -> int:
    chosen = sum(len(option.key.encode()) + QUOTES for option in question.options)
    written = ROOM_OF_TEXT if question.kind is QuestionKind.TEXT else ROOM_OF_OTHERS
    return len(question.key.encode()) + chosen + written


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


OWN = (
    select(response.round_id.label("number"), response.state.label("action"), response.body.label("answer"))
    .where(response.member_id == MEMBER)
    .order_by(response.round_id)
)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """That somebody has answered; what, unless it is anonymous."""
    number, state, body = line
    answers = {} if body is None or is_encrypted(body) else json.loads(body)["response"]
    return number, Code(f"response.{state}"), [f"{key}: {_words(value)}" for key, value in answers.items()]


def _words(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


FEATURE = Feature(
    tables=(round_keys, responses, anonymous_answers),
    personal=(Personal(425, "responses", OWN, _told),),
    erase_member=(delete(responses).where(response.member_id == ERASED, BEGUN),),
)
