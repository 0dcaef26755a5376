"""The use cases of review, for the test of permissions."""

from typing import Any

from domain.people.permission import Permission
from domain.study.review import service
from tests.use_cases import Case, World


def keyed(_: World) -> dict[str, Any]:
    return {"key": "k"}


CASES = (
    Case(service.begin, Permission.TAKE_PART, arguments=keyed),
    Case(service.pause, Permission.TAKE_PART),
    Case(service.resume, Permission.TAKE_PART),
)
