with courses as (
    select p.population, year(m.start) as start_year, m.kind, d.dimension, d.value, coalesce(m.result in ('diploma', 'obtained'), false) as obtained,
        m.result = 'stopped' as stopped, p.exit_on is null or p.exit_on >= getvariable('edition') as present
    from facts_mbo m join people p using (person_id), lateral (
        select unnest(['total', 'level', 'region']) as dimension, unnest(['total', coalesce(m.level::varchar, 'unknown'), named(m.region)]) as value
    ) d
    where m.start <= getvariable('edition')
),
counted as (
    select population, start_year, kind, dimension, value, count(*) as initial, count(*) filter (present) as present, count(*) filter (obtained) as obtained,
        count(*) filter (obtained and present) as obtained_present, count(*) filter (stopped) as stopped, count(*) filter (not obtained and not stopped) as not_ended
    from courses group by all
)
select (select definition_version from ops_edition) as definition_version, *, case when not_ended < initial then share(obtained, initial) end as obtained_share_initial,
    case when not_ended < initial then share(obtained_present, present) end as obtained_share_present,
    case when not_ended = initial then 'not_yet' when present = 0 then 'not_applicable' else 'value' end as status
from counted
