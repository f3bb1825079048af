-- Walked by plans that should have looked at one owner's rows only.
drop index search_entries_written;
