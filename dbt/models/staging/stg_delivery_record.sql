select
    cast(supplier, 'String') as supplier,
    cast(delivery_id, 'String') as delivery_id,
    cast(manifest_sha256, 'String') as manifest_sha256,
    cast(record, 'String') as record,
    cast(rows_accepted, 'UInt64') as rows_accepted,
    cast(rows_quarantined, 'UInt64') as rows_quarantined
from {{ source('ops', 'delivery_record') }} final
where load_id in (select load_id from {{ source('ops', 'load') }} final)
