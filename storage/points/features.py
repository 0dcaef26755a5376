"""The features of points in the store, and their stores; a new one is a line in each list."""

from storage.admin.seal import Sealed
from storage.feature import Lazy, declared_in
from storage.points import account, appeal, appraisal, board, branch, months, points, reward, scheme, settlement, verify

FEATURES = declared_in(vars())


class Stores:
    """The stores of points."""

    boards = Lazy(board.Boards)
    accounts = Lazy(account.Accounts)
    adjustments = Lazy(account.Adjustments)
    appeals = Lazy(appeal.Appeals)
    appraisals = Lazy(appraisal.Appraisals)
    branches = Lazy(branch.Branches)
    points = Sealed(points.Points)
    rewards = Lazy(reward.Rewards)
    schemes = Lazy(scheme.Schemes)
    settlements = Lazy(settlement.Settlements)
    verification = Lazy(verify.Verification)
