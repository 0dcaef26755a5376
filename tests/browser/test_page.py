"""The chat page as people use it: in a real browser, on a real sandbox."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from sandbox import Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TOKEN = "123456:browser"
PHONE = {"width": 390, "height": 844}

NewWindow = Callable[..., Awaitable[Page]]
NewLine = Callable[[str], Awaitable[Any]]


class Office:
    """A branch with three people and a bot, and the windows that they look through."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession, new_window: NewWindow) -> None:
        self.sandbox = sandbox
        self.http = http
        self.new_window = new_window
        self.bot = sandbox.add_bot(TOKEN, username="jingyi_bot", first_name="精益")
        self.wang = sandbox.add_person("王", last_name="芳").id
        self.li = sandbox.add_person("李", last_name="伟", username="liwei").id
        self.anna = sandbox.add_person("Anna", last_name="<b>Schmidt</b>", username="anna").id
        group = sandbox.add_group("第一党支部", by=self.wang, members=[self.li, self.anna], bots=[self.bot])
        self.group = group.id

    async def window(self, person: int, *, lang: str = "zh", chat: bool = True, **options: Any) -> Page:
        """A window of a person, in the group's chat unless told otherwise."""
        where = f"&chat={self.group}" if chat else ""
        return await self.new_window(f"{self.sandbox.url}/?as={person}&lang={lang}{where}", **options)

    async def call(self, method: str, **parameters: Any) -> Any:
        """One call of the bot's."""
        url = f"{self.sandbox.url}/bot{TOKEN}/{method}"
        async with self.http.post(url, json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def send(self, text: str, **more: Any) -> int:
        """A message of the bot's in the group; gives its id."""
        message = await self.call("sendMessage", chat_id=self.group, text=text, **more)
        return message["message_id"]

    async def answer_presses(self, **answer: Any) -> None:
        """Be a bot that answers every button in the same way, until cancelled."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=10):
                offset = update["update_id"] + 1
                if query := update.get("callback_query"):
                    await self.call("answerCallbackQuery", callback_query_id=query["id"], **answer)


@pytest_asyncio.fixture(loop_scope="session")
async def office(new_window: NewWindow) -> AsyncIterator[Office]:
    async with Sandbox(port=0) as sandbox, aiohttp.ClientSession() as http:
        yield Office(sandbox, http, new_window)


async def write(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("composer").press("Enter")


def bubble(page: Page, text: str) -> Locator:
    """The rows of messages that say exactly this."""
    return page.get_by_test_id("messages").locator(".row", has=page.locator(".text", has_text=text))


async def choose(page: Page, row: Locator, item: str) -> None:
    """An entry of a message's menu."""
    await row.locator(".bubble").click(button="right", position={"x": 12, "y": 12})
    await page.get_by_test_id(item).click()


async def fits_the_width(page: Page) -> bool:
    return await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_two_people_talk_live_and_unread_messages_are_counted(office: Office) -> None:
    wang, li = await office.window(office.wang), await office.window(office.li, chat=False)
    await expect(li.get_by_test_id(f"unread-{office.group}")).to_have_text("1")  # that the group was created
    await write(wang, "下午三点开会")
    await expect(bubble(wang, "下午三点开会")).to_have_class("row mine first last")
    await expect(li.get_by_test_id(f"unread-{office.group}")).to_have_text("2")
    await expect(li.get_by_test_id(f"chat-{office.group}")).to_contain_text("王芳：下午三点开会")
    await li.get_by_test_id(f"chat-{office.group}").click()
    await expect(bubble(li, "下午三点开会")).to_contain_text("王芳")
    await expect(li.get_by_test_id(f"unread-{office.group}")).to_have_count(0)
    await write(li, "收到")
    await expect(bubble(wang, "收到")).to_contain_text("李伟")
    await expect(wang.get_by_test_id(f"unread-{office.group}")).to_have_count(0)


async def test_one_window_is_one_person_and_stays_so(office: Office) -> None:
    page = await office.new_window(f"{office.sandbox.url}/?lang=zh")
    await page.get_by_test_id("person-picker").get_by_test_id(f"person-{office.li}").click()
    await expect(page.get_by_test_id("who")).to_contain_text("李伟")
    await page.goto(f"{office.sandbox.url}/")
    await expect(page.get_by_test_id("who")).to_contain_text("李伟")
    other = await page.context.new_page()
    await other.goto(f"{office.sandbox.url}/")
    await expect(other.get_by_test_id("person-picker")).to_be_visible()


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=\"document.title='broken'\"> & <script>document.title='broken'</script>",
        "&lt;b&gt; </div>",
        "שלום 😀<i>",
    ],
)
async def test_text_is_shown_as_it_was_written(office: Office, text: str) -> None:
    anna = await office.window(office.anna)
    await write(anna, text)
    wang = await office.window(office.wang)
    for page in (anna, wang):
        shown = page.get_by_test_id("messages").locator(".text")
        await expect(shown).to_have_count(1)
        assert (
            await shown.evaluate("e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('')")
        ) == text
        assert await page.locator(".text img, .text script, .text b, .text i").count() == 0
        assert "broken" not in await page.title()
    await expect(wang.get_by_test_id("messages").locator(".author-name")).to_have_text("Anna <b>Schmidt</b>")


async def test_entities_are_counted_in_utf_16(office: Office) -> None:
    await office.send(
        "😀😀<b>粗体</b> <i>斜<u>下划</u></i> <a href='https://example.org/?a=1&amp;b=2'>链接</a> /tasks",
        parse_mode="HTML",
    )
    page = await office.window(office.wang)
    text = page.get_by_test_id("messages").locator(".text")
    await expect(text.locator("strong")).to_have_text("粗体")
    await expect(text.locator("em")).to_have_text(["斜", "下划"])
    await expect(text.locator("em u")).to_have_text("下划")
    await expect(text.locator("a[href^=https]")).to_have_attribute("href", "https://example.org/?a=1&b=2")
    await text.get_by_role("button", name="/tasks").click()
    await expect(page.locator(".row.mine .text")).to_have_text("/tasks")


async def test_a_vote_is_counted_live_and_can_be_taken_back(office: Office) -> None:
    poll = await office.call(
        "sendPoll", chat_id=office.group, question="食堂延长到八点？", options=["好", "不必"], is_anonymous=False
    )
    number = poll["message_id"]
    wang, li = await office.window(office.wang), await office.window(office.li)
    await wang.get_by_test_id(f"poll-{number}-option-0").click()
    await expect(wang.get_by_test_id(f"poll-{number}-option-0")).to_contain_text("100%")
    await expect(li.get_by_test_id(f"message-{number}")).to_contain_text("1 人已投票")
    await expect(li.get_by_test_id(f"poll-{number}-option-0")).not_to_contain_text("%")
    await li.get_by_test_id(f"poll-{number}-option-1").click()
    for page in (wang, li):
        await expect(page.get_by_test_id(f"poll-{number}-option-0")).to_contain_text("50%")
    await wang.get_by_test_id(f"poll-{number}-retract").click()
    await expect(wang.get_by_test_id(f"poll-{number}-option-0")).to_have_attribute("aria-checked", "false")
    await expect(li.get_by_test_id(f"poll-{number}-option-1")).to_contain_text("100%")


async def test_several_answers_are_sent_with_one_vote(office: Office) -> None:
    poll = await office.call(
        "sendPoll",
        chat_id=office.group,
        question="主题党日？",
        options=["参观", "志愿", "观摩"],
        allows_multiple_answers=True,
    )
    number = poll["message_id"]
    page = await office.window(office.wang)
    await expect(page.get_by_test_id(f"poll-{number}-vote")).to_be_disabled()
    await page.get_by_test_id(f"poll-{number}-option-0").click()
    await page.get_by_test_id(f"poll-{number}-option-2").click()
    await page.get_by_test_id(f"poll-{number}-vote").click()
    await expect(page.locator(".option.chosen")).to_have_count(2)


async def test_a_quiz_tells_right_from_wrong_and_why(office: Office) -> None:
    quiz = await office.call(
        "sendPoll", chat_id=office.group, question="先做什么？", options=["继续", "停机"],
        type="quiz", correct_option_ids=[1], explanation="先停机，再报告。",
    )  # fmt: skip
    number = quiz["message_id"]
    page = await office.window(office.wang)
    await page.get_by_test_id(f"poll-{number}-option-0").click()
    await expect(page.get_by_test_id(f"poll-{number}-option-0").get_by_role("img")).to_have_accessible_name(
        "您的选择, 答错了"
    )
    await expect(page.get_by_test_id(f"poll-{number}-option-1").get_by_role("img")).to_have_accessible_name("正确答案")
    await expect(page.get_by_test_id(f"message-{number}")).to_contain_text("先停机，再报告。")


@pytest.mark.parametrize(("alert", "place"), [(False, "toast"), (True, "alert")])
async def test_a_button_shows_the_bots_answer(office: Office, alert: bool, place: str) -> None:
    keyboard = {"inline_keyboard": [[{"text": "已学习", "callback_data": "done"}]]}
    number = await office.send("今日学习", reply_markup=keyboard)
    page = await office.window(office.wang)
    button = page.get_by_test_id(f"button-{number}-0-0")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "")
    bot = asyncio.create_task(office.answer_presses(text="已记入 <台账>", show_alert=alert))
    await expect(page.get_by_test_id(place)).to_contain_text("已记入 <台账>")
    await expect(button).not_to_have_class("key waiting")
    bot.cancel()
    with suppress(asyncio.CancelledError):
        await bot


async def test_an_own_message_is_edited_in_place_for_everybody(office: Office) -> None:
    wang, li = await office.window(office.wang), await office.window(office.li)
    await write(wang, "周三开会")
    await choose(wang, bubble(wang, "周三开会"), "menu-edit")
    await expect(wang.get_by_test_id("edit-bar")).to_contain_text("周三开会")
    await expect(wang.get_by_test_id("composer")).to_have_value("周三开会")
    await write(wang, "周四开会")
    await expect(wang.get_by_test_id("edit-bar")).to_have_count(0)
    for page in (wang, li):
        await expect(bubble(page, "周四开会")).to_contain_text("已编辑")
        await expect(page.locator(".row")).to_have_count(1)


async def test_a_reply_quotes_what_it_answers(office: Office) -> None:
    wang, li = await office.window(office.wang), await office.window(office.li)
    await write(wang, "谁去？")
    await choose(li, bubble(li, "谁去？"), "menu-reply")
    await expect(li.get_by_test_id("reply-bar")).to_contain_text("王芳")
    await write(li, "我去")
    await expect(li.get_by_test_id("reply-bar")).to_have_count(0)
    await expect(bubble(wang, "我去").locator(".quote")).to_have_text("王芳谁去？")


async def test_a_message_is_reacted_to_and_deleted(office: Office) -> None:
    wang, li = await office.window(office.wang), await office.window(office.li)
    await write(wang, "大家辛苦了")
    await choose(li, bubble(li, "大家辛苦了"), "react-👍")
    await expect(wang.locator(".reaction")).to_have_text("👍1")
    await choose(wang, bubble(wang, "大家辛苦了"), "menu-delete")
    await wang.get_by_test_id("confirm").click()
    await expect(li.locator(".row")).to_have_count(0)


async def test_people_without_a_username_are_mentioned_by_name(office: Office) -> None:
    li = await office.window(office.li)
    await li.get_by_test_id("composer").press_sequentially("请 @王")
    await li.get_by_test_id(f"mention-{office.wang}").click()
    await li.get_by_test_id("composer").press_sequentially("看一下")
    await li.get_by_test_id("send").click()
    await expect(bubble(li, "请 王芳 看一下").get_by_role("button", name="王芳")).to_be_visible()


async def test_the_command_menu_sends_what_is_chosen(office: Office) -> None:
    await office.call(
        "setMyCommands",
        commands=[{"command": "study", "description": "今日学习"}, {"command": "rank", "description": "排行"}],
    )
    page = await office.window(office.wang)
    await page.get_by_test_id("menu-button").click()
    await expect(page.get_by_test_id("command-menu").get_by_role("option")).to_have_count(2)
    await page.get_by_test_id("composer").press_sequentially("/ra")
    await expect(page.get_by_test_id("command-menu").get_by_role("option")).to_have_text(["/rank排行"])
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.locator(".row.mine .text")).to_have_text("/rank")


async def test_a_private_chat_begins_with_the_start_button(office: Office) -> None:
    page = await office.window(office.wang, chat=False)
    await page.get_by_test_id(f"bot-{office.bot.id}").click()
    await page.get_by_test_id("start").click()
    await expect(page.locator(".row.mine .text")).to_have_text("/start")
    await page.get_by_test_id("chat-menu").click()
    await page.get_by_test_id("menu-block").click()
    await page.get_by_test_id("unblock").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()


async def test_a_file_is_sent_with_its_caption(office: Office) -> None:
    wang, li = await office.window(office.wang), await office.window(office.li)
    await wang.get_by_test_id("attach-input").set_input_files(
        {"name": "点检表.txt", "mimeType": "text/plain", "buffer": b"ok"}
    )
    await wang.get_by_test_id("caption").fill("请查收")
    await wang.get_by_test_id("send-file").click()
    await expect(bubble(li, "请查收").locator(".file-name")).to_have_text("点检表.txt")
    async with li.expect_download() as download:
        await bubble(li, "请查收").locator("a.file").click()
    assert (await (await download.value).path()).read_bytes() == b"ok"


async def test_on_a_phone_list_and_chat_are_two_screens(office: Office) -> None:
    await office.send("字" * 600 + "LongWordWithoutAnyEnd" * 20)
    page = await office.window(office.wang, chat=False, viewport=PHONE, has_touch=True)
    item = page.get_by_test_id(f"chat-{office.group}")
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    assert await fits_the_width(page)
    await item.click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await expect(item).to_be_hidden()
    assert await fits_the_width(page)
    await page.get_by_test_id("back").click()
    await expect(item).to_be_visible()
    await item.click()
    await page.go_back()
    await expect(item).to_be_visible()


async def test_the_language_is_switched_and_kept(office: Office) -> None:
    page = await office.window(office.wang, lang="zh")
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "写消息…")
    await page.get_by_test_id("composer").fill("还没写完")
    await page.get_by_test_id("language").click()
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Message")
    await expect(page.get_by_test_id("composer")).to_have_value("还没写完")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.goto(f"{office.sandbox.url}/")
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Message")


async def test_a_window_that_reconnects_has_everything_once(office: Office, new_line: NewLine) -> None:
    line = await new_line(office.sandbox.url)
    page = await office.new_window(f"{line.url}/?as={office.wang}&chat={office.group}&lang=zh")
    first = await office.send("第一条")
    await expect(bubble(page, "第一条")).to_have_count(1)
    await line.cut()
    await expect(page.locator(".chat-header .status")).to_have_text("正在连接…")
    await office.send("第二条")
    await office.call("editMessageText", chat_id=office.group, message_id=first, text="第一条，改过")
    await office.send("第三条")
    await line.mend()
    await expect(page.locator(".row .text")).to_contain_text(["第一条，改过", "第二条", "第三条"])
    await office.send("第四条")
    await expect(page.locator(".row")).to_have_count(4)


async def test_the_clock_is_moved_and_says_so(office: Office) -> None:
    page = await office.window(office.wang)
    await page.get_by_test_id("clock-next-monday").click()
    await expect(page.get_by_test_id("toast")).to_contain_text("09:00")
    await expect(page.get_by_test_id("clock")).to_contain_text("周一 09:00")


async def test_older_messages_come_while_scrolling_up(office: Office) -> None:
    for number in range(120):
        office.sandbox.say(office.group, office.li, f"第 {number} 条")
    page = await office.window(office.wang)
    await expect(page.locator(".row")).to_have_count(50)
    await expect(bubble(page, "第 119 条")).to_be_in_viewport()
    messages = page.get_by_test_id("messages")
    for count, oldest in ((100, "第 70 条"), (120, "第 20 条")):
        await messages.evaluate("e => e.scrollTop = 0")
        await expect(page.locator(".row")).to_have_count(count)
        await expect(bubble(page, oldest)).to_be_in_viewport()  # what was being read stays in sight
    await expect(page.get_by_test_id("to-end")).to_be_visible()
    await page.get_by_test_id("to-end").click()
    await expect(bubble(page, "第 119 条")).to_be_in_viewport()


async def test_administrators_change_who_is_in_a_group(office: Office) -> None:
    wang, li = await office.window(office.wang), await office.window(office.li)
    await wang.get_by_test_id("chat-title").click()
    await wang.get_by_test_id(f"member-menu-{office.li}").click()
    await wang.get_by_test_id("promote").click()
    await expect(wang.get_by_test_id(f"member-{office.li}")).to_contain_text("管理员")
    await wang.get_by_test_id(f"member-menu-{office.li}").click()
    await wang.get_by_test_id("anonymous").click()
    await expect(li.get_by_test_id("as-group")).to_be_visible()
    await write(li, "请按时参加")
    await expect(bubble(wang, "请按时参加").locator(".author-name")).to_have_text("第一党支部")
    await wang.get_by_test_id(f"member-menu-{office.anna}").click()
    await wang.get_by_test_id("remove").click()
    await expect(wang.get_by_test_id(f"member-{office.anna}")).to_have_count(0)


async def test_topics_are_kept_apart(office: Office) -> None:
    forum = office.sandbox.add_group("机电车间", by=office.wang, members=[office.li], bots=[office.bot], is_forum=True)
    topic = office.sandbox.add_topic(forum, "安全学习", by=office.wang)
    office.sandbox.say(forum, office.li, "说说安全", thread=topic)
    office.sandbox.say(forum, office.li, "说说别的")
    page = await office.new_window(f"{office.sandbox.url}/?as={office.wang}&chat={forum.id}&lang=zh")
    await expect(page.locator(".row .text")).to_have_text(["说说安全", "说说别的"])
    await page.get_by_test_id(f"topic-{topic.message_thread_id}").click()
    await expect(page.locator(".row .text")).to_have_text(["说说安全"])
    await write(page, "收到")
    await expect(page.locator(".row .text")).to_have_text(["说说安全", "收到"])
    await page.get_by_test_id("topic-0").click()
    await expect(page.locator(".row .text")).to_have_text(["说说别的"])


async def test_a_reply_keyboard_is_used_once(office: Office) -> None:
    markup = {"keyboard": [[{"text": "今日学习"}, {"text": "我的积分"}]], "one_time_keyboard": True}
    number = await office.send("想看什么？", reply_markup=markup)
    page = await office.window(office.wang)
    await page.get_by_test_id("key-0-1").click()
    await expect(page.locator(".row.mine .text")).to_have_text("我的积分")
    await expect(page.locator(".row.mine .quote")).to_contain_text("想看什么？")
    await expect(page.get_by_test_id("key-0-1")).to_have_count(0)
    await expect(page.get_by_test_id(f"message-{number}")).to_be_visible()


async def test_a_forced_reply_is_begun_by_itself(office: Office) -> None:
    page = await office.window(office.wang)
    await office.send("您的建议是？", reply_markup={"force_reply": True, "input_field_placeholder": "一两句话就好"})
    await expect(page.get_by_test_id("reply-bar")).to_contain_text("您的建议是？")
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "一两句话就好")
    await write(page, "食堂延长到八点")
    await expect(bubble(page, "食堂延长到八点").locator(".quote")).to_contain_text("您的建议是？")
    await page.reload()
    await expect(bubble(page, "食堂延长到八点")).to_be_visible()
    await expect(page.get_by_test_id("reply-bar")).to_have_count(0)


async def test_a_deep_link_starts_the_bot_in_private(office: Office) -> None:
    url = "https://t.me/jingyi_bot?start=suggest"
    number = await office.send("有建议？", reply_markup={"inline_keyboard": [[{"text": "私下说", "url": url}]]})
    page = await office.window(office.wang)
    await page.get_by_test_id(f"button-{number}-0-0").click()
    await expect(page.get_by_test_id("chat-title")).to_contain_text("精益")
    await expect(page.locator(".row.mine .text")).to_have_text("/start suggest")
    assert len(page.context.pages) == 1


async def test_a_photo_is_seen_large(office: Office) -> None:
    wang, li = await office.window(office.wang), await office.window(office.li)
    picture = await wang.screenshot()
    await wang.get_by_test_id("attach-input").set_input_files(
        {"name": "现场.png", "mimeType": "image/png", "buffer": picture}
    )
    await wang.get_by_test_id("send-file").click()
    await li.locator(".photo").click()
    await expect(li.get_by_test_id("lightbox").locator("img")).to_be_visible()
    await li.keyboard.press("Escape")
    await expect(li.get_by_test_id("lightbox")).to_have_count(0)


async def test_a_picture_of_the_bots_is_read_on_a_phone(office: Office) -> None:
    """Its caption, its buttons, a change of both, and the picture on the whole screen."""
    page = await office.window(office.wang, viewport=PHONE, has_touch=True)
    picture = await page.screenshot(clip={"x": 0, "y": 0, "width": 390, "height": 500})
    keys = json.dumps({"inline_keyboard": [[{"text": "我的积分", "callback_data": "points"}]]})
    fields = {"chat_id": str(office.group), "caption": "<b>一周</b>\n参与 12 人，比上周多 2 人", "parse_mode": "HTML"}
    form = aiohttp.FormData(fields | {"reply_markup": keys})
    form.add_field("photo", picture, filename="picture.png", content_type="image/png")
    async with office.http.post(f"{office.sandbox.url}/bot{TOKEN}/sendPhoto", data=form) as response:
        sent = (await response.json())["result"]
    row = page.get_by_test_id(f"message-{sent['message_id']}")
    await expect(row.locator(".text")).to_contain_text("参与 12 人")
    await expect(row.get_by_test_id(f"button-{sent['message_id']}-0-0")).to_have_text("我的积分")
    box = await row.locator(".photo").bounding_box()
    assert box is not None
    assert 250 < box["width"] <= 390 - box["x"]
    assert await fits_the_width(page)
    await office.call("editMessageCaption", chat_id=office.group, message_id=sent["message_id"], caption="一周，改过")
    await expect(row.locator(".text")).to_contain_text("一周，改过")
    await row.locator(".photo").tap()
    large = page.get_by_test_id("lightbox").locator("img")
    await expect(large).to_be_visible()
    shown = await large.bounding_box()
    assert shown is not None
    assert box["width"] < shown["width"] <= 390
    await large.tap()
    await expect(page.get_by_test_id("lightbox")).to_have_count(0)


async def test_it_shows_that_the_bot_is_typing(office: Office) -> None:
    page = await office.window(office.wang)
    await expect(page.locator(".chat-header .status")).to_have_text("4 位成员")
    await office.call("sendChatAction", chat_id=office.group, action="typing")
    await expect(page.locator(".chat-header .status")).to_have_text("精益正在输入…")
    await office.send("好了")
    await expect(page.locator(".chat-header .status")).to_have_text("4 位成员")


async def test_a_new_group_is_made_and_becomes_a_supergroup(office: Office) -> None:
    page = await office.window(office.wang, chat=False)
    await page.get_by_test_id("page-menu").click()
    await page.get_by_test_id("new-group").click()
    await page.get_by_test_id("group-title").fill("改造 <小组>")
    await page.get_by_test_id("group-kind").select_option("group")
    await page.get_by_role("checkbox", name="李伟").check()
    await page.get_by_test_id("create-group").click()
    await expect(page.get_by_test_id("chat-title")).to_contain_text("改造 <小组>3 位成员")
    await page.get_by_test_id("chat-title").click()
    await page.get_by_test_id("migrate").click()
    await page.get_by_test_id("confirm").click()
    await expect(page.get_by_test_id("messages")).to_contain_text("群组已升级为超级群组")
    await write(page, "都在吧")
    await expect(bubble(page, "都在吧")).to_be_visible()


async def test_a_message_that_could_not_be_sent_is_not_lost(office: Office, new_line: NewLine) -> None:
    line = await new_line(office.sandbox.url)
    page = await office.new_window(f"{line.url}/?as={office.wang}&chat={office.group}&lang=zh")
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await line.cut()
    await write(page, "很长的一段话")
    await expect(page.get_by_test_id("toast")).to_contain_text("连不上沙盒")
    await expect(page.get_by_test_id("composer")).to_have_value("很长的一段话")
    await line.mend()
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.locator(".row .text")).to_have_text(["很长的一段话"])


async def test_everything_can_be_done_by_keyboard(office: Office) -> None:
    number = await office.send("请看")
    page = await office.window(office.wang)
    await page.get_by_test_id(f"more-{number}").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menu")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(page.get_by_test_id(f"more-{number}")).to_be_focused()
    await page.get_by_test_id("composer").focus()
    await page.keyboard.type("第一行")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("第二行")
    await page.keyboard.press("Enter")
    await expect(page.locator(".row.mine .text")).to_have_text("第一行\n第二行", use_inner_text=True)
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_test_id("edit-bar")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("edit-bar")).to_have_count(0)


async def test_a_sandbox_started_anew_asks_again_who_one_is(office: Office) -> None:
    page = await office.window(office.wang)
    await expect(page.get_by_test_id("composer")).to_be_visible()
    office.sandbox.reset()
    await expect(page.get_by_test_id("person-picker")).to_be_visible()
    zhao = office.sandbox.add_person("赵", last_name="敏")
    await page.get_by_test_id(f"person-{zhao.id}").click()
    await expect(page.get_by_test_id("who")).to_contain_text("赵敏")
    await expect(page.get_by_test_id("person-picker")).to_have_count(0)
