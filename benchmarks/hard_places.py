"""Live transcription in hard places, beside the same clips clean: `python3 run.py bench hard_places --model FOLDER`.

Method: benchmarks/_virtual.py and benchmarks/transcription.py; the hard sound is made by benchmarks/_hard_sound.py from
the native clips. Distances, decays and levels are in the names of the places. A busy machine is a core four or ten
times slower than this one. "In mid-word" begins in the middle of a clip's third word, without a lead: the words behind
it count. "Long" joins the native clips without their pauses, in an order of its own for each run.

"Told" is what the client gets: codes of the sound's quality in the reports of the turns, and warnings. A place passes
where at most 1.3 times as many words are wrong as in the clean clips, or the learner is told in each clip that got
worse.
"""

import argparse
import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import _hard_sound as hard
from benchmarks import _virtual as virtual
from benchmarks._scores import Screen, errors, percentile
from benchmarks.transcription import LEAD_S, TAIL_S, Clip, Studio, clips, found_model, learners, noisy
from speech import events
from speech.audio import pcm
from speech.pool import jobs
from speech.pronunciation import quality
from speech.transcription.policy import Policy

RATIO, LONG_MOST = 1.3, 8


Make = Callable[[Clip, list[Clip]], pcm.Samples]


@dataclass(frozen=True, slots=True)
class Place:
    """`make` makes all that the microphone hears, given a clip and all clips; `speed` is that of the core."""

    name: str
    make: Make
    speed: float = 1.0
    mid_word: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One clip in one place: words wrong of how many, the first words' delay in s, and what the learner was told."""

    id: str
    wrong: int
    words: int
    first_s: float | None
    told: tuple[str, ...]
    text: str
    doubtful: int = 0


def _other(clip: Clip, all_clips: list[Clip]) -> pcm.Samples:
    """What somebody else says: the next clip of another speaker."""
    at = [other["id"] for other, _ in all_clips].index(clip[0]["id"])
    later = [*all_clips[at + 1 :], *all_clips[:at]]
    return next(sound for other, sound in later if other["id"][:3] != clip[0]["id"][:3])


def _padded(sound: pcm.Samples) -> pcm.Samples:
    return np.pad(sound, (pcm.samples(1000 * LEAD_S), pcm.samples(1000 * TAIL_S)))


def _clean(clip: Clip, _: list[Clip]) -> pcm.Samples:
    return noisy(clip[1])


def _with_music(ratio_db: float) -> Make:
    """Music also plays before the speaker begins, and after the end."""

    def make(clip: Clip, _: list[Clip]) -> pcm.Samples:
        whole = _padded(clip[1])
        return noisy(hard.at_ratio(whole, hard.music(len(whole) / pcm.RATE, seed=1), ratio_db), 0.0, 0.0)

    return make


def _with_talker(ratio_db: float) -> Make:
    """The other talks all the time, also before and after."""
    return lambda clip, others: noisy(hard.at_ratio(_padded(clip[1]), _other(clip, others), ratio_db), 0.0, 0.0)


def _in_room(distance_m: float, decay_s: float) -> Make:
    return lambda clip, _: noisy(hard.room(clip[1], distance_m, decay_s))


def _by_telephone(clip: Clip, _: list[Clip]) -> pcm.Samples:
    return hard.telephone(noisy(clip[1]))


def _from_third_word(clip: Clip, _: list[Clip]) -> pcm.Samples:
    return noisy(clip[1][int(third_word(clip[0])[1] * pcm.RATE) :], 0.0)


def third_word(line: dict[str, Any]) -> tuple[str, float]:
    """The words behind a clip's third one, and the middle of that one, in seconds."""
    spoken = line["words"]
    return " ".join(word["word"] for word in spoken[3:]), (spoken[2]["start"] + spoken[2]["end"]) / 2


CLEAN = Place("clean", _clean)
PLACES = (
    Place("room, 1 m, echo 0.4 s", _in_room(1.0, 0.4)),
    Place("room, 3 m, echo 0.7 s", _in_room(3.0, 0.7)),
    Place("music, 12 dB below", _with_music(12)),
    Place("music, 6 dB below", _with_music(6)),
    Place("second talker, 12 dB below", _with_talker(12)),
    Place("second talker, 6 dB below", _with_talker(6)),
    Place("telephone, G.711", _by_telephone),
    Place("begins in mid-word", _from_third_word, mid_word=True),
    Place("core 4 times slower", _clean, speed=0.25),
    Place("core 10 times slower", _clean, speed=0.1),
)


async def _listen(studio: Studio, clip: Clip, place: Place, all_clips: list[Clip]) -> Heard:
    line, text, onset_s = clip[0], clip[0]["text"], LEAD_S + clip[0]["words"][0]["start"]
    if place.mid_word:
        text, begun_s = third_word(line)
        onset_s = line["words"][3]["start"] - begun_s
    screen = await studio.play(f"{place.name} {line['id']}", place.make(clip, all_clips), scored=True)
    return measured(line["id"], text, screen, onset_s, mid_word=place.mid_word)


def measured(name: str, text: str, screen: Screen, onset_s: float, *, mid_word: bool = False) -> Heard:
    """Figures of one recording. The word that was cut may be heard or not."""
    heard = screen.text()
    wrong, total = errors(text, heard)
    if mid_word:
        wrong = min(wrong, errors(text, heard.partition(" ")[2])[0])
    first = next((at for at, now, _ in screen.states() if now), None)
    return Heard(name, wrong, total, None if first is None else first - onset_s, told(screen), heard, doubtful(screen))


def told(screen: Screen) -> tuple[str, ...]:
    """Codes of the sound's quality, refusals of a score and warnings, as the client gets them."""
    said: list[str] = []
    for _, event in screen.seen:
        if isinstance(event, events.Scored):
            report = event.pronunciation
            said += [note["code"] for note in report.get("quality", [])]
            said += [refused] if (refused := report.get("refused")) else []
        elif isinstance(event, events.Degraded) and event.reason != "recovered":
            said.append(event.reason)
    return tuple(sorted(set(said)))


def doubtful(screen: Screen) -> int:
    """Words that the reports mark as perhaps not said."""
    reports = [event.pronunciation for _, event in screen.seen if isinstance(event, events.Scored)]
    return sum(bool(word.get("doubtful")) for report in reports for word in report["words"])


def row(name: str, clean: Sequence[Heard], here: Sequence[Heard]) -> str:
    """One place as a row of a table."""
    wrong, words = sum(h.wrong for h in here), sum(h.words for h in here)
    wrong_clean, words_clean = sum(h.wrong for h in clean), sum(h.words for h in clean)
    ratio = (wrong / words) / max(wrong_clean / words_clean, 1e-9)
    before = {h.id: h.wrong for h in clean}
    worse = [h for h in here if h.wrong > before.get(h.id, 0)]
    first = [h.first_s for h in here if h.first_s is not None]
    codes = Counter(code for h in here for code in h.told)
    silent = [h.id for h in worse if not h.told]
    verdict = "pass" if ratio <= RATIO else "told" if not silent else "FAIL"
    return (
        f"| {name} | {wrong} of {words} | {ratio:.1f} | {percentile(first, 50):.2f} / {percentile(first, 95):.2f} s "
        f"| {len(worse) - len(silent)} of {len(worse)} | {', '.join(f'{c} {n}' for c, n in codes.most_common())} "
        f"| {verdict} |"
    )


async def _places(options: argparse.Namespace, spec: jobs.EngineSpec) -> None:
    found = clips()
    native = [clip for clip in found if "so762" not in clip[0]["id"]]
    studio = Studio(spec, Policy())
    print("| place | words wrong | times clean | first words p50 / p95 | worse clips told | what | |", flush=True)
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    clean = [await _listen(studio, clip, CLEAN, native) for clip in native]
    print(row("clean", clean, clean), flush=True)
    for place in PLACES:
        if options.only and not any(only in place.name for only in options.only):
            continue
        studio.lanes[0].speed = place.speed
        here = [await _listen(studio, clip, place, native) for clip in native]
        studio.lanes[0].speed = 1.0
        print(row(place.name, clean, here), flush=True)
        _explain(here, clean, options.verbose)
    accents = [clip for clip in found if "so762" in clip[0]["id"]]
    sets = [("accents, bundled clips", accents)]
    if options.learners:
        sets.append((f"accents, {options.count} utterances", learners(Path(options.learners), options.count)))
    for name, some in sets:
        if options.only and not any(only in name for only in options.only):
            continue
        here = [await _accent(studio, clip) for clip in some]
        print(row(name, clean, here), flush=True)
        _explain(here, [], options.verbose)


async def _accent(studio: Studio, clip: Clip) -> Heard:
    line, sound = clip
    screen = await studio.play(line["id"], noisy(sound), scored=True)
    return measured(line["id"], line["text"], screen, LEAD_S + line["words"][0].get("start", 0.0))


def _codes() -> None:
    """What is measured of the sound itself, without recognition: takes seconds."""
    native = [clip for clip in clips() if "so762" not in clip[0]["id"]]
    for place in (CLEAN, *PLACES):
        found = Counter(code for clip in native for code in quality.measure(place.make(clip, native)).codes)
        print(f"{place.name}: {', '.join(f'{code} {n}' for code, n in found.items())} of {len(native)}", flush=True)


def _explain(here: Sequence[Heard], clean: Sequence[Heard], verbose: int) -> None:
    before = {h.id: h for h in clean}
    for h in here:
        if verbose > 1 or (verbose and h.wrong > (before[h.id].wrong if h.id in before else 0)):
            print(f"   {h.id}: {h.wrong} of {h.words}, {h.doubtful} doubtful {h.told} {h.text}", flush=True)


async def _long(options: argparse.Namespace, spec: jobs.EngineSpec) -> None:
    """Speech without a pause, in as many orders of the clips as there are runs."""
    native = [clip for clip in clips() if "so762" not in clip[0]["id"]]
    studio, wrongs = Studio(spec, Policy()), []
    for run in range(options.first_run, options.first_run + options.runs):
        order = list(native)
        if run:
            random.Random(run).shuffle(order)
        sound = hard.unbroken([sound for _, sound in order])
        text = " ".join(line["text"] for line, _ in order)
        screen = await studio.play(f"long {run}", noisy(sound), scored=False)
        heard = measured(str(run), text, screen, LEAD_S)
        wrongs.append(heard.wrong)
        shown = f" {heard.text}" if options.verbose or heard.wrong > LONG_MOST else ""
        print(f"   run {run}: {heard.wrong} of {heard.words}, {len(sound) / pcm.RATE:.1f} s{shown}", flush=True)
    over = sum(wrong > LONG_MOST for wrong in wrongs)
    print(
        f"long: {len(wrongs)} runs, words wrong p50 {percentile(wrongs, 50):.0f}, worst {max(wrongs)}, "
        f"over {LONG_MOST}: {over}; {dict(sorted(Counter(wrongs).items()))}",
        flush=True,
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench hard_places", description=__doc__)
    parser.add_argument("--model", default="base", help="a folder with a Whisper model")
    parser.add_argument("--only", nargs="*", help="only places whose names hold one of these; long is one, too")
    parser.add_argument("--runs", type=int, default=20, help="of the long speech; 0 leaves it out")
    parser.add_argument("--first-run", type=int, default=0, help="the number of the first of them")
    parser.add_argument("--learners", help="a folder with sentences.jsonl and its audio")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("--codes", action="store_true", help="only what is measured of the sound, without recognition")
    options = parser.parse_args(argv)
    if options.codes:
        _codes()
        return 0
    if (folder := found_model(options.model)) is None:
        print(f"No model {options.model} on this machine; give --model FOLDER.")
        return 2
    spec = jobs.EngineSpec("whisper", folder)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    if not options.only or set(options.only) != {"long"}:
        virtual.run(_places(options, spec))
    if options.runs and (not options.only or "long" in options.only):
        virtual.run(_long(options, spec))
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
