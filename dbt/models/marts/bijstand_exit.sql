{{ config(order_by=['population', 'exit_year']) }}

{%- set outcomes = ['loose_6', 'loose_12', 'loose_18', 'strict_6', 'strict_12', 'strict_18'] %}

with

ended as (
    select
        spells.*,
        people.population as population,
        people.cohort as cohort,
        toYear(assumeNotNull(spells.ended_on)) as exit_year
    from {{ ref('stg_bijstand_spell') }} as spells
    inner join {{ ref('stg_person') }} as people on spells.edition = people.edition and spells.person_id = people.person_id
    where spells.edition = {{ edition_date() }} and spells.ended_on <= spells.edition
),

counted as (
    select
        edition,
        population,
        cohort,
        exit_year,
        count() as spells_ended,
        countIf(exit_to_work is not null) as exit_known,
        countIf(exit_to_work) as exits_to_work
        {%- for outcome in outcomes %},
        countIf({{ outcome }} is not null) as {{ outcome }}_known,
        countIf({{ outcome }}) as {{ outcome }}_out
        {%- endfor %}
    from ended
    group by edition, population, cohort, exit_year
)

select
    edition,
    population,
    cohort,
    exit_year,
    spells_ended,
    exit_known,
    exits_to_work,
    {{ share('exits_to_work', 'exit_known') }} as exits_to_work_share
    {%- for outcome in outcomes %},
    {{ outcome }}_known,
    {{ outcome }}_out,
    {{ share(outcome ~ '_out', outcome ~ '_known') }} as {{ outcome }}_share
    {%- endfor %}
from counted
