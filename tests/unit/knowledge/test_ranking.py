"""Ranking: rare words, headings and nearness count; fusion keeps the best of two orders."""

from api.knowledge.ranking import Candidate, Slot, fused, idf, lexical

TREATY, KING = Slot({"treati": 1.0, "pact": 0.35}), Slot({"king": 1.0})


def scores(*candidates: Candidate) -> dict[str, float]:
    return lexical(candidates, [TREATY, KING], [idf(1000, 10), idf(1000, 200)], 100)


def test_a_rare_word_counts_more_than_a_frequent_one() -> None:
    found = scores(Candidate("rare", 100, {"treati": [5]}), Candidate("frequent", 100, {"king": [5]}))
    assert found["rare"] > found["frequent"] > 0


def test_a_related_word_counts_less_than_the_word_itself() -> None:
    found = scores(Candidate("itself", 100, {"treati": [5]}), Candidate("related", 100, {"pact": [5]}))
    assert found["itself"] > found["related"] > 0


def test_words_that_stand_together_count_more() -> None:
    near = Candidate("near", 100, {"treati": [5], "king": [6]})
    far = Candidate("far", 100, {"treati": [5], "king": [80]})
    found = scores(near, far)
    assert found["near"] > found["far"]


def test_a_heading_counts_and_long_passages_count_less() -> None:
    found = scores(
        Candidate("heading", 100, {"king": [4]}, {"treati": 1}),
        Candidate("plain", 100, {"king": [4]}),
        Candidate("long", 300, {"king": [4]}),
    )
    assert found["heading"] > found["plain"] > found["long"]


def test_fusion_prefers_what_both_orders_like() -> None:
    order = fused(["a", "b", "c"], ["b", "a", "d"])
    assert [id_ for id_, _ in order][:2] == ["a", "b"]
    assert {id_ for id_, _ in order} == {"a", "b", "c", "d"}
    assert fused(["a"], ["a"])[0][1] == 1.0
    assert fused([], []) == []
