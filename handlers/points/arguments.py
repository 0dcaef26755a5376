"""What people type about points."""

import re

from handlers.action import MAX_DIGITS

AMOUNT = re.compile(r"(?P<sign>[+-]|加|扣|减|add|deduct)? ?(?P<points>[0-9]{1,6}) ?(?:分|points?)?", re.IGNORECASE)
ENTRY = re.compile(
    rf"(?:撤回|取消|take back) ?(?:第|#)? ?(?P<number>[0-9]{{1,{MAX_DIGITS}}}) ?(?:条|号)?", re.IGNORECASE
)
DEDUCT = ("-", "扣", "减", "deduct")
APPRAISAL = ("考核", "考核表", "积分考核", "appraisal")
