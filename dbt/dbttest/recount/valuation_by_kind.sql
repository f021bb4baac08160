with requests as (
    select p.population, year(v.requested_on) as requested_year, coalesce(v.decided_on <= getvariable('edition'), false) as decided,
        case when decided then named(v.kind) else 'undecided' end as kind, case when decided then v.nlqf end as nlqf_level,
        p.exit_on is null or p.exit_on >= getvariable('edition') as present
    from facts_valuation v join people p using (person_id) where v.requested_on <= getvariable('edition')
),
of_year as (select population, requested_year, count(*) as initial, count(*) filter (present) as present from requests group by all),
counted as (
    select population, requested_year, kind, nlqf_level, count(*) as requests, count(*) filter (present) as requests_present from requests group by all
)
select (select definition_version from ops_edition) as definition_version, *, share(requests, initial) as requests_share_initial, share(requests_present, present) as requests_share_present,
    case when present = 0 then 'not_applicable' else 'value' end as status
from counted join of_year using (population, requested_year)
