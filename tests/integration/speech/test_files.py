import io
import re
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from kit import errors
from kit.clock import SystemClock
from kit.tasks import Tasks
from speech.audio import pcm
from speech.listening import Listening, ListeningSettings
from speech.transcription import formats
from tests.support import speech as support


def words(text: str) -> list[str]:
    return re.sub(r"[^\w' ]", "", text.lower()).split()


def wav(sound: pcm.Samples) -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as out:
        out.setparams((1, 2, pcm.RATE, 0, "NONE", ""))
        out.writeframes(pcm.to_bytes(sound))
    return held.getvalue()


async def test_a_file_is_recognised_by_path(listening: Listening) -> None:
    clip = support.manifest()[0]
    done: list[float] = []
    heard = await listening.transcribe(support.AUDIO / clip["file"], progress=done.append)
    assert words(heard.text) == words(clip["text"])
    assert heard.engine.model == "whisper-clips-test"
    assert heard.duration_s == pytest.approx(11.0, abs=0.1)
    assert done and done == sorted(done)


async def test_a_long_file_loses_nothing_at_its_windows(listening: Listening) -> None:
    """The model knows single clips only, so each gets a window of its own by the silence around it."""
    clips = support.manifest()[4:9]
    sound = np.concatenate([support.clip(clip["id"], lead_s=1.0, tail_s=26.0) for clip in clips])
    heard = await listening.transcribe(wav(sound))
    assert words(heard.text) == [word for clip in clips for word in words(clip["text"])]
    starts = [word.start_ms for word in heard.words]
    assert starts == sorted(starts)
    subtitles = formats.srt(formats.cues(heard.words))
    assert subtitles.startswith("1\n00:00:0")


async def test_rubbish_is_refused_by_name(listening: Listening) -> None:
    with pytest.raises(errors.Failure) as caught:
        await listening.transcribe(b"no sound at all")
    assert caught.value.code == "invalid_audio"


async def test_silence_in_a_file_has_no_words(listening: Listening) -> None:
    heard = await listening.transcribe(wav(support.silence(40)))
    assert heard.text == "" and heard.duration_s == pytest.approx(40, abs=0.1)


@pytest.fixture
async def base(tmp_path: Path, tasks: Tasks) -> AsyncIterator[Listening]:
    if not support.BASE_MODEL.is_dir():
        pytest.skip("Whisper base is not fetched here")
    settings = ListeningSettings(data=tmp_path, model=str(support.BASE_MODEL), workers=1, download=False)
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    yield listening
    await listening.close()


def joined(*clips: str) -> bytes:
    """Recordings without any silence between them."""
    return wav(np.concatenate([support.clip(clip, lead_s=0, tail_s=0) for clip in clips]))


async def test_a_text_that_is_said_twice_is_heard_twice(base: Listening) -> None:
    heard = words((await base.transcribe(joined("jfk", "jfk"))).text)
    assert heard.count("americans") == 2 and heard[-2:] == ["your", "country"]


@pytest.mark.parametrize("order", [("jfk", "LJ001-0002"), ("LJ001-0002", "jfk"), ("so762-008110159",) * 4])
async def test_nobody_is_lost_where_the_speaker_changes(base: Listening, order: tuple[str, ...]) -> None:
    texts = {clip["id"]: words(clip["text"]) for clip in support.manifest()}
    heard = await base.transcribe(joined(*order))
    assert words(heard.text) == [word for clip in order for word in texts[clip]]
    starts = [word.start_ms for word in heard.words]
    assert starts == sorted(starts)
    assert [s.last for s in heard.segments][:-1] == [s.first for s in heard.segments][1:]
