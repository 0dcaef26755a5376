"""A picture of each kind, as the bot will have it drawn."""

from charts import (
    Bars,
    Board,
    Branched,
    Certificate,
    Figure,
    Picture,
    Ranked,
    Series,
    Tone,
    Topic,
    Topics,
    Tree,
    Trend,
    Weekly,
)

BRANCHES = (
    "总装车间第一党支部",
    "质量管理部党支部",
    "技术中心党支部",
    "物资采购部党支部",
    "动力分厂党支部",
    "机关第二党支部",
    "冲压车间党支部",
    "涂装车间党支部",
    "物流运输部党支部",
    "离退休人员党支部",
)
VALUES = (12.6, 11.8, 11.2, 9.7, 9.1, 8.4, 7.7, 6.2, 5.1, 3.4)
CHANGES = (1, -1, 0, 3, 0, -2, 0, 0, 2, -1)
LINES = tuple(
    Ranked(place + 1, name, value, f"{value} 分", change, marked=place == 4)
    for place, (name, value, change) in enumerate(zip(BRANCHES, VALUES, CHANGES, strict=True))
)
WEEKS = ("10/5", "10/12", "10/19", "10/26", "11/2", "11/9", "11/16", "11/23")
BOARD = Board("支部人均积分榜", LINES, "2026年第48周 · 11月23日—29日")
TREND = Trend("参与率", WEEKS, (Series("本单位", (62, 65, 64, 70, 73, 72, 78, 83)),), "近八周", "%")
YEARS = Trend(
    "学习人次",
    tuple(f"{month}月" for month in range(1, 13)),
    (
        Series("今年", (320, 280, 410, 430, 520, 480, 560, 610, 590, 640, 702, None)),
        Series("去年", (220, 240, 310, 330, 380, 350, 400, 420, 460, 480, 510, 530)),
    ),
    "2026年",
)
TOPICS = Topics(
    "建议办理",
    ("已采纳", "办理中", "未采纳"),
    (
        Topic("安全生产", (6, 2, 1)),
        Topic("食堂与后勤", (3, 4, 2)),
        Topic("技能培训", (4, 1, 0)),
        Topic("设备维护", (1, 2, 0)),
    ),
    "本月 26 条",
)
BARS = Bars("各支部任务完成", BRANCHES[:6], (Series("按时", (12, 9, 8, 7, 7, 5)),), "2026年11月", "件")
MONTHS = Bars(
    "各支部任务完成",
    BRANCHES[:6],
    (Series("本月", (12, 9, 8, 7, 7, 5)), Series("上月", (10, 9, 6, 8, 4, 5))),
    "2026年11月",
    "件",
)
TREE = Tree(
    "中共精益装备有限公司委员会 2026 年目标",
    (
        Branched(0, "党建与生产经营深度融合，推动全年任务高质量完成", 0.62, "62%"),
        Branched(1, "十一月重点：主题党日与安全生产月联动", 0.8, "80%", Tone.NEAR),
        Branched(2, "第一党支部：查改隐患 40 项", 1.0, "100%", Tone.DONE),
        Branched(2, "第二党支部：开展安全培训 12 次", 0.5, "50%", Tone.LATE),
        Branched(1, "党员积分管理覆盖率达到 95%", 0.45, "45%"),
        Branched(0, "发展党员 6 名", 0.0, "0%", Tone.LATE),
    ),
    "截至2026年11月25日 · 总进度 46%",
    "另有 12 项",
)
CERTIFICATE = Certificate(
    "荣誉证书",
    "张三丰 同志",
    "岗位能手",
    "在2026年第三季度设备改造工作中勇挑重担、攻坚克难，带领班组连续安全生产一百二十天，表现突出，特授予此称号。",
    "中共精益装备有限公司委员会",
    "2026年11月28日",
)
WEEKLY = Weekly(
    "第48周党群工作小结",
    Board("支部榜", LINES[:5], "人均积分"),
    TREND,
    TOPICS,
    "11月23日—11月29日 · 全公司",
    (
        Figure("参与率", "83%", "▲5 个百分点"),
        Figure("学习人次", "1,284", "▲96"),
        Figure("任务按时", "91%", "▼2 个百分点"),
    ),
)
EMOJI = "😀👩‍🔧🏆" * 21 + "😀"
ODD = Board(
    "长得一行放不下的标题要断成两行，两行还放不下的就在后面加上省略号，别处的字一个也不挤",
    (
        Ranked(1, EMOJI, 0, "0 分"),
        Ranked(2, "{r1|甲}<b>&\"'乙", -5, "-5 分", -400),
        Ranked(3, "这个支部的名字特别长，" * 8, 12, "12 分", 12),
    ),
    "🥇 第一",
)
SAMPLES: dict[str, Picture] = {
    "board": BOARD,
    "trend": TREND,
    "years": YEARS,
    "topics": TOPICS,
    "bars": BARS,
    "months": MONTHS,
    "certificate": CERTIFICATE,
    "tree": TREE,
    "weekly": WEEKLY,
    "odd": ODD,
}
