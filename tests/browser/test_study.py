"""Study as people see it: a quiz in the group, a review session and a team match in private."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo import Demo
from sandbox.clock import Clock
from tests.browser.conftest import NewWindow
from tests.browser.test_main_job import PATIENCE, said, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """The demo on a Thursday morning; its clock runs."""
    async with Demo(0, clock=Clock(start=THURSDAY, frozen=False)) as running:
        yield running


async def window(demo: Demo, new_window: NewWindow, who: str, group: str) -> Page:
    return await new_window(f"{demo.sandbox.url}/?as={demo.people[who]}&chat={demo.groups[group]}&lang=zh")


def button(page: Page, label: str) -> Locator:
    """The newest button under a message with this label."""
    return page.get_by_test_id("messages").get_by_role("button", name=label).last


def letter(page: Page) -> Locator:
    """The first option of the question that was asked last."""
    return page.get_by_role("button", name="A", exact=True).last


async def answer(page: Page) -> None:
    """Choose the first option, and say so where several can be chosen."""
    await letter(page).click(timeout=PATIENCE)
    if "多选" in (await said(page, "❓").inner_text()):
        await button(page, "确定").click(timeout=PATIENCE)


async def test_a_question_of_the_day_a_match_and_a_review_are_answered_in_private(
    demo: Demo, new_window: NewWindow
) -> None:
    employee = await window(demo, new_window, "li", "machining")
    group = employee.url
    await employee.get_by_role("link", name="答题").last.click()
    await answer(employee)  # one option where several are right
    await expect(said(employee, "❌ 答错了")).to_be_visible(timeout=PATIENCE)
    await employee.goto(group)

    office = await window(demo, new_window, "xu", "office")
    await write(office, "/points")
    await office.get_by_role("link", name="看我的积分").last.click()
    await expect(said(office, "今天还能得")).to_be_visible(timeout=PATIENCE)
    await write(office, "/match")
    await button(office, "开一场").click(timeout=PATIENCE)
    await expect(said(office, "叫什么")).to_be_visible(timeout=PATIENCE)
    await write(office, "安全周赛")
    await button(office, "全部").click(timeout=PATIENCE)
    await button(office, "11月23日至11月27日").click(timeout=PATIENCE)
    await expect(said(office, "每人每天 3 题")).to_be_visible(timeout=PATIENCE)
    await button(office, "发出").click(timeout=PATIENCE)
    await expect(said(office, "发到各群")).to_be_visible(timeout=PATIENCE)

    await employee.get_by_test_id("clock-next-monday").click()
    await expect(said(employee, "团队赛「安全周赛」")).to_be_visible(timeout=PATIENCE)
    await employee.get_by_role("link", name="参加").last.click()
    await answer(employee)
    await expect(said(employee, "团队赛还有 2 题")).to_be_visible(timeout=PATIENCE)
    await button(employee, "下一题").click(timeout=PATIENCE)
    await expect(said(employee, "❓")).not_to_contain_text("正确答案", timeout=PATIENCE)

    asked = employee.get_by_test_id("messages").get_by_role("article").filter(has_text="❓")
    before = await asked.count()
    await write(employee, "/review")
    await expect(asked).to_have_count(before + 1, timeout=PATIENCE)
    await expect(asked.last).not_to_contain_text("正确答案")
    await answer(employee)
    await expect(asked.last).to_contain_text("正确答案", timeout=PATIENCE)
    await expect(asked).to_have_count(before + 1)  # the question's own message was edited
