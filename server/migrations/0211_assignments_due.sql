-- Whether it was announced that an assignment is due. What was due before nobody could ask for counts as announced.
alter table assignments add column announced_at timestamptz;
update assignments set announced_at = due_at where due_at <= now();
create index assignments_unannounced on assignments (due_at, id) where announced_at is null;
