-- Records over linkage and cohorts are those of the facts step; no supplier claims more people than there are.
select marts.supplier, marts.record, marts.records as records, told.records as records_told
from (
    select supplier, record, sum(mart.records) as records, sum(mart.persons) as persons
    from {{ ref('linkage') }} as mart
    where edition = {{ edition_date() }}
    group by supplier, record
) as marts
full join (
    select supplier, record, sum(source.records) as records
    from {{ source('ops', 'source_linkage') }} as source
    where edition = {{ edition_date() }}
    group by supplier, record
) as told on marts.supplier = told.supplier and marts.record = told.record
cross join (select count() as persons from {{ source('facts', 'person') }} where edition = {{ edition_date() }}) as people
where not (marts.records <=> told.records) or marts.persons > people.persons
