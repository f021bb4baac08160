with days as (select * from person_months where in_azc and adult),
groups as (select population, cohort, sex, min(year(month)) as first_year from days group by all),
years as (select g.*, unnest(generate_series(first_year, (select year(grid_end) from grid))) as until_year from groups g)
select y.population, y.cohort, y.sex, y.until_year, count(distinct person_id) as people,
    count(distinct person_id) filter (working and (k is null or k < 0)) as people_worked_before,
    count(distinct person_id) filter (working and k >= 0) as people_worked_after,
    share(count(distinct person_id) filter (working and (k is null or k < 0)), count(distinct person_id)) as people_worked_before_share,
    share(count(distinct person_id) filter (working and k >= 0), count(distinct person_id)) as people_worked_after_share
from years y join days d on d.population = y.population and d.cohort is not distinct from y.cohort and d.sex = y.sex and year(d.month) <= y.until_year
group by y.population, y.cohort, y.sex, y.until_year
