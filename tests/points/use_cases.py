"""The use cases of points, for the test of permissions."""

from domain.people.permission import Permission
from domain.points import board, points, preset
from domain.points.period import Every
from domain.points.preset import Preset
from tests.use_cases import Case, Place

CASES = (
    Case(points.account, Permission.SEE_OWN),
    Case(board.this_week, Permission.TAKE_PART, Place.GROUP),
    Case(board.this_week, Permission.TAKE_PART),
    Case(preset.choose, Permission.CHANGE_SETTINGS, arguments=lambda _: {"preset": Preset.LIGHT}, everywhere=True),
    Case(board.current, Permission.TAKE_PART, Place.GROUP, lambda _: {"every": Every.MONTH}),
)
PARTS: dict[object, str] = {}
