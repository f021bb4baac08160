with jobs as (
    select p.population, year(c.start) as start_year, c.contract_start, x.employer, x.months, x.converted,
        p.exit_on is null or p.exit_on >= last_day(c.start + to_months(x.months)) as present
    from facts_contract_conversion c join people p using (person_id), lateral (
        select unnest(['same', 'same', 'any', 'any']) as employer, unnest([12, 24, 12, 24]) as months, unnest([c.same_12, c.same_24, c.any_12, c.any_24]) as converted
    ) x
    where year(c.start) - p.birth_year between 18 and 64
),
counted as (
    select population, start_year, contract_start, employer, months, count(*) as jobs, count(converted) as initial,
        count(converted) filter (present) as present, count(*) filter (converted) as converted, count(*) filter (converted and present) as converted_present
    from jobs group by all
)
select (select definition_version from ops_edition) as definition_version, *, share(converted, initial) as converted_share_initial, share(converted_present, present) as converted_share_present,
    case when initial = 0 then 'not_yet' when present = 0 then 'not_applicable' else 'value' end as status
from counted
