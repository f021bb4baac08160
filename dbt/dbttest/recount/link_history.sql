with told as (
    select person_id, supplier, first_linked_on, delivered_since from ops_first_link
    union all
    select person_id, 'all', first_linked_on, delivered_since from ops_first_link
),
begun as (select supplier, max(delivered_since) as followed_since from told group by supplier),
firsts as (
    select person_id, supplier, min(first_linked_on) as first_on,
        bool_or(first_linked_on = delivered_since and first_linked_on = earliest) as at_first_delivery
    from (select *, min(first_linked_on) over (partition by person_id, supplier) as earliest from told)
    group by person_id, supplier
),
histories as (
    select s.supplier, p.cohort, p.permit_start, b.followed_since,
        f.first_on is not null and p.linkage = 'linked' as linked,
        f.first_on is not null and p.linkage = 'conflict' as conflicting,
        f.first_on is not null and p.linkage in ('v_only', 'b_only') as taken_back,
        coalesce(f.at_first_delivery, false) as at_first_delivery,
        coalesce(p.permit_start >= b.followed_since, false) as followed,
        datediff('day', p.permit_start, f.first_on) as waited
    from people p
    cross join (select supplier from ops_supplier union all select 'all') s
    left join begun b on b.supplier = s.supplier
    left join firsts f on f.person_id = p.person_id and f.supplier = s.supplier
    where p.cohort is not null
),
counted as (
    select supplier, cohort, count(*) as persons, count(*) filter (linked) as linked, count(*) filter (taken_back) as withdrawn,
    count(*) filter (conflicting) as in_conflict, count(*) filter (linked and at_first_delivery) as linked_at_first_delivery,
    any_value(followed_since) as followed_since, count(*) filter (followed) as followed, count(*) filter (followed and linked) as followed_linked,
    count(*) filter (followed and linked and waited < 0) as linked_before_permit,
    count(*) filter (followed and permit_start + 30 <= getvariable('edition')) as observed_30,
    count(*) filter (followed and permit_start + 30 <= getvariable('edition') and linked and waited <= 30) as within_30,
    count(*) filter (followed and permit_start + 90 <= getvariable('edition')) as observed_90,
    count(*) filter (followed and permit_start + 90 <= getvariable('edition') and linked and waited <= 90) as within_90,
    count(*) filter (followed and permit_start + 180 <= getvariable('edition')) as observed_180,
    count(*) filter (followed and permit_start + 180 <= getvariable('edition') and linked and waited <= 180) as within_180,
    count(*) filter (followed and permit_start + 365 <= getvariable('edition')) as observed_365,
    count(*) filter (followed and permit_start + 365 <= getvariable('edition') and linked and waited <= 365) as within_365
    from histories group by supplier, cohort
)
select *, share(linked, persons) as linked_share, share(within_30, observed_30) as within_30_share, share(within_90, observed_90) as within_90_share, share(within_180, observed_180) as within_180_share, share(within_365, observed_365) as within_365_share
from counted
