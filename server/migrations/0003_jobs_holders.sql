-- Who has a job now, whose it is, and whether it was wanted again while it ran.

-- "holder" is made anew each time that a job is taken: only who has it may renew, delete or fail it. "owner" is whom it
-- serves: owners take turns. "again": enqueued once more under its key while it ran; it runs once more, then.
alter table jobs add column holder uuid, add column owner text, add column again boolean not null default false;
create index jobs_leased on jobs (leased_until) where leased_until is not null;
