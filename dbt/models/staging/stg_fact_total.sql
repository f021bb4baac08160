{#- Added up here because wages, work spells and jobs are in no other staging model. -#}
{%- set tables = [
    'person', 'milestone', 'month_status', 'work_spell', 'job', 'bijstand_spell', 'link_conflict', 'participation', 'work_permit', 'mbo', 'valuation',
    'contract_conversion'
] %}
{%- for table in tables %}
select edition, '{{ table }}' as place, 'rows' as measure, toInt128(count()) as total
from {{ source('facts', table) }}
group by edition
union all
{%- endfor %}
select edition, 'month_status' as place, sums.1 as measure, sums.2 as total
from (
    select
        edition,
        arrayJoin([
            ('months working', toInt128(countIf(working))),
            ('months in bijstand', toInt128(countIf(bijstand))),
            ('hours a week, hundredths', sum(toInt128(toDecimal64(hours_week, 2) * 100))),
            ('wages, euro cents', sum(toInt128(wage_sv_cents)))
        ]) as sums
    from {{ source('facts', 'month_status') }}
    group by edition
)
