"""Reading queries and guessing at slips of the pen."""

from api.search import query
from language import terms as words


def test_a_query_is_its_folded_words_once() -> None:
    assert query.read("  Café, the CAFÉ & <b>Paris</b>! ").words == ("cafe", "the", "b", "paris")
    assert len(query.read(" ".join(f"w{n}" for n in range(50))).words) == 12
    assert query.read("?!…").words == ()


def test_all_words_are_wanted_and_the_last_may_go_on() -> None:
    asked = query.read("red bicy")
    assert query.every(asked) == "(red) & (bicy | bicy:*)"
    assert query.every(asked, {"red": ["bed"]}) == "(red | bed) & (bicy | bicy:*)"
    assert query.some(asked, {"red": ["bed"]}) == "red | bed | bicy"


def test_one_slip_is_forgiven_in_short_words_and_two_in_long_ones() -> None:
    known = ["friend", "fried", "restaurant", "restore", "because"]
    assert words.near("freind", known) == ["friend"]
    assert words.near("resturant", known) == ["restaurant"]
    assert words.near("restarant", known) == ["restaurant"]
    assert words.near("becouse", known) == ["because"]
    assert words.near("cat", ["dog"]) == []


def test_short_words_and_numbers_are_not_guessed_at() -> None:
    assert query.guessable(query.read("go 2026 to Pariss")) == ["pariss"]
