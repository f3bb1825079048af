-- Placements: a learner has at most one open. `seen` are the questions of earlier ones, so that the answers alone decide what follows.
-- `level` and `result` are there once it is done.

create table english_placements (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    attempt integer not null,
    status text not null check (status in ('open', 'done', 'skipped')),
    without text[] not null default '{}',
    seen text[] not null default '{}',
    item_id text,
    level text,
    result jsonb,
    started_at timestamptz not null,
    ended_at timestamptz
);
create unique index english_placements_open on english_placements (user_id) where status = 'open';
create index english_placements_user on english_placements (user_id, started_at);

-- `share` is what was right of it, 0 to 1; `response` what the learner chose or wrote, none for speech.
create table english_placement_answers (
    placement_id uuid not null references english_placements (id) on delete cascade,
    number integer not null,
    item_id text not null,
    share double precision not null,
    response text,
    answered_at timestamptz not null,
    primary key (placement_id, number)
);
