"""Recordings: evaluated, handed in, kept only with consent. The real recogniser hears them."""

import pytest

from server.config import Settings
from tests.support.english import FIRST, Learner, clip, encoded
from tests.support.node import Parley
from tests.support.speech import CLIPS_MODEL


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": str(CLIPS_MODEL), "voice": "client"})


@pytest.fixture
async def learner(parley: Parley) -> Learner:
    return Learner(parley, await parley.account())


async def test_a_recording_is_heard_freely_and_not_kept(learner: Learner) -> None:
    text = "Let us know if you have any other questions."
    done = await learner.evaluate(
        clip("so762-008110159.flac"), reference_text=text, module_id="b1-emails-that-work", task_id="read-aloud"
    )
    assert done["skill"] == "speaking" and done["audio_id"] == done["evaluation_id"]
    assert "know if you have any" in done["transcript"].lower()
    assert done["recording_kept"] is False
    await learner.call("GET", f"/audio/{done['audio_id']}", 404)


async def test_consent_keeps_it_until_it_is_deleted(learner: Learner) -> None:
    done = await learner.evaluate(clip("so762-008110159.flac"), keep_recording="true")
    path = f"/audio/{done['audio_id']}"
    whole = await learner.call("GET", path)
    assert whole[:4] == b"OggS"
    assert await learner.call("GET", path, 206, headers={"Range": "bytes=4-9"}) == whole[4:10]
    assert await learner.call("GET", path, 206, headers={"Range": "bytes=-5"}) == whole[-5:]
    await learner.call("GET", path, 416, headers={"Range": f"bytes={len(whole)}-"})
    other = Learner(learner.parley, await learner.parley.account())
    await other.call("GET", path, 404)
    await other.call("DELETE", path, 404)
    await learner.call("DELETE", path, 204)
    await learner.call("GET", path, 404)


async def test_free_speech_is_judged_by_several_sides(learner: Learner) -> None:
    done = await learner.evaluate(clip("jfk.flac"), prompt="What can people do for their country?")
    names = {criterion["name"] for criterion in done["criteria"]}
    assert {"grammar", "vocabulary", "content"} <= names
    assert done["cefr_level"] and "country" in done["transcript"]


async def test_a_recording_is_handed_in_for_the_task_it_was_made_for(learner: Learner) -> None:
    done = await learner.evaluate(clip("so762-010300316.opus"), module_id=FIRST, task_id="repeat")
    handed = await learner.submit("repeat", "", audio_id=done["audio_id"])
    assert handed["evaluation"]["evaluation_id"] == done["evaluation_id"]
    other = await learner.evaluate(clip("jfk.flac"), reference_text="Ask not what your country can do for you.")
    refused = await learner.submit("repeat", "", 400, audio_id=other["audio_id"])
    assert refused["detail"]["fields"][0]["path"] == "/audio_id"
    stranger = Learner(learner.parley, await learner.parley.account())
    await stranger.submit("repeat", "", 404, audio_id=done["audio_id"])


async def test_uploads_that_are_not_valid(learner: Learner) -> None:
    assert (await learner.evaluate(b"nothing", 415))["detail"]["error"] == "unsupported_media_type"
    assert (await learner.evaluate(encoded("wav", "pcm_s16le", seconds=305), 413))["detail"]["error"] == "too_large"
    await learner.evaluate(clip("jfk.flac"), 400, task_id="repeat")
    await learner.evaluate(clip("jfk.flac"), 404, module_id=FIRST, task_id="no-such-task")
    await learner.evaluate(clip("jfk.flac"), 400, module_id=FIRST, task_id="profiles")
    await learner.evaluate(clip("jfk.flac"), 400, surprise="1")
    await learner.call("POST", "/evaluate", 400, json={"skill": "speaking", "text": "Hello"})
    await learner.call("POST", "/evaluate", 400, json={"skill": "writing", "text": "   "})


async def test_a_text_is_evaluated_the_same_way_every_time(learner: Learner) -> None:
    body = {"skill": "writing", "text": "Last weekend I go to the beach with my familly. We was very happy there."}
    one = await learner.call("POST", "/evaluate", json=body)
    two = await learner.call("POST", "/evaluate", json=body)
    assert one["overall"] == two["overall"] and one["corrections"] == two["corrections"]
    assert {"familly", "was"} <= {correction["original"] for correction in one["corrections"]}
    for correction in one["corrections"]:
        assert body["text"][correction["start"] : correction["end"]] == correction["original"]
    assert len((await learner.call("GET", "/xpi/history"))["items"]) <= 1


async def test_a_part_of_what_was_said_is_evaluated_whatever_marks_are_in_the_text(learner: Learner) -> None:
    sound = clip("so762-008110159.flac")
    plain = await learner.evaluate(sound, reference_text="Let us know")
    hidden = await learner.evaluate(sound, reference_text="\ufeff“Let us\u00a0kno\u00adw”\u200b…")
    assert plain["overall"] == hidden["overall"] > 70
    assert plain["criteria"] == hidden["criteria"]
