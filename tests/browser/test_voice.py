"""How people are heard, as they see it on a phone: a questionnaire, an anonymous suggestion, its triage and its answer.

`JINGYI_PICTURES=docs/images` keeps the screenshots (`make pictures`).
"""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.demo import TOKEN, Demo
from sandbox.clock import Clock
from tests.browser.conftest import NewWindow
from tests.browser.test_main_job import PATIENCE, PHONE, said, write
from tests.browser.test_page import fits_the_width

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
LINES = """食堂满意度
1. 总体满意吗？（评分1-5）
2. 常去哪个窗口？（多选，最多2项）
面食
米饭
小炒
3. 还想说什么？（填空）（选填）"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """The demo on a Thursday morning; its clock runs."""
    async with Demo(0, clock=Clock(start=THURSDAY, frozen=False)) as running:
        yield running


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go."""
    return Path(os.environ.get("JINGYI_PICTURES") or tmp_path)


class Phone:
    """Somebody's window, as wide as a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def sees(self, words: str) -> None:
        await expect(said(self.page, words)).to_be_visible(timeout=PATIENCE)
        assert await fits_the_width(self.page)

    async def presses(self, label: str, then: str) -> None:
        """Press the newest button of this name, and see what follows."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        await self.sees(then)

    async def follows(self, label: str, then: str) -> None:
        """Press the newest button that opens the private chat."""
        await self.page.get_by_role("link", name=label).last.click()
        await self.sees(then)

    async def writes(self, words: str, then: str) -> None:
        await write(self.page, words)
        await self.sees(then)


async def phone(demo: Demo, new_window: NewWindow, who: str, *, private: bool = False) -> Phone:
    """The group as somebody sees it, or their private chat with the bot, which has their own number."""
    person = demo.people[who]
    address = f"{demo.sandbox.url}/?as={person}&chat={person if private else demo.groups['machining']}&lang=zh"
    return Phone(await new_window(address, viewport=PHONE, device_scale_factor=2))


async def test_a_questionnaire_is_asked_and_answered(demo: Demo, new_window: NewWindow, pictures: Path) -> None:
    secretary, employee = await phone(demo, new_window, "chen"), await phone(demo, new_window, "li")
    await secretary.writes("/survey", "问一个问题，还是做一份问卷")
    await secretary.follows("问卷", "把整份问卷发来")
    await secretary.writes(LINES, "谁看得到")
    await secretary.presses("匿名", "1. 总体满意吗？（评分 1–5）")
    await secretary.page.screenshot(path=pictures / "questionnaire-preview.png")
    await secretary.presses("发出", "已发出")

    await employee.follows("去填写", "答案加密保存")
    await employee.presses("开始", "1/3")
    await employee.presses("4", "2/3")
    await employee.presses("○ 米饭", "2/3")
    await expect(employee.page.get_by_role("button", name="✓ 米饭")).to_be_visible(timeout=PATIENCE)
    await employee.page.screenshot(path=pictures / "questionnaire.png")
    await employee.presses("下一题", "3/3")
    await employee.writes("晚班的汤凉了", "请看一遍再提交")
    await employee.presses("提交", "已提交，谢谢")


async def test_an_anonymous_suggestion_is_asked_back_and_answered(
    demo: Demo, new_window: NewWindow, pictures: Path
) -> None:
    for who in ("chen", "li"):
        demo.sandbox.start(demo.people[who], int(TOKEN.partition(":")[0]))
    secretary = await phone(demo, new_window, "chen", private=True)
    employee = await phone(demo, new_window, "li", private=True)
    await employee.writes("/suggest", "署名")
    await employee.presses("匿名", "建议")
    await employee.writes("更衣室的热水七点就没了，夜班下来洗不上", "没有人知道您是谁")

    await secretary.writes("/suggestions", "等您处理")
    card = said(secretary.page, "条等您处理")
    while await card.filter(has_text="更衣室的热水七点就没了").count() == 0:  # others have waited for longer
        number = (await card.inner_text()).split("号")[0]
        await secretary.page.get_by_role("button", name="稍后").last.click()
        await expect(card).not_to_contain_text(f"{number}号", timeout=PATIENCE)
    await secretary.page.screenshot(path=pictures / "triage.png")
    await secretary.presses("问作者", "请直接写")
    await write(secretary.page, "是东边那间还是西边那间？")
    await employee.sees("是东边那间还是西边那间？")
    await employee.page.screenshot(path=pictures / "anonymous-suggestion.png")
    await employee.presses("回复", "请直接写")
    await employee.writes("东边那间", "没有附您的姓名")
    await secretary.sees("匿名作者回复")
    await secretary.presses("采纳", "已采纳建议")
    await employee.sees("被采纳了")
