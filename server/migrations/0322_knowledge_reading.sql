-- Who reads a document at the moment. A reading that began later takes over: the one before can no longer write.
alter table documents add column reading uuid;
