"""Words of our own files, Chinese and English: kinds of questions, yes and no, headings of a table."""

from collections.abc import Mapping

from sheets.questionnaire.found import Kind

NAMES: Mapping[str, Mapping[Kind, str]] = {
    "zh": {
        Kind.SINGLE: "单选",
        Kind.MULTIPLE: "多选",
        Kind.RATING: "打分",
        Kind.RANKING: "排序",
        Kind.NUMBER: "数字",
        Kind.DATE: "日期",
        Kind.TEXT: "文字",
    },
    "en": {kind: kind.value for kind in Kind},
}
ALSO = {
    Kind.SINGLE: ("单选题", "单项选择", "选择", "选择题", "radio", "single choice"),
    Kind.MULTIPLE: ("多选题", "多项选择", "不定项", "checkbox", "multiple choice"),
    Kind.RATING: ("打分题", "评分", "评分题", "量表", "星级", "scale"),
    Kind.RANKING: ("排序题", "排名", "rank"),
    Kind.NUMBER: ("数值", "数字题", "整数"),
    Kind.DATE: ("日期题",),
    Kind.TEXT: ("文本", "填空", "填空题", "问答", "问答题", "简答", "简答题", "意见", "open", "words"),
}
KINDS: Mapping[str, Kind] = {
    **{name: kind for names in NAMES.values() for kind, name in names.items()},
    **{name: kind for kind, names in ALSO.items() for name in names},
}
YES, NO = {"zh": "是", "en": "yes"}, {"zh": "否", "en": "no"}
TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "y", "是", "对", "必答", "必填", "√", "✓", "1"), True),
    **dict.fromkeys(("false", "no", "n", "否", "不", "选答", "选填", "×", "0"), False),
}
FIXED: Mapping[str, Mapping[str, str]] = {  # options of LimeSurvey whose words are not in its files
    "zh": {"Y": "是", "N": "否", "U": "说不清", "F": "女", "M": "男", "I": "增加", "S": "不变", "D": "减少"},
    "en": {
        "Y": "Yes",
        "N": "No",
        "U": "Uncertain",
        "F": "Female",
        "M": "Male",
        "I": "Increase",
        "S": "Same",
        "D": "Decrease",
    },
}
OTHER, NOTHING = {"zh": "其他", "en": "Other"}, {"zh": "以上都没有", "en": "None of these"}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "text": "题目",
        "kind": "题型",
        "options": "选项",
        "required": "必答",
        "shuffled": "选项乱序",
        "most": "最多选几项",
        "low": "最小值",
        "high": "最大值",
        "when": "什么情况下问",
        "key": "编号",
    },
    "en": {
        "text": "Question",
        "kind": "Kind",
        "options": "Options",
        "required": "Required",
        "shuffled": "Shuffled",
        "most": "At most",
        "low": "Lowest",
        "high": "Highest",
        "when": "Asked when",
        "key": "Key",
    },
}
ALSO_HEADED = {
    "text": ("问题", "题干", "题目内容", "问题内容", "text", "title"),
    "kind": ("类型", "问题类型", "题目类型", "type", "question type"),
    "options": ("答案", "备选答案", "选项内容", "choices", "answers"),
    "required": ("必填", "是否必答", "是否必填", "mandatory"),
    "shuffled": ("乱序", "随机", "选项随机", "random"),
    "most": ("最多", "最多选", "最多选择", "max"),
    "low": ("最低", "最低分", "min", "from"),
    "high": ("最高", "最高分", "to"),
    "when": ("条件", "显示条件", "跳题", "condition", "when"),
    "key": ("题号", "序号", "代码", "code", "no.", "no"),
}
HEADED: Mapping[str, str] = {
    **{name.lower(): field for names in FIELDS.values() for field, name in names.items()},
    **{name: field for field, names in ALSO_HEADED.items() for name in names},
}
TITLES = frozenset({"标题", "问卷标题", "问卷名称", "title"})
INTRODUCTIONS = frozenset({"说明", "问卷说明", "导语", "introduction"})
ABOVE = {"zh": ("标题", "说明"), "en": ("Title", "Introduction")}
