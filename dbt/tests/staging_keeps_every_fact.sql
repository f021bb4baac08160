-- Rows and one sum of every fact table of the edition are the same before and after staging.
{%- set pairs = [
    ('person', 'stg_person', 'birth_year', 'birth_year'),
    ('milestone', 'stg_milestone', 'toUInt32(date)', 'toUInt32(reached_on)'),
    ('month_status', 'stg_month_status', 'hours_week', 'hours_week'),
    ('bijstand_spell', 'stg_bijstand_spell', 'toUInt32(start)', 'toUInt32(started_on)'),
    ('job', 'stg_job', 'toUInt32(start)', 'toUInt32(started_on)'),
    ('link_conflict', 'stg_link_conflict', 'length(suppliers)', 'length(suppliers)'),
    ('participation', 'stg_participation', 'toUInt32(start)', 'toUInt32(started_on)'),
    ('work_permit', 'stg_work_permit', 'toUInt32(requested_on)', 'toUInt32(requested_on)'),
    ('mbo', 'stg_mbo', 'toUInt32(start)', 'toUInt32(started_on)'),
    ('valuation', 'stg_valuation', 'toUInt32(requested_on)', 'toUInt32(requested_on)'),
    ('contract_conversion', 'stg_contract_conversion', 'toUInt32(start)', 'toUInt32(started_on)'),
] %}
{% for fact, staging, fact_sum, staging_sum in pairs %}
select
    '{{ fact }}' as fact,
    facts.rows_of_it as fact_rows,
    staged.rows_of_it as staged_rows
from (
    select count() as rows_of_it, sum({{ fact_sum }}) as total
    from {{ source('facts', fact) }} where edition = {{ edition_date() }}
) as facts
cross join (
    select count() as rows_of_it, sum({{ staging_sum }}) as total
    from {{ ref(staging) }} where edition = {{ edition_date() }}
) as staged
where facts.rows_of_it != staged.rows_of_it or not (facts.total <=> staged.total)
{{ 'union all' if not loop.last }}
{% endfor %}
