select
    edition,
    cast(supplier, 'String') as supplier,
    cast(record, 'String') as record,
    cast(cohort, 'Nullable(UInt16)') as cohort,
    cast(linkage, 'String') as linkage,
    cast(records, 'UInt64') as records,
    cast(persons, 'UInt64') as persons
from {{ source('ops', 'source_linkage') }}
