-- marts.cohort_by_k
with kinds as (
    select unnest([
        {'metric': 'werkend', 'name': 'working'}, {'metric': 'ontvangt uitkering (meest bijstand)', 'name': 'benefit'},
        {'metric': 'bijstandsafhankelijkheid', 'name': 'bijstand'}, {'metric': 'baan tijdens COA, voor kennisgeving', 'name': 'azc_before'},
        {'metric': 'baan tijdens COA, na kennisgeving', 'name': 'azc_after'}, {'metric': 'wachttijd op vestiging >=3 mnd', 'name': 'home_3_months'},
        {'metric': 'baan in loondienst zonder bijstand', 'name': 'off_bijstand'}
    ], recursive := true)
),
nations as (
    select unnest(['Syrië', 'Eritrea', 'Afghanistan', 'Irak', 'Iran', 'Turkije']) as groep,
        unnest(['syrie', 'eritrea', 'afghanistan', 'irak', 'iran', 'turkije']) as nation
),
in_azc as (
    select sum(people) as people, sum(people_worked_before) as before, sum(people_worked_after) as after
    from azc_work_by_year where population = 'asylum' and cohort in (2022, 2023) and until_year = 2023
),
exits as (
    select share(sum(loose_6_out), sum(loose_6_known)) as loose_6, share(sum(loose_18_out), sum(loose_18_known)) as loose_18
    from bijstand_exit where population = 'asylum' and exit_year = 2021
),
sources as (
    select p.*, k.name, n.nation, row_number() over () as place, regexp_extract(bron, '(https://[^ );]+)', 1) as url
    from published p join kinds k using (metric) left join nations n using (groep)
),
comparable as (
    select *, regexp_replace(regexp_extract(url, 'https://([^/]+)', 1), '^www\.', '') as host, case
        when name in ('working', 'benefit') and nation is null then (
            select any_value(case s.name when 'working' then working_share_initial else bijstand_share_initial end) from whole_cohorts w where w.cohort = s.one_cohort and w.k = s.k)
        when name = 'working' then (
            select any_value(working_share_initial) from cohort_by_k w where w.is_complete and w.dimension = 'nationality_group' and w.value = s.nation and w.cohort = s.one_cohort and w.k = s.k)
        when name = 'bijstand' then (select share(sum(bijstand), sum(people)) from bijstand_by_month where month = date '2022-12-01')
        when name = 'azc_before' then (select share(before, people) from in_azc)
        when name = 'azc_after' then (select share(after, people) from in_azc)
        when name = 'home_3_months' then (select any_value(waited_3_months_share) from settling_by_year where cohort = 2022 and settled_year = 2022)
        when moment = '6 mnd' then (select loose_6 from exits)
        when moment = '18 mnd' then (select loose_18 from exits)
    end as ours
    from sources s
    where case when name in ('working', 'benefit') then one_cohort is not null and s.k is not null and (groep = 'totaal' or nation is not null)
        when name in ('azc_before', 'azc_after') then groep = 'totaal' else true end
),
lines as (
    select *, case when name in ('working', 'benefit') then 't:whom.' || name || '|' || cohort else 't:whom.' || name end || case when groep = 'totaal' then '' else '¦, ' || groep end as whom,
        case when name in ('working', 'benefit') then 't:moment.permit|' || k when name = 'off_bijstand' then 't:moment.off_bijstand|' || split_part(moment, ' ', 1) else 't:moment.' || name end as at_moment,
        case when host = 'cbs.nl' or host like '%.cbs.nl' then 'CBS' when url = '' then bron
            when exists (from read_csv(getvariable('reference') || '/primary_sources.csv', header = true) f where f.source = url)
            then 't:cited.via|' || (select "primary" from read_csv(getvariable('reference') || '/primary_sources.csv', header = true) f where f.source = url) || '|' || host
            else 't:cited.unknown|' || host end as cited
    from comparable
)
select 't:metric.' || name as "col.what", whom as "col.whom", at_moment as "col.moment", 'x:' || waarde || '¦%' as "col.published", ours as "col.ours",
    ours * 100 - value as "col.difference", 't:differs.' || name as "col.differs", cited as "col.source"
from lines where groep <> 'totaal' order by place
