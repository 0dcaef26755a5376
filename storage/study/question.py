"""Questions of the study library in the store."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    bindparam,
    insert,
    or_,
    select,
    update,
)

from domain.ids import QuestionId, StudyItemId
from domain.study.question import Blank, Change, Question, QuestionKind, StoredQuestion
from storage.base import Id, metadata
from storage.columns import Json
from storage.feature import Feature
from storage.study.tables import study_items

study_questions = Table(
    "study_questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("item_id", Id, ForeignKey("study_items.id")),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("content", Json, nullable=False),  # what its kind needs: options, right, pairs, distractors, blanks
    Column("explanation", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("retired", Boolean, nullable=False),
    Index(None, "item_id"),
    Index(None, "topic"),
)

one = study_questions.c
QUESTION = (one.code, one.kind, one.text, one.content, one.explanation, one.source, one.topic)
STORED = (one.id, one.item_id, one.version, one.retired, *QUESTION)
FIND = select(*STORED).where(one.code == bindparam("code"))
GET = select(*STORED).where(one.id == bindparam("question"))
BY_CODES = select(*STORED).where(one.code.in_(bindparam("codes", expanding=True))).order_by(one.id)
ASKED: Select[Any] = select(*STORED).where(~one.retired).order_by(one.id)
OF_ITEM = ASKED.where(one.item_id == bindparam("item"))
ADD = insert(study_questions)
CHANGE = update(study_questions).where(one.id == bindparam("question"))
RETIRE = update(study_questions).where(one.id == bindparam("question")).values(retired=True)
OF_ALL = ASKED.outerjoin(study_items, study_items.c.id == one.item_id).where(
    or_(one.item_id.is_(None), study_items.c.withdrawn_at.is_(None))
)
OF_TOPICS = OF_ALL.where(one.topic.in_(bindparam("topics", expanding=True)))
AT_ONCE = 500  # codes in one statement


def to_question(row: Sequence[Any]) -> Question:
    """A row of QUESTION as the domain's."""
    code, kind, text, content, explanation, source, topic = row
    return Question(
        code,
        QuestionKind(kind),
        text,
        options=tuple(content.get("options", ())),
        right=tuple(content.get("right", ())),
        pairs=tuple((left, right) for left, right in content.get("pairs", ())),
        distractors=tuple(content.get("distractors", ())),
        blanks=tuple(_to_blank(blank) for blank in content.get("blanks", ())),
        explanation=explanation,
        source=source,
        topic=topic,
    )


def _to_blank(told: Mapping[str, Any]) -> Blank:
    tolerance = told.get("tolerance")
    return Blank(tuple(told["words"]), None if tolerance is None else Decimal(tolerance))


def _from_blank(blank: Blank) -> Mapping[str, Any]:
    told: dict[str, Any] = {"words": list(blank.words)}
    return told if blank.tolerance is None else told | {"tolerance": str(blank.tolerance)}


def _values(question: Question) -> dict[str, Any]:
    content = {
        "options": list(question.options),
        "right": list(question.right),
        "pairs": [list(pair) for pair in question.pairs],
        "distractors": list(question.distractors),
        "blanks": [_from_blank(blank) for blank in question.blanks],
    }
    return {
        "kind": question.kind,
        "text": question.text,
        "content": {name: value for name, value in content.items() if value},
        "explanation": question.explanation,
        "source": question.source,
        "topic": question.topic,
    }


def to_stored(row: Sequence[Any]) -> StoredQuestion:
    """A row of STORED as the domain's."""
    id_, item, version, retired, *rest = row
    belongs = None if item is None else StudyItemId(item)
    return StoredQuestion(QuestionId(id_), to_question(rest), belongs, version, retired)


class Questions:
    """See `domain.study.question.Questions`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, question: Question, *, item: StudyItemId | None = None) -> Change:
        """Add a question, or replace the one with its code. One that had an item keeps it if no other is given."""
        row = self.connection.execute(FIND, {"code": question.code}).one_or_none()
        if row is None:
            values = {"code": question.code, "item_id": item, "version": 1, "retired": False}
            self.connection.execute(ADD, values | _values(question))
            return Change.ADDED
        known = to_stored(row)
        belongs = known.item if item is None else item
        if known.question == question and known.item == belongs and not known.retired:
            return Change.SAME
        values = {"item_id": belongs, "version": known.version + 1, "retired": False}
        self.connection.execute(CHANGE, {"question": known.id} | values | _values(question))
        return Change.CHANGED

    def get(self, question: QuestionId) -> StoredQuestion | None:
        """One question, also a retired one."""
        row = self.connection.execute(GET, {"question": question}).one_or_none()
        return None if row is None else to_stored(row)

    def by_codes(self, codes: Collection[str]) -> list[StoredQuestion]:
        """Those of these names that are there, also retired ones."""
        wanted = sorted(set(codes))
        parts = [wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)]
        found = [to_stored(row) for part in parts for row in self.connection.execute(BY_CODES, {"codes": part})]
        return sorted(found, key=lambda stored: stored.id)

    def of_item(self, item: StudyItemId) -> list[StoredQuestion]:
        """The questions of a study item, by their order."""
        return [to_stored(row) for row in self.connection.execute(OF_ITEM, {"item": item})]

    def of_topics(self, topics: Collection[str]) -> list[StoredQuestion]:
        """The questions that may be asked of these topics, of all topics if there are none; by their ids."""
        statement, values = (OF_TOPICS, {"topics": sorted(topics)}) if topics else (OF_ALL, {})
        return [to_stored(row) for row in self.connection.execute(statement, values)]

    def retire(self, question: QuestionId) -> None:
        """Ask a question no more."""
        self.connection.execute(RETIRE, {"question": question})


FEATURE = Feature(tables=(study_questions,))
