"""From where a request came, as told by proxies that lie, stutter and write addresses in many ways."""

from types import SimpleNamespace

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from kit.http import addresses
from kit.http.addresses import TrustedProxies, read

TRUSTED = TrustedProxies(["10.0.0.0/8", "2001:db8:ffff::/48"])


def client(remote: str, *forwarded: str, proxies: TrustedProxies = TRUSTED) -> str:
    headers = CIMultiDict([("X-Forwarded-For", each) for each in forwarded])
    request = make_mocked_request("GET", "/", headers=headers)
    return proxies.client(request.clone(remote=remote))


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1", "203.0.113.9", "10.9.9.9"], "203.0.113.9"),
        ("10.0.0.1", ["203.0.113.9,,  ,10.2.2.2"], "203.0.113.9"),
        ("10.0.0.1", ["203.0.113.9, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.9, nonsense, 10.3.3.3"], "10.3.3.3"),
        ("10.0.0.1", ["10.4.4.4"], "10.4.4.4"),
        ("10.0.0.1", ["203.0.113.9:4711"], "203.0.113.9"),
        ("10.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("10.0.0.1", ["2001:DB8:0:0::7"], "2001:db8::7"),
        ("::ffff:10.0.0.1", ["::ffff:203.0.113.9"], "203.0.113.9"),
        ("2001:db8:ffff::1", ["2001:db8::7"], "2001:db8::7"),
        ("2001:db8:fffe::1", ["2001:db8::7"], "2001:db8:fffe::1"),
    ],
)
def test_the_nearest_stranger_is_the_client(remote: str, forwarded: list[str], expected: str) -> None:
    assert client(remote, *forwarded) == expected


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert client("10.0.0.1", "203.0.113.9", proxies=TrustedProxies()) == "10.0.0.1"


@pytest.mark.parametrize("text", ["", "unknown", "_hidden", "203.0.113.9.1", "203.0.113.9:", "[::1", "1.2.3.4/8"])
def test_what_is_no_address(text: str) -> None:
    assert read(text) is None


def test_a_proxy_that_is_not_trusted_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[dict[str, object]] = []
    monkeypatch.setattr(addresses, "_log", SimpleNamespace(warning=lambda event, **facts: said.append(facts)))
    for proxies in (TrustedProxies(), TrustedProxies(["10.0.0.0/8"])):
        client("192.168.0.7", proxies=proxies)
        client("10.0.0.1", "203.0.113.9", proxies=TrustedProxies(["10.0.0.0/8"]))
        assert said == []
        for _ in range(3):
            assert client("192.168.0.7", "203.0.113.9", proxies=proxies) == "192.168.0.7"
        assert [one["peer"] for one in said] == ["192.168.0.7"]
        assert "PARLEY_TRUSTED_PROXIES" in str(said.pop()["cure"])
