-- What callers keep in Svod: searches, each under a name that its owner gave it.

create schema cabinet;

-- The owner is a hash of the token's issuer and subject: a subject may be a person's number or address. It is
-- no secret from whoever reads the whole database, for he has the seed too and can try subjects.
create table cabinet.seed (
    single boolean primary key default true check (single),
    seed   bytea not null
);
insert into cabinet.seed (seed) values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

create function cabinet.owner(who text) returns bytea language sql stable as
    'select sha256(seed || convert_to(who, ''UTF8'')) from cabinet.seed';

create table cabinet.saved_search (
    id         uuid primary key,
    owner      bytea       not null,
    name       text        not null,
    root       text        not null check (root in ('WORKER', 'ORGANIZATION', 'LICENSE', 'CREDENTIAL')),
    asked      jsonb       not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (owner, name)
);
comment on column cabinet.saved_search.asked is
    'The arguments of the root, query, where and orderBy, as JSON of the schema''s input types.';
