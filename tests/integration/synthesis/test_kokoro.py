"""The process that speaks, with a network that hums; with the real one where its model is at hand."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from pathlib import Path

import numpy as np
import psutil
import pytest

from kit.tasks import Tasks
from speech.synthesis.chain import Chain, VoiceRecord
from speech.synthesis.kokoro.process import Engine
from speech.synthesis.kokoro.speakers import SPEAKERS
from speech.synthesis.kokoro.voice import KokoroVoice
from speech.synthesis.voices import RATE, Manner, NotReady, Spoken, VoiceProblem, joined
from speech.weights import store as models
from speech.weights.known import KOKORO
from tests.support import voice_model
from tests.support.waiting import until

REAL = Path(__file__).parents[3] / ".parley" / "models" / "kokoro" / "kokoro.onnx"
LONG = "One two three four five, six seven eight nine ten, eleven twelve thirteen fourteen. And so on and so on. " * 20


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    tasks = Tasks()
    yield tasks
    await tasks.close()


@pytest.fixture
async def engine(tmp_path: Path, tasks: Tasks) -> AsyncIterator[Engine]:
    engine = Engine(voice_model.write(tmp_path), tasks)
    yield engine
    await engine.close()


async def spoken(engine: Engine, text: str, speaker: str = "af_heart", rate: float = 1.0) -> list[Spoken]:
    return [clause async for clause in engine.speak(text, speaker, rate)]


async def test_a_text_comes_clause_by_clause_with_the_times_of_its_words(engine: Engine) -> None:
    at_first = engine.is_running
    clauses = await spoken(engine, "Hello, my name is Ana. Good morning to all of you!")
    words = [word for clause in clauses for word, _, _ in clause.words]
    assert words == ["Hello", "my", "name", "is", "Ana", "Good", "morning", "to", "all", "of", "you"]
    assert not at_first  # it costs nothing until somebody wants to hear it
    assert len(clauses) == 2 and engine.is_running and engine.rss > 0
    for clause in clauses:
        seconds = len(clause.pcm) / 2 / RATE
        starts = [start for _, start, _ in clause.words]
        assert starts == sorted(starts) and all(start < end <= seconds for _, start, end in clause.words)
        assert np.abs(np.frombuffer(clause.pcm, "<i2")).max() > 1000


async def test_phones_are_told_as_ipa_and_fill_their_words(engine: Engine) -> None:
    (clause,) = await spoken(engine, "My name.")
    assert [text for text, _, _ in clause.phones] == ["m", "aɪ", "n", "eɪ", "m"]
    for word, first, last in zip(clause.words, (0, 2), (1, 4), strict=True):
        assert (word[1], word[2]) == (clause.phones[first][1], clause.phones[last][2])
    assert all(before[2] == after[1] for before, after in [clause.phones[:2], clause.phones[2:4], clause.phones[3:]])
    # A symbol lasts 125 ms here, and a stress mark belongs to its vowel.
    lasts = {text: round(end - start, 3) for text, start, end in clause.phones}
    assert lasts["eɪ"] == 0.25 and lasts["n"] == 0.125


async def test_nothing_to_say_is_no_sound(engine: Engine) -> None:
    assert await spoken(engine, "☺ …") == []


async def test_a_speaker_that_is_not_there_is_a_problem(engine: Engine) -> None:
    with pytest.raises(VoiceProblem, match="no voice"):
        await spoken(engine, "Hello.", "nobody")


async def test_who_stops_listening_stops_the_work_and_the_next_is_served(engine: Engine) -> None:
    async with aclosing(engine.speak(LONG, "af_heart")) as clauses:
        await anext(clauses)
        process = engine._process
    assert len(await spoken(engine, "Hello.")) == 1
    assert engine._process is process  # it was cancelled, not ended


async def test_being_cancelled_while_a_clause_is_read_leaves_it_in_order(engine: Engine) -> None:
    await spoken(engine, "Hello.")
    asked = asyncio.ensure_future(spoken(engine, LONG))
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    assert [word for clause in await spoken(engine, "Good morning.") for word, _, _ in clause.words] == [
        "Good",
        "morning",
    ]


async def test_a_process_that_is_killed_in_mid_sentence_is_followed_by_another(engine: Engine) -> None:
    whole = [clause.words for clause in await spoken(engine, LONG)]
    heard = []
    async with aclosing(engine.speak(LONG, "af_heart")) as clauses:
        async for clause in clauses:
            heard.append(clause.words)
            if len(heard) == 2 and engine.pid is not None:
                os.kill(engine.pid, signal.SIGKILL)
    assert heard == whole


async def test_many_who_speak_at_once_take_turns(engine: Engine) -> None:
    """Somebody who stops in the middle of a text, as a tutor does who is interrupted, holds up nobody."""
    async with aclosing(engine.speak(LONG, "af_heart")) as clauses:
        await anext(clauses)
        others = await asyncio.gather(*(spoken(engine, f"Number {number}.") for number in range(5)))
    assert [one[0].words[0][0] for one in others] == ["Number"] * 5


async def test_a_model_that_is_none_is_a_problem(tmp_path: Path, tasks: Tasks) -> None:
    (tmp_path / "kokoro.onnx").write_bytes(b"nonsense")
    with pytest.raises(VoiceProblem, match="load"):
        await spoken(Engine(tmp_path / "kokoro.onnx", tasks), "Hello.")


async def test_one_that_ends_again_and_again_is_not_started_for_every_sentence(tmp_path: Path, tasks: Tasks) -> None:
    """And the next voice need not wait for it."""
    (tmp_path / "kokoro.onnx").write_bytes(b"nonsense")
    engine = Engine(tmp_path / "kokoro.onnx", tasks)
    problems: list[str] = []
    for _ in range(4):
        with pytest.raises(VoiceProblem) as told:
            await spoken(engine, "Hello.")
        problems.append(str(told.value))
    assert ["load" in problem for problem in problems[:2]] == [True, True]
    assert any("again and again" in problem for problem in problems[2:])


async def test_one_that_is_killed_while_nobody_speaks_leaves_nothing_open(engine: Engine) -> None:
    await spoken(engine, "Hello.")
    first, before = engine.pid, psutil.Process().num_fds()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: not engine.is_running)
    assert len(await spoken(engine, "Hello.")) == 1
    assert engine.pid != first and psutil.Process().num_fds() <= before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is about glibc")
async def test_its_memory_goes_back_to_the_system(engine: Engine) -> None:
    """Left to itself, glibc keeps pieces of up to 32 MiB once some were freed: nearly all that a clause needs."""
    await engine.warm_up()
    variables = psutil.Process(engine.pid).environ()
    assert int(variables["MALLOC_MMAP_THRESHOLD_"]) == int(variables["MALLOC_TRIM_THRESHOLD_"]) == 256 * 1024


async def test_an_idle_process_ends(tmp_path: Path, tasks: Tasks) -> None:
    engine = Engine(voice_model.write(tmp_path), tasks, idle_seconds=0.0)
    await spoken(engine, "Hello.")
    await engine.end_when_idle()
    assert not engine.is_running
    assert len(await spoken(engine, "Hello.")) == 1
    await engine.close()


async def test_a_process_that_is_warm_is_used(engine: Engine) -> None:
    await engine.warm_up()
    process = engine.pid
    assert process is not None
    await spoken(engine, "Hello.")
    assert engine.pid == process


class Humming:
    name = "humming"

    async def speak(self, sentence: str, language: str, manner: Manner = Manner()) -> AsyncGenerator[Spoken, None]:  # noqa: B008
        yield Spoken(b"\0\1")


async def test_while_the_model_is_on_its_way_the_next_voice_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tasks: Tasks
) -> None:
    progress = models.Progress()
    kokoro = KokoroVoice(models.Store(tmp_path / "models", progress), progress, tasks, download=False)
    record = VoiceRecord()
    chain = Chain([kokoro, Humming()], record)
    await kokoro.bring_up()
    assert [piece async for piece in chain.speak("Hello.", "en")] == [Spoken(b"\0\1")]
    assert record.name == "humming" and "may not be fetched" in record.passed_over[0] and not record.faults
    with pytest.raises(NotReady):
        await anext(kokoro.speak("Hello.", "en"))

    voice_model.installed(tmp_path, monkeypatch)
    await kokoro.bring_up()
    assert kokoro.waits_for is None
    assert len(joined([piece async for piece in chain.speak("Hello.", "en")]).pcm) > RATE // 4
    assert record.name == "kokoro-82m" and record.passed_over == []
    # It has English only: others are left to those that know more languages.
    assert [piece async for piece in chain.speak("Hola.", "es")] == [Spoken(b"\0\1")]
    await kokoro.close()


@pytest.mark.skipif(not REAL.exists(), reason="the model of the voice is not on this machine")
@pytest.mark.slow
async def test_the_real_network_speaks_with_all_voices(tasks: Tasks) -> None:
    assert models.broken(REAL.parent, KOKORO.sums) is None
    engine = Engine(REAL, tasks)
    for speaker in SPEAKERS:
        (clause,) = await spoken(engine, "Good morning, how are you?", speaker.id)
        assert 1.0 < len(clause.pcm) / 2 / RATE < 4.0
        assert np.sqrt(np.mean(np.frombuffer(clause.pcm, "<i2").astype(float) ** 2)) > 300
    await engine.close()
