-- What the registries' rows say together on one day, in plain SQL. `today()` is made beside this file.
-- Written after the contract of the search and docs/adr/0006, apart from the projection.

create function plain(text) returns text language sql immutable return replace(lower($1), 'ё', 'е');

create function lasts(employment) returns boolean language sql stable
return $1.started_on <= today() and ($1.ended_on is null or $1.ended_on >= today());

create function lasts(credential) returns boolean language sql stable
return $1.status in ('ACTIVE', 'RENEWING') and $1.issued_on <= today() and $1.valid_until >= today();

create function lasts(category) returns boolean language sql stable
return $1.assigned_on <= today() and $1.valid_until >= today();

create function lasts(license) returns boolean language sql stable
return $1.status = 'ACTIVE' and $1.issued_on <= today() and ($1.valid_until is null or $1.valid_until >= today());

create function lasts(restriction) returns boolean language sql stable
return $1.imposed_on <= today() and ($1.lifted_on is null or $1.lifted_on > today());

-- Whose a licence is: of the organization whose OID the registry states, whether it is there or not; else of
-- the only one with the holder's INN and OGRN, or of the one among them that is no branch.
create materialized view license_owner as
select l.id, coalesce(l.organization_oid, (
    select case when count(*) = 1 then min(o.oid) else min(o.oid) filter (where o.parent_oid is null) end
    from organization o where o.inn = l.holder_inn and o.ogrn = l.holder_ogrn)) as oid
from license l;

-- The code lists: (dictionary, code, name, alias, parent) stand in `entry`.
create materialized view ranked as
select dictionary, code, dense_rank() over (partition by dictionary order by plain(name) collate "C") as rank
from entry;

-- Which licensed work covers which specialty, by the wording of both lists.
create function wording(text) returns text language sql immutable
return trim(regexp_replace(replace(plain(regexp_replace($1, '\([^)]*\)', ' ', 'g')), '-', ' '), '\s+', ' ', 'g'));

create view work as
select code, wording(name) as wording from entry where dictionary = 'license_activities'
union
select code, trim(part) from entry, regexp_split_to_table(wording(name), ',') as part
where dictionary = 'license_activities';

create materialized view bearing as
select s.code as specialty_code, work.code as activity_code
from entry s join work on work.wording in (wording(s.name), wording(s.alias))
where s.dictionary = 'specialties';

create materialized view covering as
select * from bearing
union all
select s.code, b.activity_code
from entry s join bearing b on b.specialty_code = s.parent
where s.dictionary = 'specialties' and not exists (select from bearing own where own.specialty_code = s.code);

-- One row a licence, with its owner.
create materialized view owned as
select l.*, w.oid as owner, lasts(l) as in_force from license l join license_owner w on w.id = l.id;
create index on owned (owner);
create index on owned (worker_snils);
create index on owned (id);

-- What an organization that leads nowhere was allowed counts for nothing.
create materialized view allowed_work as
select g.oid as owner, o.worker_snils, a.activity_code
from owned o join license_activity a on a.license_id = o.id left join organization g on g.oid = o.owner
where o.in_force and not a.suspended;
create index on allowed_work (owner);
create index on allowed_work (worker_snils);

-- The licences under which somebody works now: his own, and those of whoever employs him.
create materialized view under as
select w.id as worker_id, l.id as license_id from worker w join owned l on l.worker_snils = w.snils
union
select w.id, l.id
from worker w join employment e on e.worker_id = w.id and lasts(e) join owned l on l.owner = e.organization_oid;
create index on under (worker_id, license_id);

-- One row an organization.
create materialized view of_organization as
select o.oid,
    (select count(distinct e.worker_id) from employment e where e.organization_oid = o.oid and lasts(e)) as staff,
    exists (select from owned l where l.owner = o.oid and l.in_force) as licensed,
    (select min(l.valid_until) from owned l where l.owner = o.oid and l.in_force) as license_until
from organization o;
create index on of_organization (oid);

-- What decides the right to practise, each question by itself.
create view practice as
select w.id, w.status,
    exists (select from restriction r
            where r.worker_id = w.id and r.kind in ('PRACTICE_BAN', 'SUSPENSION') and lasts(r)) as banned,
    exists (select from credential c where c.worker_snils = w.snils and lasts(c)) as certified,
    exists (select from employment e where e.worker_id = w.id and lasts(e))
        or exists (select from license l where l.worker_snils = w.snils) as placed,
    exists (
        select from credential c, allowed_work a
        where c.worker_snils = w.snils and lasts(c)
            and (a.worker_snils = w.snils
                or a.owner in (select e.organization_oid from employment e where e.worker_id = w.id and lasts(e)))
            and (not exists (select from covering v where v.specialty_code = c.specialty_code)
                or exists (select from covering v
                    where v.specialty_code = c.specialty_code and v.activity_code = a.activity_code))
    ) as covered
from worker w;

create materialized view worked_out as
select w.id,
    e.organization_oid, e.position_code, c.specialty_code,
    (select min(c.valid_until) from credential c where c.worker_snils = w.snils and lasts(c)) as nearest_expiry,
    (select max(case k.category when 'SECOND' then 1 when 'FIRST' then 2 when 'HIGHEST' then 3 end)
        from category k where k.worker_snils = w.snils and lasts(k)) as category,
    array_remove(array[
        case when p.status <> 'ACTIVE' then 'RECORD_NOT_ACTIVE' end,
        case when p.banned then 'PRACTICE_BAN' end,
        case when not p.certified then 'NO_VALID_CREDENTIAL' end,
        case when not p.placed then 'NOT_EMPLOYED' end,
        case when p.certified and p.placed and not p.covered then 'EMPLOYER_NOT_LICENSED' end], null) as reasons
from worker w
join practice p on p.id = w.id
left join lateral (
    select * from employment e where e.worker_id = w.id and lasts(e)
    order by (e.kind = 'MAIN') desc, e.started_on, e.id limit 1) e on true
left join lateral (
    select * from credential c where c.worker_snils = w.snils and lasts(c)
    order by c.valid_until desc, c.number collate "C" limit 1) c on true;

-- The same as a table, so that a proof of the rights may put other reasons into it.
create table of_worker as select * from worked_out;
create index on of_worker (id);
