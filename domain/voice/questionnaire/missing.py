"""People who have not submitted the open rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.missing import Gap
from domain.voice.questionnaire.audience import includes
from domain.voice.questionnaire.round import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.missing import Company, Someone
    from domain.voice.features import Stores
    from domain.voice.questionnaire.round import Round


def find(stores: Stores, company: Company) -> Sequence[Gap]:
    """Those of a group who have not submitted, round by round; of an anonymous one only how many have."""
    found = [_gap(stores, company, one) for one in stores.rounds.open_at(company.at)]
    return [gap for gap in found if gap is not None]


def _gap(stores: Stores, company: Company, one: Round) -> Gap | None:
    asked = [each for each in company.people if _is_asked(stores, company, one, each)]
    submitted = stores.responses.submitted(one)
    waiting = [each for each in asked if each.member not in submitted]
    if not waiting:
        return None
    if one.confidence is Confidence.ANONYMOUS:
        values = {"round": one, "submitted": len(submitted)}
        return Gap(Text("questionnaire.missing_anonymous", values), ())
    return Gap(Text("questionnaire.missing", {"round": one}), waiting)


def _is_asked(stores: Stores, company: Company, one: Round, someone: Someone) -> bool:
    """Whether somebody is of the audience; of those without an account, whoever is in the group that is asked."""
    if someone.member is not None:
        return includes(stores, one.audience, someone.member)
    return one.audience.group == company.group.id and not one.audience.roles
