-- Before rows of the qualification registry are written: of whom something else may be found.
-- Nothing is wrong with the term of a credential that is in force, before and now, nor with that of a category.
insert into dirty_finding_person
select x.person
from staged_credential s
left join credential c on c.id = s.id
cross join about
cross join lateral (values (s.person), (c.person)) as x (person)
where x.person is not null
    and (
        (s.person, s.number, s.specialty_code, s.position_code, s.issued_on, s.status)
            is distinct from (c.person, c.number, c.specialty_code, c.position_code, c.issued_on, c.status)
        or s.valid_until <> c.valid_until
            and (s.status not in ('ACTIVE', 'RENEWING') or s.issued_on > about.day or least(s.valid_until, c.valid_until) < about.day)
    );
insert into dirty_finding_person
select x.person
from staged_category s
left join category t on t.id = s.id
cross join lateral (values (s.person), (t.person)) as x (person)
where x.person is not null
    and (s.person, s.category, s.specialty_code, s.assigned_on)
        is distinct from (t.person, t.category, t.specialty_code, t.assigned_on);
-- Whose education or training is wrong now, or was before.
insert into dirty_finding_person
select s.person
from staged_education s
where not exists (select from worker w where w.person = s.person)
    or not exists (select from name n where n.dictionary = 'specialties' and n.code = s.specialty_code)
    or not exists (select from name n where n.dictionary = 'education_kinds' and n.code = s.kind_code);
insert into dirty_finding_person
select s.person
from staged_training s
where not exists (select from name n where n.dictionary = 'specialties' and n.code = s.specialty_code);
insert into dirty_finding_person
select f.person
from staged_education s
join education d on d.id = s.id
join finding f on f.person = d.person and f.record = s.id::text;
insert into dirty_finding_person
select f.person
from staged_training s
join training g on g.id = s.id
join finding f on f.person = g.person and f.record = s.id::text;
