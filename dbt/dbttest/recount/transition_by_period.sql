with ends as (
    select *, 'month' as period, 1 as length from person_months
    union all
    select *, 'quarter', 3 from person_months where month(month) in (3, 6, 9, 12)
),
moves as (
    select e.population, e.cohort, e.period, (e.month - to_months(e.length - 1))::date as period_start, coalesce(b.stage, 'entered') as from_stage, e.stage as to_stage
    from ends e left join person_months b on b.person_id = e.person_id and b.month = e.month - to_months(e.length)
),
counted as (select population, cohort, period, period_start, from_stage, to_stage, count(*) as people from moves group by all),
of_stage as (
    select population, cohort, period, period_start, from_stage, sum(people) as initial, coalesce(sum(people) filter (to_stage <> 'left'), 0) as present
    from counted group by all
)
select (select definition_version from ops_edition) as definition_version, c.*, s.initial, s.present,
    case when c.from_stage <> 'entered' then people / initial end as people_share_initial,
    case when c.from_stage <> 'entered' and c.to_stage <> 'left' then people / present end as people_share_present,
    case when c.from_stage = 'entered' then 'not_applicable' else 'value' end as status
from counted c join of_stage s on s.population = c.population and s.cohort is not distinct from c.cohort and s.period = c.period
    and s.period_start = c.period_start and s.from_stage = c.from_stage
