select distinct
    supplier,
    delivery_id,
    record,
    file,
    row as row_number,
    field,
    rule
from {{ source('ops', 'quarantine') }}
