-- Guests are counted where deleting their accounts does not reach. `place` is the hash of an address or an IPv6 network.
create table guest_arrivals (
    place bytea not null,
    at timestamptz not null
);
create index guest_arrivals_place on guest_arrivals (place, at);
create index guest_arrivals_at on guest_arrivals (at);
drop index audit_events_guests;
