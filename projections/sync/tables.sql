-- The projection: columns of four registries by which searches filter and sort. Made anew when this file changes.
-- Every table stands in one schema (`projection`; while it is rebuilt `projection_next`), so nothing here names it.
-- `person`: hashtextextended(snils, seed), the seed is in `about`. No SNILS is kept. `organization`: hashtextextended(oid, 0).
-- A last day that is not there is 'infinity' in employment and restriction; licences without term keep null.
-- Keys and indexes are made after the first filling: indexes.sql.

-- As searches compare names: lower case, ё as е.
create function plain(given text) returns text language sql immutable parallel safe
    return translate(lower(given collate "default"), 'ё', 'е');

-- The words of a text, runs of letters and digits, with a space between them.
create function runs(given text) returns text language sql immutable parallel safe
    return btrim(regexp_replace(translate(lower(given collate "default"), 'ё', 'е'), '[^[:alnum:]]+', ' ', 'g'));

-- Words as lexemes of a kind, each with a space before it: `l:васильев`, and without its hard and soft signs `L:василев`.
create function lexemes(words text, kind text) returns text language sql immutable parallel safe
    return case when words is null or words = '' then '' else
        replace(' ' || words, ' ', ' ' || kind || ':')
        || case when translate(words, 'ьъ', '') = words then '' else translate(
            replace(regexp_replace(' ' || words, ' ([ьъ]+|[^ьъ ]+)(?= |$)', '', 'g'), ' ', ' ' || upper(kind) || ':'), 'ьъ', ''
        ) end
    end;

-- The words of a number as lexemes `n:041`, each with a space before it.
create function numbers(given text) returns text language sql immutable parallel safe
    return coalesce(replace(' ' || nullif(runs(given), ''), ' ', ' n:'), '');

-- Lexemes, each with a space before it, as what is searched.
create function searched(lexemes text) returns tsvector language sql immutable parallel safe
    return array_to_tsvector(string_to_array(substr(lexemes, 2), ' '));

create table about (
    fingerprint text not null,           -- of these files, of what is copied and of the code lists
    seed bigint not null,
    day date not null,                   -- the day for which derived facts hold
    built_at timestamptz                 -- null until it is whole
);
create table position (
    registry text primary key,           -- WORKERS, ORGANIZATIONS, LICENSES, QUALIFICATIONS
    origin text not null,                -- which database it was copied from
    revision bigint not null,            -- everything up to it is here
    as_of timestamptz not null           -- the moment up to which everything of the registry is here
);
create table name (
    dictionary text, code text collate "C", name text, rank smallint,
    lexemes text not null,               -- its words, as lexemes of those who bear the code
    part text,                           -- what it is a part of: of a region its federal district, of a position its group
    words tsvector not null generated always as (searched(lexemes)) stored,
    primary key (dictionary, code)
);
create table coverage (specialty_code text collate "C", activity_code text collate "C", primary key (specialty_code, activity_code));

create table organization (
    organization bigint not null,
    oid text collate "C" not null,
    parent bigint,
    legal_form text not null,
    inn text collate "C",                -- of legal entities alone
    holder bigint not null,              -- hashtextextended(inn || '/' || ogrn, seed)
    kind_code text collate "C" not null,
    ownership text collate "C" not null,
    region_code text collate "C" not null,
    status text collate "C" not null,
    registered_on date not null,
    closed_on date,
    full_name text not null,
    short_name text not null,
    faults smallint not null,            -- numbers that are wrong: 1 INN, 2 OGRN
    revision bigint not null,
    -- derived
    name_key text collate "C",           -- short name, lower case, ё as е
    region_rank smallint, kind_rank smallint,
    staff integer,                       -- people employed now
    works text[] collate "C",                    -- activity codes that its licences in force allow, sorted
    licensed boolean,                    -- a licence is in force
    license_until date,                  -- nearest last day of its licences in force
    words tsvector,                      -- n: of oid and inn; w, W: of its names
    lexemes text,                        -- words of its names, as lexemes of its people
    next_change date                     -- the day on which what is derived changes by itself
);
create table staffing_unit (
    id uuid not null, organization bigint not null, department_id uuid, position_code text collate "C" not null,
    posts numeric(6,2) not null, revision bigint not null
);
create table license (
    id uuid not null,
    number text collate "C" not null,
    old_number text collate "C",
    holder_kind text collate "C" not null,
    holder_inn text collate "C",         -- of 10 digits alone
    holder bigint not null,
    holder_name text not null,
    stated bigint,                       -- the organization whose OID the registry states
    person bigint,
    region_code text collate "C" not null,
    issued_on date not null,
    valid_until date,
    suspended_on date,
    terminated_on date,
    status text collate "C" not null,
    faults smallint not null,            -- numbers that are wrong: 1 number, 2 old number, 4 INN, 8 OGRN of the holder
    revision bigint not null,
    -- derived
    organization bigint,                 -- stated, or by holder: the only one, else the one without a parent
    holder_key text collate "C",
    region_rank smallint,
    words tsvector                       -- n: of its numbers; w, W: of the holder's name
);
create table activity (
    id uuid not null, license_id uuid not null, activity_code text collate "C" not null, care_kind text collate "C" not null,
    suspended boolean not null, revision bigint not null
);
create table worker (
    id uuid not null,
    person bigint not null,
    registry_number text collate "C" not null,
    last_name text not null, first_name text not null, middle_name text,
    sex text collate "C" not null,
    birth_date date not null,
    region_code text collate "C" not null,
    status text collate "C" not null,
    registered_on date not null,
    faults smallint not null,            -- numbers that are wrong: 1 SNILS, 2 INN
    revision bigint not null,
    slot integer not null generated by default as identity (minvalue 0 start 0),  -- his place in the sets; once given, it stays
    -- derived
    name_key text collate "C",           -- surname first name patronymic, lower case, ё as е
    region_rank smallint,                -- rank of the name in its dictionary; null: unknown to it
    organization bigint,                 -- main employer now: MAIN first, then the earliest start, then id
    organization_name text collate "C",  -- its name_key
    position_code text collate "C", position_rank smallint,      -- of that employment
    specialty_code text collate "C", specialty_rank smallint,    -- of the credential in force that lasts longest (then number)
    nearest_expiry date,                 -- first last day among credentials in force
    category smallint,                   -- best category in force: 1 second, 2 first, 3 highest
    positions text[] collate "C", specialties text[] collate "C", organizations bigint[],   -- of employments now; of credentials in force; employers now: distinct, sorted
    graded text[] collate "C",           -- specialties of categories in force: distinct, sorted
    kinds text[] collate "C", employer_regions text[] collate "C", ownerships text[] collate "C",  -- of employers now; E'\x1e': of one unknown
    allowed boolean, reasons smallint,   -- eligibility on about.day; a bit per EligibilityReason, in its order
    words tsvector,                      -- l, L: surname; f, F, i: first name, patronymic; n: number; w, W: positions, specialties, employers
    next_change date
);
create table employment (
    id uuid not null, worker_id uuid not null, person bigint not null, organization bigint not null, department_id uuid,
    position_code text collate "C" not null, kind text collate "C" not null, rate numeric(4,2) not null,
    started_on date not null, ended_on date not null, revision bigint not null
);
create table restriction (
    id uuid not null, worker_id uuid not null, person bigint not null, kind text collate "C" not null,
    imposed_on date not null, lifted_on date not null, revision bigint not null
);
create table education (
    id uuid not null, person bigint not null, kind_code text collate "C" not null, specialty_code text collate "C" not null,
    finished_year smallint, is_foreign boolean not null, verified boolean not null, issued_on date not null, revision bigint not null
);
create table credential (
    id uuid not null, person bigint not null, kind text collate "C" not null, specialty_code text collate "C" not null,
    position_code text collate "C", number text collate "C" not null, issued_on date not null, valid_until date not null,
    status text collate "C" not null, revision bigint not null,
    words tsvector not null generated always as (searched(numbers(number))) stored
);
create table category (
    id uuid not null, person bigint not null, category text collate "C" not null, specialty_code text collate "C" not null,
    assigned_on date not null, valid_until date not null, revision bigint not null
);
create table training (
    id uuid not null, person bigint not null, specialty_code text collate "C" not null, hours integer not null,
    credits integer not null, planned_on date, completed_on date, revision bigint not null
);
create table staff (                     -- the employments of about.day, with all that aggregates count them by
    -- What is counted by most stands first, so that little of a row is looked at; lists stand last.
    person bigint not null, organization bigint not null,
    repeats bigint not null,             -- bits: the sets of facts in which an earlier one of his, by id, is like it
    birth_date date not null,
    rate integer not null,               -- in hundredths
    active smallint not null, renewing smallint not null, expired smallint not null, revoked smallint not null, -- credentials
    alone boolean not null,              -- he has no other one on that day
    head boolean not null,               -- the first of his, by id: whoever counts people counts these
    allowed boolean not null,            -- as in worker; so are category and, but for the null, specialties
    category smallint,
    region_code text collate "C" not null, sex text collate "C" not null,
    organization_kind text collate "C", ownership text collate "C", -- null: unknown
    federal_district text collate "C", position_group text collate "C", -- of the region, of the position; null: in no list
    kind text collate "C" not null, position_code text collate "C" not null,
    organization_region text collate "C", department_id uuid,
    id uuid not null,                    -- of the employment
    specialties text[] collate "C" not null,  -- null in it: he has none
    -- the credentials one by one: each place is one of them
    held_specialties text[] collate "C" not null, held_years smallint[] not null, held_statuses text[] collate "C" not null
);
create table post (                      -- what is planned of a position in an organization, and occupied on about.day
    organization bigint not null, position_code text collate "C" not null,
    posts integer not null, taken integer not null  -- in hundredths
);
create table surname (                   -- every word of a surname that is there, or was
    word text collate "C" primary key,
    variants text[] not null             -- itself, with and without hard and soft signs, and each without any one letter
);
create table word (                      -- every lexeme that workers have, or had; of numbers, `n:`, the letters alone with which a word begins
    lexeme text collate "C" primary key
);
