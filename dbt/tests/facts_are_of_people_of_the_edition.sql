-- Every row of a fact table belongs to a person of the same edition.
{%- set tables = ['milestone', 'month_status', 'work_spell', 'job', 'bijstand_spell', 'participation', 'work_permit', 'mbo', 'valuation', 'contract_conversion'] %}
{% for table in tables %}
select '{{ table }}' as fact, count() as rows_without_person
from (select distinct person_id from {{ source('facts', table) }} where edition = {{ edition_date() }})
where person_id not in (select person_id from {{ source('facts', 'person') }} where edition = {{ edition_date() }})
having rows_without_person > 0
{{ 'union all' if not loop.last }}
{% endfor %}
