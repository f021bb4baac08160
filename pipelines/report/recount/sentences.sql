-- What stands outside tables and drawings, place by place, in the order of the page.
with e as (select getvariable('edition') as edition, any_value(definition_version) as version, bool_or(synthetic) as synthetic, any_value(horizon) as horizon from ops_edition),
grown_up as (
    select population, month, count(*) filter (present) as present, count(*) filter (present and working) as working, count(*) filter (present and sustained_6) as sustained
    from person_months p
    where adult and month = (select max(month) from person_months m where m.population = p.population) group by all
),
statushouders as (from grown_up where population = 'asylum'),
bijstand as (
    select month, sum(people) as people, sum(bijstand) as bijstand, sum(bijstand_4_years) as years4 from bijstand_by_month
    where month = (select max(month) from bijstand_by_month) group by month
),
home as (from waiting_time where from_kind = 'permit' and to_kind = 'settled' and days_median is not null order by cohort desc limit 1),
after_k as (
    select k, max(cohort) as newest, arg_max(working_share_initial, cohort) as newest_share, min(cohort) as oldest, arg_min(working_share_initial, cohort) as oldest_share
    from whole_cohorts where k in (12, 36) group by k
)
select * from (
    select 0 as place, 'mark' as part, 't:synthetic¦ ¦t:synthetic.why' as said from e where synthetic
    union all select 1, 'mark', 't:mark¦ ¦t:mark.why'
    union all select 2, 'title', case when synthetic then 't:synthetic.title|t:title' else 't:title' end from e
    union all select 3, 'subtitle', 't:subtitle|' || day_text(edition) from e
    union all select 4, 'fact', 't:fact.edition¦: ¦' || day_text(edition) from e
    union all select 5, 'fact', 't:fact.definitions¦: ¦t:fact.definitions.value|' || version from e
    union all select 6, 'fact', 't:fact.horizon¦: ¦' || day_text(horizon) from e
    union all select 7, 'fact', 't:fact.grid_end¦: ¦' || day_text(grid_end) from grid
    union all select 8, 'fact', 't:fact.people¦: ¦n:' || count(*) from people where permit_start is not null
    union all select 9, 'fact', 't:fact.displaced¦: ¦n:' || count(*) from people where population = 'displaced'
    union all select 10, 'key', 'p:' || working / present || '¦ ¦t:key.working|' || month_text(month) from statushouders
    union all select 11, 'key', 'p:' || sustained / present || '¦ ¦t:key.sustained|' || month_text(month) from statushouders
    union all select 12, 'key', 'p:' || bijstand / people || '¦ ¦t:key.bijstand|' || month_text(month) from bijstand
    union all select 13, 'key', 'n:' || days_median || '¦ ¦t:key.home|' || cohort from home
    union all select 20 + k, 'summary', 't:say.work|' || newest || '|n:' || k || '|p:' || newest_share || case when newest = oldest then '' else
        '¦ ¦t:say.work.then|' || oldest || '|p:' || oldest_share end from after_k
    union all select 60, 'summary', 't:say.bijstand|' || month_text(month) || '|n:' || bijstand || '|n:' || people || '|p:' || bijstand / people || '|p:' || years4 / bijstand from bijstand
    union all select 61, 'summary', 't:say.home|' || cohort || '|n:' || days_median || '|p:' || waits_3_months_share from home
    union all select 62, 'summary', 't:say.displaced|p:' || working / present || '|' || month_text(month) from grown_up where population = 'displaced'
    union all select 63, 'summary', 't:say.linked|p:' || count(*) filter (linkage = 'linked') / count(*) from people where population = 'asylum'
    union all select 64, 'summary', 't:say.grid_end|' || day_text(grid_end) from grid
    union all select 70, 'stages', 't:stages.desc|' || month_text(min(month)) || '|' || month_text(max(month)) from stage_by_month where population = 'asylum'
    union all select 71, 'stages', 't:stages.desc|' || month_text(min(month)) || '|' || month_text(max(month)) from stage_by_month where population = 'displaced'
    union all select 72, 'work', 't:work.text|' || month_text(month) from statushouders
    union all select 73, 'sources', 't:linkage.note|n:' || count(distinct conflict_id) || '|n:' || count(*) from facts_link_conflict
    union all select 80, 'footer', 't:footer.selfemployed'
    union all select 81, 'footer', 't:footer.edition|' || day_text(edition) || '|' || version from e
    union all select 90, 'source', case when synthetic then 't:synthetic¦ ¦' else '' end || 't:source|MARTS|' || edition || '|' || version from e
) order by place
