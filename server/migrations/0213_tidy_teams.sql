-- Teams have the form that requests give them (`kit.typography.tidy`): composed letters, single spaces, nothing unseen.
-- One that was stored in another form could not be named any more.
create function tidied(name text) returns text language sql immutable as $$
    select normalize(btrim(regexp_replace(regexp_replace(regexp_replace(normalize(name, nfc),
        '[\u0001-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e'
        '\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]', '', 'g'),
        '(?<![\u0300-\U0010ffff])[\u200c\u200d]+', '', 'g'),
        '[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g')), nfc)
$$;
update organization_members set team = tidied(team) where team <> tidied(team) and tidied(team) <> '';
update organization_invitations set team = tidied(team) where team <> tidied(team) and tidied(team) <> '';
update organization_links set team = tidied(team) where team <> tidied(team) and tidied(team) <> '';
update assignments set team = tidied(team) where team <> tidied(team) and tidied(team) <> '';
drop function tidied(text);
