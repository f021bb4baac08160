-- marts.azc_work
select cohort::varchar as "col.cohort",
    coalesce(any_value(people) filter (period = 'before_permit'), 0) as "col.azc_before", any_value(people_worked_share) filter (period = 'before_permit') as "col.worked",
    coalesce(any_value(people) filter (period = 'after_permit'), 0) as "col.azc_after", any_value(people_worked_share) filter (period = 'after_permit') as "col.worked"
from cohorts left join (from azc_work where population = 'asylum') using (cohort) group by cohort order by cohort
