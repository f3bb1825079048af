-- Documents, their bytes, and the passages that retrieval looks at.

-- Exact vector search uses pgvector where the server has it. Without it vectors only re-order what words have found.
do $$
begin
    create extension if not exists vector;
exception when others then
    raise notice 'pgvector is not available: %', sqlerrm;
end
$$;

create table documents (
    id uuid primary key,
    owner_id uuid not null references users (id) on delete cascade,
    visibility text not null check (visibility in ('private', 'organization')),
    organization_id uuid,
    conversation_id uuid references conversations (id) on delete cascade,
    title text not null,
    filename text not null,
    media_type text not null,
    size_bytes bigint not null,
    sha256 bytea not null,
    status text not null check (status in ('processing', 'ready', 'failed')),
    error text,
    chunks integer not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (visibility = 'private' or (organization_id is not null and conversation_id is null))
);
create index documents_owner on documents (owner_id, id);
create index documents_organization on documents (organization_id, id) where organization_id is not null;
create index documents_conversation on documents (conversation_id) where conversation_id is not null;

-- The file as it came, in pieces: no large value crosses the wire at once, and every node can read it.
create table document_parts (
    document_id uuid not null references documents (id) on delete cascade,
    number integer not null,
    content bytea not null,
    primary key (document_id, number)
);
alter table document_parts alter column content set storage external;

-- "heading" is the path of headings above the passage, "page" counts from 1 where the file has pages.
create table chunks (
    id uuid primary key,
    document_id uuid not null references documents (id) on delete cascade,
    number integer not null,
    heading text not null,
    page integer,
    content text not null,
    words integer not null,
    lexemes tsvector not null,
    embedder text not null,
    embedding real[] not null,
    unique (document_id, number)
);
create index chunks_lexemes on chunks using gin (lexemes);
create index chunks_embedder on chunks (embedder);
