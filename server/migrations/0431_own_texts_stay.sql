-- A module that was made of a text is the organization's: it stays when the account of who made it is deleted. Its sound goes with it.

alter table english_own_modules alter column owner_id drop not null;
alter table english_own_modules drop constraint english_own_modules_owner_id_fkey;
alter table english_own_modules add constraint english_own_modules_owner
    foreign key (owner_id) references users (id) on delete set null;

alter table english_voiced add column module_id text references english_own_modules (id) on delete cascade;
create index english_voiced_module on english_voiced (module_id) where module_id is not null;
