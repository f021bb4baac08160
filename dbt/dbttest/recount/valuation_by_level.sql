with last_status as (select person_id, adult, present, working from person_months where d = (select grid_end from grid)),
asked as (
    select p.population, p.cohort, case when p.valued_kind = '' then 'none_yet' else p.valued_kind end as kind, p.valued_nlqf as nlqf_level, a.date as requested,
        v.date as valued, coalesce(s.adult, false) as adult, coalesce(s.present, false) as present, coalesce(s.working, false) as working,
        a.date + interval 6 month <= getvariable('edition') as followed
    from reached a join people p using (person_id) left join reached v on v.person_id = a.person_id and v.kind = 'diploma_valued'
    left join last_status s on s.person_id = a.person_id
    where a.kind = 'diploma_requested'
),
counted as (
    select population, cohort, kind, nlqf_level, count(*) as people, count(*) filter (followed) as followed_6_months,
        count(*) filter (followed and valued < requested + interval 6 month) as valued_6_months, count(*) filter (adult) as initial,
        count(*) filter (adult and present) as present, count(*) filter (adult and working) as working, count(*) filter (adult and working and present) as working_present
    from asked group by all
)
select (select definition_version from ops_edition) as definition_version, *, share(valued_6_months, followed_6_months) as valued_6_months_share,
    share(working, initial) as working_share_initial, share(working_present, present) as working_share_present,
    case when (select grid_end from grid) is null then 'not_yet' when initial = 0 then 'not_applicable' else 'value' end as status
from counted
