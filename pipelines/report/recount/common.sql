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
