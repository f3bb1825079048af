"""The kinds of task that train one thing, over the public API: shown without their key, graded, explained."""

from typing import Any

import pytest

from server.config import Settings
from tests.support.english import Learner, clip, perfect, place
from tests.support.node import Parley
from tests.support.speech import CLIPS_MODEL

PLACES = {
    "minimal_pairs": ("a1-my-day", "hear-the-word"),
    "say_pairs": ("a1-home-and-family", "say-both"),
    "information_gap": ("a2-travel-plans", "plan-together"),
    "error_hunt": ("a2-bigger-better-cheaper", "find-the-errors"),
    "picture_description": ("a1-around-town", "describe-the-picture"),
    "word_formation": ("b2-the-right-candidate", "form-the-words"),
    "cloze": ("b2-putting-your-case", "complete-the-argument"),
    "summary": ("b2-reading-the-news", "sum-it-up"),
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"whisper_model": str(CLIPS_MODEL), "voice": "client"})


@pytest.fixture
async def learner(parley: Parley) -> Learner:
    account = await parley.account()
    await place(parley, account, "C1")
    return Learner(parley, account)


async def shown(learner: Learner, kind: str) -> Any:
    module, task = PLACES[kind]
    return next(one for one in (await learner.module(module))["tasks"] if one["id"] == task)


async def handed_in(learner: Learner, kind: str, response: Any, status: int = 200, **more: Any) -> Any:
    module, task = PLACES[kind]
    return await learner.submit(task, response, status, module_id=module, **more)


def right(kind: str) -> Any:
    module, task = PLACES[kind]
    return perfect(task, module_id=module)


@pytest.mark.parametrize("kind", ["minimal_pairs", "information_gap", "error_hunt", "word_formation", "cloze"])
async def test_the_key_earns_everything_and_a_wrong_answer_is_explained(learner: Learner, kind: str) -> None:
    task = await shown(learner, kind)
    assert task["kind"] == kind
    wrong = ["nothing"] * len(task["items"]) if task["items"] else task["passage"]
    failed = await handed_in(learner, kind, wrong)
    assert failed["score"] == 0 and len(failed["feedback"]) > 40
    assert {part["verdict"] for part in failed["parts"]} == {"wrong"}
    assert (await handed_in(learner, kind, right(kind)))["score"] == 100


async def test_each_pair_is_heard_by_itself(learner: Learner) -> None:
    task = await shown(learner, "minimal_pairs")
    assert task["speech"] is None and task["audio_url"] is None
    assert [item["speech"]["text"] for item in task["items"]][:2] == ["Can you see the ship?", "Eat."]
    assert task["items"][0]["text"] == "Can you see the ____?" and len(task["items"][0]["options"]) == 2
    done = await handed_in(learner, "minimal_pairs", right("minimal_pairs"))
    assert done["transcript"].startswith("1. Can you see the ship?")


async def test_errors_are_counted_but_not_told(learner: Learner) -> None:
    task = await shown(learner, "error_hunt")
    assert task["mistakes"] == 5 and "more bigger" in task["passage"] and "=>" not in str(task)
    half = task["passage"].replace("more bigger", "bigger").replace("I go ", "I went ")
    done = await handed_in(learner, "error_hunt", half)
    assert done["score"] == 40 and {one["kind"] for one in done["corrections"]} == {"missed"}
    assert "are" in [one["suggestion"] for one in done["corrections"]]


async def test_an_information_gap_answers_what_was_asked(learner: Learner) -> None:
    task = await shown(learner, "information_gap")
    assert "Hotel: ?" in task["passage"] and "Sea View" not in str(task)
    done = await handed_in(learner, "information_gap", ["At eight.", "What is the hotel called?", "", "One each."])
    assert done["score"] == 75 and "Sea View" in done["parts"][1]["message"]


async def test_a_picture_is_there_for_eyes_and_ears_and_judged_as_writing(learner: Learner) -> None:
    task = await shown(learner, "picture_description")
    assert "red bicycle" in task["picture"]["alt"] and task["min_words"] == 25
    async with learner.parley.client.get(task["picture"]["url"]) as response:
        assert response.status == 200 and response.content_type == "image/svg+xml"
    done = await handed_in(learner, "picture_description", right("picture_description"))
    assert done["evaluation"]["skill"] == "writing" and done["passed"]
    copied = await handed_in(learner, "picture_description", task["picture"]["alt"])
    assert not copied["passed"]


async def test_a_summary_keeps_to_its_limit_and_to_its_own_words(learner: Learner) -> None:
    task = await shown(learner, "summary")
    assert (task["min_words"], task["max_words"]) == (30, 60)
    good = await handed_in(learner, "summary", right("summary"))
    assert good["passed"]
    long = await handed_in(learner, "summary", f"{right('summary')} {right('summary')}")
    assert long["score"] < good["score"] and "60 are allowed" in long["feedback"]
    copied = await handed_in(learner, "summary", " ".join(task["passage"].split()[:55]))
    assert not copied["passed"]


async def test_pairs_are_said_and_a_recording_must_be_of_them(learner: Learner) -> None:
    task = await shown(learner, "say_pairs")
    assert task["reference_text"] == "Ship, sheep. It, eat. Sit, seat."
    assert (await handed_in(learner, "say_pairs", "ship", 400))["detail"]["fields"][0]["path"] == "/audio_id"
    module, name = PLACES["say_pairs"]
    other = await learner.evaluate(clip("so762-008110159.flac"), reference_text="Let us know.")
    await handed_in(learner, "say_pairs", "", 400, audio_id=other["audio_id"])
    audio = await learner.evaluate(clip("so762-008110159.flac"), module_id=module, task_id=name)
    done = await handed_in(learner, "say_pairs", "", audio_id=audio["audio_id"])
    assert not done["passed"] and [part["item"] for part in done["parts"]][:4] == ["ship", "sheep", "it", "eat"]
