"""What somebody has answered so far, which question is shown, and which follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from domain.ids import MemberId
from domain.messaging.message import Subject
from domain.voice.questionnaire.model import CHOICES, Option, Question, Value, fits
from domain.voice.questionnaire.round import Progress, Round

if TYPE_CHECKING:
    from collections.abc import Sequence

OVERVIEW = "~"  # a place: all answers at a look; before a question's key: one that is changed from there


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody has answered in a round, and where their dialogue stands.

    `place` is a question's key, `OVERVIEW` with or without one, or nothing before the first question.
    """

    round: Round
    member: MemberId
    response: dict[str, Value]
    place: str
    progress: Progress | None = None

    @property
    def subject(self) -> Subject:
        """What the one message of the dialogue is about."""
        return Subject("answering", self.round.id, self.member)

    @property
    def is_begun(self) -> bool:
        """Whether the first question was shown."""
        return bool(self.place)

    @property
    def asked(self) -> list[Question]:
        """The questions that are asked, as far as is known yet."""
        return self.round.questionnaire.asked(self.response)

    @property
    def question(self) -> Question | None:
        """The question that is shown; nothing where it is not asked any more."""
        key = self.place.removeprefix(OVERVIEW)
        return next((one for one in self.asked if one.key == key), None)

    @property
    def index(self) -> int:
        """The number of the question among all of the questionnaire, from 0."""
        shown = self.question
        return -1 if shown is None else self.round.questionnaire.questions.index(shown)

    @property
    def number(self) -> int:
        """The number of the question among those that are asked, from 1."""
        shown = self.question
        return 0 if shown is None else self.asked.index(shown) + 1

    @property
    def value(self) -> Value | None:
        """What was answered to the question that is shown."""
        return self.response.get(self.place.removeprefix(OVERVIEW))

    @property
    def options(self) -> list[tuple[int, Option]]:
        """The options of the question that is shown, each with its number in the questionnaire, in this one's order."""
        shown = self.question
        if shown is None:
            return []
        numbered = list(enumerate(shown.options))
        if shown.shuffled:
            numbered.sort(key=lambda one: _lot(f"{self.round.id}:{self.member}:{shown.key}:{one[1].key}"))
        return numbered

    def has_answered(self, one: Question) -> bool:
        """Whether a question has a whole answer."""
        return one.key in self.response and fits(one, self.response[one.key])

    @property
    def missing(self) -> Question | None:
        """The first required question without an answer."""
        return next((one for one in self.asked if one.required and not self.has_answered(one)), None)

    @property
    def may_go_on(self) -> bool:
        """Whether the question that is shown was answered or may be left out."""
        shown = self.question
        return shown is not None and (not shown.required or self.has_answered(shown))

    def at(self, place: str) -> Sheet:
        """The same at another place."""
        return replace(self, place=place)

    def answered(self, question: Question, value: Value | None) -> Sheet:
        """The same with an answer, or with none; what is not asked any more is dropped."""
        changed = {key: known for key, known in self.response.items() if key != question.key}
        if value is not None:
            changed[question.key] = value
        return replace(self, response=self.round.questionnaire.kept(changed))

    def further(self) -> Sheet:
        """At the next question; from the overview at what has come to be asked, else back there."""
        if self.place.startswith(OVERVIEW):
            missing = self.missing
            return self.at(OVERVIEW if missing is None else OVERVIEW + missing.key)
        following = self.asked[self.number :]
        return self.at(following[0].key if following else OVERVIEW)

    def back(self) -> Sheet:
        """At the question before."""
        if self.place.startswith(OVERVIEW) and self.place != OVERVIEW:
            return self.at(OVERVIEW)
        before = self.asked[: self.number - 1] if self.number else self.asked
        return self.at(before[-1].key if before else "")


def _lot(words: str) -> bytes:
    """An order by chance that stays."""
    return sha256(words.encode()).digest()


def options_named(question: Question, words: Sequence[str]) -> tuple[str, ...] | None:
    """The options that are meant by words: their text, their letter or their number, or nothing."""
    found = []
    for word in words:
        named = [one.key for place, one in enumerate(question.options) if word in _names(place, one)]
        if len(named) != 1 or question.kind not in CHOICES:
            return None
        found.extend(named)
    return tuple(dict.fromkeys(found)) or None


def _names(place: int, option: Option) -> tuple[str, ...]:
    return option.text, chr(ord("A") + place), str(place + 1)
