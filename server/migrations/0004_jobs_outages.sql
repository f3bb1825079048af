-- How many of a job's attempts ended in an outage: those say nothing about the job and do not bring its end nearer.
alter table jobs add column outages int not null default 0;
