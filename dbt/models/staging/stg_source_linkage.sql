select
    edition,
    supplier,
    record,
    cohort,
    linkage,
    records,
    persons
from {{ source('ops', 'source_linkage') }}
