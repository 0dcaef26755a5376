"""Secrets at rest: what somebody finds who reads the store's files, its logs and the errors that it keeps."""

import io
import logging
import os
import stat
from pathlib import Path
from urllib.parse import quote

import pytest
import python_calamine
from telegram.error import NetworkError

from bot import cli, doctor
from bot.calls import Calls
from bot.doctor import State
from bot.reading import arrive
from bot.secrecy import redactor
from bot.settings import StoreSettings
from domain.people import invitation
from handlers import veil
from tests.dialogue import BOT, LI, SECRETARY, TOKEN, Place, World
from tests.people.test_invitation import CHEN, admins, li, office, opened, payload, roster, wang  # noqa: F401 - fixtures

assert CHEN
SECRETS = ("123456:AAbb-cc_dd", "p@ss/word", "hook-secret_1")


def raw(world: World) -> bytes:
    """All that the store's files hold, also what is deleted and not overwritten yet."""
    file = Path(world.settings.database_url.removeprefix("sqlite:///"))
    return b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*")) if part.is_file())


async def test_no_token_is_in_any_file_of_the_store(
    office: Place,  # noqa: F811 - fixtures
    li: Place,  # noqa: F811
    world: World,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)  # as the program logs
    token = payload(await office.says(SECRETARY, "/invite 10002")).removeprefix("invite-")
    assert token.encode() not in raw(world)
    assert "✅" in await li.says(LI, f"/start invite-{token}")
    await li.says(LI, f"看看 https://t.me/jingyi_bot?start=invite-{token}")
    await office.says(SECRETARY, "/invite")
    await office.presses(SECRETARY, "机械厂党委")
    await office.presses(SECRETARY, "第一党支部")
    sent = next(one for one in reversed(office.bot_messages()) if "document" in one)
    content = world.sandbox.world.files.by_id(sent["document"]["file_id"]).data
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    tokens = [token, *(payload(row[3]).removeprefix("invite-") for row in rows[1:])]
    assert len(tokens) == 3
    kept = raw(world)
    assert b"PK\x03\x04" not in kept  # the file has waited there, and cannot be read
    assert invitation.digest(token).encode() in kept
    for secret in (*tokens, TOKEN, TOKEN.partition(":")[2]):
        assert secret.encode() not in kept
        assert secret not in caplog.text


async def test_a_digest_from_the_store_opens_nothing(office: Place, li: Place, world: World) -> None:  # noqa: F811
    token = payload(await office.says(SECRETARY, "/invite 10002")).removeprefix("invite-")
    for forged in (f"invited-{invitation.digest(token)}"[:64], f"invited-{invitation.digest(token)}"):
        assert "✅" not in await li.says(LI, f"/start {forged}")
    seed = veil.SEEDED.search(raw(world).decode("utf-8", "replace"))
    assert seed is not None
    assert "✅" not in await li.says(LI, f"/start invite-{seed[1]}")
    await li.says(LI, f"/suggest 链接 https://t.me/jingyi_bot?start=invite.{seed[1]} 不能用")
    assert token not in str(world.sandbox.calls[-5:])  # nobody gets the bot to say what a seed becomes


def test_an_update_is_stored_without_tokens_and_its_length_stays() -> None:
    secret = "Ab-_" * 8
    told = {"update_id": 1, "message": {"text": f"see t.me/b?start=invite-{secret} here", "entities": [{"offset": 4}]}}
    kept = arrive(told)
    assert secret not in kept.text
    assert len(kept.body["message"]["text"]) == len(told["message"]["text"])
    followed = arrive({"update_id": 2, "message": {"text": f"/start@jingyi_bot invite-{secret}"}})
    assert followed.body["message"]["text"] == f"/start@jingyi_bot invited-{invitation.digest(secret)}"
    assert arrive(followed.body).body != followed.body


@pytest.mark.parametrize("content", [b"", b"\0\0a", b"PK\x03\x04" + bytes(5000)])
def test_a_veiled_file_comes_back(content: bytes) -> None:
    hidden = veil.veil(content, "123:a")
    assert veil.unveil(hidden, "123:a") == content
    assert not content or content not in hidden
    assert veil.veil(content, "123:a") != hidden


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_blanked_however_it_is_written(secret: str) -> None:
    redact = redactor(SECRETS)
    lower = quote(secret, safe="").replace("%3A", "%3a").replace("%2F", "%2f")
    for written in (secret, quote(secret, safe=""), quote(secret, safe=":"), lower):
        assert redact(f"GET http://h/bot{written}/sendMessage") == "GET http://h/bot***/sendMessage"
    assert redact("nothing of that kind") == "nothing of that kind"
    assert redactor(())("as it is") == "as it is"


async def test_errors_are_kept_without_the_token(troubled_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chen, li, wang = troubled_world.people.values()  # noqa: F811
    chat = troubled_world.sandbox.add_group("第一党支部", by=chen, members=[li, wang], bots=[BOT])
    await troubled_world.idle()
    group = Place(troubled_world, chat)
    make, failures = Calls.make, iter(range(1))

    async def failing(self: Calls, row: object, picture: object = None) -> object:
        if next(failures, None) is not None:
            raise NetworkError(f"proxy: cannot reach http://h/bot{TOKEN}/x nor /bot{quote(TOKEN, safe='')}/x (502)")
        return await make(self, row)  # type: ignore[arg-type]

    monkeypatch.setattr(Calls, "make", failing)
    await group.says(LI, "/points")
    assert b"cannot reach" in raw(troubled_world)
    for secret in (TOKEN, quote(TOKEN, safe=""), TOKEN.partition(":")[2]):
        assert secret.encode() not in raw(troubled_world)


@pytest.fixture
def usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_what_the_program_writes_is_its_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usual_umask: None
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", "sqlite:///jingyi.db")
    for words in (
        ["migrate"],
        ["export", "roster", "roster.csv"],
        ["export", "template", "t.xlsx"],
        ["backup", "b.db"],
    ):
        monkeypatch.setattr("sys.argv", ["jingyi", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 0
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir() if file.is_file()}
    assert set(modes) >= {"jingyi.db", "jingyi.db.audit-key", "roster.csv", "t.xlsx", "b.db"}
    assert set(modes.values()) == {0o600}


def test_the_doctor_names_files_that_others_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usual_umask: None
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JINGYI_DATABASE_URL", "sqlite:///jingyi.db")
    for words in (["migrate"], ["export", "roster", "roster.csv"]):
        monkeypatch.setattr("sys.argv", ["jingyi", *words])
        with pytest.raises(SystemExit):
            cli.main()
    (tmp_path / "jingyi.db").chmod(0o644)
    found, _ = doctor.database(StoreSettings(_env_file=None))
    wide = [one for one in found if one.text == "doctor.file_wide"]
    assert [(one.state, one.values["file"]) for one in wide] == [(State.NOTE, "jingyi.db")]
    assert "seal.state" in {one.text for one in found}
