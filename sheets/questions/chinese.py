"""The plain text that everybody has: `1．题干（ ）`, `A．…`, `答案：B`, `解析：…`, and what else is met."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import plain
from sheets.questions import spoken
from sheets.questions.answers import Answers
from sheets.questions.collecting import LETTERS, Collected
from sheets.questions.draft import Draft, Making
from sheets.questions.found import Format, Found, Kind, Loss, Mistake, Place

NUMBERED = re.compile(r"\s*+(?:([（(])\s*+([0-9０-９]{1,4})\s*+[）)]|([0-9０-９]{1,4})\s*+([．.、:：)）]))\s*+(.*)")
OPTION = re.compile(r"\s*+[（(【\[]?+\s*+([A-Za-zＡ-Ｚａ-ｚ])\s*+[．.、:：)）】\]]\s*+(.*)")
INLINE = re.compile(r"(?:(?<=[\s;；,，。、])|(?<=[^\x00-\u02ff]))([A-ZＡ-Ｚ])\s*+[．.、:：)）]\s*+")
FIRST = re.compile(r"\s*+[（(【\[]?+\s*+[AＡ]\s*+[．.、:：)）】\]]")
MAX_HEADING_CHARS = 60
MAX_FIELD_CHARS = 20_000


@dataclass(slots=True)
class Raw:
    """An option line as it stands, with its letter."""

    letter: int
    text: str


@dataclass(slots=True)
class Reading:
    """The question that is read now: its options as lines, and the field that a further line belongs to."""

    draft: Draft
    part: str = "text"
    raw: list[Raw] = field(default_factory=list)
    left_out: bool = False

    @property
    def done(self) -> bool:
        """Whether another question may follow."""
        return bool(self.raw or self.draft.pairs) or self.draft.answer is not None


def signs(text: str) -> int:
    """How much of a text looks like this format: its answers, and the questions that have a first option."""
    lines = text.splitlines()
    answers = sum(1 for line in lines if _tag_of(line) in ("answer", "pair") or spoken.ANSWERS_ABOVE.fullmatch(line))
    first = sum(1 for one, other in itertools.pairwise(lines) if NUMBERED.fullmatch(one) and FIRST.match(other))
    judged = sum(1 for line in lines if NUMBERED.fullmatch(line) and spoken.BRACKETED.search(line))
    return answers + first + judged


def _tag_of(line: str) -> str | None:
    found = spoken.TAG.fullmatch(line)
    return spoken.TAGS[found[1] or found[2]] if found else None


def read(text: str) -> Found:
    """The questions in a text, and all that is wrong with it."""
    return _Reader(text).read()


class _Reader:
    """Reads line after line."""

    def __init__(self, text: str) -> None:
        self.lines = [plain.tidy(line) for line in text.splitlines()]
        self.into = Collected(Format.CHINESE)
        self.answers = Answers(self.into)
        self.drafts: list[tuple[Draft, bool]] = []
        self.now: Reading | None = None
        self.kind: Kind | None = None  # of the section
        self.undecided = self.left_out = self.at_end = False
        styles = (match[1] is not None for match in map(NUMBERED.match, self.lines) if match)
        self.in_brackets = next(styles, None)  # how questions are numbered here
        self.after_blank = self.after_heading = True
        self.chars = 0  # of further lines of the question that is read now

    def read(self) -> Found:
        """All of it."""
        for number, line in enumerate(self.lines, 1):
            if not line:
                self.after_blank = True
                continue
            self._line(Place(line=number), line)
            self.after_blank = False
        self._finish()
        self.answers.give([draft for draft, _ in self.drafts])
        for draft, found_wrong in self.drafts:
            Making(draft, self.into).add(found_wrong=found_wrong)
        return self.into.found()

    def _line(self, place: Place, line: str) -> None:
        if self.at_end:
            self.answers.read(place, line)
        elif not (
            self._starts_answers(place, line)
            or self._tag(place, line)
            or self._heading(place, line)
            or self._number(place, line)
            or self._option(line)
        ):
            self._more(place, line)

    def _starts_answers(self, place: Place, line: str) -> bool:
        """Whether the answers of all questions follow."""
        if not spoken.ANSWERS_ABOVE.fullmatch(line) or not (self.drafts or self.now):
            return False
        rest = self.lines[place.line :]
        following = [one for one in rest[:10] if one.strip()][:2]
        waiting = self.now is None or self.now.draft.answer is None
        self.at_end = waiting and bool(following) and all(map(Answers.begins, following))
        if self.at_end:
            self._finish()
        return self.at_end

    def _heading(self, place: Place, line: str) -> bool:
        """A line that says of what kind the next questions are, or only parts them."""
        if len(line) > MAX_HEADING_CHARS or (self.now and not self.now.done and not self.after_blank):
            return False
        bare = plain.tidy(line)
        found = spoken.HEADING.fullmatch(bare)
        if found and _is_kind(found["kind"]):
            self._finish()
            self._set_kind(found["kind"])
            return True
        if not spoken.TITLED.fullmatch(bare) or (self.now and self.now.part == "explanation" and not self.after_blank):
            return False
        self._finish()
        self._set_kind("")
        self.into.lose(place, Loss.WORDS, bare)
        return True

    def _set_kind(self, word: str) -> None:
        self.kind = spoken.KINDS.get(word)
        self.undecided, self.left_out = word in spoken.UNDECIDED, word in spoken.NO_KINDS
        self.after_heading = True

    def _tag(self, place: Place, line: str) -> bool:
        """`答案：B`, `【解析】…` and their like."""
        if self.now is None:
            return False
        found = spoken.TAG.fullmatch(line)
        if found:
            self._take(place, spoken.TAGS[found[1] or found[2]], found[3])
            return True
        bare = spoken.BARE_ANSWER.fullmatch(line)
        if bare:
            self._take(place, "answer", bare[1])
        return bare is not None

    def _take(self, place: Place, tag: str, said: str) -> None:
        """Take what a tag says; another tag may stand behind it on the line."""
        assert self.now is not None  # noqa: S101 - `_tag` has looked
        more = spoken.INLINE_TAG.search(said) if tag != "explanation" else None
        if more:
            self._take(place, tag, said[: more.start()])
            self._take(place, spoken.TAGS[more[1] or more[2]], said[more.end() :])
            return
        draft = self.now.draft
        self.now.part = tag
        match tag:
            case "answer":
                if draft.answer:
                    self.into.blame(place, Mistake.TWO_RIGHT, f"{draft.answer} {said}")
                draft.answer, draft.answer_place = said.strip(), place
            case "pair":
                draft.pairs.append(said)
            case "distractor":
                draft.distractors.append(said)
            case "unused":
                self.into.lose(place, Loss.SETTING, plain.tidy(self.lines[place.line - 1]))
            case _:
                setattr(draft, tag, said)

    def _number(self, place: Place, line: str) -> bool:
        """A line that begins a question."""
        found = NUMBERED.fullmatch(line)
        if self.in_brackets is None:
            begins = self.now is None or (self.now.done and (self.after_blank or self.now.part == "answer"))
            if begins and not OPTION.fullmatch(line):
                self._begin(place, 0, line)
                return True
            return False
        if found is None or (found[1] is not None) != self.in_brackets:
            return False
        number = int(found[2] or found[3])
        if not self._may_be(number, glued=found[4] == "." and found[5][:1].isdigit()):
            return False
        self._begin(place, number, found[5])
        return True

    def _may_be(self, number: int, *, glued: bool) -> bool:
        """Whether a number begins a question, and not a line of one. `glued`: it may be a decimal fraction."""
        last = self.now.draft.number if self.now else 0
        if number == last + 1 or self.now is None or self.after_heading:
            return True
        if glued:
            return number == 1 and self.now.done
        return self.after_blank or (self.now.done and self.now.part != "explanation")

    def _begin(self, place: Place, number: int, text: str) -> None:
        self._finish()
        self.after_heading, self.chars = False, 0
        draft = Draft(place, number, self.kind, self.undecided)
        left_out, marked = self.left_out, spoken.MARKED.fullmatch(text)
        if marked and _is_kind(marked["kind"]):
            draft.kind, draft.undecided = spoken.KINDS.get(marked["kind"]), marked["kind"] in spoken.UNDECIDED
            left_out, text = marked["kind"] in spoken.NO_KINDS, marked["rest"]
        if left_out:
            self.into.lose(place, Loss.KIND, text)
        self.now = Reading(draft, left_out=left_out)
        self._add_text(place, text)

    def _add_text(self, place: Place, text: str) -> None:
        """A line of the stem; the answer may stand behind it."""
        assert self.now is not None  # noqa: S101 - `_begin` has set it
        tag = spoken.INLINE_TAG.search(text)
        if tag and spoken.TAGS[tag[1] or tag[2]] == "answer":
            self.now.draft.text += f"\n{text[: tag.start()]}"
            self._take(place, "answer", text[tag.end() :])
        else:
            self.now.draft.text += f"\n{text}"

    def _option(self, line: str) -> bool:
        """A line with one option or several."""
        found = OPTION.fullmatch(line)
        if found is None or self.now is None or self.now.part not in ("text", "options"):
            return False
        letter = LETTERS.find(plain.line(found[1]).upper())
        expected = letter == len(self.now.raw)
        if not expected and (plain.line(found[1]).islower() or (not self.now.raw and letter > 0)):
            return False
        self.now.part = "options"
        self.now.raw.append(Raw(letter, found[2]))
        return True

    def _more(self, place: Place, line: str) -> None:
        """A further line of what was last."""
        now = self.now
        if now is None:
            self.into.lose(place, Loss.WORDS, line)
            return
        if self.chars > MAX_FIELD_CHARS:  # what is longer than any limit is a mistake as it is
            return
        self.chars += len(line) + 1
        gap = "\n" if self.after_blank else ""
        match now.part:
            case "text":
                self._add_text(place, f"{gap}{line}")
            case "options":
                now.raw[-1].text += f" {line.strip()}"
            case "answer":
                now.draft.answer = f"{now.draft.answer} {line.strip()}".strip()
            case "explanation":
                now.draft.explanation += f"\n{gap}{line}"
            case _:
                self.into.lose(place, Loss.WORDS, line)

    def _finish(self) -> None:
        """The question that is read now is complete."""
        now, self.now = self.now, None
        if now is None or now.left_out:
            return
        options = _parted(now.raw)
        wrong = [letter for place, (letter, _) in enumerate(options) if letter != place]
        if wrong:
            self.into.blame(now.draft.place, Mistake.LETTER_TWICE, LETTERS[wrong[0]])
        now.draft.options = [text for _, text in options]
        self.drafts.append((now.draft, bool(wrong)))


def _is_kind(word: str) -> bool:
    return word in spoken.KINDS or word in spoken.UNDECIDED or word in spoken.NO_KINDS


def _parted(raw: Sequence[Raw]) -> list[tuple[int, str]]:
    """The options with their letters; a line may hold several, where none of the next lines begins with the same."""
    options = []
    last = {line.letter: number for number, line in enumerate(raw)}  # where each letter begins a line
    for number, line in enumerate(raw):
        letter, text = line.letter, line.text
        while last.get(letter + 1, -1) <= number and (match := _next(text, letter + 1)):
            options.append((letter, text[: match.start()].rstrip(" \t　;；")))
            letter, text = letter + 1, text[match.end() :]
        options.append((letter, text))
    return options


def _next(text: str, letter: int) -> re.Match[str] | None:
    """Where the option with a letter begins within a line."""
    if letter >= len(LETTERS):
        return None
    return next((one for one in INLINE.finditer(text) if plain.line(one[1]) == LETTERS[letter]), None)
