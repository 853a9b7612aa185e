-- What follows for a worker from all four registries. `{rows}`: the workers; `{only_of_…}` narrows it to the same people.
-- The right to practise is that of projections/eligibility.py; a reason's bit is its place in EligibilityReason.
with today as materialized (select max(day) as day from about),
certified as (
    select
        c.person,
        array_agg(distinct c.specialty_code order by c.specialty_code)
            filter (where c.issued_on <= today.day) as specialties,
        (array_agg(c.specialty_code order by c.valid_until desc, c.number)
            filter (where c.issued_on <= today.day))[1] as specialty_code,
        min(c.valid_until) filter (where c.issued_on <= today.day) as nearest_expiry,
        array_agg(v.activity_code) filter (where c.issued_on <= today.day and v.activity_code is not null) as works,
        bool_or(c.issued_on <= today.day and v.activity_code is null) as any_work,
        string_agg(n.lexemes, '') filter (where c.issued_on <= today.day) as lexemes,
        min(least(case when c.issued_on > today.day then c.issued_on end, c.valid_until + 1)) as next_change
    from today
    join credential c on c.valid_until >= today.day and c.status in ('ACTIVE', 'RENEWING') {only_of_credential}
    left join coverage v on v.specialty_code = c.specialty_code
    left join name n on n.dictionary = 'specialties' and n.code = c.specialty_code
    group by c.person
),
employed as (
    select
        e.worker_id,
        array_agg(distinct e.organization order by e.organization)
            filter (where e.started_on <= today.day) as organizations,
        array_agg(distinct e.position_code order by e.position_code)
            filter (where e.started_on <= today.day) as positions,
        array_agg(distinct coalesce(o.kind_code, e'\x1e')) filter (where e.started_on <= today.day) as kinds,
        array_agg(distinct coalesce(o.region_code, e'\x1e')) filter (where e.started_on <= today.day) as employer_regions,
        array_agg(distinct coalesce(o.ownership, e'\x1e')) filter (where e.started_on <= today.day) as ownerships,
        (array_agg(e.organization order by e.kind <> 'MAIN', e.started_on, e.id)
            filter (where e.started_on <= today.day))[1] as organization,
        (array_agg(o.name_key order by e.kind <> 'MAIN', e.started_on, e.id)
            filter (where e.started_on <= today.day))[1] as organization_name,
        (array_agg(e.position_code order by e.kind <> 'MAIN', e.started_on, e.id)
            filter (where e.started_on <= today.day))[1] as position_code,
        bool_or(o.works && c.works or c.any_work and o.works <> '{}') filter (where e.started_on <= today.day) as covered,
        string_agg(coalesce(o.lexemes, '') || coalesce(n.lexemes, ''), '') filter (where e.started_on <= today.day) as lexemes,
        min(least(case when e.started_on > today.day then e.started_on end, nullif(e.ended_on, 'infinity') + 1)) as next_change
    from today
    join employment e on e.ended_on >= today.day {only_of_employment}
    left join organization o on o.organization = e.organization
    left join name n on n.dictionary = 'positions' and n.code = e.position_code
    left join certified c on c.person = e.person
    group by e.worker_id
),
categories as (
    select
        t.person,
        max(case t.category when 'SECOND' then 1 when 'FIRST' then 2 when 'HIGHEST' then 3 end)
            filter (where t.assigned_on <= today.day) as category,
        array_agg(distinct t.specialty_code order by t.specialty_code) filter (where t.assigned_on <= today.day) as graded,
        min(least(case when t.assigned_on > today.day then t.assigned_on end, t.valid_until + 1)) as next_change
    from today
    join category t on t.valid_until >= today.day {only_of_category}
    group by t.person
),
forbidden as (
    select
        r.worker_id,
        bool_or(r.imposed_on <= today.day) as now,
        min(least(case when r.imposed_on > today.day then r.imposed_on end, nullif(r.lifted_on, 'infinity'))) as next_change
    from today
    join restriction r on r.lifted_on > today.day and r.kind in ('PRACTICE_BAN', 'SUSPENSION') {only_of_restriction}
    group by r.worker_id
),
own as (
    select
        l.person,
        coalesce(array_agg(a.activity_code) filter (
            where a.id is not null and l.status = 'ACTIVE' and l.issued_on <= today.day
                and (l.valid_until is null or l.valid_until >= today.day)
        ), '{}') as works,
        min(least(case when l.issued_on > today.day then l.issued_on end, l.valid_until + 1))
            filter (where l.status = 'ACTIVE' and (l.valid_until is null or l.valid_until >= today.day)) as next_change
    from today
    join license l on l.person is not null {only_of_license}
    left join activity a on a.license_id = l.id and not a.suspended
    group by l.person
)
select
    w.id, w.person, w.registry_number, w.last_name, w.first_name, w.middle_name, w.sex, w.birth_date, w.region_code,
    w.status, w.registered_on, w.faults, w.revision,
    plain(concat_ws(' ', w.last_name, w.first_name, w.middle_name)) as name_key,
    region.rank as region_rank,
    e.organization,
    e.organization_name,
    e.position_code,
    place.rank as position_rank,
    c.specialty_code,
    specialty.rank as specialty_rank,
    c.nearest_expiry,
    t.category::smallint as category,
    coalesce(e.positions, '{}') as positions,
    coalesce(c.specialties, '{}') as specialties,
    coalesce(e.organizations, '{}') as organizations,
    coalesce(t.graded, '{}') as graded,
    coalesce(e.kinds, '{}') as kinds,
    coalesce(e.employer_regions, '{}') as employer_regions,
    coalesce(e.ownerships, '{}') as ownerships,
    against.reasons = 0 as allowed,
    against.reasons::smallint as reasons,
    searched(
        lexemes(called.surname, 'l') || lexemes(called.other, 'f') || regexp_replace(called.other, '(^| )([^ ])[^ ]*', ' i:\2', 'g')
        || numbers(w.registry_number) || coalesce(e.lexemes, '') || coalesce(c.lexemes, '')
    ) as words,
    least(c.next_change, e.next_change, t.next_change, f.next_change, own.next_change) as next_change
from ({rows} offset 0) as w  -- first of all: so many joins are not put in another order
left join certified c on c.person = w.person
left join employed e on e.worker_id = w.id
left join categories t on t.person = w.person
left join forbidden f on f.worker_id = w.id
left join own on own.person = w.person
left join name region on region.dictionary = 'regions' and region.code = w.region_code
left join name place on place.dictionary = 'positions' and place.code = e.position_code
left join name specialty on specialty.dictionary = 'specialties' and specialty.code = c.specialty_code
cross join lateral (
    select runs(w.last_name) as surname, runs(concat_ws(' ', w.first_name, w.middle_name)) as other offset 0
) as called
cross join lateral (
    select
        case when w.status <> 'ACTIVE' then 1 else 0 end
        + case when f.now then 2 else 0 end
        + case when c.specialties is null then 4 else 0 end
        + case when e.organizations is null and own.person is null then 8 else 0 end
        + case when c.specialties is not null and (e.organizations is not null or own.person is not null)
            and not coalesce(e.covered, false)
            and not coalesce(own.works && c.works or c.any_work and own.works <> '{}', false) then 16 else 0 end
        as reasons
) as against
