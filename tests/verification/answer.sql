-- What should be found for claims, over all four registries in one database. Written after docs/verification.md
-- and docs/adr/0006, apart from the gateway's code. `claimed` holds the claims, `entry` the code lists;
-- $1 the day asked for, $2 today, $3 of whom the caller may know what is not public: all, staff, self or none;
-- $4 the organizations of his token, $5 his own SNILS.
with reached as (
    select oid from organization where oid = any ($4::text[]) and status <> 'LIQUIDATED'
    union
    select branch.oid from organization branch join organization whole on whole.oid = branch.parent_oid
    where whole.oid = any ($4::text[]) and whole.status <> 'LIQUIDATED' and branch.status <> 'LIQUIDATED'
), sight as (
    select w.snils from worker w
    where case $3
        when 'all' then true
        when 'self' then w.snils = $5
        when 'staff' then exists (
            select from employment e
            where e.worker_id = w.id and e.organization_oid in (select oid from reached)
                and $2::date between e.started_on and coalesce(e.ended_on, 'infinity'))
        else false end
), lead as (
    select c.*,
        w.number is not null or s.snils is not null or q.number is not null or l.number is not null as found,
        coalesce(w.number, q.number, l.number) as own_number,
        coalesce(w.snils, s.snils, q.worker_snils, l.worker_snils) as person,
        l.holder_kind
    from claimed c
    left join (select registry_number as number, snils from worker) w
        on c.key = 'REGISTRY_NUMBER' and w.number = c.value
    left join sight s on c.key = 'SNILS' and s.snils = c.value
    left join credential q on c.key = 'CREDENTIAL_NUMBER' and q.number = c.value
    left join license l on c.key = 'LICENSE_NUMBER' and l.number = c.value
), who as (
    select lead.place, lead.key, lead.found, lead.own_number, lead.holder_kind, w.id, w.snils, w.status,
        w.registry_number, sight.snils is not null as sighted,
        lead.last_name is not null or lead.first_name is not null or lead.middle_name is not null
            or lead.birth_date is not null as claims,
        lead.birth_date is not null and sight.snils is null as untold,
        array_remove(array[
            case when plain(lead.last_name) <> plain(w.last_name) then 'LAST_NAME' end,
            case when plain(lead.first_name) <> plain(w.first_name) then 'FIRST_NAME' end,
            case when plain(lead.middle_name) <> coalesce(plain(w.middle_name), '') then 'MIDDLE_NAME' end,
            case when sight.snils is not null and lead.birth_date <> w.birth_date then 'BIRTH_DATE' end
        ], null) as differing
    from lead
    left join worker w on w.snils = lead.person and (lead.holder_kind is null or lead.holder_kind = 'WORKER')
    left join sight on sight.snils = w.snils
), job as (
    select worker_id, organization_oid from employment
    where $1::date between started_on and coalesce(ended_on, 'infinity')
), diploma as (
    select distinct worker_snils, specialty_code from credential
    where status in ('ACTIVE', 'RENEWING') and $1::date between issued_on and valid_until
), place as (
    select distinct who.id, held.id as license
    from who join held on held.worker_snils = who.snils
    union
    select who.id, held.id
    from who
    join job on job.worker_id = who.id
    join organization o on o.oid = job.organization_oid
    join held on held.owner = o.oid
), work as (
    select distinct place.id, a.activity_code
    from place join held on held.id = place.license
    join license_activity a on a.license_id = held.id and not a.suspended
    where held.status = 'ACTIVE' and $1::date between held.issued_on and coalesce(held.valid_until, 'infinity')
), ready as (
    select distinct who.id, diploma.specialty_code
    from who join diploma on diploma.worker_snils = who.snils join work on work.id = who.id
    where not exists (select from covers where specialty = diploma.specialty_code)
        or exists (
            select from covers where specialty = diploma.specialty_code and activity = work.activity_code)
), practice as (
    select distinct on (who.id) who.id, array_remove(array[
        case when who.status <> 'ACTIVE' then 'RECORD_NOT_ACTIVE' end,
        case when exists (
            select from restriction r
            where r.worker_id = who.id and r.kind in ('PRACTICE_BAN', 'SUSPENSION') and r.imposed_on <= $1::date
                and (r.lifted_on is null or r.lifted_on > $1::date)) then 'PRACTICE_BAN' end,
        case when not certified then 'NO_VALID_CREDENTIAL' end,
        case when not placed then 'NOT_EMPLOYED' end,
        case when certified and placed and not exists (select from ready where ready.id = who.id)
            then 'EMPLOYER_NOT_LICENSED' end], null) as reasons
    from who, lateral (
        select exists (select from diploma d where d.worker_snils = who.snils) as certified,
            exists (select from job where job.worker_id = who.id)
                or exists (select from license l where l.worker_snils = who.snils) as placed) as its
    where who.id is not null
)
select who.place, who.key, who.own_number as number, who.found, who.registry_number as worker,
    case when who.found and who.id is null then
        case who.holder_kind when 'ORGANIZATION' then 'HELD_BY_ORGANIZATION' else 'WORKER_UNKNOWN' end
    end as problem,
    case when who.id is null or not claims then null
        when cardinality(differing) > 0 then false when untold then null else true end as matches,
    case when who.id is not null and claims then differing end as differences,
    case when who.id is not null then cardinality(practice.reasons) = 0 end as eligible,
    case when who.id is not null then
        case when cardinality(practice.reasons) > 0 then array[]::text[]
            else array(select specialty_code::text from ready where ready.id = who.id order by 1) end
    end as specialties,
    case when sighted then practice.reasons end as reasons
from who left join practice on practice.id = who.id
order by who.place
