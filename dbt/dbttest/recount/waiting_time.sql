-- By docs/decisions/waits-by-kaplan-meier.md. A wait is followed up to the last day that is known of it: that of the cut-off, of a
-- first job that of the grid. duration is what is known of it in days, ended says that it came to its end in that time.
with pairs as (
    select *, case to_kind when 'first_job' then (select grid_end from grid) else getvariable('edition') end as last_known
    from (select unnest([
        {'from_kind': 'application', 'to_kind': 'permit'}, {'from_kind': 'permit', 'to_kind': 'settled'},
        {'from_kind': 'permit', 'to_kind': 'brp_registered'}, {'from_kind': 'settled', 'to_kind': 'first_job'}
    ], recursive := true))
),
begun as (
    select from_kind, to_kind, cohort, last_known, a.date as begun, exit_on, b.date as arrived
    from pairs
    join facts_milestone a on a.kind = from_kind and a.date <= last_known
    join people on people.person_id = a.person_id and cohort is not null
    left join facts_milestone b on b.kind = to_kind and b.person_id = a.person_id
    where to_kind <> 'first_job' or coalesce(year(a.date) - birth_year between 18 and 64, false)
),
waits as (
    select *, case
        when arrived < begun and ended then 'before' when ended then 'waited' when gone then 'left' else 'waiting'
    end as outcome,
    greatest(0, datediff('day', begun, case when ended then arrived when gone then exit_on else last_known end)) as duration
    from (
        select *, coalesce(arrived <= last_known and (exit_on is null or arrived <= exit_on), false) as ended,
            coalesce(exit_on <= last_known, false) as gone
        from begun
    )
),
days as (
    select from_kind, to_kind, cohort, duration as day, count(*) as ends
    from waits where ended group by all
),
curve as (
    select *, round(product(1 - ends / at_risk) over (partition by from_kind, to_kind, cohort order by day), 9) as still_waits
    from (
        select d.*, (select count(*) from waits w where w.from_kind = d.from_kind and w.to_kind = d.to_kind and w.cohort = d.cohort and w.duration >= d.day) as at_risk
        from days d
    )
),
quartiles as (
    select from_kind, to_kind, cohort,
        min(day) filter (still_waits <= 0.75) as days_p25, arg_min(at_risk, day) filter (still_waits <= 0.75) as at_risk_p25,
        min(day) filter (still_waits <= 0.5) as days_median, arg_min(at_risk, day) filter (still_waits <= 0.5) as at_risk_median,
        min(day) filter (still_waits <= 0.25) as days_p75, arg_min(at_risk, day) filter (still_waits <= 0.25) as at_risk_p75,
        coalesce(min(still_waits) filter (day < 91), 1) as after_90_days
    from curve group by all
)
select from_kind, to_kind, cohort, count(*) as people,
    count(*) filter (outcome = 'before') as people_before, count(*) filter (outcome = 'waited') as people_waited,
    count(*) filter (outcome = 'left') as people_left, count(*) filter (outcome = 'waiting') as people_waiting,
    count(*) filter (duration >= 91) as at_risk_3_months,
    case when count(*) filter (duration >= 91) > 0 then coalesce(any_value(after_90_days), 1) end as waits_3_months_share,
    any_value(days_p25) as days_p25, any_value(at_risk_p25) as at_risk_p25, any_value(days_median) as days_median, any_value(at_risk_median) as at_risk_median,
    any_value(days_p75) as days_p75, any_value(at_risk_p75) as at_risk_p75
from waits left join quartiles using (from_kind, to_kind, cohort)
group by all
