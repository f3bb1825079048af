"""Each table has one owner: only its slice reads and writes it, others ask through a port (`server/wiring` connects).

Deleting an account or an organization goes by foreign keys, a backup copies whole tables, and search is filled by
triggers (`server/migrations`); none of that names a table in Python.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import ROOT, named, ours, parsed

OWNERS = {
    "kit/": "audit_events idempotency_keys jobs",
    "api/auth/": "users auth_sessions refresh_tokens login_attempts account_links entrance guest_arrivals "
    "identities identity_attempts",
    "api/api_keys/": "api_keys",
    "api/organizations/": "organizations organization_members organization_invitations organization_links",
    "api/assignments/": "assignments assignment_members",
    "api/integration/": "integration_tokens integration_token_revocations integration_subjects tenant_keys",
    "api/webhooks/": "webhook_endpoints webhook_events webhook_deliveries webhook_attempts",
    "api/skills/": "connections connection_attempts",
    "api/conversations/": "conversations messages conversation_sessions conversation_session_intervals",
    "api/chat/": "chat_usage",
    "api/notes/": "notes",
    "api/knowledge/": "documents document_parts chunks",
    "api/search/": "search_entries search_words search_outbox search_rebuilds",
    "api/live/": "live_sessions live_intervals live_usage live_transcripts live_turns live_recordings learner_pauses",
    "api/progress/": "learners xp_grants xp_days xp_day_kinds token_entries streak_freezes quest_days learning_days "
    "learning_intervals phoneme_logs phoneme_days",
    "api/english/": "english_modules english_tasks english_submissions english_evaluations english_recordings "
    "english_sessions english_transcripts english_voiced xpi_evidence xpi_learners xpi_states review_items "
    "review_practice english_placements english_placement_answers english_own_modules",
}

ALLOWED = {
    ("api/api_keys/store.py", "users"): "the owner's role comes with the key: one statement a request",
    ("api/auth/session_store.py", "audit_events"): "where an account was opened stands among where it was signed in",
    ("api/english/xpi/ledger.py", "users"): "the account shows the level, written with the evidence for it",
    ("api/integration/store.py", "users"): "erases the accounts of a tenant's guests with what hangs on them",
    ("api/integration/store.py", "live_sessions"): "a guest who is in a session is not erased, in the same statement",
    ("api/knowledge/retrieval_store.py", "search_words"): "a mistyped word is compared with all words of the index",
    ("api/live/observer_rights.py", "users"): "who may watch is one join from the session to the observer",
    (
        "api/live/observer_rights.py",
        "organization_members",
    ): "who may watch is one join from the session to the observer",
    ("api/live/pauses.py", "users"): "nothing is kept for an account that was deleted meanwhile",
    ("api/notes/store.py", "conversations"): "the conversation is checked in the statement that writes the note",
    ("api/organizations/store.py", "users"): "members are listed by name, and locked and found by it",
    ("api/organizations/invitation_store.py", "users"): "an invitation is for an id, a name or an address",
    ("api/organizations/invitation_store.py", "integration_subjects"): "learners that the organization itself made",
    ("api/progress/store.py", "users"): "a learner's wallet is locked and read with the time zone of the account",
    ("api/search/store.py", "conversations"): "the index is rebuilt and compared with what it is made from",
    ("api/search/store.py", "messages"): "the index is rebuilt and compared with what it is made from",
    ("api/search/store.py", "notes"): "the index is rebuilt and compared with what it is made from",
}
"""Statements over the tables of two slices, with the reason why no port is between them."""

_OWNER = {table: slice_ for slice_, tables in OWNERS.items() for table in tables.split()}
_SQL = re.compile(r"\b(?:select|insert into|update|delete from|with|truncate|join)\b", re.IGNORECASE)
_NAMES = re.compile(
    r"\b(?:from|join|into|update|using|table|truncate)\s+(?:only\s+)?((?:[a-z_]+)(?:\s+(?:as\s+)?[a-z_]+)?"
    r"(?:\s*,\s*[a-z_]+(?:\s+(?:as\s+)?[a-z_]+)?)*)",
    re.IGNORECASE,
)


def unowned() -> set[str]:
    """Tables of the migrations that are on nobody's list, and the other way round."""
    made = "\n".join(path.read_text() for path in sorted((ROOT / "server/migrations").glob("*.sql")))
    tables = set(re.findall(r"create table (?:if not exists )?(\w+)", made, re.IGNORECASE))
    return (tables - set(re.findall(r"drop table (?:if exists )?(\w+)", made, re.IGNORECASE))) ^ _OWNER.keys()


def reached_into() -> set[tuple[str, str]]:
    """(file, table) where SQL names a table of another slice without a reason, or a reason is no longer needed."""
    found = {
        (named(path), table) for path in ours() for table in _tables(path) if not named(path).startswith(_OWNER[table])
    }
    return found ^ ALLOWED.keys()


def _tables(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.search(node.value):
            for listed in _NAMES.findall(node.value):
                yield from (one.split()[0] for one in listed.split(",") if one.split()[0] in _OWNER)
