import pytest


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("example.org", "http://example.org/"),
        ("HTTPS://Example.org/A", "https://example.org/A"),
        ("tg://user?id=7", "tg://user?id=7"),
        ("tg://resolve?domain=jingyi", "tg://resolve?domain=jingyi"),
    ],
)
async def test_the_address_of_a_button_comes_back_as_telegram_writes_it(scene, program, given, kept):
    keyboard = {"inline_keyboard": [[{"text": "看", "url": given}]]}
    sent = await program.call("sendMessage", chat_id=scene.group.id, text="好", reply_markup=keyboard)
    assert sent["reply_markup"]["inline_keyboard"][0][0]["url"] == kept


@pytest.mark.parametrize("url", ["nowhere", "", 7, "javascript:alert(1)", "ftp://example.org"])
async def test_a_button_to_nowhere_is_refused(scene, program, url):
    keyboard = {"inline_keyboard": [[{"text": "看", "url": url}]]}
    refused = await program.refused("sendMessage", chat_id=scene.group.id, text="好", reply_markup=keyboard)
    assert refused == f"Bad Request: inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
