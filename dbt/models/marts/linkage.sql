{{ config(order_by=['supplier', 'record']) }}

with

counted as (
    select
        edition,
        supplier,
        record,
        cohort,
        sum(source.records) as records,
        sumIf(source.records, linkage = 'linked') as linked_records,
        sum(source.persons) as persons,
        sumIf(source.persons, linkage = 'linked') as linked_persons,
        sumIf(source.persons, linkage = 'v_only') as v_only_persons,
        sumIf(source.persons, linkage = 'b_only') as b_only_persons,
        sumIf(source.persons, linkage = 'conflict') as conflict_persons
    from {{ ref('stg_source_linkage') }} as source
    where edition = {{ edition_date() }}
    group by edition, supplier, record, cohort
)

select
    edition,
    supplier,
    record,
    cohort,
    records,
    linked_records,
    {{ share('linked_records', 'records') }} as linked_records_share,
    persons,
    linked_persons,
    {{ share('linked_persons', 'persons') }} as linked_persons_share,
    v_only_persons,
    b_only_persons,
    conflict_persons
from counted
