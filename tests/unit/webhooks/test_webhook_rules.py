"""Addresses, waits and limits of webhooks."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from api.webhooks import rules, signing
from api.webhooks.models import Outcome

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def outcome(status: int | None = 500) -> Outcome:
    return Outcome(NOW, status, "refused", 10)


def test_delays_grow_and_last_about_a_day() -> None:
    delays = [rules.delay(n, 0.5) for n in range(1, len(rules.DELAYS) + 1)]
    assert all(delays) and delays == sorted(delays, key=lambda one: one or timedelta(0))
    whole = sum((one for one in delays if one is not None), timedelta(0))
    assert timedelta(hours=22) < whole < timedelta(hours=26)
    assert rules.delay(len(rules.DELAYS) + 1, 0.5) is None


def test_chance_spreads_them_and_a_wish_is_kept_up_to_an_hour() -> None:
    low, high = rules.delay(3, 0), rules.delay(3, 1)
    assert (low, high) == (timedelta(seconds=240), timedelta(seconds=360))
    assert rules.delay(1, 0.5, wished=120) == timedelta(seconds=120)
    assert rules.delay(1, 0.5, wished=10**6) == timedelta(hours=1)
    assert rules.delay(5, 0.5, wished=1) == timedelta(hours=2)


def test_what_disables_an_endpoint() -> None:
    long = NOW - rules.LONG_FAILURE
    assert rules.disabling(outcome(), is_dead=True, failing_since=long) == "failing"
    assert rules.disabling(outcome(), is_dead=False, failing_since=long) is None
    assert rules.disabling(outcome(), is_dead=True, failing_since=long + timedelta(seconds=1)) is None
    assert rules.disabling(outcome(), is_dead=True, failing_since=None) is None
    assert rules.disabling(outcome(410), is_dead=True, failing_since=None) == "gone"
    assert rules.is_given_up(outcome(410), 1) and not rules.is_given_up(outcome(404), 1)


def test_the_reference_reader_accepts_the_signatures_of_both_secrets_and_no_changed_part() -> None:
    old, new = signing.new_secret(), signing.new_secret()
    body, at = b'{"type":"session.ended"}', int(datetime.now(UTC).timestamp())
    headers = signing.headers("0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f92", at, body, [new, old])
    for secret in (old, new):
        assert Webhook(secret).verify(body, headers) == {"type": "session.ended"}
    for wrong in (
        {"webhook-id": "0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f93"},
        {"webhook-timestamp": str(at + 1)},
        {"webhook-signature": "v1," + base64.b64encode(b"x" * 32).decode()},
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(old).verify(body, {**headers, **wrong})
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(body + b" ", headers)


def test_the_example_of_the_specification() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = signing.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, [secret])
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
