-- How long a learner's silences inside a turn were lately, so that the next session knows their patience.
create table learner_pauses (
    user_id uuid primary key references users (id) on delete cascade,
    pauses int[] not null,
    updated_at timestamptz not null
);
