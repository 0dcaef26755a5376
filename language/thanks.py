"""How people say thanks: the words before a name, between names, behind one, and what is courtesy alone."""

import re

# 谢谢@李伟 …: at the beginning of a message.
OPENING = re.compile(
    r"[\s\u3000]*+(?:非常|十分|特别|衷心|真心)?(?:谢谢|感谢|多谢|致谢|thanks(?: to)?|thank you)(?:你|您)?"
    r"[\s\u3000,，!！~～]*+",
    re.IGNORECASE,
)
# Letters (`plain.key`) that do not say for what.
COURTESY = re.compile(
    r"(?:[了啦呀哦哈吧的]|辛苦|大家|各位|领导|老师|同志|收到|知道|明白|好|提醒|告知|分享|支持|关心|理解|配合|非常|十分"
    r"|你|您|们|alot|verymuch|somuch|again|all)*+"
)
BETWEEN = re.compile(r"[\s\u3000]*+(?:[,，、;；/]|以及|和|与|及|跟|还有|&|and\b)[\s\u3000]*+", re.IGNORECASE)
COMRADE = re.compile(r"\s?(?:同志|师傅|老师)")
# What may follow a name at once. Other signs may be part of a longer name that nobody here has.
FOLLOWS = re.compile(
    r"[\s\u3000,，、;；/:：.。!！@＠]|$|帮|协助|替|给|在|为|对|把|昨|今|前|上|这|主动|耐心|及时|热心|连夜|加班|一直|总是|特地|专门"
    r"|教|带着|支持|和|与|及|跟|以及|还有"
)
BEFORE_REASON = re.compile(r"[\s\u3000,，、:：;；.。!！]*+(?:(?:for|because of)\b[\s:]*+)?", re.IGNORECASE)
PAIRS = ("互谢", "互相感谢", "pairs")  # /thanks 互谢: who thanks almost nobody but each other
