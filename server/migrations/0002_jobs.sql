create table jobs (
  id uuid primary key,
  kind text not null,
  payload jsonb not null,
  key text,
  run_at timestamptz not null,
  created_at timestamptz not null,
  attempts int not null default 0,
  leased_until timestamptz,
  last_error text,
  failed_at timestamptz
);
create index jobs_due on jobs (run_at) where failed_at is null;
create unique index jobs_key on jobs (kind, key) where key is not null and failed_at is null;
