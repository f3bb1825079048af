-- A token that was got with another token or with an API key ends with it.
alter table integration_tokens
    add column parent uuid references integration_tokens (jti) on delete cascade,
    add column issued_key uuid references api_keys (id) on delete cascade;
create index integration_tokens_parent on integration_tokens (parent) where parent is not null;
create index integration_tokens_key on integration_tokens (issued_key) where issued_key is not null;
create index integration_tokens_acts_for on integration_tokens (acts_for, expires_at);
create index integration_token_revocations_expiry on integration_token_revocations (expires_at);

-- Guests of one visit, whom no tenant has a name for, pass.
alter table integration_subjects add column passing boolean not null default false;
update integration_subjects s set passing = true
where subject ~ '^guest:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  and not exists (
    select 1 from integration_tokens t where t.acts_for = s.user_id and 'guest:' || t.jti <> s.subject
  );
create index integration_subjects_passing on integration_subjects (created_at) where passing;
