"""Roles: who was given which, over what part of the enterprise, by whom; and how they end."""

from domain.people.role.model import LISTED, WORDS, Grant, Granted, Grants, Roles, Withdrawn, read
from domain.people.role.service import (
    area_for,
    area_of,
    check_ends,
    end_all,
    end_over,
    governs,
    grant,
    grant_from_roster,
    last_own,
    meant,
    page,
    somebody,
    where,
    withdraw,
)

__all__ = [
    "LISTED",
    "WORDS",
    "Grant",
    "Granted",
    "Grants",
    "Roles",
    "Withdrawn",
    "area_for",
    "area_of",
    "check_ends",
    "end_all",
    "end_over",
    "governs",
    "grant",
    "grant_from_roster",
    "last_own",
    "meant",
    "page",
    "read",
    "somebody",
    "where",
    "withdraw",
]
