select distinct
    load_id,
    supplier,
    delivery_id,
    manifest_sha256,
    drawn_on,
    covers_to,
    mode,
    record,
    rows_in_files,
    rows_accepted,
    rows_quarantined
from {{ source('ops', 'delivery_record') }}
