"""Suggestions in reports: how many were made, and what about."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.reporting import Export, Figure, Material, Next, Section, Told
from domain.table import Table
from domain.voice.naming import Naming
from domain.voice.suggestion.life import Step
from domain.voice.suggestion.model import Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.member import Member
    from domain.reporting import Span, Week
    from domain.voice.features import Stores
    from domain.voice.suggestion.model import Suggestion

TOPICS = 3  # in a summary


def _tell(stores: Stores, week: Week) -> Told | None:
    """How many suggestions were made, and what they are most about."""
    made = stores.suggestions.topics(week.group.id, week.since, week.until)
    adopted, done = (_reached(stores, week, step) for step in (Step.ADOPT, Step.FINISH))
    if not (made or adopted or done):
        return None
    counted = Counter(name for names in made for name in names)
    best = sorted(counted.items(), key=lambda topic: (-topic[1], topic[0]))[:TOPICS]
    topics = [Topic(name, count) for name, count in best]
    return Told(
        Text("suggestion.summary", {"made": len(made), "topics": topics, "adopted": adopted, "done": done}),
        happened=True,
        figures={"made": Figure(len(made), "suggestion.figure")},
        topics=dict(best),
        next=[Next(20, Text("suggestion.next", {"made": len(made)}))] if made else [],
    )


def _reached(stores: Stores, week: Week, step: Step) -> int:
    """How many suggestions took a step in the week."""
    return stores.suggestion_lives.reached(week.group.id, step, week.since, week.until)


def _read(stores: Stores, span: Span) -> Material:
    made = stores.suggestions.in_span(span.group.id, span.since, span.until, span.max_rows)
    return Material(len(made), partial(_tables, made))


def _tables(made: Sequence[Suggestion]) -> list[Table]:
    columns = ("number", "text", "tags", "at", "author")
    rows = [(one.id, one.text, one.tagging.tags, one.at, _author(one)) for one in made]
    return [Table("suggestions", columns, rows)]


def _author(one: Suggestion) -> Member | None:
    """Who is shown as the author."""
    return one.author if one.naming is Naming.NAMED else None


SECTION = Section(50, _tell)
EXPORT = Export(20, _read)
