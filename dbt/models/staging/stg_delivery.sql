select
    cast(supplier, 'String') as supplier,
    cast(delivery_id, 'String') as delivery_id,
    cast(manifest_sha256, 'String') as manifest_sha256,
    cast(drawn_on, 'Nullable(Date32)') as drawn_on,
    cast(mode, 'Nullable(String)') as mode,
    cast(status, 'String') as status,
    cast(reason, 'String') as reason,
    cast(rows_in_files, 'UInt64') as rows_in_files,
    cast(rows_accepted, 'UInt64') as rows_accepted,
    cast(rows_quarantined, 'UInt64') as rows_quarantined
from {{ source('ops', 'delivery') }} final
