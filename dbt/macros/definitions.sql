{#- Small pieces of definition that several marts share. -#}

{#- Months between two dates: difference of their (year, month), as k counts them. -#}
{% macro months_between(from_date, to_date) -%}
    (toRelativeMonthNum({{ to_date }}) - toRelativeMonthNum({{ from_date }}))
{%- endmacro %}

{#- A share, NULL where there is nobody to take it of. -#}
{% macro share(numerator, denominator) -%}
    if({{ denominator }} = 0, null, {{ numerator }} / {{ denominator }})
{%- endmacro %}

{#- Kaplan-Meier: of steps (day, how many waits ended on it, how many people were at risk), by day, the share that still waits
    after each. Rounded to nine places, so that a half is a half whatever the last bits of a product of fractions. -#}
{% macro still_waiting(steps) -%}
    arrayMap(total -> round(exp(total), 9), arrayCumSum(arrayMap(step -> log(1 - step.2 / step.3), {{ steps }})))
{%- endmacro %}

{#- Every kind of milestone that the facts know. -#}
{% macro milestone_kinds() -%}
    {{ return([
        'application', 'azc_arrival', 'first_participation', 'coupled', 'settled', 'brp_registered', 'permit', 'temporary_protection',
        'intake_started', 'intake_done', 'pip_signed', 'map_done', 'pvt_signed', 'language_a2', 'language_b1', 'language_b2', 'knm',
        'inburgering_done', 'diploma_requested', 'diploma_valued', 'mbo_started', 'first_provision', 'startbaan_started',
        'work_permit_requested', 'work_permit_granted', 'first_job', 'first_work_in_azc', 'first_job_20h', 'sustained_6',
        'sustained_12', 'sustained_18', 'bijstand_start', 'bijstand_exit_to_work', 'exit'
    ]) }}
{%- endmacro %}

{#- Whether a milestone can be asked of a person: of people aged 18-64 in the year of their permit or protection, and the
    steps that only the Wi2021 knows, of people under that law. -#}
{% macro milestone_applies(kind) -%}
    is_18_to_64 and (is_wi2021 or {{ kind }} not in ('intake_started', 'intake_done', 'pip_signed', 'map_done'))
{%- endmacro %}

{#- Class of weekly hours: a class holds its lower bound, not its upper one. -#}
{% macro hours_class(hours) -%}
    multiIf(
        {{ hours }} < 12, '<12', {{ hours }} < 20, '12-20', {{ hours }} < 25, '20-25', {{ hours }} < 30, '25-30', {{ hours }} < 35, '30-35', '35+'
    )
{%- endmacro %}

{#- Class of age, in years. -#}
{% macro age_group(age) -%}
    multiIf(
        {{ age }} is null, 'unknown', {{ age }} < 18, '<18', {{ age }} < 25, '18-24', {{ age }} < 35, '25-34', {{ age }} < 45, '35-44',
        {{ age }} < 55, '45-54', {{ age }} < 65, '55-64', '65+'
    )
{%- endmacro %}

{#- One pass over the rows for everybody and for each of some dimensions: the sets to group by, and what names a set. An arrayJoin of
    the dimensions would copy every row for each of them. -#}
{% macro by_dimension(columns, dimensions) -%}
    grouping sets (
        ({{ columns }})
        {%- for name in dimensions %},
        ({{ columns }}, {{ name }})
        {%- endfor %}
    )
{%- endmacro %}

{% macro dimension_of(dimensions) -%}
    multiIf({% for name in dimensions %}grouping({{ name }}) = 0, '{{ name }}', {% endfor %}'total')
{%- endmacro %}

{#- An empty value is unknown. -#}
{% macro value_of(dimensions) -%}
    multiIf(
        {%- for name in dimensions %}
        grouping({{ name }}) = 0, if({{ name }} = '', 'unknown', toString({{ name }})),
        {%- endfor %}
        'total'
    )
{%- endmacro %}

{#- The version of the definitions that the facts of the edition were made with. -#}
{% macro definition_version() -%}
    assumeNotNull((select definition_version from {{ ref('stg_edition') }} where edition = {{ edition_date() }}))
{%- endmacro %}

{#- Whether the edition has the facts beside the contract's, which definitions 1 and 2 do not make. Without them there is nothing to count,
    and no rows are better than zeros. -#}
{% macro has_more_facts() -%}
    {{ definition_version() }} not in ('1', '2')
{%- endmacro %}

{#- Who has not died or emigrated before a day. -#}
{% macro present_on(exit_on, day) -%}
    not ifNull({{ exit_on }} < {{ day }}, false)
{%- endmacro %}
