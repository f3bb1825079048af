-- XP, tokens, streaks, learning time, phonemes and quests. Ledgers are append-only and unique by source key; the tables by day
-- are sums over them, changed in the transaction that adds to a ledger, while the learner's row in `learners` is locked.

create table learners (
    user_id uuid primary key references users (id) on delete cascade,
    xp_total bigint not null default 0 check (xp_total >= 0),
    tokens integer not null default 0 check (tokens >= 0),
    booster_percent integer check (booster_percent between 100 and 1000),
    booster_ends_at timestamptz,
    check ((booster_percent is null) = (booster_ends_at is null))
);

-- `asked` points were earned, `amount` given after a booster; `day` is the local day in `zone`, the learner's at that moment.
create table xp_grants (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    source_key text not null check (length(source_key) between 1 and 200),
    kind text not null check (length(kind) between 1 and 60),
    reason text not null,
    asked integer not null check (asked > 0),
    amount integer not null check (amount > 0),
    at timestamptz not null,
    zone text not null,
    day date not null,
    unique (user_id, source_key)
);

create table xp_days (
    user_id uuid not null references users (id) on delete cascade,
    day date not null,
    xp integer not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    zone text not null,
    primary key (user_id, day)
);

create table xp_day_kinds (
    user_id uuid not null references users (id) on delete cascade,
    day date not null,
    kind text not null,
    grants integer not null,
    xp integer not null,
    primary key (user_id, day, kind)
);

create table token_entries (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    source_key text not null,
    amount integer not null check (amount <> 0),
    reason text not null,
    at timestamptz not null,
    unique (user_id, source_key)
);

create table streak_freezes (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    day date not null,
    at timestamptz not null
);
create index streak_freezes_user on streak_freezes (user_id, day);

create table learning_intervals (
    user_id uuid not null references users (id) on delete cascade,
    source_key text not null check (length(source_key) between 1 and 200),
    kind text not null check (kind in ('conversation', 'english', 'live')),
    started_at timestamptz not null,
    ended_at timestamptz not null check (ended_at > started_at),
    zone text not null,
    primary key (user_id, source_key)
);
create index learning_intervals_end on learning_intervals (user_id, ended_at);

-- Time that no interval recorded before covers: adding the days up gives the length of the union.
create table learning_days (
    user_id uuid not null references users (id) on delete cascade,
    day date not null,
    kind text not null,
    milliseconds bigint not null check (milliseconds >= 0),
    primary key (user_id, day, kind)
);

create table phoneme_logs (
    user_id uuid not null references users (id) on delete cascade,
    source_key text not null check (length(source_key) between 1 and 200),
    at timestamptz not null,
    day date not null,
    primary key (user_id, source_key)
);

create table phoneme_days (
    user_id uuid not null references users (id) on delete cascade,
    day date not null,
    phoneme text not null,
    attempts integer not null,
    total double precision not null,
    good integer not null,
    primary key (user_id, day, phoneme)
);

create table quest_days (
    user_id uuid not null references users (id) on delete cascade,
    day date not null,
    quests jsonb not null,
    completed text[] not null default '{}',
    primary key (user_id, day)
);
