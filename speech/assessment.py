"""The records of assessed speech, field by field: words with times, and the pronunciation report.

The same shapes everywhere: in the scorer, in realtime events, in REST answers and as stored. They are plain
dictionaries (`TypedDict`), so that a report goes from a worker to a client without being rebuilt; OpenAPI and AsyncAPI
describe them from here. Times are milliseconds, scores 0 to 100.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

Score = Annotated[float, Field(ge=0, le=100)]
Milliseconds = Annotated[int, Field(ge=0)]
Miscue = Literal["none", "mispronunciation", "omission", "insertion", "repetition"]
"""What is wrong with a word: nothing, sounds of it, it was left out, it is not in the text, it was said again."""
Refusal = Literal["silent", "too_short", "nothing_to_read", "not_the_text", "not_understood"]
"""Why a recording was not scored; `not_understood`: in free speech, of no word it is sure that it was said."""
Reference = Literal["given", "recognised"]
QualityCode = Literal[
    "too_short", "silent", "quiet", "clipping", "noise", "very_noisy", "narrow_band", "gaps", "echo", "unclear"
]
Tone = Literal["falling", "rising", "level"]
Part = Literal["accuracy", "fluency", "completeness", "prosody"]
LossKind = Literal[
    "sound",
    "missing_sound",
    "stress",
    "pause",
    "hesitation",
    "omission",
    "insertion",
    "repetition",
    "other_sounds",
    "pace",
    "melody",
]
"""What cost points: something that can be pointed at, or (the last three) the rest of accuracy, fluency, prosody."""


class Word(TypedDict):
    """A recognized word."""

    id: Annotated[str, Field(description="The same from the first partial to the final and in pronunciation events.")]
    text: Annotated[str, Field(description="The word as it is shown.")]
    start_ms: Annotated[Milliseconds, Field(description="Its start on the session's audio clock.")]
    end_ms: Annotated[Milliseconds, Field(description="Its end.")]
    confidence: Annotated[float, Field(ge=0, le=1, description="How sure the recognizer is.")]


class Engine(TypedDict):
    """What recognized a turn."""

    name: Annotated[str, Field(description="The program.", examples=["faster-whisper"])]
    model: Annotated[str, Field(description="Its model.", examples=["base"])]
    version: Annotated[str, Field(description="Its version.")]


class PhoneEvidence(TypedDict):
    """What speaks against a phone."""

    likelihood_gap: Annotated[float, Field(description="Nats by which another sound, or none, fits better.")]
    duration_deviations: Annotated[float, Field(description="Its length, in deviations from a native reader's.")]


class Phone(TypedDict):
    """A sound of a word."""

    phoneme: Annotated[str, Field(description="The sound of the text, ARPAbet without stress.", examples=["TH"])]
    ipa: Annotated[str, Field(description="The same in the IPA.", examples=["θ"])]
    start_ms: Annotated[Milliseconds, Field(description="Its start.")]
    end_ms: Annotated[Milliseconds, Field(description="Its end.")]
    score: Annotated[Score, Field(description="How well it was said.")]
    heard: NotRequired[Annotated[str, Field(description="What was heard instead, ARPAbet; empty: nothing was said.")]]
    heard_ipa: NotRequired[Annotated[str, Field(description="The same in the IPA.")]]
    advice: NotRequired[Annotated[str, Field(description="What to do about it, in a sentence.")]]
    evidence: NotRequired[Annotated[PhoneEvidence, Field(description="Only where something speaks against it.")]]


class Syllable(TypedDict):
    """A syllable of a word."""

    text: Annotated[str, Field(description="Its sounds in the IPA.")]
    score: Annotated[Score, Field(description="How well it was said, from its sounds.")]
    start_ms: Annotated[Milliseconds, Field(description="Its start.")]
    end_ms: Annotated[Milliseconds, Field(description="Its end.")]


class Stress(TypedDict):
    """Which syllable of a word carries the stress, counted from 0."""

    expected: Annotated[int | None, Field(description="The stressed syllable of the dictionary.")]
    heard: Annotated[int | None, Field(description="The one that stood out; null when none did.")]


class ScoredWord(TypedDict):
    """A word of the text, or one that was said beside it."""

    word: Annotated[str, Field(description="The word as the text, or for an insertion the recognizer, writes it.")]
    index: Annotated[int | None, Field(description="Its place in the text, from 0; null for words not in it.")]
    start_ms: Annotated[Milliseconds, Field(description="Its start.")]
    end_ms: Annotated[Milliseconds, Field(description="Its end.")]
    score: Annotated[
        Score | None,
        Field(description="From its sounds: one that is wrong costs more than its share. Null: it is not judged."),
    ]
    error: Annotated[Miscue, Field(description="What is wrong with it.")]
    phonemes: Annotated[list[Phone], Field(description="Its sounds in order.")]
    syllables: NotRequired[Annotated[list[Syllable], Field(description="Its syllables in order.")]]
    stress: NotRequired[Annotated[Stress, Field(description="For words of several syllables.")]]
    advice: NotRequired[Annotated[str, Field(description="The one thing to work on.")]]
    confidence: NotRequired[
        Annotated[
            float,
            Field(ge=0, le=1, description="Free speech: how sure it is that it was said, by recognizer and sounds."),
        ]
    ]
    doubtful: NotRequired[
        Annotated[bool, Field(description="Free speech; true: not sure that it was said, so it is not judged.")]
    ]
    guessed: NotRequired[Annotated[bool, Field(description="True: no dictionary has it, its sounds are a guess.")]]
    skipped: NotRequired[Annotated[str | None, Field(description="Why it cannot be read aloud.")]]


@dataclass(frozen=True)
class WordScore:
    """A word's score as it stands, on its way from the scorer to a client. `index` is its place in the text, None for
    words that are not in it; a provisional one may still change."""

    index: int | None
    text: str
    start_ms: int
    end_ms: int
    score: float | None
    error: Miscue
    phonemes: list[Phone] = field(default_factory=list)
    provisional: bool = False


class Scorer(TypedDict):
    """What scored: scores of different versions do not compare."""

    name: Annotated[str, Field(description="The scorer.", examples=["parley-whisper"])]
    version: Annotated[str, Field(description="Its version.", examples=["2.0.0"])]


class QualityNote(TypedDict):
    """Something about the sound that makes scores less sure."""

    code: Annotated[QualityCode, Field(description="For programs.")]
    message: Annotated[str, Field(description="For the learner.")]


class Miscues(TypedDict):
    """How many words of each kind."""

    omission: Annotated[int, Field(ge=0, description="Words of the text that were left out.")]
    insertion: Annotated[int, Field(ge=0, description="Words that are not in the text.")]
    repetition: Annotated[int, Field(ge=0, description="Words that were said again.")]


class Rhythm(TypedDict, total=False):
    """Pace and pauses."""

    words_per_minute: Annotated[int, Field(ge=0, description="Words of the text a minute.")]
    syllables_per_second: Annotated[float, Field(ge=0, description="Without the pauses.")]
    pauses: Annotated[int, Field(ge=0, description="Silences inside the reading.")]
    longest_pause_ms: Annotated[Milliseconds, Field(description="The longest of them.")]
    pauses_inside_phrases: Annotated[int, Field(ge=0, description="Pauses where the text has none.")]
    breaks_kept: Annotated[float, Field(ge=0, le=1, description="Share of the text's breaks kept.")]
    hesitations: Annotated[int, Field(ge=0, description="Places with other sound, such as 'er'.")]


class Tune(TypedDict, total=False):
    """The melody; null where too little was voiced."""

    pitch_range_semitones: Annotated[float | None, Field(ge=0, description="From the 5th to the 95th percentile.")]
    final_tone: Annotated[Tone | None, Field(description="How the melody ends.")]


class Sureness(TypedDict, total=False):
    """Free speech: of how many words it is sure that they were said."""

    judged_words: Annotated[int, Field(ge=0, description="Free speech: words that the scores rest on.")]
    doubtful_words: Annotated[int, Field(ge=0, description="Free speech: words that were not judged.")]


class Details(Rhythm, Tune, Sureness):
    """Figures behind fluency and prosody; only `miscues` when nothing could be judged."""

    miscues: Annotated[Miscues, Field(description="Words left out, added and repeated.")]
    unread_probability: NotRequired[Annotated[float, Field(ge=0, le=1, description="Mean over the words.")]]


class Loss(TypedDict):
    """Points that the overall score lacks, and on what they were lost."""

    kind: Annotated[LossKind, Field(description="What it was.")]
    part: Annotated[Part, Field(description="The score that it lowered.")]
    points: Annotated[Score, Field(description="Points of the overall score that it cost.", examples=[6.0])]
    message: Annotated[
        str, Field(description="The same for the learner.", examples=["/θ/ in “three” sounded like /s/."])
    ]
    words: Annotated[list[int], Field(description="The words concerned, by `index`; empty for the whole.")]
    text: Annotated[str, Field(description="What to listen to, as the model voice should say it.", examples=["three"])]
    start_ms: Annotated[Milliseconds, Field(description="Where it can be heard in the recording.")]
    end_ms: Annotated[Milliseconds, Field(description="Up to where.")]
    phoneme: NotRequired[Annotated[str, Field(description="The sound of the text, ARPAbet.", examples=["TH"])]]
    ipa: NotRequired[Annotated[str, Field(description="The same in the IPA.", examples=["θ"])]]
    heard: NotRequired[Annotated[str, Field(description="What was heard instead; empty: nothing.", examples=["S"])]]
    heard_ipa: NotRequired[Annotated[str, Field(description="The same in the IPA.", examples=["s"])]]


class Exercise(TypedDict):
    """One thing to try now, for what cost most."""

    instruction: Annotated[str, Field(description="What to do.", examples=["Say the pair, then the word."])]
    text: Annotated[str, Field(description="What to read aloud.", examples=["Think, sink. Three."])]


class Report(TypedDict):
    """How a text, or what was said freely, was pronounced. Scores are null where nothing could be judged."""

    overall: Annotated[Score | None, Field(description="Of the other four: see docs/pronunciation.md for the formula.")]
    accuracy: Annotated[Score | None, Field(description="The sounds.")]
    fluency: Annotated[Score | None, Field(description="Pace, pauses, hesitations.")]
    completeness: Annotated[Score | None, Field(description="The share of the text that was said.")]
    prosody: Annotated[Score | None, Field(description="Rhythm, stress and melody.")]
    words: Annotated[list[ScoredWord], Field(description="Every word of the text in order, with what was added.")]
    scorer: Annotated[Scorer, Field(description="What scored.")]
    confidence: NotRequired[Annotated[float, Field(ge=0, le=1, description="How sure the scores are.")]]
    quality: NotRequired[Annotated[list[QualityNote], Field(description="What is wrong with the sound, worst first.")]]
    reference: NotRequired[Annotated[Reference, Field(description="Where the text comes from.")]]
    refused: NotRequired[Annotated[Refusal | None, Field(description="Why nothing was scored; null when it was.")]]
    details: NotRequired[Annotated[Details, Field(description="Figures behind the scores.")]]
    lost: NotRequired[Annotated[list[Loss], Field(description="Where 100 - overall went, what cost most first.")]]
    exercise: NotRequired[Annotated[Exercise | None, Field(description="What to try now; null when nothing is lost.")]]
