"""The features of points in the store, and their stores; a new one is a line in each list."""

from storage.admin.seal import Sealed
from storage.feature import Lazy, declared_in
from storage.points import (
    account,
    anniversary,
    appeal,
    application,
    appraisal,
    board,
    branch,
    honour,
    months,
    points,
    reward,
    scheme,
    settlement,
    thanks,
    verify,
)

FEATURES = declared_in(vars())


class Stores:
    """The stores of points."""

    boards = Lazy(board.Boards)
    accounts = Lazy(account.Accounts)
    adjustments = Lazy(account.Adjustments)
    appeals = Lazy(appeal.Appeals)
    applications = Lazy(application.Applications)
    appraisals = Lazy(appraisal.Appraisals)
    anniversaries = Lazy(anniversary.Anniversaries)
    branches = Lazy(branch.Branches)
    honours = Lazy(honour.Honours)
    points = Sealed(points.Points)
    rewards = Lazy(reward.Rewards)
    schemes = Lazy(scheme.Schemes)
    settlements = Lazy(settlement.Settlements)
    thanks = Lazy(thanks.ThanksStore)
    verification = Lazy(verify.Verification)
