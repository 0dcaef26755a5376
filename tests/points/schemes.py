"""A scheme with items, activated in a test."""

from datetime import date
from typing import Any

from tests.stores import AT

TEXT = """
from = 2026-01-01

[[rule]]
name = "read"
title = "学一条"
event = "study.read"
points = 1

[[item]]
name = "volunteer"
title = "志愿服务"
title_en = "Volunteering"
ask = "时间、地点、做了什么"
points = 2
caps = { day = 3 }

[[item]]
name = "rescue"
title = "抢险"
points = 5

[[item]]
name = "unsafe"
title = "违章作业"
points = -20

[[item]]
name = "discipline"
title = "受到处分"
veto = true
"""


def activated(stores: Any, text: str = TEXT, since: date = date(2026, 1, 1)) -> None:
    """Let a file's rules hold, as an administrator does."""
    stores.schemes.add(since, text, None, AT)
    stores.schemes.reload()
