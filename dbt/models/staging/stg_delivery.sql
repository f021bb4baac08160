select
    supplier,
    delivery_id,
    manifest_sha256,
    drawn_on,
    mode,
    status,
    reason,
    rows_in_files,
    rows_accepted,
    rows_quarantined
from {{ source('ops', 'delivery') }} final
