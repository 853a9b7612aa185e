-- Before rows of the licence registry are written: whom the old and the new ones touch. `staged_…` hold the new rows.
insert into dirty_license
select id from staged_license
union select license_id from staged_activity
union select a.license_id from activity a join staged_activity s on s.id = a.id;
insert into dirty_organization
select l.organization from license l join dirty_license d on d.id = l.id where l.organization is not null;
insert into dirty_person
select l.person from license l join dirty_license d on d.id = l.id where l.person is not null;
