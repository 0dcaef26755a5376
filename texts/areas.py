"""The features that have texts, by area.

A new feature is one line in its area's list here, and a file `<language>/<area>/<feature>.j2` for each language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Area:
    """The folder of an area's template files, and the area's features. No two areas have a feature of the same name."""

    name: str
    features: tuple[str, ...]

    def file(self, feature: str) -> str:
        """The path of a feature's template file in the folder of a language."""
        return f"{self.name}/{feature}.j2"


PEOPLE: Final = Area(
    "people",
    (
        "admin_link",
        "admission",
        "branch",
        "identity",
        "invitation",
        "language",
        "leave",
        "member",
        "naming",
        "picking",
        "privacy",
        "role",
        "roster",
        "today",
        "welcome",
    ),
)
CLOCK: Final = Area(
    "clock",
    (
        "calendar",
        "schedule",
        "trust",
    ),
)
MESSAGING: Final = Area(
    "messaging",
    (
        "alarm",
        "draft",
        "general",
        "help",
        "refused",
        "words",
    ),
)
ADMIN: Final = Area(
    "admin",
    (
        "audit",
        "doctor",
        "seal",
        "setting",
        "store",
    ),
)
POINTS: Final = Area(
    "points",
    (
        "adjustment",
        "anniversary",
        "appeal",
        "application",
        "appraisal",
        "honour",
        "points",
        "preset",
        "reward",
        "scheme",
        "settlement",
        "thanks",
    ),
)
STUDY: Final = Area(
    "study",
    (
        "asking",
        "day",
        "learning",
        "library",
        "match",
        "question_files",
        "reflection",
        "review",
        "study",
    ),
)
WORK: Final = Area(
    "work",
    (
        "amending",
        "browsing",
        "extending",
        "follow",
        "goal",
        "lean",
        "measure",
        "procedure",
        "recurring",
        "responsibility",
        "task",
        "task_review",
    ),
)
VOICE: Final = Area(
    "voice",
    (
        "hazard",
        "kept_questionnaire",
        "questionnaire",
        "results",
        "suggestion",
        "suggestion_channel",
        "suggestion_life",
        "suggestion_merging",
        "suggestion_words",
        "survey",
        "tagging",
        "tags",
        "triage",
    ),
)
LIFE: Final = Area(
    "life",
    (
        "action",
        "activity",
        "branch_card",
        "decision",
        "evaluated",
        "evaluation",
        "indicator",
        "inspection",
        "meeting",
        "minutes",
        "objection",
        "rectification",
        "stars",
        "training",
        "upcoming",
    ),
)
REPORT: Final = Area(
    "report",
    (
        "digest",
        "export",
        "missing",
        "summary",
    ),
)

AREAS: Final = (PEOPLE, CLOCK, MESSAGING, ADMIN, POINTS, STUDY, WORK, VOICE, LIFE, REPORT)
FILES: Final[Mapping[str, str]] = {feature: area.file(feature) for area in AREAS for feature in area.features}
