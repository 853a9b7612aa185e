-- The records of those people in whom something else may be found: each table is read once for all rules.
looked as materialized (select distinct person from dirty_finding_person),
looked_worker as materialized (
    select w.id, w.person, w.registry_number, w.name_key, w.birth_date, w.registered_on, w.organization, w.region_code, w.status,
        w.specialties, w.faults
    from worker w where w.person in (select person from looked)
),
looked_employment as materialized (
    select e.id, e.person, e.worker_id, e.organization, e.position_code, e.rate, e.started_on, e.ended_on
    from employment e where e.person in (select person from looked)
),
looked_credential as materialized (
    select c.id, c.person, c.number, c.specialty_code, c.position_code, c.status, c.issued_on, c.valid_until
    from credential c where c.person in (select person from looked)
),
looked_category as materialized (
    select t.id, t.person, t.category, t.specialty_code, t.assigned_on
    from category t where t.person in (select person from looked)
),
looked_education as materialized (
    select d.id, d.person, d.kind_code, d.specialty_code, d.issued_on
    from education d where d.person in (select person from looked)
),
looked_training as materialized (
    select g.id, g.person, g.specialty_code from training g where g.person in (select person from looked)
),
looked_license as materialized (
    select l.id, l.person, l.organization, l.number, l.issued_on
    from license l where l.person in (select person from looked)
),
