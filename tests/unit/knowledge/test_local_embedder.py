"""The built-in embedder: near means sharing words, misspelled words or related words."""

import numpy as np

from api.knowledge.embedding import local


def similarity(one: str, other: str) -> float:
    return float(local.embed(one) @ local.embed(other))


def test_vectors_have_length_one_and_do_not_change() -> None:
    vector = local.embed("The king signed the treaty in 1920.")
    assert vector.shape == (local.DIMENSIONS,)
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-5
    assert np.array_equal(vector, local.embed("The king signed the treaty in 1920."))
    assert not local.embed("…").any()


def test_forms_slips_and_related_words_are_near() -> None:
    stranger = similarity("restaurant", "volcano")
    assert similarity("restaurants", "restaurant") > 0.6
    assert similarity("restaurant", "resturant") > stranger + 0.1
    assert similarity("buy a house", "purchase a home") > similarity("buy a house", "climb a mountain") + 0.1
