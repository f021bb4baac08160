with pairs as (
    select unnest([
        {'first': 'application', 'then': 'permit'}, {'first': 'azc_arrival', 'then': 'settled'}, {'first': 'permit', 'then': 'settled'},
        {'first': 'coupled', 'then': 'settled'}, {'first': 'intake_started', 'then': 'intake_done'}, {'first': 'intake_done', 'then': 'pip_signed'},
        {'first': 'pip_signed', 'then': 'inburgering_done'}, {'first': 'knm', 'then': 'inburgering_done'},
        {'first': 'language_a2', 'then': 'inburgering_done'}, {'first': 'diploma_requested', 'then': 'diploma_valued'},
        {'first': 'work_permit_requested', 'then': 'work_permit_granted'}, {'first': 'settled', 'then': 'bijstand_start'},
        {'first': 'first_job', 'then': 'exit'}, {'first': 'bijstand_start', 'then': 'exit'}
    ], recursive := true)
),
milestones as (select person_id, kind, date from facts_milestone),
orders as (
    select 'milestone_order' as check_kind, p."first" || ' before ' || p."then" as check_name,
        count(a.date) filter (b.date is not null) as people, count(*) filter (b.date < a.date) as affected
    from pairs p left join milestones a on a.kind = p."first" left join milestones b on b.kind = p."then" and b.person_id = a.person_id
    group by all
),
missing as (
    select 'missing' as check_kind, unnest(['birth_year', 'sex', 'nationality_group', 'law', 'region', 'arrived_on']) as check_name,
        count(*) as people,
        unnest([
            count(*) filter (birth_year is null), count(*) filter (raw_sex = ''), count(*) filter (nationality_group = 'unknown'),
            count(*) filter (law = ''), count(*) filter (region = 'unknown'), count(*) filter (arrived_on is null)
        ]) as affected
    from people where population = 'asylum'
),
later as (
    select 'after_cut_off' as check_kind, kind as check_name, count(*) as people, count(*) filter (date > getvariable('edition')) as affected
    from milestones group by kind
)
select *, share(affected, people) as affected_share
from (from orders union all by name from missing union all by name from later)
