"""What a learner sees of modules and tasks. Answers, scripts, rubrics and model answers have no place here."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.english.catalog.frame import Level, Skill
from kit.http.wire import View

ModuleStatus = Literal["locked", "available", "in_progress", "completed"]
TaskStatus = Literal["open", "attempted", "passed"]
Kind = Literal[
    "multiple_choice",
    "gap",
    "ordering",
    "matching",
    "short_answer",
    "dictation",
    "free_writing",
    "read_aloud",
    "repeat",
    "answer_aloud",
    "role_play",
    "cloze",
    "word_formation",
    "summary",
    "minimal_pairs",
    "say_pairs",
    "information_gap",
    "error_hunt",
    "picture_description",
]


class XELOption(View):
    id: str = Field(description="What to send as the response.", examples=["b"])
    text: str = Field(description="What to show.", examples=["In London"])


class XELSpeech(View):
    """Text for the client's own voice, sent only when the server has no voice; do not show it to the learner."""

    text: str = Field(description="What to say aloud. Speaker labels end with a colon.", examples=["Hello, I'm Tom."])
    language: str = Field(description="BCP 47 tag of the voice to use.", examples=["en-GB"])
    rate: float = Field(description="Speed; 1 is the voice's normal speed.", examples=[0.85])


class XELPicture(View):
    url: str = Field(
        description="An SVG: a path on this server, for everybody.", examples=["/static/pictures/at-the-market.svg"]
    )
    alt: str = Field(
        description="What is in it, for those who cannot see it.", examples=["A street market with three stalls."]
    )


class XELTaskItem(View):
    """One question, gap, left side or turn. A response to a task with items is a list in their order."""

    id: str = Field(description="Number of the item, from 1.", examples=["1"])
    text: str = Field(description="The question, the left side to match, or the partner's line.", examples=["Where?"])
    goal: str | None = Field(None, description="Role play: what to do in this turn.", examples=["Ask the price."])
    options: list[XELOption] | None = Field(None, description="Options of this item alone, when it has its own.")
    audio_url: str | None = Field(
        None,
        description="What to listen to for this item alone: a path on this server.",
        examples=["/api/learn/english/audio/0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"],
    )
    speech: XELSpeech | None = Field(None, description="What the client has to say when there is no `audio_url`.")


class XELTask(View):
    id: str = Field(description="Id of the task in its module.", examples=["profiles"])
    skill: Skill = Field(description="The skill that it trains.", examples=["reading"])
    kind: Kind = Field(description="How it is answered; docs/english.md describes each kind.")
    title: str = Field(description="A short name.", examples=["Read about a person"])
    prompt: str = Field(
        description="What to do, with the question when there is one only.",
        examples=["Read the text and choose the best answer."],
    )
    reference_text: str | None = Field(None, description="Text to read aloud.", examples=["I'm glad to meet you."])
    passage: str | None = Field(
        None, description="Text to read; gaps are `(1) ____`.", examples=["Hi, I'm Kenji. I'm 24 years old."]
    )
    audio_url: str | None = Field(
        None,
        description="What to listen to: a path on this server.",
        examples=["/api/learn/english/audio/0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"],
    )
    speech: XELSpeech | None = Field(None, description="What the client has to say when there is no `audio_url`.")
    options: list[XELOption] | None = Field(None, description="Options for the whole task, or the word box.")
    items: list[XELTaskItem] | None = Field(None, description="Questions, gaps, left sides or turns, in order.")
    points: list[str] | None = Field(None, description="What the answer should say.", examples=[["your name"]])
    picture: XELPicture | None = Field(None, description="What to write or to talk about.")
    mistakes: int | None = Field(
        None, description="Number of errors in `passage`; the response is the whole text without them.", examples=[5]
    )
    min_words: int | None = Field(None, description="Words that a text should have at least.", examples=[60])
    max_words: int | None = Field(None, description="Words that a text may have at most.", examples=[50])
    max_seconds: int | None = Field(None, description="Longest recording that makes sense, in seconds.", examples=[60])
    variant: int = Field(description="Number of the variant, from 1; another one by tasks/regenerate.", examples=[1])
    status: TaskStatus = Field("open", description="`passed` from 60 points on.")
    best_score: int | None = Field(None, description="Best score so far, 0 to 100.", examples=[80])


class XELModuleSummary(View):
    id: str = Field(description="Id of the module.", examples=["a1-meeting-people"])
    title: str = Field(description="Its title.", examples=["Meeting people"])
    cefr_level: Level = Field(description="Its CEFR level.", examples=["A1"])
    skills: list[Skill] = Field(description="Skills that its tasks train.")
    tasks: int = Field(description="Number of tasks.", examples=[8])
    completed_tasks: int = Field(description="Tasks passed by the learner.", examples=[3])
    status: ModuleStatus = Field(description="Where the learner stands.", examples=["in_progress"])
    best_score: int | None = Field(None, description="Mean of the best scores of its tasks, 0 to 100.", examples=[74])


class XELModuleList(View):
    modules: list[XELModuleSummary] = Field(description="All modules in teaching order.")


class XELWord(View):
    word: str = Field(description="A word that the module teaches.", examples=["neighbour"])
    meaning: str = Field(description="What it means, in easy English.", examples=["a person who lives near you"])


class XELModuleDetail(View):
    id: str = Field(description="Id of the module.", examples=["a1-meeting-people"])
    title: str = Field(description="Its title.", examples=["Meeting people"])
    description: str = Field(
        description="What it is about.", examples=["Say hello, say who you are and ask simple questions."]
    )
    cefr_level: Level = Field(description="Its CEFR level.", examples=["A1"])
    skills: list[Skill] = Field(description="Skills that its tasks train.")
    objectives: list[str] = Field(description="What the learner can do afterwards.", examples=[["Use am, is and are"]])
    vocabulary: list[XELWord] = Field(description="Words that it teaches.")
    requires: list[str] = Field(description="Modules that open this one once completed.", examples=[["a1-my-day"]])
    status: ModuleStatus = Field(description="Where the learner stands.", examples=["available"])
    completed_tasks: int = Field(description="Tasks passed.", examples=[0])
    best_score: int | None = Field(None, description="Mean of the best scores of its tasks, 0 to 100.", examples=[74])
    tasks: list[XELTask] = Field(description="Its tasks, each in the variant that is the learner's turn.")


class XELModuleStartResponse(View):
    module_id: str = Field(description="Id of the module.", examples=["a1-meeting-people"])
    status: ModuleStatus = Field(description="`in_progress`, or `completed` when it was before.")
    started_at: datetime = Field(
        description="When the learner first started it (UTC).", examples=["2026-03-02T09:30:00Z"]
    )


class XELModuleCompleteResponse(View):
    module_id: str = Field(description="Id of the module.", examples=["a1-meeting-people"])
    status: ModuleStatus = Field(description="`completed`.")
    score: int = Field(description="Mean of the best scores of its tasks, 0 to 100.", examples=[86])
    xp_awarded: int = Field(description="Points given now; 0 when it was completed before.", examples=[50])
    next_module_id: str | None = Field(
        None, description="What to do next; null after the last module.", examples=["a1-my-day"]
    )
