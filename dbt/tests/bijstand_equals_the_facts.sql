-- People in bijstand over the months, and spells ended over the years, are counts of the facts.
select 'months' as what, marts.counted as counted, facts.counted as counted_in_facts
from (select sum(bijstand) as counted from {{ ref('bijstand_by_month') }} where edition = {{ edition_date() }}) as marts
cross join (
    select count() as counted
    from {{ source('facts', 'month_status') }}
    where edition = {{ edition_date() }} and k >= 0 and bijstand and stage != 'left' and age between 18 and 64
) as facts
where marts.counted != facts.counted

union all

select 'spells' as what, marts.counted as counted, facts.counted as counted_in_facts
from (select sum(spells_ended) as counted from {{ ref('bijstand_exit') }} where edition = {{ edition_date() }}) as marts
cross join (
    select count() as counted
    from {{ source('facts', 'bijstand_spell') }}
    where edition = {{ edition_date() }} and `end` <= edition
) as facts
where marts.counted != facts.counted
