"""Recordings from audio to report."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile

from speech.pronunciation import assess, follow, report, scale

DATA = Path(__file__).parents[2] / "data"
PRODUCED = "LJ001-0008"
DROPPED = "so762-012280054"


@pytest.fixture(scope="module")
def assessor() -> assess.Assessor:
    return assess.Assessor.load("whisper")


@cache
def clip(name: str) -> tuple[np.ndarray, np.ndarray, str]:
    """Samples, encoder frames (saved) and text of a clip."""
    listed = json.loads((DATA / "audio" / "manifest.json").read_text())
    text = next(m["text"] for m in listed if m["id"] == name)
    samples, _ = soundfile.read(DATA / "audio" / f"{name}.flac", dtype="float32")
    with np.load(DATA / "pronunciation" / "frames.npz") as saved:
        return samples, saved[name].astype(np.float32), text


def assessed(assessor: assess.Assessor, name: str, text: str | None = None) -> report.Report:
    samples, frames, said = clip(name)
    return assessor.score(samples, frames, assessor.plan(text or said))


@pytest.mark.parametrize("name", [PRODUCED, DROPPED])
def test_scores_are_those_of_the_golden_file(assessor: assess.Assessor, name: str) -> None:
    golden = json.loads((DATA / "pronunciation" / "golden.json").read_text())[name]
    found = json.loads(json.dumps(assessed(assessor, name).as_dict()))
    assert found["scorer"] == golden["scorer"]
    for key in ("overall", "accuracy", "fluency", "completeness", "prosody"):
        assert found[key] == pytest.approx(golden[key], abs=0.2)
    assert [w["word"] for w in found["words"]] == [w["word"] for w in golden["words"]]
    for mine, theirs in zip(found["words"], golden["words"], strict=True):
        assert (mine["start_ms"], mine["end_ms"], mine["error"]) == (
            theirs["start_ms"],
            theirs["end_ms"],
            theirs["error"],
        )
        for p, q in zip(mine["phonemes"], theirs["phonemes"], strict=True):
            assert p["phoneme"] == q["phoneme"]
            assert p["score"] == pytest.approx(q["score"], abs=0.2)


def test_the_same_audio_gives_the_same_report_to_the_bit(assessor: assess.Assessor) -> None:
    once = json.dumps(assessed(assessor, DROPPED).as_dict())
    assert once == json.dumps(assessed(assess.Assessor.load("whisper"), DROPPED).as_dict())


def test_a_native_reader_is_praised(assessor: assess.Assessor) -> None:
    found = assessed(assessor, PRODUCED)
    assert all(w.error == "none" and (w.score or 0) > 80 for w in found.words)
    assert found.completeness == 100
    assert found.refused is None


def test_the_report_has_the_contracts_shape(assessor: assess.Assessor) -> None:
    body = assessed(assessor, DROPPED).as_dict()
    assert {"overall", "accuracy", "fluency", "completeness", "prosody", "words", "scorer"} <= body.keys()
    assert body["reference"] == "given"
    word = body["words"][1]
    assert {"word", "start_ms", "end_ms", "score", "error", "phonemes", "syllables"} <= word.keys()
    assert word["phonemes"][0].keys() >= {"phoneme", "ipa", "start_ms", "end_ms", "score"}
    starts = [p["start_ms"] for w in body["words"] for p in w["phonemes"]]
    assert starts == sorted(starts)


def test_a_word_that_was_not_read_is_an_omission_and_costs_completeness(assessor: assess.Assessor) -> None:
    found = assessed(assessor, DROPPED, "She dropped only nine beautiful points in the second set.")
    errors = {w.text: w.error for w in found.words}
    assert errors["beautiful"] == "omission"
    assert errors["nine"] == errors["points"] == "none"
    assert found.completeness == 90


def test_another_text_is_refused(assessor: assess.Assessor) -> None:
    found = assessed(assessor, DROPPED, "My brother will visit Australia after graduation.")
    assert found.refused == "not_the_text"
    assert found.overall is None
    assert all(w.error == "omission" for w in found.words)


def test_a_reader_who_stops_is_scored_as_far_as_they_came(assessor: assess.Assessor) -> None:
    said = clip(PRODUCED)[2]
    rest = "and then several other people walked slowly into the kitchen where the old clock had stopped at seven"
    found = assessed(assessor, PRODUCED, f"{said.rstrip('.')} {rest}.")
    read = len(said.split())
    assert found.refused is None
    assert [w.error for w in found.words[read + 1 :]] == ["omission"] * (len(rest.split()) - 1)
    assert not any(w.phonemes for w in found.words[read + 4 :])  # nothing is said there any more
    assert all((w.score or 0) > 80 for w in found.words[:read])
    assert found.completeness == pytest.approx(100 * read / (read + len(rest.split())), abs=8)


def test_a_reader_who_stops_early_is_scored_though_most_is_missing(assessor: assess.Assessor) -> None:
    samples, frames, said = clip(DROPPED)
    rest = "while the other team lost its last three games at home and nobody in the large crowd could believe it"
    found = assessor.score(samples, frames, assessor.plan(f"{said.rstrip('.')} {rest}"))
    assert found.refused is None
    assert found.completeness is not None and found.completeness < 40
    assert [w.error for w in found.words[: len(said.split())]].count("omission") <= 1


def test_a_word_said_twice_is_a_repetition_and_costs_no_score(assessor: assess.Assessor) -> None:
    samples, frames, said = clip(PRODUCED)
    been = assessed(assessor, PRODUCED).words[2]
    start, end = been.start_ms // 20, been.end_ms // 20
    twice = np.concatenate([np.arange(end), np.arange(start, len(frames))])
    heard = np.concatenate([samples[: end * 320], samples[start * 320 :]])
    found = assessor.score(heard, frames[twice], assessor.plan(said))
    assert [(w.text, w.error) for w in found.words if w.error != "none"] == [("been", "repetition")]
    assert all((w.score or 0) > 80 for w in found.words if w.index is not None)


def test_two_words_said_twice_are_named_together(assessor: assess.Assessor) -> None:
    samples, frames, said = clip(PRODUCED)
    words = assessed(assessor, PRODUCED).words
    start, end = words[1].start_ms // 20, words[2].end_ms // 20
    twice = np.concatenate([np.arange(end), np.arange(start, len(frames))])
    heard = np.concatenate([samples[: end * 320], samples[start * 320 :]])
    found = assessor.score(heard, frames[twice], assessor.plan(said))
    assert [(w.text, w.error) for w in found.words if w.error != "none"] == [("never been", "repetition")]


def test_something_said_between_is_named_by_what_was_heard_and_not_in_the_text(assessor: assess.Assessor) -> None:
    samples, frames, said = clip(PRODUCED)
    other, rows, _ = clip(DROPPED)
    a, b = (w for w in assessed(assessor, DROPPED).words if w.text in ("only", "nine"))
    at, begin, end = assessed(assessor, PRODUCED).words[2].end_ms // 20, a.start_ms // 20, b.end_ms // 20
    heard = np.concatenate([samples[: at * 320], other[begin * 320 : end * 320], samples[at * 320 :]])
    both = np.concatenate([frames[:at], rows[begin:end], frames[at:]])
    middle = (at + (end - begin) // 2) * 20
    late = [(w, middle - 40, middle + 40) for w in said.split()]
    told = [*late[:3], ("only", 0, 10), ("nine,", 10, 20), *late[3:]]
    for words_heard, text in ((told, "only nine,"), (late, "…"), (None, "…")):
        found = assessor.score(heard, both, assessor.plan(said), words_heard)
        assert [(w.text, w.error) for w in found.words if w.error != "none"] == [(text, "insertion")]


def test_samples_that_are_no_numbers_are_refused(assessor: assess.Assessor) -> None:
    samples, frames, said = clip(DROPPED)
    found = assessor.score(samples * np.float32(np.nan), frames, assessor.plan(said))
    assert (found.refused, found.overall) == ("silent", None)


def test_silence_and_hardly_any_audio_are_refused(assessor: assess.Assessor) -> None:
    plan = assessor.plan("Hello there.")
    silence = np.zeros(32000, np.float32)
    assert assessor.score(silence, np.zeros((100, 512), np.float32), plan).refused == "silent"
    assert assessor.score(silence[:1600], np.zeros((5, 512), np.float32), plan).refused == "too_short"


def test_a_text_without_words_has_nothing_to_read(assessor: assess.Assessor) -> None:
    samples, frames, _ = clip(PRODUCED)
    found = assessor.score(samples, frames, assessor.plan("😀 https://example.org"))
    assert found.refused == "nothing_to_read"
    assert [w.extra["skipped"] for w in found.words] == ["emoji or symbol", "web address"]


def test_what_cannot_be_read_is_skipped_and_the_rest_is_scored(assessor: assess.Assessor) -> None:
    found = assessed(assessor, DROPPED, "She dropped only nine points 😀 in the second set.")
    assert found.words[5].score is None
    assert found.words[5].extra == {"skipped": "emoji or symbol"}
    assert found.completeness == 100


def test_times_can_be_shifted(assessor: assess.Assessor) -> None:
    samples, frames, text = clip(PRODUCED)
    plan = assessor.plan(text)
    here, there = assessor.score(samples, frames, plan), assessor.score(samples, frames, plan, offset_ms=5000)
    assert [w.start_ms + 5000 for w in here.words] == [w.start_ms for w in there.words]


def test_words_are_scored_while_they_are_spoken(assessor: assess.Assessor) -> None:
    samples, frames, text = clip(DROPPED)
    follower = assessor.follow(assessor.plan(text))
    seen: list[int] = []
    for end in range(20, len(frames), 10):
        for word in follower.update(samples[: end * 320], frames[:end]):
            assert word.provisional
            assert word.index is not None
            if word.index not in seen:
                seen.append(word.index)
    assert seen == list(range(len(seen)))
    assert len(seen) >= 7
    final = follower.update(samples, frames, final=True)
    assert follower.all_settled
    assert [w.score for w in final] == [w.score for w in assessed(assessor, DROPPED).words]
    assert not any(w.provisional for w in final)


def test_a_sound_that_passes_is_told_with_what_was_clearly_heard(assessor: assess.Assessor) -> None:
    samples, frames, text = clip(PRODUCED)
    found = assessor.score(samples, frames, assessor.plan(text, {0: (("HH", "AE", "S"),)}))
    word = found.words[0]
    sound = word.phonemes[2]
    assert (word.text, word.error) == ("has", "none")
    assert 60 < sound["score"] <= report.TOLD_MOST
    assert sound["heard"] == "Z"
    assert sound["evidence"]["likelihood_gap"] > report.CLEAR_GAP
    assert word.extra["advice"] == sound["advice"]


@pytest.mark.parametrize(
    ("asked", "place", "heard"),
    [(("N", "AE1", "V", "ER0"), 1, "EH"), (("M", "EH1", "V", "ER0"), 0, "N"), (("N", "EH1", "V", "ER0", "K"), 4, "")],
)
def test_a_sound_that_was_surely_not_said_is_wrong_and_its_neighbours_are_not(
    assessor: assess.Assessor, asked: tuple[str, ...], place: int, heard: str
) -> None:
    samples, frames, text = clip(PRODUCED)
    found = assessor.score(samples, frames, assessor.plan(text, {1: (asked,)}))
    assert [w.error for w in found.words] == ["none", "mispronunciation", "none", "none"]
    sound = found.words[1].phonemes[place]
    assert sound["score"] < scale.HARD
    assert sound["heard"] == heard
    others = [p for w in found.words for p in w.phonemes if p is not sound]
    assert all(p["score"] > 80 for p in others)


def test_a_doubtful_word_is_told_later(assessor: assess.Assessor) -> None:
    samples, frames, text = clip(DROPPED)
    wrong: dict[int, tuple[tuple[str, ...], ...]] = {3: (("N", "OW1", "N"),)}
    listener = assessor.follow(assessor.plan(text, wrong))
    ages: dict[bool, list[int]] = {True: [], False: []}
    seen: set[int | None] = set()
    for end in range(20, len(frames), 5):
        for word in listener.update(samples[: end * 320], frames[:end]):
            if word.index not in seen and word.score is not None:
                ages[word.score < follow.DOUBT].append(end - word.end_ms // 20)
            seen.add(word.index)
    assert min(ages[True]) >= follow.PATIENCE
    assert min(ages[False]) < follow.PATIENCE


def test_a_follower_can_be_fed_windows(assessor: assess.Assessor) -> None:
    samples, frames, text = clip(DROPPED)
    follower = assessor.follow(assessor.plan(text))
    follower.update(samples[: 150 * 320], frames[:150])
    words = follower.update(samples[100 * 320 :], frames[100:], start_ms=2000)
    assert follower.settled >= 7
    assert all(w.start_ms > 0 for w in words)


def test_whisper_evidence_needs_frames(assessor: assess.Assessor) -> None:
    samples, _, text = clip(PRODUCED)
    with pytest.raises(ValueError, match="frames"):
        assessor.score(samples, None, assessor.plan(text))


def test_without_whisper_the_same_report_comes_from_the_sound_alone() -> None:
    fallback = assess.Assessor.load("sphinx")
    samples, _, text = clip(PRODUCED)
    found = fallback.score(samples, None, fallback.plan(text))
    golden = json.loads((DATA / "pronunciation" / "golden.json").read_text())["sphinx"]
    assert found.scorer == golden["scorer"]
    assert found.overall == pytest.approx(golden["overall"], abs=0.5)
    for mine, theirs in zip(found.words, golden["words"], strict=True):
        assert mine.score == pytest.approx(theirs["score"], abs=0.5)
    assert [w.text for w in found.words] == ["has", "never", "been", "surpassed."[:-1]]
    assert found.refused is None
