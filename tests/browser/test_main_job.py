"""The main job as people see it: a secretary and an employee in two windows, from a task to Monday's summary.

`JINGYI_PICTURES=docs/images` keeps the screenshots (`make pictures`).
"""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo import Demo
from sandbox.clock import Clock
from tests.browser.conftest import NewWindow

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000  # milliseconds, on a busy machine


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """The demo on a Thursday morning; its clock runs."""
    async with Demo(0, clock=Clock(start=THURSDAY, frozen=False)) as running:
        yield running


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go."""
    return Path(os.environ.get("JINGYI_PICTURES") or tmp_path)


async def write(page: Page, text: str) -> None:
    """Type a message and send it."""
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()


def said(page: Page, text: str) -> Locator:
    """The newest message with these words."""
    return page.get_by_test_id("messages").get_by_role("article").filter(has_text=text).last


async def reviewed_up_to(page: Page, title: str) -> Locator:
    """Accept what waits longer, one result after another; the message that asks about a task."""
    asked = said(page, "待验收")
    await expect(asked).to_be_visible(timeout=PATIENCE)
    for _ in range(9):
        before = await asked.text_content() or ""
        if title in before:
            return asked
        await (
            page.get_by_test_id("messages").get_by_role("button", name="合格", exact=True).last.click(timeout=PATIENCE)
        )
        await expect(asked).not_to_have_text(before, timeout=PATIENCE)
    raise AssertionError(f"{title} does not wait for them")


async def test_from_a_task_to_the_weekly_summary(demo: Demo, new_window: NewWindow, pictures: Path) -> None:
    group = demo.groups["machining"]

    def window(who: str) -> str:
        return f"{demo.sandbox.url}/?as={demo.people[who]}&chat={group}&lang=zh"

    secretary = await new_window(window("chen"))
    employee = await new_window(window("li"), viewport=PHONE, device_scale_factor=2)
    await employee.get_by_role("button", name="我学完了").click()
    await expect(employee.get_by_test_id("toast")).to_contain_text("已学，+1 分")

    await write(secretary, "/task @li 下周五18:00前 提交学习心得 | 标准：不少于800字 | 成果：心得一篇")
    await expect(said(employee, "标准：不少于800字")).to_be_visible()
    await employee.get_by_role("button", name="完成").last.click()
    await expect(employee.get_by_test_id("toast")).to_contain_text("完成，+5 分")
    await expect(said(secretary, "李伟 ✅")).to_be_visible()

    await write(secretary, "/survey 这次集中学习几点开始？| 16:00 | 17:00 | 都行 | 截止：明天18:00")
    await expect(said(employee, "这次集中学习几点开始？")).to_be_visible()
    await employee.get_by_role("radio", name="17:00").last.click()
    await expect(said(employee, "100%")).to_be_visible()
    await expect(said(secretary, "1 人已投票")).to_be_visible()

    await write(employee, "建议：三号皮带机旁边的灯坏了，晚上看不清")
    await expect(secretary.locator(".reaction")).to_have_text("👍1")
    await secretary.screenshot(path=pictures / "chat.png")

    await write(employee, "/points")
    await employee.get_by_role("link", name="看我的积分").click()
    await expect(said(employee, "+5 按时完成「提交学习心得」")).to_be_visible()
    await expect(said(employee, "参与调查「这次集中学习几点开始？」")).to_be_visible()
    await employee.goto(window("li"))

    await secretary.get_by_test_id("clock-next-monday").click()
    await expect(said(employee, "参与：")).to_be_visible(timeout=15_000)
    await expect(said(secretary, "积分榜")).to_be_visible()
    await expect(said(secretary, "共 1 人参与")).to_be_visible()
    board = said(employee, "参与：")
    await expect(board).to_contain_text("按时完成 2")
    await expect(board).to_contain_text("🥇 李伟")
    await expect(board.locator("img")).to_be_visible(timeout=PATIENCE)
    await employee.screenshot(path=pictures / "summary.png")


async def test_a_question_about_points_is_asked_and_answered(demo: Demo, new_window: NewWindow) -> None:
    async def private(who: str, group: str) -> Page:
        page = await new_window(f"{demo.sandbox.url}/?as={demo.people[who]}&chat={demo.groups[group]}&lang=zh")
        await write(page, "/points")
        await page.get_by_role("link", name="看我的积分").last.click()
        await expect(said(page, "今天还能得")).to_be_visible(timeout=PATIENCE)
        return page

    administrator, employee = await private("xu", "office"), await private("wang", "machining")
    await employee.get_by_role("button", name="有疑问").click()
    await expect(said(employee, "对哪一条有疑问")).to_be_visible(timeout=PATIENCE)
    await employee.get_by_role("button", name="编写首件检验提示卡").click()
    await expect(said(employee, "哪里不对")).to_be_visible(timeout=PATIENCE)
    await write(employee, "提前两天就做完了")
    await employee.get_by_role("button", name="发出").click()
    await expect(said(employee, "已转给管理员")).to_be_visible(timeout=PATIENCE)

    asked = said(administrator, "王海燕对积分有疑问")
    await expect(asked).to_contain_text("提前两天就做完了", timeout=PATIENCE)
    await administrator.get_by_role("button", name="说明").click()
    last = administrator.get_by_test_id("messages").get_by_role("article").last
    await expect(last).to_contain_text("怎么答复", timeout=PATIENCE)
    await write(administrator, "按时完成计 5 分，提前不另加")
    await administrator.get_by_role("button", name="发出").click()
    await expect(said(employee, "您的积分疑问有答复了")).to_contain_text("提前不另加", timeout=PATIENCE)
