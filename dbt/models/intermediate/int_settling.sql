with

settled as (
    select edition, person_id, reached_on as settled_on
    from {{ ref('stg_milestone') }}
    where edition = {{ edition_date() }} and kind = 'settled' and reached_on <= edition
),

homes as (
    select person_id, region
    from {{ ref('stg_month_status') }}
    where edition = {{ edition_date() }} and (person_id, month) in (select person_id, toStartOfMonth(settled_on) as month from settled)
)

select
    settled.edition as edition,
    settled.person_id as person_id,
    settled.settled_on as settled_on,
    coalesce(nullIf(homes.region, ''), 'unknown') as region_at_settling
from settled
left join homes on settled.person_id = homes.person_id
