-- Before rows of the licence registry are written: of whom something else may be found. Whose they were and are.
insert into dirty_finding_license
select id from staged_license
union all select license_id from staged_activity
union all select a.license_id from activity a join staged_activity s on s.id = a.id;
insert into dirty_finding_organization
select l.organization from license l join staged_license s on s.id = l.id where l.organization is not null;
insert into dirty_finding_person
select s.person from staged_license s where s.person is not null
union all select l.person from license l join staged_license s on s.id = l.id where l.person is not null;
