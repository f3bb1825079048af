"""What a provider says of a person's name is stored in the form that requests give names."""

import pytest

from api.auth.oidc import arrivals


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Jose\u0301  Silva ", "José Silva"),
        ("A\u200bna\u00ad\u202e", "Ana"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("A\x00n\ud800a\ue000", "Ana"),
        ("\u0958" * 60, "\u0915\u093c" * 50),
        (" \u200b", None),
        (7, None),
    ],
)
def test_a_name_has_the_form_of_other_names(said: object, kept: str | None) -> None:
    arrival = arrivals.read({"iss": "i", "sub": "s", "name": said}, trusting=False)
    assert arrival.full_name == kept
