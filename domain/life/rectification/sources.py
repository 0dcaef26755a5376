"""What becomes a finding, and the way back to it: a suggestion, or what a meeting has decided.

Lines of minutes become findings in `domain.life.meeting.minutes`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.ids import SuggestionId
from domain.life.meeting.decision import DecisionNotFound
from domain.life.meeting.quorum import Outcome
from domain.life.rectification.card import show_button
from domain.life.rectification.model import MAX_TITLE_CHARS, FindingNotFound, Source, check_detail, check_words
from domain.life.rectification.opening import Discovery, open_finding
from domain.life.rectification.seeing import PLAN
from domain.messaging.message import Action, Button
from domain.people.permission import require
from domain.voice.suggestion import course
from domain.voice.suggestion.holding import ANSWER, changed, held
from domain.voice.suggestion.life import OPEN, Stage, Step

if TYPE_CHECKING:
    from domain.ids import DecisionId
    from domain.life.features import Stores
    from domain.life.meeting.decision import Decision
    from domain.life.rectification.model import Finding
    from domain.life.rectification.opening import Report
    from domain.people.actor import Actor
    from domain.voice.suggestion.life import Case
    from domain.work.task import Task


def _key(source: str, number: int) -> str:
    return f"{source}:{number}"


def _opened(stores: Stores, source: str, number: int) -> Finding | None:
    return stores.findings.opened_by(_key(source, number))


def suggestion_step(stores: Stores, case: Case) -> Button | None:
    """The way from a suggestion to its finding, or to making one of it."""
    life = case.life
    found = _opened(stores, "suggestion", life.suggestion)
    if found is not None:
        return show_button(found)
    waits = life.stage in OPEN or (life.stage is Stage.ADOPTED and life.task is None)
    if life.group is None or not waits:
        return None
    return Button("rectification.suggestion_button", Action("rectification.suggestion", life.suggestion, life.version))


def suggestion_to_open(stores: Stores, actor: Actor, *, number: SuggestionId, version: int) -> Case:
    """A suggestion that may become a finding of its group. Raises what `holding.held` does, WrongStep."""
    require(stores, actor, ANSWER)
    case = held(stores, actor, number, version)
    if not (case.life.may(Step.ADOPT) or case.life.may(Step.ASSIGN)):
        raise changed(stores, case.life)
    return case


def from_suggestion(stores: Stores, actor: Actor, *, number: SuggestionId, version: int, wish: Report) -> Finding:
    """Adopt a suggestion, and open the finding that it tells of; nobody is named who suggested it.

    Raises what `suggestion_to_open` does, NoWords.
    """
    require(stores, actor, ANSWER)
    case = suggestion_to_open(stores, actor, number=number, version=version)
    if case.life.may(Step.ADOPT):
        course.adopt(stores, actor, number=number, version=version)
    came = Discovery(_key("suggestion", number), actor.group.id, wish.title, Source.SUGGESTION, about=number)
    return _open(stores, actor, wish, came)


def decision_to_open(stores: Stores, actor: Actor, *, number: DecisionId) -> tuple[Decision, Finding | None]:
    """What a meeting of the group has decided, and the finding that it has become. Raises DecisionNotFound."""
    require(stores, actor, PLAN)
    decision = stores.decisions.get(number)
    if decision is None or decision.group != actor.group.id or decision.outcome is not Outcome.ADOPTED:
        raise DecisionNotFound
    return decision, _opened(stores, "decision", number)


def from_decision(stores: Stores, actor: Actor, *, number: DecisionId, wish: Report) -> Finding:
    """Open the finding that was decided on. Raises DecisionNotFound, NoWords."""
    require(stores, actor, PLAN)
    decision, _ = decision_to_open(stores, actor, number=number)
    came = Discovery(_key("decision", number), actor.group.id, wish.title, Source.MEETING, about=decision.meeting)
    return _open(stores, actor, wish, came)


def _open(stores: Stores, actor: Actor, wish: Report, came: Discovery) -> Finding:
    title, detail = check_words(wish.title, MAX_TITLE_CHARS), check_detail(wish.detail)
    new = replace(came, title=title, kind=wish.kind, detail=detail, due_at=wish.due_at, file=wish.file)
    made = stores.findings.get(open_finding(stores, actor, new))
    if made is None:
        raise FindingNotFound
    return made


def measured(stores: Stores, finding: Finding, task: Task) -> None:
    """A measure was agreed on: its task is that of the suggestion, too, which is done with it."""
    if finding.source is not Source.SUGGESTION or finding.about is None:
        return
    case = stores.suggestion_lives.get(SuggestionId(finding.about))
    if case is not None and case.life.may(Step.ASSIGN):
        due_on = stores.chats.get(finding.group).day(task.due_at)
        course.move(stores, case, Step.ASSIGN, by=task.giver.id, at=task.given_at, due_on=due_on, batch=task.batch)
