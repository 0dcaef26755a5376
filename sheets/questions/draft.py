"""A question as plain Chinese text and tables tell it, in words; and the question that these words make."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

import plain
from sheets.questionnaire.words import one_line
from sheets.questions import spoken
from sheets.questions.collecting import Collected
from sheets.questions.found import Kind, Loss, Mistake, Place, Question

BLANK = re.compile(r"[_＿]{2,}+|[（(]\s*+[）)]")
OPEN = re.compile(r"[（(]\s*+[）)]\s*+[。.？?！!]?+\s*+$")
ALTERNATIVES = re.compile(r"[|｜]")
BLANKS = (re.compile(r"[;；]"), re.compile(r"[、,，]"), re.compile(r"\s+"))
SIDES = (re.compile("——"), re.compile("—|→|->|=>|--|＝|="))  # the first that is there parts the two
NO_ORDER = re.compile(r"[\s,，、;；.．>→-]+")
NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?")
SEVERAL = 2


@dataclass(slots=True)
class Draft:
    """A question in words. `kind` is set where it is said, `undecided` where only “choice” is.

    `answer` is `None` where there is none; `pairs` and `distractors` are as they stand.
    """

    place: Place
    number: int = 0
    kind: Kind | None = None
    undecided: bool = False
    text: str = ""
    options: list[str] = field(default_factory=list)
    answer: str | None = None
    answer_place: Place | None = None
    pairs: list[str] = field(default_factory=list)
    distractors: list[str] = field(default_factory=list)
    explanation: str = ""
    source: str = ""
    topic: str = ""
    code: str = ""
    tolerance: str = ""


class Making:
    """Makes a question of a draft; tells what is wrong."""

    def __init__(self, draft: Draft, into: Collected) -> None:
        self.draft = draft
        self.into = into
        self.text = draft.text.strip()
        self._wrong = False

    def blame(self, mistake: Mistake, detail: str = "") -> None:
        """Something is wrong with the answer."""
        self.into.blame(self.draft.answer_place or self.draft.place, mistake, detail)
        self._wrong = True

    def add(self, *, found_wrong: bool = False) -> None:
        """Make the question and hand it over."""
        draft = self.draft
        self._wrong = found_wrong
        said = draft.answer if draft.answer is not None else self._bracketed()
        kind = self._kind(said)
        one = Question(
            draft.place, kind, self.text,
            explanation=draft.explanation, source=draft.source, topic=draft.topic, code=draft.code,
        )  # fmt: skip
        made = _FILLED[kind](self, one, (said or "").strip())
        if draft.tolerance.strip() and made.tolerance is None:
            self.into.lose(draft.place, Loss.TOLERANCE, draft.tolerance)
        self.into.add(made, found_wrong=self._wrong)

    def _kind(self, said: str | None) -> Kind:
        draft = self.draft
        if draft.kind is not None:
            return draft.kind
        if draft.pairs:
            return Kind.MATCHING
        if draft.options or draft.undecided:
            return Kind.MULTIPLE if len(spoken.places(said or "") or ()) > 1 else Kind.SINGLE
        if said and spoken.truth(said) is not None and not BLANK.search(OPEN.sub("", self.text)):
            return Kind.TRUE_FALSE
        return Kind.FILL_IN

    def _bracketed(self) -> str | None:
        """The answer that stands in brackets in the stem, which are empty then."""
        draft = self.draft
        found = [
            one
            for one in spoken.BRACKETED.finditer(self.text)
            if self._can_answer(one["said"], ends=not self.text[one.end() :].strip("。.？?！! "))
        ]
        if draft.kind in (Kind.FILL_IN, Kind.MATCHING) or not found:
            return None
        if len(found) > 1:
            self.blame(Mistake.NOT_AN_ANSWER, " ".join(one[0] for one in found))
            return None
        (one,) = found
        self.text = f"{self.text[: one.start()]}{one[0][0]} {one[0][-1]}{self.text[one.end() :]}"
        return one["said"]

    def _can_answer(self, said: str, *, ends: bool) -> bool:
        places = spoken.places(said)
        if self.draft.options and places is not None:
            return max(places) < len(self.draft.options)
        if self.draft.options or spoken.truth(said) is None:
            return False
        return ends and (self.draft.kind is Kind.TRUE_FALSE or places is None)

    def choice(self, one: Question, said: str) -> Question:
        """One or several options are right."""
        options = tuple(self.draft.options)
        return replace(one, options=options, right=self._chosen(said) if said else ())

    def _chosen(self, said: str) -> tuple[int, ...]:
        """The places of the options that an answer names by letters or by their words."""
        options = [one_line(option) for option in self.draft.options]
        places = spoken.places(said)
        if places is not None and max(places) < len(options):
            return tuple(sorted(places))
        if one_line(said) in options:
            return (options.index(one_line(said)),)
        if places is not None:
            return tuple(sorted(places))
        parts = [one_line(part) for part in re.split(r"[;；|\n]", said) if part.strip()]
        if len(parts) > 1 and all(part in options for part in parts):
            return tuple(sorted({options.index(part) for part in parts}))
        self.blame(Mistake.NOT_AN_ANSWER, said)
        return ()

    def truth(self, one: Question, said: str) -> Question:
        """True or false; two options may say so, and a letter which."""
        values = [spoken.truth(option) for option in self.draft.options]
        letters = spoken.places(said)
        if self.draft.options and sorted(value for value in values if value is not None) != [0, 1]:
            self.blame(Mistake.NOT_AN_ANSWER, " ".join(self.draft.options))
            return one
        value = spoken.truth(said)
        if self.draft.options and letters is not None and len(letters) == 1 and letters[0] < SEVERAL:
            value = values[letters[0]]
        if said and value is None:
            self.blame(Mistake.NOT_AN_ANSWER, said)
        return replace(one, right=() if value is None else (value,))

    def blanks(self, one: Question, said: str) -> Question:
        """Words for each blank; `|` stands between spellings, `；` between blanks."""
        if self.draft.options:
            self.blame(Mistake.NOT_A_KIND, " ".join(self.draft.options))
            return one
        wanted = len(BLANK.findall(self.text))
        parts = self._parted(said, wanted)
        if said and wanted and len(parts) != wanted:
            self.blame(Mistake.BLANKS_DIFFER, f"{wanted} / {len(parts)}")
        blanks = tuple(tuple(one for one in ALTERNATIVES.split(part) if one.strip()) for part in parts)
        tolerance = self._tolerance()
        if tolerance is not None and not all(number(blank[0]) is not None for blank in blanks if blank):
            self.blame(Mistake.NOT_A_NUMBER, said)
        return replace(one, blanks=blanks, tolerance=tolerance)

    @staticmethod
    def _parted(said: str, wanted: int) -> list[str]:
        tries = [[part for part in sign.split(said) if part.strip()] for sign in BLANKS]
        if wanted > 1:
            return next((parts for parts in tries if len(parts) == wanted), tries[0])
        return tries[0]

    def _tolerance(self) -> Decimal | None:
        said = self.draft.tolerance.strip()
        if not said:
            return None
        found = number(said.lstrip("±"))
        if found is None or found < 0:
            self.blame(Mistake.NOT_A_NUMBER, said)
        return found

    def matching(self, one: Question, said: str) -> Question:
        """Pairs `left——right`, one a line, or in the answer with `；` between them."""
        given = self.draft.pairs or [part for part in re.split(r"[;；\n]", said) if part.strip()] or self.draft.options
        pairs, distractors = [], list(self.draft.distractors)
        for pair in given:
            left, *right = next((one for one in (sign.split(pair, maxsplit=1) for sign in SIDES) if one[1:]), [pair])
            if not right:
                self.blame(Mistake.NOT_AN_ANSWER, pair)
            elif left.strip():
                pairs.append((left, right[0]))
            else:
                distractors.append(right[0])
        return replace(one, pairs=tuple(pairs), distractors=tuple(distractors))

    def ordering(self, one: Question, said: str) -> Question:
        """The options in the order that the letters of the answer give."""
        options = self.draft.options
        places = spoken.places(NO_ORDER.sub("", said))
        if not said:
            self.blame(Mistake.NO_RIGHT)
        elif places is None or sorted(places) != list(range(len(options))):
            self.blame(Mistake.NOT_AN_ANSWER, said)
            places = None
        return replace(one, options=tuple(options[place] for place in places) if places else tuple(options))


_FILLED = {
    Kind.SINGLE: Making.choice,
    Kind.MULTIPLE: Making.choice,
    Kind.TRUE_FALSE: Making.truth,
    Kind.FILL_IN: Making.blanks,
    Kind.MATCHING: Making.matching,
    Kind.ORDERING: Making.ordering,
}


def number(said: str) -> Decimal | None:
    """A number, if it is one."""
    bare = plain.line(said, 60).replace(" ", "")
    return Decimal(bare) if NUMBER.fullmatch(bare) else None
