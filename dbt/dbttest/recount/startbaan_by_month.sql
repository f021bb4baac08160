with people_then as (
    select m.*, exists (
        from facts_milestone s where s.person_id = m.person_id and s.kind = 'startbaan_started' and date_trunc('month', s.date) = m.month
    ) as begins
    from person_months m where population = 'asylum' and k >= 0 and adult
),
counted as (
    select month, region_then as region, count(*) as initial, count(*) filter (present) as present, count(*) filter (begins) as started,
        count(*) filter (begins and present) as started_present, count(*) filter (startbaan and present) as in_startbaan
    from people_then group by all
)
select (select definition_version from ops_edition) as definition_version, *, share(started, initial) as started_share_initial, share(started_present, present) as started_share_present,
    share(in_startbaan, present) as in_startbaan_share, case when present = 0 then 'not_applicable' else 'value' end as status
from counted
