with periods as (
    select person_id, population, cohort,
        case when cohort is null then 'no_permit' when k < 0 then 'before_permit' else 'after_permit' end as period, bool_or(working) as worked
    from person_months where in_azc and adult group by all
)
select population, cohort, period, count(*) as people, count(*) filter (worked) as people_worked, share(count(*) filter (worked), count(*)) as people_worked_share
from periods group by all
