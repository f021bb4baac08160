with requests as (
    select p.population, year(v.requested_on) as requested_year, m.months, v.requested_on + to_months(m.months) <= getvariable('edition') as followed,
        coalesce(v.decided_on < v.requested_on + to_months(m.months), false) as quick,
        p.exit_on is null or p.exit_on >= v.requested_on + to_months(m.months) as present
    from facts_valuation v join people p using (person_id) cross join (select unnest([3, 6, 12]) as months) m
    where v.requested_on <= getvariable('edition')
),
counted as (
    select population, requested_year, months, count(*) as requests, count(*) filter (followed) as initial, count(*) filter (followed and present) as present,
        count(*) filter (followed and quick) as decided, count(*) filter (followed and quick and present) as decided_present
    from requests group by all
)
select (select definition_version from ops_edition) as definition_version, *, share(decided, initial) as decided_share_initial, share(decided_present, present) as decided_share_present,
    case when initial = 0 then 'not_yet' when present = 0 then 'not_applicable' else 'value' end as status
from counted
