-- What several questions share, from the tables of facts alone. DOMAIN's words: d is the last day of a month, k counts
-- calendar months from the month of the permit, a person is present until he died or emigrated before d.
create macro share(part, whole) as case when whole = 0 then null else part / whole end;
create macro months_from(a, b) as (year(b) * 12 + month(b)) - (year(a) * 12 + month(a));
create macro named(text) as case when text = '' then 'unknown' else text end;

create macro age_group(age) as case
    when age is null then 'unknown' when age < 18 then '<18' when age <= 24 then '18-24' when age <= 34 then '25-34' when age <= 44 then '35-44'
    when age <= 54 then '45-54' when age <= 64 then '55-64' else '65+'
end;

create view people as
select
    person_id, population, linkage, law, route, sex as raw_sex, named(sex) as sex, named(nationality_group) as nationality_group,
    named(law) as law_named, named(region) as region, year(permit_start) as cohort, permit_start, protection_start,
    case when good_prospects then 'yes' else 'no' end as good_prospects, valued_kind, valued_nlqf,
    birth_year, exit_on, applied_on, arrived_on, coupled_municipality, first_municipality, nationality_code
from facts_person;

create view person_months as
select
    m.person_id, m.month, last_day(m.month) as d, p.population, p.cohort, p.sex, p.nationality_group, p.law_named, p.region,
    months_from(p.permit_start, m.month) as k,
    coalesce(year(m.month) - p.birth_year between 18 and 64, false) as adult,
    p.exit_on is null or p.exit_on >= last_day(m.month) as present,
    m.stage, m.in_azc, m.working, m.bijstand, m.hours_week, m.contract, m.sector_code, named(m.region) as region_then,
    m.sustained_6, m.sustained_12, m.sustained_18, m.startbaan, named(m.leerroute) as leerroute, named(p.route) as route, p.good_prospects,
    age_group(year(m.month) - p.birth_year) as age_group
from facts_month_status m join people p using (person_id);

create view grid as select max(last_day(month)) as grid_end from facts_month_status;

create macro hours_class(h) as case
    when h < 12 then '<12' when h < 20 then '12-20' when h < 25 then '20-25' when h < 30 then '25-30' when h < 35 then '30-35' else '35+'
end;

-- The work of one person on one day, three ways of looking at it.
create view work_of_adults as
select pm.*, x.dimension, x.value
from person_months pm, lateral (
    select unnest(['contract', 'sector', 'hours_class']) as dimension,
        unnest([named(pm.contract), named(pm.sector_code), hours_class(pm.hours_week)]) as value
) x
where pm.working and pm.adult;

create view reached as
select m.person_id, m.kind, m.date from facts_milestone m where m.date <= getvariable('edition');

-- Where people lived at the end of the month of their first home.
create view settling as
select r.person_id, r.date as settled_on, coalesce(m.region_then, 'unknown') as region
from reached r left join person_months m on m.person_id = r.person_id and m.month = date_trunc('month', r.date)
where r.kind = 'settled';
