-- Which documents a reader may see: the one place that says so, used inside every statement that retrieves.

-- "inside" is the organization that an API key acts in (null for a person: all memberships); "conversation" adds the
-- documents of one conversation of the reader's.
create function documents_seen_by(reader uuid, inside uuid, conversation uuid) returns setof documents
language sql stable as $$
    select d.* from documents d
    where (d.conversation_id is null and d.owner_id = reader)
        or (d.conversation_id = conversation and d.owner_id = reader)
        or (
            d.visibility = 'organization' and (inside is null or d.organization_id = inside)
            and exists (
                select from organization_members m where m.organization_id = d.organization_id and m.user_id = reader
            )
        )
$$;

-- Documents whose passages carry vectors of another model are found by this.
drop index chunks_embedder;
create index chunks_embedder on chunks (embedder, id);
