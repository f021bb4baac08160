{{ config(order_by=['supplier', 'rule']) }}

-- Records that contradict each other count in the facts, with a defined outcome; here the supplier sees how many.

with

delivered as (
    select
        record,
        sum(source.records) as records
    from {{ ref('stg_source_linkage') }} as source
    where edition = {{ edition_date() }}
    group by record
)

select
    odd.edition as edition,
    odd.supplier as supplier,
    odd.record as record,
    odd.rule as rule,
    odd.persons as persons,
    odd.records as records,
    cast(ifNull(delivered.records, 0), 'UInt64') as records_in_all,
    {{ share('odd.records', 'ifNull(delivered.records, 0)') }} as records_share
from {{ ref('stg_contradiction') }} as odd
left join delivered on odd.record = delivered.record
where odd.edition = {{ edition_date() }}
