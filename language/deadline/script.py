"""The ways in which the same deadline can be typed: full-width signs, traditional characters, Chinese numerals."""

import re

from language.patterns import Lazy

# One character for one, so that a place in the folded text is the same place in the text as written.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANK = {code: " " for code in range(0x3001) if chr(code).isspace()}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"), " ")
_TRADITIONAL = str.maketrans("週點後內號鐘個時禮兩這為間後當開農", "周点后内号钟个时礼两这为间后当开农")
_SIGNS = str.maketrans("〇–—−‧·〜", "零---..~")
_FOLDED: dict[int, int | str] = {**_WIDE, **_BLANK, **_INVISIBLE, **_TRADITIONAL, **_SIGNS}

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100}

_ONE = "[一二两三四五六七八九]"
DIGITS = r"[0-9]{1,3}"
# 三五 and 两三 are no numbers but “about four”, “two or three”.
NUMERAL = (
    rf"(?:{_ONE}?百(?:零{_ONE}|{_ONE}?十{_ONE}?)?(?!{_ONE})|{_ONE}?十{_ONE}?(?!{_ONE})"
    rf"|零{_ONE}?|{_ONE}(?![一二两三四五六七八九十百零]))"
)
NUMBER = rf"(?:{DIGITS}(?![0-9])|{NUMERAL}|二零(?!{_ONE}))"
# 前台 is a word of its own, but 前台账 is 台账 before something: words with 前, 内, 后 or 止, unless the next word
# begins in them.
FRONT = (
    r"(?!往(?!届|年|期|来)|去(?!库|年|重|除|向)|台(?!账|帐|风|历|班)|期(?!末|中|货|刊)|进(?!度|场|厂|货|行|出)|沿"
    r"|线(?!路|上|下|缆|索)|景(?!区|观|点)|门(?!禁|卫|店|口|诊|岗|窗|票)|述(?!职|评|廉)|排(?!班"
    r"|查|练|序|产|污|水|除|列|期|名|险|课)"
    r"|轴|桥(?!梁)|端|任(?!务|命|职|免|期)|锋|卫(?!生)|厅|辈|置|身(?!份|体)|方(?!案|式|法|向)|言"
    r"|提(?!交|供|出|报|醒|升|高|名|炼|前)"
    r"|后(?!勤|台|续|备|期|厨))"
)
INSIDE = (
    r"(?!部(?!署|门|件)|容|训(?!练)|审(?!批|核|查|定|议|阅|计)"
    r"|控|勤|业|网|刊|参|务|涵|外|蒙|科(?!室|技)|墙|置|饰|存|衬|胆|场|退|需|销)"
)
BEHIND = (
    r"(?!勤|台(?!账)|备(?!案|份|货|齐)|续(?!签|约|保|费)|天|期(?!末|中)"
    r"|厨|方(?!案)|门(?!禁|卫)|排(?!查|班|除)|者|果|处理|评|悔)"
)
BEFORE = rf"(?:之前|以前|前{FRONT})"
WITHIN = rf"(?:之内|以内|内{INSIDE})"
AFTER = rf"(?:之后|以后|过后|后{BEHIND})"
ONLY = r"(?:为止|截止|截至|到期|止(?!损|水|回|血|痛|付|跌|动|逆|推))"
# What a title may begin with right behind a day: a verb with what it is done to.
VERB = (
    r"(?:提交|上交|呈交|递交|移交|交(?!通|班|接|流|底|易|换|叉|警|工|集|汇|费)|完成(?!情况|率|时"
    r"|度|量|表)|上报|报送|报给|报到|发布(?!会)|发我|发给|发到"
    r"|送到|送交|召开|前往|前去|参加|填写|填报|写完|写好|做完|做好|开会(?!通|记|材|名|地)|务必"
    r"|必须|记得|别忘|请(?!假|示|柬|帖|款|购)|把|将(?!军)|给)"
)
# Verbs that are often the first half of a noun, too: 检查 in 检查记录.
ACTION = (
    r"(?:打扫|清理|整理|汇总|检查|检修|巡检|组织|开展|落实|学习|培训|开会|值班|打印|采购|购买|联系"
    r"|核对|核实|更新|修改|修订|准备|布置|安装|维修|更换|清点|盘点|制定|起草|撰写|编写"
    r"|拟定|审核|审批|通报|反馈|回复|答复|统计|登记|收集|收齐|发放|慰问|走访|拜访|会餐|考试|测试"
    r"|演练|观看|参观|调试|搬运|拆除)"
)
# What may follow a form that could as well begin a title: 5号楼, 3号皮带机, 12.5万元, 下周工作计划, 下午茶, 一点建议.
EDGE = (
    rf"(?=\s(?! [万亿元吨])|$|[,;:、。|()!]|{BEFORE}|{ONLY}|{WITHIN}|[0-9]{{1,2}}[:点时]|上午|中午"
    r"|下午|傍晚|凌晨|早上|晚|下班|上班"
    rf"|(?:周|星期|礼拜)[一二三四五六日天]|{VERB}|[到至~-] [0-9一二三四五六七八九十下本明后周星今月年]|起|开始|左右)"
)
# Where a form across a blank has to end, so that it does not cut a title: 周五 晨跑, 周五 内业资料, 周五 10点位巡检.
END = rf"(?=\s|$|[,;:。|)!]|{VERB})"


def fold(text: str) -> str:
    """The text with one plain spelling for each sign; as long as the text given."""
    return text.translate(_FOLDED)


def number(written: str) -> int:
    """A number below a thousand in digits or Chinese numerals (十二, 一百零五; 二零 is 20)."""
    if written.isdecimal():
        return int(written)
    if not _TENS.keys() & set(written):
        return int("".join(str(_DIGITS[sign]) for sign in written))
    return _sum(written)


def _sum(written: str) -> int:
    total, digit = 0, 0
    for sign in written:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def pattern(written: str) -> Lazy:
    """A regular expression in which every blank stands for any number of blanks.

    None is given back once it is taken, so that several side by side take no longer than one.
    """
    return Lazy(written.replace(" ", " *+"), re.IGNORECASE | re.ASCII)
