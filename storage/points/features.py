"""The features of points in the store, and their stores; a new one is a line in each list."""

from storage.admin.seal import Sealed
from storage.feature import Lazy, declared_in
from storage.points import board, branch, months, points, reward, scheme, verify

FEATURES = declared_in(vars())


class Stores:
    """The stores of points."""

    boards = Lazy(board.Boards)
    branches = Lazy(branch.Branches)
    points = Sealed(points.Points)
    rewards = Lazy(reward.Rewards)
    schemes = Lazy(scheme.Schemes)
    verification = Lazy(verify.Verification)
