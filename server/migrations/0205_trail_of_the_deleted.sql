-- Deleting an account looks up what was done to it, and the answers kept for it.
create index audit_events_target on audit_events (target_id);
create index idempotency_keys_owner on idempotency_keys (owner text_pattern_ops);
