with windows as (
    select s.*, p.exit_on, n as months, (s.settled_on + to_months(n))::date as first_day_after
    from settling s join people p using (person_id), (select unnest([3, 6]) as n)
    where p.cohort is not null and year(s.settled_on) - p.birth_year between 18 and 64
),
looked as (
    select *, first_day_after - 1 <= (select grid_end from grid) as known, exit_on is null or exit_on >= first_day_after as stayed,
        exists (from facts_job j where j.person_id = w.person_id and j."end" >= w.settled_on and j.start < w.first_day_after) as job
    from windows w
),
counted as (
    select region, year(settled_on) as settled_year, months, count(*) as settled, count(*) filter (known) as initial, count(*) filter (known and stayed) as present,
        count(*) filter (known and job) as with_job, count(*) filter (known and stayed and job) as with_job_present
    from looked group by all
)
select (select definition_version from ops_edition) as definition_version, *, share(with_job, initial) as with_job_share_initial, share(with_job_present, present) as with_job_share_present,
    case when initial > 0 then 'value' else 'not_yet' end as status
from counted
