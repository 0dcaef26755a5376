"""Rhythms as people write them: “每周一9:00”, “每月最后一个工作日”, “每季度末前5个工作日”, “every Monday 9am”.

`read` looks at the start of a text. The conventions:

- a period without a day (“每月”) is due on its last workday, a day without a time at the end of the working day;
- “末前5个工作日” and “倒数第5个工作日” are the same day: the fifth workday from the end of the period;
- “月底” is the last day of the month, “上旬” and “中旬” end on the 10th and the 20th.
"""

from language.rhythm.forms import Said, Spot
from language.rhythm.reading import Reading, read

__all__ = ["Reading", "Said", "Spot", "read"]
