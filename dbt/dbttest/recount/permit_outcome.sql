with requests as (
    select p.population, year(w.requested_on) as requested_year, d.dimension, d.value,
        case when w.decided_on <= getvariable('edition') then w.decision else '' end as outcome, p.exit_on is null or p.exit_on >= getvariable('edition') as present
    from facts_work_permit w join people p using (person_id), lateral (
        select unnest(['total', 'sector', 'region', 'place']) as dimension,
            unnest(['total', named(w.sector_code), named(w.region), case when w.in_azc then 'azc' else 'elsewhere' end]) as value
    ) d
    where w.requested_on <= getvariable('edition')
),
counted as (
    select population, requested_year, dimension, value, count(*) as initial, count(*) filter (present) as present,
        count(*) filter (outcome = 'granted') as granted, count(*) filter (outcome = 'granted' and present) as granted_present,
        count(*) filter (outcome = 'refused') as refused, count(*) filter (outcome = 'withdrawn') as withdrawn, count(*) filter (outcome = '') as undecided
    from requests group by all
)
select (select definition_version from ops_edition) as definition_version, *, case when undecided < initial then granted / initial end as granted_share_initial,
    case when undecided < initial then share(granted_present, present) end as granted_share_present,
    case when undecided = initial then 'not_yet' when present = 0 then 'not_applicable' else 'value' end as status
from counted
