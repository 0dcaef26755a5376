"""Which room may know which, read from the source: good will alone does not keep a house in order."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from domain.people import naming, role
from tests.architecture.source import ROOMS, ROOT, attributes, imports, modules, strings

ON_THE_CLOCK = """
一二三四五六日 停 停止 停用 停发 暂停 关 关闭 取消 开 开启 打开 启用 继续 恢复 默认 跟随
随企业 每 周 星期 礼拜 一二三四五六日天 至次日 到次日 至 到 点 半 分 整 钟 改为 改成 改到 改
调到 调为 设为 在 每个 工作日 每天 的 从 每日学习 学习提示 学习内容 学习 周报 周小结 小结 总结
免打扰时段 免打扰 勿扰 静默 天 日 每周一答 周一答 每周答题 复习
去掉 删除 删掉 删 不要 再加上 再加 增加 添加 加上 加 新增
"""
ON_THE_TREE = "新建 增加 添加 改名 更名 改 为叫成 移动 移 移 到至 撤销 关闭 人员 到转去归至 顶层 最上层"
ON_A_QUESTIONNAIRE = """
一二三四五六七八九十 第 题 匿名 不记名 无记名 保密 实名 记名 截止 截至 日期 时间
单选 单选题 不定项 不定项选 择 多选 多选题 选择 评分 打分 量表 排序 排序题 数字 数值 日期题 填空 简答 问答 文字
至到 分 最多 至多 至少 限 限选 可 选 项个 选填 选填题 选答 选答题 可不 可不填 可不答 非必 非必填 必填 必答
选项 随机 乱序 打乱 顺序 排列 仅 如果 若 为 是 答 时者的 才 再 回 填写 或
"""
# Input grammar: how people write commands. What a person reads stands in texts/.
BEHIND_A_BAR = (
    "标准 成果 资源 验收 审核 协同 协助 一起 共同 共同完成 支部负责 由支部负责 小组负责 由小组负责 我 本人 和 与 及"
)
GRAMMAR = {
    "plain/options.py": {
        *("一二两三四五六七八九", "上述", "不", "不对", "不是", "不正确", "不选", "两三四", "个项者", "以上", "以及"),
        *("俱", "做法", "全部", "全都", "内容", "几项", "前", "前述", "前面", "各项", "和与及或"),
        *("对", "情况", "无一", "是", "正确", "没有", "的", "皆", "答案", "说法", "选"),
        *("选项", "都均", "都均皆全", "错误", "项"),
    },
    "handlers/arguments.py": {"号", "全企业"},
    "handlers/admin/arguments.py": {"分", "积分", "点", "元", "块"},
    "handlers/voice/hazard.py": {"默认", "恢复默认"},
    "handlers/study/special.py": {"题道"},
    "handlers/voice/tags.py": {"新建", "删除"},
    "handlers/people/arguments.py": {"工号", "姓名", "撤销"},
    "handlers/points/arguments.py": {
        "加",
        "扣",
        "减",
        "分",
        "撤回",
        "取消",
        "第",
        "条",
        "号",
        "考核",
        "考核表",
        "积分考核",
    },
    "domain/work/recurring/holding.py": {
        *("书记", "委员", "党小组长", "小组长", "组长", "支委", "兼"),
        *("中共", "党支部", "党总支", "党委", "支部", "总支", "党组织"),
    },
    "handlers/work/arguments.py": set(BEHIND_A_BAR.split()),
    "handlers/work/owners.py": {"以及", "和", "与", "及", "跟", "还有", "同志们", "同志"},
    "handlers/work/leaving.py": {"撤回", "撤销", "号"},
    "domain/people/naming/directory.py": {
        *(word for word in naming.EVERYBODY if not word.isascii()),
        *("零一二三四五六七八九", "一二三四五六七八九十", "十", "第", "党", "小组", "组", "支部", "党支部"),
    },
    "handlers/voice/arguments.py": {"匿名", "不记名", "无记名", "实名", "记名"},
    "handlers/report/arguments.py": {"年", "月", "份", "本周", "这周", "上周", "本月", "这个月", "上月", "上个月"},
    "handlers/messaging/form.py": {"上一步"},
    "domain/people/role/model.py": {word for word in role.WORDS if not word.isascii()},
    "handlers/people/privacy.py": {"我", "本人"},
    "handlers/voice/questionnaire_answers.py": {"年", "月", "日号"},
    "handlers/voice/questionnaire_lines.py": set(ON_A_QUESTIONNAIRE.split()),
    "handlers/voice/results.py": {"结果", "列表"},
    "handlers/voice/suggestion.py": {"建议", "匿名"},
    "handlers/voice/route.py": {"署名", "上一级", "上级", "交给"},
    "handlers/clock/schedule/reading.py": set(ON_THE_CLOCK.split()),
    "handlers/people/branch.py": set(ON_THE_TREE.split()),
    "handlers/points/reward.py": {"管理", "上架"},
    "handlers/study/library.py": {"管理", "学习库"},
    "handlers/points/honour.py": {"撤销", "撤回"},
    "sheets/cells.py": {"年", "月", "日", "转"},
}
SAMPLE_DATA = ("bot/sample/", "bot/demo.py")
PURE, KNOWS_PURE = {"fsrs"}, {Path("domain/study/review/schedule.py")}  # docs/decisions/0019
CLOCKS = {Path("bot/clock.py"), Path("sandbox/clock.py")}


def test_the_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken\.", done.stdout)


@pytest.mark.parametrize("module", modules("domain"), ids=str)
def test_the_domain_imports_the_standard_library_and_itself(module):
    allowed = PURE if module in KNOWS_PURE else set()
    assert imports(module) <= {"domain", "plain", *allowed, *sys.stdlib_module_names}


@pytest.mark.parametrize("module", modules("texts"), ids=str)
def test_the_words_need_their_templates_only(module):
    assert imports(module) <= {"texts", "plain", "jinja2", "markupsafe", *sys.stdlib_module_names}


@pytest.mark.parametrize("module", modules("sandbox"), ids=str)
def test_the_sandbox_could_be_a_package_of_its_own(module):
    assert imports(module) <= {"sandbox", "aiohttp", *sys.stdlib_module_names}


@pytest.mark.parametrize("module", modules(*(room for room in ROOMS if room not in ("texts", "language"))), ids=str)
def test_words_that_people_read_stand_in_texts_alone(module):
    if str(module).startswith(SAMPLE_DATA):
        return
    for literal in strings(module):
        words = "".join(c if is_han(c) else " " for c in literal.value).split()
        grammar = GRAMMAR.get(module.as_posix(), set())
        assert set(words) <= grammar, f"{module}:{literal.lineno}: {literal.value!r} belongs into texts/"


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def test_every_word_of_the_grammar_is_still_in_use():
    for module, grammar in GRAMMAR.items():
        written = " ".join(literal.value for literal in strings(Path(module)))
        assert {word for word in grammar if word not in written} == set()


@pytest.mark.parametrize("asking", [("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")])
def test_one_place_asks_what_time_it_is(asking):
    askers = {module for module in modules(*ROOMS) if asking in attributes(module)}
    assert askers <= CLOCKS


@pytest.mark.parametrize(
    "part", [("os", "environ"), ("os", "getenv"), "ApplicationBuilder", "AsyncIOScheduler", "BaseSettings"]
)
def test_the_program_is_put_together_in_one_room(part):
    users = {module for module in modules(*ROOMS) if any(part in (found, found[1]) for found in attributes(module))}
    assert {module.parts[0] for module in users} <= {"bot"}


def test_only_the_edges_catch_everything():
    """`except Exception` stands at the outermost loops; anywhere else it would hide a fault."""
    catching = {module for module in modules(*ROOMS) if "except Exception" in (ROOT / module).read_text("utf-8")}
    loops = {
        Path(f"bot/{loop}.py")
        for loop in ("asked", "gathering", "handling", "intake", "polling", "scheduler", "sender")
    }
    loops |= {Path("sheets/child.py"), Path("charts/worker.py")}  # processes of their own
    assert catching <= loops | {module for module in catching if module.parts[0] == "sandbox"}


def test_one_module_normalises_text():
    """Normalising makes eighteen signs of one, so it comes behind a limit: in the gate alone, and all go through it."""
    users = {module for module in modules(*ROOMS) if ("unicodedata", "normalize") in attributes(module)}
    assert users == {Path("plain/gate.py")}


def test_one_module_takes_the_text_of_a_message():
    """`text_of` gives what readers may look at; whoever asks for the caption has gone round it."""
    takers = {module for module in modules("handlers") if any(name == "caption" for _, name in attributes(module))}
    assert takers == {Path("handlers/origin.py")}
