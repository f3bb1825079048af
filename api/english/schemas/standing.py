"""Shapes of the proficiency index and the dashboard."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.english.catalog.frame import Skill
from api.english.schemas.evaluation import CefrLevel
from kit.http.wire import Id, Moment, Page, Paging, View


class XELSkillScores(View):
    reading: int = Field(description="0 to 1000; 100 without evidence.", examples=[420])
    writing: int = Field(description="0 to 1000; 100 without evidence.", examples=[380])
    listening: int = Field(description="0 to 1000; 100 without evidence.", examples=[455])
    speaking: int = Field(description="0 to 1000; 100 without evidence.", examples=[340])


class XELXpiResponse(View):
    xpi: int = Field(ge=0, le=1000, description="Proficiency index, 0 to 1000.", examples=[398])
    cefr_level: CefrLevel = Field(description="The band it lies in.", examples=["A2"])
    skills: XELSkillScores = Field(description="The index of each skill.")
    samples: int = Field(description="Pieces of evidence behind it.", examples=[31])
    confidence: float = Field(ge=0, le=1, description="How sure it is, 0 to 1.", examples=[0.7])
    formula_version: str = Field(description="Version of the formula; docs/xpi.md has it.", examples=["xpi-2"])


class XELXpiHistoryQuery(Paging):
    from_: Moment | None = Field(
        None, alias="from", description="Changes at or after this moment.", examples=["2026-03-02T09:30:00Z"]
    )
    to: Moment | None = Field(None, description="Changes before this moment.", examples=["2026-03-02T09:30:00Z"])


class XELXpiHistoryItem(View):
    at: datetime = Field(description="When (UTC).", examples=["2026-03-02T09:30:00Z"])
    xpi: int = Field(description="The index afterwards, 0 to 1000.", examples=[398])
    skill: Skill = Field(description="The skill that was shown.", examples=["listening"])
    delta: int = Field(description="Points by which it changed the index.", examples=[6])
    reason: str = Field(description="Why.", examples=["Listen to two people: 100 points (A1)"])


class XELXpiHistory(Page[XELXpiHistoryItem]):
    """Changes of the index, newest first."""


class XELModuleCounts(View):
    completed: int = Field(description="Modules completed.", examples=[3])
    in_progress: int = Field(description="Modules started and not completed.", examples=[1])
    total: int = Field(description="All modules.", examples=[21])


class XELRecentItem(View):
    submission_id: Id = Field(description="Id of the submission.", examples=["0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f30"])
    module_id: str = Field(description="Id of the module.", examples=["a1-my-day"])
    task_id: str = Field(description="Id of the task.", examples=["timetables"])
    title: str = Field(description="Title of the task.", examples=["What time is it?"])
    skill: Skill = Field(description="Its skill.", examples=["listening"])
    score: int = Field(description="0 to 100.", examples=[80])
    at: datetime = Field(description="When it was handed in (UTC).", examples=["2026-03-02T09:30:00Z"])


class XELWeakPhoneme(View):
    phoneme: str = Field(description="ARPAbet name.", examples=["TH"])
    ipa: str = Field(description="IPA symbol.", examples=["θ"])
    mean: float = Field(description="Mean score of the last 30 days, 0 to 100.", examples=[47.5])
    attempts: int = Field(description="How often it was said.", examples=[18])


class XELNextTask(View):
    module_id: str = Field(description="Id of the module.", examples=["a1-my-day"])
    task_id: str = Field(description="Id of the task.", examples=["repeat"])
    title: str = Field(description="Title of the task.", examples=["Repeat after me"])
    skill: Skill = Field(description="Its skill.", examples=["speaking"])
    reason: Literal["review", "assigned", "sound", "skill", "next"] = Field(
        description="Something to repeat, given by a teacher, a weak sound, the weakest skill, or the next in course."
    )
    item: str | None = Field(None, description="The word, sound or kind of error that it is for.", examples=["library"])
    why: str = Field(description="The reason in a sentence, in English.", examples=["The next in your course."])


class XELDashboardResponse(View):
    xpi: int = Field(description="Proficiency index, 0 to 1000.", examples=[398])
    cefr_level: CefrLevel = Field(description="The band it lies in.", examples=["A2"])
    streak: int = Field(description="Days in a row with XP.", examples=[5])
    modules: XELModuleCounts = Field(description="Modules by state.")
    recent: list[XELRecentItem] = Field(description="The last ten tasks handed in, newest first.")
    weak_phonemes: list[XELWeakPhoneme] = Field(description="Sounds to practise, worst first.")
    next_task: XELNextTask | None = Field(None, description="What to do now; null when everything is done.")
    minutes_this_week: int = Field(description="Minutes learned since Sunday.", examples=[64])
