-- What figures of the page share. A cell of text is made of pieces, with ¦ between them: t:KEY|ARGUMENT... are words of the
-- page's language, d: and m: a day and its month, x: a number as it was published; all else is written as it stands.
create macro month_text(d) as 'm:' || strftime(d, '%Y-%m-%d');
create macro day_text(d) as 'd:' || strftime(d, '%Y-%m-%d');
create view shown_months as select unnest([0, 6, 12, 18, 24, 30, 36, 48, 60, 72, 84, 96, 108, 120]) as k;
create view cohorts as select distinct cohort from cohort_by_k where dimension = 'total';
create view whole_cohorts as select * from cohort_by_k where dimension = 'total' and is_complete;
create view last_month as select max(month) as month from stage_by_month where population = 'asylum';
create view published as
select *, try_cast(waarde as double) as value, try_cast(cohort as integer) as one_cohort,
    case when moment like '% mnd na vergunning' or moment similar to '[0-9]+ mnd' then split_part(moment, ' ', 1)::integer end as k
from read_csv(getvariable('reference') || '/published_figures.csv', all_varchar = true, header = true)
where try_cast(waarde as double) is not null;
create macro asked(reached_share, people) as case when people = 0 then 't:not_applicable' when reached_share is null then '–' else 'p:' || reached_share end;
-- What stands beside a published figure, in the order of the file of those.
create view beside as
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
    select share(sum(loose_6_out), sum(loose_6_known)) as loose_6, share(sum(loose_18_out), sum(loose_18_known)) as loose_18,
        sum(loose_6_known) as of_6, sum(loose_18_known) as of_18
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
    end as ours, case
        when name in ('working', 'benefit') and nation is null then (select any_value(initial) from whole_cohorts w where w.cohort = s.one_cohort and w.k = s.k)
        when name = 'working' then (
            select any_value(initial) from cohort_by_k w where w.is_complete and w.dimension = 'nationality_group' and w.value = s.nation and w.cohort = s.one_cohort and w.k = s.k)
        when name = 'bijstand' then (select sum(people) from bijstand_by_month where month = date '2022-12-01')
        when name in ('azc_before', 'azc_after') then (select people from in_azc)
        when name = 'home_3_months' then (select any_value(people) from settling_by_year where cohort = 2022 and settled_year = 2022)
        when moment = '6 mnd' then (select of_6 from exits)
        when moment = '18 mnd' then (select of_18 from exits)
    end as how_many
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
    case when ours is not null then how_many end::bigint as "col.of", ours * 100 - value as "col.difference", 't:differs.' || name as "col.differs", cited as "col.source",
    groep, place
from lines;
-- Where everybody of a population stood at the end of each year, and in the last month.
create macro stages_of(whom) as table
select month_text(month) as "col.month",
    coalesce(sum(persons) filter (stage = 'sustained'), 0)::bigint as "stage.sustained",
    coalesce(sum(persons) filter (stage = 'work'), 0)::bigint as "stage.work",
    coalesce(sum(persons) filter (stage = 'work_and_bijstand'), 0)::bigint as "stage.work_and_bijstand",
    coalesce(sum(persons) filter (stage = 'bijstand'), 0)::bigint as "stage.bijstand",
    coalesce(sum(persons) filter (stage = 'settled_other'), 0)::bigint as "stage.settled_other",
    coalesce(sum(persons) filter (stage = 'azc_with_permit'), 0)::bigint as "stage.azc_with_permit",
    coalesce(sum(persons) filter (stage = 'azc_in_procedure'), 0)::bigint as "stage.azc_in_procedure",
    coalesce(sum(persons) filter (stage = 'left'), 0)::bigint as "stage.left",
    coalesce(sum(persons) filter (stage = 'unknown'), 0)::bigint as "stage.unknown",
    sum(persons)::bigint as "col.total"
from stage_by_month where population = whom and (month(month) = 12 or month = (select max(month) from stage_by_month where population = whom))
group by month order by month;
