-- What learners said, for sessions whose owner asked for it: pieces of FLAC (16 kHz, mono) in order of the session's
-- audio clock. Pieces of two nodes may overlap; they are the same sound there.

create table live_recordings (
    session_id uuid not null references live_sessions (id) on delete cascade,
    start_sample bigint not null check (start_sample >= 0),
    samples int not null check (samples > 0),
    flac bytea not null,
    recorded_at timestamptz not null,
    primary key (session_id, start_sample)
);
create index live_recordings_age on live_recordings (recorded_at);
