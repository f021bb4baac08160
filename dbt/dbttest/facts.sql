-- The facts of synthetic persons, made by arithmetic: a hash of a person's number stands for chance.
-- {persons} and {edition} are filled in by the caller.
insert into ops.edition (edition, build, built_at, definition_version, horizon, grid_end, persons)
select '{edition}', toUInt32(toDate('{edition}')), now64(6), '3', toLastDayOfMonth(toDate('{edition}') - 91), toLastDayOfMonth(toDate('{edition}') - 91), {persons};

insert into facts_store.person
with toDate('{edition}') as d0,
    (s) -> sipHash64(number, s) as h,
    multiIf(number % 50 < 40, 'asylum', number % 50 < 46, 'displaced', number % 50 < 49, 'in_procedure', 'other') as pop,
    toDate('2014-01-01') + toUInt32(h('permit') % 4300) as permit,
    toDate('2022-03-01') + toUInt32(h('protect') % 1200) as protect,
    multiIf(pop = 'asylum', permit - toUInt32(30 + h('appl') % 500), pop = 'displaced', protect - 5, toDate('2020-01-01') + toUInt32(h('appl') % 1800)) as applied,
    ['0336', '0084', '0300', '0314', '0315', '0339', '0149', '0058', '9999'] as nats,
    ['syrie', 'eritrea', 'afghanistan', 'irak', 'iran', 'turkije', 'somalie', 'jemen', 'overig'] as groups,
    toUInt8(1 + if(h('nat') % 10 < 5, 0, h('nat2') % 9)) as nat
select
    toUInt64(toUInt32(toDate('{edition}'))) as build,
    d0 as edition,
    concat(if(number % 20 = 19, 'b', 'v'), leftPad(lower(hex(number)), 26, 'z')) as person_id,
    multiIf(number % 20 = 19, 'b_only', h('link') % 20 < 2, 'v_only', h('link') % 2000 = 7, 'conflict', 'linked') as linkage,
    pop as population,
    if(pop = 'asylum', toNullable(toYear(permit)), null) as cohort,
    if(pop = 'asylum', toNullable(permit), null) as permit_start,
    if(pop = 'displaced', toNullable(protect), null) as protection_start,
    if(pop = 'other', null, toNullable(applied)) as applied_on,
    if(pop = 'other' or h('arr') % 9 = 0, null, toNullable(applied + 3)) as arrived_on,
    if(pop = 'other', '', ['self', 'nareis', 'resettlement'][1 + h('route') % 3]) as route,
    if(pop = 'other', '', if(h('sex') % 10 < 6, 'M', 'V')) as sex,
    if(h('by') % 300 = 0, null, toNullable(toUInt16(1955 + h('birth') % 55))) as birth_year,
    multiIf(pop = 'other', '', pop = 'displaced', '0034', nats[nat]) as nationality_code,
    multiIf(pop = 'other', '', pop = 'displaced', 'oekraine', groups[nat]) as nationality_group,
    h('gp') % 2 = 0 as good_prospects,
    if(pop != 'asylum' or h('law') % 8 = 0, '', if(permit < '2022-01-01', 'Wi2013', 'Wi2021')) as law,
    '' as target_group, '' as coupled_municipality, '0363' as first_municipality, '0363' as current_municipality,
    if(h('am') % 12 = 0, '', concat('AM', leftPad(toString(1 + h('am') % 35), 2, '0'))) as region,
    if(h('valued') % 10 = 0, ['diplomawaardering', 'indicatie_onderwijsniveau'][1 + h('valued2') % 2], '') as valued_kind,
    if(h('valued') % 10 = 0, toNullable(toUInt8(1 + h('valued3') % 8)), null) as valued_nlqf,
    if(pop = 'asylum' and h('exit') % 25 = 0, toNullable(permit + toUInt32(400 + h('exit2') % 2000)), null) as exit_on,
    if(pop = 'asylum' and h('exit') % 25 = 0, if(h('exit3') % 2 = 0, 'died', 'emigrated'), '') as exit_reason
from numbers({persons});

create or replace table work.life engine = Memory as
select
    edition, person_id, population, permit_start, birth_year, exit_on, applied_on,
    toLastDayOfMonth(toDate('{edition}') - 91) as grid_end,
    coalesce(permit_start, protection_start, applied_on) as base,
    base + toUInt32(if(population = 'displaced', 40, 60) + sipHash64(person_id, 'settle') % 400) as settled,
    sipHash64(person_id, 'w') % 100 as w,
    base + toUInt32(if(population = 'displaced', 60, 200) + sipHash64(person_id, 'job') % 2600) as job_start,
    if(sipHash64(person_id, 'jl') % 3 = 0, toDate('2100-01-01'), job_start + toUInt32(50 + sipHash64(person_id, 'jl2') % 1200)) as job_end,
    w < 72 as works,
    w >= 10 and population = 'asylum' and settled < grid_end as claims,
    sipHash64(person_id, 'sb') % 20 = 0 and settled < grid_end - 20 as starts,
    settled + toUInt32(sipHash64(person_id, 'b') % 60) as bij_start,
    if(works and job_start > bij_start, job_start + toUInt32(sipHash64(person_id, 'o') % 90), toDate('2100-01-01')) as bij_end
from facts.person
where population != 'other' and edition = '{edition}';

insert into facts_store.month_status
with
    toDate(m) as month, toLastDayOfMonth(toDate(m)) as d,
    l.works and d >= l.job_start and d <= l.job_end as working,
    l.claims and d >= l.bij_start and d <= l.bij_end as bijstand,
    d < l.settled as in_azc,
    (n) -> (working and not bijstand
        and dateDiff('month', greatest(l.job_start, if(l.claims, l.bij_end + 1, l.job_start)), least(l.job_end, l.grid_end)) >= n) as run,
    if(working, 6 + (sipHash64(l.person_id, 'hrs') % 35), 0) as hours
select
    toUInt64(toUInt32(toDate('{edition}'))) as build, l.edition, l.person_id, month,
    if(l.permit_start is null, null, toInt16(toRelativeMonthNum(d) - toRelativeMonthNum(assumeNotNull(l.permit_start)))) as k,
    if(l.birth_year is null, null, toUInt8(toYear(d) - assumeNotNull(l.birth_year))) as age,
    multiIf(l.exit_on < d, 'left', run(6), 'sustained', working and not bijstand, 'work', working, 'work_and_bijstand', bijstand, 'bijstand',
        in_azc and l.permit_start <= d, 'azc_with_permit', in_azc, 'azc_in_procedure', d >= l.settled, 'settled_other', 'unknown') as stage,
    in_azc, '0363' as municipality_code, 'AM25' as region,
    working and not ifNull(l.exit_on < d, false) as working_,
    bijstand and not ifNull(l.exit_on < d, false) as bijstand_,
    -- Some have as many hours as the column can hold.
    if(working_, if(hours = 40, '9999999.99', toString(hours)), '0')::Decimal(9, 2) as hours_week,
    if(working_, hours * 5600, 0)::Int64 as wage_sv_cents,
    if(working_, ['agency', 'payroll', 'bbl', 'on_call', 'permanent', 'temporary'][1 + sipHash64(l.person_id, 'con') % 6], '') as contract,
    if(working_, leftPad(toString([52, 33, 17, 18, 3, 1, 35][1 + sipHash64(l.person_id, 'sec') % 7]), 2, '0'), '') as sector_code,
    false as bbl, starts and d between l.settled + 10 and l.settled + 200 as startbaan, false as dual,
    if(l.permit_start >= '2022-01-01' and d >= l.settled, ['B1', 'O', 'Z'][1 + sipHash64(l.person_id, 'path') % 3], '') as leerroute,
    ifNull(run(6) and not ifNull(l.exit_on < d, false), false), ifNull(run(12) and not ifNull(l.exit_on < d, false), false),
    if(run(18) and not ifNull(l.exit_on < d, false), true, if(working_ and not bijstand_ and l.job_end > l.grid_end, null, false))
from work.life as l
array join arrayMap(i -> toStartOfMonth(coalesce(applied_on, base)) + toIntervalMonth(i),
    range(toUInt32(greatest(0, 1 + toRelativeMonthNum(grid_end) - toRelativeMonthNum(coalesce(applied_on, base)))))) as m;

insert into facts_store.milestone
select toUInt64(toUInt32(toDate('{edition}'))) as build, edition, person_id, kd.1 as kind, assumeNotNull(kd.2) as date, '' as record, '' as record_id
from (
    select p.edition as edition, p.person_id as person_id, arrayFilter(x -> x.2 is not null, [
        ('application', p.applied_on), ('azc_arrival', p.arrived_on), ('permit', p.permit_start), ('temporary_protection', p.protection_start),
        ('settled', if(l.settled < l.grid_end, toNullable(l.settled), null)),
        ('brp_registered', if(l.settled < l.grid_end, toNullable(l.settled + 14), null)),
        ('coupled', if(l.settled < l.grid_end, toNullable(l.settled - 50), null)),
        ('first_job', if(l.works and l.job_start < l.grid_end, toNullable(l.job_start), null)),
        ('first_work_in_azc', if(l.works and l.job_start < l.settled, toNullable(l.job_start), null)),
        ('first_job_20h', if(l.works and l.job_start + 31 < l.grid_end and sipHash64(p.person_id, '20h') % 2 = 0, toNullable(toLastDayOfMonth(l.job_start)), null)),
        ('startbaan_started', if(l.starts, toNullable(l.settled + 10), null)),
        ('diploma_requested', if(p.valued_kind != '' or sipHash64(p.person_id, 'asked') % 10 = 0, p.applied_on + 300, null)),
        ('diploma_valued', if(p.valued_kind != '', p.applied_on + toUInt32(350 + sipHash64(p.person_id, 'valued') % 200), null)),
        ('sustained_6', if(l.works and l.job_end = '2100-01-01' and l.job_start + 300 < l.grid_end, toNullable(l.job_start + 100), null)),
        ('work_permit_requested', p.applied_on + 200), ('work_permit_granted', if(sipHash64(p.person_id, 'twv') % 4 = 0, null, p.applied_on + 230)),
        ('exit', p.exit_on)]) as kinds
    from facts.person as p
    left join work.life as l on p.edition = l.edition and p.person_id = l.person_id
    where p.edition = '{edition}'
    settings join_use_nulls = 1
) array join kinds as kd;

-- One job at the first employer, and of some another at the next one.
insert into facts_store.job
select toUInt64(toUInt32(toDate('{edition}'))) as build, edition, person_id, concat('e', toString(n)) as employer, 1,
    job_start + toUInt32(100 * (n - 1)) as first_day, greatest(first_day, least(job_end, grid_end)), 1, 0, 0, 'temporary', 'temporary',
    if(sipHash64(person_id, 'jobsec') % 9 = 0, '', ['52', '33', '35'][n]), sipHash64(person_id, n, 'sowis') % 3 = 0
from work.life array join if(sipHash64(person_id, 'two') % 3 = 0, [1, 2], [1]) as n
where works and job_start < grid_end;

insert into facts_store.bijstand_spell
with bij_end < grid_end as known, sipHash64(person_id, 'x') % 10 < 8 and known as out
select toUInt64(toUInt32(toDate('{edition}'))) as build, edition, person_id, 1, bij_start, if(bij_end = '2100-01-01', null, toNullable(bij_end)), '0363', false,
    if(bij_end = '2100-01-01' or not known, null, toNullable(out)), if(out, toNullable(true), null), if(out, toNullable(true), null), null, if(out, toNullable(true), null), if(out, toNullable(false), null), null
from work.life where claims;

insert into facts_store.participation
with (s) -> sipHash64(person_id, n, s) as h, applied_on + toUInt32(h('part') % 700) as first_day
select toUInt64(toUInt32(toDate('{edition}'))), edition, person_id, concat('p', toString(n)), ['nt2', 'voorinburgering', 'volunteering', 'meedoenbalie'][1 + h('kind') % 4],
    first_day, if(h('open') % 3 = 0, null, toNullable(first_day + toUInt32(h('long') % 500))), if(h('hours') % 4 = 0, null, toNullable(toDecimal32(h('hours') % 30, 2))), '0014',
    if(h('am') % 12 = 0, '', 'AM01')
from work.life array join range(toUInt32(sipHash64(person_id, 'parts') % 4)) as n;

insert into facts_store.work_permit
with (s) -> sipHash64(person_id, n, s) as h, applied_on + toUInt32(180 + h('asked') % 900) as first_day, h('open') % 5 = 0 as open
select toUInt64(toUInt32(toDate('{edition}'))), edition, person_id, concat('t', toString(n)), first_day, if(open, null, toNullable(first_day + toUInt32(h('took') % 100))),
    if(open, '', ['granted', 'granted', 'refused', 'withdrawn'][1 + h('decision') % 4]), ['', '33', '35', '01'][1 + h('sector') % 4], null, null, h('azc') % 3 > 0, '0014',
    ['', 'AM01', 'AM18'][1 + h('am') % 3]
from work.life array join range(toUInt32(sipHash64(person_id, 'permits') % 3)) as n;

insert into facts_store.mbo
with (s) -> sipHash64(person_id, n, s) as h, base + toUInt32(300 + h('begins') % 2000) as first_day
select toUInt64(toUInt32(toDate('{edition}'))), edition, person_id, concat('m', toString(n)), ['bbl', 'bol', 'certificate', 'praktijkverklaring'][1 + h('kind') % 4],
    if(h('level') % 5 = 0, null, toNullable(toUInt8(h('level') % 5))), first_day, if(h('open') % 2 = 0, null, toNullable(first_day + toUInt32(h('long') % 900))),
    ['diploma', 'obtained', 'stopped', 'under_way', ''][1 + h('result') % 5], '0363', ['', 'AM01', 'AM18'][1 + h('am') % 3]
from work.life array join range(toUInt32(greatest(0, toInt32(sipHash64(person_id, 'courses') % 5) - 2))) as n;

insert into facts_store.valuation
with (s) -> sipHash64(person_id, n, s) as h, applied_on + toUInt32(300 + h('asked') % 1500) as first_day, h('open') % 4 = 0 as open
select toUInt64(toUInt32(toDate('{edition}'))), edition, person_id, concat('w', toString(n)), first_day, if(open, null, toNullable(first_day + toUInt32(h('took') % 500))),
    if(open, '', ['diplomawaardering', 'opleidingswaardering', 'indicatie_onderwijsniveau', 'geen_waardering'][1 + h('kind') % 4]),
    if(open or h('kind') % 4 = 3, null, toNullable(toUInt8(1 + h('level') % 8))), '0363', 'AM18'
from work.life array join range(toUInt32(greatest(0, toInt32(sipHash64(person_id, 'requests') % 6) - 3))) as n;

insert into facts_store.contract_conversion
with (s) -> sipHash64(person_id, employer, s) as h, dateDiff('month', start, l.grid_end) as k
select toUInt64(toUInt32(toDate('{edition}'))), j.edition, j.person_id, j.employer, j.job, j.start, if(h('agency') % 4 = 0, 'agency', 'temporary'),
    if(k >= 12, toNullable(h('same') % 5 = 0), null), if(k >= 24, toNullable(h('same') % 3 < 2), null), if(k >= 12, toNullable(h('same') % 3 < 2), null),
    if(k >= 24, toNullable(h('same') % 7 < 6), null)
from facts.job as j inner join work.life as l on j.person_id = l.person_id
where j.edition = '{edition}';

insert into facts_store.link_conflict
select toUInt64(toUInt32(toDate('{edition}'))) as build, edition, concat('b', substring(person_id, 2)), person_id, ['coa', 'municipality'] from facts.person where linkage = 'conflict' and edition = '{edition}'
union all
select toUInt64(toUInt32(toDate('{edition}'))) as build, edition, concat('b', substring(person_id, 2)), concat('b', substring(person_id, 2)), ['municipality'] from facts.person where linkage = 'conflict' and edition = '{edition}'
union all
select toUInt64(toUInt32(toDate('{edition}'))) as build, edition, concat('b', substring(person_id, 2)), concat('b', reverse(substring(person_id, 2))), ['uwv'] from facts.person where linkage = 'conflict' and edition = '{edition}';

insert into ops.slice_linkage (build, slice, record, cohort, linkage, records, persons)
select toUInt64(toUInt32(toDate('{edition}'))) as build, 0, s.1, cohort, linkage, count() * s.2, count()
from facts.person array join [('coa_stay', 2), ('coa_permit', 1), ('municipality_residence', 1), ('municipality_bijstand', 3), ('uwv_employment', 20), ('duo_exam', 4), ('idw_valuation', 1)] as s
where edition = '{edition}'
group by s.1, s.2, cohort, linkage;

insert into facts_store.first_link
with sipHash64(person_id, 'first') as h, toDate32('2025-03-01') as since, toDate32(ifNull(permit_start, '2025-01-01')) + toInt32(h % 500) as shown
select toUInt64(toUInt32(toDate('{edition}'))) as build, edition, person_id, s as record, least(toDate32(edition), greatest(since, shown + length(s))), since
from facts.person array join ['coa_stay', 'municipality_residence'] as s
where edition = '{edition}' and (linkage in ('linked', 'conflict') or h % 7 = 0);

insert into ops.slice_contradiction (build, slice, rule, record, persons, records)
select toUInt64(toUInt32(toDate('{edition}'))) as build, 0, s.1, s.2, s.3, s.4
from (select 1) array join [('ikv_ended_before_period', 'uwv_employment', 1, 1), ('exam_passed_before_arrival', 'duo_exam', 1, 4), ('born_after_permit', 'coa_permit', 0, 0)] as s
where (select count() from facts.person where edition = '{edition}') > 0;

insert into ops.control_total (build, step, place, measure, total_from, removed, total_to, allowance)
select toUInt64(toUInt32(toDate('{edition}'))) as build, 'facts as built', place, measure, total, map(), total, 0
from (
    select 'month_status' as place, 'rows' as measure, toInt128(count()) as total from facts.month_status where edition = '{edition}'
    union all
    select 'month_status', 'wages, euro cents', sum(toInt128(wage_sv_cents)) from facts.month_status where edition = '{edition}'
    union all
    select 'person', 'rows', toInt128(count()) from facts.person where edition = '{edition}'
)
union all
select toUInt64(toUInt32(toDate('{edition}'))), 'effective to persons', record, 'rows', sum(records), map(), sum(records), 0
from ops.slice_linkage
where build = toUInt32(toDate('{edition}'))
group by record;

drop table work.life;
