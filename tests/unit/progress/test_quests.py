"""Quests of the day."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from api.progress import quests
from api.progress.quests import Counters, Quest, WeakPhoneme, WeakPoints

DAY = date(2026, 4, 1)
WEAK = WeakPoints(
    (
        WeakPhoneme("TH", "θ", 41.2),
        WeakPhoneme("ZH", "ʒ", 50.0),
        WeakPhoneme("R", "ɹ", 55.0),
        WeakPhoneme("L", "l", 60.0),
    ),
    ("writing", "reading"),
    87,
)


@given(st.uuids(), st.dates(), st.integers(0, 1000))
def test_three_different_quests_that_are_the_same_each_time(learner: UUID, day: date, usual: int) -> None:
    weak = WeakPoints(WEAK.phonemes, WEAK.skills, usual)
    chosen = quests.choose(str(learner), day, weak)
    assert chosen == quests.choose(str(learner), day, weak)
    assert len({quest.id for quest in chosen}) == 3
    assert all(quest.target > 0 and quest.xp_reward > 0 for quest in chosen)


@given(st.uuids(), st.dates())
def test_without_anything_known_there_are_three_quests_too(learner: UUID, day: date) -> None:
    assert len({quest.id for quest in quests.choose(str(learner), day, WeakPoints())}) == 3


def test_quests_aim_at_the_weakest_points() -> None:
    for n in range(30):
        chosen = quests.choose("somebody", DAY + timedelta(days=n), WEAK)
        assert chosen[1].id in {"sound:TH", "sound:ZH", "sound:R"}
        assert chosen[2].id == "skill:writing"


def test_days_differ() -> None:
    assert len({quests.choose("somebody", DAY + timedelta(days=n), WEAK) for n in range(30)}) > 5


def test_progress_counts_the_quests_own_metric_up_to_its_target() -> None:
    done = Counters(
        xp=45,
        seconds={"english": 310, "live": 400, "conversation": 20},
        grants={"task.writing": 1, "task.reading": 4, "module": 1, "tasks": 9},
        phonemes={"TH": 12},
    )

    def count(metric: str, target: int = 100) -> int:
        return quests.progress(Quest("id", metric, "", "", target, 1), done)

    assert count("xp") == 45
    assert count("minutes") == 12
    assert count("talk") == 7
    assert count("tasks") == 5
    assert count("tasks.writing") == 1
    assert count("phoneme.TH") == 12
    assert count("phoneme.TH", target=10) == 10
    assert count("phoneme.S") == 0


def test_the_quest_of_talk_says_that_reading_aloud_in_a_session_counts() -> None:
    days = (quests.choose("somebody", DAY + timedelta(days=n), WEAK)[0] for n in range(30))
    talk = next(quest for quest in days if quest.metric == "talk")
    assert "live sessions count, reading aloud in one too" in talk.description
