"""The scopes that an API key or an integration token can hold."""

ALL: tuple[str, ...] = (
    "conversations:read",
    "conversations:write",
    "rag:read",
    "rag:write",
    "quiz:read",
    "quiz:write",
    "live:read",
    "live:write",
    "organizations:read",
    "organizations:write",
    "integrations:read",
    "integrations:write",
    "xel:read",
    "xel:write",
    "xp:read",
    "webhooks:read",
    "webhooks:write",
    "api:read",
    "api:write",
    "api:admin",
)

NOT_FOR_TOKENS = frozenset({"api:admin", "webhooks:read", "webhooks:write"})
"""No integration token gets these: a page in a learner's browser holds it, and a webhook outlives it."""
