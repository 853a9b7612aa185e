-- Before rows of the qualification registry are written: of whom something else may be found.
insert into dirty_finding_person
select person from staged_credential
union all select c.person from credential c join staged_credential s on s.id = c.id where c.person <> s.person
union all select person from staged_category
union all select t.person from category t join staged_category s on s.id = t.id where t.person <> s.person;
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
