"""Honours: titles that secretaries and administrators give to people and branches, with a citation."""

from domain.points.honour.feature import FEATURE
from domain.points.honour.model import (
    HONOUR_GIVEN,
    HONOUR_WITHDRAWN,
    Certificate,
    CitationTooLong,
    Honour,
    Honours,
    Listing,
    NoBranchHere,
    NoCitation,
    NoSuchHonour,
    NotForThem,
    NotHonouredOneself,
    NoTitles,
    NotOfThisBranch,
    ReasonNeeded,
)
from domain.points.honour.service import announcement, certificate, give, here, mine, titles, withdraw

__all__ = [
    "FEATURE",
    "HONOUR_GIVEN",
    "HONOUR_WITHDRAWN",
    "Certificate",
    "CitationTooLong",
    "Honour",
    "Honours",
    "Listing",
    "NoBranchHere",
    "NoCitation",
    "NoSuchHonour",
    "NoTitles",
    "NotForThem",
    "NotHonouredOneself",
    "NotOfThisBranch",
    "ReasonNeeded",
    "announcement",
    "certificate",
    "give",
    "here",
    "mine",
    "titles",
    "withdraw",
]
