"""The private cards of an evaluation: the office's, those of who speaks for somebody evaluated, the reviewers'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.ids import EvaluatedId, EvaluationId, MemberId
from domain.life.evaluation.looking import assessors
from domain.life.evaluation.model import Evaluated, Evaluation, Sheet, Stage
from domain.life.evaluation.schemes import scheme_of
from domain.life.evaluation.standing import counted, sheet
from domain.messaging.message import Action, Button, Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId
    from domain.life.features import Stores
    from domain.messaging.message import Buttons, Subject

LISTED = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """How an evaluation goes: how many are in, have handed in, are reviewed, have no reviewer; objections that wait."""

    evaluation: Evaluation
    subjects: Sequence[Evaluated]
    waiting: int = 0

    @property
    def counting(self) -> Sequence[Evaluated]:
        """Who is in it."""
        return [one for one in self.subjects if one.is_in]

    @property
    def handed_in(self) -> int:
        """How many have handed in."""
        return sum(one.handed_in_at is not None for one in self.counting)

    @property
    def reviewed(self) -> int:
        """How many are reviewed."""
        return sum(one.reviewed_at is not None for one in self.counting)

    @property
    def without(self) -> Sequence[Evaluated]:
        """Who has no reviewer."""
        return [one for one in self.counting if one.reviewer is None]


@dataclass(frozen=True, slots=True)
class Reviews:
    """What a reviewer has to review in an evaluation, and what they have."""

    evaluation: Evaluation
    subjects: Sequence[Evaluated]

    @property
    def open(self) -> Sequence[Evaluated]:
        """What is not reviewed yet."""
        return [one for one in self.subjects if one.reviewed_at is None and one.is_in]


def desk_of(stores: Stores, evaluation: Evaluation) -> Desk:
    """How an evaluation goes."""
    waiting = sum(one.is_open for one in stores.evaluations.objections(evaluation.id))
    return Desk(evaluation, stores.evaluations.subjects(evaluation.id), waiting)


def desk(found: Desk) -> Message:
    """The office's card."""
    return Message("evaluation.desk", {"desk": found}, _desk_buttons(found.evaluation), found.evaluation.desk)


def _desk_buttons(one: Evaluation) -> Buttons:
    def button(text: str) -> Button:
        """A button whose action has the name of its label."""
        return Button(text, Action(text.removesuffix("_button"), one.id))

    result, away = (
        Button("evaluation.result_button", Action("evaluation.result", one.id, 0)),
        "evaluation.cancel_button",
    )
    reviewers = Button("evaluation.reviewers_button", Action("evaluation.reviewers", one.id, 0))
    files = [button("evaluation.docx_button"), button("evaluation.xlsx_button")]
    if one.stage is Stage.CANCELLED:
        return []
    if one.stage is Stage.FINAL:
        return [[result], files]
    if one.stage is Stage.PUBLIC:
        return [[result, button("evaluation.objections_button")], files, [button(away)]]
    return [[result, reviewers], [button("evaluation.advance_button"), button(away)]]


def own(found: Sheet, member: MemberId) -> Message:
    """The card of one who speaks for somebody evaluated: the figures are there, they add words and points."""
    one = found.evaluated
    rows: list[list[Button]] = [
        [Button("evaluated.sheet_button", Action("evaluated.sheet", one.id))],
    ]
    if found.evaluation.stage is Stage.SELF and one.is_in and one.handed_in_at is None:
        rows += [
            [
                Button(
                    "evaluated.own_button",
                    Action("evaluated.own", one.id, found.scheme.items.index(item)),
                    {"item": item, "points": found.mark(item.name).own},
                )
            ]
            for item in found.scheme.scored
        ]
        rows.append(
            [
                Button("evaluated.words_button", Action("evaluated.words", one.id)),
                Button("evaluated.hand_in_button", Action("evaluated.hand_in", one.id)),
            ]
        )
    elif found.evaluation.stage is Stage.SELF and one.is_in:
        rows.append([Button("evaluated.take_back_button", Action("evaluated.take_back", one.id))])
    elif found.evaluation.stage is Stage.FINAL and one.is_in and one.result is not None and one.result.stars:
        rows.append([Button("evaluated.certificate_button", Action("evaluated.certificate", one.id))])
    return Message("evaluated.own_card", {"sheet": found}, rows, one.own_card(member))


def reviews(found: Reviews, member: MemberId) -> Message:
    """A reviewer's card."""
    rows = [
        [Button("evaluated.review_button", Action("evaluated.sheet", one.id), {"evaluated": one})]
        for one in found.open[:LISTED]
    ]
    running = found.evaluation.stage is Stage.REVIEW
    subject = found.evaluation.reviews(member)
    return Message("evaluated.reviews_card", {"reviews": found}, rows if running else [], subject)


def current_desk(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The office's card as it is now."""
    found = stores.evaluations.get(EvaluationId(about.ids[0]))
    return None if found is None else desk(desk_of(stores, found))


def current_own(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The card of who speaks for somebody evaluated as it is now."""
    one = stores.evaluations.subject(EvaluatedId(about.ids[0]))
    found = None if one is None else stores.evaluations.get(one.evaluation)
    if one is None or found is None:
        return None
    return own(card_sheet(stores, found, one), MemberId(about.ids[1]))


def card_sheet(stores: Stores, evaluation: Evaluation, evaluated: Evaluated) -> Sheet:
    """What the card of who speaks for one shows: under review no figures, which would be counted for each card."""
    return sheet(stores, evaluation, evaluated, {} if evaluation.stage is Stage.REVIEW else None)


def current_reviews(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """A reviewer's card as it is now."""
    found = stores.evaluations.get(EvaluationId(about.ids[0]))
    return None if found is None else reviews(reviews_of(stores, found, MemberId(about.ids[1])), MemberId(about.ids[1]))


def reviews_of(stores: Stores, evaluation: Evaluation, member: MemberId) -> Reviews:
    """What somebody reviews in an evaluation."""
    return Reviews(evaluation, [one for one in stores.evaluations.subjects(evaluation.id) if one.reviewer == member])


def send_own(stores: Stores, evaluation: Evaluation, subjects: Sequence[Evaluated]) -> None:
    """One card to each who speaks for one of them and can be written to; the figures are counted once for all."""
    found = counted(stores, evaluation, scheme_of(stores, evaluation.version), subjects)
    for one in subjects:
        for member in assessors(stores, one):
            about = one.own_card(member.id)
            if member.private is not None and not stores.outbox.stands(about):
                shown = own(sheet(stores, evaluation, one, found), member.id)
                stores.outbox.send(member.private, shown, key=str(about))


def send_reviews(stores: Stores, evaluation: Evaluation, *, key: str) -> None:
    """One card to each reviewer, whatever they have to review; one that stands is refreshed."""
    reviewers = {one.reviewer for one in stores.evaluations.subjects(evaluation.id) if one.is_in}
    for number in sorted(one for one in reviewers if one is not None):
        about, member = evaluation.reviews(number), stores.members.get(number)
        if stores.outbox.stands(about):
            stores.outbox.refresh(about, key=f"{about}:{key}")
        elif member.private is not None:
            stores.outbox.send(
                member.private, reviews(reviews_of(stores, evaluation, number), number), key=f"{about}:{key}"
            )


def refresh_desk(stores: Stores, evaluation: Evaluation, *, key: str) -> None:
    """The office's card shows how it goes; it is edited every few seconds at most."""
    stores.outbox.refresh(evaluation.desk, key=f"{evaluation.desk}:{key}")


def refresh(stores: Stores, evaluation: Evaluation, evaluated: Evaluated, *, key: str) -> None:
    """All private cards show how it goes with one that is evaluated."""
    refresh_desk(stores, evaluation, key=key)
    for member in assessors(stores, evaluated):
        about = evaluated.own_card(member.id)
        stores.outbox.refresh(about, key=f"{about}:{key}")
    if evaluated.reviewer is not None:
        about = evaluation.reviews(evaluated.reviewer)
        stores.outbox.refresh(about, key=f"{about}:{key}")


def show_desk(stores: Stores, evaluation: Evaluation, private: ChatId, *, key: str) -> None:
    """The office's card at the end of a chat."""
    stores.outbox.delete(evaluation.desk, key=f"{key}:before")
    stores.outbox.send(private, desk(desk_of(stores, evaluation)), key=key, urgent=True)
