with pairs as (
    select unnest([
        {'from_kind': 'application', 'to_kind': 'permit'}, {'from_kind': 'permit', 'to_kind': 'settled'},
        {'from_kind': 'permit', 'to_kind': 'brp_registered'}, {'from_kind': 'settled', 'to_kind': 'first_job'}
    ], recursive := true)
),
waits as (
    select from_kind, to_kind, cohort, a.date as begun, b.date as ended, datediff('day', a.date, b.date) as days, months_from(a.date, b.date) as months,
        b.date is null and (exit_on is null or exit_on >= getvariable('edition')) as waiting
    from pairs
    join reached a on a.kind = from_kind
    join people on people.person_id = a.person_id and cohort is not null
    left join reached b on b.kind = to_kind and b.person_id = a.person_id
),
counted as (
    select from_kind, to_kind, cohort, count(*) as people,
        count(*) filter (ended < begun) as people_before, count(*) filter (ended >= begun) as people_waited, count(*) filter (waiting) as people_waiting,
        count(*) filter (ended >= begun and ended >= begun + interval 3 month) as waited_3_months,
        count(*) filter (waiting and getvariable('edition') >= begun + interval 3 month) as waiting_3_months,
        quantile_cont(days, 0.25) filter (ended >= begun) as days_p25, quantile_cont(days, 0.5) filter (ended >= begun) as days_median,
        quantile_cont(days, 0.75) filter (ended >= begun) as days_p75,
        quantile_cont(months, 0.25) filter (ended >= begun) as months_p25, quantile_cont(months, 0.5) filter (ended >= begun) as months_median,
        quantile_cont(months, 0.75) filter (ended >= begun) as months_p75
    from waits group by all
)
select *, share(waited_3_months, people_before + people_waited) as waited_3_months_share from counted
