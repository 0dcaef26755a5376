"""The use cases of reports, for the test of permissions."""

from datetime import date
from typing import Any

from domain.messaging.message import Document
from domain.people.permission import Permission
from domain.report import export, missing, summary
from domain.report.export import Period, Work
from tests.use_cases import Case, Place, World

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def period(_: World) -> dict[str, Any]:
    return {"period": NOVEMBER}


def made(world: World) -> dict[str, Any]:
    """The file of the group's work."""
    document = Document("export.file_name", "xlsx", b"PK", {})
    return {"work": Work(world.group, NOVEMBER, (), named=True), "document": document, "key": "k"}


CASES = (
    Case(summary.this_week, Permission.SEE_SUMMARY, Place.GROUP),
    Case(missing.look, Permission.GIVE_TASKS, Place.GROUP),
    Case(missing.remind, Permission.GIVE_TASKS, Place.GROUP),
    Case(export.own_groups, Permission.SEE_OWN),
    Case(export.look, Permission.EXPORT, Place.GROUP, period),
    Case(export.deliver, Permission.EXPORT, Place.GROUP, made),
)
PARTS: dict[object, str] = {}
