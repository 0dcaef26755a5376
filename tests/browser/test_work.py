"""Work as people see it: a task is given, handed in with a photo, returned, handed in again and accepted."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo import Demo
from sandbox.clock import Clock
from tests.browser.conftest import NewWindow
from tests.browser.test_main_job import PATIENCE, reviewed_up_to, said, write
from tests.pictures import PNG

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """The demo on a Thursday morning; its clock runs."""
    async with Demo(0, clock=Clock(start=THURSDAY, frozen=False)) as running:
        yield running


def button(page: Page, label: str) -> Locator:
    """The newest button under a message with this label."""
    return page.get_by_test_id("messages").get_by_role("button", name=label).last


async def private(page: Page) -> None:
    """Go on in the private chat with the bot."""
    await write(page, "/points")
    await page.get_by_role("link", name="看我的积分").last.click()
    await expect(said(page, "今天还能得")).to_be_visible(timeout=PATIENCE)


async def reply_with_photo(page: Page, to: str) -> None:
    """Reply to a message with a photo."""
    await said(page, to).click(button="right", position={"x": 12, "y": 12})
    await page.get_by_test_id("menu-reply").click()
    await page.get_by_test_id("attach-input").set_input_files(
        {"name": "台账.png", "mimeType": "image/png", "buffer": PNG}
    )
    await page.get_by_test_id("send-file").click()


async def test_a_result_with_a_photo_is_returned_and_then_accepted(demo: Demo, new_window: NewWindow) -> None:
    async def window(who: str) -> Page:
        return await new_window(f"{demo.sandbox.url}/?as={demo.people[who]}&chat={demo.groups['machining']}&lang=zh")

    group, employee, secretary = await window("li"), await window("li"), await window("chen")
    await write(secretary, "/task @li 下周五18:00前 整理点检台账 | 标准：字迹清楚 | 验收：我")
    await expect(said(group, "验收：")).to_be_visible(timeout=PATIENCE)
    await private(employee)
    await private(secretary)

    await reply_with_photo(group, "整理点检台账")
    await expect(said(employee, "收到材料：照片或文件 1 份")).to_be_visible(timeout=PATIENCE)
    await button(employee, "提交验收").click()
    asked = await reviewed_up_to(secretary, "整理点检台账")
    await expect(asked.locator("img")).to_be_visible(timeout=PATIENCE)
    await expect(said(group, "待验收")).to_be_visible(timeout=PATIENCE)

    await button(secretary, "退回").click()
    await expect(said(secretary, "为什么退回")).to_be_visible(timeout=PATIENCE)
    await write(secretary, "缺 11 月的记录，请补上")
    await expect(said(employee, "缺 11 月的记录，请补上")).to_be_visible(timeout=PATIENCE)

    await reply_with_photo(employee, "缺 11 月的记录，请补上")
    await expect(said(employee, "收到材料：照片或文件 1 份")).to_be_visible(timeout=PATIENCE)
    await button(employee, "提交验收").click()
    await expect(said(secretary, "待验收")).to_contain_text("附 1 份照片或文件", timeout=PATIENCE)
    await button(secretary, "优秀").click()
    await expect(secretary.get_by_test_id("toast")).to_contain_text("已通过：优秀")
    await expect(said(employee, "验收：优秀，+5 分")).to_be_visible(timeout=PATIENCE)
