-- The deliveries that count are those from the newest full one on: what an older one covered has been replaced.
with

wages as (
    select
        records.delivery_id as delivery_id,
        assumeNotNull(records.drawn_on) as drawn_on,
        records.covers_to as covers_to,
        records.mode as mode
    from {{ ref('stg_delivery_record') }} as records
    inner join {{ ref('stg_delivery') }} as deliveries
        on records.supplier = deliveries.supplier
            and records.delivery_id = deliveries.delivery_id
            and records.manifest_sha256 = deliveries.manifest_sha256
    where records.record = 'uwv_employment' and deliveries.status = 'accepted' and records.drawn_on is not null
),

known as (
    select
        editions.edition as edition,
        wages.covers_to as covers_to,
        (wages.drawn_on, wages.delivery_id) as version,
        maxIf(version, wages.mode = 'full') over (partition by edition) as newest_full
    from (select distinct edition from {{ ref('stg_person') }}) as editions
    cross join wages
    where wages.drawn_on <= editions.edition
)

select edition, max(covers_to) as work_horizon
from known
where version >= newest_full
group by edition
