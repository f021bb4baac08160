select
    cast(supplier, 'String') as supplier,
    cast(delivery_id, 'String') as delivery_id,
    cast(record, 'String') as record,
    cast(file, 'String') as file,
    cast(row, 'UInt64') as row_number,
    cast(field, 'String') as field,
    cast(rule, 'String') as rule
from {{ source('ops', 'quarantine') }}
