"""The features of points in the store, and their stores; a new one is a line in each list."""

from storage.admin.seal import Sealed
from storage.feature import Lazy, declared_in
from storage.points import anniversary, branch, honour, points, thanks, verify

FEATURES = declared_in(vars())


class Stores:
    """The stores of points."""

    anniversaries = Lazy(anniversary.Anniversaries)
    branches = Lazy(branch.Branches)
    honours = Lazy(honour.Honours)
    points = Sealed(points.Points)
    thanks = Lazy(thanks.ThanksStore)
    verification = Lazy(verify.Verification)
