"""What people say about suggestions: answers to a call that suggest nothing (收到), and that one is taken back."""

import re

import plain

SHORT = 4  # letters; fewer say nothing that could be done
_SAID = (
    "收到|好的|好|可以|行|嗯|哦|ok|okay|1|谢谢|感谢|辛苦了?|大家辛苦了?|赞|支持|点赞|你好|您好|大家好|早|早上好|下午好|晚上好|在吗|在的?|"
    "明白|知道了?|了解|同意|暂无|无|hello|hi|thanks|thankyou|no|none|nothing|fine"
)
_NONE = "我?(?:暂时|目前)?(?:没有|没|无)(?:什么|啥|任何)?(?:建议|意见|想法|问题)?"
_WHOM = "大家|各位|领导|书记|同志们"
_REMARK = re.compile(rf"(?:{_WHOM})?(?:{_SAID}|{_NONE})(?:了|的|啦|呀|哈|谢谢|感谢|您|你|{_WHOM})*+")

TAKE_BACK = re.compile(
    r"(?:请|帮我|我要)?(?:撤回|收回)(?:一下)?(?:我的|刚才的|我刚才的)?建议 ?(?:第|#)? ?([0-9]{1,9})? ?号?|"
    r"take back (?:my )?suggestion ?([0-9]{1,9})?",
    re.IGNORECASE,
)


def is_remark(text: str) -> bool:
    """Whether a text suggests nothing, as far as one can tell: a usual phrase, or less than four letters."""
    key = plain.key(plain.bounded(text, 200))
    return len(key) < SHORT or _REMARK.fullmatch(key) is not None
