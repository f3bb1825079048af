"""The Python client on a whole node: signing in, REST, a conversation; and the README as it is printed."""

import asyncio
import os
import re
import sys
import tomllib
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import soundfile

from clients.python.parley_client import (
    Invalid,
    Lost,
    NotFound,
    NotSignedIn,
    Parley,
    ResponseDone,
    Session,
    SessionActive,
    Tokens,
    TranscriptFinal,
    Upload,
    models,
)
from server.config import Settings
from tests.support import node as nodes
from tests.support.node import PASSWORD
from tests.support.scripted_listener import ScriptedListening
from tests.support.speech import AUDIO, CLIPS_MODEL

CLIENT = Path(__file__).parents[3] / "clients" / "python"
FRAME = b"\0\0" * 640


@pytest.fixture
async def place(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[nodes.Parley]:
    async with nodes.running(settings, database_url, redis_url, listening=ScriptedListening()) as node:
        yield node


@pytest.fixture
async def ada(place: nodes.Parley) -> AsyncIterator[Parley]:
    async with Parley(place.url) as client:
        await client.register("ada@example.com", "ada", PASSWORD)
        yield client


async def test_one_signs_in_and_out(place: nodes.Parley, ada: Parley) -> None:
    kept: list[Tokens | None] = []
    async with Parley(place.url, on_tokens=kept.append) as client:
        with pytest.raises(NotSignedIn) as refused:
            await client.rest.get_auth_me()
        assert (refused.value.status, refused.value.code) == (401, "not_authenticated")
        with pytest.raises(NotSignedIn) as refused:
            await client.sign_in("ada", "wrong horse battery")
        assert refused.value.code == "invalid_credentials"
        await client.sign_in("ada@example.com", PASSWORD)
        assert (await client.rest.get_auth_me())["username"] == "ada"
        tokens = client.tokens
        await client.sign_out()
        assert client.tokens is None and kept == [tokens, None]
    async with Parley(place.url, tokens=tokens, on_tokens=kept.append) as late:
        with pytest.raises(NotSignedIn):
            await late.rest.get_auth_me()


async def test_many_requests_with_a_worn_out_token_fetch_one_new_pair(place: nodes.Parley, ada: Parley) -> None:
    assert ada.tokens is not None
    kept: list[Tokens | None] = []
    old = Tokens(ada.tokens.access, ada.tokens.refresh, 0.0)
    async with Parley(place.url, tokens=old, on_tokens=kept.append) as client:
        answers = await asyncio.gather(*(client.rest.get_auth_me() for _ in range(5)))
        assert {answer["username"] for answer in answers} == {"ada"}
        assert len(kept) == 1 and client.tokens == kept[0] != old
        await client.refresh()
        assert len(kept) == 2


async def test_a_sign_in_that_was_ended_is_told(place: nodes.Parley, ada: Parley) -> None:
    kept: list[Tokens | None] = []
    async with Parley(place.url, tokens=Tokens("x", "y", 0.0), on_tokens=kept.append) as client:
        with pytest.raises(NotSignedIn):
            await client.rest.get_auth_me()
        assert kept == [None] and client.tokens is None


async def test_operations_take_and_give_what_is_documented(ada: Parley) -> None:
    body: models.NoteCreate = {"title": "Words", "content": "ship", "tags": ["a b&c"]}
    note = await ada.rest.post_core_notes(body, idempotency_key="k1")
    again = await ada.rest.post_core_notes(body, idempotency_key="k1")
    assert again == note
    page = await ada.rest.get_core_notes(limit=5, tag="a b&c")
    assert [one["id"] for one in page["items"]] == [note["id"]]
    changed = await ada.rest.put_core_notes_note_id(note["id"], {"title": "More", "content": "sheep"})
    assert changed["title"] == "More"
    await ada.rest.delete_core_notes_note_id(note["id"])
    with pytest.raises(NotFound) as missing:
        await ada.rest.delete_core_notes_note_id("../" + note["id"])
    assert missing.value.status == 404
    with pytest.raises(Invalid) as invalid:
        await ada.rest.post_core_notes({"title": "", "content": "x"})
    assert [one["path"] for one in invalid.value.fields] == ["/title"]
    time = await ada.rest.get_analytics_learning_time(from_="2026-01-01", to="2026-01-02")
    assert time["total_seconds"] == 0
    uploaded = await ada.rest.post_rag_documents(
        {"file": Upload(b"# The Danube\n\nIt flows through Vienna.", "a.md", "text/markdown"), "title": "Rivers"}
    )
    assert uploaded["document"]["title"] == "Rivers"


async def test_an_api_key_is_enough_for_a_server(place: nodes.Parley, ada: Parley) -> None:
    made = await ada.rest.post_api_keys({"name": "server", "scopes": ["live:read", "live:write"]})
    async with Parley(place.url, api_key=made["key"]) as server:
        assert (await server.rest.get_live_quota())["remaining_seconds"] > 0
        async with server.conversation() as session:
            await session.stream(FRAME * 25, speed=4)
        assert (await session.ended).billed_seconds == 1


async def test_a_conversation_by_voice_and_by_keyboard(ada: Parley) -> None:
    async with ada.conversation({"session_type": "voice"}) as session:
        await session.say("Good morning. Who are you?")
        async for event in session:
            if isinstance(event, ResponseDone):
                break
        await session.stream(FRAME * 30, speed=4)
    assert [turn.role for turn in session.transcript.turns][:2] == ["user", "ai"]
    assert session.transcript.text.startswith("Good morning. Who are you? second 0")
    assert (await session.ended).transcript_id is not None


async def test_a_block_that_fails_leaves_the_session_to_be_taken_over(ada: Parley) -> None:
    with pytest.raises(ZeroDivisionError):
        async with ada.speaking() as session:
            await session.stream(FRAME * 30, speed=4)
            raise ZeroDivisionError
    with pytest.raises(SessionActive) as active:
        async with ada.speaking():
            pass
    assert active.value.session_id == session.id
    async with ada.joined(session.id or "", "/speaking") as again:
        await again.stream(FRAME * 20, speed=4)
        await again.end()
        texts = [event.text async for event in again if isinstance(event, TranscriptFinal)]
        assert texts[:2] == ["second 0", "second 1"]


async def test_an_error_of_the_token_source_ends_the_session_and_is_raised(place: nodes.Parley, ada: Parley) -> None:
    asked = 0

    async def token(refused: bool) -> str:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise ZeroDivisionError
        return await ada.access_token(refused)

    session = Session(place.url, "/speaking", token=token)
    try:
        await session.start_speaking()
        await session.cut()
        with pytest.raises(ZeroDivisionError):
            async with asyncio.timeout(60):
                async for _ in session:
                    pass
        with pytest.raises(ZeroDivisionError):
            await session.end()
    finally:
        await session.close()


async def test_what_is_no_server_is_lost_and_no_answer_of_ours_is_told_as_it_is(place: nodes.Parley) -> None:
    async with Parley("http://127.0.0.1:9") as client:
        with pytest.raises(Lost):
            await client.sign_in("ada", PASSWORD)
    async with Parley(place.url + "/elsewhere") as client:
        with pytest.raises(NotFound):
            await client.sign_in("ada", PASSWORD)


@pytest.mark.slow
async def test_the_readme_in_a_program_of_its_own(
    settings: Settings, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    """The ten lines as they are printed, but for the address."""
    samples = soundfile.read(AUDIO / "so762-008110159.flac", dtype="int16")[0]
    with wave.open(str(tmp_path / "reading.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples.tobytes())
    model = settings.model_copy(update={"whisper_model": str(CLIPS_MODEL)})
    async with nodes.running(model, database_url, redis_url) as node:
        sample = re.findall(r"```python\n(import asyncio.*?)```", (CLIENT / "README.md").read_text(), re.DOTALL)[0]
        assert len([line for line in sample.splitlines() if line.strip()]) <= 14
        (tmp_path / "sample.py").write_text(sample.replace("http://127.0.0.1:8080", node.url))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-W",
            "error",
            "sample.py",
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(CLIENT)},
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await process.communicate()
    assert process.returncode == 0
    assert re.match(r"\d+(\.\d+)? \[\('Let', \d", said.decode()), said


async def test_it_needs_nothing_of_the_server(tmp_path: Path) -> None:
    script = "import sys, parley_client; print(sorted({'server', 'kit', 'pydantic', 'socketio'} & set(sys.modules)))"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        script,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(CLIENT)},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert (process.returncode, said.decode().strip()) == (0, "[]")


def test_aiohttp_is_its_only_dependency() -> None:
    described = tomllib.loads((CLIENT / "pyproject.toml").read_text())["project"]
    assert [name.split(">")[0] for name in described["dependencies"]] == [aiohttp.__name__]
