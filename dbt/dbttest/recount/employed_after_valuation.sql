with valued as (
    select person_id, min(decided_on) as decided_on from facts_valuation where decided_on <= getvariable('edition') and nlqf >= 6 group by person_id
),
asked as (
    select p.population, m.months, last_day(v.decided_on + to_months(m.months)) <= (select grid_end from grid) as followed,
        coalesce(s.adult, false) as adult, coalesce(s.present, false) as present, coalesce(s.working, false) as working, coalesce(s.hours_week >= 20, false) as full_enough
    from valued v join people p using (person_id) cross join (select unnest([0, 6, 12, 24, 36]) as months) m
    left join person_months s on s.person_id = v.person_id and s.d = last_day(v.decided_on + to_months(m.months))
),
counted as (
    select population, months, count(*) as people, count(*) filter (followed) as followed, count(*) filter (adult) as initial,
        count(*) filter (adult and present) as present, count(*) filter (adult and working) as working,
        count(*) filter (adult and working and present) as working_present, count(*) filter (adult and working and full_enough) as working_20_hours
    from asked group by all
)
select (select definition_version from ops_edition) as definition_version, * exclude (followed), share(working, initial) as working_share_initial, share(working_present, present) as working_share_present,
    case when followed = 0 then 'not_yet' when present = 0 then 'not_applicable' else 'value' end as status
from counted
