"""Answers that stand together at the end of a plain text: `1-5 BADCA`, `1.B 2.ACD`, or one a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plain
from sheets.questions import spoken
from sheets.questions.collecting import Collected
from sheets.questions.draft import Draft
from sheets.questions.found import Mistake, Place

MAX_FIELD_CHARS = 20_000


@dataclass(slots=True)
class Given:
    """The answer to a number."""

    place: Place
    number: int
    said: str
    explanation: str = ""


class Answers:
    """Reads lines of answers; gives them to the questions."""

    def __init__(self, into: Collected) -> None:
        self.into = into
        self.given: list[Given] = []

    @staticmethod
    def begins(line: str) -> bool:
        """Whether a line is one of answers."""
        line = _below_heading(line)
        return not line or any(one.match(line) for one in (spoken.RANGE, spoken.SHORT, spoken.LONG))

    def read(self, place: Place, line: str) -> None:
        """Take a line."""
        rest = _below_heading(line).strip()
        tag = spoken.TAG.match(rest)
        if tag and spoken.TAGS[tag[1] or tag[2]] == "explanation" and self.given:
            self.given[-1].explanation = tag[3]
            return
        found, rest = self._ranges(place, rest)
        short, rest = _shorts(place, rest)
        found += short
        long = None if found else spoken.LONG.fullmatch(rest)
        if long:
            found, rest = [Given(place, int(long["number"]), *_explained(long["said"]))], ""
        self.given += found
        if rest and not found and self.given and len(self.given[-1].explanation) < MAX_FIELD_CHARS:
            self.given[-1].explanation += f"\n{rest}"
        elif rest and not found and not self.given:
            self.into.blame(place, Mistake.NOT_AN_ANSWER, rest)

    def _ranges(self, place: Place, rest: str) -> tuple[list[Given], str]:
        found: list[Given] = []
        while match := spoken.RANGE.match(rest):
            first, last = int(match["from"]), int(match["to"])
            said = match["said"].split()
            answers = said if len(said) == last - first + 1 else list("".join(said))
            if len(answers) != last - first + 1:
                self.into.blame(place, Mistake.ANSWERS_DIFFER, match[0])
            else:
                found += [Given(place, first + step, answer) for step, answer in enumerate(answers)]
            rest = rest[match.end() :].lstrip()
            if len(answers) != last - first + 1:
                return found, ""
        return found, rest

    def give(self, drafts: Sequence[Draft]) -> None:
        """Give them to the questions that have no answer yet: in order where the numbers agree, else by number."""
        waiting = [draft for draft in drafts if draft.answer is None]
        if not self.given:
            return
        if [one.number for one in self.given] == [draft.number for draft in waiting]:
            pairs = list(zip(waiting, self.given, strict=True))
        else:
            pairs = list(self._by_number(waiting))
        for draft, given in pairs:
            draft.answer, draft.answer_place = given.said, given.place
            draft.explanation = draft.explanation or given.explanation

    def _by_number(self, waiting: Sequence[Draft]) -> Iterator[tuple[Draft, Given]]:
        numbers = [draft.number for draft in waiting]
        known = {draft.number: draft for draft in waiting}
        if len(known) < len(numbers) or len({one.number for one in self.given}) < len(self.given):
            detail = f"{len(waiting)} / {len(self.given)}"
            self.into.blame(self.given[0].place, Mistake.ANSWERS_DIFFER, detail)
            return
        for one in self.given:
            if one.number in known:
                yield known.pop(one.number), one
            else:
                self.into.blame(one.place, Mistake.ANSWERS_DIFFER, f"{one.number}. {one.said}")


def _below_heading(line: str) -> str:
    """A line without a heading that names a kind."""
    bare = plain.tidy(line)
    heading = spoken.HEADING.match(bare)
    if heading and _is_kind(heading["kind"]):
        after = bare[heading.end("kind") :].lstrip("】])）:： ")
        return after if spoken.RANGE.match(after) or spoken.SHORT.match(after) else ""
    return line


def _is_kind(word: str) -> bool:
    return word in spoken.KINDS or word in spoken.UNDECIDED or word in spoken.NO_KINDS


def _shorts(place: Place, rest: str) -> tuple[list[Given], str]:
    """Answers by number, if the whole line is made of them."""
    found, at = [], 0
    while match := spoken.SHORT.match(rest, at):
        found.append(Given(place, int(match["number"]), match["said"]))
        at = match.end()
    return (found, "") if at == len(rest) else ([], rest)


def _explained(said: str) -> tuple[str, str]:
    """An answer, and the explanation behind it."""
    tag = spoken.INLINE_TAG.search(said)
    if tag and spoken.TAGS[tag[1] or tag[2]] == "explanation":
        return said[: tag.start()].strip(), said[tag.end() :]
    return said, ""
