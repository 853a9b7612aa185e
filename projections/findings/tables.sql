-- Findings: what contradicts itself, a code list or another registry. They stand in the projection's schema and are made with it.
-- Keys and indexes come after the first filling: indexes.sql.
create table finding (
    id uuid not null,                        -- of seed, rule and record: the same finding keeps it, nobody can work it out
    rule text collate "C" not null,
    severity smallint not null,              -- 1 critical, 2 major, 3 minor
    owner "char" not null,                   -- by whose key it is kept: P person, O organization, L licence
    noun text collate "C" not null,          -- the record that it is about, and its registry's key: an organization's OID
    record text collate "C" not null,
    person bigint,                           -- of owner P: whom it is about
    worker_id uuid,                          -- his record; null: the worker registry does not have him
    organization bigint,                     -- whom it concerns: of owner P the employer, of L the holder
    license_id uuid,                         -- of owner L
    region_code text collate "C",
    since date,                              -- from which day on, as far as the records tell
    evidence jsonb not null,                 -- [registry, noun, key, field, value, whose worker's]: the last where it is another's
    found_at timestamptz not null default now()
);
create table finding_event (
    number bigint not null generated always as identity,
    at timestamptz not null default now(),
    opened boolean not null,                 -- or closed
    id uuid not null,
    rule text collate "C" not null,
    severity smallint not null,
    owner "char" not null,
    person bigint,
    worker_id uuid,
    organization bigint,
    region_code text collate "C"
);
create table practising (position_code text collate "C" primary key);  -- positions that are not filled without a credential
