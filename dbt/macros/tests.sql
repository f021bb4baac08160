{#- The columns name one row of the edition being built, and none of them that is not listed as nullable is NULL. -#}
{% test grain(model, columns, nullable=[]) %}
    select {{ columns | join(', ') }}, count() as rows_of_it
    from {{ model }}
    where edition = {{ edition_date() }}
    group by {{ columns | join(', ') }}
    having rows_of_it > 1
    {%- for column in columns if column not in nullable %} or {{ column }} is null{% endfor %}
{% endtest %}

{#- Every expression is true in every row of the edition being built; NULL counts as false. One query for all of them. -#}
{% test holds(model, expressions) %}
    select arrayJoin(broken) as expression, count() as rows_of_it
    from (
        select arrayFilter(check -> check != '', [
            {%- for expression in expressions %}
            if(ifNull({{ expression }}, false), '', '{{ expression | replace("'", "''") }}'){{ ',' if not loop.last }}
            {%- endfor %}
        ]) as broken
        from {{ model }}
        where edition = {{ edition_date() }}
    )
    group by expression
{% endtest %}

{#- The edition being built has at least one row. -#}
{% test edition_stands(model) %}
    select count() as rows_of_it from {{ model }} where edition = {{ edition_date() }} having rows_of_it = 0
{% endtest %}

{#- The column names a supplier, or one of the other values, in every row. -#}
{% test supplier(model, column_name, also=[]) %}
    select {{ column_name }} as supplier, count() as rows_of_it
    from {{ model }}
    where ifNull({{ column_name }}, '') not in ('{{ (also + suppliers()) | join("', '") }}')
    group by supplier
{% endtest %}
