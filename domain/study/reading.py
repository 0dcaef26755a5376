"""Records are looked at field by field; all that is wrong with them is noted."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from domain.people.permission import Role
from domain.people.role import read as read_role
from domain.study.audience import Audience
from domain.study.campaign import Campaign
from domain.study.course import Course
from domain.study.item import Lesson, Media, MediaKind
from domain.study.library import (
    MAX_DETAIL_CHARS,
    MAX_FAULTS,
    Fault,
    Kind,
    Library,
    Reason,
    Record,
    WrongLibrary,
    code_of,
)
from domain.study.question import (
    MAX_POLL_EXPLANATION_CHARS,
    MAX_POLL_OPTION_CHARS,
    MAX_POLL_TEXT_CHARS,
    Question,
    QuestionKind,
    faults,
)
from domain.study.telling import TRUTHS, to_blank, to_pair, to_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_CHARS: Mapping[str, int] = {
    "code": 64,
    "title": 30,
    "topics": 30,
    "text": 1000,
    "source": 200,
    "url": 500,
    "owner": 64,
    "question": 1000,
    "options": 300,
    "answer": 300,
    "pairs": 620,
    "distractors": 300,
    "explanation": 1000,
    "branches": 200,
    "trades": 30,
    "items": 64,
    "media": 300,
    "media_name": 120,
}
MAX_VALUES: Mapping[str, int] = {"topics": 8, "branches": 50, "roles": 6, "trades": 20, "items": 200, "answer": 12}
OF_A_POLL: Mapping[str, int] = {
    "question": MAX_POLL_TEXT_CHARS,
    "options": MAX_POLL_OPTION_CHARS,
    "explanation": MAX_POLL_EXPLANATION_CHARS,
}
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
LINK = re.compile(r"https?://[^\s/?#\\@\"'<>]+(?:[/?#][^\s\"'<>\\]*)?", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,12}")
MEDIA = re.compile(r"(picture|document):([\w-]{1,250})", re.ASCII)
WITH_OPTIONS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.ORDERING})
ALL = 100  # percent
# Which field a reason of `question.faults` is about.
ABOUT = {
    "no_text": "question",
    "long_text": "question",
    "long_explanation": "explanation",
    "option": "options",
    "same_options": "options",
    "right": "answer",
    "several_right": "answer",
    "blanks": "answer",
    "blank": "answer",
}


def check(records: Sequence[Record]) -> Library:
    """The library that records make. Raises WrongLibrary with all that is wrong, up to MAX_FAULTS."""
    checker = Checker()
    lessons = [checker.lesson(one) for one in records if one.kind is Kind.ITEM]
    courses = [checker.course(one) for one in records if one.kind is Kind.COURSE]
    campaigns = [checker.campaign(one) for one in records if one.kind is Kind.CAMPAIGN]
    if not records:
        checker.blame(Record(Kind.ITEM, {}), "item", Reason.NOTHING)
    if checker.faults:
        raise WrongLibrary(checker.faults)
    return Library(tuple(lessons), tuple(courses), tuple(campaigns), checker.owners, checker.seen)


class Checker:
    """Makes lessons, courses and campaigns of records; `seen` are those by kind and code."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.owners: dict[str, str] = {}
        self.seen: dict[str, Record] = {}

    def blame(self, record: Record, name: str, reason: Reason, *, detail: str = "", most: int = 0) -> None:
        """Something is wrong with a field."""
        if len(self.faults) < MAX_FAULTS:
            item = (record.one("code") or record.one("title"))[:MAX_DETAIL_CHARS]
            self.faults.append(Fault(record.at(name), item, name, reason, detail[:MAX_DETAIL_CHARS], most))

    def lesson(self, record: Record) -> Lesson:
        """The lesson of a record."""
        title, text = self._needed(record, "title"), self._needed(record, "text")
        source = self._needed(record, "source")
        code = self._code(record, title, source)
        topics = tuple(dict.fromkeys(self._values(record, "topics")))
        effective, expires = self._day(record, "effective"), self._day(record, "expires")
        if effective is not None and expires is not None and expires < effective:
            self.blame(record, "expires", Reason.ENDS_BEFORE)
        owner = self._one(record, "owner")
        if owner:
            self.owners[code] = owner
        topic, *more = topics or ("",)
        return Lesson(
            code,
            title,
            topic,
            text,
            source,
            self._question(record, code, source, topic),
            expires,
            tuple(more),
            self._media(record),
            self._link(record),
            effective,
            self._audience(record),
        )

    def course(self, record: Record) -> Course:
        """The course of a record."""
        title = self._needed(record, "title")
        items = tuple(dict.fromkeys(self._values(record, "items")))
        if not items:
            self.blame(record, "items", Reason.NO_ITEMS)
        return Course(self._code(record, title, "course"), title, items, self._audience(record))

    def campaign(self, record: Record) -> Campaign:
        """The campaign of a record."""
        title = self._needed(record, "title")
        since, until = self._needed_day(record, "from"), self._needed_day(record, "until")
        if until < since:
            self.blame(record, "until", Reason.ENDS_BEFORE)
        share = self._number(record, "share", usual=ALL)
        if not 0 < share <= ALL:
            self.blame(record, "share", Reason.SHARE)
        items, topics = self._values(record, "items"), self._values(record, "topics")
        if not items and not topics:
            self.blame(record, "items", Reason.NO_ITEMS)
        code = self._code(record, title, "campaign")
        return Campaign(code, title, since, until, share, items, topics, self._audience(record))

    def _code(self, record: Record, title: str, source: str) -> str:
        code = self._one(record, "code") or code_of(title, source)
        key = f"{record.kind}:{code}"
        if key in self.seen:
            self.blame(record, "code", Reason.TWICE, detail=code)
        self.seen[key] = record
        return code

    def _values(self, record: Record, name: str) -> tuple[str, ...]:
        values = record.values(name)
        for value in values:
            if len(value) > MAX_CHARS.get(name, MAX_DETAIL_CHARS):
                self.blame(record, name, Reason.TOO_LONG, most=MAX_CHARS.get(name, MAX_DETAIL_CHARS))
            if "\0" in value:
                self.blame(record, name, Reason.NOT_A_TEXT)
        if len(values) > MAX_VALUES.get(name, len(values)):
            self.blame(record, name, Reason.TOO_MANY, most=MAX_VALUES[name])
        return values

    def _one(self, record: Record, name: str) -> str:
        return next(iter(self._values(record, name)), "")

    def _needed(self, record: Record, name: str) -> str:
        value = self._one(record, name)
        if not value:
            self.blame(record, name, Reason.MISSING)
        return value

    def _day(self, record: Record, name: str) -> date | None:
        told = record.one(name)
        found = DAY.fullmatch(told)
        try:
            day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
        except ValueError:
            day = None
        if told and day is None:
            self.blame(record, name, Reason.NOT_A_DATE, detail=told)
        return day

    def _needed_day(self, record: Record, name: str) -> date:
        if not record.one(name):
            self.blame(record, name, Reason.MISSING)
        return self._day(record, name) or date.min

    def _number(self, record: Record, name: str, *, usual: int) -> int:
        told = record.one(name)
        if told and not NUMBER.fullmatch(told):
            self.blame(record, name, Reason.NOT_A_NUMBER, detail=told)
            return usual
        return int(told) if told else usual

    def _link(self, record: Record) -> str:
        told = self._one(record, "url")
        if told and not LINK.fullmatch(told):
            self.blame(record, "url", Reason.NOT_A_LINK, detail=told)
        return told

    def _media(self, record: Record) -> Media | None:
        told = record.one("media")
        found = MEDIA.fullmatch(told)
        if told and not found:
            self.blame(record, "media", Reason.NOT_A_FILE)
        size = self._number(record, "media_size", usual=0)
        return Media(MediaKind(found[1]), found[2], self._one(record, "media_name"), size) if found else None

    def _audience(self, record: Record) -> Audience:
        return Audience(
            self._values(record, "branches"),
            tuple(role for told in self._values(record, "roles") if (role := self._role(record, told)) is not None),
            self._values(record, "trades"),
        )

    def _role(self, record: Record, told: str) -> Role | None:
        role = Role.EMPLOYEE if told == Role.EMPLOYEE else read_role(told)
        if role is None:
            self.blame(record, "roles", Reason.NOT_A_ROLE, detail=told)
        return role

    def _question(self, record: Record, code: str, source: str, topic: str) -> Question | None:
        if not any(record.values(name) for name in ("question", "options", "answer", "pairs", "kind")):
            if "question" in record.fields:  # written, and empty
                self.blame(record, "question", Reason.MISSING)
            return None
        kind = self._kind(record)
        if kind is None:
            return None
        before = len(self.faults)
        options = self._values(record, "options")
        if not options and kind in WITH_OPTIONS:
            self.blame(record, "options", Reason.MISSING)
        question = Question(
            code,
            kind,
            self._needed(record, "question"),
            options,
            self._right(record, kind, options),
            self._pairs(record) if kind is QuestionKind.MATCHING else (),
            self._values(record, "distractors"),
            tuple(map(to_blank, self._values(record, "answer"))) if kind is QuestionKind.FILL_IN else (),
            self._one(record, "explanation"),
            source,
            topic,
        )
        if len(self.faults) == before:
            for name in dict.fromkeys(faults(question)):
                self.blame(record, ABOUT.get(name, name), Reason.QUESTION, detail=name)
        return question

    def _kind(self, record: Record) -> QuestionKind | None:
        """Also looks at the lengths that the kind has: one that is a native quiz is shorter."""
        told = record.one("kind") or QuestionKind.SINGLE
        if told not in list(QuestionKind):
            self.blame(record, "kind", Reason.NOT_A_KIND, detail=told)
            return None
        if told == QuestionKind.SINGLE:
            for name, most in OF_A_POLL.items():
                if any(len(value) > most for value in record.values(name)):
                    self.blame(record, name, Reason.TOO_LONG, most=most)
        return QuestionKind(told)

    def _right(self, record: Record, kind: QuestionKind, options: tuple[str, ...]) -> tuple[int, ...]:
        told = self._values(record, "answer")
        if kind is QuestionKind.TRUE_FALSE:
            return (TRUTHS.index(told[0]),) if len(told) == 1 and told[0] in TRUTHS else ()
        if kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
            return ()
        places = to_places(told, options)
        if places is None and options:
            reason = Reason.NO_SUCH_OPTION if told else Reason.MISSING
            self.blame(record, "answer", reason, detail="、".join(told))
        return places or ()

    def _pairs(self, record: Record) -> tuple[tuple[str, str], ...]:
        found = [to_pair(told) for told in self._values(record, "pairs")]
        if None in found:
            self.blame(record, "pairs", Reason.QUESTION, detail="pairs")
        return tuple(pair for pair in found if pair is not None)
