-- marts.milestone_by_cohort
select cohort::varchar as "col.cohort", any_value(people_eligible) filter (kind = 'first_job') as "col.people",
    any_value(asked(people_eligible_reached_share, people_eligible)) filter (kind = 'settled') as "kind.settled",
    any_value(people_eligible) filter (kind = 'pip_signed') as "col.wi2021",
    any_value(asked(people_eligible_reached_share, people_eligible)) filter (kind = 'pip_signed') as "kind.pip_signed",
    any_value(asked(people_eligible_reached_share, people_eligible)) filter (kind = 'inburgering_done') as "kind.inburgering_done",
    any_value(asked(people_eligible_reached_share, people_eligible)) filter (kind = 'first_job') as "kind.first_job",
    any_value(asked(people_eligible_reached_share, people_eligible)) filter (kind = 'first_job_20h') as "kind.first_job_20h",
    any_value(asked(people_eligible_reached_share, people_eligible)) filter (kind = 'sustained_6') as "kind.sustained_6",
    any_value(asked(people_eligible_reached_share, people_eligible)) filter (kind = 'sustained_12') as "kind.sustained_12"
from milestone_by_cohort where population = 'asylum' and cohort in (from cohorts) group by cohort order by cohort
