-- Since when a member has been in their team: null as long as they are in the one in which they joined.
alter table organization_members add column team_since timestamptz;
