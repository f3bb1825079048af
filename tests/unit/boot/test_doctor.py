"""The verdicts of run.py doctor that depend on the machine's state."""

import asyncio
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from server.cli import doctor
from server.config import Settings
from server.setting_types import ProviderSettings

MODELS = Path(__file__).resolve().parents[2] / "data" / "models"


def test_a_folder_that_does_not_exist_yet_is_judged_by_its_parent_and_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    assert doctor.data_folder(folder).state in (doctor.OK, doctor.OPTIONAL)
    assert not folder.exists()


def test_a_file_in_the_way_is_broken(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert doctor.data_folder(tmp_path / "file" / "data").state == doctor.BROKEN


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_broken(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert doctor.data_folder(tmp_path / "data").state == doctor.BROKEN


def test_a_port_in_use_is_a_note_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        verdict = doctor.port("127.0.0.1", number)
    assert verdict.state == doctor.OPTIONAL and "--port" in verdict.text
    assert doctor.port("127.0.0.1", number).state == doctor.OK


def test_the_speech_model_is_found_missed_or_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "empty"))

    def verdict(**settings: Any) -> doctor.CheckResult:
        return doctor.speech_model(Settings(data_dir=tmp_path, models=tmp_path / "models", **settings))

    folder = MODELS / "whisper-clips-test"
    assert verdict(whisper_model=str(folder)) == doctor.CheckResult(doctor.OK, str(folder))
    assert verdict(whisper_model="base").state == doctor.OPTIONAL
    assert "may not be fetched" in verdict(whisper_model="base", whisper_download=False).text
    broken = verdict(whisper_model=str(tmp_path / "nowhere"))
    assert broken.state == doctor.BROKEN and "PARLEY_WHISPER_MODEL" in broken.text
    assert verdict(speech_engine="sphinx").state == doctor.OK


async def test_a_cluster_that_does_not_answer_is_broken_and_speech_is_recognized_here() -> None:
    verdict = await doctor.cluster(Settings(speech_engine="ray", ray_address="127.0.0.1:1"))
    assert verdict.state == doctor.BROKEN and "127.0.0.1:1" in verdict.text and "recognized here" in verdict.text


async def test_a_language_model_answers_or_not_and_has_what_is_wanted() -> None:
    async def models(_: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "llama3.2", "object": "model"}]})

    async def verdict(url: str, name: str) -> doctor.CheckResult:
        server = ProviderSettings(id="local", name="Local", base_url=url, models=(name,), api_key=None)
        return await asyncio.to_thread(doctor.language_model, server)

    app = web.Application()
    app.router.add_get("/v1/models", models)
    async with TestServer(app) as running:
        url = str(running.make_url("/v1"))
        assert (await verdict(url, "llama3.2")).state == doctor.OK
        other = await verdict(url, "qwen3")
        assert other.state == doctor.OPTIONAL and "no qwen3" in other.text and "llama3.2" in other.text
        wrong = await verdict(url + "/nothing", "llama3.2")
        assert wrong.state == doctor.OPTIONAL and "404" in wrong.text
    gone = await verdict(url, "llama3.2")
    assert gone.state == doctor.OPTIONAL and "connection failed" in gone.text


def test_the_voice_is_found_missed_or_not_wanted(tmp_path: Path) -> None:
    def verdict(**settings: Any) -> doctor.CheckResult:
        return doctor.voice_model(Settings(data_dir=tmp_path, models=tmp_path / "models", **settings))

    assert verdict(voice="client").state == doctor.OK
    assert "fetched at the next start" in verdict().text
    assert "may not be fetched" in verdict(voice_download=False).text
    (tmp_path / "models" / "kokoro").mkdir(parents=True)
    (tmp_path / "models" / "kokoro" / "kokoro.onnx").write_bytes(b"damaged")
    assert verdict().state == doctor.OPTIONAL
