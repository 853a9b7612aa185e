-- The journal of what was released: one chain for all replicas, written through journal.append alone.

create schema journal;

create table journal.entry (
    number   bigint primary key,
    previous bytea  not null,
    hash     bytea  not null,
    body     text   not null
);
comment on table journal.entry is
    'One answer that released or refused something personal. body is the text that is hashed, to the byte.';

-- By these entries are found. Made of the body itself, so that no index can say something else than it does.
create index entry_at on journal.entry (((body::jsonb) ->> 'at') collate "C", number);
create index entry_actor on journal.entry (((body::jsonb) ->> 'actor'), number);
create index entry_request on journal.entry (((body::jsonb) ->> 'request'));
create index entry_released on journal.entry using gin (((body::jsonb) -> 'released') jsonb_path_ops);

-- Where the chain starts: behind entry 0, or behind the last entry that was archived and taken out.
create table journal.start (
    single boolean primary key default true check (single),
    number bigint not null,
    hash   bytea  not null
);
insert into journal.start (number, hash) values (0, decode(repeat('00', 32), 'hex'));

create function journal.refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is only ever added to' using errcode = 'insufficient_privilege';
end $$;

create trigger only_added_to before update or delete on journal.entry
    for each row execute function journal.refuse();
create trigger never_emptied before truncate on journal.entry
    for each statement execute function journal.refuse();

-- Adds entries behind the newest one, in their order, and gives its number and hash. The lock is held until
-- the transaction has ended, so there is one chain however many write; the newest entry is looked up in a
-- statement of its own, which therefore sees what the last holder of the lock has committed.
-- The layout of what is hashed has a version, its first byte: 01, the hash before, the number, the body.
create function journal.append(bodies text[], out last_number bigint, out last_hash bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    body text;
    before bytea;
begin
    perform pg_advisory_xact_lock(6003116867121840742);
    select number, hash into last_number, last_hash from journal.entry order by number desc limit 1;
    if not found then
        select number, hash into strict last_number, last_hash from journal.start;
    end if;
    foreach body in array bodies loop
        before := last_hash;
        last_number := last_number + 1;
        last_hash := sha256('\x01'::bytea || before || int8send(last_number) || convert_to(body, 'UTF8'));
        insert into journal.entry (number, previous, hash, body) values (last_number, before, last_hash, body);
    end loop;
end $$;
revoke all on function journal.append(text[]) from public;
