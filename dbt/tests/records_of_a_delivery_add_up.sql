-- What an accepted delivery holds over its records is what was decided about it as a whole.
with

records as (
    select supplier, delivery_id, manifest_sha256, sum(rows_accepted) as accepted, sum(rows_quarantined) as quarantined
    from {{ ref('stg_delivery_record') }}
    group by supplier, delivery_id, manifest_sha256
)

select deliveries.supplier, deliveries.delivery_id, deliveries.rows_accepted, records.accepted
from {{ ref('deliveries') }} as deliveries
left join records
    on deliveries.supplier = records.supplier
        and deliveries.delivery_id = records.delivery_id
        and deliveries.manifest_sha256 = records.manifest_sha256
where deliveries.edition = {{ edition_date() }}
    and deliveries.outcome = 'accepted'
    and (not (deliveries.rows_accepted <=> records.accepted) or not (deliveries.rows_quarantined <=> records.quarantined))
