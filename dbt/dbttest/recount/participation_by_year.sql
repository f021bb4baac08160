with azc as (
    select distinct population, year(month) as calendar_year, person_id, make_date(year(month), 12, 31) as last_day
    from person_months where in_azc and adult and (select definition_version from ops_edition) not in ('1', '2')
),
asked as (
    select a.*, x.kind, last_day <= g.grid_end as whole, p.exit_on is null or p.exit_on >= least(last_day, g.grid_end) as present,
        exists (
            from facts_participation f
            where f.person_id = a.person_id and (x.kind = 'any' or f.kind = x.kind) and f.start <= least(last_day, g.grid_end)
                and (f."end" is null or f."end" >= make_date(a.calendar_year, 1, 1))
        ) as took_part
    from azc a join people p using (person_id) cross join grid g
    cross join (select unnest(['any', 'nt2', 'voorinburgering', 'volunteering', 'meedoenbalie']) as kind) x
),
counted as (
    select population, calendar_year, kind, bool_and(whole) as whole, count(*) as initial, count(*) filter (present) as present,
        count(*) filter (took_part) as participating, count(*) filter (took_part and present) as participating_present
    from asked group by population, calendar_year, kind
)
select (select definition_version from ops_edition) as definition_version, * exclude (whole), case when whole then share(participating, initial) end as participating_share_initial,
    case when whole then share(participating_present, present) end as participating_share_present,
    case when not whole then 'not_yet' when present = 0 then 'not_applicable' else 'value' end as status
from counted
