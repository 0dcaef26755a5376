import json

import aiohttp
import pytest

from sandbox import Refusal
from sandbox.files import picture_size
from tests.sandbox.cast import PNG, TOKEN

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc00011080002000303012200021101031101")


def form(**parts):
    data = aiohttp.FormData(quote_fields=False)
    for name, value in parts.items():
        if isinstance(value, tuple):
            data.add_field(name, value[1], filename=value[0])
        else:
            data.add_field(name, value)
    return data


async def sent(program, method, **parts):
    status, body = await program.raw(method, data=form(**parts))
    assert status == 200, body
    return body["result"]


async def test_a_photo_goes_up_and_comes_down(scene, program):
    chat = str(scene.group.id)
    message = await sent(program, "sendPhoto", chat_id=chat, photo=("a.png", PNG), caption="图")
    (size,) = message["photo"]
    assert (size["width"], size["height"], size["file_size"], message["caption"]) == (3, 2, len(PNG), "图")
    file = await program.call("getFile", file_id=size["file_id"])
    assert await program.get(f"file/bot{TOKEN}/{file['file_path']}") == (200, PNG)
    again = await program.call("sendPhoto", chat_id=chat, photo=size["file_id"])
    assert again["photo"][0]["file_unique_id"] == size["file_unique_id"]


async def test_a_file_keeps_its_name_and_kind(scene, program):
    message = await sent(program, "sendDocument", chat_id=str(scene.group.id), document=("名单.csv", b"a,b\n"))
    document = message["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("名单.csv", "text/csv", 4)
    words = await program.refused("sendPhoto", chat_id=scene.group.id, photo=document["file_id"])
    assert words == "Bad Request: can't use file of type Document as Photo"


async def test_a_part_can_be_named_by_another(scene, program):
    chat = str(scene.group.id)
    message = await sent(program, "sendDocument", chat_id=chat, document="attach://here", here=("a.txt", b"hello"))
    assert message["document"]["file_name"] == "a.txt"


async def test_several_photos_are_one_album(scene, program):
    media = json.dumps([{"type": "photo", "media": f"attach://{name}", "caption": name} for name in "ab"])
    chat = str(scene.group.id)
    first, second = await sent(program, "sendMediaGroup", chat_id=chat, media=media, a=("a", PNG), b=("b", PNG))
    assert (first["caption"], second["caption"]) == ("a", "b")
    assert first["media_group_id"] == second["media_group_id"]
    status, body = await program.raw("sendMediaGroup", data=form(chat_id=chat, media=f"[{media[1:-1]}]", a=("a", PNG)))
    assert (status, body["description"].startswith("Bad Request: wrong")) == (400, True)


@pytest.mark.parametrize(
    ("method", "parts", "words"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": ("a.png", b"no picture")}, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"photo": ("a.png", b"")}, "file must be non-empty: photo"),
        ("sendPhoto", {"photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": ("a.png", PNG), "caption": "字" * 1025}, "message caption is too long"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendMediaGroup", {"media": "[]"}, "there are no messages to send"),
        ("sendMediaGroup", {"media": "{}"}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"media": "["}, "can't parse media JSON object"),
        ("getFile", {}, "file_id not specified"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
    ],
)
async def test_a_wrong_file_is_refused(scene, program, method, parts, words):
    status, body = await program.raw(method, data=form(chat_id=str(scene.group.id), **parts))
    assert (status, body["description"]) == (400, f"Bad Request: {words}")


async def test_people_send_photos_and_files(scene, program, tmp_path):
    scene.sandbox.promote(scene.group, scene.bot)
    await program.updates()
    path = tmp_path / "心得.txt"
    path.write_text("心得", encoding="utf-8")
    scene.sandbox.say(scene.group, scene.li, "看", photo=PNG)
    scene.sandbox.say(scene.group, scene.li, document=path)
    photo, document = [update["message"] for update in await program.updates()]
    assert (photo["caption"], photo["photo"][0]["width"]) == ("看", 3)
    assert ("caption" in document, document["document"]["file_name"]) == (False, "心得.txt")
    file = await program.call("getFile", file_id=document["document"]["file_id"])
    assert (await program.get(f"file/bot{TOKEN}/{file['file_path']}"))[1].decode() == "心得"
    with pytest.raises(Refusal, match="PNG"):
        scene.sandbox.say(scene.group, scene.li, photo=b"text")
    with pytest.raises(Refusal, match="empty"):
        scene.sandbox.say(scene.group, scene.li, document=b"")


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (3, 2)),
        (JPEG, (3, 2)),
        (b"GIF89a\x03\x00\x02\x00", (3, 2)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x01\x00\x00", (3, 2)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x03\x00\x02\x00", (3, 2)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00\x2f\x02\x40\x00\x00\x00\x00\x00\x00\x00", (3, 2)),
        (b"\xff\xd8\xff", None),
        (b"", None),
        (b"%PDF-1.7", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_head(data, size):
    assert picture_size(data) == size
