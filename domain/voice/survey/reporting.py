"""Surveys in reports: what was asked and answered."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from domain.messaging.message import Text
from domain.reporting import Export, Figure, Material, Section, Told
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import SurveyId
    from domain.people.member import Member
    from domain.reporting import Span, Week
    from domain.voice.features import Stores
    from domain.voice.survey.model import Chosen, Survey


def _tell(stores: Stores, week: Week) -> Told | None:
    """Surveys published and the votes in them."""
    voters = stores.surveys.voters_of_published(week.group.id, week.since, week.until)
    if not voters:
        return None
    text = Text("survey.summary", {"published": len(voters), "voters": sum(voters)})
    return Told(text, happened=True, figures={"voters": Figure(sum(voters))})


def _read(stores: Stores, span: Span) -> Material:
    between = (span.group.id, span.since, span.until, span.max_rows)
    surveys, chosen = stores.surveys.in_span(*between), stores.surveys.chosen_in_span(*between)
    return Material(max(len(surveys), len(chosen)), partial(_tables, surveys, chosen))


def _tables(surveys: Sequence[Survey], chosen: Sequence[Chosen]) -> list[Table]:
    """An option a row; votes once the result is published, and names only where the survey showed them.

    A withdrawn survey has neither.
    """
    who: dict[tuple[SurveyId, int], list[Member]] = defaultdict(list)
    for survey, member, options in chosen:
        for index in options:
            who[survey, index].append(member)
    columns = (
        *("number", "question", "asked_at", "published_at", "anonymous", "voters", "option", "votes", "chosen_by"),
        *("multiple", "withdrawn_at"),
    )
    rows: list[tuple[Any, ...]] = []
    for one in surveys:
        tally = one.tally if one.published_at is not None else None
        head = (one.id, one.question.text, one.asked_at, one.published_at, one.question.anonymous)
        for place, option in enumerate(one.question.options):
            votes = tally.votes[place] if tally and place < len(tally.votes) else None
            counted = (tally.voters if tally else None, option, votes, who[one.id, place])
            rows.append((*head, *counted, one.question.multiple, one.withdrawn_at))
    return [Table("surveys", columns, rows)]


SECTION = Section(40, _tell)
EXPORT = Export(50, _read)
