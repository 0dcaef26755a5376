"""Cross-inspection as people see it: a round, a finding in it, its measure, and its end."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.demo import Demo
from sandbox.clock import Clock
from tests.browser.conftest import NewWindow
from tests.browser.test_main_job import PATIENCE, reviewed_up_to, said, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LEDGER = re.compile("整改台账|没有未销号的问题")
THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
RUBRIC = """title = "现场互查"

[[criterion]]
title = "阵地整洁"
points = 5
check = "到现场看一处"
kind = "site"
"""
FINDING = "宣传栏半年没有更新"
GROUPS = {"chen": "machining", "liu": "assembly", "lin": "office"}
BRANCHES = {"chen": "第一党支部", "liu": "第二党支部", "lin": "机关党支部"}
OWNERS = {"liu": ("zhang", "张志强"), "lin": ("huang", "黄思远")}  # who rectifies in the branch of a secretary


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """The demo on a Thursday morning; its clock runs."""
    async with Demo(0, clock=Clock(start=THURSDAY, frozen=False)) as running:
        yield running


async def press(page: Page, label: str, *, exact: bool = False) -> None:
    """Press the newest button under a message with this label."""
    found: Locator = page.get_by_test_id("messages").get_by_role("button", name=label, exact=exact).last
    await found.click(timeout=PATIENCE)


async def shows(page: Page, words: str) -> None:
    """Wait until a message says something."""
    await expect(said(page, words)).to_be_visible(timeout=PATIENCE)


async def private(page: Page) -> None:
    """Go on in the private chat with the bot."""
    await write(page, "/points")
    await page.get_by_role("link", name="看我的积分").last.click()
    await shows(page, "今天还能得")


async def opened(office: Page) -> None:
    """The office sends a rubric and opens a round of all branches."""
    await office.get_by_test_id("attach-input").set_input_files(
        {"name": "现场.toml", "mimeType": "application/toml", "buffer": RUBRIC.encode()}
    )
    await office.get_by_test_id("send-file").click()
    await press(office, "存下", exact=True)
    await shows(office, "已存：现场互查")
    await write(office, "/inspect")
    await press(office, "组织一轮互查")
    await press(office, "现场互查")
    await press(office, "全部 3 个")
    await write(office, "今天到12月4日")
    await shows(office, "每个检查人私聊收到一条消息")
    await press(office, "发出", exact=True)
    await shows(office, "3 个检查人收到了消息")


async def scored(page: Page, points: str) -> None:
    """Somebody scores, says what was found where points are taken off, and hands in."""
    await press(page, "开始打分")
    await press(page, points, exact=True)
    if points != "5":
        await press(page, "写问题、附照片")
        await shows(page, "发现了什么问题")
        await write(page, FINDING)
    await press(page, f"交给支部（{points} 分）")


async def test_an_inspection_leads_to_a_finding_that_is_closed(demo: Demo, new_window: NewWindow) -> None:
    async def window(who: str, group: str) -> Page:
        return await new_window(f"{demo.sandbox.url}/?as={demo.people[who]}&chat={demo.groups[group]}&lang=zh")

    office = await window("xu", "office")
    pages = {who: await window(who, group) for who, group in GROUPS.items()}
    for page in (office, *pages.values()):
        await private(page)
    await opened(office)
    for who, page in pages.items():
        await scored(page, "3" if who == "chen" else "5")
    for page in pages.values():
        await press(page, "认可", exact=True)
    await write(office, "/inspect")
    await press(office, "现场互查（")
    await press(office, "公布全部名次")
    await press(office, "确认定稿")
    await shows(office, "1 个问题进入整改")

    desk = await said(pages["chen"], "支部已认可，3/5 分").inner_text()
    inspected = next(who for who in OWNERS if BRANCHES[who] in desk)
    secretary, (owner, name) = pages[inspected], OWNERS[inspected]
    there = await window(owner, GROUPS[inspected])
    await shows(there, BRANCHES[inspected])
    await shows(secretary, "有问题等您定整改措施")
    await write(secretary, "/rectify")
    await press(secretary, FINDING[:6])
    await press(secretary, "定整改措施")
    await write(secretary, "没有定专人")
    await write(secretary, "宣传栏每月更新 | 标准：有日期")
    await write(secretary, name)
    await write(secretary, "下周五18:00前")
    await press(secretary, "发出", exact=True)
    await shows(there, "宣传栏每月更新")
    await press(there, "完成")
    await reviewed_up_to(pages["chen"], "宣传栏每月更新")
    await press(pages["chen"], "合格", exact=True)
    await write(secretary, "/rectify")
    ledger = secretary.get_by_test_id("messages").get_by_role("article").filter(has_text=LEDGER).last
    await expect(ledger).not_to_contain_text(FINDING[:6], timeout=PATIENCE)
