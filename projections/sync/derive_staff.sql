-- The employments of today, with what aggregates count them by. `{only}` narrows them to some people.
with today as materialized (select max(day) as day from about),
held as (
    select
        c.person,
        count(*) filter (where c.status = 'ACTIVE') as active,
        count(*) filter (where c.status = 'RENEWING') as renewing,
        count(*) filter (where c.status = 'EXPIRED') as expired,
        count(*) filter (where c.status = 'REVOKED') as revoked,
        array_agg(c.specialty_code order by c.id) as specialties,
        array_agg(extract(year from c.issued_on)::smallint order by c.id) as years,
        array_agg(c.status order by c.id) as statuses
    from credential c
    where true {only_of_credential}
    group by c.person
)
select
    e.id, e.person,
    count(*) over (partition by e.person) = 1 as alone,
    row_number() over (partition by e.person order by e.id) = 1 as head,
    e.organization, e.department_id, e.position_code, e.kind, (e.rate * 100)::integer as rate,
    o.kind_code as organization_kind, o.ownership, o.region_code as organization_region,
    w.region_code, district.part as federal_district, grouped.part as position_group, w.sex, w.birth_date, w.category, w.allowed,
    case when w.specialties = '{}' then array[null]::text[] else w.specialties end as specialties,
    coalesce(held.active, 0)::smallint as active,
    coalesce(held.renewing, 0)::smallint as renewing,
    coalesce(held.expired, 0)::smallint as expired,
    coalesce(held.revoked, 0)::smallint as revoked,
    coalesce(held.specialties, '{}') as held_specialties,
    coalesce(held.years, '{}') as held_years,
    coalesce(held.statuses, '{}') as held_statuses
from today
join employment e on e.started_on <= today.day and e.ended_on >= today.day {only}
join worker w on w.id = e.worker_id
left join organization o on o.organization = e.organization
left join held on held.person = e.person
left join name district on district.dictionary = 'regions' and district.code = w.region_code
left join name grouped on grouped.dictionary = 'positions' and grouped.code = e.position_code
