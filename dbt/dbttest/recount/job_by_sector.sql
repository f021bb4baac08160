with jobs as (
    select population, cohort, year(j.start) as start_year, named(j.sector_code) as sector_code, person_id,
        j."end" >= (select grid_end from grid) as going_on, last_day(j.start + interval 11 month) <= (select grid_end from grid) as old_enough, sowis_like as sowis
    from facts_job j join people p using (person_id)
    where j.start <= (select grid_end from grid) and year(j.start) - p.birth_year between 18 and 64
),
counted as (
    select population, cohort, start_year, sector_code, count(*) as jobs, count(distinct person_id) as people, count(*) filter (going_on) as going_on,
        count(*) filter (old_enough) as old_enough, count(*) filter (old_enough and sowis) as sowis_like
    from jobs group by all
)
select (select definition_version from ops_edition) as definition_version, *, sum(jobs) over of_year as jobs_in_all, share(jobs, sum(jobs) over of_year) as jobs_share,
    share(sowis_like, old_enough) as sowis_like_share, case when old_enough > 0 then 'value' else 'not_yet' end as status
from counted window of_year as (partition by population, cohort, start_year)
