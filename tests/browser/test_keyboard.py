"""The fixed keyboard and today's card on the chat page, at a phone's width: nobody types a command.

`JINGYI_PICTURES=docs/images` keeps the screenshots.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.demo import TOKEN, Demo
from sandbox.clock import Clock
from tests.browser.conftest import NewWindow
from tests.browser.test_main_job import PHONE, THURSDAY, said

BOT = int(TOKEN.partition(":")[0])
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """The demo on a Thursday morning; its clock runs."""
    async with Demo(0, clock=Clock(start=THURSDAY, frozen=False)) as running:
        yield running


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go."""
    return Path(os.environ.get("JINGYI_PICTURES") or tmp_path)


async def opened(demo: Demo, new_window: NewWindow, who: str) -> Page:
    """Somebody's private chat with the bot on a phone, begun."""
    person = demo.people[who]
    chat = demo.sandbox.open_private(person, BOT)
    page = await new_window(
        f"{demo.sandbox.url}/?as={person}&chat={chat.id}&lang=zh", viewport=PHONE, device_scale_factor=2, has_touch=True
    )
    await page.get_by_test_id("start").click()
    return page


async def key(page: Page, name: str) -> None:
    """Press a key of the fixed keyboard."""
    await page.locator(".reply-keyboard").get_by_role("button", name=name, exact=True).click()


async def test_a_secretary_and_an_employee_work_with_keys_alone(
    demo: Demo, new_window: NewWindow, pictures: Path
) -> None:
    employee, secretary = [await opened(demo, new_window, who) for who in ("li", "chen")]
    keys = employee.locator(".reply-keyboard").get_by_role("button")
    await expect(keys).to_have_text(["今日学习", "我的任务", "提建议", "我的积分"])
    for place in range(4):
        await expect(keys.nth(place)).to_be_in_viewport()
    await employee.screenshot(path=pictures / "keyboard.png")
    keys = secretary.locator(".reply-keyboard").get_by_role("button")
    await expect(keys.nth(4)).to_have_text("交办任务")

    await key(secretary, "交办任务")
    await secretary.get_by_role("button", name="李伟", exact=True).last.click()
    await secretary.get_by_role("button", name="18:00").first.click()
    await secretary.get_by_test_id("composer").fill("整理台账")
    await secretary.get_by_test_id("send").click()
    await secretary.get_by_role("button", name="发出").click()
    await expect(said(secretary, "已发到")).to_be_visible()

    await expect(said(employee, "要办的任务")).to_contain_text("整理台账")
    await employee.screenshot(path=pictures / "today.png")
    await employee.get_by_role("button", name="整理台账").click()
    await expect(employee.get_by_test_id("toast")).to_contain_text("完成，+5 分")
    await expect(said(employee, "要办的任务")).not_to_contain_text("整理台账")

    await key(secretary, "谁还没办")
    await expect(said(secretary, "还差")).to_be_visible()
    await secretary.screenshot(path=pictures / "missing.png")
    await key(employee, "我的积分")
    await expect(said(employee, "按时完成「整理台账」")).to_be_visible()
    await expect(said(employee, "我的积分")).to_be_visible()
