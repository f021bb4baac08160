with member as (
    select m.*, dimension, value from person_months m left join settling s using (person_id), lateral (
        select unnest([
            'total', 'sex', 'age_group', 'nationality_group', 'law', 'route', 'leerroute', 'good_prospects', 'region_at_cut_off', 'region_at_settling',
            'region_on_reference_day'
        ]) as dimension,
            unnest([
                'total', m.sex, m.age_group, m.nationality_group, m.law_named, m.route, m.leerroute, m.good_prospects, m.region, coalesce(s.region, 'unknown'),
                m.region_then
            ]) as value
    )
    where population = 'asylum' and k >= 0 and adult
),
counted as (
    select cohort, k, dimension, value,
        make_date(cohort, 12, 1) + to_months(k::int) <= (select grid_end from grid) as is_complete,
        count(*) as initial, count(*) filter (present) as present,
        count(*) filter (working) as working, count(*) filter (working and present) as working_present,
        count(*) filter (working and hours_week >= 20) as working_20h, count(*) filter (working and hours_week >= 20 and present) as working_20h_present,
        count(*) filter (bijstand) as bijstand, count(*) filter (bijstand and present) as bijstand_present,
        count(*) filter (sustained_6) as sustained_6, count(*) filter (sustained_6 and present) as sustained_6_present,
        count(*) filter (sustained_12) as sustained_12, count(*) filter (sustained_12 and present) as sustained_12_present,
        count(*) filter (sustained_18) as sustained_18, count(*) filter (sustained_18 and present) as sustained_18_present,
        count(*) filter (sustained_6 is null) as sustained_6_open, count(*) filter (sustained_12 is null) as sustained_12_open,
        count(*) filter (sustained_18 is null) as sustained_18_open
    from member group by all
)
select *, (select definition_version from ops_edition) as definition_version,
    case when present = 0 then 'not_applicable' when is_complete then 'value' else 'not_yet' end as status,
    share(working, initial) as working_share_initial, share(working_present, present) as working_share_present,
    share(working_20h, initial) as working_20h_share_initial, share(working_20h_present, present) as working_20h_share_present,
    share(bijstand, initial) as bijstand_share_initial, share(bijstand_present, present) as bijstand_share_present,
    share(sustained_6, initial) as sustained_6_share_initial, share(sustained_6_present, present) as sustained_6_share_present,
    share(sustained_12, initial) as sustained_12_share_initial, share(sustained_12_present, present) as sustained_12_share_present,
    share(sustained_18, initial) as sustained_18_share_initial, share(sustained_18_present, present) as sustained_18_share_present
from counted
