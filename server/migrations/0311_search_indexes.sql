-- The newest of one kind of one owner, and the newest of all.
create index search_entries_newest on search_entries (owner_id, kind, written_at desc);
drop index search_entries_owner;
create index search_entries_written on search_entries (written_at);
