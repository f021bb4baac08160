-- By docs/decisions/waits-by-kaplan-meier.md, in calendar months. The band is Greenwood's on the scale log(-log).
with asked as (
    select person_id, cohort, exit_on, birth_year, permit_start as begun, event, case event
        when 'settled' then getvariable('edition')
        when 'sustained_6' then last_day((select grid_end from grid) - interval 5 month)
        else (select grid_end from grid)
    end as last_known
    from people, (select unnest(['first_job', 'first_job_20h', 'sustained_6', 'settled']) as event)
    where cohort is not null
),
begun as (
    select a.*, r.date as happened from asked a left join reached r on r.person_id = a.person_id and r.kind = a.event
    union all
    select p.person_id, cohort, exit_on, birth_year, s.start, 'bijstand_end', getvariable('edition'), s."end"
    from people p join facts_bijstand_spell s on s.person_id = p.person_id and s.spell = 1 where cohort is not null
),
paths as (select person_id, leerroute from person_months where d = (select grid_end from grid)),
waits as (
    select b.*, dimension, value, coalesce(happened <= last_known and (b.exit_on is null or happened <= b.exit_on), false) as ended,
        coalesce(b.exit_on <= last_known, false) as gone,
        greatest(0, months_from(begun, case when ended then happened when gone then b.exit_on else last_known end)) as months
    from begun b join people p on p.person_id = b.person_id left join paths l on l.person_id = b.person_id, lateral (
        select unnest(['total', 'sex', 'age_group', 'nationality_group', 'law', 'route', 'leerroute', 'good_prospects', 'region_at_cut_off']) as dimension,
            unnest([
                'total', p.sex, age_group(p.cohort - p.birth_year), p.nationality_group, p.law_named, named(p.route), coalesce(l.leerroute, 'unknown'),
                p.good_prospects, p.region
            ]) as value
    )
    where begun <= last_known and (event = 'settled' or coalesce(year(begun) - b.birth_year between 18 and 64, false))
),
groups as (
    select event, cohort, dimension, value, last_known, count(*) as initial, max(months) as longest from waits group by all
),
calendar as (
    select *, unnest(generate_series(0, greatest(longest, months_from(make_date(cohort, 1, 1), last_known)))) as months from groups
),
per_month as (
    select event, cohort, dimension, value, months, count(*) filter (ended) as ended, count(*) filter (gone and not ended) as exits,
        count(*) filter (not gone and not ended) as censored
    from waits group by all
),
sets as (
    select c.event, c.cohort, c.dimension, c.value, c.months, c.initial, coalesce(ended, 0) as ended, coalesce(exits, 0) as exits, coalesce(censored, 0) as censored,
        c.initial - coalesce(sum(coalesce(ended + exits + censored, 0)) over (
            partition by c.event, c.cohort, c.dimension, c.value order by c.months rows between unbounded preceding and 1 preceding
        ), 0) as at_risk
    from calendar c left join per_month m
        on m.event = c.event and m.cohort = c.cohort and m.dimension = c.dimension and m.value = c.value and m.months = c.months
),
curve as (
    select *, product(case when ended = 0 then 1 else (at_risk - ended) / at_risk end) over so_far as waiting,
        sum(case when ended = 0 or ended = at_risk then 0 else ended / (at_risk * (at_risk - ended)) end) over so_far as spread
    from sets window so_far as (partition by event, cohort, dimension, value order by months)
)
select (select definition_version from ops_edition) as definition_version, event, cohort, dimension, value, months, initial, at_risk, ended, exits, censored,
    case when at_risk > 0 or waiting = 0 then round(waiting, 12) end as still_waiting_share,
    case when at_risk > 0 and waiting > 0 and waiting < 1 then round(exp(-exp(ln(-ln(waiting)) + 1.959963984540054 * sqrt(spread) / abs(ln(waiting)))), 12) end as still_waiting_low,
    case when at_risk > 0 and waiting > 0 and waiting < 1 then round(exp(-exp(ln(-ln(waiting)) - 1.959963984540054 * sqrt(spread) / abs(ln(waiting)))), 12) end as still_waiting_high,
    case when at_risk > 0 or waiting = 0 then 'value' else 'not_yet' end as status
from curve
