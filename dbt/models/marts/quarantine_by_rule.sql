{{ config(order_by=['supplier', 'record', 'field', 'rule']) }}

with

deliveries as (
    select distinct supplier, delivery_id
    from {{ ref('stg_delivery') }}
    where drawn_on is null or drawn_on <= {{ edition_date() }}
)

select
    {{ edition_date() }} as edition,
    supplier,
    record,
    field,
    rule,
    uniqExact(delivery_id) as deliveries,
    count() as entries
from {{ ref('stg_quarantine') }}
where (supplier, delivery_id) in (select supplier, delivery_id from deliveries)
group by supplier, record, field, rule
