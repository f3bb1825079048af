"""Which attempts to sign in are counted together."""

import pytest

from api.auth import attempts


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_address_stands_for_what_one_party_controls(address: str, network: str) -> None:
    assert attempts.network(address) == network


def test_a_stranger_fills_the_bucket_of_the_account_and_of_their_address() -> None:
    here = attempts.buckets("ana", "203.0.113.7", None, False)
    elsewhere = attempts.buckets("ana", "203.0.113.8", None, False)
    another = attempts.buckets("ben", "203.0.113.7", None, False)
    assert len(here) == len(set(here)) == 2
    assert len(set(here) & set(elsewhere)) == 1
    assert len(set(here) & set(another)) == 1


def test_a_known_device_and_a_known_address_share_no_bucket_with_strangers() -> None:
    stranger = attempts.buckets("ana", "203.0.113.7", None, False)
    known = attempts.buckets("ana", "203.0.113.7", None, True)
    device = attempts.buckets("ana", "203.0.113.7", "nonce", True)
    assert not set(stranger) & set(known) and not set(known) & set(device) and not set(stranger) & set(device)
    assert attempts.buckets("ana", "203.0.113.7", "another", True) != device
