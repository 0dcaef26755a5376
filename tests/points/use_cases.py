"""The use cases of points, for the test of permissions."""

from tests.points.cases import ledger, reward, scheme

CASES = (*ledger.CASES, *reward.CASES, *scheme.CASES)
PARTS: dict[object, str] = {**ledger.PARTS, **reward.PARTS, **scheme.PARTS}
