with outcomes as (
    select p.population, coalesce(m.region_then, 'unknown') as region, year(s."end") as exit_year, o.outcome, o.out,
        o.outcome = 'exit_to_work' or coalesce(s.exit_to_work, false) as asked,
        p.exit_on is null or p.exit_on >= last_day(date_trunc('month', s."end") + to_months(o.later)) as stayed
    from facts_bijstand_spell s join people p using (person_id)
    left join person_months m on m.person_id = s.person_id and m.month = date_trunc('month', s."end"), lateral (
        select unnest(['exit_to_work', 'loose_6', 'loose_12', 'loose_18', 'strict_6', 'strict_12', 'strict_18']) as outcome,
            unnest([1, 6, 12, 18, 6, 12, 18]) as later,
            unnest([s.exit_to_work, s.loose_6, s.loose_12, s.loose_18, s.strict_6, s.strict_12, s.strict_18]) as out
    ) o
    where s."end" <= getvariable('edition')
),
counted as (
    select population, region, exit_year, outcome, count(*) as spells_ended, count(*) filter (asked) as asked, count(out) as initial, count(out) filter (stayed) as present,
        count(*) filter (out) as reached, count(*) filter (out and stayed) as reached_present
    from outcomes group by all
)
select (select definition_version from ops_edition) as definition_version, * exclude (asked), share(reached, initial) as reached_share_initial,
    share(reached_present, present) as reached_share_present,
    case when initial > 0 then 'value' when asked = 0 then 'not_applicable' else 'not_yet' end as status
from counted
