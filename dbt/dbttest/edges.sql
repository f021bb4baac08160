-- Persons and deliveries that stand exactly on the bounds of definitions, beside those of facts.sql and ops.sql: edition
-- 2026-06-30, of which the last month with statuses ends on 2026-03-31. A name tells what its person is there for.
create or replace table work.edge engine = Memory as
select
    row.1 as name, row.2 as population, row.3::Nullable(Date) as permit, row.4::Nullable(Date) as applied, row.5::Nullable(UInt16) as birth,
    row.6::Nullable(Date) as gone, concat('v', leftPad(row.1, 26, 'e')) as person_id
from (
    select arrayJoin([
        ('p1', 'asylum', '2025-03-01', '2024-06-01', '1990', null), -- a permit on the first day of deliveries
        ('p2', 'asylum', '2025-02-28', '2024-06-01', '1990', null), -- and a day before
        ('p3', 'asylum', '2026-05-31', '2025-06-01', '1990', null), -- 30 days before the cut-off
        ('p4', 'asylum', '2026-04-01', '2025-06-01', '1990', null), -- 90
        ('p5', 'asylum', '2026-01-01', '2025-06-01', '1990', null), -- 180
        ('p6', 'asylum', '2025-06-30', '2025-06-30', '1990', null), -- 365, asked for on the same day
        ('l0', 'asylum', '2025-03-10', '2025-01-01', '1990', null), ('l30', 'asylum', '2025-03-10', '2025-01-01', '1990', null),
        ('l90', 'asylum', '2025-03-10', '2025-01-01', '1990', null), ('l180', 'asylum', '2025-03-10', '2025-01-01', '1990', null),
        ('l365', 'asylum', '2025-03-10', '2025-01-01', '1990', null),
        ('a17', 'asylum', '2025-01-10', '2024-01-01', '2008', null), ('a18', 'asylum', '2025-01-10', '2024-01-01', '2007', null), -- ages in 2025
        ('a64', 'asylum', '2025-01-10', '2024-01-01', '1961', null), ('a65', 'asylum', '2025-01-10', '2024-01-01', '1960', null),
        ('x1', 'asylum', '2020-02-10', '2019-06-01', '1980', '2026-03-31'), -- gone on a reference day
        ('x2', 'asylum', '2020-02-10', '2019-06-01', '1980', '2026-06-30'), -- gone on the cut-off
        ('x3', 'asylum', '2020-02-10', '2019-06-01', '1980', '2020-01-05'), -- gone before the permit began
        ('x4', 'asylum', '2020-02-10', '2019-06-01', '1980', '2026-05-01'), -- gone after the grid ended, in its last year
        ('b48', 'asylum', '2022-02-10', '2021-06-01', '1980', null), ('b47', 'asylum', '2022-02-10', '2021-06-01', '1980', null),
        ('z1', 'asylum', '2023-02-10', '2022-06-01', '1980', null), ('z2', 'asylum', '2022-06-10', '2021-06-01', '1980', null), -- work in the azc
        ('z3', 'asylum', '2023-02-10', '2022-06-01', '1980', null),
        ('h1', 'asylum', '2021-03-31', '2020-06-01', '1980', null), ('h2', 'asylum', '2021-03-31', '2020-06-01', '1980', null),
        ('w90', 'asylum', '2026-02-01', '2025-02-01', '1980', null), ('w91', 'asylum', '2026-01-31', '2025-01-31', '1980', null), -- homes
        ('w92', 'asylum', '2026-01-31', '2025-01-31', '1980', null), ('w3m', 'asylum', '2025-11-30', '2025-01-31', '1980', null),
        ('t1', 'in_procedure', null, '2025-01-01', '1980', null), ('t2', 'in_procedure', null, '2025-01-01', '1980', null), -- work permits
        ('t3', 'in_procedure', null, '2025-01-01', '1980', null), ('t4', 'in_procedure', null, '2026-01-01', '1980', null),
        ('t5', 'in_procedure', null, '2026-01-01', '1980', null),
        ('j1', 'asylum', '2025-01-10', '2024-01-01', '1980', '2026-03-31'), ('j2', 'asylum', '2025-01-10', '2024-01-01', '1980', '2026-03-30'), -- gone
        ('o1', 'other', null, null, '1980', null) -- of another population, and at work
    ]) as row
);

insert into facts_store.person
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), person_id, 'linked', population, if(population = 'asylum', toYear(permit), null),
    permit, null, applied, applied, if(population = 'other', '', 'self'), if(name = 'a18', '', 'M'), birth, '', if(name = 'a18', '', 'syrie'), false,
    multiIf(population != 'asylum', '', permit < '2022-01-01', 'Wi2013', 'Wi2021'), '', '', '', '', if(name in ('h1', 'a18'), '', 'AM01'),
    if(name in ('j1', 'j2'), 'diplomawaardering', ''), if(name = 'j1', toNullable(toUInt8(6)), null), gone,
    if(gone is null, '', 'emigrated')
from work.edge;

-- Statuses of single months: (who, month, in the azc, working, in bijstand, hours, stage).
insert into facts_store.month_status
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, toDate(s.2) as m,
    if(e.permit is null, null, toInt16(toRelativeMonthNum(m) - toRelativeMonthNum(assumeNotNull(e.permit)))),
    if(e.birth is null, null, toUInt8(toYear(m) - assumeNotNull(e.birth))), s.7, s.3, if(e.name = 'h2', '', '0363'), if(e.name = 'h2', '', 'AM02'),
    s.4, s.5, s.6, 0, if(s.4, 'temporary', ''), if(s.4, transform(e.name, ['h2', 'x1', 'x2'], ['44', '45', '46'], '35'), ''), false, e.name = 'z1', false, if(e.name = 'z3', 'O', ''),
    if(e.name = 'x1' and s.2 = '2025-02-01', null, false), false, false
from (
    select arrayJoin([
        ('p1', '2025-02-01', true, false, false, '0', 'azc_in_procedure'), ('p1', '2025-03-01', true, true, false, '12', 'work'),
        ('p2', '2025-02-01', true, false, false, '0', 'azc_with_permit'), ('p2', '2025-03-01', true, true, false, '11.99', 'work'),
        ('l0', '2025-02-01', true, true, false, '25', 'work'), ('l0', '2025-03-01', true, false, false, '0', 'azc_with_permit'),
        ('a17', '2025-06-01', true, true, true, '20', 'work_and_bijstand'), ('a18', '2025-06-01', true, true, true, '20', 'work_and_bijstand'),
        ('a64', '2025-06-01', true, true, true, '20', 'work_and_bijstand'), ('a65', '2025-06-01', true, true, true, '20', 'work_and_bijstand'),
        ('x1', '2026-03-01', false, true, true, '20', 'work_and_bijstand'), ('x2', '2026-03-01', false, true, false, '19.99', 'work'),
        ('x4', '2026-01-01', true, false, false, '0', 'azc_with_permit'),
        ('x3', '2020-02-01', false, false, false, '0', 'left'), ('x3', '2020-03-01', false, true, true, '20', 'left'), -- wages after death
        ('b48', '2026-03-01', false, false, true, '0', 'bijstand'), ('b47', '2026-03-01', false, false, true, '0', 'bijstand'),
        ('h1', '2021-03-01', false, true, false, '20', 'work'), ('h1', '2026-03-01', false, true, false, '20', 'work'),
        ('h2', '2021-03-01', false, true, false, '19.99', 'work'), ('h2', '2026-03-01', false, true, false, '35', 'work'),
        ('x1', '2025-02-01', false, true, false, '20', 'work'), -- a run of which it is not known how long it lasts
        ('z1', '2023-01-01', true, false, false, '0', 'azc_in_procedure'), ('z1', '2023-03-01', true, true, false, '20', 'work'),
        ('z2', '2022-05-01', true, true, false, '20', 'work'), ('z3', '2023-03-01', true, true, false, '20', 'work'),
        ('j1', '2025-12-01', false, false, false, '0', 'settled_other'), ('j1', '2026-03-01', false, true, false, '20', 'work'),
        ('j2', '2025-12-01', false, false, false, '0', 'settled_other'), ('j2', '2026-03-01', false, true, false, '20', 'left'),
        ('j1', '2026-01-01', false, false, false, '0', 'settled_other'), ('j1', '2025-09-01', false, false, true, '0', 'bijstand'),
        ('j2', '2025-09-01', false, false, true, '0', 'bijstand'), ('p5', '2026-01-01', false, false, false, '0', 'settled_other'),
        ('o1', '2026-03-01', true, true, true, '34.99', 'work_and_bijstand'), ('t1', '2026-03-01', true, true, false, '30', 'work')
    ]) as s
) as given inner join work.edge as e on e.name = s.1;

insert into facts_store.milestone
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, m.2, toDate(m.3), '', ''
from (
    select arrayJoin([
        ('w90', 'settled', '2026-05-02'), ('w91', 'settled', '2026-05-02'), ('w92', 'settled', '2026-05-03'), ('w3m', 'settled', '2026-02-28'),
        ('p1', 'settled', '2026-06-30'), ('p2', 'settled', '2026-07-01'), ('p3', 'settled', '2026-05-31'), ('x2', 'brp_registered', '2026-06-30'),
        ('x1', 'settled', '2026-04-01'), ('x1', 'brp_registered', '2026-03-31'), ('p4', 'settled', '2026-03-31'), ('h1', 'settled', '2021-06-29'),
        ('h2', 'settled', '2021-06-30'), ('h1', 'first_job', '2026-03-31'), ('h2', 'first_job', '2026-04-01'), ('p4', 'first_job', '2026-03-31'),
        ('a17', 'settled', '2025-02-10'), ('a18', 'settled', '2025-02-10'), ('a64', 'settled', '2025-02-10'), ('a65', 'settled', '2025-02-10'),
        ('a17', 'first_job', '2025-06-10'), ('a18', 'first_job', '2025-06-10'), ('a64', 'first_job', '2025-06-10'), ('a65', 'first_job', '2025-06-10'),
        ('a17', 'pip_signed', '2025-06-10'), ('a18', 'pip_signed', '2025-06-10'), ('a65', 'pip_signed', '2025-06-10'), ('h1', 'pip_signed', '2023-01-01'),
        ('b48', 'intake_started', '2022-03-01'), ('b48', 'intake_done', '2022-03-01'), ('b47', 'map_done', '2026-06-30'), ('h1', 'pvt_signed', '2023-01-01'),
        ('t1', 'work_permit_requested', '2025-01-15'), ('t1', 'work_permit_granted', '2025-04-14'),
        ('t2', 'work_permit_requested', '2025-01-15'), ('t2', 'work_permit_granted', '2025-04-15'),
        ('t3', 'work_permit_requested', '2025-01-15'), ('t3', 'work_permit_granted', '2025-05-01'),
        ('t4', 'work_permit_requested', '2026-06-30'), ('t4', 'work_permit_granted', '2026-06-30'),
        ('t5', 'work_permit_requested', '2026-06-30'), ('t5', 'work_permit_granted', '2026-07-01'),
        ('o1', 'first_job', '2026-01-10'), ('o1', 'exit', '2026-06-30'),
        ('j1', 'settled', '2025-12-31'), ('j2', 'settled', '2025-12-31'), ('p5', 'settled', '2026-01-01'), ('p5', 'first_job', '2026-03-31'), ('p6', 'settled', '2026-01-02'),
        ('h1', 'sustained_6', '2025-10-31'), ('h2', 'sustained_6', '2025-11-30'), ('x1', 'first_job_20h', '2026-03-31'), ('x2', 'first_job_20h', '2026-04-30'),
        ('z1', 'startbaan_started', '2023-03-31'), ('z3', 'startbaan_started', '2023-04-01'), ('j2', 'startbaan_started', '2026-03-01'),
        ('j1', 'diploma_requested', '2025-01-15'), ('j1', 'diploma_valued', '2025-07-14'),
        ('j2', 'diploma_requested', '2025-01-15'), ('j2', 'diploma_valued', '2025-07-15'),
        ('b48', 'diploma_requested', '2025-12-31'), ('b47', 'diploma_requested', '2026-01-01'), ('t1', 'diploma_requested', '2026-07-01')
    ]) as m
) as given inner join work.edge as e on e.name = m.1
union all
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), person_id, 'permit', assumeNotNull(permit), '', '' from work.edge where permit is not null
union all
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), person_id, 'application', assumeNotNull(applied), '', '' from work.edge where applied is not null
union all
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), person_id, 'exit', assumeNotNull(gone), '', '' from work.edge where gone is not null;

-- (who, first day, last day, sector): bounds of the months after settling, of the grid, of ages and of a job that is old enough.
insert into facts_store.job
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, 'e1', 1, toDate(j.2), toDate(j.3), 1, 0, 0, 'temporary', 'temporary', j.4, true
from (
    select arrayJoin([
        ('a17', '2025-06-10', '2026-03-31', '33'), ('a18', '2025-05-09', '2025-05-31', '33'), ('a64', '2025-05-10', '2026-03-30', ''),
        ('a65', '2025-06-10', '2026-03-31', '33'), ('h1', '2021-01-01', '2021-06-28', '35'), ('h2', '2021-01-01', '2021-06-30', '35'),
        ('j1', '2025-04-30', '2026-03-31', '52'), ('j2', '2025-05-01', '2026-03-31', '52'), ('p5', '2026-03-31', '2026-04-30', '52'),
        ('p6', '2026-04-01', '2026-04-30', '52'), ('t1', '2026-01-01', '2026-03-31', '01'), ('o1', '2025-01-01', '2026-06-30', '35')
    ]) as j
) as given inner join work.edge as e on e.name = j.1;

-- The last one is of another edition: who reads them all takes the spell of b48 for a short one.
insert into facts_store.bijstand_spell
select toUInt64(toUInt32(s.2)), s.2, e.person_id, s.3, toDate(s.4), if(s.5 = '', null, toDate(s.5)), '0363', false, s.6, s.6, s.6, s.6, s.6, s.6, false
from (
    select arrayJoin([
        ('b48', toDate('2026-06-30'), 1, '2022-03-31', '', null), ('b47', toDate('2026-06-30'), 1, '2022-04-01', '', null),
        ('x1', toDate('2026-06-30'), 1, '2022-03-31', '2026-06-30', null), ('x2', toDate('2026-06-30'), 1, '2023-01-01', '2026-07-01', null),
        ('h1', toDate('2026-06-30'), 1, '2022-01-01', '2023-06-30', true), ('h2', toDate('2026-06-30'), 1, '2022-01-01', '2022-12-31', false),
        ('j1', toDate('2026-06-30'), 1, '2025-01-01', '2025-09-30', true), ('j2', toDate('2026-06-30'), 1, '2025-01-01', '2025-09-30', true),
        ('h2', toDate('2026-06-30'), 2, '2024-01-01', '2024-03-31', false), -- a second spell
        ('o1', toDate('2026-06-30'), 1, '2026-01-01', '', null), ('b48', toDate('2026-05-31'), 1, '2025-01-01', '', null)
    ]) as s
) as given inner join work.edge as e on e.name = s.1;

insert into facts_store.first_link
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, l.2, toDate32(l.3), toDate32(l.4)
from (
    select arrayJoin([
        ('l0', 'municipality_residence', '2025-03-10', '2025-03-01'), ('l30', 'municipality_residence', '2025-04-09', '2025-03-01'),
        ('l90', 'municipality_residence', '2025-06-08', '2025-03-01'), ('l180', 'municipality_residence', '2025-09-06', '2025-03-01'),
        ('l365', 'municipality_residence', '2026-03-10', '2025-03-01'), ('l365', 'municipality_bijstand', '2026-03-11', '2025-02-01'),
        ('p1', 'municipality_residence', '2025-03-01', '2025-03-01'), ('p2', 'municipality_residence', '2025-03-01', '2025-03-01'),
        ('p3', 'municipality_residence', '2026-06-30', '2025-03-01'), ('p4', 'uwv_employment', '2026-06-30', '2025-02-01')
    ]) as l
) as given inner join work.edge as e on e.name = l.1;

-- Activities of people who are in the azc in February and March 2025 (see above), one in June: on the bounds of years and of the grid.
insert into facts_store.participation
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, concat('edge', r.2, r.3), r.2, toDate(r.3), toDateOrNull(r.4), null, '', ''
from (
    select arrayJoin([
        ('p1', 'nt2', '2024-01-01', '2024-12-31'), ('p2', 'nt2', '2024-01-01', '2025-01-01'), ('l0', 'volunteering', '2025-12-31', ''),
        ('a17', 'nt2', '2025-06-01', ''), ('a18', 'nt2', '2026-01-01', ''), ('a64', 'meedoenbalie', '2025-12-31', '2026-01-01'), ('a65', 'nt2', '2025-06-01', '')
    ]) as r
) as given inner join work.edge as e on e.name = r.1;

insert into facts_store.work_permit
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, concat('edge', r.2, r.4), toDate(r.2), toDateOrNull(r.3), r.4, '33', null, null, true, '', 'AM01'
from (
    select arrayJoin([
        ('t1', '2026-06-30', '2026-06-30', 'granted'), ('t1', '2026-06-29', '2026-07-01', 'granted'), ('t2', '2026-07-01', '', ''), ('t3', '2026-01-01', '', 'refused'),
        ('x1', '2019-12-31', '2020-01-01', 'granted'), ('x2', '2019-12-31', '2020-01-01', 'granted'), ('o1', '2018-01-01', '', '')
    ]) as r
) as given inner join work.edge as e on e.name = r.1;

insert into facts_store.mbo
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, concat('edge', r.2, r.4), r.2, r.3::Nullable(UInt8), toDate(r.4), null, r.5, '', 'AM01'
from (
    select arrayJoin([
        ('x1', 'bbl', 2, '2026-06-30', 'diploma'), ('x2', 'bbl', 2, '2026-06-30', 'obtained'), ('x2', 'bol', null, '2026-07-01', ''), ('o1', 'certificate', null, '2018-01-01', ''),
        ('t1', 'certificate', null, '2018-12-31', 'stopped')
    ]) as r
) as given inner join work.edge as e on e.name = r.1;

insert into facts_store.valuation
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, concat('edge', r.2, r.3), toDate(r.2), toDateOrNull(r.3), r.4, r.5::Nullable(UInt8), '', ''
from (
    select arrayJoin([
        ('x1', '2025-12-30', '2026-03-30', 'diplomawaardering', 6), ('x1', '2025-12-30', '2026-03-29', 'diplomawaardering', 5), -- in three months and not, NLQF 6 and 5
        ('x2', '2026-03-30', '2026-06-30', 'geen_waardering', null), ('x2', '2026-03-31', '2026-07-01', 'diplomawaardering', 7), -- decided on the cut-off and after it
        ('x2', '2025-06-30', '', '', null), ('x2', '2026-07-01', '', '', null), ('j1', '2025-06-30', '2025-09-30', 'diplomawaardering', 6),
        ('j2', '2025-06-30', '2025-09-30', 'diplomawaardering', 6), ('x3', '2019-10-01', '2020-02-01', 'diplomawaardering', 8), ('o1', '2018-01-01', '2018-01-02', '', null)
    ]) as r
) as given inner join work.edge as e on e.name = r.1;

insert into facts_store.contract_conversion
select toUInt64(toUInt32(toDate('2026-06-30'))), toDate('2026-06-30'), e.person_id, 'edge', 1, toDate(r.2), r.3, r.4::Nullable(Bool), null, r.5::Nullable(Bool), null
from (
    select arrayJoin([
        ('x1', '2025-03-15', 'temporary', true, true), ('x2', '2025-03-15', 'temporary', false, true), ('x3', '2019-01-31', 'agency', false, false),
        ('j1', '2025-03-31', 'temporary', true, true), ('j2', '2025-03-15', 'temporary', true, true), ('a17', '2025-03-31', 'agency', true, true),
        ('a18', '2025-03-31', 'agency', true, true), ('a64', '2025-03-31', 'agency', false, true), ('a65', '2025-03-31', 'agency', true, true), ('o1', '2018-01-01', 'agency', null, null)
    ]) as r
) as given inner join work.edge as e on e.name = r.1;

insert into ops.delivery (supplier, delivery_id, manifest_sha256, drawn_on, mode, status, reason, rows_in_files, rows_accepted, rows_quarantined, decided_at) values
('duo', 'duo-2026-06', 'ff01', '2026-06-30', 'mutation', 'accepted', '', 12, 10, 2, '2026-07-02 08:00:00'),
('duo', 'duo-2026-07', 'ff02', '2026-07-01', 'mutation', 'accepted', '', 12, 11, 1, '2026-07-02 08:00:01'),
('idw', 'idw-2026-06', 'ff03', '2026-06-30', 'full', 'refused', 'implausible_empty', 0, 0, 0, '2026-07-02 08:00:02'),
('idw', 'idw-2026-07', 'ff04', null, null, 'refused', 'quarantine_over_threshold', 9, 0, 3, '2026-07-02 08:00:03');

insert into ops.load (load_id, supplier, delivery_id, manifest_sha256) values
(11, 'duo', 'duo-2026-06', 'ff01'), (12, 'duo', 'duo-2026-07', 'ff02'), (13, 'idw', 'idw-2026-07', 'ff04');

insert into ops.quarantine_entry values
(11, 'duo_exam', 'exams.json', 1, 'level', 'code_not_in_list'), (11, 'duo_exam', 'exams.json', 2, 'level', 'code_not_in_list'),
(12, 'duo_exam', 'exams.json', 1, 'level', 'code_not_in_list'), (13, 'idw_valuation', 'valuations.json', 1, 'kind', 'missing');

-- More records of a person than others have.
insert into ops.slice_linkage (build, slice, record, cohort, linkage, records, persons)
select toUInt64(toUInt32(toDate('2026-06-30'))), 1, 'duo_exam', 2020, 'linked', 9, 2;

-- Made-up people, so that the mark of them can be missed.
insert into ops.edition select * replace (true as synthetic, now64(6) as written_at) from ops.edition final where edition = '2026-06-30';

drop table work.edge;
