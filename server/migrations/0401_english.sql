-- Where a learner stands in the modules (their content is in files), what was handed in, learning sessions, evaluations and sound.

create table english_modules (
    user_id uuid not null references users (id) on delete cascade,
    module_id text not null,
    started_at timestamptz not null,
    completed_at timestamptz,
    score integer,
    primary key (user_id, module_id)
);

create table english_tasks (
    user_id uuid not null references users (id) on delete cascade,
    module_id text not null,
    task_id text not null,
    variant integer not null default 1,
    attempts integer not null default 0,
    best_score integer,
    primary key (user_id, module_id, task_id)
);

create table english_sessions (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    module_id text,
    kind text not null,
    started_at timestamptz not null,
    active_at timestamptz not null,
    ended_at timestamptz,
    tasks_done integer not null default 0,
    xp_awarded integer not null default 0
);
create index english_sessions_user on english_sessions (user_id, started_at);
create index english_sessions_open on english_sessions (active_at) where ended_at is null;

-- `fingerprint` tells the same response to the same variant; `answer` is the response given to the client, for repeats.
create table english_submissions (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    module_id text not null,
    task_id text not null,
    variant integer not null,
    skill text not null,
    score integer not null,
    xp_awarded integer not null,
    fingerprint text not null,
    session_id uuid references english_sessions (id) on delete set null,
    response jsonb not null,
    answer jsonb not null,
    created_at timestamptz not null
);
create index english_submissions_recent on english_submissions (user_id, created_at desc);
create index english_submissions_task on english_submissions (user_id, module_id, task_id, created_at desc);

create table english_transcripts (
    id uuid primary key,
    session_id uuid not null references english_sessions (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    role text not null check (role in ('user', 'ai')),
    text text not null,
    spoken_at timestamptz not null,
    pronunciation jsonb
);
create index english_transcripts_session on english_transcripts (session_id, spoken_at, id);

-- For speech the id is the `audio_id` by which a task is handed in. `reference_text` is what the learner meant to read.
create table english_evaluations (
    id uuid primary key,
    user_id uuid not null references users (id) on delete cascade,
    skill text not null,
    module_id text,
    task_id text,
    variant integer,
    reference_text text,
    transcript text,
    seconds double precision not null default 0,
    answer jsonb not null,
    created_at timestamptz not null
);
create index english_evaluations_user on english_evaluations (user_id, created_at);

-- Recordings are here only with the learner's consent. Opus in Ogg, re-encoded, so nothing but the sound is kept.
create table english_recordings (
    id uuid primary key references english_evaluations (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    media_type text not null,
    content bytea not null,
    seconds double precision not null,
    created_at timestamptz not null
);

-- Listening texts spoken by the configured voice, once for each voice and text.
create table english_voiced (
    id uuid primary key,
    media_type text not null,
    content bytea not null,
    created_at timestamptz not null
);
