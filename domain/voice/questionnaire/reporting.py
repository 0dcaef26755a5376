"""Results in reports: the file of one round, the weekly summary, the export of a group's work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from domain.admin.audit import FILE_EXPORTED
from domain.messaging.message import Message, Text
from domain.refusal import NoMore
from domain.reporting import Export, Figure, Material, Section, Told
from domain.table import Table
from domain.voice.questionnaire.figures import Figure as Counts
from domain.voice.questionnaire.figures import scale
from domain.voice.questionnaire.model import QuestionKind
from domain.voice.questionnaire.publishing import TooFew
from domain.voice.questionnaire.results import closed, counted_of, for_all, texts_of
from domain.voice.questionnaire.round import Confidence
from domain.voice.questionnaire.threshold import least_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from domain.ids import BranchId, ChatId, RoundId
    from domain.messaging.message import Document
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.people.member import Member
    from domain.reporting import Span, Week
    from domain.voice.features import Stores
    from domain.voice.questionnaire.counting import Counted
    from domain.voice.questionnaire.model import Response, Value
    from domain.voice.questionnaire.results import Text as Written
    from domain.voice.questionnaire.round import Round

TEXTS = "results"  # whose texts name the sheets and columns
QUESTIONS = (
    *("questionnaire", "branch", "question", "asked", "answered"),
    *("mean", "top", "bottom", "lower", "median", "upper"),
)
OPTIONS = ("questionnaire", "branch", "question", "option", "count", "percent", "place")
Row = tuple[Any, ...]


def gather(stores: Stores, actor: Actor, *, number: RoundId) -> tuple[Round, list[Table]]:
    """A round as tables: its figures, its texts, and of a named one who has answered what.

    Raises TooFew, NoSuchRound, StillOpen, NotAllowed, HasLeft, NotAdmitted.
    """
    one = closed(stores, actor, number)
    counted, returned = counted_of(stores, one), stores.responses.returned(one)
    if not counted.tells:
        raise TooFew(least=least_of(one, to_all=False))
    named = [] if one.confidence is not Confidence.NAMED else returned
    members = stores.members.several([each.member for each in named if each.member is not None])
    responses = [each.response for each in named if each.member is not None]
    branches = {branch.id: branch for branch in stores.branches.all()} if counted.parts else {}
    return one, tables(one, counted, texts_of(one, returned), list(zip(members, responses, strict=True)), branches)


def deliver(stores: Stores, actor: Actor, *, number: RoundId, document: Document, key: str) -> None:
    """Send a round's tables to whoever asked, in private, and note that they have them.

    Raises NoMore where they have blocked the bot meanwhile, and what `gather` does.
    """
    one = closed(stores, actor, number)
    private = stores.members.get(actor.member.id).private
    if private is None:
        raise NoMore
    stores.outbox.send_document(private, document, Message("results.file", {"round": one}), key=key, urgent=True)
    stores.audit.note(actor.member.id, FILE_EXPORTED, str(one.subject), old=None, new=None, at=actor.heard_at)


def tables(
    one: Round,
    counted: Counted,
    texts: Sequence[Written],
    named: Sequence[tuple[Member, Response]],
    branches: dict[BranchId, Branch],
) -> list[Table]:
    """Sheets of figures, one of texts, and one of answers where there are any with names."""
    written = [(each.question.text, each.words) for each in texts]
    given = [
        (who, question.text, _told(one, question.key, response[question.key]))
        for who, response in sorted(named, key=lambda each: (each[0].name, each[0].id))
        for question in one.questionnaire.questions
        if question.key in response
    ]
    return [
        *_figures(_all(one, counted, branches)),
        Table("texts", ("question", "text"), written, TEXTS),
        Table("answers", ("member", "question", "answer"), given, TEXTS),
    ]


def _all(one: Round, counted: Counted, branches: dict[BranchId, Branch]) -> Iterator[tuple[Row, Counts]]:
    """Each figure behind the title of its questionnaire and the name of its branch."""
    title = one.questionnaire.title
    yield from (((title, None), each) for each in counted.figures)
    for part in counted.parts:
        branch = branches.get(part.branch)
        yield (title, branch.name if branch else str(part.branch)), part.figure


def _figures(found: Iterable[tuple[Row, Counts]]) -> list[Table]:
    """A line for each question, and one for each option; of a hidden figure a line without numbers."""
    listed = list(found)
    questions = [(*head, *_of_question(each)) for head, each in listed]
    options = [(*head, each.question.text, *row) for head, each in listed for row in _of_options(each)]
    return [Table("questions", QUESTIONS, questions, TEXTS), Table("options", OPTIONS, options, TEXTS)]


def _of_question(found: Counts) -> Row:
    if found.hidden:
        return (found.question.text, *(None for _ in QUESTIONS[3:]))
    rated = found.mean is not None
    mean = (f"{found.mean:.2f}", found.top, found.bottom) if rated else (None, None, None)
    spread = [str(one) for one in found.spread]
    around = spread if len(spread) > 1 else [None, *spread, None] if spread else [None, None, None]
    return (found.question.text, found.asked, found.answered, *mean, *around)


def _of_options(found: Counts) -> Iterator[Row]:
    if found.question.kind is QuestionKind.RATING:
        for rating, count in zip(scale(found.question), found.counts, strict=not found.hidden):
            yield str(rating), count, found.percent(count), None
    elif found.question.kind is QuestionKind.RANKING:
        yield from ((option.text, None, None, f"{place:.2f}") for option, place in found.ranked)
    else:
        yield from ((option.text, count, found.percent(count), None) for option, count in found.shares)


def _told(one: Round, key: str, value: Value) -> str:
    question = one.questionnaire.question(key)
    if isinstance(value, tuple) and question is not None:
        options = [question.option(each) for each in value]
        return "、".join(option.text for option in options if option is not None)
    return str(value)


def _tell(stores: Stores, week: Week) -> Told | None:
    """The results that were published in the week: how many have answered each."""
    rounds = _published(stores, week.group.id, week.since, week.until)
    if not rounds:
        return None
    told = [(one, counted_of(stores, one).returned) for one in rounds]
    return Told(
        Text("results.summary", {"rounds": told}),
        happened=True,
        figures={"results": Figure(len(rounds), "results.figure")},
    )


def _read(stores: Stores, span: Span) -> Material:
    """The figures that everybody may know, of what was published: an export is read by more than those in charge."""
    rounds = _published(stores, span.group.id, span.since, span.until)
    found = [(one, for_all(counted_of(stores, one), least_of(one, to_all=True))) for one in rounds[: span.max_rows]]
    return Material(len(found), partial(_tables, found))


def _published(stores: Stores, group: ChatId, since: datetime, until: datetime) -> list[Round]:
    found = [stores.rounds.get(number) for number in stores.results.published_in(group, since, until)]
    return [one for one in found if one is not None]


def _tables(found: Sequence[tuple[Round, Counted]]) -> list[Table]:
    return _figures(row for one, counted in found for row in _all(one, counted, {}))


SECTION = Section(45, _tell)
EXPORT = Export(18, _read)
