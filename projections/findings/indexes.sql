alter table finding add primary key (id);
alter table finding_event add primary key (number);
create index finding_severity on finding (severity, id);
create index finding_person on finding (person) where person is not null;
create index finding_worker on finding (worker_id) where worker_id is not null;
create index finding_organization on finding (organization);
create index finding_license on finding (license_id) where license_id is not null;
create index finding_region on finding (region_code);
create index organization_parent on organization (parent) where parent is not null;
