-- The proficiency index: evidence in the order it came (seq), with the state that it led to; and spaced repetition.

create table xpi_evidence (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    seq integer not null,
    source_key text not null check (length(source_key) between 1 and 200),
    skill text not null,
    level text not null,
    score double precision not null,
    weight double precision not null,
    at timestamptz not null,
    reason text not null,
    xpi integer not null,
    delta integer not null,
    formula_version text not null,
    unique (user_id, source_key),
    unique (user_id, seq)
);
create index xpi_evidence_time on xpi_evidence (user_id, at, id);

create table xpi_states (
    user_id uuid not null references users (id) on delete cascade,
    skill text not null,
    ability double precision not null,
    weight double precision not null,
    fresh double precision not null,
    samples integer not null,
    last_at timestamptz not null,
    primary key (user_id, skill)
);

-- One row a learner: the lock under which evidence and practice are added, and the last number given out.
create table xpi_learners (
    user_id uuid primary key references users (id) on delete cascade,
    seq integer not null default 0
);

create table review_items (
    user_id uuid not null references users (id) on delete cascade,
    kind text not null check (kind in ('phoneme', 'word', 'error')),
    item text not null check (length(item) between 1 and 120),
    half_life double precision not null,
    practised_at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null,
    lapses integer not null,
    primary key (user_id, kind, item)
);
create index review_items_due on review_items (user_id, due_at);

create table review_practice (
    user_id uuid not null references users (id) on delete cascade,
    source_key text not null check (length(source_key) between 1 and 300),
    kind text not null,
    item text not null,
    "right" boolean not null,
    at timestamptz not null,
    primary key (user_id, source_key, kind, item)
);
