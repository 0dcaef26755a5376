"""People who have not answered the open surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.missing import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.missing import Company
    from domain.voice.features import Stores
    from domain.voice.survey.model import Survey


def find(stores: Stores, company: Company) -> Sequence[Gap]:
    """Those of a group without an answer, survey by survey; of an anonymous one only how many have answered."""
    found = [_gap(stores, company, one) for one in stores.surveys.open_in([company.group.id], company.at)]
    return [gap for gap in found if gap is not None]


def _gap(stores: Stores, company: Company, survey: Survey) -> Gap | None:
    if survey.question.anonymous:
        voters = survey.tally.voters if survey.tally else 0
        return Gap(Text("survey.missing_anonymous", {"survey": survey, "voters": voters}), ())
    voted = stores.surveys.voters(survey.id)
    who = [one for one in company.people if one.member not in voted]
    return Gap(Text("survey.missing", {"survey": survey}), who) if who else None
