"""What is found in a file of the study library: items, courses and campaigns, all their fields as texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MAX_WRONG = 20  # mistakes of a file are told
MAX_LOST = 50
MAX_RECORDS = 5_000
MAX_DETAIL_CHARS = 60
MAX_VALUES = 500  # of one field
MAX_VALUE_CHARS = 2_000  # of one value; more than any field may have


class Kind(StrEnum):
    """What a record is of."""

    ITEM = "item"
    COURSE = "course"
    CAMPAIGN = "campaign"


AUDIENCE = ("branches", "roles", "trades")
# In the order in which they are written. `body` is the text of a Markdown document.
FIELDS: Mapping[Kind, Sequence[str]] = {
    Kind.ITEM: (
        *("code", "title", "topics", "text", "source", "url", "effective", "expires", *AUDIENCE, "owner"),
        *("kind", "question", "options", "answer", "pairs", "distractors", "explanation"),
        *("media", "media_name", "media_size"),
    ),
    Kind.COURSE: ("code", "title", "items", *AUDIENCE),
    Kind.CAMPAIGN: ("code", "title", "from", "until", "share", "items", "topics", *AUDIENCE),
}
LISTS = frozenset({"topics", "items", "options", "answer", "pairs", "distractors", *AUDIENCE})
DATES = frozenset({"effective", "expires", "from", "until"})
NUMBERS = frozenset({"share", "media_size"})


class Mistake(StrEnum):
    """What is wrong with a file, before anybody looks at what it says."""

    SYNTAX = "syntax"
    TWICE = "twice"  # one name for two values
    NOT_A_TEXT = "not_a_text"
    NOT_A_LIST = "not_a_list"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_TYPE = "not_a_type"
    NOT_COMPUTED = "not_computed"
    NO_END = "no_end"  # of the front matter
    TOO_MANY = "too_many"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a text, from 1, or a cell of a table, or neither where it is not known."""

    line: int = 0
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """An item, a course or a campaign. `places` are those of its fields, as far as they are known."""

    kind: Kind
    place: Place
    fields: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, name: str) -> Place:
        """Where a field stands."""
        return self.places.get(name, self.place)

    @property
    def name(self) -> str:
        """By what people know it."""
        return next((self.fields[name][0] for name in ("code", "title") if self.fields.get(name)), "")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is wrong: where, with which item and field, and what."""

    place: Place
    mistake: Mistake
    item: str = ""
    field: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A field that means nothing here and is not carried over."""

    place: Place
    item: str
    field: str


class NotRead(ValueError):  # noqa: N818 - named for what happened
    """A file that cannot be understood beyond this mistake."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.mistake)
        self.wrong = wrong


@dataclass(slots=True)
class Found:
    """All of a file; readers fill it."""

    records: list[Record] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def blame(self, place: Place, mistake: Mistake, *, item: str = "", field: str = "", detail: str = "") -> None:
        """Something is wrong."""
        if len(self.wrong) < MAX_WRONG:
            self.wrong.append(Wrong(place, mistake, item[:MAX_DETAIL_CHARS], field, detail[:MAX_DETAIL_CHARS]))

    def lose(self, place: Place, item: str, field: str) -> None:
        """Something is not carried over."""
        if len(self.lost) < MAX_LOST:
            self.lost.append(Lost(place, item[:MAX_DETAIL_CHARS], field[:MAX_DETAIL_CHARS]))

    def add(self, record: Record) -> None:
        """A record more. Raises NotRead where there are too many."""
        if len(self.records) >= MAX_RECORDS:
            raise NotRead(Wrong(record.place, Mistake.TOO_MANY, detail=str(MAX_RECORDS)))
        self.records.append(record)
