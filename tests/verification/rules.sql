-- Names as they are compared, and which licensed work covers which specialty: by the wording of both code lists.
create function plain(text) returns text language sql immutable return replace(lower($1), 'ё', 'е');

create function wording(text) returns text language sql immutable
return trim(regexp_replace(replace(plain(regexp_replace($1, '\([^)]*\)', ' ', 'g')), '-', ' '), '\s+', ' ', 'g'));

create table bears as
with part as (
    select code, wording(name) as words from entry where list = 'license_activities'
    union
    select code, trim(each)
    from entry, unnest(string_to_array(wording(name), ',')) as each where list = 'license_activities'
)
select distinct s.code as specialty, part.code as activity
from entry s join part on part.words in (wording(s.name), wording(s.alias))
where s.list = 'specialties';

create table covers as
select s.code as specialty, activity
from entry s
join bears on bears.specialty = case
    when exists (select from bears own where own.specialty = s.code) then s.code else s.parent end
where s.list = 'specialties';

-- Whose a licence is: of the organization that it names, else of the one with its INN and OGRN that is no branch.
create table held as
select l.*, coalesce(l.organization_oid, (
    select case when count(*) = 1 then min(o.oid) else min(o.oid) filter (where o.parent_oid is null) end
    from organization o where o.inn = l.holder_inn and o.ogrn = l.holder_ogrn)) as owner
from license l;
create index on held (owner);
create index on held (worker_snils);

create table claimed (
    place int, key text, value text, last_name text, first_name text, middle_name text, birth_date date
);
