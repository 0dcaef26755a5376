"""The use cases of points, for the test of permissions."""

from tests.points.cases import application, ledger, recognition, reward, scheme

_PARTS = (application, ledger, recognition, reward, scheme)
CASES = tuple(case for part in _PARTS for case in part.CASES)
PARTS: dict[object, str] = {use_case: why for part in _PARTS for use_case, why in part.PARTS.items()}
